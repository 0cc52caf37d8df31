"""What comes out of a scanner or is typed in its place: numbers, a time, a proof of identity.

Source: jury sheet, sections 2 and 10.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from deskapp.services import typed
from deskapp.services.jury import numbers

NOW = frozenset({"now", "nawr"})
_TIME = re.compile(r"\d{3,4}|\d{1,2}[:.]\d{2}", re.ASCII)
_LETTER = re.compile(r"[A-Za-z]", re.ASCII)


@dataclass(frozen=True)
class Scan:
    """Jurors of one line, at a time of their own or at the one in force."""

    jurors: tuple[str, ...]
    at: dt.time | None = None


@dataclass(frozen=True)
class SetTime:
    """The time of the scans that follow; ``None`` is the time of day."""

    at: dt.time | None


@dataclass(frozen=True)
class Proof:
    """How the last juror showed who they are."""

    code: str


def read(line: str) -> Scan | SetTime | Proof:
    """What one line means.

    One or more juror numbers; a time behind a number holds for that line alone, a time alone for
    what follows, ``now`` ends it; one letter is a proof of identity.

    Raises:
        RefusedError: ``BAD_NUMBER``.
        NotUnderstoodError: If what looks like a time is none.
    """
    if line.strip().lower() in NOW:
        return SetTime(None)
    if _LETTER.fullmatch(line.strip()):
        return Proof(line.strip().upper())
    *jurors, last = line.split() or [""]
    at = typed.clock_time(last) if _TIME.fullmatch(last) else None
    if at is not None and not jurors:
        return SetTime(at)
    if at is None:
        jurors.append(last)
    return Scan(tuple(map(numbers.juror_number, jurors)), at)
