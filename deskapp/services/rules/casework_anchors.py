"""The anchors of a case of kind ``rule`` or ``series``, as rules and predicates ask them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Self

from deskapp.i18n import _
from deskapp.services import bank_holidays
from deskapp.services.casework import due, holding
from deskapp.services.casework.holding import Counted
from deskapp.services.casework.parts import Findings, Part
from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.read_rules import due_rule
from deskapp.services.casework.toml_lines import Places
from deskapp.services.casework.values import Value, When, read_instant, read_when
from deskapp.services.dates import Calendar, Nation
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError


class GivenAnchors:
    """Values by name; one that is a rule is worked out from the others."""

    def __init__(self, given: Fields, calendar: Calendar, at: Json) -> None:
        self.calendar = calendar
        self._given = given
        self._at = at
        self._in_work: set[str] = set()

    @classmethod
    def of(cls, case: Fields) -> Self:
        """The anchors of a case; its bank holidays are those of England and Wales.

        Raises:
            MalformedCaseError: If they are no object.
        """
        anchors = case.get("anchors", {})
        if not isinstance(anchors, dict):
            raise MalformedCaseError(_("{field} must be an object.").format(field="anchors"))
        return cls(anchors, england_and_wales(), case.get("at"))

    def has_come(self, moment: dt.datetime) -> bool:
        """Whether a moment has come at the moment of looking, which only some predicates need."""
        try:
            return read_instant(self._at) >= moment
        except ValueError as error:
            raise MalformedCaseError(_("{field} is missing.").format(field="at")) from error

    def value(self, name: str) -> Value:
        """The value of a name; ``None`` when the case does not give it."""
        raw = self._given.get(name)
        if isinstance(raw, Mapping):
            return self._worked_out(name, raw)
        if isinstance(raw, str):
            try:
                return read_when(raw)
            except ValueError:
                return raw
        if isinstance(raw, bool):
            return "yes" if raw else "no"
        if isinstance(raw, float):
            return Decimal(str(raw))
        return tuple(raw) if isinstance(raw, list) else raw

    def _worked_out(self, name: str, table: Mapping[str, object]) -> When | None:
        if name in self._in_work:
            raise MalformedCaseError(_("{field} depends on itself.").format(field=name))
        findings = Findings(Places(""))
        rule = due_rule(Part(table, (), name, findings))
        for finding in findings.all():
            raise MalformedCaseError(f"{finding.place}: {finding.message}")
        self._in_work.add(name)
        found = due.reckon(rule, self)
        self._in_work.discard(name)
        return found.when if found else None

    def anchor(self, name: str) -> When | None:
        """The date or instant of a name."""
        value = self.value(name)
        return value if isinstance(value, dt.date) else None

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate is true of what is given."""
        return holding.holds(predicate, self)

    def items(self, template: str) -> Iterable[Counted]:
        """There are no items."""
        return ()

    def due_of(self, item: Counted) -> When | None:
        """There are no items."""
        return None

    def open_children(self, scheme: str) -> int:
        """There are no children."""
        return 0


def england_and_wales() -> Calendar:
    """The working days that cases are counted with."""
    return bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
