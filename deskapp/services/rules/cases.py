"""Case files of the ``rules`` command: reading them, and what one line of them gives."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import _

Json = Any
"""A value as ``json`` reads it."""

Fields = Mapping[str, Json]
"""What a case is given, or what comes out of it."""


class CaseFileError(DeskError):
    """The file is no case file."""


class MalformedCaseError(Exception):
    """One case cannot be worked out; the text says what to put right. The run goes on."""


class CaseFile(NamedTuple):
    """What a case file holds."""

    content: Json
    """All of it."""
    inputs: Json
    """The same without anything whose key begins with ``expect``, at any depth."""


@dataclass(frozen=True)
class Line:
    """One case of a file, ready to be worked out."""

    id: str
    work: Callable[[], Json]
    """Gives the output, or raises ``MalformedCaseError``."""
    expected: Json = field(default_factory=dict)
    """What the file says should come out; of an object, what is not named is free."""
    exact: bool = False
    """Nothing is free: an object must have the keys that are expected, and no others."""


def read(file: Path) -> CaseFile:
    """Read a case file.

    Raises:
        NotFoundError: If there is no such file, or it cannot be read.
        CaseFileError: If it is not JSON.
    """
    try:
        # Windows editors put a mark before the text; json.loads would refuse it.
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        return CaseFile(content, _without_expectations(content))
    except OSError as error:
        raise NotFoundError(
            _("The case file {file} cannot be read: {reason}.").format(
                file=file, reason=error.strerror
            )
        ) from error
    except (ValueError, RecursionError) as error:
        raise CaseFileError(
            _("{file} is not a JSON file: {reason}.").format(file=file, reason=error)
        ) from error


def _without_expectations(value: Json) -> Json:
    if isinstance(value, dict):
        return {
            key: _without_expectations(item)
            for key, item in value.items()
            if not key.startswith("expect")
        }
    return [_without_expectations(item) for item in value] if isinstance(value, list) else value


def expectations(case: Fields) -> Fields:
    """The values of ``case`` whose key begins with ``expect``, by the name they are expected of."""
    return {
        name.removeprefix("expected_"): value
        for name, value in case.items()
        if name.startswith("expect")
    }


def unique(lines: Iterable[Line]) -> Iterable[Line]:
    """``lines``, where the second of two with the same id is malformed."""
    seen: set[str] = set()
    for line in lines:
        if line.id in seen:
            yield malformed(line.id, _("Another case of this file has the same id."))
        else:
            seen.add(line.id)
            yield line


def malformed(line_id: str, problem: str) -> Line:
    """A line that gives nothing but ``problem``."""

    def refuse() -> Json:
        raise MalformedCaseError(problem)

    return Line(line_id, refuse)


def required(case: Fields, name: str) -> Json:
    """The value of ``name``.

    Raises:
        MalformedCaseError: If the case does not have it.
    """
    if name not in case:
        raise MalformedCaseError(_("{field} is missing.").format(field=name))
    return case[name]


def instant(case: Fields, name: str) -> dt.datetime:
    """The date and time of ``name``; it carries its offset.

    Raises:
        MalformedCaseError: If it is missing, impossible or without an offset.
    """
    value = required(case, name)
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise MalformedCaseError(
            _("{field} must be a real date and time, such as 2026-03-27T11:30:00+00:00.").format(
                field=name
            )
        ) from error
    if moment.utcoffset() is None:
        raise MalformedCaseError(
            _("{field} must end with its offset from UTC, such as +01:00 or Z.").format(field=name)
        )
    return moment


def date(case: Fields, name: str) -> dt.date:
    """The date of ``name``.

    Raises:
        MalformedCaseError: If it is missing or impossible.
    """
    value = required(case, name)
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise MalformedCaseError(
            _("{field} must be a real date, such as 2026-03-27.").format(field=name)
        ) from error


def whole_number(case: Fields, name: str, *, least: int, most: int) -> int:
    """The whole number of ``name``.

    Raises:
        MalformedCaseError: If it is missing, of another kind or outside the limits.
    """
    value = required(case, name)
    # JSON true is an int for Python.
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise MalformedCaseError(
            _("{field} must be a whole number from {least} to {most}.").format(
                field=name, least=least, most=most
            )
        )
    return value
