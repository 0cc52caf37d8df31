"""What a scheme may say: stages, fields, actions, items, letters, reports and samples.

One TOML file is one ``Scheme``; ``loader`` reads and checks it, and nothing here is ever changed
after that. Due rules and predicates have modules of their own: ``rules`` and ``predicates``.

Source: casework sheet, section 1.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from deskapp.services.casework.papers import Letter, Report, Sample
from deskapp.services.casework.predicates import Predicate
from deskapp.services.casework.rules import Chosen, DueRule, Step, Touches
from deskapp.services.casework.values import FieldType, Value
from deskapp.services.casework.vocabulary import (
    Cadence,
    ItemKind,
    Label,
    NoteNeed,
    Status,
    Subject,
    Visibility,
    Worklist,
)


@dataclass(frozen=True)
class Stage:
    """Where a case can stand. Several terminal stages are normal: the stage is the outcome."""

    id: str
    label: Label
    initial: bool
    terminal: bool
    worklist: Worklist
    hold: bool
    """The case is to come back from here, usually by ``@previous``."""


class Option(NamedTuple):
    """One answer of a choice."""

    id: str
    label: Label
    suggests: str = ""
    """An action that the screen then offers, as an outcome of an item does."""


@dataclass(frozen=True)
class Calculation:
    """A field that a named calculator works out."""

    calculator: str
    input: Mapping[str, object]
    """What it is given; ``"$name"`` stands for the value of a field."""
    output: str
    """Which of its results the field shows."""


@dataclass(frozen=True)
class Field:
    """One thing that is written down about a case, or about an item."""

    id: str
    label: Label
    type: FieldType
    options: tuple[Option, ...]
    min: Value
    max: Value
    required: bool
    show_if: Predicate | None
    sensitive: bool
    derive: DueRule | Chosen | Calculation | None
    """Worked out, never typed."""
    columns: tuple[Field, ...] = ()
    """What each line of a field of lines holds; ``fields`` in the file."""
    check: str = ""
    """What is typed must pass it: a name of ``entry_checks``."""


@dataclass(frozen=True)
class Guard:
    """What must hold before an action."""

    holds: Predicate
    limit: bool
    """It is refused as a limit, not as a condition."""


class Record(NamedTuple):
    """An item that an action adds as already done."""

    item: str
    outcome: str


@dataclass(frozen=True)
class Action:
    """What can be done with a case."""

    id: str
    label: Label
    key: str
    from_stages: frozenset[str]
    to: str
    """A stage, ``=`` or ``@previous``."""
    roles: frozenset[str]
    """Any of them will do; nobody is kept out when it is empty."""
    asks: tuple[str, ...]
    needs_fields: tuple[str, ...]
    needs_items: tuple[str, ...]
    """Items, or names of lists of items."""
    guards: tuple[Guard, ...]
    different_person: str
    note: NoteNeed
    opens: tuple[str, ...]
    records: tuple[Record, ...]
    closes: tuple[str, ...]
    child: str
    letters: tuple[str, ...]


class Outcome(NamedTuple):
    """One way in which an item can end."""

    id: str
    label: Label
    status: Status
    suggests: str
    """An action that the screen then offers; nothing fires by itself."""
    note: NoteNeed = NoteNeed.OPTIONAL


@dataclass(frozen=True)
class Opens:
    """What opens an item; with a stage or an action, ``when`` must hold as well."""

    stages: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    when: Predicate | None = None


@dataclass(frozen=True)
class Series:
    """An item that comes again and again."""

    every: Step | Chosen
    start: str
    """The anchor, ``from`` in the file."""
    first: int
    times: int | str | None
    until: str
    cadence: Cadence
    rotate: str | tuple[str, ...]
    """A field with a list, or the list itself."""
    touches: Touches


@dataclass(frozen=True)
class Template:
    """What the items of one kind of a scheme have in common, ``[[item]]`` in the file."""

    id: str
    label: Label
    kind: ItemKind
    list: str
    required: bool
    many: bool
    """Added by hand, as often as needed; ``opens`` then says at which moments."""
    due: DueRule | None
    latest: DueRule | None
    """A due set by hand may not be later."""
    roles: frozenset[str]
    opens: Opens
    while_stages: frozenset[str]
    survives: bool
    """It stays open when the case ends."""
    outcomes: tuple[Outcome, ...]
    fields: tuple[Field, ...]
    suggests: str
    series: Series | None
    lead_of: str

    @property
    def wants_day(self) -> bool:
        """Whether it is added with a day: an action of a meeting, whose scheme has no rule for it.

        Source: casework sheet, section 2.2.
        """
        return self.kind is ItemKind.ACTION and self.due is None

    def outcome(self, word: str) -> Outcome | None:
        """The outcome called ``word``, if there is one."""
        return next((outcome for outcome in self.outcomes if outcome.id == word), None)

    def field(self, name: str) -> Field | None:
        """The field of that name, if the item has it."""
        return next((each for each in self.fields if each.id == name), None)


@dataclass(frozen=True)
class Variant:
    """One kind of paper among many of the same scheme."""

    id: str
    label: Label
    due: Mapping[str, DueRule]
    """Item to the rule that it follows in this variant."""
    checklist: tuple[str, ...] | None
    """The items of lists that this variant opens; all of them when it does not say."""
    letters: tuple[str, ...] | None


@dataclass(frozen=True)
class Scheme:
    """Everything a scheme file says."""

    id: str
    version: int
    effective_from: dt.date
    label: Label
    prefix: str
    subject: Subject
    visibility: Visibility
    roles: frozenset[str]
    soon: int
    """Working days before a due date from which the case is amber."""
    retention: DueRule | None
    stages: tuple[Stage, ...]
    fields: tuple[Field, ...]
    actions: tuple[Action, ...]
    templates: tuple[Template, ...]
    variants: tuple[Variant, ...] = ()
    letters: tuple[Letter, ...] = ()
    reports: tuple[Report, ...] = ()
    samples: tuple[Sample, ...] = field(default=())

    @cached_property
    def stage_by_id(self) -> Mapping[str, Stage]:
        """Stages by id."""
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def field_by_id(self) -> Mapping[str, Field]:
        """Fields by id."""
        return {each.id: each for each in self.fields}

    @cached_property
    def action_by_id(self) -> Mapping[str, Action]:
        """Actions by id."""
        return {action.id: action for action in self.actions}

    @cached_property
    def template_by_id(self) -> Mapping[str, Template]:
        """Items by id."""
        return {template.id: template for template in self.templates}

    @cached_property
    def leads(self) -> Mapping[str, tuple[Template, ...]]:
        """The leads of each item that has any."""
        led = {template.lead_of for template in self.templates if template.lead_of}
        return {
            target: tuple(each for each in self.templates if each.lead_of == target)
            for target in led
        }

    @cached_property
    def initial(self) -> Stage:
        """Where a new case stands."""
        return next(stage for stage in self.stages if stage.initial)

    def variant(self, name: object) -> Variant | None:
        """The variant called ``name``, if there is one."""
        return next((each for each in self.variants if each.id == name), None)
