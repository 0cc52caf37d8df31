"""The jury desk by keyboard: the day, lists, trials, a juror and what is done with them, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.ask_line import AskLine
from deskapp.screens.complaint_record import ComplaintRecordScreen
from deskapp.screens.jury import JuryDeskScreen
from deskapp.screens.jury_act import JurorActScreen
from deskapp.screens.jury_by_list import ByListScreen
from deskapp.screens.jury_juror import JurorScreen
from deskapp.screens.jury_lists import JuryListsScreen
from deskapp.screens.jury_scan import ScanScreen
from deskapp.services import drafts, kinds
from deskapp.services.jury import by_list, day_end, juror_record, panels, scans, trial_lines, trials
from deskapp.services.jury.counts import Place
from deskapp.services.jury.events import Code
from deskapp.services.jury.stages import Status
from deskapp.services.jury.trial_lines import Outcome
from deskapp.services.jury.trials import TrialDraft
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.jury_desk import POOL, JuryDesk, number
from tests.pilots import fill, form_values, press, rows, settle, shown, small, told

Desk = Callable[..., DeskApp]


@pytest.fixture
def court(store: Store, clock: SetClock, user: User) -> JuryDesk:
    """A court with eight jurors who are due today."""
    court = JuryDesk(store, clock, user)
    court.jurors(8, date_of_birth="1980-03-01")
    return court


def as_role(app: DeskApp, role: Role) -> None:
    """Somebody of another role sits down."""
    app.user = app.user._replace(role=role)


# -- the day -------------------------------------------------------------------------------------


async def test_the_first_screen_tells_the_figures_and_what_was_forgotten(
    desk: Desk, court: JuryDesk
) -> None:
    """Everybody expected is in one place; a day before that is not confirmed is named."""
    court.date = dt.date(2026, 11, 17)
    court.do(scans.check_in, number(0), dt.time(9))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j")
        assert isinstance(app.screen, JuryDeskScreen)
        assert "Wednesday 18 November 2026, today" in shown(app)
        assert "NOT CONFIRMED: Tuesday 17 November 2026" in shown(app)
        await press(pilot, "d")
        assert "Not confirmed: 17 Nov 2026" in shown(app)
        await press(pilot, *"17 11", "enter")
        assert "PAST DAY: Tuesday 17 November 2026, 1 day ago" in shown(app)
        assert "Checked in 1 Checked out 0" in " ".join(shown(app).split())
        await press(pilot, "d", *"2 11 2026", "enter")
        assert "LOCKED" in shown(app)
        await press(pilot, "d", *"today", "enter")
        assert "PAST DAY" not in shown(app)


async def test_a_desk_without_jurors_can_still_import(desk: Desk, tmp_path: Path) -> None:
    """The court is the one of the file; what cannot be used is told by line."""
    file = tmp_path / "bureau.csv"
    file.write_text(
        "juror_number,pool_number,court,start_date,first_name,last_name\n"
        f"{number(1)},{POOL},411,2026-11-18,Kim,Ash\n"
        f"12345,{POOL},411,2026-11-18,Kim,Oak\n",
        encoding="utf-8",
    )
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j")
        assert "No court of jurors is known" in " ".join(told(app))
        await press(pilot, "i")
        await fill(pilot, line=str(file))
        await press(pilot, "enter")
        assert "Line 3, juror_number" in shown(app)
        assert "Nothing is stored yet" in shown(app)
        await press(pilot, "f8")
        assert "Taken in." in shown(app)
        await press(pilot, "f12", "f12")
        assert "Taken in." in shown(app)
        await press(pilot, "escape")
        assert "Not checked in 1 Absent 0" in " ".join(shown(app).split())


async def test_a_file_that_is_none_is_refused_with_words(
    desk: Desk, court: JuryDesk, tmp_path: Path
) -> None:
    """And F8 then takes nothing in."""
    file = tmp_path / "list.csv"
    file.write_bytes(b"\xff\xfe\x00")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "i")
        await fill(pilot, line=str(file))
        await press(pilot, "enter", "f8")
        assert "Ask the Bureau for the file again" in " ".join(told(app))


async def test_the_end_of_the_day_stands_on_one_screen(desk: Desk, court: JuryDesk) -> None:
    """Attended, not out, absent, on trial, on call; whoever is still in needs a later time."""
    for of in range(4):
        court.do(scans.check_in, number(of), dt.time(9))
    court.do(scans.check_out, number(0), dt.time(16))
    court.set(7, on_call=1, next_on="")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "c")
        counts = "Attended 1 · Not out 3 · Absent 3 · On trial 0 · On call 1"
        assert counts in shown(app)
        await fill(pilot, **{"time-out": "855"})
        await press(pilot, "f8")
        late = ", ".join(f"09:00 ({number(of)})" for of in (1, 2, 3))
        assert f"The time out must be after the time in, {late}." in " ".join(told(app))
        await fill(pilot, **{"time-out": "1630"})
        await press(pilot, "f8")
        assert "STILL TO COME: 16:30. It is 10:05 now." in " ".join(shown(app).split())
        await press(pilot, "n", "f8", "y")
        assert isinstance(app.screen, JuryDeskScreen)
        assert "3 were absent" in told(app)[-1]
    places = [court.line(of).where for of in range(7)]
    assert places == [Place.CONFIRMED] * 4 + [Place.ABSENT] * 3


async def test_by_list_marks_are_kept_until_they_are_used(desk: Desk, court: JuryDesk) -> None:
    """Enter on the juror again takes one away; Esc or the end of the program loses none."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "b")
        for of in (2, 3, 3):
            await fill(pilot, search=number(of))
            await press(pilot, "enter")
        await press(pilot, "escape", "b")
        assert "7 come in, 1 marked as missing" in shown(app)
        await fill(pilot, search=number(4))
        await press(pilot, "enter")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ByListScreen)
        assert "6 come in, 2 marked as missing" in shown(app)
        await press(pilot, "f8")
        await fill(pilot, line="845")
        await press(pilot, "enter")
        assert "6 jurors checked in by list." in told(app)
    assert court.line(2).record is None
    assert court.line(1).by_list
    assert court.store.call_read(drafts.waiting, court.user.id) == []


