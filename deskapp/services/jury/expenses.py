"""What one day of a juror comes to: every item, what was cut, and why.

Nothing is kept here: the same function shows the day while it is typed, fixes it when the claim is
submitted, and explains it to the juror. Source: jury sheet, sections 6.2 to 6.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.jury import money
from deskapp.services.jury.pay import Band, DayKind, Food, PayType, Times, band, day_type
from deskapp.services.jury.rates import Rates
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules

LOSS = ("loss_of_earnings", "extra_care", "other_costs")
"""What the limit counts together; cut from the last one on."""
MILEAGE = ("car", "motorcycle", "bicycle")
RECEIPTS = ("public_transport", "taxi", "parking")
TRAVEL = (*MILEAGE, *RECEIPTS)
ITEMS = (*LOSS, *TRAVEL, "food_and_drink")
"""Everything that adds to the total; the smart card takes away from it."""

ITEM_LABELS = {
    "loss_of_earnings": N_("Loss of earnings or benefits"),
    "extra_care": N_("Extra care"),
    "other_costs": N_("Other costs"),
    "car": N_("Car"),
    "motorcycle": N_("Motorcycle"),
    "bicycle": N_("Bicycle"),
    "public_transport": N_("Public transport"),
    "taxi": N_("Taxi"),
    "parking": N_("Parking"),
    "food_and_drink": N_("Food and drink"),
    "smart_card": N_("Smart card"),
    "total": N_("Total"),
}


@dataclass(frozen=True)
class Journey:
    """How a juror came and went on one day."""

    miles: int = 0
    car: bool = False
    car_passengers: int = 0
    """Other jurors taken along."""
    motorcycle: bool = False
    motorcycle_passengers: int = 0
    bicycle: bool = False
    public_transport: Decimal = money.ZERO
    taxi: Decimal = money.ZERO
    parking: Decimal = money.ZERO


@dataclass(frozen=True)
class Day:
    """What is known and claimed of one day."""

    service_day: int
    """Counted from 1."""
    kind: DayKind = DayKind.ATTENDANCE
    pay: PayType | None = None
    """As the officer set it; by the length of the day when left out."""
    times: Times | None = None
    default_loss: Decimal | None = None
    """Usual loss of earnings for a full day; half of it counts on a half day."""
    loss_of_earnings: Decimal = money.ZERO
    """For this day, when there is no usual loss."""
    extra_care: Decimal = money.ZERO
    other_costs: Decimal = money.ZERO
    journey: Journey = field(default_factory=Journey)
    food: Food = Food.NONE
    smart_card: Decimal = money.ZERO


class Capped(NamedTuple):
    """Financial loss within its limit."""

    items: dict[str, Decimal]
    cuts: dict[str, Decimal]
    """What was taken off, by item; empty when nothing was."""


@dataclass(frozen=True)
class Figures:
    """What a day comes to, with all that explains it."""

    kind: DayKind
    minutes: int
    """At court and on the way."""
    pay: PayType | None
    band: Band
    limit: Decimal | None
    """The most for financial loss; ``None`` on a day that is not paid."""
    items: Mapping[str, Decimal]
    """Every one of ``ITEMS``, after any cut."""
    cuts: Mapping[str, Decimal]
    per_mile: Mapping[str, Decimal]
    """The rate of each way of travelling that was used."""
    food: Food
    """The band that was paid."""
    smart_card: Decimal

    @property
    def capped(self) -> bool:
        """Whether financial loss was cut to its limit."""
        return bool(self.cuts)

    @property
    def payable(self) -> bool:
        """Whether anything can be paid for such a day."""
        return self.kind is not DayKind.ABSENT

    @property
    def total(self) -> Decimal:
        """All items less the smart card."""
        return money.total(self.items.values()) - self.smart_card


def figures(day: Day, rates: Rates, rules: Rules) -> Figures:
    """What ``day`` comes to by ``rates``, which are those of the day of attendance.

    Travel, food and smart card count on days of attendance alone; of a day absent nothing is paid.

    Raises:
        RefusedError: ``EXPENSE_BELOW_ZERO``, or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.
    """
    found = day_type(rules, day.times, day.kind)
    pay = found.pay and (day.pay if day.kind is DayKind.ATTENDANCE and day.pay else found.pay)
    limit = rates.limit(pay, band(rules, day.service_day)) if pay else None
    attended = day.kind is DayKind.ATTENDANCE
    food = Food.NONE if not attended else found.food if day.food is Food.YES else day.food
    per_mile = mileage_rates(day.journey, rates) if attended else {}
    capped = capped_loss(_loss(day, pay), limit) if limit is not None else Capped({}, {})
    items = dict.fromkeys(ITEMS, money.ZERO)
    items |= capped.items
    items |= {way: money.pounds(rate * day.journey.miles) for way, rate in per_mile.items()}
    items |= {name: getattr(day.journey, name) for name in RECEIPTS if attended}
    items["food_and_drink"] = food_amount(food, rates)
    smart_card = day.smart_card if attended else money.ZERO
    result = Figures(
        day.kind,
        found.minutes,
        pay,
        band(rules, day.service_day),
        limit,
        items,
        capped.cuts,
        per_mile,
        food,
        smart_card,
    )
    if result.total < 0:
        raise RefusedError(Refusal.EXPENSE_BELOW_ZERO)
    return result


def capped_loss(loss: Mapping[str, Decimal], limit: Decimal) -> Capped:
    """Financial loss cut down to ``limit``: other costs first, then care, then earnings.

    Source: jury sheet, section 6.4.
    """
    items, cuts = dict(loss), {}
    over = money.total(loss.values()) - limit
    for name in reversed(LOSS):
        cut = min(items[name], over)
        if cut > 0:
            items[name] -= cut
            cuts[name] = cut
            over -= cut
    return Capped(items, cuts)


def mileage_rates(journey: Journey, rates: Rates) -> dict[str, Decimal]:
    """The rate for a mile of each way of travelling that was ticked.

    Source: jury sheet, sections 6.1 and 6.5.
    """
    per_mile = {}
    if journey.car:
        further = max(journey.car_passengers - 1, 0)
        first = min(journey.car_passengers, 1)
        per_mile["car"] = (
            rates.car_per_mile
            + rates.car_first_passenger * first
            + rates.car_each_further_passenger * further
        )
    if journey.motorcycle:
        passenger = rates.motorcycle_passenger if journey.motorcycle_passengers else money.ZERO
        per_mile["motorcycle"] = rates.motorcycle_per_mile + passenger
    if journey.bicycle:
        per_mile["bicycle"] = rates.bicycle_per_mile
    return per_mile


def food_amount(food: Food, rates: Rates) -> Decimal:
    """What is paid for a food band that has been decided."""
    if food is Food.NONE:
        return money.ZERO
    return rates.food_over_10h if food is Food.OVER_10_HOURS else rates.food_up_to_10h


def _loss(day: Day, pay: PayType | None) -> dict[str, Decimal]:
    earnings = day.loss_of_earnings
    if day.default_loss is not None:
        half = pay is PayType.HALF_DAY
        earnings = money.half_up(day.default_loss) if half else day.default_loss
    return dict(zip(LOSS, (earnings, day.extra_care, day.other_costs), strict=True))
