"""Every step of a booking through the store, and every refusal with its code and words."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services.interpreters import (
    act,
    assigning,
    attendance,
    book,
    changing,
    codes,
    filling,
    finding,
    lines,
    record,
    register,
    registering,
    sheet_drafts,
    signing,
    steps,
    worklists,
)
from deskapp.services.interpreters.assigning import Caution
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingProblemsError, check
from deskapp.services.interpreters.free import BlockedError
from deskapp.services.interpreters.life import MOVES, Event, RefusedError
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.registering import InterpreterDraft
from deskapp.services.interpreters.repeats import Every
from deskapp.services.interpreters.sheet_drafts import SheetDraft, SheetProblemsError
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from tests.services.interpreters.booking_desk import DAY, BookingDesk, a_booking

Draft = dict[str, Any]


def test_a_hearing_gives_the_whole_form(bench: BookingDesk) -> None:
    """The officer adds the language and presses save."""
    hearing = bench.hearing(minutes=45, start="10:30")
    draft = bench.read(filling.for_hearing, hearing, bench.acting)
    assert (draft.day, draft.start, draft.end) == (DAY, "10:30", "12:30")
    assert (draft.room, draft.for_name, draft.for_role) == ("Court 1", "Ann Example", "defendant")
    line = bench.booked(**{**vars(draft), "language": "Polish"})
    assert line.status is Status.REQUESTED
    assert line.language == "Polish"
    assert [each.hearing_id for each in line.hearings] == [hearing]
    assert line.supplier == "Spoken languages: primary supplier"


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [("", None, "16:30"), ("10:00", None, "13:00"), ("14:00", None, "16:30"), ("9:30", 180, "")],
)
def test_a_hearing_without_times_is_a_session(
    bench: BookingDesk, start: str, minutes: int | None, end: str
) -> None:
    """Many lists say neither how long nor when."""
    hearing = bench.hearing(start=start.rjust(5, "0") if start else "", minutes=minutes)
    draft = bench.read(filling.for_hearing, hearing, bench.acting)
    assert draft.end == (end or "12:30")


def test_a_booking_that_is_saved_twice_is_saved_once(bench: BookingDesk) -> None:
    """Enter is pressed twice when a line is slow."""
    booking_id = new_id()
    first = bench.write(book.book, a_booking(), booking_id=booking_id)
    assert bench.write(book.book, a_booking(), booking_id=booking_id) == first
    event_id, interpreter = new_id(), bench.interpreter()
    for _time in range(2):
        line = bench.write(assigning.assign, first.id, interpreter, event_id=event_id)
        assert line.status is Status.ASSIGNED
    assert [each.code for each in bench.record(first).history] == ["book", "send", "assign"]


E_CODES: dict[Code, Draft] = {
    Code.LANGUAGE_REQUIRED: {"language": ""},
    Code.LANGUAGE_BOTH: {"other_language": "Polish of Chicago"},
    Code.LANGUAGE_UNKNOWN: {"language": "klingon"},
    Code.LANGUAGE_KIND: {"kind": "sign"},
    Code.OTHER_LANGUAGE_TOO_LONG: {"language": "", "other_language": "x" * 81},
    Code.WELSH_ROUTE: {"language": "cym", "route": "contract"},
    Code.WITNESS_INTERMEDIARY: {
        "kind": "intermediary", "language": "", "for_role": "witness", "route": "contract",
        "jurisdiction": "criminal_crown",
    },
    Code.ASSESSMENT_REQUIRED: {"kind": "intermediary", "language": "", "for_role": "defendant"},
    Code.OFF_CONTRACT_REASON: {"route": "off_contract"},
    Code.TIME_GAP: {"day": "2027-03-28", "start": "1:30"},
    Code.TIME_AMBIGUOUS: {"day": "2027-10-31", "start": "1:30", "end": "4:00"},
    Code.END_NOT_AFTER_START: {"start": "12:00", "end": "10:00"},
    Code.SPANS_DAYS: {"start": "22:00", "end": "3 12 2026 2:00"},
    Code.IN_PAST: {"day": "2026-11-17"},
}  # fmt: skip


@pytest.mark.parametrize("code", E_CODES)
def test_every_error_stops_a_booking_in_words_beside_its_field(
    bench: BookingDesk, code: Code
) -> None:
    """Nothing is kept of it; the officer reads what to do."""
    with pytest.raises(BookingProblemsError) as refused:
        bench.booked(**E_CODES[code])
    assert code in refused.value.codes
    assert codes.words(code) in [problem.message for problem in refused.value.problems]
    assert bench.read(Connection.execute, "SELECT count(*) FROM booking").fetchone() == (0,)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        (Code.BELOW_MINIMUM, {"end": "11:00"}),
        (Code.SHORT_NOTICE, {"day": "2026-11-19"}),
        (Code.SECOND_INTERPRETER, {"kind": "sign", "language": "bfi", "end": "13:00"}),
    ],
)
def test_a_warning_does_not_stop_a_booking(
    bench: BookingDesk, code: Code, given: dict[str, str]
) -> None:
    """The officer knows better."""
    assert code in check(a_booking(**given), bench.acting).warnings
    line = bench.booked(**given)
    assert line.status is Status.REQUESTED
    assert code in bench.write(act.warnings, line.id)


def test_a_booking_that_is_marked_as_overnight_may_end_on_a_later_day(bench: BookingDesk) -> None:
    """The next morning, or a day that is named; opened again it says the same."""
    for end, minutes in (("2:00", 240), ("3 12 2026 23:00", 1500), ("4 12 2026 2:00", 1680)):
        line = bench.booked(start="22:00", end=end, overnight="yes")
        assert (line.ends_at - line.starts_at).total_seconds() == minutes * 60
        draft = bench.read(filling.as_draft, line.id, bench.acting)
        assert bench.take(changing.change, line, draft).ends_at == line.ends_at
    with pytest.raises(BookingProblemsError, match="Enter a day and a time"):
        bench.booked(end="soon enough")


def test_a_draft_that_cannot_be_sent_is_kept_and_refused_later(bench: BookingDesk) -> None:
    """A need makes a draft before anybody knows the language."""
    line = bench.write(book.save, a_booking(language=""), booking_id=new_id())
    assert line.status is Status.DRAFT
    with pytest.raises(BookingProblemsError) as refused:
        bench.take(act.send, line)
    assert refused.value.codes == (Code.LANGUAGE_REQUIRED,)


def test_the_usual_route_follows_from_what_is_booked(bench: BookingDesk) -> None:
    """Welsh is never on the contract; a witness's interpreter is the side's."""
    assert bench.booked(language="Welsh").route == "welsh_unit"
    witness = {"for_role": "witness", "jurisdiction": "criminal_crown"}
    assert bench.booked(**witness).route == "party_arranged"
    assert bench.booked(kind="intermediary", language="", **witness).route == "witness_scheme"
    assert bench.booked().route == "contract"


def arrange(bench: BookingDesk, status: Status) -> BookingLine:
    """A booking in a state."""
    match status:
        case Status.DRAFT:
            return bench.drafted()
        case Status.REQUESTED:
            return bench.booked()
        case Status.ASSIGNED:
            return bench.assigned()
        case Status.CONFIRMED:
            return bench.confirmed()
        case Status.IN_ATTENDANCE:
            return bench.arrived()
        case Status.FULFILLED:
            return bench.signed()
        case Status.CUSTOMER_DID_NOT_ATTEND:
            line = bench.arrived()
            bench.clock.shows(line.ends_at)
            return bench.take(signing.customer_absent, line, SheetDraft())
        case Status.SUPPLIER_DID_NOT_ATTEND:
            line = bench.confirmed()
            bench.clock.shows(line.starts_at)
            return bench.take(act.no_show, line, "")
        case Status.CANCELLED_BY_COURT:
            return bench.take(act.cancel, bench.booked(), "settled", "")
        case Status.UNFILLED:
            return bench.take(act.cannot_fill, bench.booked(), "")


def take(bench: BookingDesk, line: BookingLine, event: Event) -> BookingLine:
    """Let an event happen."""
    match event:
        case Event.SEND:
            return bench.take(act.send, line)
        case Event.ASSIGN:
            return bench.take(assigning.assign, line, bench.interpreter(f"Somebody {new_id()}"))
        case Event.SUPPLIER_CANNOT_FILL:
            return bench.take(act.cannot_fill, line, "nobody")
        case Event.CANCEL_BY_COURT:
            return bench.take(act.cancel, line, "other", "Lost the file")
        case Event.CONFIRM:
            return bench.take(act.confirm, line)
        case Event.SUPPLIER_WITHDRAWS:
            return bench.take(act.withdraw, line, "ill")
        case Event.ARRIVE:
            return bench.take(attendance.arrive, line)
        case Event.MARK_NO_SHOW:
            return bench.take(act.no_show, line, "")
        case Event.SIGN_OFF:
            bench.clock.shows(line.ends_at)
            return bench.take(signing.sign_off, line, SheetDraft())
        case Event.CUSTOMER_ABSENT:
            bench.clock.shows(line.ends_at)
            return bench.take(signing.customer_absent, line, SheetDraft())
        case Event.REOPEN:
            return bench.take(act.reopen, line, "")
        case Event.CORRECT:
            return bench.take(signing.correct, line, "Wrong release")


@pytest.mark.parametrize(("status", "event"), MOVES)
def test_every_move_of_the_sheet_is_made(bench: BookingDesk, status: Status, event: Event) -> None:
    """It is offered, made and written down."""
    bench = bench.as_role(Role.TEAM_LEADER)
    line = arrange(bench, status)
    assert line.status is status
    if event in steps.NOT_BEFORE_THE_DAY:
        bench.clock.shows(line.starts_at)
    assert event in bench.record(line).may
    assert take(bench, line, event).status is MOVES[status, event]
    assert bench.record(line).history[-1].code == event


@pytest.mark.parametrize("status", Status)
def test_no_other_move_is_made(bench: BookingDesk, status: Status) -> None:
    """What is refused changes nothing and says how the booking stands."""
    bench = bench.as_role(Role.TEAM_LEADER)
    line = arrange(bench, status)
    assert line.status is status
    before, moment = bench.record(line), bench.clock.moment
    for event in Event:
        if (status, event) in MOVES:
            continue
        bench.clock.shows(line.starts_at if event in steps.NOT_BEFORE_THE_DAY else moment)
        assert event not in bench.record(line).may
        with pytest.raises(RefusedError, match=rf"\({line.state}\)|{line.state}") as refused:
            take(bench, line, event)
        assert refused.value.code is Code.TRANSITION, event
        assert bench.record(line).history == before.history


@pytest.mark.parametrize("verb", [attendance.arrive, partial(act.no_show, reason="")])
def test_nobody_comes_or_stays_away_before_the_day(bench: BookingDesk, verb: Any) -> None:
    """It would count for or against the supplier on a day that has not come."""
    line = bench.confirmed()
    with pytest.raises(RefusedError, match="for the day of the booking"):
        bench.take(verb, line)
    assert not {Event.ARRIVE, Event.MARK_NO_SHOW} & set(bench.record(line).may)


@pytest.mark.parametrize(
    ("role", "event"),
    [
        (Role.OFFICER, Event.CORRECT),
        (Role.HEARING_ROOM, Event.CONFIRM),
        (Role.HEARING_ROOM, Event.CANCEL_BY_COURT),
    ],
)
def test_a_role_without_the_right_is_refused(bench: BookingDesk, role: Role, event: Event) -> None:
    """A signed timesheet is a team leader's; the hearing room records the day."""
    line = bench.signed() if event is Event.CORRECT else bench.assigned()
    with pytest.raises(RefusedError) as refused:
        take(bench.as_role(role), line, event)
    assert refused.value.code is Code.ROLE