async def test_who_is_marked_and_comes_all_the_same_stops_nothing(
    desk: Desk, court: JuryDesk
) -> None:
    """Scanned at the other door meanwhile: the others come in, and that time stays."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "b")
        await fill(pilot, search=number(2))
        await press(pilot, "enter")
        court.do(scans.check_in, number(2), dt.time(8, 50))
        await press(pilot, "f8", "enter")
        assert isinstance(app.screen, JuryDeskScreen)
    records = [court.line(of).record for of in range(8)]
    assert [record.time_in for record in records if record].count(dt.time(8, 50)) == 1
    assert all(records)


async def test_lists_lead_to_a_juror_and_back(desk: Desk, court: JuryDesk) -> None:
    """Each list of the day with a step for all in it, words over all, the same juror again."""
    court.do(scans.check_in, number(3), dt.time(9))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "l")
        assert isinstance(app.screen, JuryListsScreen)
        assert len(rows(app)) == 8
        await press(pilot, "right", "right")
        assert [row.key for row in rows(app)] == [number(3)]
        await press(pilot, "ctrl+r", "s", *"23 11", "enter")
        assert court.line(3).next_on == dt.date(2026, 11, 23)
        await press(pilot, "f9", "ctrl+r", "u", "y")
        assert "1 juror is on call. F9 takes it back." in told(app)
        assert court.line(3).on_call
        await press(pilot, "enter")
        assert isinstance(app.screen, JurorScreen)
        await press(pilot, "escape")
        await fill(pilot, search="ash0005")
        assert [row.key for row in rows(app)] == [number(5)]


async def test_lists_tell_who_did_not_show_yet_who_they_are(desk: Desk, court: JuryDesk) -> None:
    """Checked in by list nobody was asked; who is confirmed takes no room for the audit number."""
    court.do(by_list.check_in_by_list, dt.time(9))
    court.do(scans.identity, number(1), "P")
    court.do(scans.check_out, number(0), dt.time(9, 30))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "l")
        seen = {row.key: row.cells for row in rows(app)}
        assert seen[number(0)][4] == "CHECK IDENTITY"
        assert seen[number(1)][4] == ""
        assert seen[number(0)][0] == "Out 09:00-09:30 by list"
        court.do(day_end.confirm, dt.time(9, 40))
        await press(pilot, "right", "left")
        assert rows(app)[0].cells[0] == "Confirmed 09:00-09:30"


async def test_find_shows_jurors_to_the_jury_desk_alone(desk: Desk, court: JuryDesk) -> None:
    """Jurors are people who can be threatened: another role finds nobody."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="ash0005")
        assert any(row.key == f"{kinds.JUROR}:{number(5)}" for row in rows(app))
        as_role(app, Role.HEARING_ROOM)
        await fill(pilot, search="ash0004")
        assert not any(row.key.startswith(kinds.JUROR) for row in rows(app))


