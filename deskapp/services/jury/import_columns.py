"""The columns of a file of the Bureau: what each may hold, and where it goes in the store.

Source: jury sheet, section 2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import N_
from deskapp.services.jury import courts, numbers
from deskapp.services.jury.lists import ADJUSTMENT_LABELS, POLICE_LABELS, REACH_LABELS
from deskapp.services.jury.stages import Status
from deskapp.text import one_line

_YES = {"y": True, "yes": True, "1": True, "true": True,
        "n": False, "no": False, "0": False, "false": False, "": False}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Column(NamedTuple):
    """A column of the file; ``read`` raises ``ValueError`` with what is wrong, untranslated."""

    read: Callable[[str], object]


def _words(most: int, *, needed: bool = False) -> Column:
    def read(text: str) -> str:
        text = one_line(text)
        if needed and not text:
            raise ValueError(N_("This is missing."))
        if len(text) > most:
            raise ValueError(N_("This is too long."))
        return text

    return Column(read)


def _name(most: int, *, needed: bool = True) -> Column:
    words = _words(most, needed=needed)

    def read(text: str) -> object:
        if "|" in text:
            raise ValueError(N_("A name has no upright bar."))
        return words.read(text)

    return Column(read)


def _one_of(codes: Mapping[str, str], usual: str) -> Column:
    known = {code.casefold(): code for code in codes}

    def read(text: str) -> str:
        code = known.get(text.casefold() or usual.casefold())
        if code is None:
            raise ValueError(N_("There is no such code."))
        return code

    return Column(read)


def _juror(text: str) -> str:
    try:
        return numbers.juror_number(text)
    except DeskError:
        raise ValueError(N_("A juror number has nine digits.")) from None


def _pool(text: str) -> str:
    if not numbers.is_pool_number(text):
        raise ValueError(N_("A pool number is court, year, month and a number from 01 to 99."))
    return text


def _court(text: str) -> str:
    if not courts.is_code(text):
        raise ValueError(N_("The code of a court has three digits."))
    return text


def _optic(text: str) -> str:
    if text and not numbers.is_optic_reference(text):
        raise ValueError(N_("An OPTIC reference has eight digits."))
    return text


def _date(text: str) -> str:
    if not text:
        return ""
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValueError(N_("A date is written like 2026-11-30."))


def _yes(text: str) -> bool:
    if text.casefold() not in _YES:
        raise ValueError(N_("This is yes or no."))
    return _YES[text.casefold()]


def _count(text: str) -> int:
    if not (text or "0").isascii() or not (text or "0").isdigit() or len(text) > 9:
        raise ValueError(N_("This is a whole number."))
    return int(text or 0)


def _status(text: str) -> int:
    number = _count(text or f"{Status.RESPONDED.value}")
    if number not in set(Status):
        raise ValueError(N_("A status is a number from 1 to 13."))
    return number


COLUMNS: Mapping[str, Column] = {
    "juror_number": Column(_juror),
    "pool_number": Column(_pool),
    "court": Column(_court),
    "owner": Column(_court),
    "start_date": Column(_date),
    "jurors_asked": Column(_count),
    "title": _name(10, needed=False),
    "first_name": _name(20),
    "last_name": _name(25),
    "date_of_birth": Column(_date),
    "phone": _words(20),
    "phone_2": _words(20),
    "phone_3": _words(20),
    "email": _words(254),
    "preference": _one_of(REACH_LABELS, "none"),
    "postcode": _words(10),
    "welsh_speaker": Column(_yes),
    "adjustment": _one_of(ADJUSTMENT_LABELS, "N"),
    "adjustment_text": _words(2000),
    "police_check": _one_of(POLICE_LABELS, "not_checked"),
    "optic_reference": Column(_optic),
    "notes": _words(2000),
    "status": Column(_status),
    "next_date": Column(_date),
    "on_call": Column(_yes),
    "deferrals": Column(_count),
    "original_start": Column(_date),
    "version": Column(_count),
}
"""By the name in the header."""
PLACES: tuple[Mapping[str, str], ...] = (
    {"court": "court", "owner": "owner", "start_date": "start_on", "jurors_asked": "asked"},
    {
        "title": "title",
        "first_name": "first_name",
        "last_name": "last_name",
        "name_key": "name_key",
        "date_of_birth": "date_of_birth",
        "phone": "phone",
        "phone_2": "phone_2",
        "phone_3": "phone_3",
        "email": "email",
        "preference": "reach_by",
        "postcode": "postcode",
        "welsh_speaker": "welsh",
        "adjustment": "adjustment",
        "adjustment_text": "adjustment_text",
        "police_check": "police_check",
        "optic_reference": "optic_ref",
        "notes": "notes",
    },
    {
        "court": "court",
        "name_key": "name_key",
        "status": "status",
        "next_date": "next_on",
        "on_call": "on_call",
        "deferrals": "deferrals",
        "original_start": "original_start",
        "version": "version",
    },
)
"""Where each column goes: pool, juror, membership."""