def test_the_hearing_room_records_the_day(bench: BookingDesk) -> None:
    """Offline, without an officer."""
    line = bench.confirmed()
    bench.clock.shows(line.starts_at)
    room = bench.as_role(Role.HEARING_ROOM)
    line = room.take(attendance.arrive, line)
    room.clock.shows(line.ends_at)
    assert room.take(signing.sign_off, line, SheetDraft()).status is Status.FULFILLED


def test_only_those_who_may_read_bookings_read_them(bench: BookingDesk) -> None:
    """An administrator keeps the computer, not the court's diary."""
    line = bench.booked(hearings=bench.hearing())
    other = bench.as_role(Role.ADMINISTRATOR)
    for verb, given in (
        (worklists.page, (Want(), other.acting, Which.TODAY)),
        (worklists.counts, (other.acting,)),
        (record.record, (line.id, other.acting)),
    ):
        with pytest.raises(NotAllowedError):
            other.read(verb, *given)
    with pytest.raises(NotAllowedError):
        other.read(finding.find, line.ref, user=other.user, limit_rows=5)
    with pytest.raises(NotAllowedError):
        other.booked()


# -- who is free ---------------------------------------------------------------------------


def test_somebody_who_is_booked_is_not_booked_again_and_others_are_offered(
    bench: BookingDesk,
) -> None:
    """Three ways out: another time, another person, or one more hearing in that booking."""
    ann, ben = bench.interpreter("Ann Jedna"), bench.interpreter("Ben Dwa")
    bench.interpreter("Cari Tri", languages="French")
    bench.assigned(ann)
    second = bench.booked(start="11:00", end="13:00")
    with pytest.raises(BlockedError, match="add the hearing") as blocked:
        bench.take(assigning.assign, second, ann)
    offers = blocked.value.offers
    assert [each.id for each in offers.others] == [ben]
    assert [each.astimezone(dt.UTC).strftime("%H:%M") for each in offers.starts] == [
        "12:00", "12:15", "12:30",
    ]  # fmt: skip
    assert "Ben Dwa" in str(blocked.value)
    assert bench.take(assigning.assign, second, ben).interpreter == "Ben Dwa"


