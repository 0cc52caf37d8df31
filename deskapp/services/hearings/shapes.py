"""Walking through a JSON file of which every part may be missing or be something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deskapp.i18n import _
from deskapp.services.hearings.items import Code, Finding
from deskapp.text import clean

Object = dict[str, Any]


class Shape:
    """Reads parts of a file and keeps what does not have the shape of a list."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def each(self, parent: Object, name: str, path: str) -> Iterator[tuple[str, Object]]:
        """Path and value of every object of the array ``name``; arrays in it are read through.

        Nothing where the array is missing; what is no object is kept as a finding.
        """
        found = parent.get(name)
        if found is None:
            return
        if not isinstance(found, list):
            self._wrong(f"{path}.{name}" if path else name)
            return
        waiting = [(f"{path}.{name}[{at}]" if path else f"{name}[{at}]", value)
                   for at, value in enumerate(found)]  # fmt: skip
        waiting.reverse()
        while waiting:
            where, value = waiting.pop()
            if isinstance(value, dict):
                yield where, value
            elif isinstance(value, list):
                inner = [(f"{where}[{at}]", one) for at, one in enumerate(value)]
                waiting.extend(reversed(inner))
            else:
                self._wrong(where)

    def one(self, parent: Object, name: str, path: str) -> Object:
        """The object ``name``, an empty one where it is missing."""
        found = parent.get(name)
        if isinstance(found, dict):
            return found
        if found is not None:
            self._wrong(f"{path}.{name}" if path else name)
        return {}

    def _wrong(self, where: str) -> None:
        reason = _("This part of the file does not have the shape of a list of hearings.")
        self.findings.append(Finding(Code.COLUMNS, where, reason))


def text(parent: Object, *names: str) -> str:
    """The first of the fields ``names`` that holds something, as clean text; numbers are read."""
    for name in names:
        found = as_text(parent.get(name))
        if found:
            return found
    return ""


def as_text(value: Any) -> str:
    """A text or number as clean text, a whole number without a decimal point; else nothing."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def texts(parent: Object, name: str) -> list[str]:
    """The texts of the array ``name`` that are not empty; a single text counts as one."""
    found = parent.get(name)
    several = found if isinstance(found, list) else [found]
    return [each for each in map(as_text, several) if each.strip()]
