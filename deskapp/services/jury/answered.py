"""What was answered to what an act asks, read and checked field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.jury import numbers
from deskapp.services.jury.asks import ASKS, NOTE, Ask, Do, Kind
from deskapp.services.jury.corrections import Change
from deskapp.text import clean, one_line

LONGEST = 2000
"""Characters of a note. Source: jury sheet, section 2."""


class Answers(NamedTuple):
    """The answers, read; empty for what was left empty or is not asked."""

    note: str = ""
    reason: str = ""
    pool: str = ""
    proof: str = ""
    about: str = ""
    on: dt.date | None = None
    new_date: dt.date | None = None
    date_of_birth: dt.date | None = None
    time_in: dt.time | None = None
    time_out: dt.time | None = None
    change: Change | None = None
    again: bool = False
    late: bool = False

    def told(self) -> dict[str, object]:
        """What is kept of them beside what was done; the note stands apart."""
        given = {name: each for name, each in self._asdict().items() if each and name != NOTE}
        return {
            name: each.isoformat() if isinstance(each, dt.date | dt.time) else each
            for name, each in given.items()
        }


def read(what: Do, values: Mapping[str, str], *, today: dt.date) -> Answers:
    """The answers to what an act asks.

    Raises:
        FormProblemsError: With everything to put right, in the order of the form.
    """
    found: list[Problem] = []
    given: dict[str, object] = {}
    for ask in ASKS[what]:
        text = clean(values.get(ask.name, "")).strip()
        try:
            if not text and ask.message:
                raise DeskError(_(ask.message))
            if text:
                given[ask.name] = _value(ask, text, today)
        except DeskError as error:
            found.append(Problem(ask.name, str(error)))
    if found:
        raise FormProblemsError(found)
    return Answers()._replace(**given)  # type: ignore[arg-type]  # each is read by its kind


def _value(ask: Ask, text: str, today: dt.date) -> object:
    match ask.kind:
        case Kind.DAY:
            return typed.day(text, today=today)
        case Kind.TIME:
            return typed.clock_time(text)
        case Kind.YES:
            return typed.yes_no(text)
        case Kind.ONE:
            return _chosen(ask, text)
        case Kind.POOL:
            if not numbers.is_pool_number(text):
                raise DeskError(_("A pool number has nine digits, like 411261101"))
            return text
        case _:
            return _words(ask, text)


def _chosen(ask: Ask, text: str) -> object:
    assert ask.choices is not None
    codes = {code.casefold(): code for code in ask.choices}
    code = codes.get(text.casefold())
    if code is None:
        raise DeskError(_("Use one of: {names}.").format(names=", ".join(ask.choices)))
    return Change(code) if ask.name == "change" else code


def _words(ask: Ask, text: str) -> str:
    if len(text) > LONGEST:
        raise DeskError(_("Shorten this to {count} characters").format(count=LONGEST))
    return text if ask.kind is Kind.LONG else one_line(text)
