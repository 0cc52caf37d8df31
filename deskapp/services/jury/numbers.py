"""Numbers of jurors, pools, trials and OPTIC as they are scanned or typed.

Source: jury sheet, section 2.
"""

from __future__ import annotations

import re

from deskapp.services.jury.refusals import Refusal, RefusedError

_NINE = re.compile(r"\d{9}", re.ASCII)
_POOL = re.compile(r"\d{3}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[1-9]\d)", re.ASCII)
_OPTIC = re.compile(r"\d{8}", re.ASCII)
_TRIAL = re.compile(r"\S(?:.{0,14}\S)?")


def juror_number(scanned: str) -> str:
    """The nine digits of a juror number; a scanner may put one ``*`` on each side.

    Raises:
        RefusedError: ``BAD_NUMBER``.
    """
    number = scanned.strip().removeprefix("*").removesuffix("*")
    if not _NINE.fullmatch(number):
        raise RefusedError(Refusal.BAD_NUMBER)
    return number


def is_juror_number(number: str) -> bool:
    """Whether it is the number of a juror, and nothing beside it."""
    return bool(_NINE.fullmatch(number))


def barcode(number: str) -> str:
    """A juror number as scanners read it."""
    return f"*{number}*"


def is_pool_number(number: str) -> bool:
    """Whether it is court, year, month and a sequence from 01 to 99."""
    return bool(_POOL.fullmatch(number))


def is_optic_reference(reference: str) -> bool:
    """Whether it has eight digits."""
    return bool(_OPTIC.fullmatch(reference))


def trial_number(typed: str) -> str:
    """A trial number in upper case, 1 to 16 characters; empty when it is none."""
    number = typed.strip().upper()
    return number if _TRIAL.fullmatch(number) else ""
