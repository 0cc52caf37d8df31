"""The kinds of jury cases that are about what a day comes to. Source: jury sheet, section 7."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from deskapp.i18n import _
from deskapp.services.jury import estimates, expenses, pay, rates
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.expenses import Day, Figures, Journey
from deskapp.services.jury.pay import DayKind, DayRecord, Food, PayType, Times
from deskapp.services.jury.rates import NoRatesError, RateRow, Rates, RateTable
from deskapp.services.rules import cases, values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError

STANDARD = "standard"
"""The rate set that ships, of the latest date."""
MOST_SERVICE_DAYS = 10_000
_NOT_RATES = ("effective_from", "name", "source")


def day_expense(given: Fields) -> Json:
    """Every item of a day, its limit and total."""
    return figures_of(expenses.figures(_day(given), rate_set(given), jury_rules.shipped()))


def figures_of(figures: Figures) -> Json:
    """What a day comes to, as a case names it."""
    amounts = {**figures.items, "smart_card": figures.smart_card, "total_due": figures.total}
    return {
        "pay_attendance": figures.pay,
        "band": figures.band,
        "limit": values.written(figures.limit),
        "capped": figures.capped,
        **{name: values.written(amount) for name, amount in amounts.items()},
        "payable": figures.payable,
    }


def day_type(given: Fields) -> Json:
    """Full or half day and food band, after the officer may have set one."""
    officer_set = None
    if values.given(given, "officer_set"):
        officer_set = values.choice(given, "officer_set", PayType)
    kind = _kind(given, "day_kind")
    times = _times(given) if kind is DayKind.ATTENDANCE else None
    found = pay.day_type(jury_rules.shipped(), times, kind, officer_set)
    return {
        "effective_minutes": found.minutes,
        "pay_attendance": found.pay,
        "food_band": found.food,
    }


def service_bands(given: Fields) -> Json:
    """The day of service and band of each date asked; null where nobody served."""
    records = [
        DayRecord(cases.date(row, "date"), _kind(row, "kind"))
        for row in values.rows(given, "records")
    ]
    served = pay.service_days(jury_rules.shipped(), records)
    answer = {}
    for date in map(values.date_of, values.listed(given, "ask")):
        found = served.get(date)
        answer[date.isoformat()] = {
            "service_day": found and found.number,
            "band": found and found.band,
        }
    return answer


def estimate(given: Fields) -> Json:
    """What a caller may expect for a day."""
    ways = ("car", "motorcycle", "bicycle")
    found = estimates.estimate(
        rate_set(given),
        daily_earnings=values.amount(given, "daily_earnings"),
        extra_costs=values.amount(given, "extra_costs"),
        public_transport=values.amount(given, "public_transport"),
        miles={way: values.number(given, f"{way}_miles") for way in ways},
    )
    return {
        "loss_claim": values.written(found.loss),
        **{way: values.written(amount) for way, amount in found.ways.items()},
        "travel_total": values.written(found.travel),
        "food_and_drink": values.written(found.food),
        "daily_total": values.written(found.total),
    }


def rates_by_date(given: Fields) -> Json:
    """The loss payable on each date by the rates then in force; null before the first."""
    table = RateTable(
        RateRow(
            cases.date(row, "effective_from"),
            _changed({name: row[name] for name in row if name not in _NOT_RATES}),
            source="",
        )
        for row in values.rows(given, "rate_rows")
    )
    day = Day(
        1,
        pay=values.choice(given, "pay_attendance", PayType, PayType.FULL_DAY),
        loss_of_earnings=values.amount(given, "loss_of_earnings"),
    )
    dates = [values.date_of(value) for value in values.listed(given, "dates")]
    return {date.isoformat(): values.written(_loss_on(table, date, day)) for date in dates}


def rate_set(given: Fields) -> Rates:
    """The rates of a case: a name, or an object with what differs from those that ship."""
    named = given.get("rates", STANDARD)
    if isinstance(named, dict):
        return _changed(named)
    if named != STANDARD:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="rates", choices=STANDARD)
        )
    return rates.shipped().rows[-1].rates


def _changed(changes: Fields) -> Rates:
    try:
        return rates.shipped().rows[-1].rates.changed(changes)
    except ValueError as error:
        raise MalformedCaseError(
            _("{name} is no rate, or not an amount of 0 or more.").format(name=error)
        ) from error


def _loss_on(table: RateTable, date: dt.date, day: Day) -> Decimal | None:
    try:
        in_force = table.on(date).rates
    except NoRatesError:
        return None
    return expenses.figures(day, in_force, jury_rules.shipped()).items["loss_of_earnings"]


def _day(given: Fields) -> Day:
    kind = _kind(given, "day_kind")
    day_pay = None
    if values.given(given, "pay_attendance"):
        day_pay = values.choice(given, "pay_attendance", PayType)
    times = None
    if kind is DayKind.ATTENDANCE and (day_pay is None or values.given(given, "time_in")):
        times = _times(given)
    return Day(
        service_day=cases.whole_number(given, "service_day", least=1, most=MOST_SERVICE_DAYS),
        kind=kind,
        pay=day_pay,
        times=times,
        default_loss=values.optional_amount(given, "default_loss"),
        loss_of_earnings=values.amount(given, "loss_of_earnings"),
        extra_care=values.amount(given, "extra_care"),
        other_costs=values.amount(given, "other_costs"),
        journey=_journey(values.table(given, "travel")),
        food=values.choice(given, "food_and_drink", Food, Food.NONE),
        smart_card=values.amount(given, "smart_card"),
    )


def _journey(travel: Fields) -> Journey:
    return Journey(
        miles=values.count(travel, "miles", 0),
        car=values.flag(travel, "car"),
        car_passengers=values.count(travel, "car_passengers", 0),
        motorcycle=values.flag(travel, "motorcycle"),
        motorcycle_passengers=values.count(travel, "motorcycle_passengers", 0),
        bicycle=values.flag(travel, "bicycle"),
        public_transport=values.amount(travel, "public_transport"),
        taxi=values.amount(travel, "taxi"),
        parking=values.amount(travel, "parking"),
    )


def _times(given: Fields) -> Times:
    way = values.optional_clock(given, "travel_time") or dt.time()
    return Times(
        values.clock(given, "time_in"),
        values.clock(given, "time_out"),
        dt.timedelta(hours=way.hour, minutes=way.minute),
    )


def _kind(given: Fields, name: str) -> DayKind:
    if given.get(name) == "no_show":
        return DayKind.ABSENT
    return values.choice(given, name, DayKind, DayKind.ATTENDANCE)
