"""What the jury desk costs on a big day: 3,000 due among 100,000 jurors in the store."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench import lists
from bench import store as bare
from bench.report import Line
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.services.jury import by_list, day_end, next_dates, reading, row_ids, scans
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.day_lists import Which
from deskapp.services.paging import Want
from deskapp.terminal.profiles import THIN

JURORS, DUE = 100_000, 3_000
ROUNDS = 41
FRAME_SECONDS = 1 / THIN.frames_per_second
SCAN_SECONDS = 0.1
"""Ten scans a second are kept."""
WHOLE_SECONDS = 10.0
"""Of the processor, which a busy machine does not change: what a step for everybody may take."""
NINE, FOUR = dt.time(9), dt.time(16)
_DAY = lists.TODAY.isoformat()
_OTHER = (lists.TODAY + dt.timedelta(days=40)).isoformat()


def lines(jurors: int = JURORS, due: int = DUE) -> Iterator[Line]:
    """A scan with its figures, the lists, and the steps that are for everybody."""
    who = lists.jury_acting()
    with bare.a_store() as store:
        store.call_jot(_fill, jurors, due)
        what = f"{due:,} due of {jurors:,} jurors"
        numbers = store.call_read(reading.numbers, who, Which.NOT_IN)
        waiting = iter(numbers)
        yield _line(f"{what}: a scan", _median(lambda: _scan(store, who, next(waiting))),
                    SCAN_SECONDS)  # fmt: skip
        yield _line(f"{what}: figures of the day",
                    _median(partial(store.call_read, reading.day, who)), FRAME_SECONDS)  # fmt: skip
        for which in (Which.NOT_IN, Which.IN, Which.ALL):
            read = partial(store.call_read, reading.page, Want(), who, which)
            yield _line(f"{what}: a page of {which}", _median(read), FRAME_SECONDS)
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("all in by list", partial(store.call_write, by_list.check_in_by_list, who, NINE,
                                       step_id=new_id())),
            ("all out", partial(store.call_write, by_list.check_out_all, who, FOUR,
                                step_id=new_id())),
            ("the day confirmed", partial(store.call_write, day_end.confirm, who,
                                          step_id=new_id())),
            ("a next date for all", partial(store.call_write, next_dates.set_for, who, numbers,
                                            _next_day(who), step_id=new_id())),
        )  # fmt: skip
        for name, step in steps:
            begun = time.process_time()
            step()
            yield _line(f"{what}: {name}", time.process_time() - begun, WHOLE_SECONDS)


def _next_day(who: Acting) -> dt.date:
    return who.calendar.add_working_days(who.date, 5)


def _scan(store: Store, who: Acting, number: str) -> None:
    """One scan as the screen makes it: stored, then the figures."""
    store.call_write(scans.check_in, who, number, NINE, step_id=new_id())
    store.call_read(reading.day, who)


def _fill(connection: Connection, jurors: int, due: int) -> None:
    pool = "411261101"
    connection.execute(
        "INSERT INTO jury_pool (id, home_site, number, court, owner, start_on)"
        " VALUES (?, 'bench', ?, '411', '411', ?)",
        (row_ids.pool(pool), pool, _DAY),
    )
    numbers = [f"{number:09d}" for number in range(jurors)]
    connection.executemany(
        "INSERT INTO juror (id, home_site, number, first_name, last_name, name_key)"
        " VALUES (?, 'bench', ?, 'Ann', ?, ?)",
        [(row_ids.juror(each), each, f"Ash{each}", f"ash{each} ann") for each in numbers],
    )
    connection.executemany(
        "INSERT INTO juror_in_pool (id, home_site, juror, pool, court, name_key, status, active,"
        " next_on, service_start, original_start)"
        " VALUES (?, 'bench', ?, ?, '411', ?, 2, 1, ?, ?, ?)",
        [
            (row_ids.membership(each, pool), each, pool, f"ash{each} ann",
             _DAY if at < due else _OTHER, _DAY, _DAY)
            for at, each in enumerate(numbers)
        ],
    )  # fmt: skip


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _round in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _line(what: str, taken: float, limit: float) -> Line:
    return Line("", what, taken / limit, 1.0, f"{taken * 1000:.1f} ms of {limit * 1000:.0f} ms")
