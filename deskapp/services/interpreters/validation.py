"""What stops a booking from being sent, and what is only shown.

Source: interpreter sheet, sections 5 and 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.services.dates import Calendar
from deskapp.services.interpreters.bookings import ForRole, Kind, Mode, Route
from deskapp.services.interpreters.codes import Code, ordered
from deskapp.services.interpreters.languages import WELSH, kinds
from deskapp.services.interpreters.notice import working_days_ahead
from deskapp.services.interpreters.settings import Settings
from deskapp.services.interpreters.wall import Span, Wall, span, stays_on_one_day

MOST_LANGUAGE = 80
"""Characters of a language that the list does not have."""
CRIMINAL = frozenset({"criminal", "criminal_magistrates", "criminal_crown"})


@dataclass(frozen=True)
class Request:
    """A booking as it is typed."""

    kind: Kind
    start: Wall
    end: Wall
    route: Route = Route.CONTRACT
    mode: Mode = Mode.F2F
    language_code: str = ""
    other_language: str = ""
    for_role: ForRole | None = None
    jurisdiction: str = ""
    assessment_done: bool = False
    off_contract_reason: str = ""
    interpreters: int = 1
    overnight: bool = False

    @property
    def criminal_witness(self) -> bool:
        """Whether it is for a witness in a criminal case, whom the court books nobody for."""
        return self.for_role is ForRole.WITNESS and self.jurisdiction in CRIMINAL


class Validation(NamedTuple):
    """What was found, each list in the order of the alphabet."""

    errors: list[Code]
    """The request cannot be sent."""
    warnings: list[Code]


def validate(
    request: Request, now: dt.datetime, settings: Settings, calendar: Calendar
) -> Validation:
    """Everything wrong with a request at a moment.

    Language and times are checked apart; without two real times in order nothing else is said of
    them.

    Args:
        request: What was typed.
        now: The instant.
        settings: Minimums and lead times.
        calendar: Working days of the nation of the site.
    """
    found, time_errors = span(request.start, request.end)
    errors = [*_language(request), *_route(request), *time_errors]
    warnings: list[Code] = []
    if found:
        if not request.overnight and not stays_on_one_day(request.start, request.end):
            errors.append(Code.SPANS_DAYS)
        if found.start < now:
            errors.append(Code.IN_PAST)
        elif (
            working_days_ahead(found.start, now, calendar)
            < settings.lead_working_days[request.kind]
        ):
            warnings.append(Code.SHORT_NOTICE)
        warnings += _length(request, found, settings)
    return Validation(ordered(errors), ordered(warnings))


def _language(request: Request) -> Iterator[Code]:
    code, other = request.language_code, request.other_language.strip()
    kind = kinds().get(code)
    if request.kind is Kind.INTERMEDIARY:
        if code or other:
            yield Code.LANGUAGE_KIND
    elif not code and not other:
        yield Code.LANGUAGE_REQUIRED
    elif code and other:
        yield Code.LANGUAGE_BOTH
    if code and kind is None:
        yield Code.LANGUAGE_UNKNOWN
    elif kind and kind is not request.kind:
        yield Code.LANGUAGE_KIND
    if len(other) > MOST_LANGUAGE:
        yield Code.OTHER_LANGUAGE_TOO_LONG
    if code == WELSH and request.route is not Route.WELSH_UNIT:
        yield Code.WELSH_ROUTE


def _route(request: Request) -> Iterator[Code]:
    if request.kind is Kind.INTERMEDIARY:
        if request.criminal_witness and request.route is not Route.WITNESS_SCHEME:
            yield Code.WITNESS_INTERMEDIARY
        if not request.criminal_witness and not request.assessment_done:
            yield Code.ASSESSMENT_REQUIRED
    if request.route is Route.OFF_CONTRACT and not request.off_contract_reason.strip():
        yield Code.OFF_CONTRACT_REASON


def _length(request: Request, found: Span, settings: Settings) -> Iterator[Code]:
    if found.minutes < settings.minimum_minutes[request.mode]:
        yield Code.BELOW_MINIMUM
    alone = request.kind is Kind.SIGN and request.interpreters < 2
    if alone and found.minutes > settings.second_interpreter_after:
        yield Code.SECOND_INTERPRETER
