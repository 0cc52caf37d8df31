"""The day of an interpreter at the screen: what went wrong, who may what, who complains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens import booking_actions
from deskapp.screens.booking_form import BookingFormScreen
from deskapp.screens.booking_record import BookingScreen
from deskapp.screens.complaint_form import ComplaintFormScreen
from deskapp.screens.complaint_record import ComplaintRecordScreen
from deskapp.screens.interpreter_record import InterpreterScreen
from deskapp.screens.timesheet_form import TimesheetScreen
from deskapp.services import kinds, links
from deskapp.services.interpreters import attendance, lines, register, worklists
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.sheet_drafts import SheetProblemsError
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.pilots import choose, fill, press, rows, settle, shown, small, told
from tests.services.interpreters.booking_desk import BookingDesk

Desk = Callable[..., DeskApp]
BATH = "fact:bath-law-courts-civil-family-and-magistrates"


@pytest.fixture
def bench(store: Store, user: User, clock: SetClock) -> BookingDesk:
    """The store of the desk with hearings and interpreters."""
    return BookingDesk(store, clock, user)


async def opened(pilot: object, app: DeskApp, line: BookingLine) -> None:
    """The record of a booking stands on the screen."""
    await settle(pilot)  # type: ignore[arg-type]
    app.open(kinds.BOOKING, line.id)
    await settle(pilot)  # type: ignore[arg-type]


async def test_every_code_of_a_timesheet_stands_beside_its_field(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """What is wrong with a sheet is said before anybody signs."""
    line = bench.arrived()
    clock.shows(line.ends_at)
    wanted = (
        ({"released": "9:50"}, "The release must be after the arrival"),
        ({"released": "12:00", "breaks": "9:00-9:10"}, "A break must lie between start and"),
        ({"breaks": "10:30-10:50, 10:40-11:00"}, "Two breaks overlap"),
        ({"breaks": "", "released": "12:30"}, "It was signed before the release"),
        ({"released": "25:00"}, "Time must be between"),
    )
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "s")
        for typed, words in wanted:
            await fill(pilot, **typed)
            await press(pilot, "f8")
            assert words in shown(app), (typed, shown(app))
            assert isinstance(app.screen, TimesheetScreen)


async def test_nobody_arrives_or_fails_to_come_before_the_day(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """A letter that was meant for another booking would count against the supplier."""
    line = bench.confirmed()
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "n")
        assert "That is for the day of the booking" in told(app)[-1]
        await press(pilot, "a")
        assert bench.read(lines.line, line.id, user=bench.user).status is Status.CONFIRMED
        clock.shows(line.starts_at)
        await press(pilot, "escape")
        await opened(pilot, app, line)
        await press(pilot, "a", "c")
        assert bench.read(lines.line, line.id, user=bench.user).status is Status.IN_ATTENDANCE


def test_no_break_begins_after_the_release(bench: BookingDesk, clock: SetClock) -> None:
    """It would stop the signatures, and nobody would know why."""

    def offered() -> set[str]:
        found = booking_actions.entries(bench.record(line), bench.user, open_complaints=False)
        return {entry.value for entry in found}

    line = bench.arrived()
    clock.shows(line.ends_at)
    assert booking_actions.BREAK in offered()
    bench.take(attendance.release, line)
    assert booking_actions.BREAK not in offered()
    with pytest.raises(SheetProblemsError):
        bench.take(attendance.take_break, line)


async def test_an_interpreter_who_does_not_agree_can_agree_later(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """The officer signs on the day, whatever the interpreter says."""
    line = bench.arrived()
    clock.shows(line.ends_at)
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "s", "f8", "n")
        assert bench.record(line).sheets[0].acknowledged_by == ""
        await press(pilot, "g", "enter")
        assert "Timesheet acknowledged" in shown(app) or "agrees" not in shown(app)
    assert bench.record(line).sheets[0].acknowledged_by == "Marta Przyklad"


async def test_a_team_leader_corrects_a_sheet_and_the_old_one_stays(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """For everybody else the letter stands in grey with the reason."""
    line = bench.signed()
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        assert "K Correct the timesheet: Your role does not permit that" in shown(app)
        await press(pilot, "k")
        assert told(app)[-1].startswith("Your role does not permit that")
        app.user = app.user._replace(role=Role.TEAM_LEADER)
        app.screen.load()  # type: ignore[attr-defined]
        await settle(pilot)
        await press(pilot, "k")
        await press(pilot, *"late", "enter", "s")
        await fill(pilot, arrived="10:20")
        await press(pilot, "f8", "y")
    kept = bench.record(line)
    assert [sheet.minutes.late for sheet in kept.sheets] == [20, 0]
    assert kept.sheets[0].corrects == kept.sheets[1].id


async def test_a_hearing_room_user_records_the_day_and_books_nothing(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """Arrive, sign off, no-show, customer absent: nothing else is offered."""
    line = bench.confirmed()
    clock.shows(line.starts_at)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.user = app.user._replace(role=Role.HEARING_ROOM)
        await opened(pilot, app, line)
        assert "E Change" not in shown(app)
        assert "X Cancel: Your role does not permit that" in shown(app)
        await press(pilot, "a", "k")
        clock.passes(minutes=30)
        await press(pilot, "m", "f8", "y")
    assert bench.record(line).line.status is Status.CUSTOMER_DID_NOT_ATTEND


async def test_nobody_came_and_another_is_booked_in_the_place(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """What has ended is not used again; both bookings lead to each other."""
    line = bench.confirmed()
    clock.shows(line.starts_at - dt.timedelta(hours=1))
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "n", "enter")
        assert bench.record(line).line.status is Status.SUPPLIER_DID_NOT_ATTEND
        await press(pilot, "b")
        assert isinstance(app.screen, BookingFormScreen), told(app)
        await press(pilot, "f8", "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
    [other] = bench.record(line).replaced_by
    assert (other.parent_id, other.status) == (line.id, Status.REQUESTED)


async def test_a_cancellation_says_how_late_it_is_and_asks_why(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """The class is shown and kept, never an amount."""
    line = bench.confirmed()
    clock.shows(line.starts_at - dt.timedelta(hours=2))
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "x")
        assert "Late: in time was until 1 Dec 2026 10:00" in shown(app)
        assert "£" not in shown(app)
        await press(pilot, "a")
        assert "Adjourned. Late." in shown(app)


async def test_a_booking_is_changed_and_a_second_person_asked_for(
    desk: Desk, bench: BookingDesk
) -> None:
    """The history says what was and what is; too little time to get there asks why."""
    line = bench.assigned(marta := bench.interpreter())
    bench.assigned(marta, site=BATH, start="13:10", end="14:10")
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "e")
        await fill(pilot, end="13:00", room="Court [/b] 2")
        await press(pilot, "f8")
        assert "10 minutes to get there, 30 are needed" in shown(app)
        await fill(pilot, travel_reason="By taxi")
        await press(pilot, "f8")
        assert isinstance(app.screen, BookingScreen), shown(app)
        await press(pilot, "pagedown")
        assert "Room:  > Court [/b] 2" in shown(app)
        await press(pilot, "2")
    [other] = bench.record(line).team
    assert (other.team_of, other.room) == (line.id, "Court [/b] 2")


async def test_a_draft_that_cannot_be_sent_is_kept_and_says_why(
    desk: Desk, bench: BookingDesk
) -> None:
    """An intermediary is asked for before the assessment is finished."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+n")
        await fill(pilot, day="2 12 2026", start="10:00", end="13:00")
        await choose(pilot, "kind", "intermediary")
        await press(pilot, "ctrl+r", "d")
        assert isinstance(app.screen, BookingScreen), shown(app)
        assert "The assessment must be finished" in shown(app)
        await press(pilot, "s")
        assert "The assessment must be finished" in told(app)[-1]
    [line] = bench.read(worklists.page, Want(), bench.acting, Which.TO_SEND).lines
    assert line.status is Status.DRAFT


