"""Case files of casework: due rules, series, whole scripts, calculators and picks.

::

    {"cases": [{"id": "W1", "kind": "rule", "rule": ..., "anchors": ..., "expect": ...}, ...]}

What each kind carries: casework sheet, section 1.9. Scripts use the schemes that ship. A step that
is refused changes nothing and is reported; the run goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import TypeVar

from deskapp.i18n import _
from deskapp.services.casework import calculators, due, sampling, series
from deskapp.services.casework.parts import Findings, Part
from deskapp.services.casework.read_items import series as read_series
from deskapp.services.casework.read_rules import due_rule
from deskapp.services.casework.sampling import Load
from deskapp.services.casework.scheme import Series
from deskapp.services.casework.state import item_id
from deskapp.services.casework.toml_lines import Places
from deskapp.services.casework.values import read_when, start_of, write
from deskapp.services.rules import cases
from deskapp.services.rules.cases import CaseFileError, Fields, Json, Line, MalformedCaseError
from deskapp.services.rules.casework_anchors import GivenAnchors
from deskapp.services.rules.casework_script import played

T = TypeVar("T")

MOST_DATES = 1_000


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
        else:
            yield Line(case_id, partial(_output, case), _expected(case))


def _expected(case: Fields) -> Json:
    """What should come out; a script's steps say themselves which of them are refused."""
    expected = case.get("expect", {})
    steps = case.get("steps")
    if not isinstance(expected, dict) or not isinstance(steps, list):
        return expected
    refused = {
        str(number): step.get("refused")
        for number, step in enumerate(steps, start=1)
        if isinstance(step, dict)
    }
    return {"refused": refused, **expected}


def _output(case: Fields) -> Json:
    kind = cases.required(case, "kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="kind", choices=", ".join(KINDS))
        )
    return KINDS[kind](case)


def _rule(case: Fields) -> Json:
    rule = _readable(cases.required(case, "rule"), due_rule)
    found = due.reckon(rule, GivenAnchors.of(case))
    return write(found.when) if found else None


def _series(case: Fields) -> Json:
    def read(part: Part) -> Series:
        every = part.part("every")
        found = read_series(part, every or part.of({}))
        part.rest()
        return found

    item = _readable(cases.required(case, "item"), read)
    number = cases.whole_number(case, "n", least=1, most=MOST_DATES)
    return [write(when) for when in series.dates(item, number, GivenAnchors.of(case))]


def _readable(table: Json, read: Callable[[Part], T]) -> T:
    """What ``read`` makes of a table, if nothing is wrong with it."""
    findings = Findings(Places(""))
    result = read(Part(_table(table), (), "", findings))
    for finding in findings.all():
        raise MalformedCaseError(f"{finding.place}: {finding.message}")
    return result


def _table(value: Json) -> Fields:
    if not isinstance(value, dict):
        raise MalformedCaseError(_("{field} must be an object.").format(field=repr(value)))
    return value


def _calc(case: Fields) -> Json:
    name = cases.required(case, "calculator")
    if not isinstance(name, str) or name not in calculators.CALCULATORS:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(
                field="calculator", choices=", ".join(calculators.CALCULATORS)
            )
        )
    try:
        return calculators.CALCULATORS[name](_table(cases.required(case, "input")))
    except ValueError as error:
        raise MalformedCaseError(
            _("The input cannot be worked out: {reason}.").format(reason=error)
        ) from error


def _pick(case: Fields) -> Json:
    given = _table(cases.required(case, "input"))
    picks: Mapping[str, Callable[[Fields], Json]] = {
        "sample": _sample,
        "allocate": _allocate,
        "item_id": _item_id,
    }
    what = cases.required(given, "what")
    if not isinstance(what, str) or what not in picks:
        raise MalformedCaseError(
            _("{field} must be one of: {choices}.").format(field="what", choices=", ".join(picks))
        )
    try:
        return picks[what](given)
    except (ValueError, TypeError, AttributeError) as error:
        raise MalformedCaseError(
            _("The input cannot be worked out: {reason}.").format(reason=error)
        ) from error


def _sample(given: Fields) -> Json:
    """A list of ids in hash order; of groups (an object of lists), one list for each."""
    scheme, period = (str(cases.required(given, name)) for name in ("scheme", "period"))
    percent = cases.whole_number(given, "percent", least=1, most=100)
    items = cases.required(given, "items")
    if isinstance(items, dict):
        return {
            group: sampling.sample(scheme, period, percent, ids) for group, ids in items.items()
        }
    return sampling.sample(scheme, period, percent, items)


def _allocate(given: Fields) -> Json:
    """The name of one of ``people``, each with ``name``, ``weights`` and ``last``."""
    return sampling.suggested(
        Load(
            cases.required(person, "name"),
            sum((Decimal(str(weight)) for weight in person.get("weights", [])), Decimal()),
            _moment(person.get("last")),
        )
        for person in cases.required(given, "people")
    )


def _moment(raw: Json) -> dt.datetime | None:
    if raw is None:
        return None
    when = read_when(raw)
    return when if isinstance(when, dt.datetime) else start_of(when)


def _item_id(given: Fields) -> Json:
    occurrence = given.get("occurrence", 1)
    return item_id(cases.required(given, "case"), f"{cases.required(given, 'item')}#{occurrence}")


KINDS: Mapping[str, Callable[[Fields], Json]] = {
    "rule": _rule,
    "series": _series,
    "script": played,
    "calc": _calc,
    "pick": _pick,
}
