"""Which figures of interpreter bookings are wanted: of which days, broken down by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.days import Days

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
