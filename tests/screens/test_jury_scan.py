"""The scan loop by keyboard: one field, every result in words, nothing lost and nothing guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import StoreBusyError
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.screens.jury_scan import ScanScreen
from deskapp.services.jury import by_list, day_end, panels, scans, trials
from deskapp.services.jury.counts import Place
from deskapp.services.jury.stages import Stage
from deskapp.services.jury.trials import TrialDraft
from deskapp.widgets.scan_field import ScanField
from tests.builders import SetClock
from tests.jury_desk import JuryDesk, number
from tests.pilots import focused, press, settle, shown, small, value

Desk = Callable[..., DeskApp]


@pytest.fixture
def court(store: Store, clock: SetClock, user: User) -> JuryDesk:
    """A court with twenty jurors who are due today."""
    court = JuryDesk(store, clock, user)
    court.jurors(20)
    return court


def time_in(court: JuryDesk, of: int) -> dt.time | None:
    """When a juror came in."""
    record = court.line(of).record
    assert record is not None
    return record.time_in


async def scan(pilot: Pilot[Any], *lines: str) -> None:
    """Scan lines one after the other; typed key by key they are in the tests of the terminal."""
    for line in lines:
        pilot.app.screen.query_one(ScanField).value = line
        await pilot.press("enter")
    await settle(pilot)


async def at_the_door(pilot: Pilot[Any]) -> None:
    """Go to the scan screen."""
    await press(pilot, "ctrl+g", "j", "s")
    assert isinstance(pilot.app.screen, ScanScreen)


def told(app: DeskApp) -> list[str]:
    """The results on the screen, the newest first, line by line."""
    return str(app.screen.query_one("#scan-told", Static).render()).splitlines()


async def test_a_scan_checks_in_and_the_field_is_free_again(desk: Desk, court: JuryDesk) -> None:
    """No key but the scan; name, notices and the figures of the day stand beside it."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(3), f"*{number(4)}*")
        assert focused(app) == "scan"
        assert value(app, "scan") == ""
        assert told(app)[0] == f"10:05  Checked in  {number(4)}  Kim Ash0004"
        assert "CHECK IDENTITY" in shown(app)
        assert "Checked in 2 Checked out 0" in " ".join(shown(app).split())
    assert [time_in(court, of) for of in (3, 4)] == [dt.time(10, 5)] * 2


REFUSED = {
    "12345": "A juror number has nine digits",
    "64150000x": "A juror number has nine digits",
    "641599999": "No juror here has this number",
    "2561": "Time must be between",
    "p": "Scan the juror first",
    "q": "Type one of: P, D, U, B, A, N, O.",
}


async def test_what_is_refused_is_said_and_changes_nothing(desk: Desk, court: JuryDesk) -> None:
    """Letters in numbers, half a number, somebody unknown, no time of day, no juror yet."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        for line, why in REFUSED.items():
            await scan(pilot, line)
            assert "NOT DONE" in told(app)[0]
            assert why in told(app)[1]
            assert focused(app) == "scan"
    assert court.store.call_read(scans.last, court.acting) is None


async def test_a_long_note_leaves_room_for_what_came_of_other_scans(
    desk: Desk, court: JuryDesk
) -> None:
    """Two thousand letters about an adjustment stand on the record of the juror, not here."""
    later = {"service_start": "2026-11-30", "identity": "P"}
    court.juror(30, adjustment="W", adjustment_text="Ramp at the side door. " * 80, **later)
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(1), number(30))
        assert f"Checked in  {number(1)}" in shown(app)
        assert "Wheelchair: Ramp at the side door." in shown(app)
        assert told(app)[1].strip().startswith("TOO EARLY: service starts on 30 Nov 2026.")


async def test_a_double_scan_names_the_present_state(desk: Desk, court: JuryDesk) -> None:
    """The second says when the juror came in, and that nothing was changed; in Welsh too."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(1), number(1))
        await press(pilot, "f12")
        assert (
            _("Already checked in at {time}. Nothing was changed.").format(time="10:05")
            in told(app)[1]
        )
        await press(pilot, "f12")
        first, second, third = told(app)[:3]
        assert number(1) in first
        assert "NOT DONE" in first
        assert "Already checked in at 10:05" in second
        assert "Responded" in third
        assert "Due 19 Nov 2026" in third


async def test_a_refusal_says_where_it_is_done_instead(desk: Desk, court: JuryDesk) -> None:
    """Absent when the day was confirmed, and here all the same; and sworn on a trial."""
    court.do(scans.check_in, number(0), dt.time(9))
    court.do(day_end.confirm, dt.time(9, 30))
    line = court.do(trials.open_trial, TrialDraft("T1"))
    court.juror(30)
    court.do(scans.check_in, number(30), dt.time(9))
    court.do(trials.draw_panel, line.id, 1)
    court.do(panels.empanel, line.id, [number(30)])
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(1))
        assert told(app)[3].strip() == (
            "Ctrl+R J shows the juror; B there makes the day an attendance."
        )
        await scan(pilot, number(0))
        assert told(app)[3].strip() == "Ctrl+R J shows the juror; B there changes the day."
        await scan(pilot, number(30))
        assert "on a trial on this day" in told(app)[1]
        assert "Due" not in told(app)[2]
        assert told(app)[3].strip().startswith("Esc T shows the trials; F on a trial")