def test_one_more_hearing_goes_into_the_booking_that_is_there(bench: BookingDesk) -> None:
    """One interpreter for two short hearings is one booking, not two that overlap."""
    one, two = bench.hearing(), bench.hearing(start="11:00", room="Court 2")
    line = bench.confirmed(hearings=one)
    line = bench.take(changing.add_hearing, line, two)
    assert [each.hearing_id for each in line.hearings] == [one, two]
    found = bench.read(lines.of_hearings, [one, two], user=bench.user)
    assert [each.id for each in found[one] + found[two]] == [line.id, line.id]
    line = bench.take(changing.take_off_hearing, line, one)
    assert [each.hearing_id for each in line.hearings] == [two]
    another_day = bench.hearing(day="2026-12-03")
    with pytest.raises(FormProblemsError, match="one day at one court"):
        bench.take(changing.add_hearing, line, another_day)


def test_somebody_who_is_away_is_not_booked(bench: BookingDesk) -> None:
    """A morning off ends at one o'clock."""
    ann = bench.interpreter()
    bench.away(ann, first_on=DAY, part="AM")
    with pytest.raises(BlockedError, match="not available"):
        bench.assigned(ann)
    assert bench.assigned(ann, start="13:00", end="15:00").status is Status.ASSIGNED


def test_too_little_time_to_travel_needs_a_reason(bench: BookingDesk) -> None:
    """The officer may know that both courts are in one street."""
    ann = bench.interpreter()
    bench.assigned(ann)
    cardiff = "fact:cardiff-civil-and-family-justice-centre"
    later = bench.booked(start="12:10", end="14:10", site=cardiff)
    with pytest.raises(FormProblemsError, match="10 minutes to get there, 30 are needed"):
        bench.take(assigning.assign, later, ann)
    line = bench.take(assigning.assign, later, ann, travel_reason="Next door")
    assert bench.record(line).history[-1].reason == "Next door"


