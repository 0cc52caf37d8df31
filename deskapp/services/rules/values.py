"""Values of a case as the rules want them; a bad one makes the case malformed, never the run."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from deskapp.i18n import _
from deskapp.services.jury import money
from deskapp.services.rules import cases
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError

E = TypeVar("E", bound=StrEnum)

_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})", re.ASCII)


def given(case: Fields, name: str) -> bool:
    """Whether a value is there and not null."""
    return case.get(name) is not None


def table(case: Fields, name: str) -> Fields:
    """The object of ``name``; an empty one when it is not given."""
    value = case.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise MalformedCaseError(_("{field} must be an object.").format(field=name))
    return value


def rows(case: Fields, name: str) -> list[Fields]:
    """The objects of the list ``name``."""
    value = listed(case, name)
    if not all(isinstance(row, dict) for row in value):
        raise MalformedCaseError(_("{field} must be a list of objects.").format(field=name))
    return value


def listed(case: Fields, name: str) -> list[Json]:
    """The list ``name``; an empty one when it is not given."""
    value = case.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise MalformedCaseError(_("{field} must be a list.").format(field=name))
    return value


def text(case: Fields, name: str) -> str:
    """The text of ``name``; empty when it is not given."""
    value = case.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedCaseError(_("{field} must be a text.").format(field=name))
    return value or ""


def flag(case: Fields, name: str, default: bool = False) -> bool:
    """Whether ``name`` is true."""
    value = case.get(name)
    if value is not None and not isinstance(value, bool):
        raise MalformedCaseError(_("{field} must be true or false.").format(field=name))
    return default if value is None else value


def choice(case: Fields, name: str, kind: type[E], default: E | None = None) -> E:
    """The member of ``kind`` that ``name`` stands for, in small or large letters."""
    if default is not None and not given(case, name):
        return default
    value = cases.required(case, name)
    by_name = {each.value.lower(): each for each in kind}
    if not isinstance(value, str) or value.lower() not in by_name:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field=name, choices=", ".join(kind))
        )
    return by_name[value.lower()]


def amount(case: Fields, name: str) -> Decimal:
    """The amount of ``name`` in pounds, to the penny; 0.00 when it is not given."""
    return money.pounds(number(case, name))


def number(case: Fields, name: str) -> Decimal:
    """The number of ``name``, 0 or more; 0 when it is not given."""
    if not given(case, name):
        return money.ZERO
    try:
        value = money.read(case[name])
    except ValueError:
        value = Decimal(-1)
    if not 0 <= value <= money.MOST:
        raise MalformedCaseError(
            _("{field} must be an amount of 0 or more, such as 12.50.").format(field=name)
        )
    return value


def optional_amount(case: Fields, name: str) -> Decimal | None:
    """The amount of ``name``, if it is given."""
    return amount(case, name) if given(case, name) else None


def count(case: Fields, name: str, default: int | None = None, *, least: int = 0) -> int:
    """The whole number of ``name``."""
    if default is not None and not given(case, name):
        return default
    return cases.whole_number(case, name, least=least, most=1_000_000)


def optional_date(case: Fields, name: str) -> dt.date | None:
    """The date of ``name``, if it is given."""
    return cases.date(case, name) if given(case, name) else None


def date_of(value: Json) -> dt.date:
    """The date of a list or key."""
    return cases.date({"dates": value}, "dates")


def clock(case: Fields, name: str) -> dt.time:
    """The time of day of ``name``."""
    value = cases.required(case, name)
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise MalformedCaseError(_("{field} must be a time, such as 09:05.").format(field=name))
    return dt.time(int(match[1]), int(match[2]))


def optional_clock(case: Fields, name: str) -> dt.time | None:
    """The time of day of ``name``, if it is given."""
    return clock(case, name) if given(case, name) else None


def written(value: Decimal | dt.date | dt.time | None) -> Json:
    """A value as a case file has it: money with two decimals, dates and times as text."""
    if isinstance(value, Decimal):
        return money.text(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return value.isoformat() if value else None
