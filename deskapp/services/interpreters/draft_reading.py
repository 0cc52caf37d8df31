"""Reading the fields of a booking as they are typed. Source: interpreter sheet, sections 3, 5."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from deskapp.errors import DeskError, Problem
from deskapp.i18n import N_, _
from deskapp.services import typed
from deskapp.services.interpreters import languages
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.bookings import ForRole, Kind, Mode, Route
from deskapp.services.interpreters.routes import usual_route
from deskapp.services.interpreters.validation import Request
from deskapp.services.interpreters.wall import ONE_DAY, Fold, Wall
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from deskapp.services.interpreters.drafts import BookingDraft

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
E = TypeVar("E", bound=StrEnum)


class Reader:
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
