"""Worklists, what stands out in them, who is here, the first screen, and what they cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.roles import Role
from deskapp.services import home, kinds
from deskapp.services.interpreters import (
    absences,
    act,
    assigning,
    attendance,
    book,
    changing,
    free,
    lines,
    register,
    registering,
    signing,
    worklists,
)
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.cues import Level, cue
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.repeats import Every
from deskapp.services.interpreters.sheet_drafts import SheetDraft
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from tests.services.interpreters.booking_desk import DAY, BookingDesk, a_booking

EVE = dt.datetime(2026, 12, 1, 15, 0, tzinfo=dt.UTC)
THE_DAY = dt.datetime(2026, 12, 2, 8, 0, tzinfo=dt.UTC)


def listed(bench: BookingDesk, which: Which, **given: Any) -> list[str]:
    """Ids of a worklist."""
    page = bench.read(worklists.page, Want(), bench.acting, which, **given)
    return [each.id for each in page.lines]


def cued(bench: BookingDesk, line: BookingLine, at: dt.datetime) -> tuple[Level, str]:
    """What stands out of a booking at a moment."""
    bench.clock.shows(at)
    return cue(bench.read(lines.line, line.id, user=bench.user), bench.acting)


def test_every_worklist_has_its_bookings_and_counts_them(bench: BookingDesk) -> None:
    """One look in the morning says what is to be done."""
    wanted = {
        Which.TO_SEND: bench.write(book.save, a_booking(), booking_id=new_id()),
        Which.ASKED: bench.booked(),
        Which.UNCONFIRMED: bench.assigned(),
        Which.UNFILLED: bench.take(act.cannot_fill, bench.booked(), ""),
    }
    removed = bench.confirmed(
        bench.interpreter("Ben Arall"), hearings=bench.hearing(list_state="removed_from_list")
    )
    there = bench.confirmed(bench.interpreter("Cari Dri"), day="2026-11-18", start="11:00",
                            end="13:00")  # fmt: skip
    bench.clock.shows(there.starts_at)
    there = bench.take(attendance.arrive, there)
    bench.clock.shows(there.ends_at + dt.timedelta(minutes=5))
    for which, line in {**wanted, Which.UNSIGNED: there, Which.REMOVED: removed}.items():
        assert listed(bench, which) == [line.id], which
        assert bench.read(worklists.counts, bench.acting)[which] == 1
    assert listed(bench, Which.TODAY) == [there.id]
    assert listed(bench, Which.PAST) == [there.id]
    assert set(listed(bench, Which.COMING)) == {each.id for each in (*wanted.values(), removed)}
    assert len(listed(bench, Which.TODAY, day=dt.date.fromisoformat(DAY))) == 5


def test_a_list_is_read_in_pages(bench: BookingDesk) -> None:
    """A day has a thousand bookings; a page has fifty."""
    made = [bench.booked(start=f"{9 + hour}:00", end=f"{11 + hour}:00").id for hour in range(5)]
    want = Want(limit_rows=2)
    first = bench.read(worklists.page, want, bench.acting, Which.ASKED)
    assert ([each.id for each in first.lines], first.more) == (made[:2], True)
    after = Want(first.lines[-1].place, limit_rows=5)
    rest = bench.read(worklists.page, after, bench.acting, Which.ASKED)
    assert ([each.id for each in rest.lines], rest.more) == (made[2:], False)


def test_what_was_asked_but_not_named_is_amber_two_working_days_before_and_red_on_the_day(
    bench: BookingDesk,
) -> None:
    """Asked is not safe."""
    line = bench.booked()
    assert cued(bench, line, dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))[0] is Level.NONE
    assert cued(bench, line, dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))[0] is Level.AMBER
    level, words = cued(bench, line, THE_DAY)
    assert level is Level.RED
    assert "TODAY" in words


def test_what_is_named_but_not_confirmed_is_amber_on_the_eve(bench: BookingDesk) -> None:
    """The last working day before: a Friday for a Monday."""
    line = bench.assigned(day="2026-12-07")
    assert cued(bench, line, dt.datetime(2026, 12, 3, 15, tzinfo=dt.UTC))[0] is Level.NONE
    assert cued(bench, line, dt.datetime(2026, 12, 4, 15, tzinfo=dt.UTC))[0] is Level.AMBER
    assert cued(bench, line, dt.datetime(2026, 12, 7, 10, 1, tzinfo=dt.UTC))[0] is Level.RED


def test_what_cannot_be_filled_has_next_steps(bench: BookingDesk) -> None:
    """Off contract, remote, or tell the judge."""
    line = bench.take(act.cannot_fill, bench.booked(), "")
    level, words = cued(bench, line, EVE)
    assert level is Level.RED
    assert "off contract" in words


def test_a_timesheet_that_one_or_nobody_signed_stands_out(bench: BookingDesk) -> None:
    """An interpreter without a timesheet is not paid."""
    line = bench.arrived()
    assert cued(bench, line, line.starts_at)[0] is Level.NONE
    assert cued(bench, line, line.ends_at + dt.timedelta(minutes=1))[0] is Level.AMBER
    line = bench.take(signing.sign_off, line, SheetDraft(released="12:00"))
    assert "Not agreed" in cued(bench, line, bench.clock.moment)[1]
    bench.take(signing.acknowledge, line, "Marta Przyklad")
    assert cued(bench, line, bench.clock.moment)[0] is Level.NONE


def test_a_confirmed_interpreter_who_is_not_there_at_the_start_is_red(bench: BookingDesk) -> None:
    """Somebody must ring now."""
    line = bench.confirmed()
    assert cued(bench, line, line.starts_at)[0] is Level.NONE
    assert cued(bench, line, line.starts_at + dt.timedelta(minutes=1))[0] is Level.RED


def test_a_booking_whose_hearing_is_not_listed_any_more_is_amber(bench: BookingDesk) -> None:
    """Cancel it in time or move it."""
    one = bench.hearing(list_state="removed_from_list")
    line = bench.confirmed(hearings=one)
    assert "not listed" in cued(bench, line, bench.clock.moment)[1]
    bench.take(changing.add_hearing, line, bench.hearing())
    assert cued(bench, line, bench.clock.moment)[0] is Level.NONE


def test_a_booking_that_is_not_for_the_time_of_its_hearing_is_amber(bench: BookingDesk) -> None:
    """Whether the booking was moved or the list: the interpreter would come to nobody."""
    line = bench.confirmed(hearings=bench.hearing(start="11:59"))
    assert cued(bench, line, bench.clock.moment)[0] is Level.NONE
    bench.take(changing.add_hearing, line, bench.hearing(start="12:00"))
    bench.take(changing.add_hearing, line, bench.hearing(start="09:59"))
    level, words = cued(bench, line, bench.clock.moment)
    assert (level, words) == (Level.AMBER, "NOT AT THE TIME of its hearing: 09:59, 12:00")
    assert cued(bench, line, line.ends_at)[0] is not Level.AMBER


def test_the_first_screen_shows_what_stands_out_at_this_court(bench: BookingDesk) -> None:
    """The rest waits on its own list."""
    shown = bench.booked(hearings=bench.hearing())
    bench.booked(site="fact:cardiff-civil-and-family-justice-centre")
    bench.booked(day="2026-12-17")
    bench.clock.shows(EVE)
    found = bench.read(home.look, user=bench.user, now=bench.clock.moment)
    [line] = [each for each in found.lines if each.kind == kinds.BOOKING]
    assert line.id == shown.id
    assert "Polish ZZ26P0001" in line.who
    assert bench.read(
        home.look, user=bench.user._replace(role=Role.ADMINISTRATOR), now=bench.clock.moment
    ).lines == []  # fmt: skip


def test_who_is_here_and_free_now(bench: BookingDesk) -> None:
    """A second hearing needs Polish: ask who is in the building."""
    ann, ben = bench.interpreter("Ann Jedna"), bench.interpreter("Ben Dwa")
    one, two = bench.confirmed(ann), bench.confirmed(ben)
    later = bench.confirmed(ann, start="15:00", end="17:00")
    bench.clock.shows(one.starts_at)
    for line in (one, two):
        bench.take(attendance.arrive, line)
    bench.clock.passes(minutes=30)
    assert [each.free for each in bench.read(free.here, bench.acting)] == [False, False]
    bench.take(attendance.release, one)
    here = bench.read(free.here, bench.acting)
    assert [(each.booking.interpreter, each.free) for each in here] == [
        ("Ann Jedna", True), ("Ben Dwa", False),
    ]  # fmt: skip
    assert [each.next_at for each in here] == [later.starts_at, None]
    bench.clock.shows(one.ends_at + dt.timedelta(minutes=1))
    bench.take(signing.sign_off, one, SheetDraft())
    assert [each.booking.interpreter for each in bench.read(free.here, bench.acting)] == ["Ben Dwa"]


def test_who_could_do_a_booking_and_is_free(bench: BookingDesk) -> None:
    """Language, gender, registration and the diary; not those to be avoided."""
    woman = bench.interpreter("Ann Jedna", gender="female")
    bench.interpreter("Ben Dwa", gender="male")
    bench.interpreter("Cari Tri", gender="female", expires_on="2026-12-01")
    avoided = bench.interpreter("Dai Cztery", gender="female")
    busy = bench.interpreter("Eva Piec", gender="female")
    bench.assigned(busy)
    line = bench.booked(gender="female", avoid=avoided)
    found = bench.read(free.offers_for, line.id, bench.acting)
    assert [each.id for each in found] == [woman]


def test_an_intermediary_is_found_by_kind_and_booked_after_the_assessment(
    bench: BookingDesk,
) -> None:
    """There is no language to look for."""
    ann = bench.interpreter("Ann Jedna", languages="", kinds="intermediary")
    line = bench.booked(kind="intermediary", language="", assessment_done="yes")
    assert [each.id for each in bench.read(free.offers_for, line.id, bench.acting)] == [ann]
    assert bench.take(assigning.assign, line, ann).status is Status.ASSIGNED


# -- the register ------------------------------------------------------------------------------


def test_a_registration_that_ends_soon_is_told(bench: BookingDesk) -> None:
    """Its own list, the first to end first."""
    bench.interpreter("Ann Jedna", expires_on="2026-12-20")
    bench.interpreter("Ben Dwa", expires_on="2026-11-01")
    bench.interpreter("Cari Tri", expires_on="2027-11-01")
    page = bench.read(register.page, Want(), bench.acting, register.Which.EXPIRING)
    told = [each.expiry_words(bench.acting.today, 60) for each in page.lines]
    assert told == ["REGISTRATION ENDED 1 Nov 2026", "Registration ends 20 Dec 2026"]


def test_the_register_is_narrowed_by_language_and_name(bench: BookingDesk) -> None:
    """Accents and case do not matter."""
    bench.interpreter("Zofia Święta", languages="Polish, French")
    bench.interpreter("Ben Dwa")
    for given, names in (
        ({"language": "fra"}, ["Zofia Święta"]),
        ({"text": "swieta"}, ["Zofia Święta"]),
        ({}, ["Ben Dwa", "Zofia Święta"]),
    ):
        page = bench.read(register.page, Want(), bench.acting, **given)
        assert [each.name for each in page.lines] == names


def test_somebody_who_is_back_is_available_again(bench: BookingDesk) -> None:
    """What is taken back stays in the store and counts no more."""
    ann = bench.interpreter()
    bench.away(ann, first_on=DAY, note="Holiday")
    [away] = bench.read(absences.away, ann, bench.acting)
    bench.write(absences.take_back_away, away.id)
    assert bench.read(absences.away, ann, bench.acting) == []
    assert bench.assigned(ann).status is Status.ASSIGNED


def test_a_registration_that_is_corrected_takes_its_bookings_with_it(bench: BookingDesk) -> None:
    """They would be nobody's at another court otherwise."""
    ann = bench.interpreter()
    line = bench.assigned(ann)
    draft = registering.as_draft(bench.read(register.line, ann, user=bench.user))
    corrected = vars(draft) | {"registration": "NRPSI 777"}
    bench.write(registering.change, ann, registering.InterpreterDraft(**corrected))
    found = bench.read(lines.line, line.id, user=bench.user)
    assert found.interpreter_key == "NRPSI777"


