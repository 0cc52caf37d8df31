"""What complaints cost: a page of a list among 50,000, sorted by due date, and a long history."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

from bench import lists
from bench import store as bare
from bench.casework import NOW
from bench.report import Line
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.services.complaints import act, fold, log, record, stored
from deskapp.services.complaints import worklists as desk_lists
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.worklists import Which
from deskapp.services.paging import Want
from deskapp.terminal.profiles import THIN

COMPLAINTS = 50_000
EVENTS = 500
ROUNDS = 21
FRAME_SECONDS = 1 / THIN.frames_per_second


def worklists(number: int = COMPLAINTS) -> Iterator[Line]:
    """Pages of a list sorted by due date, start, end and middle, each against one frame."""
    who = lists.complaints_acting()
    with ExitStack() as opened:
        store = lists.filled(opened, number)
        for which in (
            Which.TEAM,
            Which.MINE,
            Which.OVERDUE,
            Which.DUE,
            Which.AWAITING_OPTIC,
            Which.UNACKNOWLEDGED,
        ):
            read = partial(desk_lists.page, acting=who, which=which)
            for what, want in (("start", Want()), ("end", Want(backwards=True))):
                taken = _median(partial(store.call_read, read, want=want))
                yield _line(f"{number:,} complaints, {which}: {what}", taken)
        middle = desk_lists.from_day(lists.TODAY)
        read = partial(desk_lists.page, want=middle, acting=who, which=Which.TEAM)
        taken = _median(partial(store.call_read, read))
        yield _line(f"{number:,} complaints, team: to a day", taken)


def folding(number: int = EVENTS) -> Line:
    """A complaint with a long history opened as its screen does, and the fold alone within it."""
    who = lists.complaints_acting()
    with bare.a_store(captured=False, indexed=False) as store:
        complaint_id = _long_history(store, number)
        logged = store.call_read(stored.logged, complaint_id)
        events = store.call_read(stored.events, complaint_id)
        folded = _median(lambda: fold.fold(logged, events))
        opened = _median(lambda: store.call_read(record.record, who, complaint_id))
    return _line(f"{number:,} events: record opened (fold {folded * 1000:.1f} ms of it)", opened)


def _long_history(store: Store, number: int) -> str:
    """A complaint that is given on again and again, with notes in between."""
    who = lists.complaints_acting()
    draft = ComplaintDraft(
        received_on="today", channel="phone", jurisdiction="civil", person_name="Ann Fictional",
        summary="Not answered", details="Wrote twice", categories="COR",
        site="fact:aberystwyth-justice-centre",
    )  # fmt: skip
    complaint_id = new_id()
    store.call_write(log.log, who, complaint_id, draft)
    store.call_write(
        act.write_event, who, complaint_id, Code.ASSIGN, {"owner": "a"}, event_id=new_id(), stage=1
    )

    def fill(connection: Connection) -> None:
        columns = (
            "id, home_site, hlc, desk, at, officer_id, complaint_id, stage, code, seen_hlc,"
            " data, note, role"
        )
        rows = [
            (new_id(), "bench", 10 + place, "d", stamp(NOW), "officer", complaint_id,
             place % 2, "reassign" if place % 2 else "note", 9 + place,
             json.dumps({"owner": f"o{place}"} if place % 2 else {}), "Rang", "officer")
            for place in range(1, number)
        ]  # fmt: skip
        marks = ", ".join("?" for _column in columns.split(", "))
        connection.executemany(f"INSERT INTO complaint_event ({columns}) VALUES ({marks})", rows)

    store.call_jot(fill)
    return complaint_id


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def _line(what: str, taken: float) -> Line:
    frame = f"{taken * 1000:.1f} ms / {FRAME_SECONDS * 1000:.1f} ms"
    return Line("", what, taken / FRAME_SECONDS, 1.0, frame, unit="frame")
