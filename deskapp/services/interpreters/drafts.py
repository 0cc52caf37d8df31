"""What is typed of a booking, and what must be put right before it can be sent.

Source: interpreter sheet, sections 2, 3, 5 and 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.services import typed
from deskapp.services.interpreters import languages, validation
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.bookings import ForRole, Gender, Kind, Mode, Route
from deskapp.services.interpreters.codes import Code, words
from deskapp.services.interpreters.validation import CRIMINAL, Request
from deskapp.services.interpreters.wall import ONE_DAY, Fold, Span, Wall, span
from deskapp.text import clean, one_line

FORM = "booking"
"""Name of the form that becomes a booking."""
MOST_INTERPRETERS = 9
LIMITS = {
    "dialect_note": 200,
    "for_name": 200,
    "room": 80,
    "supplier": 120,
    "supplier_ref": 60,
    "cost_code": 40,
    "off_contract_reason": 500,
    "allowed_by": 120,
    "note": 2000,
}
"""Longest text of each field in characters."""
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

E = TypeVar("E", bound=StrEnum)


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


def usual_route(kind: Kind, language_code: str, for_role: str, jurisdiction: str) -> Route:
    """Who supplies what is booked, unless the officer knows better. Source: section 2."""
    if language_code == languages.WELSH:
        return Route.WELSH_UNIT
    witness = for_role == ForRole.WITNESS and jurisdiction in CRIMINAL
    if witness:
        return Route.WITNESS_SCHEME if kind is Kind.INTERMEDIARY else Route.PARTY_ARRANGED
    return Route.CONTRACT


def check(draft: BookingDraft, acting: Acting) -> Checked:
    """Everything that stops a draft from being sent, and what is only shown."""
    reader = _Reader(draft, acting)
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
    reader = _Reader(draft, acting)
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


class _Reader:
    """Reads the fields of a draft; what cannot be understood is kept as problems."""

    def __init__(self, draft: BookingDraft, acting: Acting) -> None:
        self._draft = draft
        self._today = acting.today
        self.problems: list[Problem] = []
        for name, limit in LIMITS.items():
            if len(clean(getattr(draft, name))) > limit:
                message = _("{label} must be {limit} characters or less")
                told = message.format(label=_(LABELS[name]), limit=limit)
                self.problems.append(Problem(name, told))

    def request(self) -> Request | None:
        """The request; None where kind or times cannot be read."""
        draft = self._draft
        kind, mode = self.chosen("kind", Kind), self.chosen("mode", Mode)
        day = self._day("day", draft.day)
        start, end = self._time("start"), self._end(day, self._time("start"))
        role = self.chosen("for_role", ForRole)
        code = languages.named(draft.language) or one_line(draft.language)
        route = self.chosen("route", Route)
        number = self._number()
        self.allowed_on()
        if kind is None or mode is None or day is None or start is None or end is None:
            return None
        return Request(
            kind=kind,
            start=Wall(dt.datetime.combine(day, start), self.chosen("start_fold", Fold)),
            end=Wall(end, self.chosen("end_fold", Fold)),
            route=route or usual_route(kind, code, draft.for_role, draft.jurisdiction),
            mode=mode,
            language_code=code,
            other_language=one_line(draft.other_language),
            for_role=role,
            jurisdiction=draft.jurisdiction,
            assessment_done=draft.assessment_done == "yes",
            off_contract_reason=one_line(draft.off_contract_reason),
            interpreters=number,
            overnight=draft.overnight == "yes",
        )

    def chosen(self, name: str, choices: type[E]) -> E | None:
        """What was chosen of a closed list; None for nothing."""
        value = getattr(self._draft, name).strip().casefold()
        if not value:
            return None
        try:
            return choices(value)
        except ValueError:
            names = ", ".join(choices)
            message = _("{value} is not in the list. Use one of: {names}.")
            told = message.format(value=one_line(value)[:40], names=names)
            self._add(name, told)
            return None

    def allowed_on(self) -> str:
        """The day on which a friend or relative was allowed, ISO; empty for none."""
        text = self._draft.allowed_on
        day = self._day("allowed_on", text) if text.strip() else None
        return day.isoformat() if day else ""

    def _number(self) -> int:
        try:
            return typed.whole_number(self._draft.interpreters, least=1, most=MOST_INTERPRETERS)
        except DeskError as error:
            self._add("interpreters", str(error))
            return 1

    def _day(self, name: str, text: str) -> dt.date | None:
        try:
            return typed.day(text, today=self._today)
        except DeskError as error:
            self._add(name, str(error))
            return None

    def _time(self, name: str) -> dt.time | None:
        try:
            return typed.clock_time(getattr(self._draft, name))
        except DeskError as error:
            self._add(name, str(error))
            return None

    def _end(self, day: dt.date | None, start: dt.time | None) -> dt.datetime | None:
        """The end: a time of that day or, overnight, of the next one; or with a day of its own."""
        if day is None or start is None:
            return None
        text = self._draft.end.strip()
        if " " in text:
            try:
                return typed.wall_time(text, today=day)
            except DeskError as error:
                self._add("end", str(error))
                return None
        end = self._time("end")
        if end is None:
            return None
        on_next_day = end == dt.time() or (self._draft.overnight == "yes" and end <= start)
        return dt.datetime.combine(day + ONE_DAY * on_next_day, end)

    def _add(self, name: str, message: str) -> None:
        if Problem(name, message) not in self.problems:
            self.problems.append(Problem(name, message))


LABELS = {
    "kind": N_("Kind"),
    "language": N_("Language"),
    "other_language": N_("Other language"),
    "route": N_("Route"),
    "mode": N_("How"),
    "day": N_("Day"),
    "start": N_("From"),
    "start_fold": N_("Which of two"),
    "end": N_("To"),
    "end_fold": N_("Which of two"),
    "overnight": N_("Overnight"),
    "for_role": N_("For"),
    "for_name": N_("Name"),
    "gender": N_("Gender wanted"),
    "dialect_note": N_("Dialect"),
    "avoid": N_("Not these"),
    "interpreters": N_("How many"),
    "room": N_("Room"),
    "supplier": N_("Supplier"),
    "supplier_ref": N_("Their reference"),
    "cost_code": N_("Cost code"),
    "off_contract_reason": N_("Why off contract"),
    "assessment_done": N_("Assessment done"),
    "allowed_by": N_("Allowed by"),
    "allowed_on": N_("Allowed on"),
    "note": N_("Note"),
    "jurisdiction": N_("Jurisdiction"),
    "hearings": N_("Hearings"),
}
