"""The life of a booking, its figures, its settings, and who keeps an interpreter at the centre."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.errors import Exit, SettingsError
from deskapp.roles import Role
from deskapp.services import local_files
from deskapp.services.interpreters import claims, codes, languages, life, statistics
from deskapp.services.interpreters import settings as interpreter_settings
from deskapp.services.interpreters.bookings import (
    ATTENDED,
    FINAL,
    HOLDING,
    PLANNED,
    Booking,
    Kind,
    Status,
)
from deskapp.services.interpreters.claims import Held
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.double_booked import Conflict
from deskapp.services.interpreters.life import Event, RefusedError
from deskapp.services.interpreters.statistics import Channel, Row

SHIPPED = (local_files.SHIPPED / interpreter_settings.SETTINGS_FILE).read_text(encoding="utf-8")
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)

# Life, by the table of section 4

TABLE = """
draft send requested
requested assign assigned
requested supplier_cannot_fill unfilled
requested cancel_by_court cancelled_by_court
assigned cancel_by_court cancelled_by_court
confirmed cancel_by_court cancelled_by_court
assigned confirm confirmed
assigned supplier_withdraws requested
confirmed supplier_withdraws requested
assigned arrive in_attendance
confirmed arrive in_attendance
assigned mark_no_show supplier_did_not_attend
confirmed mark_no_show supplier_did_not_attend
in_attendance sign_off fulfilled
in_attendance customer_absent customer_did_not_attend
unfilled reopen requested
fulfilled correct in_attendance
"""


def test_only_the_events_of_the_table_lead_anywhere() -> None:
    """Ten states, twelve events, seventeen moves."""
    moves = {tuple(line.split()[:2]): line.split()[2] for line in TABLE.strip().splitlines()}
    for status in Status:
        for event in Event:
            if to := moves.get((status.value, event.value)):
                assert life.after(status, event, role=Role.TEAM_LEADER) == to
            else:
                with pytest.raises(RefusedError) as refused:
                    life.after(status, event, role=Role.TEAM_LEADER)
                assert refused.value.code is Code.TRANSITION


@pytest.mark.parametrize(
    ("role", "events"),
    [
        (Role.HEARING_ROOM, {"arrive", "mark_no_show", "sign_off", "customer_absent"}),
        (Role.OFFICER, {event.value for event in Event} - {"correct"}),
        (Role.TEAM_LEADER, {event.value for event in Event}),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_a_role_is_offered_what_it_may_do(role: Role, events: set[str]) -> None:
    """What is offered is done, and what is not offered is refused."""
    offered = set()
    for status in Status:
        possible = life.possible(status, role)
        offered |= set(possible)
        for event in possible:
            life.after(status, event, role=role)
        for event in set(Event) - set(possible):
            with pytest.raises(RefusedError):
                life.after(status, event, role=role)
    assert offered == events


def test_a_wrong_role_is_refused_in_words() -> None:
    """With its own exit code."""
    with pytest.raises(RefusedError, match="team leader") as refused:
        life.after(Status.FULFILLED, Event.CORRECT, role=Role.OFFICER)
    assert refused.value.exit_code is Exit.NOT_ALLOWED


def test_a_final_state_is_left_only_by_asking_again_or_correcting() -> None:
    """Anything else is a new booking."""
    leaving = {status for status, _event in life.MOVES if status in FINAL}
    assert leaving == {Status.UNFILLED, Status.FULFILLED}
    assert ATTENDED | PLANNED == HOLDING


def test_every_code_has_words() -> None:
    """So that an officer can act on it."""
    assert codes.WORDS.keys() == set(Code)
    assert all(codes.words(code) for code in Code)


def test_languages_that_are_neither_spoken_nor_signed_are_booked_as_sign() -> None:
    """Lipspeakers and notetakers come by the same route."""
    assert languages.kinds()["sign-lps"] is Kind.SIGN
    assert languages.kinds()["bfi"] is Kind.SIGN
    assert languages.kinds()[languages.WELSH] is Kind.SPOKEN
    assert len(languages.kinds()) > 200


# Figures


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Row,
            st.sampled_from(Status),
            st.sampled_from(Channel),
            st.sampled_from(["ron", "pol", "urd"]),
            st.dates(dt.date(2026, 10, 30), dt.date(2026, 12, 2)),
            st.integers(0, 40),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_figures_are_those_of_counting_one_by_one(rows: list[Row]) -> None:
    """And the outcomes add up to what was completed."""
    first, last = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    within = [row for row in rows if row.status in FINAL and first <= row.on <= last]
    single = [row for row in within for _ in range(row.count)]
    on = [row.status for row in single if row.channel is Channel.ON_CONTRACT]
    found = statistics.statistics(rows, first, last)
    assert found.completed == len(on) == sum(found.outcomes.values())
    assert found.off_contract == len(single) - len(on)
    asked = len(on) - on.count(Status.CANCELLED_BY_COURT)
    served = on.count(Status.FULFILLED) + on.count(Status.CUSTOMER_DID_NOT_ATTEND)
    if asked:
        assert found.success_rate is not None
        assert abs(found.success_rate - Decimal(served * 100) / asked) <= Decimal("0.05")
        assert 0 <= found.success_rate <= 100
    else:
        assert found.success_rate is None
    assert sum(count for _code, count in found.top(99)) == len(on)
    assert found.top(99) == sorted(found.top(99), key=lambda each: (-each[1], each[0]))


# Settings


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("default_travel_minutes = 30", "default_travel_minutes = -1"), "default_travel_minutes"),
        (("default_travel_minutes = 30", "default_travel_minutes = true"), "default_travel"),
        (("midday = 13:00:00", "midday = 13"), "midday"),
        (("f2f = 120", ""), "minimum_minutes"),
        (("f2f = 120", "f2f = false"), "minimum_minutes"),
        (("f2f = 120", "f2f = 120\npost = 5"), "minimum_minutes"),
        (("sign = 10", 'sign = "10"'), "lead_working_days"),
        (("[travel]", '[travel]\n"YORK|LEEDS" = 60'), "YORK"),
        (("[travel]", '[travel]\n"YORK" = 60'), "YORK"),
        (("[travel]", '[travel]\n"LEEDS|YORK" = "far"'), "travel"),
        (("[travel]", ""), "travel"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    """An administrator must find the line."""
    text = SHIPPED.replace(*change)
    assert text != SHIPPED
    (tmp_path / interpreter_settings.SETTINGS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named):
        interpreter_settings.settings(tmp_path)


def test_a_site_puts_in_its_own_journeys(tmp_path: Path) -> None:
    """What the table does not have takes the usual time."""
    text = SHIPPED.replace("[travel]", '[travel]\n"LEEDS|YORK" = 60')
    (tmp_path / interpreter_settings.SETTINGS_FILE).write_text(text, encoding="utf-8")
    found = interpreter_settings.settings(tmp_path)
    assert found.travel_minutes("YORK", "LEEDS") == 60
    assert found.travel_minutes("YORK", "BATH") == 30
    assert found.travel_minutes("YORK", "YORK") == 0


# Who keeps an interpreter

booking_rows = st.builds(
    lambda number, who, status, start, length, ref, assigned, release: Booking(
        f"b{number}",
        who if status in HOLDING else None,
        status,
        NOON + dt.timedelta(minutes=15 * start),
        NOON + dt.timedelta(minutes=15 * (start + length)),
        supplier_ref=ref,
        assigned_at=None if assigned is None else NOON - dt.timedelta(hours=assigned),
        released_at=None
        if release is None
        else NOON + dt.timedelta(minutes=15 * (start + release)),
    ),
    st.integers(0, 7),
    st.sampled_from(["I1", "I2"]),
    st.sampled_from(Status),
    st.integers(0, 10),
    st.integers(0, 6),
    st.sampled_from(["", "X1"]),
    st.none() | st.integers(1, 5),
    st.none() | st.integers(0, 6),
)
pushes = st.lists(booking_rows, max_size=6, unique_by=lambda row: row.id)


def minutes_of(booking: Booking) -> set[int]:
    """The quarter hours in which an interpreter is held, counted from noon."""
    released = booking.status in ATTENDED and booking.released_at
    end = released or booking.end
    quarter = dt.timedelta(minutes=15)
    return set(range((booking.start - NOON) // quarter, (end - NOON) // quarter))


def overlapping(one: Booking, other: Booking) -> bool:
    return (
        one.id != other.id
        and {one.status, other.status} <= HOLDING
        and one.interpreter_id == other.interpreter_id is not None
        and bool(minutes_of(one) & minutes_of(other))
    )


@settings(deadline=None)
@given(st.lists(pushes, max_size=4))
def test_at_the_centre_nobody_is_planned_twice(batches: list[list[Booking]]) -> None:
    """Nor planned where somebody attends; attendances are all kept and marked with each other."""
    centre: dict[str, Held] = {}
    facts: set[str] = set()
    for batch in batches:
        centre = claims.decide(centre, batch)
        facts |= {row.id for row in batch if row.status in ATTENDED}
        held = [each.booking for each in centre.values()]
        for one in held:
            others = tuple(sorted(other.id for other in held if overlapping(one, other)))
            mark = centre[one.id].mark
            if one.status in ATTENDED:
                assert all(centre[other].booking.status in ATTENDED for other in others)
                assert (mark.with_ids if mark else ()) == others
                assert mark is None or mark.conflict is Conflict.IMPOSSIBLE_ATTENDANCE
            elif one.status in PLANNED:
                assert others == ()
                assert mark is None
        assert {each.id for each in held if each.status in ATTENDED} == facts
        assert {row.id for row in batch} <= centre.keys()


@settings(deadline=None)
@given(st.lists(pushes, max_size=3), pushes, st.randoms())
def test_the_order_within_a_push_does_not_matter(
    before: list[list[Booking]],
    push: list[Booking],
    random: object,
) -> None:
    """Only the rules say who comes first."""
    centre: dict[str, Held] = {}
    for batch in before:
        centre = claims.decide(centre, batch)
    shuffled = list(push)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert claims.decide(centre, shuffled) == claims.decide(centre, push)


@settings(deadline=None)
@given(st.lists(pushes, max_size=3), pushes)
def test_pushing_again_changes_nothing(before: list[list[Booking]], push: list[Booking]) -> None:
    """A batch may come twice, whole or in part, and so may what the centre has itself."""
    centre: dict[str, Held] = {}
    for batch in [*before, push]:
        centre = claims.decide(centre, batch)
    assert claims.decide(centre, push) == centre
    assert claims.decide(centre, push[:2]) == centre
    assert claims.decide(centre, [held.booking for held in centre.values()]) == centre


@settings(deadline=None)
@given(pushes, pushes)
def test_what_lost_is_requested_again_with_those_it_hit(
    first: list[Booking], second: list[Booking]
) -> None:
    """Nothing is deleted, and nothing but interpreter and state is changed."""
    centre = claims.decide({}, first)
    after = claims.decide(centre, second)
    given_rows = {row.id: row for row in [*first, *second]}
    for each, held in after.items():
        if held.mark and held.mark.conflict is Conflict.DOUBLE_BOOKED:
            assert (held.booking.status, held.booking.interpreter_id) == (Status.REQUESTED, None)
            assert each not in held.mark.with_ids
            assert held.mark.with_ids == tuple(sorted(held.mark.with_ids)) != ()
        if held.booking.status is not Status.REQUESTED and each in after.keys() - centre.keys():
            assert held.booking == given_rows[each]


def test_an_attendance_of_a_booking_that_had_lost_is_a_fact() -> None:
    """The interpreter came all the same."""
    one = Booking("a", "I1", Status.CONFIRMED, NOON, NOON + dt.timedelta(hours=2))
    lost = replace(one, id="b", status=Status.ASSIGNED)
    centre = claims.decide({}, [one, lost])
    came = replace(lost, status=Status.IN_ATTENDANCE)
    after = claims.decide(centre, [came])
    assert after["b"] == Held(came, None, came)
    assert after["a"].booking.status is Status.REQUESTED
    assert after["a"].mark == claims.Mark(Conflict.DOUBLE_BOOKED, ("b",))
