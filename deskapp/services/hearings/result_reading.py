"""A result as it is typed, and everything that is wrong with it.

Source: hearings sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.hearings import codes
from deskapp.services.hearings.codes import Code
from deskapp.services.hearings.results import (
    FAILURES,
    MOST_TEXT,
    NO_INTERPRETER,
    NONE_BOOKED,
    REASONS,
    SAY_WHICH,
    Next,
    Outcome,
    Pause,
    Result,
    wrong,
)
from deskapp.services.hearings.settings import Settings
from deskapp.text import clean, one_line

_RANGE = re.compile(r"\s*(?:-|–|to|i)\s*", re.IGNORECASE)


def read(
    values: Mapping[str, str], *, planned_minutes: int | None, settings: Settings, today: dt.date
) -> Result:
    """The result that was typed.

    Args:
        values: ``result``, ``reason``, ``reason_text``, ``start``, ``end``, ``pauses`` such as
            ``11:00-11:15, 12:00-12:10``, ``next_on``, ``next_at``, ``next_room``,
            ``next_minutes``, ``carry`` (``no`` for not), ``booking``, ``booking_outcome``.
        planned_minutes: Planned length of this hearing, for the next one.
        settings: Lengths that fit.
        today: The local day.

    Raises:
        FormProblemsError: With everything to put right.
    """
    reading = _Reading(values, settings, today)
    found = reading.result(planned_minutes)
    if reading.problems:
        raise FormProblemsError(reading.problems)
    return found


class _Reading:
    """Reads the fields one after the other and keeps what is wrong."""

    def __init__(self, values: Mapping[str, str], settings: Settings, today: dt.date) -> None:
        self._values = {name: clean(value).strip() for name, value in values.items()}
        self._settings = settings
        self._today = today
        self.problems: list[Problem] = []

    def _text(self, name: str) -> str:
        return self._values.get(name, "")

    def result(self, planned_minutes: int | None) -> Result:
        if self._text("result") not in list(Outcome):
            self.problems.append(Problem("result", _("Select how it ended.")))
            return Result(Outcome.COMPLETED)
        outcome = Outcome(self._text("result"))
        reason = self._reason(outcome)
        start, end = self._time("start"), self._time("end")
        pauses = tuple(self._pauses())
        self._times(outcome, start, end, pauses)
        failed = outcome is Outcome.ADJOURNED and reason == NO_INTERPRETER
        return Result(
            outcome,
            reason,
            self._words(),
            start,
            end,
            pauses,
            self._next(planned_minutes) if outcome is Outcome.ADJOURNED else None,
            self._booking() if failed else "",
            self._text("booking_outcome") if failed else "",
        )

    def _reason(self, outcome: Outcome) -> str:
        reason = self._text("reason")
        if outcome is Outcome.COMPLETED:
            if reason or self._text("reason_text"):
                self.problems.append(codes.problem("reason", Code.REASON_NOT_ALLOWED))
        elif not reason or reason not in REASONS[outcome]:
            self.problems.append(codes.problem("reason", Code.REASON_REQUIRED))
        elif reason in SAY_WHICH and not self._text("reason_text"):
            self.problems.append(Problem("reason_text", _("Say which.")))
        return reason

    def _words(self) -> str:
        words = one_line(self._text("reason_text"))
        if len(words) > MOST_TEXT:
            self.problems.append(Problem("reason_text", codes.told(Code.COMMENT_TOO_LONG)))
        return words

    def _time(self, name: str) -> dt.time | None:
        if not self._text(name):
            return None
        try:
            return typed.clock_time(self._text(name))
        except typed.NotUnderstoodError as error:
            self.problems.append(Problem(name, str(error)))
            return None

    def _pauses(self) -> Iterator[Pause]:
        for part in filter(None, map(str.strip, self._text("pauses").split(","))):
            ends = _RANGE.split(part)
            try:
                begin, end = (typed.clock_time(each) for each in ends)
            except (typed.NotUnderstoodError, ValueError):
                message = _("Enter pauses like 11:00-11:15, 13:00-14:05")
                self.problems.append(Problem("pauses", message))
                return
            yield Pause(begin, end)

    def _times(
        self,
        outcome: Outcome,
        start: dt.time | None,
        end: dt.time | None,
        pauses: tuple[Pause, ...],
    ) -> None:
        told = {problem.field for problem in self.problems}
        if told & {"start", "end", "pauses"}:
            return
        if start is None or end is None:
            self._halves(outcome, start, end, pauses)
        elif end <= start:
            self.problems.append(codes.problem("end", Code.END_BEFORE_START))
        else:
            self.problems += [codes.problem("pauses", code) for code in wrong(start, end, pauses)]

    def _halves(
        self,
        outcome: Outcome,
        start: dt.time | None,
        end: dt.time | None,
        pauses: tuple[Pause, ...],
    ) -> None:
        """What is wrong where a time is missing: a completed hearing has both, others may not."""
        if start is None and (end is not None or pauses or outcome is Outcome.COMPLETED):
            self.problems.append(Problem("start", _("Enter when it started.")))
        if end is None and (start is not None or pauses or outcome is Outcome.COMPLETED):
            self.problems.append(Problem("end", _("Enter when it ended.")))

    def _next(self, planned_minutes: int | None) -> Next | None:
        if not self._text("next_on"):
            return None
        try:
            day = typed.day(self._text("next_on"), today=self._today)
        except typed.NotUnderstoodError as error:
            self.problems.append(Problem("next_on", str(error)))
            return None
        if day < self._today:
            message = _("The next hearing is today or later. Correct the day.")
            self.problems.append(Problem("next_on", message))
        start = self._time("next_at")
        if start is None:
            if not self._text("next_at"):
                self.problems.append(Problem("next_at", _("Enter when the next hearing starts.")))
            start = dt.time(10)
        minutes = self._minutes(planned_minutes)
        return Next(day, start, one_line(self._text("next_room")), minutes, self._carries())

    def _minutes(self, planned: int | None) -> int:
        text = self._text("next_minutes")
        usual = planned if planned and self._settings.length_fits(planned) else None
        minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
        if not text and usual:
            return usual
        if not self._settings.length_fits(minutes):
            self.problems.append(codes.problem("next_minutes", Code.LENGTH))
        return minutes

    def _carries(self) -> bool:
        try:
            return typed.yes_no(self._text("carry") or "yes")
        except typed.NotUnderstoodError as error:
            self.problems.append(Problem("carry", str(error)))
            return True

    def _booking(self) -> str:
        booking = self._text("booking")
        if not booking:
            self.problems.append(Problem("booking", _("Select the booking that failed.")))
        elif booking != NONE_BOOKED and self._text("booking_outcome") not in FAILURES:
            message = _("Say whether nobody was found or nobody came.")
            self.problems.append(Problem("booking_outcome", message))
        return booking
