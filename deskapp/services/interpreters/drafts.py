"""What is typed of a booking, and what must be put right before it can be sent.

Source: interpreter sheet, sections 2, 3, 5 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.errors import FormProblemsError, Problem
from deskapp.services.interpreters import validation
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.bookings import Gender, Kind, Mode
from deskapp.services.interpreters.codes import Code, words
from deskapp.services.interpreters.draft_reading import Reader
from deskapp.services.interpreters.validation import Request
from deskapp.services.interpreters.wall import Span, span
from deskapp.text import one_line

FORM = "booking"
"""Name of the form that becomes a booking."""
FIELD_OF = {
    Code.LANGUAGE_REQUIRED: "language",
    Code.LANGUAGE_BOTH: "other_language",
    Code.LANGUAGE_UNKNOWN: "language",
    Code.LANGUAGE_KIND: "language",
    Code.OTHER_LANGUAGE_TOO_LONG: "other_language",
    Code.WELSH_ROUTE: "route",
    Code.WITNESS_INTERMEDIARY: "route",
    Code.ASSESSMENT_REQUIRED: "assessment_done",
    Code.OFF_CONTRACT_REASON: "off_contract_reason",
    Code.TIME_GAP: "start",
    Code.TIME_AMBIGUOUS: "start",
    Code.END_NOT_AFTER_START: "end",
    Code.SPANS_DAYS: "end",
    Code.IN_PAST: "start",
    Code.BELOW_MINIMUM: "end",
    Code.SHORT_NOTICE: "day",
    Code.SECOND_INTERPRETER: "interpreters",
}
"""Beside which field a code is shown."""


@dataclass(frozen=True)
class BookingDraft:
    """What the officer typed or chose; nothing is checked yet."""

    kind: str = Kind.SPOKEN.value
    language: str = ""
    """Code or whole name of a language of the list."""
    other_language: str = ""
    route: str = ""
    """Empty for the usual one of what is booked."""
    mode: str = Mode.F2F.value
    day: str = ""
    """Local day as typed."""
    start: str = ""
    start_fold: str = ""
    """``first`` or ``second``, where the clocks show the start twice."""
    end: str = ""
    """A time, or a day and a time."""
    end_fold: str = ""
    overnight: str = ""
    """``yes``, or empty."""
    for_role: str = ""
    for_name: str = ""
    gender: str = Gender.NONE.value
    dialect_note: str = ""
    avoid: str = ""
    """Ids of interpreters, parted by spaces, as are the hearings."""
    interpreters: str = "1"
    room: str = ""
    supplier: str = ""
    supplier_ref: str = ""
    cost_code: str = ""
    off_contract_reason: str = ""
    assessment_done: str = ""
    """``yes``, or empty."""
    allowed_by: str = ""
    """The judge who allowed a friend or relative, and the day."""
    allowed_on: str = ""
    note: str = ""
    site: str = ""
    """Empty for the user's own."""
    jurisdiction: str = ""
    hearings: str = ""
    person_id: str = ""
    need_id: str = ""
    parent_id: str = ""
    """The booking that it replaces."""


class Wanted(NamedTuple):
    """A booking whose fields were understood."""

    request: Request
    span: Span
    gender: Gender
    for_name: str
    avoid: tuple[str, ...]
    hearings: tuple[str, ...]
    allowed_on: str


class Checked(NamedTuple):
    """What was found in a draft."""

    problems: list[Problem]
    """In the order of the fields: it cannot be sent."""
    errors: list[Code]
    warnings: list[Code]
    """Shown, not blocking."""


class BookingProblemsError(FormProblemsError):
    """A booking cannot be sent; ``codes`` say why besides the words."""

    def __init__(self, problems: list[Problem], codes: Iterable[Code] = ()) -> None:
        super().__init__(problems)
        self.codes = tuple(codes)


def problem(code: Code) -> Problem:
    """A code as what to put right beside its field."""
    return Problem(FIELD_OF[code], words(code))


def check(draft: BookingDraft, acting: Acting) -> Checked:
    """Everything that stops a draft from being sent, and what is only shown."""
    reader = Reader(draft, acting)
    request = reader.request()
    if request is None:
        return Checked(reader.problems, [], [])
    site = draft.site or acting.user.site
    found = validation.validate(request, acting.now, acting.settings, acting.calendar(site))
    problems = [*reader.problems, *map(problem, found.errors)]
    order = list(BookingDraft.__dataclass_fields__)
    problems.sort(key=lambda each: order.index(each.field))
    return Checked(problems, found.errors, found.warnings)


def read(draft: BookingDraft, acting: Acting) -> Wanted:
    """What a draft says, to be kept; it may still have errors that stop it from being sent.

    Raises:
        BookingProblemsError: If a field cannot be understood, or the times are no times.
    """
    reader = Reader(draft, acting)
    request = reader.request()
    found, codes = span(request.start, request.end) if request else (None, [])
    if request is None or found is None or reader.problems:
        raise BookingProblemsError([*reader.problems, *map(problem, codes)], codes)
    return Wanted(
        request,
        found,
        reader.chosen("gender", Gender) or Gender.NONE,
        one_line(draft.for_name),
        tuple(draft.avoid.split()),
        tuple(dict.fromkeys(draft.hearings.split())),
        reader.allowed_on(),
    )
