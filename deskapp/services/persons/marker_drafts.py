"""What is asked when a marker is set, and what must be put right first.

Source: enquiries sheet, section 6; site and safety sheet, section 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

from deskapp.errors import Problem
from deskapp.i18n import _, number
from deskapp.services import typed
from deskapp.services.persons import marker_kinds
from deskapp.services.persons.marker_kinds import MarkerKind, Steps
from deskapp.text import clean

LIMITS = {"source": 200, "what_happened": 2000, "case_ref": 40}
"""Longest text of each field in characters."""


@dataclass(frozen=True)
class MarkerDraft:
    """What the officer typed; nothing is checked yet. What a kind does not ask stays empty."""

    code: str = ""
    person_id: str = ""
    case_ref: str = ""
    source: str = ""
    """The order, or who said so."""
    order_on: str = ""
    """Day of the order, as typed, as is its end."""
    order_ends_on: str = ""
    what_happened: str = ""
    """Facts only; kept in the restricted case, never with the marker."""
    hearing_on: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> MarkerDraft:
        """The draft of a form."""
        names = [each.name for each in fields(cls)]
        return cls(**{name: clean(values.get(name, "")).strip() for name in names})


def asked(kind: MarkerKind) -> tuple[str, ...]:
    """The fields that a kind asks, in the order of the form."""
    if kind.order:
        return ("source", "order_on", "order_ends_on")
    if kind.steps is Steps.CASE:
        return ("what_happened", "source", "case_ref", "hearing_on")
    if kind.about == "case":
        return ("case_ref", "source")
    return ("source",)


def problems(draft: MarkerDraft, *, today: dt.date) -> list[Problem]:
    """What must be put right before the marker can be set."""
    if not draft.code:
        return [Problem("code", _("Choose a marker"))]
    kind = marker_kinds.by_code(draft.code)
    labels = {
        "source": _("Source"),
        "what_happened": _("What was seen or heard"),
        "case_ref": _("Case reference"),
    }
    needed = {"source"} if kind.order or kind.needs_source else set()
    needed |= {"what_happened", "source"} if kind.steps is Steps.CASE else set()
    needed |= {"case_ref"} if kind.about == "case" else set()
    found = [
        Problem(name, _("Enter {field}").format(field=label.lower()))
        for name, label in labels.items()
        if name in needed and not getattr(draft, name)
    ]
    for name, limit in LIMITS.items():
        if len(getattr(draft, name)) > limit:
            message = _("{field} must be {limit} characters or less")
            text = message.format(field=labels[name], limit=number(limit))
            found.append(Problem(name, text))
    if kind.order:
        found += [
            *_order_problems(draft.order_on, today),
            *end_problems(draft.order_ends_on, today=today),
        ]
    if kind.steps is Steps.CASE and draft.hearing_on:
        _day, wrong = _read_day("hearing_on", draft.hearing_on, today)
        found += wrong
    return found


def end_problems(order_ends_on: str, *, today: dt.date) -> list[Problem]:
    """What is wrong with the day on which an order ends, as typed."""
    name = "order_ends_on"
    day, found = _read_day(name, order_ends_on, today)
    if day and day < today:
        found.append(Problem(name, _("The order has ended already: there is nothing to mark")))
    return found


def _order_problems(order_on: str, today: dt.date) -> list[Problem]:
    name = "order_on"
    day, found = _read_day(name, order_on, today)
    if day and day > today:
        found.append(Problem(name, _("The date of the order must be today or in the past")))
    return found


def _read_day(name: str, text: str, today: dt.date) -> tuple[dt.date | None, list[Problem]]:
    try:
        return typed.day(text, today=today), []
    except typed.NotUnderstoodError:
        return None, [Problem(name, _("Enter a date, like 30 11 2026"))]
