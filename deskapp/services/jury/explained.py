"""Why a day of a juror comes to what it does: hours, band, rate, limit and cut, line by line.

Source: jury sheet, sections 6.2 to 6.5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from deskapp.i18n import _, clock_time, day, ngettext, number
from deskapp.services.jury import money
from deskapp.services.jury.expenses import ITEM_LABELS, LOSS, MILEAGE, RECEIPTS, Day, Figures
from deskapp.services.jury.pay import BAND_LABELS, PAY_LABELS, DayKind, Food, PayType
from deskapp.services.jury.rules import Rules

Told = tuple[str, str]
"""A label and what stands beside it, both translated."""


def lines(claimed: Day, found: Figures, rules: Rules, rates_from: dt.date) -> list[Told]:
    """What a day comes to and why, in the order in which it is counted.

    Args:
        claimed: What was recorded and typed.
        found: What ``expenses.figures`` made of it.
        rules: By which it was counted.
        rates_from: First day of the rates that were used.
    """
    if found.limit is None:
        return [(_("Day"), _("Absent: nothing is paid for this day."))]
    return [
        *_length(claimed, found, rules),
        (_("Service"), _service(claimed, found)),
        (_("Rates"), _("in force from {date}").format(date=day(rates_from))),
        *_loss(found),
        *_travel(claimed, found),
        *_food(found, rules),
        *_card(found),
        (_("Total"), money.shown(found.total)),
    ]


def hours(minutes: int) -> str:
    """A length of time: ``7 h 05 min``."""
    whole, rest = divmod(minutes, 60)
    return _("{hours} h {minutes} min").format(hours=number(whole), minutes=f"{rest:02}")


def cut_words(found: Figures) -> str:
    """What was cut to keep within the limit, in one sentence; empty when nothing was."""
    if not found.cuts or found.limit is None:
        return ""
    cuts = ", ".join(
        f"{_(ITEM_LABELS[name])} {money.shown(-cut)}" for name, cut in found.cuts.items()
    )
    return _("Over the limit of {limit}: {cuts}").format(limit=money.shown(found.limit), cuts=cuts)


def _length(claimed: Day, found: Figures, rules: Rules) -> Iterator[Told]:
    if found.kind is DayKind.NON_ATTENDANCE:
        yield _("Day"), _("Paid, not at court: always a full day.")
        return
    times = claimed.times
    if times is None:
        yield _("Hours"), _("No times are recorded.")
    else:
        told = _("{length}: at court {start} to {end}, on the way {travel}")
        yield (
            _("Hours"),
            told.format(
                length=hours(found.minutes),
                start=clock_time(times.time_in),
                end=clock_time(times.time_out),
                travel=hours(times.travel // dt.timedelta(minutes=1)),
            ),
        )
    yield _("Paid as"), _pay(claimed, found, rules)


def _pay(claimed: Day, found: Figures, rules: Rules) -> str:
    label = _(PAY_LABELS[found.pay or PayType.HALF_DAY])
    if claimed.pay is not None:
        return _("{pay}, as an officer set it").format(pay=label)
    over = found.minutes > rules.full_day_over_minutes
    told = _("{pay}: more than {hours}") if over else _("{pay}: not more than {hours}")
    return told.format(pay=label, hours=hours(rules.full_day_over_minutes))


def _service(claimed: Day, found: Figures) -> str:
    told = _("day {number} of service: {band}")
    return told.format(number=number(claimed.service_day), band=_(BAND_LABELS[found.band]))


def _loss(found: Figures) -> Iterator[Told]:
    for name in LOSS:
        cut = found.cuts.get(name)
        if not found.items[name] and not cut:
            continue
        value = money.shown(found.items[name])
        if cut:
            told = _("{amount}: {claimed} less {cut} over the limit")
            claimed = money.shown(found.items[name] + cut)
            value = told.format(amount=value, claimed=claimed, cut=money.shown(cut))
        yield _(ITEM_LABELS[name]), value
    told = _("{limit} for loss, care and other costs together")
    yield _("Limit"), told.format(limit=money.shown(found.limit or money.ZERO))


def _travel(claimed: Day, found: Figures) -> Iterator[Told]:
    for way in MILEAGE:
        if way in found.per_mile:
            told = ngettext(
                "{amount}: {count} mile at £{rate}",
                "{amount}: {count} miles at £{rate}",
                claimed.journey.miles,
            )
            yield (
                _(ITEM_LABELS[way]),
                told.format(
                    amount=money.shown(found.items[way]),
                    count=number(claimed.journey.miles),
                    rate=found.per_mile[way],
                ),
            )
    for name in RECEIPTS:
        if found.items[name]:
            yield _(ITEM_LABELS[name]), money.shown(found.items[name])


def _food(found: Figures, rules: Rules) -> Iterator[Told]:
    if found.food is Food.NONE:
        return
    told = _("{amount}: a day of up to {hours}")
    if found.food is Food.OVER_10_HOURS:
        told = _("{amount}: a day of more than {hours}")
    amount = money.shown(found.items["food_and_drink"])
    length = hours(rules.long_day_over_minutes)
    label = ITEM_LABELS["food_and_drink"]
    yield _(label), told.format(amount=amount, hours=length)


def _card(found: Figures) -> Iterator[Told]:
    if found.smart_card:
        label = ITEM_LABELS["smart_card"]
        yield _(label), money.shown(-found.smart_card)
