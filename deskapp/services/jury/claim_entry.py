"""What an officer types for one day of a juror, read and checked; and what stands there first.

Source: jury sheet, sections 6.2, 6.4 and 6.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.services import typed
from deskapp.services.jury import money
from deskapp.services.jury.claim_state import ClaimDay
from deskapp.services.jury.expenses import MILEAGE, Day, Journey
from deskapp.services.jury.pay import DayKind, Food, PayType
from deskapp.services.typed import NotUnderstoodError
from deskapp.text import one_line

T = TypeVar("T")

FIELDS = {
    "loss": N_("Earnings lost"),
    "loss_for": N_("That is for"),
    "care": N_("Extra care"),
    "other": N_("Other costs"),
    "other_what": N_("What for"),
    "travel_time": N_("Time on the way"),
    "ways": N_("Came by"),
    "miles": N_("Miles, both ways"),
    "car_passengers": N_("Jurors in car"),
    "motorcycle_passengers": N_("On motorcycle"),
    "public_transport": N_("Fares"),
    "taxi": N_("Taxi"),
    "parking": N_("Parking"),
    "permitted_by": N_("Permitted by"),
    "food": N_("Food and drink"),
    "smart_card": N_("Smart card spent"),
    "pay": N_("Paid as"),
    "in_cash": N_("Pay in cash"),
}
"""What is asked, in the order of the form."""
OF_ATTENDANCE = frozenset(FIELDS) - {"loss", "loss_for", "care", "other", "other_what", "in_cash"}
"""Not asked of a day that was not attended."""
THIS_DAY, FULL_DAY = "day", "full_day"
LOSS_FOR_LABELS = {
    THIS_DAY: N_("this day"),
    FULL_DAY: N_("a usual full day: half of it for a half day"),
}
BY_LENGTH = "by_length"
PAY_CHOICES = {
    BY_LENGTH: N_("By the length of the day"),
    PayType.FULL_DAY.value: N_("Full day"),
    PayType.HALF_DAY.value: N_("Half day"),
}
MOST_MILES, MOST_PASSENGERS, MOST_WORDS = 9999, 9, 60
_HOURS = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """What was typed for a day; the day itself, its times and kind, are known already."""

    day: Day
    in_cash: bool
    other_what: str
    permitted_by: str

    @property
    def travel(self) -> dt.timedelta:
        """Time on the way."""
        return self.day.times.travel if self.day.times else dt.timedelta()


def read(values: Mapping[str, str], known: ClaimDay) -> Entry:
    """What was typed, put onto the day as it is known.

    Raises:
        FormProblemsError: With everything that cannot be read.
    """
    wrong: list[Problem] = []

    def given(name: str, of: Callable[[str], T], empty: T) -> T:
        text = values.get(name, "").strip()
        if not text or (known.day.kind is not DayKind.ATTENDANCE and name in OF_ATTENDANCE):
            return empty
        try:
            return of(text)
        except DeskError as error:
            wrong.append(Problem(name, str(error)))
            return empty

    loss = given("loss", money.typed, money.ZERO)
    is_usual = values.get("loss_for") == FULL_DAY
    ways = given("ways", _ways, ())
    journey = Journey(
        miles=given("miles", _number(MOST_MILES), 0),
        car="car" in ways,
        car_passengers=given("car_passengers", _number(MOST_PASSENGERS), 0),
        motorcycle="motorcycle" in ways,
        motorcycle_passengers=given("motorcycle_passengers", _number(MOST_PASSENGERS), 0),
        bicycle="bicycle" in ways,
        public_transport=given("public_transport", money.typed, money.ZERO),
        taxi=given("taxi", money.typed, money.ZERO),
        parking=given("parking", money.typed, money.ZERO),
    )
    if journey.miles and not ways:
        wrong.append(Problem("ways", _("Enter how they came: miles alone are not paid")))
    times = known.day.times
    travel = given("travel_time", travel_time, dt.timedelta())
    day = replace(
        known.day,
        pay=given("pay", _pay, None),
        times=times and times._replace(travel=travel),
        default_loss=loss if is_usual else None,
        loss_of_earnings=money.ZERO if is_usual else loss,
        extra_care=given("care", money.typed, money.ZERO),
        other_costs=given("other", money.typed, money.ZERO),
        journey=journey,
        food=given("food", Food, Food.NONE),
        smart_card=given("smart_card", money.typed, money.ZERO),
    )
    what = one_line(values.get("other_what", "").strip())
    if day.other_costs and not what:
        wrong.append(Problem("other_what", _("Enter what the other costs were for")))
    permitted_by = given("permitted_by", one_line, "")
    if (journey.taxi or journey.parking) and not permitted_by:
        told = _("Enter who permitted taxi or parking beforehand")
        wrong.append(Problem("permitted_by", told))
    for name, text in (("other_what", what), ("permitted_by", permitted_by)):
        if len(text) > MOST_WORDS:
            told = _("Use at most {most} letters").format(most=MOST_WORDS)
            wrong.append(Problem(name, told))
    if wrong:
        raise FormProblemsError(wrong)
    return Entry(day, values.get("in_cash") == "yes", what, permitted_by)


def values_of(known: ClaimDay) -> dict[str, str]:
    """What stands in the form at first: what is claimed so far."""
    day, journey = known.day, known.day.journey
    is_usual = day.default_loss is not None
    loss = day.default_loss if day.default_loss is not None else day.loss_of_earnings
    travel = day.times.travel if day.times else dt.timedelta()
    amounts = {
        "loss": loss,
        "care": day.extra_care,
        "other": day.other_costs,
        "public_transport": journey.public_transport,
        "taxi": journey.taxi,
        "parking": journey.parking,
        "smart_card": day.smart_card,
    }
    counts = {
        "miles": journey.miles,
        "car_passengers": journey.car_passengers,
        "motorcycle_passengers": journey.motorcycle_passengers,
    }
    return {
        **{name: money.text(each) if each else "" for name, each in amounts.items()},
        **{name: str(each) if each else "" for name, each in counts.items()},
        "loss_for": FULL_DAY if is_usual else THIS_DAY,
        "other_what": known.other_what,
        "travel_time": _length(travel),
        "ways": " ".join(way for way in MILEAGE if getattr(journey, way)),
        "permitted_by": known.permitted_by,
        "food": day.food.value,
        "pay": day.pay.value if day.pay else BY_LENGTH,
        "in_cash": "yes" if known.in_cash else "no",
    }


def travel_time(text: str) -> dt.timedelta:
    """The time on the way as it was typed: minutes, such as ``90``, or ``1:30``.

    Raises:
        NotUnderstoodError: If it is none, or a day or more.
    """
    match = _HOURS.fullmatch(text.strip())
    if match:
        minutes = int(match[1]) * 60 + int(match[2])
    elif re.fullmatch(r"\d{1,4}", text.strip(), re.ASCII):
        minutes = int(text)
    else:
        minutes = _DAY
    if minutes >= _DAY:
        raise NotUnderstoodError(_("Enter minutes, like 90, or hours and minutes, like 1:30"))
    return dt.timedelta(minutes=minutes)


_DAY = 24 * 60


def _length(travel: dt.timedelta) -> str:
    hours, minutes = divmod(travel // dt.timedelta(minutes=1), 60)
    return f"{hours}:{minutes:02}" if hours or minutes else ""


def _number(most: int) -> Callable[[str], int]:
    return lambda text: typed.whole_number(text, least=0, most=most)


def _ways(text: str) -> tuple[str, ...]:
    return tuple(way for way in text.split() if way in MILEAGE)


def _pay(code: str) -> PayType | None:
    return None if code == BY_LENGTH else PayType(code)