def test_the_same_person_in_the_register_twice_is_one_person(bench: BookingDesk) -> None:
    """Who it is follows from the registration, at every court."""
    bench.interpreter(registration="NRPSI 12345")
    with pytest.raises(FormProblemsError, match="has this registration already"):
        bench.interpreter("Marta P.", registration="nrpsi-12345")


def test_somebody_to_be_avoided_is_refused(bench: BookingDesk) -> None:
    """They interpreted at the police station, or know the family."""
    ann = bench.interpreter()
    with pytest.raises(FormProblemsError, match="not wanted"):
        bench.assigned(ann, avoid=ann)


def test_what_the_register_does_not_fit_is_told_and_stays_on_the_record(
    bench: BookingDesk,
) -> None:
    """The officer copies what the supplier says; what they saw then, others can see later."""
    told = {Caution.EXPIRED, Caution.LANGUAGE, Caution.GENDER}
    ann = bench.interpreter(languages="French", expires_on="2026-11-30", gender="male")
    line = bench.booked(gender="female")
    assert {*bench.read(assigning.against, bench.acting, line.id, ann)} == told
    kept = bench.record(bench.take(assigning.assign, line, ann))
    assert {*kept.cautions} == {*kept.history[-1].cautions} == told
    put_right = InterpreterDraft("Ann", languages="Polish", gender="female")
    bench.write(registering.change, ann, put_right)
    kept = bench.record(line)
    assert (kept.cautions, {*kept.history[-1].cautions}) == ((), told)


