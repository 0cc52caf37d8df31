"""The six questions that a check of a script may ask about what is known.

Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.services.knowledge import fields
from deskapp.services.knowledge.nodes import Test


def holds(test: Test, values: Mapping[str, str], *, today: dt.date) -> bool:
    """Whether the test is true for these values, by names of ``fields.toml``.

    What is empty, or no day where a day is asked for, makes every test but ``missing`` false.
    """
    value = values.get(test.field.removeprefix(fields.PREFIX), "").strip()
    if test.name == "missing":
        return bool(test.value) is not bool(value)
    if test.name == "eq":
        return bool(value == test.value)
    if test.name == "in":
        return value in test.value
    day = _day(value)
    if day is None:
        return False
    if test.name == "age_days_over":
        return bool((today - day).days > test.value)
    limit = today + dt.timedelta(days=test.value) if isinstance(test.value, int) else test.value
    return bool(day < limit if test.name == "before" else day > limit)


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