async def test_a_series_leaves_out_bank_holidays(desk: Desk, bench: BookingDesk) -> None:
    """The same time by the clock every week."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+n")
        await choose(pilot, "language", "polish")
        await fill(pilot, day="18 12 2026", start="10:00", end="13:00")
        await press(pilot, "ctrl+r", "w", "4", "enter")
        assert isinstance(app.screen, BookingScreen), shown(app)
    found = bench.read(worklists.page, Want(), bench.acting, Which.COMING).lines
    assert [f"{line.day:%d %b}" for line in found] == ["18 Dec", "08 Jan"]


async def test_a_complaint_about_the_booking_goes_on_at_the_complaints_desk(
    desk: Desk, bench: BookingDesk
) -> None:
    """Its form opens filled in, and both records are linked."""
    line = bench.booked(hearings=bench.hearing())
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "p")
        await fill(pilot, details="Nobody [/b] was booked")
        await press(pilot, "f8", "b", "n")
        assert isinstance(app.screen, ComplaintFormScreen), shown(app)
        await fill(pilot, person_id="Ann Example")
        await press(pilot, "f8")
        assert "Who is it about" not in shown(app)
        if not isinstance(app.screen, ComplaintRecordScreen):
            await press(pilot, "c")
        assert isinstance(app.screen, ComplaintRecordScreen), shown(app)
    [link] = bench.read(links.of, kinds.BOOKING, line.id, user=bench.user)
    assert link.table == kinds.COMPLAINT
    assert bench.record(line).history[-1].reason == "Nobody [/b] was booked"


async def test_the_register_is_kept_by_keys(desk: Desk, bench: BookingDesk) -> None:
    """Added, away, corrected; whose registration ended stands out in words."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+r", "i", "ctrl+n")
        await fill(pilot, name="Ann [/b] New", registration="NRPSI 7", expires_on="1 11 2026")
        await choose(pilot, "languages", "polish")
        await press(pilot, "f8")
        assert isinstance(app.screen, InterpreterScreen), shown(app)
        assert "REGISTRATION ENDED 1 Nov 2026" in shown(app)
        await press(pilot, "a")
        await fill(pilot, first_on="30 11", last_on="4 12")
        await press(pilot, "f8")
        assert "30 Nov 2026 to 4 Dec 2026, All day" in shown(app)
        await press(pilot, "c")
        await fill(pilot, phone="07700 900123")
        await press(pilot, "f8")
        assert "07700 900123" in shown(app)
        await press(pilot, "t", "enter")
        assert "30 Nov 2026 to" not in shown(app)
        await press(pilot, "escape", "right")
        assert [row.cells[0] for row in rows(app)] == ["Ann [/b] New"]
    line = bench.read(register.named, "NRPSI 7", user=bench.user)
    assert line.languages == ("pol",)


