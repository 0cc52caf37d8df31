"""Case files of the jury desk: expenses, bands, rates, the day at court, approval, deferral.

::

    [{"id": "J1", "inputs": {"kind": "day_expense", ...}, "expected": {...}}, ...]

What each kind carries: jury sheet, section 7. A refusal is an answer, ``error`` with its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from deskapp.i18n import _
from deskapp.services.jury.refusals import RefusedError
from deskapp.services.rules import cases, jury_claims, jury_days, jury_deferral, jury_money
from deskapp.services.rules.cases import CaseFileError, Fields, Json, Line, MalformedCaseError

KINDS: Mapping[str, Callable[[Fields], Json]] = {
    "day_expense": jury_money.day_expense,
    "day_type": jury_money.day_type,
    "service_bands": jury_money.service_bands,
    "smart_card_apportion": jury_claims.smart_card_apportion,
    "payment_split": jury_claims.payment_split,
    "estimate": jury_money.estimate,
    "rates_by_date": jury_money.rates_by_date,
    "due_vs_paid": jury_claims.due_vs_paid,
    "approval": jury_claims.approval,
    "attendance_step": jury_days.attendance_step,
    "confirm_day": jury_days.confirm_day,
    "deferral": jury_deferral.deferral,
}


def lines(content: Json) -> Iterable[Line]:
    """The lines of a case file, in its order.

    Raises:
        CaseFileError: If the file is no list of cases.
    """
    if isinstance(content, dict):
        content = content.get("cases")
    if not isinstance(content, list):
        raise CaseFileError(_("The case file must be a list of cases."))
    return cases.unique(_lines(content))


def _lines(block: list[Json]) -> Iterator[Line]:
    for position, case in enumerate(block, start=1):
        case_id = case.get("id") if isinstance(case, dict) else None
        if not isinstance(case_id, str) or not case_id:
            problem = _("The case must be an object with an id.")
            yield cases.malformed(f"[{position}]", problem)
        else:
            yield Line(case_id, partial(_output, case), _expected(case))


def _expected(case: Fields) -> Json:
    """What should come out; items that would be too low may stand in any order."""
    expected = case.get("expected", {})
    items = expected.get("items") if isinstance(expected, dict) else None
    return {**expected, "items": sorted(items, key=str)} if isinstance(items, list) else expected


def _output(case: Fields) -> Json:
    given = cases.required(case, "inputs")
    if not isinstance(given, dict):
        raise MalformedCaseError(_("{field} must be an object.").format(field="inputs"))
    kind = cases.required(given, "kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="kind", choices=", ".join(KINDS))
        )
    try:
        return KINDS[kind](given)
    except RefusedError as refused:
        return {"error": str(refused.code)}