# -- what it costs -------------------------------------------------------------------------------


def plan(bench: BookingDesk, statement: str, values: tuple[Any, ...]) -> list[str]:
    """How the store would read it."""
    rows = bench.read(Connection.execute, f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    told = [str(row[3]) for row in rows]
    print(*told, sep="\n")  # shown by ``pytest -rP``
    return told


def test_the_search_for_double_bookings_goes_by_the_index_of_one_interpreter(
    bench: BookingDesk,
) -> None:
    """Neither the table nor the other interpreters are read, however many bookings there are."""
    [first] = plan(bench, free.HELD, ("K3", "2026-06-01T09", "2026-06-01T12"))
    assert "SEARCH booking USING INDEX booking_by_interpreter" in first
    assert "interpreter_key=? AND until>?" in first
    told = plan(bench, free.AWAY, ("K3", "2026-06-01", "2026-06-01"))
    assert told
    assert all("SEARCH" in each for each in told)


@pytest.mark.parametrize("which", [each for each in Which if each is not Which.REMOVED])
def test_no_worklist_reads_the_whole_table_or_sorts(bench: BookingDesk, which: Which) -> None:
    """A page is read in the order of an index."""
    statement, values = worklists.query(Want(), bench.acting, which)
    told = plan(bench, statement, values)
    assert not [each for each in told if each.startswith("SCAN b")], told
    assert not [each for each in told if "ORDER BY" in each], told


def test_a_series_of_sixty_is_the_longest(bench: BookingDesk) -> None:
    """More is a typing slip."""
    with pytest.raises(Exception, match="from 1 to 60"):
        bench.write(book.book_series, a_booking(), Every.WEEKLY, 61, booking_id=new_id())
