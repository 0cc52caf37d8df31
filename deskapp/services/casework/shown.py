"""Values of cases as people read and type them, in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from deskapp import clock, i18n
from deskapp.i18n import N_, _
from deskapp.services import nearness
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import Cell, FieldType, Lines, Value, When
from deskapp.services.casework.vocabulary import Status
from deskapp.services.casework.words import shown

ANSWER_LABELS = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("unknown")}
due_text = nearness.due_text
"""How near a due is; worked out where the first page can use it without a scheme."""
STATUS_LABELS = {
    Status.OPEN: N_("open"),
    Status.DONE: N_("done"),
    Status.NOT_DONE: N_("not done"),
    Status.WAIVED: N_("waived"),
    Status.CANCELLED: N_("cancelled"),
}


def value_text(field: Field, value: Value) -> str:
    """A value as it is read out; empty when there is none."""
    options = {option.id: shown(option.label) for option in field.options}
    if isinstance(value, Lines):
        return "\n".join(_line_text(field, row) for row in value.rows)
    if isinstance(value, tuple):
        return ", ".join(options.get(each, each) for each in value)
    if isinstance(value, dt.date):
        return when_text(value)
    if isinstance(value, Decimal):
        return f"£{value:,.2f}"
    if field.type is FieldType.YES_NO_UNKNOWN and value in ANSWER_LABELS:
        return _(ANSWER_LABELS[str(value)])
    return "" if value is None else options.get(str(value), str(value))


def _line_text(field: Field, row: Mapping[str, Cell]) -> str:
    cells = (value_text(each, row.get(each.id)) for each in field.columns)
    return "  ".join(filter(None, cells))


def when_text(when: When) -> str:
    """A day, or a day and its time in London."""
    if isinstance(when, dt.datetime):
        local = clock.local(when)
        return f"{i18n.day(local.date())} {i18n.clock_time(local)}"
    return i18n.day(when)