# -- trials --------------------------------------------------------------------------------------


async def test_a_panel_is_drawn_sworn_and_confirmed(desk: Desk, court: JuryDesk) -> None:
    """By lot with the record of the draw; one not used, one challenged, the others sworn."""
    court.do(by_list.check_in_by_list, dt.time(9))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "t", "ctrl+n")
        await fill(pilot, number="t2026", name="Crown v Example")
        await press(pilot, "f8", "d")
        await fill(pilot, line="20")
        await press(pilot, "enter")
        assert "20 were asked for, but only 8 can be drawn" in " ".join(told(app))
        await press(pilot, "d")
        await fill(pilot, line=f"4 {POOL}")
        await press(pilot, "enter", "n", "y", "down", "c", "y", "down", "space", "space", "e", "y")
        assert "Panel 0, sworn 2" in shown(app)
        assert "Space marks  A All  E Swear  N Not used  C Challenge  R Return" in shown(app)
        await press(pilot, "v")
        assert "the same jurors come out" in shown(app)
        await press(pilot, "escape", "f")
        await fill(pilot, line="930 1630")
        await press(pilot, "enter", "y")
        assert "2 jurors confirmed" in " ".join(told(app))
        await press(pilot, "x", "y")
        assert "Jurors are still on this trial" in " ".join(told(app))
        await press(pilot, "a", "r", "y", "x", "y")
        assert "ENDED" in shown(app)
    page = court.store.call_read(trial_lines.page, Want(), court.acting, ended=True)
    [line] = page.lines
    record = court.store.call_read(trial_lines.record, court.acting, line.id)
    outcomes = sorted(each.outcome for each in record.members)
    assert outcomes == sorted([Outcome.NOT_USED, Outcome.CHALLENGED, *[Outcome.RETURNED] * 2])


async def test_marked_jurors_are_absent_when_the_jury_is_confirmed(
    desk: Desk, court: JuryDesk
) -> None:
    """It is said in the question, before it is done."""
    trial = a_jury(court, 3)
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.TRIAL, trial)
        await settle(pilot)
        await press(pilot, "space", "f")
        assert isinstance(app.screen, AskLine)
        assert "1 marked juror becomes absent" in app.screen.question
        await fill(pilot, line="930")
        await press(pilot, "enter")
        assert "Enter two times" in " ".join(told(app))


def a_jury(court: JuryDesk, count: int) -> str:
    """The id of a trial with so many sworn jurors."""
    court.do(by_list.check_in_by_list, dt.time(9))
    line = court.do(trials.open_trial, TrialDraft("T1"))
    drawn = court.do(trials.draw_panel, line.id, count)
    court.do(panels.empanel, line.id, drawn.draw.drawn)
    return line.id


# -- a juror -------------------------------------------------------------------------------------


async def test_a_deferral_asks_for_its_reason_and_for_a_second_yes(
    desk: Desk, court: JuryDesk
) -> None:
    """A letter answers the reason; who was deferred before is deferred again only after a yes."""
    court.set(1, deferrals=1)
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        await press(pilot, "d")
        assert isinstance(app.screen, JurorActScreen)
        await fill(pilot, new_date="1 3 2027")
        await press(pilot, "f8", "y")
        assert "was deferred before" in shown(app)
        await press(pilot, "y")
        assert isinstance(app.screen, JurorScreen)
        assert "Deferred" in shown(app)
    line = court.line(1)
    assert (line.status, line.deferrals) == (Status.DEFERRED, 2)
    assert court.store.call_read(drafts.waiting, court.user.id) == []