# -- changes -------------------------------------------------------------------------------


def test_a_time_that_is_changed_is_checked_against_the_interpreter(bench: BookingDesk) -> None:
    """Nothing is half changed."""
    ann = bench.interpreter()
    bench.assigned(ann, start="14:00", end="16:00")
    line = bench.confirmed(ann)
    draft = bench.read(filling.as_draft, line.id, bench.acting)
    assert draft == a_booking(
        route="contract", site=line.site, supplier=line.supplier, start="10:00"
    )
    with pytest.raises(BlockedError):
        bench.take(changing.change, line, a_booking(start="13:00", end="15:00"))
    assert bench.record(line).line == line
    changed = bench.take(changing.change, line, a_booking(start="9:30", end="11:30"))
    assert (changed.start.hour, changed.status) == (9, Status.CONFIRMED)
    [event] = [each for each in bench.record(line).history if each.code == "change"]
    assert event.changes["local_start"] == [f"{DAY}T10:00", f"{DAY}T09:30"]


def test_what_has_ended_is_not_changed_but_replaced(bench: BookingDesk) -> None:
    """The new one names the one that it replaces."""
    line = bench.confirmed()
    bench.clock.shows(line.starts_at - dt.timedelta(hours=1))
    line = bench.take(act.no_show, line, "Traffic")
    with pytest.raises(RefusedError):
        bench.take(changing.change, line, a_booking())
    draft = bench.read(filling.again, line.id, bench.acting)
    other = bench.write(book.book, draft, booking_id=new_id())
    assert other.parent_id == line.id
    assert bench.record(line).replaced_by == (other,)


def test_the_next_hearing_gets_the_same_help(bench: BookingDesk) -> None:
    """Adjourned: who needs an interpreter today needs one then."""
    line = bench.signed(hearings=bench.hearing(), dialect_note="Silesian", gender="female")
    later = bench.hearing(day="2027-01-11", start="14:00", minutes=180, room="Court 7")
    new = bench.write(book.carry_over, line.id, later, new_booking_id=new_id())
    record = bench.record(new)
    assert new.status is Status.REQUESTED
    assert (new.day.isoformat(), new.room, new.parent_id) == ("2027-01-11", "Court 7", line.id)
    assert (record.dialect_note, record.gender, new.interpreter_id) == ("Silesian", "female", "")
    assert [each.hearing_id for each in new.hearings] == [later]


def test_a_team_of_two_is_two_bookings_that_know_each_other(bench: BookingDesk) -> None:
    """Two people sign in turn; each has a timesheet."""
    first = bench.booked(kind="sign", language="bfi", interpreters="2", hearings=bench.hearing())
    event_id = new_id()
    second = bench.write(book.second, first.id, event_id=event_id)
    assert bench.write(book.second, first.id, event_id=event_id) == second
    assert bench.record(first).team == (second,)
    assert bench.record(second).team == (first,)
    assert second.hearings == first.hearings


def test_a_series_keeps_the_wall_clock_and_leaves_out_holidays(bench: BookingDesk) -> None:
    """Ten o'clock stays ten o'clock; nobody is booked for Boxing Day's substitute."""
    booking_id = new_id()
    draft = a_booking(day="2027-03-15", start="10:00", end="12:00")
    series = bench.write(book.book_series, draft, Every.WEEKLY, 4, booking_id=booking_id)
    days = [f"{each.day:%d %b} {each.start:%H:%M} {each.starts_at:%H}" for each in series]
    assert days == ["15 Mar 10:00 10", "22 Mar 10:00 10", "05 Apr 10:00 09"]
    assert {each.series_id for each in series} == {booking_id}
    again = bench.write(book.book_series, draft, Every.WEEKLY, 4, booking_id=booking_id)
    assert again == series


