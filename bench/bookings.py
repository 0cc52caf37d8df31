"""What interpreter bookings cost: the search for double bookings, and a page of each worklist.

Among 100,000 bookings of 500 interpreters; pages against the same among a thousand. Everything is
invented and filled in by SQL, with triggers and words off.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

from bench import lists
from bench import store as bare
from bench.report import Line
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import local_files
from deskapp.services.interpreters import free, worklists
from deskapp.services.interpreters.acting import Acting, acting_on
from deskapp.services.interpreters.bookings import Booking, Status
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from deskapp.terminal.profiles import THIN

FEW, MANY = 1000, 100_000
ROUNDS = 31
GOAL = 2.0
"""A tree of so many rows is one level deeper, and less of it is kept."""
FRAME_SECONDS = 1 / THIN.frames_per_second
SEARCH_FRAMES = 0.1
SITE = "fact:cardiff-civil-and-family-justice-centre"
NOW = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)
_AT = "datetime('2026-11-18 09:00', (n / 500 - {count} / 1000) || ' hours')"
COLUMNS = {
    "id": "printf('b%07d', n)",
    "home_site": f"'{SITE}'",
    "ref_key": "printf('B%07d', n)",
    "site": f"'{SITE}'",
    "kind": "'spoken'",
    "route": "'contract'",
    "mode": "'f2f'",
    "language_code": "'pol'",
    "day": f"date({_AT})",
    "local_start": f"strftime('%Y-%m-%dT%H:%M', {_AT})",
    "local_end": f"strftime('%Y-%m-%dT%H:%M', {_AT}, '+50 minutes')",
    "starts_at": f"strftime('%Y-%m-%dT%H:%M:00.000Z', {_AT})",
    "ends_at": f"strftime('%Y-%m-%dT%H:%M:00.000Z', {_AT}, '+50 minutes')",
    "until": f"strftime('%Y-%m-%dT%H:%M:00.000Z', {_AT}, '+50 minutes')",
    "status": "CASE n % 7 WHEN 0 THEN 'requested' WHEN 1 THEN 'assigned' ELSE 'confirmed' END",
    "interpreter_key": "CASE n % 7 WHEN 0 THEN '' ELSE 'K' || (n % 500) END",
}
"""Every hour 500 bookings, half of them past."""


def figures(many: int = MANY) -> Iterator[Line]:
    """The search and the pages."""
    with ExitStack() as opened:
        small, large = (_filled(opened, count) for count in (FEW, many))
        asked = acting_on(
            User("officer", "Ann Fictional", Role.OFFICER, SITE), NOW, local_files.SHIPPED
        )
        for hours in (0, 24, -24):
            at = NOW + dt.timedelta(hours=hours, minutes=20)
            candidate = Booking(
                "new", "K17", Status.REQUESTED, at, at + dt.timedelta(hours=1), SITE
            )
            search = partial(free.findings, candidate=candidate, settings=asked.settings)
            yield _search(f"double booking at {hours:+} h among {many:,}", search, large)
        for which in (Which.TODAY, Which.ASKED, Which.UNCONFIRMED, Which.COMING, Which.PAST):
            yield _line(f"bookings, {which}", partial(_page, asked, which), small, large, many)


def _page(asked: Acting, which: Which, connection: Connection) -> object:
    return worklists.page(connection, Want(), asked, which)


def _filled(opened: ExitStack, count: int) -> Store:
    store = opened.enter_context(bare.a_store(captured=False, indexed=False))
    columns = {name: value.format(count=count) for name, value in COLUMNS.items()}
    store.call_jot(lists.fill, "booking", columns, count)
    return store


def _search(what: str, read: Callable[..., object], store: Store) -> Line:
    """Against a frame: it is asked while somebody waits for the form to be saved."""
    taken = statistics.median(_taken(store, read) for _round in range(ROUNDS))
    detail = f"{taken * 1e6:.0f} us"
    return Line("", what, taken / FRAME_SECONDS, SEARCH_FRAMES, detail, unit="frame")


def _line(what: str, read: Callable[..., object], small: Store, large: Store, many: int) -> Line:
    pairs = []
    for _round in range(ROUNDS):
        pairs.append((_taken(large, read), _taken(small, read)))
    ratio = statistics.median(mine / other for mine, other in pairs[1:])
    at = statistics.median(mine for mine, _other in pairs[1:])
    return Line("", f"{what}: {many:,} / {FEW:,} rows", ratio, GOAL, f"{at * 1e6:.0f} us")


def _taken(store: Store, read: Callable[..., object]) -> float:
    begun = time.perf_counter()
    store.call_read(read)
    return time.perf_counter() - begun
