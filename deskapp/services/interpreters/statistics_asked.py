"""Which figures of interpreter bookings are wanted: of which days, broken down by what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from deskapp import roles
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.dates import ONE_DAY
from deskapp.services.enquiry_asked import Days

MOST_DAYS = 3660


class By(StrEnum):
    """What the figures are broken down by."""

    LANGUAGE = "language"
    MONTH = "month"
    QUARTER = "quarter"
    KIND = "kind"
    SITE = "site"


BY_LABELS = {
    By.LANGUAGE: N_("By language"),
    By.MONTH: N_("By month"),
    By.QUARTER: N_("By quarter"),
    By.KIND: N_("By kind of booking"),
    By.SITE: N_("By site"),
}


@dataclass(frozen=True)
class Asked:
    """Which figures are wanted."""

    days: Days
    by: By = By.LANGUAGE

    def months(self) -> Iterator[Days]:
        """The range month by month; the first and the last may not be whole."""
        first = self.days.first
        while first <= self.days.last:
            next_month = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
            yield Days(first, min(next_month - ONE_DAY, self.days.last))
            first = next_month


def check(asked: Asked, *, user: User) -> None:
    """Refuse figures that ``user`` may not see or that have no days.

    Raises:
        NotAllowedError: If the role may not see them.
        FormProblemsError: If the days are the wrong way round or too many.
    """
    roles.require(user, Act.READ_REPORTS)
    length = (asked.days.last - asked.days.first).days
    if length < 0:
        message = _("The last day must not be before the first")
        raise FormProblemsError([Problem("last", message)])
    if length >= MOST_DAYS:
        raise FormProblemsError([Problem("first", _("Enter a range of ten years or less"))])
