"""List, search and report over a million contacts, each against one frame of typing.

Everything is invented. The store is filled with its triggers off and indexed at the end.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench import lists
from bench import store as bare
from bench.report import Line
from deskapp.clock import stamp
from deskapp.data import words
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.days import Days
from deskapp.services.enquiries import contact_lines, report_table
from deskapp.services.enquiries.enquiry_asked import Asked, By
from deskapp.services.paging import Want
from deskapp.terminal.profiles import THIN

CHUNK_ROWS = 20_000
DAYS = 1000
"""Over so many days the contacts are spread."""
FIRST = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)
ROUNDS = 9
PERSONS, CASES = 10_000, 5_000
"""Of a tenth of the contacts each is of one of these persons and about one of these cases."""
CONFIDENTIAL = 50
"""One of so many persons has a confidential address, which covers their cases too."""
FRAME_SECONDS = 1 / THIN.frames_per_second
SEARCHES = (
    "ann fict",
    "word1234",
    "word1234 fict",
    "fictional 999",
    "word12",
    "zzz",
    "a",
    "word1 word2",
    "07700 900050",
)
USER = User("officer", "Ann Fictional", Role.TEAM_LEADER, "bench")


def frames(count: int) -> Iterator[Line]:
    """What each thing takes of a frame; typing goes on meanwhile, for it is done beside it."""
    with bare.a_store(captured=False) as store:
        refs = _fill(store, count)
        store.call_jot(_cover)
        every = f"{count:,} contacts"
        for what, read in _reads(refs, count):
            taken = statistics.median(_seconds(store, read) for _round in range(ROUNDS))
            yield _line(f"{every}: {what}", taken, goal=1)
        month = Days((FIRST + dt.timedelta(days=DAYS - 31)).date(), _moment(count, count).date())
        asked = Asked(month, By.TOPIC)
        taken = _seconds(store, lambda connection: _report(connection, asked))
        yield _line(f"{every}: report of a month", taken, goal=None)


def _reads(refs: list[str], count: int) -> Iterator[tuple[str, Callable[[Connection], object]]]:
    yield "first page of the list", lambda connection: _page(connection, Want())
    yield "last page of the list", lambda connection: _page(connection, Want(backwards=True))
    place = (stamp(_moment(count // 2, count)), "")
    yield "page in the middle", lambda connection: _page(connection, Want(place))
    yield "a reference", lambda connection: _page(connection, Want(), refs[0])
    for typed in SEARCHES:
        yield f"search {typed!r}", partial(_page, want=Want(), typed=typed)


def _page(connection: Connection, want: Want, typed: str = "") -> object:
    return contact_lines.page(connection, want, typed, user=USER)


def _report(connection: Connection, asked: Asked) -> object:
    return report_table.read(connection, asked, user=USER, today=asked.days.last)


def _fill(store: Store, count: int) -> list[str]:
    """Insert so many contacts and index them; a reference of each chunk."""
    chance = random.Random(7)
    store.call_jot(words.drop)
    refs = []
    for start in range(0, count, CHUNK_ROWS):
        rows = [
            _row(number, count, chance) for number in range(start, min(start + CHUNK_ROWS, count))
        ]
        marks = ", ".join(f":{name}" for name in rows[0])
        sql = f"INSERT OR IGNORE INTO contact ({', '.join(rows[0])}) VALUES ({marks})"
        store.call_jot(Connection.executemany, sql, rows)
        refs.append(rows[0]["ref"])  # of a million a few are equal: those are left out
    store.call_jot(words.rebuild)
    return refs


def _row(number: int, count: int, chance: random.Random) -> dict[str, Any]:
    at = stamp(_moment(number, count))
    row = {**bare.contact(number, chance), "started_at": at, "ended_at": at, "wrapped_at": at}
    if number % 10 == 0:
        person, case = chance.randrange(PERSONS), chance.randrange(CASES)
        row |= {"person_id": f"p{person}", "phone": f"07700 9{person:05}", "case_key": f"ZZ{case}"}
    return row


def _cover(connection: Connection) -> None:
    """Give some persons a marker by which whatever shows a contact must ask what it hides."""
    columns = {
        "id": "'m' || n", "home_site": "'bench'", "code": "'PF0004'", "set_by": "'officer'",
        "person_id": f"'p' || (n * {CONFIDENTIAL})",
    }  # fmt: skip
    lists.fill(connection, "marker", columns, PERSONS // CONFIDENTIAL)


def _moment(number: int, count: int) -> dt.datetime:
    """The contacts begin one after the other, evenly."""
    return FIRST + dt.timedelta(days=DAYS * number / count)


def _seconds(store: Store, read: Callable[[Connection], object]) -> float:
    begun = time.perf_counter()
    store.call_read(read)
    return time.perf_counter() - begun


def _line(what: str, taken: float, *, goal: float | None) -> Line:
    frame = f"{taken * 1000:.1f} ms / {FRAME_SECONDS * 1000:.1f} ms"
    return Line("", what, taken / FRAME_SECONDS, goal, frame, unit="frame")