async def test_who_is_here_and_free_is_one_list_away(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """An interpreter who was released can help at the next hearing."""
    bench.arrived()
    clock.passes(minutes=30)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+r", "h")
        assert "busy until 12:00" in shown(app)
        await press(pilot, "enter", "l", "escape")
        assert "FREE" in shown(app)


async def test_the_desk_speaks_welsh_with_a_form_half_filled(
    desk: Desk, bench: BookingDesk
) -> None:
    """Words, choice and cursor stay when the language changes."""
    line = bench.arrived()
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "s")
        await fill(pilot, comments="Good")
        await press(pilot, "f12")
        assert i18n.language() == "cy"
        assert "Good" in shown(app)
        assert "Timesheet" not in shown(app)


async def test_a_double_booking_names_the_other_court_and_is_settled_by_a_leader(
    desk: Desk, bench: BookingDesk
) -> None:
    """Two courts booked one interpreter while they were offline: neither may miss it."""
    line = bench.assigned()
    bench.store.call_jot(
        Connection.execute,
        "UPDATE booking SET status = 'requested', interpreter_id = '', interpreter_key = '',"
        " conflict = 'DOUBLE_BOOKED', conflict_with = ?",
        (f'[["other", "{BATH}", "DOUBLE_BOOKED"]]',),
    )
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+r", "k")
        assert rows(app)[0].mark == "overdue"
        assert rows(app)[0].cells[2].startswith("Booked twice")
        await press(pilot, "enter")
        assert "Bath Law Courts" in shown(app)
        app.user = app.user._replace(role=Role.TEAM_LEADER)
        app.screen.load()  # type: ignore[attr-defined]
        await settle(pilot)
        await press(pilot, "d", *"bath", "enter")
        await press(pilot, "escape")
        assert rows(app) == []
        assert "Nobody is booked twice." in shown(app)
    assert bench.record(line).history[-1].reason == "bath"


