"""What rules and predicates learn about one case at one moment.

Every derived value is worked out here, from the case and the time alone, and at most once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from deskapp.services.casework import calculators, due, holding, series
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.due import Due
from deskapp.services.casework.holding import Counted
from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.rules import Chosen, DueRule, Plain, Step
from deskapp.services.casework.scheme import Calculation, Field, Scheme, Template
from deskapp.services.casework.state import Case, Family, Item
from deskapp.services.casework.values import END_OF_TIME, Lines, Value, When
from deskapp.services.casework.vocabulary import VARIANT_FIELD
from deskapp.services.dates import Calendar


class CaseFacts:
    """The facts of a case; a predicate or rule sees nothing else."""

    def __init__(self, book: Rulebook, family: Family, case: Case, now: dt.datetime) -> None:
        self.book = book
        self.family = family
        self.case = case
        self.now = now
        self.scheme: Scheme = book.scheme(case.scheme, case.version)
        self.turns_at = END_OF_TIME
        """The first moment asked about that had not come: until then every answer stays."""
        self._derived: dict[str, Value] = {}
        self._dues: dict[str, Due | None] = {}

    @property
    def calendar(self) -> Calendar:
        """The working days that count."""
        return self.book.calendar

    def has_come(self, moment: dt.datetime) -> bool:
        """Whether a moment has come; every question about the time is asked here."""
        if self.now >= moment:
            return True
        self.turns_at = min(self.turns_at, moment)
        return False

    def value(self, name: str) -> Value:
        """The value of a field, typed or derived; ``None`` when it is empty."""
        field = self.scheme.field_by_id.get(name)
        if field is None or field.derive is None:
            return self.case.fields.get(name)
        if name not in self._derived:
            # While it is being worked out it counts as empty, so that no ring can loop.
            self._derived[name] = None
            self._derived[name] = self._derive(field)
        return self._derived[name]

    def anchor(self, name: str) -> When | None:
        """The date or instant of an anchor of the case."""
        kind, colon, of = name.partition(":")
        if colon:
            return self._event_anchor(kind, of)
        if name == "opened_at":
            return self.case.opened_at
        if name == "closed_at":
            return self.case.closed_at
        if name == "entered_at":
            return self.case.visit.entered_at
        value = self.value(name)
        return value if isinstance(value, dt.date) else None

    def _event_anchor(self, kind: str, of: str) -> When | None:
        if kind == "stage":
            visit = self.case.entries.get(of)
            return visit.entered_at if visit else None
        if kind == "action":
            taken = self.case.taken.get(of)
            return taken.at if taken else None
        names = self.case.by_template.get(of)
        found = self.due(self.case.items[names[-1]]) if names else None
        return found.when if found else None

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate is true of the case now."""
        return holding.holds(predicate, self)

    def items(self, template: str) -> Iterable[Item]:
        """The items of one template, or all of them."""
        return self.case.of_template(template) if template else self.case.items.values()

    def open_children(self, scheme: str) -> int:
        """How many child cases of that scheme are not ended."""
        children = self.family.children(self.case.id)
        return sum(child.scheme == scheme and child.closed_at is None for child in children)

    def due(self, item: Item) -> Due | None:
        """When an item is due: as it ended, as it is listed, as set by hand, or by its rule."""
        if item.kept_due or not item.is_open:
            return item.kept_due
        by_hand = item.listed_for or item.set_due
        if by_hand:
            return Due(by_hand)
        if item.name not in self._dues:
            self._dues[item.name] = None
            self._dues[item.name] = self._ruled_due(item)
        return self._dues[item.name]

    def due_of(self, item: Counted) -> When | None:
        """When an item is due, as a predicate about it asks."""
        found = self.due(self.case.items[item.name])
        return found.when if found else None

    def rotation(self, item: Item) -> str:
        """Which of the list of a rotating series an occurrence is about; empty when of none."""
        template = self.scheme.template_by_id.get(item.template)
        found = template.series if template else None
        return series.rotation(found, item.number, self) if found else ""

    def latest(self, item: Item) -> Due | None:
        """The last day to which an item may be put off by hand, if its scheme says one."""
        template = self.scheme.template_by_id.get(item.template)
        return self._reckon(template.latest, item) if template and template.latest else None

    def variant_due(self, template: Template) -> DueRule | None:
        """The due rule of an item in the variant of the case."""
        variant = self.scheme.variant(self.case.fields.get(VARIANT_FIELD))
        return variant.due.get(template.id, template.due) if variant else template.due

    def _ruled_due(self, item: Item) -> Due | None:
        template = self.scheme.template_by_id.get(item.template)
        if template is None:
            return None
        if template.series:
            return self.occurrence(template, item.number)
        rule = self.variant_due(template)
        return self._reckon(rule, item) if rule else None

    def occurrence(self, template: Template, number: int) -> Due | None:
        """When the occurrence of that number of a series falls; ``None`` when it has none."""
        if template.series is None:
            return None
        held = list(self.case.of_template(template.id))
        before = held[number - 2].closed_at if 1 < number < len(held) + 2 else None
        # The stage that began the series stays what it is counted from, wherever the case goes.
        facts = ItemFacts(held[0], self) if held else self
        try:
            return series.occurrence(template.series, number, before, facts)
        except OverflowError:
            return None

    def _reckon(self, rule: DueRule, item: Item | None = None) -> Due | None:
        try:
            return due.reckon(rule, ItemFacts(item, self) if item else self)
        except OverflowError:
            return None

    def _derive(self, field: Field) -> Value:
        derive = field.derive
        if isinstance(derive, Calculation):
            given = {name: self._given(value) for name, value in derive.input.items()}
            return calculators.result(derive.calculator, given, derive.output, field.type)
        if isinstance(derive, Chosen):
            line = due.first_hit(derive, self)
            if isinstance(line, Plain):
                return line.value
            if line is None or isinstance(line, Step):
                return None
            derive = line
        found = self._reckon(derive) if derive else None
        return found.when if found else None

    def _given(self, value: object) -> object:
        if isinstance(value, str) and value.startswith("$"):
            found = self.value(value[1:])
            return list(found.rows) if isinstance(found, Lines) else found
        if isinstance(value, Mapping):
            return {name: self._given(each) for name, each in value.items()}
        return [self._given(each) for each in value] if isinstance(value, list) else value


class ItemFacts:
    """The facts of a case as the rule of one of its items sees them."""

    def __init__(self, item: Item, case: CaseFacts) -> None:
        self._item = item
        self._case = case
        self.calendar = case.calendar

    def anchor(self, name: str) -> When | None:
        """An anchor of the case; stage entry and led occurrence are those of the item."""
        if name == "entered_at":
            return self._item.entered_at
        led = self._case.case.items.get(self._item.lead_of)
        if led and name == f"item:{led.template}":
            found = self._case.due(led)
            return found.when if found else None
        return self._case.anchor(name)

    def value(self, name: str) -> Value:
        """The value of a field of the case."""
        return self._case.value(name)

    def holds(self, predicate: Predicate) -> bool:
        """Whether a predicate is true of the case now."""
        return self._case.holds(predicate)
