"""Who is senior person on site is known at every moment; what was booked is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from deskapp import paths
from deskapp.clock import LONDON
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, SettingsError
from deskapp.roles import Role, User
from deskapp.services import bank_holidays
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.dates import Nation
from deskapp.services.hard import spos, spos_booking
from deskapp.services.hard.spos import Half
from tests.builders import SetClock

NOON = dt.time(13)


def acting_of(user: User, clock: SetClock) -> Acting:
    """Who acts now, by the shipped schemes."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    return Acting(user, clock.moment, book)


@pytest.fixture
def leader(user: User) -> User:
    """The officer of the desk as a team leader."""
    return user._replace(role=Role.TEAM_LEADER)


def book(store: Store, leader: User, clock: SetClock, **given: str) -> str:
    """Book somebody for today; the id of the draft."""
    usual = {"name": "Ann Jones", "phone": "01632 960001", "day": "today", "half": "morning"}
    booking = spos_booking.read({**usual, **given}, today=clock.today)
    draft_id = new_id()
    store.call_write(spos_booking.book, acting_of(leader, clock), draft_id, booking, NOON)
    return draft_id


def now(store: Store, user: User, moment: dt.datetime) -> str:
    """The name of who is on duty; empty for nobody."""
    duty = store.call_read(spos.on_duty, moment, user=user)
    return duty.name if duty else ""


