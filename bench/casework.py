"""What casework costs: a page of a worklist among very many cases, and folding a long history."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from collections.abc import Callable, Iterator

from bench import store as bare
from bench.report import Line
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.casework import case_lists, cases, fold, loader, stored, turning
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.case_rows import NEVER, StateRow
from deskapp.services.paging import Want
from deskapp.services.rules.casework_anchors import england_and_wales

OPEN_CASES = 200_000
EVENTS = 1000
ROUNDS = 21
NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
OFFICER = User("officer", "Ann Fictional", Role.OFFICER, "bench", frozenset({"coordinator"}))
_BARE = "SELECT * FROM case_state WHERE live = 1 ORDER BY due_key, priority, ref_key LIMIT ?"


def worklists(number: int = OPEN_CASES) -> Iterator[Line]:
    """A page of a worklist as its screen asks for it, against the bare query of as many rows."""
    who = acting()
    with bare.a_store(captured=False, indexed=False) as store:
        store.call_jot(_fill, number)
        for which in (Which.OPEN, Which.OVERDUE, Which.TODAY, Which.MINE):

            def page(connection: Connection, which: Which = which) -> object:
                assert not turning.is_behind(connection, who.at)
                return case_lists.page(connection, Want(), who, which)

            pairs = _pairs(lambda: store.call_read(page), lambda: store.call_read(_bare_page))
            yield _line(f"{number:,} open cases, {which}: page / bare query", pairs, 3.0)


def folding() -> Line:
    """A history of a thousand events folded, against reading the same events from the store."""
    who = acting()
    with bare.a_store(captured=False, indexed=False) as store:
        case_id = _long_history(store, who)
        events = store.call_read(stored.events, case_id)
        pairs = _pairs(
            lambda: fold.fold(who.book, events, who.at),
            lambda: store.call_read(stored.events, case_id),
        )
        return _line(f"{len(events):,} events: fold / read from the store", pairs, 6.0)


def acting() -> Acting:
    """Who asks, by the schemes that ship."""
    return Acting(OFFICER, NOW, Rulebook.of(loader.shipped(), england_and_wales()))


def _fill(connection: Connection, number: int) -> None:
    """So many open cases, due over a year around now."""
    rows = []
    for place in range(number):
        key = stamp(NOW + dt.timedelta(minutes=place * 5 % 525_600 - 262_800))
        ref = f"CC{place:09d}"
        rows.append(
            StateRow(
                id=f"case{place}", family_id=f"case{place}", ref=ref, ref_key=ref,
                scheme="cond_caution", version=1, stage="in_force", list="todo", live=True,
                owner_id=OFFICER.id if place % 100 == 0 else "other", title="Ann Fictional",
                external_refs="", priority="", due=key[:10], due_key=key, soon_key=key,
                conflicts=0, opened_at=key, closed_at="", turns_key=NEVER, destroy_key=NEVER,
                case_keys="",
            )
        )  # fmt: skip
    marks = ", ".join("?" for _column in StateRow._fields)
    connection.executemany(f"INSERT INTO case_state VALUES ({marks})", rows)
    connection.execute("ANALYZE")


def _bare_page(connection: Connection) -> object:
    return connection.execute(_BARE, (Want().limit,)).fetchall()


def _long_history(store: Store, acting: Acting) -> str:
    """A case with many events: what was filled in, and notes."""
    case_id = new_id()
    given = {"participant": "P. Example", "psr_requested_on": "2026-11-02"}
    store.call_write(cases.open_case, acting, case_id, "isc", given)
    event = store.call_read(stored.events, case_id)[0]

    def copy(connection: Connection) -> None:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(case_event)")]
        of_first = connection.execute("SELECT * FROM case_event").fetchone() or ()
        marks = ", ".join("?" for _column in columns)
        rows = []
        for number in range(1, EVENTS):
            row = dict(zip(columns, of_first, strict=True))
            row |= {"id": new_id(), "kind": "set", "what": "", "hlc": event.hlc + number}
            row["answers"] = json.dumps({"judge": f"J. {number}"} if number % 2 else {})
            row["note"] = "Rang"
            rows.append(tuple(row.values()))
        connection.executemany(f"INSERT INTO case_event VALUES ({marks})", rows)

    store.call_jot(copy)
    return case_id


def _pairs(one: Callable[[], object], other: Callable[[], object]) -> list[tuple[float, float]]:
    pairs = [(_seconds(one), _seconds(other)) for _round in range(ROUNDS)]
    return pairs[1:]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _line(what: str, pairs: list[tuple[float, float]], goal: float) -> Line:
    one, other = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return Line("", what, one / other, goal, f"{one:.2f} ms / {other:.2f} ms")
