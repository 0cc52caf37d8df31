"""Scripts of casework cases: steps taken one after the other, and what then holds.

A step is first tried as it would be on the machine where it is taken. One that is refused is left
out; what an offline machine accepted is folded in at the end with everything else.
Source: casework sheet, section 1.9.
"""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cache

from deskapp.i18n import _
from deskapp.services.casework import fold, loader, worklist
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Event, Kind, Person
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.state import Family
from deskapp.services.casework.values import day_of, read_instant, write
from deskapp.services.rules import cases
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError
from deskapp.services.rules.casework_anchors import england_and_wales

ROOT = ""
"""The name of the case that the script is about; children have names of their own."""

MOST_STEPS = 5_000

_NAMES = uuid.UUID("6a0f6f0e-5a52-4f0c-9d0a-0d8f4b0c7a11")
_WHAT = {
    "open": Kind.OPEN,
    "do": Kind.DO,
    "add": Kind.ADD,
    "close": Kind.CLOSE,
    "book": Kind.BOOK,
    "extend": Kind.EXTEND,
    "set": Kind.SET,
}
"""In this order: a step that does something may carry ``set`` beside it."""


def played(case: Fields, book: Rulebook | None = None) -> Json:
    """The state at ``at`` after every step that was not refused, and which steps were.

    ``book`` has the schemes; those that ship when left out.

    Raises:
        MalformedCaseError: If the script cannot be read.
    """
    steps = cases.required(case, "steps")
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise MalformedCaseError(
            _("{field} must be a list of at most {most}.").format(field="steps", most=MOST_STEPS)
        )
    script = _Script(case, book or shipped_book())
    for number, step in enumerate(steps, start=1):
        script.take(number, step)
    return script.shown(_moment(case, "at"))


@cache
def shipped_book() -> Rulebook:
    """The schemes that ship, with the calendar of England and Wales."""
    return Rulebook.of(loader.shipped(), england_and_wales())


class _Script:
    def __init__(self, case: Fields, book: Rulebook) -> None:
        self._book = book
        self._scheme = str(cases.required(case, "scheme"))
        self._people = _people(case.get("people", {}))
        self._cases = {ROOT: _id(ROOT)}
        self._events: list[Event] = []
        self._family = Family()
        self._refused: dict[str, str] = {}

    def take(self, number: int, step: Json) -> None:
        """Follow one step, or note why it is refused."""
        event = self._event(number, step)
        if step.get("offline"):
            self._events.append(event)
            return
        after = fold.step(self._book, self._family, event)
        if len(after.conflicts) > len(self._family.conflicts):
            self._refused[str(number)] = after.conflicts[-1].reasons[0].code
        else:
            self._family = after
            self._events.append(event)

    def _event(self, number: int, step: Json) -> Event:
        if not isinstance(step, dict):
            raise MalformedCaseError(_("{field} must be an object.").format(field="steps"))
        key = next((each for each in _WHAT if each in step), "")
        if not key:
            raise MalformedCaseError(
                _("Step {number} must have one of: {keys}.").format(
                    number=number, keys=", ".join(_WHAT)
                )
            )
        at, kind = _moment(step, "at"), _WHAT[key]
        name = str(step.get("case", ROOT))
        if name not in self._cases:
            raise MalformedCaseError(_("There is no case called {name}.").format(name=name))
        given = step.get("open", step.get("fields", step.get("set", {})))
        if not isinstance(given, dict):
            raise MalformedCaseError(_("Values must be an object."))
        is_open = kind is Kind.OPEN
        scheme = self._book.in_force(self._scheme, day_of(at)) if is_open else None
        return Event(
            id=_id(f"step {number}"),
            case=self._cases[name],
            kind=kind,
            at=at,
            by=self._person(step),
            hlc=round(at.timestamp() * 1000) << 16,
            desk=str(step.get("device", "")),
            seq=number,
            what=self._scheme if is_open else str(step[key]) if kind is not Kind.SET else "",
            version=scheme.version if scheme else 0,
            values=given,
            note=str(step.get("note", "")),
            name=str(step.get("as", f"step{number}")),
            outcome=str(step.get("outcome", "")),
            due=str(step.get("for") or step.get("to") or step.get("due") or ""),
            child=self._child(number, step) if kind is Kind.DO else "",
        )

    def _child(self, number: int, step: Fields) -> str:
        """The id of the case that the action may open, under the name the step gives it."""
        name = str(step.get("as", f"step{number}"))
        return self._cases.setdefault(name, _id(name))

    def _person(self, step: Fields) -> Person:
        name = str(cases.required(step, "by"))
        if name not in self._people:
            raise MalformedCaseError(_("There is nobody called {name}.").format(name=name))
        return self._people[name]

    def shown(self, now: dt.datetime) -> Json:
        """The state of the first case and its children at ``now``, and the steps refused."""
        family = fold.fold(self._book, self._events, now)
        state = self._shown(family, self._cases[ROOT], now)
        return {**state, "refused": self._refused}

    def _shown(self, family: Family, case_id: str, now: dt.datetime) -> dict[str, Json]:
        if case_id not in family.cases:
            raise MalformedCaseError(_("The script never opens its case."))
        case = family.cases[case_id]
        facts = CaseFacts(self._book, family, case, now)
        due = worklist.next_due(facts)
        names = {case_id: name for name, case_id in self._cases.items()}
        values = {name: facts.value(name) for name in facts.scheme.field_by_id}
        return {
            "stage": case.stage,
            "fields": {name: write(value) for name, value in values.items() if value is not None},
            "items": {
                line.item.name: {
                    "due": write(line.due.when) if line.due else None,
                    "status": line.item.status,
                    "overdue": line.overdue,
                    "outcome": line.item.outcome or None,
                    "fields": {name: write(value) for name, value in line.item.fields.items()},
                }
                for line in worklist.item_lines(facts)
            },
            "next_due": write(due.when) if due else None,
            "conflicts": len(family.conflicts_of(case_id)),
            "children": {
                names[child.id]: self._shown(family, child.id, now)
                for child in family.children(case_id)
            },
        }


def _people(given: Json) -> dict[str, Person]:
    if not isinstance(given, dict) or not all(isinstance(each, list) for each in given.values()):
        raise MalformedCaseError(_("People must be an object of lists of roles."))
    return {name: Person(name, frozenset(map(str, roles))) for name, roles in given.items()}


def _moment(given: Fields, key: str) -> dt.datetime:
    try:
        return read_instant(cases.required(given, key))
    except ValueError as error:
        raise MalformedCaseError(
            _("{field} must be a real date and time, such as 2026-03-27T11:30.").format(field=key)
        ) from error


def _id(name: str) -> str:
    """An id that is the same in every run."""
    return str(uuid.uuid5(_NAMES, name))
