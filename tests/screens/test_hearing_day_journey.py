"""One hearing from the published list to the next date, by keys, with its interpreter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.booking_record import BookingScreen
from deskapp.screens.hearing_record import HearingRecordScreen
from deskapp.services import kinds
from deskapp.services.hearings import imports, needs, reading
from deskapp.services.hearings import stored as hearings
from deskapp.services.interpreters import lines
from deskapp.services.interpreters.bookings import Status
from tests.builders import SITE, SetClock
from tests.pilots import choose, fill, press, settle, shown, small
from tests.services.interpreters.booking_desk import BookingDesk

LISTS = Path(__file__).parents[1] / "cases" / "lists"
MAGISTRATES = LISTS / "P1-magistrates-standard-nested.json"
"""A list as it is published, of 13 December 2023."""
MORNING = dt.datetime(2023, 12, 13, 9, 0, tzinfo=dt.UTC)


def trial(connection: Connection) -> str:
    """A hearing of the list at which a defendant appears at half past one."""
    rows = connection.execute("SELECT id, start, parties FROM hearing ORDER BY room, id").fetchall()
    return str(
        next(
            row[0]
            for row in rows
            if row[1] == "13:30" and "DEFENDANT" in json.dumps(json.loads(row[2]))
        )
    )


def next_of(connection: Connection, hearing_id: str) -> str:
    """The hearing of the same case that was made for another day."""
    [(found,)] = connection.execute(
        "SELECT id FROM hearing WHERE day > '2023-12-13' AND id <> ?", (hearing_id,)
    ).fetchall()
    return str(found)


async def test_from_the_list_to_the_next_date_with_everything_carried_over(
    desk: Callable[..., DeskApp], store: Store, user: User, clock: SetClock
) -> None:
    """A list goes in, an interpreter is booked, comes late, signs; the hearing is adjourned."""
    clock.shows(MORNING)
    bench = BookingDesk(store, clock, user)
    leader, file = user._replace(role=Role.TEAM_LEADER), reading.read_file(MAGISTRATES)
    store.call_write(
        imports.take,
        file,
        site=SITE,
        day=None,
        now=clock.moment,
        user=leader,
        progress=lambda _done, _total: None,
        undo_days=7,
    )
    bench.interpreter()
    hearing = store.call_read(trial)
    party = store.call_read(hearings.read, hearing, user=user).parties[0]
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.HEARING, hearing)
        await settle(pilot)
        await press(pilot, "e")
        await choose(pilot, "flag", "loop")
        await fill(pilot, comment="Uses the T setting")
        await press(pilot, "f8", "a")
        assert isinstance(app.screen, HearingRecordScreen), shown(app)

        await press(pilot, "b", "1")
        await choose(pilot, "language", "polish")
        await press(pilot, "f8", "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
        await press(pilot, "i")
        await choose(pilot, "interpreter", "marta")
        await fill(pilot, supplier_ref="LW-4711")
        await press(pilot, "f8", "f")
        assert "LW-4711" in shown(app)

        clock.shows(MORNING.replace(hour=13, minute=52))
        await press(pilot, "a", "c")
        assert "22 minutes late" in shown(app)
        clock.shows(MORNING.replace(hour=14, minute=40))
        await press(pilot, "s", "f8", "y")
        assert "Fulfilled" in shown(app)

        await press(pilot, "escape", "r")
        await choose(pilot, "result", "adjourned")
        await fill(
            pilot,
            start="13:55",
            end="14:38",
            next_on="20 12 2023",
            next_at="10:00",
            next_minutes="60",
        )
        await choose(pilot, "reason", "insufficient time")
        await press(pilot, "f8", "s")
        assert isinstance(app.screen, HearingRecordScreen), shown(app)
        assert "20 December 2023" in shown(app)
    later = store.call_read(next_of, hearing)
    [signed] = bench.read(lines.of_hearings, [hearing], user=user)[hearing]
    [asked] = bench.read(lines.of_hearings, [later], user=user)[later]
    assert signed.status is Status.FULFILLED
    assert bench.record(signed).sheets[0].minutes.late == 22
    assert (asked.status, asked.language_code, asked.parent_id) == (
        Status.REQUESTED,
        "pol",
        signed.id,
    )
    assert f"{asked.start:%d %b %H:%M}" == "20 Dec 10:00"
    assert asked.for_name == party.name
    found = store.call_read(hearings.read, later, user=user)
    kept = store.call_read(needs.of_hearings, [(later, found.subject_key)], user=user)
    assert [need.comment for need in kept[later]] == ["Uses the T setting"]
