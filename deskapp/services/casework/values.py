"""Values of fields: how each type is read, kept within its limits and written.

Events carry values as JSON knows them; a case holds them as Python does. Money is ``Decimal``
pounds, a date is a local day, a date and time is an instant, a choice of several is a tuple.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from deskapp import clock
from deskapp.text import clean, one_line

When = dt.date | dt.datetime
"""A local day, or an instant."""

W = TypeVar("W", dt.date, dt.datetime)

Cell = str | int | Decimal | dt.date | dt.datetime | tuple[str, ...] | None
"""What one column of a line can hold."""


@dataclass(frozen=True)
class Lines:
    """Several lines of the same columns, such as incomes; how they are read: ``lines``."""

    rows: tuple[Mapping[str, Cell], ...]

    def __hash__(self) -> int:
        return hash(tuple(tuple(row.items()) for row in self.rows))


Value = Cell | Lines
"""What a field can hold; ``None`` when it is empty."""

ONE_DAY = dt.timedelta(days=1)
ONE_MINUTE = dt.timedelta(minutes=1)

MOST_TEXT = 20_000
"""Characters of a note; more is no note."""


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A date outside these is a slip, and counting from it could leave the calendar."""

END_OF_TIME = dt.datetime.max.replace(tzinfo=dt.UTC)


class FieldType(StrEnum):
    """What kind of value a field holds."""

    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    DATETIME = "datetime"
    INT = "int"
    MONEY = "money"
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    CHOICES = "choices"
    PARTY = "party"
    ORG = "org"
    CASE = "case"
    PLACE = "place"
    LINES = "lines"
    """Rows of columns; each column is a field of its own."""


YES_NO_UNKNOWN = ("yes", "no", "unknown")


def read(kind: FieldType, raw: object) -> Cell:
    """The value that ``raw``, as JSON or TOML knows it, stands for; ``None`` when it is empty.

    A date and time without an offset is London time. Lines are read with their field (``lines``).

    Raises:
        ValueError: If it cannot be a value of that type.
    """
    if raw is None or raw == "" or raw == []:
        return None
    if kind is FieldType.DATE:
        return _near(_date(raw))
    if kind is FieldType.DATETIME:
        return _near(read_instant(raw))
    if kind is FieldType.INT:
        return _whole(raw)
    if kind is FieldType.MONEY:
        return _money(raw)
    if kind is FieldType.CHOICES:
        return _texts(raw)
    if kind is FieldType.YES_NO_UNKNOWN and isinstance(raw, bool):
        return "yes" if raw else "no"
    if kind is FieldType.LINES or not isinstance(raw, str) or len(raw) > MOST_TEXT:
        raise ValueError("a text is wanted")
    return clean(raw) if kind is FieldType.NOTE else one_line(raw)


def read_instant(raw: object) -> dt.datetime:
    """The instant of a date and time; without an offset it is London time.

    Raises:
        ValueError: If it is none.
    """
    if isinstance(raw, str) and ("T" in raw or " " in raw):
        raw = dt.datetime.fromisoformat(raw)
    if not isinstance(raw, dt.datetime):
        raise ValueError("a date and time is wanted")
    return raw.replace(tzinfo=clock.LONDON) if raw.utcoffset() is None else raw


def read_when(raw: object) -> When:
    """A date, or a date and time.

    Raises:
        ValueError: If it is neither.
    """
    try:
        return _date(raw)
    except ValueError:
        return read_instant(raw)


def write(value: Value) -> object:
    """``value`` as JSON knows it; a date and time in London, with its offset."""
    if isinstance(value, dt.datetime):
        return clock.local(value).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Lines):
        return [{name: write(cell) for name, cell in row.items()} for row in value.rows]
    return list(value) if isinstance(value, tuple) else value


def day_of(when: When) -> dt.date:
    """The local day of ``when``."""
    return clock.local(when).date() if isinstance(when, dt.datetime) else when


def start_of(day: dt.date, at: dt.time = dt.time()) -> dt.datetime:
    """The instant when the clocks in London show ``at`` on ``day``."""
    # By way of UTC, so that a time that the clock change leaves out becomes a real one.
    local = dt.datetime.combine(day, at, tzinfo=clock.LONDON)
    return local.astimezone(dt.UTC).astimezone(clock.LONDON)


def overdue_from(due: When) -> dt.datetime:
    """The instant from which ``due`` is missed: the next day, or the next minute.

    Source: casework sheet, section 1.3.
    """
    try:
        if isinstance(due, dt.datetime):
            return due.astimezone(dt.UTC) + ONE_MINUTE
        return start_of(due + ONE_DAY).astimezone(dt.UTC)
    except OverflowError:
        return END_OF_TIME


def size(value: Value) -> Value:
    """What ``min`` and ``max`` of a field measure: a length of texts and lists, else the value."""
    if isinstance(value, Lines):
        return len(value.rows)
    return len(value) if isinstance(value, str | tuple) else value


def _near(when: W) -> W:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValueError("a date of this time is wanted")
    return when


def _date(raw: object) -> dt.date:
    if isinstance(raw, str):
        return dt.date.fromisoformat(raw)
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    raise ValueError("a date is wanted")


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError("a whole number is wanted")
    return raw


def _money(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError("an amount is wanted")
    try:
        amount = Decimal(str(raw))
    except InvalidOperation as error:
        raise ValueError("an amount is wanted") from error
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("pounds and pence are wanted")
    return amount


def _texts(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(each, str) for each in raw):
        raise ValueError("a list of texts is wanted")
    return tuple(one_line(each) for each in raw)
