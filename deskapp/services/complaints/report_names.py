"""What the codes of a complaint report are called, in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from deskapp import i18n
from deskapp.cldr import NAMES
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.services.complaints import lists
from deskapp.services.complaints.report_asked import By
from deskapp.services.courts import sites
from deskapp.services.enquiries import dissatisfaction
from deskapp.services.lists import Jurisdiction

STAGES = {"1": N_("First answer"), "2": N_("Review"), "3": N_("Investigations team")}
PARTS = {
    "categories": N_("Received, by main category"),
    "channels": N_("Received, by channel"),
    "causes": N_("Answers, by root cause"),
    "outcomes": N_("Answers, by outcome"),
    "redress": N_("Answers, by redress"),
}


def _month(code: str) -> str:
    day = dt.date.fromisoformat(f"{code}-01")
    return f"{NAMES[i18n.language()].months[day.month - 1]} {day.year}"


_NAMES: dict[str, Callable[[str], str]] = {
    By.STAGE: lambda code: _(STAGES[code]),
    By.SITE: lambda code: sites.by_key(code).shown_name(i18n.language()),
    By.JURISDICTION: lambda code: Jurisdiction(code).label,
    By.MONTH: _month,
    By.CATEGORY: lambda code: dissatisfaction.categories().label(code),
    By.CAUSE: lambda code: lists.RootCause(code).label,
    By.CHANNEL: lambda code: lists.Channel(code).label,
    "categories": lambda code: dissatisfaction.categories().label(code),
    "channels": lambda code: lists.Channel(code).label,
    "causes": lambda code: lists.RootCause(code).label,
    "outcomes": lambda code: lists.Outcome(code).label,
    "redress": lambda code: lists.Redress(code).label,
    "aside": lambda code: lists.Status(code).label,
}


def name(kind: str, code: str) -> str:
    """What a code is called; the code itself where a newer desk made it."""
    if not code:
        return _("Not answered yet") if kind == By.CAUSE else _("Not given")
    try:
        return _NAMES[kind](code)
    except (KeyError, NotFoundError, ValueError):
        return code