async def test_what_the_rules_refuse_keeps_the_form(desk: Desk, court: JuryDesk) -> None:
    """An officer may not go beyond twelve months: it is said, and the words stay."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        await press(pilot, "d")
        await fill(pilot, new_date="1 3 2029", note="Asked by phone")
        await press(pilot, "f8", "y")
        assert "A manager can allow more" in " ".join(told(app))
        assert isinstance(app.screen, JurorActScreen)
        as_role(app, Role.MANAGER)
        await press(pilot, "f8", "y")
        assert isinstance(app.screen, JurorScreen)
    assert court.line(1).status is Status.DEFERRED


async def test_what_cannot_be_done_says_why(desk: Desk, court: JuryDesk) -> None:
    """The letter answers with the reason; the list of commands has the letters too."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        await press(pilot, "u")
        assert "This cannot be done with a juror who is: Responded" in " ".join(told(app))
        await press(pilot, "ctrl+p", *"put on", "enter", "y")
        assert "On call" in shown(app)
    assert court.line(1).on_call


async def test_a_contact_stands_in_the_history(desk: Desk, court: JuryDesk) -> None:
    """With what it was about, who took it, and what was said; half typed it is kept."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        await press(pilot, "k")
        await fill(pilot, note="Has a cold")
        await press(pilot, "escape", "k", "escape", "k", "f8", "s")
        await press(pilot, "end")
        assert "Contact with the juror, Sickness: Has a cold" in shown(app)
        await press(pilot, "i", "f8", "p")
        await press(pilot, "home")
        assert "Passport" in shown(app)
    record = court.store.call_read(juror_record.look, court.acting, number(1))
    assert [each.code for each in record.events] == [Code.IDENTITY, Code.CONTACT]


async def test_the_id_of_a_day_opens_its_juror(desk: Desk, court: JuryDesk) -> None:
    """As the list of what was written twice does."""
    court.do(scans.check_in, number(2), dt.time(9))
    record = court.store.call_read(juror_record.look, court.acting, number(2))
    app = desk()
    async with small(app) as pilot:
        app.open("attendance", record.days[0].id)
        await settle(pilot)
        assert isinstance(app.screen, JurorScreen)
        assert number(2) in shown(app)


async def test_a_pool_of_the_bureau_is_handed_over(desk: Desk, court: JuryDesk) -> None:
    """Before that, its jurors cannot be checked in."""
    court.pool("411261102", owner="400", start="2026-11-25")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "p")
        assert "the Bureau" in shown(app)
        await press(pilot, "enter", "ctrl+r", "h")
        assert "the court" in shown(app)
        await press(pilot, "ctrl+r", "s")
        assert "Nobody in this list can be due or on call." in told(app)


async def test_the_export_is_shown_before_it_is_written(desk: Desk, court: JuryDesk) -> None:
    """Attendance of the day in force; a letter shows the changes of status."""
    court.do(scans.check_in, number(2), dt.time(9))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "x")
        assert number(2) in shown(app)
        await press(pilot, "enter", "c")
        assert "from_status" in shown(app)


async def test_the_scan_screen_opens_the_record_of_the_last_juror(
    desk: Desk, court: JuryDesk
) -> None:
    """And back there the results still stand."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "s")
        await fill(pilot, scan=number(1))
        await press(pilot, "enter", "ctrl+r", "j")
        assert isinstance(app.screen, JurorScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ScanScreen)
        assert f"Checked in  {number(1)}" in shown(app)


# -- a juror who complains -------------------------------------------------------------------------


async def test_a_juror_becomes_a_complaint_by_one_key_and_both_are_linked(
    desk: Desk, court: JuryDesk
) -> None:
    """Who, how to reach them and the day in force are carried over; the key leads back to it."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(0))
        await settle(pilot)
        await press(pilot, "ctrl+n")
        carried = form_values(app)
        assert (carried["categories"], carried["jurisdiction"]) == ("JUR", "jury")
        assert carried["person_name"] == "Kim Ash0000"
        assert carried["summary"] == "Jury service, 18 Nov 2026"
        assert number(0) in carried["details"]
        await press(pilot, "f8")
        assert isinstance(app.screen, ComplaintRecordScreen), told(app)
        made = app.screen.record_id
        await press(pilot, "2")
        assert isinstance(app.screen, JurorScreen)
        await press(pilot, "end")
        assert "Belongs together with" in shown(app)
        await press(pilot, "ctrl+n")
        assert isinstance(app.screen, ComplaintRecordScreen)
        assert app.screen.record_id == made