# -- cancelling ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-12-01T10:00:00+00:00", "In time"),
        ("2026-12-01T10:00:01+00:00", "Late"),
        ("2026-12-02T10:00:00+00:00", "After the start"),
    ],
)
def test_how_late_a_cancellation_comes_is_kept(bench: BookingDesk, now: str, told: str) -> None:
    """The class and never an amount of money."""
    line = bench.assigned()
    bench.clock.shows(dt.datetime.fromisoformat(now))
    line = bench.take(act.cancel, line, "settled", "")
    assert told in bench.record(line).cancelled
    assert "Guilty plea or settled" in bench.record(line).cancelled


def test_another_reason_needs_words(bench: BookingDesk) -> None:
    """The list of reasons is data; what is not in it is told."""
    line = bench.booked()
    for reason, field in (("other", "words"), ("bored", "reason")):
        with pytest.raises(FormProblemsError) as refused:
            bench.take(act.cancel, line, reason, "")
        assert refused.value.problems[0].field == field


def test_a_request_is_asked_again_only_before_its_start(bench: BookingDesk) -> None:
    """After it only a new booking helps."""
    line = bench.take(act.cannot_fill, bench.booked(), "")
    bench.clock.shows(line.starts_at)
    with pytest.raises(RefusedError, match="has begun"):
        bench.take(act.reopen, line, "")


# -- the day -------------------------------------------------------------------------------


def test_an_attendance_becomes_a_timesheet_with_real_minutes(bench: BookingDesk) -> None:
    """Late, a break, over the end: all figures of the sheet."""
    line = bench.confirmed(supplier_ref="JOB 4711", hearings=bench.hearing())
    start = line.starts_at
    bench.clock.shows(start + dt.timedelta(minutes=20))
    bench.take(attendance.arrive, line, identity="photo")
    bench.clock.shows(start + dt.timedelta(minutes=60))
    bench.take(attendance.take_break, line)
    bench.clock.shows(start + dt.timedelta(minutes=75))
    bench.take(attendance.take_break, line)
    bench.clock.shows(start + dt.timedelta(minutes=150))
    line = bench.take(attendance.release, line)
    assert line.released_at == start + dt.timedelta(minutes=150)
    draft = bench.read(sheet_drafts.as_draft, line.id, bench.acting)
    assert (draft.arrived, draft.released, draft.breaks) == ("10:20", "12:30", "11:00-11:15")
    line = bench.take(signing.sign_off, line, draft)
    [sheet] = bench.record(line).sheets
    assert vars(sheet.minutes) == {
        "late": 20, "attended": 130, "breaks": 15, "worked": 115, "overrun": 30, "charge": 120,
    }  # fmt: skip
    assert (sheet.acknowledged_by, sheet.signed_name) == ("Marta Przyklad", bench.user.name)
    assert sheet.identity == "photo"
    assert sheet.hearings == (line.hearings[0].hearing_id,)
    assert line.acknowledged


T_CODES = {
    Code.RELEASE_NOT_AFTER_ARRIVAL: {"released": "10:00"},
    Code.BREAK_OUTSIDE: {"breaks": "9:30-9:45"},
    Code.BREAK_OVERLAP: {"breaks": "10:30-11:00, 10:45-11:15"},
    Code.SIGNED_EARLY: {"released": "12:30"},
}


@pytest.mark.parametrize("code", T_CODES)
def test_every_error_of_a_timesheet_stops_it_in_words(bench: BookingDesk, code: Code) -> None:
    """No figures, no signature."""
    line = bench.arrived()
    bench.clock.shows(line.ends_at)
    with pytest.raises(SheetProblemsError) as refused:
        bench.take(signing.sign_off, line, SheetDraft(**T_CODES[code]))
    assert refused.value.codes == (code,)
    assert codes.words(code) in str(refused.value)
    assert bench.write(sheet_drafts.preview, line.id, SheetDraft(**T_CODES[code])).minutes is None


def test_a_break_that_goes_on_ends_with_the_release(bench: BookingDesk) -> None:
    """Nobody is paid for a break because it was not ended by hand."""
    for released in (True, False):
        line = bench.arrived(bench.interpreter(f"Somebody {new_id()}"))
        bench.clock.passes(minutes=100)
        bench.take(attendance.take_break, line)
        bench.clock.shows(line.ends_at)
        if released:
            bench.take(attendance.release, line)
        line = bench.take(signing.sign_off, line, SheetDraft())
        assert bench.record(line).sheets[0].minutes.breaks == 20
        bench.clock.shows(line.starts_at - dt.timedelta(days=10))


