"""Case files of the complaints desk: due dates, timeliness, and the end of the known calendar.

::

    {"known_to": "2028-12-31",
     "cases":      [{"id": "P1", "received_at": ..., "nation": ..., "target_working_days": 10}],
     "timeliness": [{"case": "P1", "responded_at": ...}],
     "horizon":    {"known_to": "2026-12-31", "cases": [...]}}

Every block may be left out. ``known_to`` says until when the bank holidays count as known: any
case may carry it; a case of ``horizon`` takes it from its block, or else from the file. It can only
shorten what the shipped list knows. Other keys, such as ``stage`` and ``why``, are notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from deskapp.i18n import _
from deskapp.services import bank_holidays, dates
from deskapp.services.dates import Calendar, Due, Nation
from deskapp.services.rules import cases
from deskapp.services.rules.cases import CaseFileError, Fields, Json, Line, MalformedCaseError

BLOCKS = ("cases", "timeliness", "horizon")

MOST_WORKING_DAYS = 5_000
"""A longer target, of about twenty years, is taken for a slip."""


def lines(content: Json) -> Iterable[Line]:
    """The lines of a case file, in the order of its blocks.

    Raises:
        CaseFileError: If the file has none of the blocks, or one of another kind.
    """
    if not isinstance(content, dict) or not any(block in content for block in BLOCKS):
        raise CaseFileError(
            _("The case file must have at least one of: {blocks}.").format(blocks=", ".join(BLOCKS))
        )
    horizon = content.get("horizon", {})
    if not isinstance(horizon, dict):
        raise CaseFileError(_("{block} must be an object.").format(block="horizon"))
    known_to = {"known_to": horizon.get("known_to", content.get("known_to"))}
    plain = _block(content, "cases")
    late = [
        known_to | case if isinstance(case, dict) else case for case in _block(horizon, "cases")
    ]
    by_id = {_id(case): case for case in reversed([*plain, *late]) if _id(case)}
    return cases.unique(
        [
            *_case_lines(plain, "cases"),
            *_timeliness_lines(_block(content, "timeliness"), by_id),
            *_case_lines(late, "horizon.cases"),
        ]
    )


def _block(content: Fields, name: str) -> list[Json]:
    block = content.get(name, [])
    if not isinstance(block, list):
        raise CaseFileError(_("{block} must be a list.").format(block=name))
    return block


def _id(case: Json, name: str = "id") -> str:
    """The text of ``name``; empty if there is none."""
    value = case.get(name) if isinstance(case, dict) else None
    return value if isinstance(value, str) else ""


def _case_lines(block: list[Json], name: str) -> Iterator[Line]:
    for position, case in enumerate(block, start=1):
        if case_id := _id(case):
            yield Line(case_id, partial(_case_output, case), cases.expectations(case))
        else:
            yield cases.malformed(
                f"{name}[{position}]", _("The case must be an object with an id.")
            )


def _timeliness_lines(block: list[Json], by_id: Mapping[str, Fields]) -> Iterator[Line]:
    rows: Counter[str] = Counter()
    for position, row in enumerate(block, start=1):
        case_id = _id(row, "case")
        rows[case_id] += 1
        line_id = f"{case_id}/{rows[case_id]}"
        if not case_id:
            yield cases.malformed(
                f"timeliness[{position}]", _("The row must be an object that names its case.")
            )
        elif case_id not in by_id:
            yield cases.malformed(line_id, _("The file has no case {case}.").format(case=case_id))
        else:
            work = partial(_timeliness_output, by_id[case_id], row)
            yield Line(line_id, work, cases.expectations(row))


def _case_output(case: Fields) -> Json:
    due = _due(case)
    return {
        "received_date": due.received_date.isoformat(),
        "day_1": due.day_1.isoformat(),
        "due_date": due.due_date.isoformat(),
        "provisional": due.provisional,
    }


def _timeliness_output(case: Fields, row: Fields) -> Json:
    due = _due(case)
    received_at = cases.instant(case, "received_at")
    responded_at = cases.instant(row, "responded_at")
    if responded_at < received_at:
        raise MalformedCaseError(_("responded_at is earlier than received_at of the case."))
    return {
        "on_time": dates.on_time(due.due_date, responded_at),
        "working_days_taken": _calendar(case).working_days_taken(received_at, responded_at),
    }


def _due(case: Fields) -> Due:
    received_at = cases.instant(case, "received_at")
    target = cases.whole_number(case, "target_working_days", least=1, most=MOST_WORKING_DAYS)
    return _calendar(case).due(received_at, target)


def _calendar(case: Fields) -> Calendar:
    nation = cases.required(case, "nation")
    if not isinstance(nation, str) or nation not in list(Nation):
        raise MalformedCaseError(
            _("nation must be one of: {nations}.").format(nations=", ".join(Nation))
        )
    calendar = bank_holidays.shipped()[Nation(nation)]
    if "known_to" not in case:
        return calendar
    return calendar._replace(known_to=min(calendar.known_to, cases.date(case, "known_to")))
