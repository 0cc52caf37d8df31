"""The estimate for somebody who rings: what was typed, and the answer in words.

Source: jury sheet, section 6.7.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _, day
from deskapp.services.jury import estimates, money
from deskapp.services.jury.estimates import Estimate
from deskapp.services.jury.expenses import MILEAGE
from deskapp.services.jury.rates import RateRow
from deskapp.services.typed import NotUnderstoodError

LABELS = {
    "daily_earnings": N_("Earnings a day"),
    "extra_costs": N_("Care and others"),
    "public_transport": N_("Fares a day"),
    "car": N_("Miles by car"),
    "motorcycle": N_("By motorcycle"),
    "bicycle": N_("By bicycle"),
}
"""What is asked, in the order of the call; miles are there and back, and may have decimals."""
_MILES = re.compile(r"\d{1,4}(?:\.\d{1,2})?", re.ASCII)


class Asked(NamedTuple):
    """What the caller said, and the rates of the day."""

    estimate: Estimate
    row: RateRow
    given: Mapping[str, Decimal]


def read(values: Mapping[str, str], row: RateRow) -> Asked:
    """The estimate for what was typed; what is empty is nothing.

    Raises:
        FormProblemsError: With every field that is no amount.
    """
    given: dict[str, Decimal] = {}
    wrong = []
    for name in LABELS:
        try:
            given[name] = _number(name, values.get(name, ""))
        except DeskError as error:
            wrong.append(Problem(name, str(error)))
    if wrong:
        raise FormProblemsError(wrong)
    found = estimates.estimate(
        row.rates,
        daily_earnings=given["daily_earnings"],
        extra_costs=given["extra_costs"],
        public_transport=given["public_transport"],
        miles={way: given[way] for way in MILEAGE},
    )
    return Asked(found, row, given)


def lines(asked: Asked, today: dt.date) -> list[tuple[str, str]]:
    """Each part with its amount, for the screen and the line mode."""
    found, most = asked.estimate, asked.row.rates.full_standard
    claimed = asked.given["daily_earnings"] + asked.given["extra_costs"]
    loss = money.shown(found.loss)
    if claimed > most:
        told = _("{amount}, the most for a full day; {claimed} was named")
        loss = told.format(amount=loss, claimed=money.shown(claimed))
    shown = [(_("Earnings and care"), loss)]
    if found.travel:
        shown.append((_("Travel"), money.shown(found.travel)))
    rates = _("in force from {date}").format(date=day(asked.row.effective_from))
    return [
        *shown,
        (_("Food and drink"), money.shown(found.food)),
        (_("For one full day"), money.shown(found.total)),
        (_("Rates"), _("{rates}; looked up for {today}").format(rates=rates, today=day(today))),
    ]


def sentence(asked: Asked) -> str:
    """The answer as it is said and written down; it promises nothing."""
    found = asked.estimate
    told = _(
        "For a full day at court you may be paid about {total}: up to {loss} for earnings and care,"
        " {travel} for travel and {food} for food and drink. What is paid depends on the hours at"
        " court and on what you can show."
    )
    return told.format(
        total=money.shown(found.total),
        loss=money.shown(found.loss),
        travel=money.shown(found.travel),
        food=money.shown(found.food),
    )


def _number(name: str, text: str) -> Decimal:
    """An amount of pounds, or miles with at most two decimals.

    Raises:
        NotUnderstoodError: If it is none.
    """
    if name not in MILEAGE:
        return money.typed(text)
    if not text.strip():
        return money.ZERO
    if not _MILES.fullmatch(text.strip()):
        raise NotUnderstoodError(_("Enter miles there and back, like 12 or 12.5"))
    return Decimal(text.strip())