def test_a_break_without_a_minute_was_none(bench: BookingDesk) -> None:
    """A key that was pressed by mistake must not stop the signatures."""
    line = bench.arrived()
    bench.clock.passes(minutes=30)
    for _time in range(2):
        bench.take(attendance.take_break, line)
    kept = bench.record(line)
    assert (kept.breaks, kept.history[-1].code) == ((), "break_off")
    bench.clock.shows(line.ends_at)
    bench.take(attendance.take_break, line)
    assert bench.read(sheet_drafts.as_draft, line.id, bench.acting).breaks == ""
    assert bench.write(sheet_drafts.preview, line.id, SheetDraft()).errors == []
    bench.take(attendance.release, line)
    assert bench.record(line).breaks == ()


@pytest.mark.parametrize(
    ("arrived", "before", "at", "code"),
    [
        ("9:30", [], "9:45", Code.BREAK_OUTSIDE),
        ("10:00", ["11:00"], "10:50", Code.BREAK_OUTSIDE),
        ("10:00", ["11:00", "11:20"], "11:10", Code.BREAK_OVERLAP),
    ],
)
def test_a_break_that_nobody_could_sign_is_refused_when_it_is_entered(
    bench: BookingDesk, arrived: str, before: list[str], at: str, code: Code
) -> None:
    """Before the booked start, before it began, inside another."""
    line = bench.confirmed()
    bench.clock.shows(line.ends_at)
    bench.take(attendance.arrive, line, at=arrived)
    for time in before:
        bench.take(attendance.take_break, line, at=time)
    with pytest.raises(SheetProblemsError) as refused:
        bench.take(attendance.take_break, line, at=at)
    assert refused.value.codes == (code,)


def test_a_timesheet_that_is_signed_later_or_by_one_says_so(bench: BookingDesk) -> None:
    """Officers sign on the day of attendance."""
    line = bench.arrived()
    bench.clock.shows(line.ends_at + dt.timedelta(days=1))
    line = bench.take(signing.sign_off, line, SheetDraft(released="12:00"))
    [sheet] = bench.record(line).sheets
    assert sheet.warnings == [Code.SIGNED_LATE]
    assert not line.acknowledged
    assert bench.take(signing.acknowledge, line, "Marta Przyklad").acknowledged
    assert bench.record(line).sheets[0].acknowledged_by == "Marta Przyklad"


def test_a_correction_keeps_the_old_sheet(bench: BookingDesk) -> None:
    """A team leader opens it; both sheets can be read."""
    line = bench.signed()
    leader = bench.as_role(Role.TEAM_LEADER)
    with pytest.raises(FormProblemsError, match="what is wrong"):
        leader.take(signing.correct, line, " ")
    leader.take(signing.correct, line, "Left at 11:40")
    leader.take(signing.sign_off, line, SheetDraft(released="11:40"))
    new, old = bench.record(line).sheets
    assert new.corrects == old.id
    assert (old.minutes.worked, new.minutes.worked) == (120, 100)
    assert new.minutes.charge == 120


def test_an_arrival_is_in_the_past_and_checked(bench: BookingDesk) -> None:
    """Nobody is here at a time that has not come."""
    line = bench.confirmed()
    bench.clock.shows(line.starts_at)
    for given, field in (
        ({"at": "11:00"}, "arrived"),
        ({"at": "soon"}, "arrived"),
        ({"identity": ""}, "identity"),
    ):
        with pytest.raises(FormProblemsError) as refused:
            bench.take(attendance.arrive, line, **given)
        assert refused.value.problems[0].field == field
    assert bench.take(attendance.arrive, line, at="9:55").arrived_at == (
        line.starts_at - dt.timedelta(minutes=5)
    )


def test_somebody_released_early_is_free_for_another_booking(bench: BookingDesk) -> None:
    """They are occupied up to the release, not up to what was booked."""
    ann = bench.interpreter()
    line = bench.arrived(ann)
    next_one = bench.booked(start="11:30", end="13:30")
    with pytest.raises(BlockedError):
        bench.take(assigning.assign, next_one, ann)
    bench.clock.shows(line.starts_at + dt.timedelta(minutes=60))
    bench.take(attendance.release, line)
    assert bench.take(assigning.assign, next_one, ann).status is Status.ASSIGNED


