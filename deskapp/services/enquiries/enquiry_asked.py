"""Which report of the enquiry desk is wanted: for which days, by what, of whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.days import Days


class By(StrEnum):
    """What a report is broken down by."""

    CHANNEL = "channel"
    TOPIC = "topic"
    OUTCOME = "outcome"
    USER_TYPE = "user_type"
    LANGUAGE = "language"
    DAY = "day"
    HALF_HOUR = "half_hour"
    SITE = "site"
    TEAM = "team"
    OFFICER = "officer"


BY_LABELS = {
    By.CHANNEL: N_("By channel"),
    By.TOPIC: N_("By topic"),
    By.OUTCOME: N_("By outcome"),
    By.USER_TYPE: N_("By who they are"),
    By.LANGUAGE: N_("By language"),
    By.DAY: N_("By day"),
    By.HALF_HOUR: N_("By half hour of the day"),
    By.SITE: N_("By site"),
    By.TEAM: N_("By team"),
    By.OFFICER: N_("By officer"),
}


@dataclass(frozen=True)
class Asked:
    """Which report is wanted."""

    days: Days
    by: By = By.CHANNEL
    own: bool = False
    """Only the contacts of who asks."""
