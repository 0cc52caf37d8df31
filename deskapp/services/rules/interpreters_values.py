"""Times, bookings and calendars as cases of the interpreter desk write them.

Source: interpreter sheet, section 9.
"""

from __future__ import annotations

import datetime as dt
import re

from deskapp.clock import local
from deskapp.i18n import _
from deskapp.services import bank_holidays
from deskapp.services.dates import Calendar, Nation
from deskapp.services.interpreters.bookings import Booking, Mode, Status
from deskapp.services.interpreters.wall import Fold, Wall
from deskapp.services.rules import cases, values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError

_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z)?", re.ASCII)


def wall(given: Fields, name: str) -> Wall:
    """The local time of ``name``, with its ``_fold`` if it has one; a ``Z`` at the end is UTC."""
    value = cases.required(given, name)
    try:
        if not isinstance(value, str) or not _LOCAL.fullmatch(value):
            raise ValueError("another form of time")
        time = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise MalformedCaseError(
            _("{field} must be a real date and time, such as 2026-03-27T11:30.").format(field=name)
        ) from error
    if time.tzinfo is not None:
        here = local(time)
        return Wall(here.replace(tzinfo=None, fold=0), list(Fold)[here.fold])
    fold = None
    if values.given(given, f"{name}_fold"):
        fold = values.choice(given, f"{name}_fold", Fold)
    return Wall(time, fold)


def instant(given: Fields, name: str) -> dt.datetime:
    """The instant of the local time of ``name``.

    Raises:
        WallTimeError: If there is none, or two.
    """
    return wall(given, name).instant()


def optional_instant(given: Fields, name: str) -> dt.datetime | None:
    """The instant of ``name``, if it is given."""
    return instant(given, name) if values.given(given, name) else None


def utc(moment: dt.datetime) -> str:
    """An instant as cases write it."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M}Z"


def wall_text(moment: dt.datetime) -> str:
    """An instant as the clocks in London show it."""
    return f"{local(moment):%Y-%m-%dT%H:%M}"


def calendar(given: Fields) -> Calendar:
    """Working days by the bank holidays of a case; by those that ship when it has none."""
    known = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
    if not values.given(given, "bank_holidays"):
        return known
    days = frozenset(map(values.date_of, values.listed(given, "bank_holidays")))
    return known._replace(bank_holidays=days)


def booking(row: Fields) -> Booking:
    """A booking of a case.

    Raises:
        WallTimeError: If one of its times cannot be used.
    """
    return Booking(
        id=values.text(row, "id"),
        interpreter_id=values.text(row, "interpreter_id") or None,
        status=values.choice(row, "status", Status),
        start=instant(row, "start"),
        end=instant(row, "end"),
        site=values.text(row, "site"),
        mode=values.choice(row, "mode", Mode, Mode.F2F),
        released_at=optional_instant(row, "released_at"),
        supplier_ref=values.text(row, "supplier_ref"),
        assigned_at=optional_instant(row, "assigned_at"),
    )


def whole_numbers(given: Fields, name: str) -> dict[str, int]:
    """The numbers of the object ``name``, by their keys."""
    table = values.table(given, name)
    return {key: values.count(table, key) for key in table}


def codes(found: list[Json]) -> list[str]:
    """Codes as a case has them."""
    return [str(code) for code in found]
