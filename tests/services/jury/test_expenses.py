"""Days, limits and totals against a slow version that knows nothing of the first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.services.jury import applying, claims, entry, expenses, money, pay, rates
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.applying import Part
from deskapp.services.jury.expenses import Day, Journey
from deskapp.services.jury.pay import Band, DayKind, DayRecord, Food, PayType, Times
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage

RULES = jury_rules.shipped()
RATES = rates.shipped().rows[-1].rates
NINE, TEN = dt.time(9), dt.time(10)


def pennies(most: int = 30_000) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most).map(lambda number: Decimal(number) / 100)


def clock_times() -> st.SearchStrategy[dt.time]:
    return st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))


journeys = st.builds(
    Journey,
    miles=st.integers(0, 500),
    car=st.booleans(),
    car_passengers=st.integers(0, 5),
    motorcycle=st.booleans(),
    motorcycle_passengers=st.integers(0, 3),
    bicycle=st.booleans(),
    public_transport=pennies(),
    taxi=pennies(),
    parking=pennies(),
)
times_at_court = st.none() | st.builds(
    lambda first, second, travel: Times(
        min(first, second), max(first, second), dt.timedelta(minutes=travel)
    ),
    clock_times(),
    clock_times(),
    st.integers(0, 1439),
).filter(lambda times: times.time_in < times.time_out)
days = st.builds(
    Day,
    service_day=st.integers(1, 250),
    kind=st.sampled_from(DayKind),
    pay=st.none() | st.sampled_from(PayType),
    times=times_at_court,
    default_loss=st.none() | pennies(),
    loss_of_earnings=pennies(),
    extra_care=pennies(10_000),
    other_costs=pennies(10_000),
    journey=journeys,
    food=st.sampled_from(Food),
    smart_card=pennies(20_000),
)


def slow_total_in_pennies(day: Day) -> tuple[dict[str, int], int]:
    """What a day comes to, penny by penny in whole numbers; mills are thousandths of a pound."""
    items: Counter[str] = Counter()
    if day.kind is DayKind.ABSENT:
        return dict(items), 0
    minutes = 0
    if day.times and day.kind is DayKind.ATTENDANCE:
        start = day.times.time_in.hour * 60 + day.times.time_in.minute
        end = day.times.time_out.hour * 60 + day.times.time_out.minute
        minutes = end - start + int(day.times.travel.total_seconds()) // 60
    if day.kind is DayKind.NON_ATTENDANCE:
        full = True
    elif day.pay:
        full = day.pay is PayType.FULL_DAY
    else:
        full = minutes > 240
    table = [(6495, 3247), (12991, 6495), (22806, 11403)]
    limit = table[(day.service_day > 10) + (day.service_day > 201)][0 if full else 1]
    earnings = int(day.loss_of_earnings * 100)
    if day.default_loss is not None:
        earnings = int(day.default_loss * 100)
        if not full:
            earnings = (earnings + 1) // 2
    items["loss_of_earnings"] = earnings
    items["extra_care"] = int(day.extra_care * 100)
    items["other_costs"] = int(day.other_costs * 100)
    for name in ("other_costs", "extra_care", "loss_of_earnings"):
        while items[name] and sum(items.values()) > limit:
            items[name] -= 1
    card = 0
    if day.kind is DayKind.ATTENDANCE:
        way = day.journey
        mills = {
            "car": way.car and 314 + 42 * bool(way.car_passengers) + 32 * (way.car_passengers - 1)
            if way.car_passengers
            else way.car and 314,
            "motorcycle": way.motorcycle and 314 + 42 * bool(way.motorcycle_passengers),
            "bicycle": way.bicycle and 96,
        }
        for name, rate in mills.items():
            items[name] = (rate * way.miles + 5) // 10
        for name in ("public_transport", "taxi", "parking"):
            items[name] = int(getattr(way, name) * 100)
        long_day = day.food is Food.OVER_10_HOURS or (day.food is Food.YES and minutes > 600)
        items["food_and_drink"] = 0 if day.food is Food.NONE else 1217 if long_day else 571
        card = int(day.smart_card * 100)
    return dict(items), sum(items.values()) - card


@settings(deadline=None)
@given(days)
def test_every_item_and_the_total_are_those_of_the_slow_version(day: Day) -> None:
    """Every penny must be explained."""
    items, total = slow_total_in_pennies(day)
    if total < 0:
        with pytest.raises(RefusedError) as refused:
            expenses.figures(day, RATES, RULES)
        assert refused.value.code is Refusal.EXPENSE_BELOW_ZERO
        return
    found = expenses.figures(day, RATES, RULES)
    assert {name: amount for name, amount in found.items.items() if amount} == {
        name: Decimal(amount) / 100 for name, amount in items.items() if amount
    }
    assert found.total == Decimal(total) / 100


@settings(deadline=None)
@given(days)
def test_what_was_cut_and_what_is_left_are_what_was_claimed(day: Day) -> None:
    """The officer must be told the limit and the cuts."""
    day = replace(day, smart_card=money.ZERO, kind=DayKind.ATTENDANCE, default_loss=None)
    found = expenses.figures(day, RATES, RULES)
    for name in expenses.LOSS:
        assert found.items[name] + found.cuts.get(name, 0) == getattr(day, name)
    left = money.total(found.items[name] for name in expenses.LOSS)
    assert found.limit is not None
    assert left <= found.limit
    assert found.capped == (left < day.loss_of_earnings + day.extra_care + day.other_costs)
    assert not found.capped or left == found.limit


@settings(deadline=None)
@given(st.integers(1, 400))
def test_the_band_is_that_of_the_table(service_day: int) -> None:
    """Ten days, then up to 201, then all others."""
    slow = [Band.STANDARD] * 10 + [Band.LONG] * 191 + [Band.EXTRA_LONG] * 199
    assert pay.band(RULES, service_day) is slow[service_day - 1]


records = st.lists(
    st.builds(
        DayRecord,
        st.dates(dt.date(2025, 1, 1), dt.date(2025, 2, 15)),
        st.sampled_from(DayKind),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(records)
def test_the_day_of_service_is_its_place_among_those_served(given_records: list[DayRecord]) -> None:
    """Counted slowly, date by date, in whatever order the records come."""
    found = pay.service_days(RULES, given_records)
    number = 0
    date = dt.date(2025, 1, 1)
    while date <= dt.date(2025, 2, 15):
        if any(each.date == date and each.kind is not DayKind.ABSENT for each in given_records):
            number += 1
            assert found[date] == (number, pay.band(RULES, number))
        else:
            assert date not in found
        date += dt.timedelta(days=1)


@settings(deadline=None)
@given(st.integers(0, 50_000), st.integers(1, 40))
def test_shared_smart_card_spend_adds_up(amount: int, count: int) -> None:
    """Nothing is lost, nobody gets less than nothing, and all but the last get the same."""
    dates = [dt.date(2025, 1, 1) + dt.timedelta(days=number) for number in range(count)]
    shared = list(claims.share_smart_card(Decimal(amount) / 100, dates).values())
    assert money.total(shared) == Decimal(amount) / 100
    assert min(shared) >= 0
    assert len(set(shared[:-1])) <= 1
    assert abs(shared[0] - Decimal(amount) / 100 / count) < Decimal("0.01")


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: pennies(500) for name in (*claims.PAID_FROM, "smart_card")}),
        max_size=6,
    )
)
def test_a_payment_is_the_sum_less_the_card_taken_off_in_order(days: list[dict[str, Any]]) -> None:
    """Penny by penny: food, then travel, then loss."""
    left = {name: sum(int(day[name] * 100) for day in days) for name in claims.PAID_FROM}
    for _ in range(sum(int(day["smart_card"] * 100) for day in days)):
        first = next((name for name in claims.PAID_FROM if left[name] > 0), claims.PAID_FROM[-1])
        left[first] -= 1
    paid = claims.payment(days)
    assert paid.total == Decimal(sum(left.values())) / 100
    expected = {name: Decimal(amount) / 100 for name, amount in left.items()}
    assert paid.parts == (expected if paid.total > 0 else None)


def test_a_card_credited_by_an_edit_is_paid_with_food() -> None:
    """Less was spent than had been taken off."""
    paid = claims.payment([{"travel": Decimal("1.00"), "smart_card": Decimal("-2.00")}])
    assert paid.parts == {
        "food_and_drink": Decimal("2.00"),
        "travel": Decimal("1.00"),
        "financial_loss": Decimal("0.00"),
    }


# What may be typed


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (Day(1, extra_care=Decimal("-0.01")), Refusal.AMOUNT_OUT_OF_LIMITS),
        (Day(1, journey=Journey(taxi=Decimal("1000000.01"))), Refusal.AMOUNT_OUT_OF_LIMITS),
        (Day(1, default_loss=Decimal("1000000.01")), Refusal.AMOUNT_OUT_OF_LIMITS),
        (Day(1, DayKind.NON_ATTENDANCE, food=Food.YES), Refusal.NOT_FOR_NON_ATTENDANCE),
        (Day(1, DayKind.NON_ATTENDANCE, journey=Journey(miles=1)), Refusal.NOT_FOR_NON_ATTENDANCE),
        (Day(1, DayKind.NON_ATTENDANCE, times=Times(NINE, TEN)), Refusal.NOT_FOR_NON_ATTENDANCE),
        (Day(1, journey=Journey(taxi=Decimal(5))), Refusal.PERMISSION_NEEDED),
        (Day(1, journey=Journey(parking=Decimal(5))), Refusal.PERMISSION_NEEDED),
    ],
)
def test_what_may_not_be_typed_is_refused(day: Day, code: Refusal) -> None:
    """Before it is counted."""
    with pytest.raises(RefusedError) as refused:
        entry.check_entry(day, permitted=())
    assert refused.value.code is code


def test_what_may_be_typed_is_not_refused() -> None:
    """The largest amount, and what was permitted."""
    day = Day(1, other_costs=Decimal(1_000_000), journey=Journey(taxi=Decimal(5)))
    entry.check_entry(day, permitted=["taxi"])
    entry.check_entry(Day(1, DayKind.NON_ATTENDANCE, default_loss=Decimal(50)))


def test_usual_limits_of_a_court_only_warn() -> None:
    """Exactly the limit is usual."""
    day = Day(1, journey=Journey(public_transport=Decimal("10.01"), taxi=Decimal("20.00")))
    limits = {"public_transport": Decimal(10), "taxi": Decimal(20)}
    assert entry.over_soft_limits(day, limits) == {"public_transport": Decimal(10)}


def test_a_day_is_put_onto_all_others_as_far_as_they_take_it() -> None:
    """Travel never goes onto a day that was not attended, and nothing onto one absent."""
    source = Day(1, loss_of_earnings=Decimal(9), other_costs=Decimal(3), journey=Journey(miles=7))
    other = Day(2, DayKind.NON_ATTENDANCE, default_loss=Decimal(50), extra_care=Decimal(1))
    assert applying.applied(other, source, set(Part) - {Part.CARE}) == replace(
        other, default_loss=None, loss_of_earnings=Decimal(9), other_costs=Decimal(3)
    )
    assert applying.applied(Day(3), source, [Part.TRAVEL]).journey.miles == 7
    assert applying.applied(Day(3, extra_care=Decimal(2)), source, [Part.CARE]).extra_care == 0
    absent = Day(4, DayKind.ABSENT)
    assert applying.applied(absent, source, set(Part)) == absent


# Claims


def test_only_confirmed_days_in_draft_are_submitted() -> None:
    """A day must not be claimed twice."""
    good = claims.ClaimedDay(Stage.EXPENSE_ENTERED, draft=True)
    claims.submit([good, good])
    for bad in (good._replace(draft=False), good._replace(stage=Stage.CHECKED_OUT)):
        with pytest.raises(RefusedError) as refused:
            claims.submit([good, bad])
        assert refused.value.code is Refusal.WRONG_STAGE


def test_claims_are_made_within_twelve_months() -> None:
    """The last day counts."""
    start = dt.date(2024, 2, 29)
    claims.check_time(start, dt.date(2025, 2, 28), RULES)
    with pytest.raises(RefusedError, match="28 Feb 2025"):
        claims.check_time(start, dt.date(2025, 3, 1), RULES)


def test_the_words_of_a_refused_edit_name_the_items() -> None:
    """The officer must find the fields."""
    with pytest.raises(claims.BelowPaidError, match="Taxi, Total"):
        claims.edit(Stage.EXPENSE_AUTHORISED, {"taxi": Decimal(2)}, {"taxi": Decimal(1)})