async def test_unfilled_says_what_can_be_done_now(desk: Desk, bench: BookingDesk) -> None:
    """Off contract, by video, or tell the judge."""
    line = bench.booked()
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "u", *"nobody", "enter")
        said = shown(app)
        assert "What now" in said
        assert "Ask off contract" in said
        assert "Tell the judge" in said
        await press(pilot, "r", "enter")
        assert "Requested" in shown(app)


async def test_one_booking_serves_two_hearings(desk: Desk, bench: BookingDesk) -> None:
    """To share an interpreter a hearing is added, never a second booking made."""
    first, second = bench.hearing(), bench.hearing(start="11:30", case_ref="ZZ26P0002")
    line = bench.booked(hearings=first)
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "h", *"zz26p0002", "enter")
        assert isinstance(app.screen, BookingScreen), shown(app)
        assert "O Take a hearing off" in shown(app)
    served = bench.read(lines.of_hearings, [first, second], user=bench.user)
    assert [each[0].id for each in served.values()] == [line.id, line.id]


async def test_an_arrival_in_the_hour_that_comes_twice_is_asked_about(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """Ten past one is an hour longer ago the first time."""
    line = bench.confirmed(day="2027-10-31", start="00:30", end="04:00")
    clock.shows(dt.datetime(2027, 10, 31, 2, 30, tzinfo=dt.UTC))
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "a", "0", *"1:10", "enter", "c")
        assert "clocks show this time twice" in shown(app)
        await press(pilot, "s", "s")
        await fill(pilot, released="1:50")
        await press(pilot, "f8")
        assert "clocks show this time twice" in shown(app)
        await press(pilot, "s", "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
    kept = bench.record(line)
    assert kept.line.arrived_at == dt.datetime(2027, 10, 31, 1, 10, tzinfo=dt.UTC)
    assert kept.line.released_at == dt.datetime(2027, 10, 31, 1, 50, tzinfo=dt.UTC)
    assert kept.sheets[0].minutes.attended == 40


async def test_a_sheet_that_is_signed_on_a_later_day_says_so(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """Officers sign on the day; it is shown before and after, and stops nothing."""
    line = bench.arrived()
    clock.shows(line.ends_at + dt.timedelta(days=1))
    app = desk()
    async with small(app) as pilot:
        await opened(pilot, app, line)
        await press(pilot, "s")
        await fill(pilot, released="12:00")
        await press(pilot, "f8")
        assert "The timesheet was signed on a later day." in shown(app)
        await press(pilot, "y", "pagedown")
        assert "The timesheet was signed on a later day." in shown(app)


async def test_what_differs_and_what_is_due_today_fit_into_a_line(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """Of two bookings at one time the room differs; the end of the words is cut off first."""
    line = bench.booked()
    bench.booked(room="Court 3", day="2026-12-23")
    clock.shows(line.starts_at - dt.timedelta(hours=1))
    async with small(desk()) as pilot:
        await press(pilot, "ctrl+g", "i")
        assert "TODAY: Nobody named yet" in shown(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "ctrl+r", "c")
        assert "23 Dec 10:00 Court 3" in shown(pilot.app)  # type: ignore[arg-type]
