"""What an officer types for one day of a juror, read and checked; and what stands there first.

Source: jury sheet, sections 6.2, 6.4 and 6.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
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
C = TypeVar("C", bound=StrEnum)

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
CASH_LABELS = {"no": N_("No, by bank"), "yes": N_("Yes, in cash")}
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
        FormProblemsError: With everything that must be put right.
    """
    entry, wrong = so_far(values, known)
    if wrong:
        raise FormProblemsError(wrong)
    return entry


def so_far(values: Mapping[str, str], known: ClaimDay) -> tuple[Entry, list[Problem]]:
    """The same while it is typed: what cannot be read yet counts as nothing and is told."""
    reader = _Reader(values, attended=known.day.kind is DayKind.ATTENDANCE)
    journey = reader.journey()
    entry = Entry(
        reader.day(known.day, journey),
        in_cash=values.get("in_cash") == "yes",
        other_what=reader.words("other_what"),
        permitted_by=reader.words("permitted_by"),
    )
    if journey.miles and not (journey.car or journey.motorcycle or journey.bicycle):
        reader.tell("ways", _("Enter how they came: miles alone are not paid"))
    if entry.day.other_costs and not entry.other_what:
        reader.tell("other_what", _("Enter what the other costs were for"))
    if (journey.taxi or journey.parking) and not entry.permitted_by:
        reader.tell("permitted_by", _("Enter who permitted taxi or parking beforehand"))
    return entry, reader.wrong


class _Reader:
    """Reads one field after the other and gathers what is wrong."""

    def __init__(self, values: Mapping[str, str], *, attended: bool) -> None:
        self._values = values
        self._attended = attended
        self.wrong: list[Problem] = []

    def tell(self, name: str, message: str) -> None:
        """Something must be put right in a field."""
        self.wrong.append(Problem(name, message))

    def journey(self) -> Journey:
        """How they came, and what that cost."""
        none: tuple[str, ...] = ()
        ways = self._given("ways", _ways, none)
        return Journey(
            miles=self._given("miles", _number(MOST_MILES), 0),
            car="car" in ways,
            car_passengers=self._given("car_passengers", _number(MOST_PASSENGERS), 0),
            motorcycle="motorcycle" in ways,
            motorcycle_passengers=self._given("motorcycle_passengers", _number(MOST_PASSENGERS), 0),
            bicycle="bicycle" in ways,
            public_transport=self._pounds("public_transport"),
            taxi=self._pounds("taxi"),
            parking=self._pounds("parking"),
        )

    def day(self, known: Day, journey: Journey) -> Day:
        """The day with everything that is claimed for it."""
        loss = self._pounds("loss")
        is_usual = self._values.get("loss_for") == FULL_DAY
        travel = self._given("travel_time", travel_time, dt.timedelta())
        return replace(
            known,
            pay=self._given("pay", _pay, None),
            times=known.times and known.times._replace(travel=travel),
            default_loss=loss if is_usual else None,
            loss_of_earnings=money.ZERO if is_usual else loss,
            extra_care=self._pounds("care"),
            other_costs=self._pounds("other"),
            journey=journey,
            food=self._given("food", _one_of(Food), Food.NONE),
            smart_card=self._pounds("smart_card"),
        )

    def words(self, name: str) -> str:
        """A line of words, not too long."""
        text = self._given(name, one_line, "")
        if len(text) > MOST_WORDS:
            self.tell(name, _("Use at most {most} letters").format(most=MOST_WORDS))
        return text

    def _pounds(self, name: str) -> Decimal:
        return self._given(name, money.typed, money.ZERO)

    def _given(self, name: str, read: Callable[[str], T], empty: T) -> T:
        text = self._values.get(name, "").strip()
        if not text or (name in OF_ATTENDANCE and not self._attended):
            return empty
        try:
            return read(text)
        except DeskError as error:
            self.tell(name, str(error))
            return empty


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
    return None if code == BY_LENGTH else _one_of(PayType)(code)


def _one_of(kind: type[C]) -> Callable[[str], C]:
    """Reads the code of a closed list, which a command may have been given wrongly."""

    def read(code: str) -> C:
        if code not in list(kind):
            message = _("{what} is not understood. Use one of: {names}.")
            raise NotUnderstoodError(message.format(what=one_line(code), names=", ".join(kind)))
        return kind(code)

    return read