async def test_a_typed_time_holds_until_now_is_typed(desk: Desk, court: JuryDesk) -> None:
    """905 for all that follow; behind a number for that one alone."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, "905", number(1), f"{number(2)} 9:10", number(3), "now", number(4))
        await scan(pilot, f"{number(5)} 1905")
        assert told(app)[1].strip() == "STILL TO COME: 19:05. It is 10:05 now."
    times = [time_in(court, of) for of in (1, 2, 3, 4)]
    assert times == [dt.time(9, 5), dt.time(9, 10), dt.time(9, 5), dt.time(10, 5)]


async def test_one_key_takes_the_last_step_back(desk: Desk, court: JuryDesk) -> None:
    """The time that was typed stays, and so does the step before."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, "905", number(1), number(2))
        await press(pilot, "f9")
        assert told(app)[0].startswith("Taken back: Checked in")
        assert "Time: 09:05" in shown(app)
    assert court.line(1).record is not None
    assert court.line(2).record is None


async def test_a_list_is_taken_back_only_after_a_yes(desk: Desk, court: JuryDesk) -> None:
    """One key too much must not send twenty people out again; once confirmed nobody is asked."""
    court.do(by_list.check_in_by_list, dt.time(9), step_id=new_id())
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await press(pilot, "f9")
        assert "take this back for 20 jurors?" in " ".join(shown(app).split())
        await press(pilot, "n")
        assert court.line(1).record is not None
        await press(pilot, "f9", "y")
        assert court.line(1).record is None
        court.do(by_list.check_in_by_list, dt.time(9), step_id=new_id())
        court.do(day_end.confirm, dt.time(9, 30))
        await press(pilot, "f9")
        assert isinstance(app.screen, ScanScreen)
        assert "This day is confirmed already" in " ".join(
            note.message for note in app._notifications
        )


async def test_one_key_turns_to_checking_out(desk: Desk, court: JuryDesk) -> None:
    """In or out stands above the field in words."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(1))
        await press(pilot, "f5")
        assert "CHECK OUT" in shown(app)
        await scan(pilot, f"{number(1)} 1630", number(2))
        assert "was not checked in" in told(app)[1]
    record = court.line(1).record
    assert record is not None
    assert (record.stage, record.time_out) == (Stage.CHECKED_OUT, dt.time(16, 30))


async def test_the_proof_of_identity_goes_to_the_last_juror(desk: Desk, court: JuryDesk) -> None:
    """And to nobody when the last scan was of nobody."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await scan(pilot, number(1), "p", number(2), "641599999", "d")
        assert "Scan the juror first" in told(app)[1]
    assert [court.line(of).identity for of in (1, 2)] == ["P", ""]


async def test_another_day_is_marked_and_wants_its_times(desk: Desk, court: JuryDesk) -> None:
    """Now is no time of a past day; nothing is stored until one is typed."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await press(pilot, "ctrl+r", "d", *"17 11", "enter")
        assert "PAST DAY: Tuesday 17 November 2026, 1 day ago" in shown(app)
        await scan(pilot, number(1), f"{number(1)} 915")
        assert "This is another day" in " ".join(told(app))
    assert court.line(1).record is None
    court.date = dt.date(2026, 11, 17)
    assert time_in(court, 1) == dt.time(9, 15)


async def test_everybody_out_asks_for_those_on_a_panel(desk: Desk, court: JuryDesk) -> None:
    """They are named, and stay without a yes of their own."""
    court.do(by_list.check_in_by_list, dt.time(9), step_id=new_id())
    court.set(5, status=3)
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        await press(pilot, "ctrl+r", "o", "enter")
        assert "Kim Ash0005" in shown(app)
        await press(pilot, "n")
        assert court.line(5).where is Place.IN
        await press(pilot, "ctrl+r", "o", "enter", "y")
    assert court.line(5).where is Place.OUT


async def test_a_scan_waits_while_another_program_holds_the_store(
    desk: Desk, court: JuryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and the scan is stored as soon as the store is free."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        write, held = app.store.write, [StoreBusyError("The store is busy.")]

        async def busy(*args: Any, **given: Any) -> Any:
            if held:
                raise held.pop()
            return await write(*args, **given)

        monkeypatch.setattr(app.store, "write", busy)
        await scan(pilot, number(1), number(2))
        assert "busy" in " ".join(note.message for note in app._notifications)
    assert [court.line(of).where for of in (1, 2)] == [Place.IN] * 2


async def test_leaving_waits_for_every_scan(desk: Desk, court: JuryDesk) -> None:
    """Esc behind ten scans finds all of them stored, and so does the language key."""
    app = desk()
    async with small(app) as pilot:
        await at_the_door(pilot)
        for of in range(10):
            pilot.app.screen.query_one(ScanField).value = number(of)
            await pilot.press("enter")
        await pilot.press("f12", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, ScanScreen)
        await press(pilot, "f12")
    assert all(court.line(of).where is Place.IN for of in range(10))