def test_the_one_booked_for_this_half_day_is_on_duty(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """The morning ends at midday; nobody booked is nobody."""
    assert now(store, user, clock.moment) == ""
    book(store, leader, clock)
    book(store, leader, clock, name="Bob Lee", half="afternoon")
    at = [dt.datetime(2026, 11, 18, *time, tzinfo=LONDON) for time in ((0, 0), (12, 59), (13, 0))]
    assert [now(store, user, moment) for moment in at] == ["Ann Jones", "Ann Jones", "Bob Lee"]
    assert now(store, user, at[2] + dt.timedelta(hours=11)) == ""


def test_the_booking_made_last_counts_and_the_others_are_kept(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """They say who was told."""
    book(store, leader, clock)
    clock.passes(minutes=1)
    book(store, leader, clock, name="Bob Lee", half="")
    assert now(store, user, clock.moment) == "Bob Lee"
    booked = store.call_read(spos.bookings, clock.moment, user=user)
    assert [duty.name for duty in booked] == ["Ann Jones", "Bob Lee", "Bob Lee"]


def test_saving_the_same_booking_twice_books_once(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """A long key press, or a save that is repeated after a crash."""
    draft_id = book(store, leader, clock)
    again = spos_booking.read(
        {"name": "Ann Jones", "day": "today", "half": "morning"}, today=clock.today
    )
    store.call_write(spos_booking.book, acting_of(leader, clock), draft_id, again, NOON)
    assert len(store.call_read(spos.bookings, clock.moment, user=user)) == 1


def test_a_person_has_one_case_with_the_newest_number(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """Whoever must be told is rung on the number that works."""
    book(store, leader, clock)
    book(store, leader, clock, half="afternoon", phone="07700 900982")
    booked = store.call_read(spos.bookings, clock.moment, user=user)
    assert {(duty.case_id, duty.phone) for duty in booked} == {(booked[0].case_id, "07700 900982")}
    assert store.call_read(spos.people, user=user) == {"Ann Jones": "07700 900982"}


def test_a_booking_of_the_engine_counts_with_or_without_an_offset(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """The command line books with deskapp case as well; one that was waived is none."""
    book(store, leader, clock, day="tomorrow")
    [duty] = store.call_read(spos.bookings, clock.moment, user=user)
    acting, item_id = acting_of(leader, clock), new_id()
    given = {"resource": "Cai Rees", "start": "2026-11-18T09:00", "end": "2026-11-18T12:00Z"}
    store.call_write(cases.add_item, acting, duty.case_id, spos.ON_DUTY, given, item_id=item_id)
    assert now(store, user, clock.moment) == "Cai Rees"
    store.call_write(cases.close_item, acting, duty.case_id, item_id, "waived", note="Ill")
    assert now(store, user, clock.moment) == ""


def test_other_duties_and_other_sites_are_not_the_senior_person(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """A first aider is booked in the same way."""
    acting, case_id = acting_of(leader, clock), new_id()
    given = {"site": "Here", "duty": "first_aider", "person": "Eve Hughes"}
    store.call_write(cases.open_case, acting, case_id, spos.SCHEME, given)
    booked = {"resource": "Eve Hughes", "start": "2026-11-18T00:00", "end": "2026-11-19T00:00"}
    store.call_write(cases.add_item, acting, case_id, spos.ON_DUTY, booked)
    assert now(store, user, clock.moment) == ""
    book(store, leader, clock)
    assert now(store, user._replace(site="fact:elsewhere"), clock.moment) == ""


def test_the_half_days_ahead_show_where_nobody_is_booked(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """Wednesday's morning to the next Wednesday; the weekend is left out."""
    book(store, leader, clock, day="tomorrow", half="afternoon")
    calendar = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
    rules = spos.rules(paths.settings_folder())
    found = store.call_read(spos.shifts, clock.moment, calendar=calendar, rules=rules, user=user)
    days = list(dict.fromkeys(shift.day.isoformat()[-2:] for shift in found))
    assert days == ["18", "19", "20", "23", "24", "25"]
    assert [shift.half for shift in found[:3]] == [Half.MORNING, Half.AFTERNOON, Half.MORNING]
    booked = [(s.day.day, s.half, s.duty.name) for s in found if s.duty]
    assert booked == [(19, Half.AFTERNOON, "Ann Jones")]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "A" * 201}, "name"),
        ({"phone": "12"}, "phone"),
        ({"day": "yesterday"}, "day"),
        ({"day": "17 11 2026"}, "day"),
        ({"half": "night"}, "half"),
    ],
)
def test_what_cannot_be_booked_is_said_at_its_field(
    given: dict[str, Any], field: str, clock: SetClock
) -> None:
    """Nothing typed is lost; the officer corrects one field."""
    usual = {"name": "Ann Jones", "day": "today"}
    with pytest.raises(FormProblemsError) as caught:
        spos_booking.read({**usual, **given}, today=clock.today)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_only_a_team_leader_books(store: Store, user: User, clock: SetClock) -> None:
    """Whoever is booked answers for the building."""
    with pytest.raises(NotAllowedError):
        book(store, user, clock)
    with pytest.raises(NotAllowedError):
        store.call_read(spos.bookings, clock.moment, user=user._replace(role=Role.ADMINISTRATOR))


def test_a_site_sets_its_own_midday(tmp_path: Path) -> None:
    """Half-days are an assumption."""
    assert spos.rules(tmp_path).midday == NOON
    other = tmp_path / "other"
    other.mkdir()
    (other / spos.RULES_FILE).write_text("midday = 12:30:00\ndays_ahead = 3\n")
    assert spos.rules(other) == spos.Rules(dt.time(12, 30), 3)
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / spos.RULES_FILE).write_text("midday = 12\ndays_ahead = 3\n")
    with pytest.raises(SettingsError, match="midday"):
        spos.rules(wrong)


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_half_days_meet_when_the_clocks_change(day: dt.date) -> None:
    """No hour is without a senior person, none has two."""
    morning, afternoon = (spos.span(day, half, NOON) for half in Half)
    assert morning[1] == afternoon[0]
    assert afternoon[1] == spos.span(day + dt.timedelta(days=1), Half.MORNING, NOON)[0]


def test_who_is_on_duty_is_found_by_indexes(
    store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """Danger does not wait for a table of a million events to be read."""
    book(store, leader, clock)

    def plans(connection: Connection) -> list[str]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        spos.on_duty(connection, clock.moment, user=user)
        spos.untold(connection, user=user)
        spos.people(connection, user=user)
        connection.set_trace_callback(None)
        return [
            str(row[-1])
            for sql in asked
            for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        ]

    steps = store.call_read(plans)
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