def test_there_is_no_such_booking(bench: BookingDesk) -> None:
    """Said in words, by reference and by id."""
    with pytest.raises(NotFoundError):
        bench.read(lines.line, "x", user=bench.user)
    with pytest.raises(NotFoundError, match="goes by the reference"):
        bench.read(finding.id_of_ref, "B-7KM-4X9-3CK")
    line = bench.booked(supplier_ref="JOB 4711")
    assert bench.read(finding.id_of_ref, "job4711") == line.id
    assert bench.read(finding.id_of_ref, line.ref.lower()) == line.id
    assert [each.id for each in bench.read(finding.find, "job 4711", user=bench.user, limit_rows=5)]


def test_no_typed_text_reaches_the_store_as_it_is(bench: BookingDesk) -> None:
    """Half a character, controls: every field of the form, and every search."""
    hostile = "a\udcff\x1b[31m\u202eb"
    for name in ("for_name", "room", "note", "supplier", "supplier_ref", "cost_code", "allowed_by",
                 "dialect_note", "off_contract_reason", "jurisdiction", "need_id", "person_id",
                 "parent_id"):  # fmt: skip
        line = bench.booked(**{name: hostile})
        assert "\x1b" not in str(vars(bench.record(line)))
    bench.interpreter(hostile, registration=hostile, note=hostile)
    for verb in (finding.find, finding.id_of_ref, register.named, filling.hearing_named):
        more: dict[str, Any] = {"user": bench.user}
        if verb is finding.find:
            more["limit_rows"] = 5
        given = (bench.acting,) if verb is filling.hearing_named else ()
        with suppress(NotFoundError):
            named = {} if given or verb is finding.id_of_ref else more
            bench.read(verb, hostile, *given, **named)
    with pytest.raises(FormProblemsError):
        bench.booked(kind=hostile, mode=hostile, gender=hostile, interpreters=hostile)
    bench.read(register.page, Want(), bench.acting, text=hostile)


# -- the clocks ----------------------------------------------------------------------------


def test_a_time_that_happens_twice_is_kept_as_the_one_that_was_meant(bench: BookingDesk) -> None:
    """And stays it when the booking is opened to be changed."""
    given = {"day": "2027-10-31", "start": "1:30", "end": "4:00", "start_fold": "second"}
    line = bench.booked(**given)
    assert (line.start.hour, line.starts_at.hour) == (1, 1)
    draft = bench.read(filling.as_draft, line.id, bench.acting)
    assert (draft.start, draft.start_fold, draft.end_fold) == ("01:30", "second", "")
    first = bench.booked(**{**given, "start_fold": "first"})
    assert (first.starts_at.hour, (first.ends_at - first.starts_at).seconds) == (0, 3.5 * 3600)
    assert bench.take(changing.change, line, draft).starts_at == line.starts_at


def test_an_overnight_attendance_has_real_minutes(bench: BookingDesk) -> None:
    """The clocks go back in between: an hour more."""
    line = bench.confirmed(day="2027-10-30", start="22:00", end="6:00", overnight="yes")
    assert (line.ends_at - line.starts_at).seconds == 9 * 3600
    bench.clock.shows(line.starts_at)
    bench.take(attendance.arrive, line)
    bench.clock.shows(line.ends_at)
    line = bench.take(signing.sign_off, line, SheetDraft(released="6:00", breaks="3:00-3:30"))
    minutes = bench.record(line).sheets[0].minutes
    assert (minutes.attended, minutes.breaks, minutes.overrun) == (540, 30, 0)


def test_a_release_in_the_hour_that_happens_twice_must_say_which(bench: BookingDesk) -> None:
    """Half an hour or an hour and a half."""
    line = bench.confirmed(
        day="2027-10-31", start="0:30", end="3:00", end_fold="", start_fold="first"
    )
    bench.clock.shows(line.starts_at)
    bench.take(attendance.arrive, line)
    bench.clock.shows(line.ends_at)
    with pytest.raises(FormProblemsError, match="twice"):
        bench.take(signing.sign_off, line, SheetDraft(released="1:45"))
    line = bench.take(signing.sign_off, line, SheetDraft(released="1:45", fold="second"))
    assert bench.record(line).sheets[0].minutes.attended == 135
