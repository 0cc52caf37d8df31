"""Case files of the interpreter desk: times, conflicts, validation, timesheets, figures, sync.

::

    {"cases": [{"id": "P1", "op": "interval", "input": {...}, "expected": {...}}, ...]}

What each operation takes and gives: interpreter sheet, section 9. The output must equal what is
expected exactly, key by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from deskapp.i18n import _
from deskapp.services.interpreters.wall import WallTimeError
from deskapp.services.rules import (
    cases,
    interpreters_bookings,
    interpreters_day,
    interpreters_times,
)
from deskapp.services.rules.cases import CaseFileError, Fields, Json, Line, MalformedCaseError

OPERATIONS: Mapping[str, Callable[[Fields], Json]] = {
    "interval": interpreters_times.interval,
    "overlap": interpreters_times.overlap,
    "conflicts": interpreters_bookings.conflicts,
    "validate": interpreters_bookings.validate,
    "cancel_class": interpreters_times.cancel_class,
    "timesheet": interpreters_day.timesheet,
    "stats": interpreters_day.stats,
    "sync": interpreters_bookings.sync,
    "expand": interpreters_times.expand,
    "transition": interpreters_day.transition,
}


def lines(content: Json) -> Iterable[Line]:
    """The lines of a case file, in its order.

    Raises:
        CaseFileError: If the file has no list of cases.
    """
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        raise CaseFileError(
            _("The case file must have at least one of: {blocks}.").format(blocks="cases")
        )
    return cases.unique(_lines(content["cases"]))


def _lines(block: list[Json]) -> Iterator[Line]:
    for position, case in enumerate(block, start=1):
        case_id = case.get("id") if isinstance(case, dict) else None
        if not isinstance(case_id, str) or not case_id:
            problem = _("The case must be an object with an id.")
            yield cases.malformed(f"cases[{position}]", problem)
        elif "expected" in case:
            yield Line(case_id, partial(_output, case), case["expected"], exact=True)
        else:
            yield Line(case_id, partial(_output, case))


def _output(case: Fields) -> Json:
    operation = cases.required(case, "op")
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(
                field="op", choices=", ".join(OPERATIONS)
            )
        )
    given = cases.required(case, "input")
    if not isinstance(given, dict):
        raise MalformedCaseError(_("{field} must be an object.").format(field="input"))
    try:
        return OPERATIONS[operation](given)
    except WallTimeError as error:
        raise MalformedCaseError(
            _("A time of this case cannot be used: {code}.").format(code=error.code)
        ) from error
