"""One case in full: fields, items, what may be done next and why not, and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.data.connection import Connection
from deskapp.services.casework import case_line, fold, retention, stored, worklist
from deskapp.services.casework.allowed import allowed, can_settle
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.events import Event, Person, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Action, Field, Scheme
from deskapp.services.casework.shelf import may_hear_of, may_know, visible
from deskapp.services.casework.state import Conflict, Hold
from deskapp.services.casework.stored import Kept
from deskapp.services.casework.values import Value, When
from deskapp.services.casework.words import why_not
from deskapp.services.casework.worklist import ItemLine
from deskapp.services.dates import Alarm


class Answer(NamedTuple):
    """A field with what it holds."""

    field: Field
    value: Value


class Offer(NamedTuple):
    """An action, and why it cannot be chosen now."""

    action: Action
    reasons: tuple[Reason, ...]
    """Without what its form asks for; empty when it can be chosen."""
    sentences: tuple[str, ...]


class Entry(NamedTuple):
    """An event of the history."""

    event: Event
    officer_name: str
    conflict: bool
    """It could not be followed when it was folded in, and changed nothing."""


@dataclass(frozen=True)
class CaseRecord:
    """A case as it stands at one moment."""

    line: CaseLine
    facts: CaseFacts
    answers: tuple[Answer, ...]
    """Every field that applies, empty ones too."""
    items: tuple[ItemLine, ...]
    alarm: Alarm
    offers: tuple[Offer, ...]
    history: tuple[Entry, ...]
    """Oldest first."""
    conflicts: tuple[Conflict, ...]
    children: tuple[CaseLine, ...]
    parent: CaseLine | None
    reads_only: bool
    """The person reported it, and may read it."""
    restricted_marker: bool
    """Whether a related case exists of which the person may only know that there is one."""
    external_refs: str
    destroy_due: When | None

    @property
    def scheme(self) -> Scheme:
        """The version of the scheme that the case follows."""
        return self.facts.scheme

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Why it may not be disposed of."""
        return tuple(self.facts.case.holds.values())


def record(
    connection: Connection,
    book: Rulebook,
    kept: Kept,
    events: Sequence[Event],
    person: Person,
    now: dt.datetime,
) -> CaseRecord:
    """One case of the family that ``events`` are of, as it stands at ``now`` for ``person``.

    ``cases.look`` is the way to it for screens and commands: it keeps who looked.

    Raises:
        NotFoundError: If no event opened it here.
    """
    family = fold.fold(book, events, now)
    if kept.id not in family.cases:
        raise stored.no_such_case()
    facts = CaseFacts(book, family, family.cases[kept.id], now)
    kin = [line for line in _kin(connection, book, kept, person) if line.id != kept.id]
    conflicts = family.conflicts_of(kept.id)
    reads_only = not may_know(book, kept.scheme, person)
    return CaseRecord(
        line=case_line.of(connection, kept.id),
        facts=facts,
        answers=tuple(_answers(facts)),
        items=tuple(worklist.item_lines(facts)),
        alarm=worklist.alarm(facts, worklist.next_due(facts)),
        offers=()
        if reads_only
        else tuple(_offer(facts, action, person) for action in facts.scheme.actions),
        reads_only=reads_only,
        history=_history(connection, kept.id, events, conflicts),
        conflicts=conflicts,
        children=tuple(each for each in kin if family.cases[each.id].parent == kept.id),
        parent=next((each for each in kin if each.id == facts.case.parent), None),
        restricted_marker=_marked(connection, book, kept, person),
        external_refs=kept.external_refs,
        destroy_due=retention.destroy_due(facts),
    )


def _answers(facts: CaseFacts) -> list[Answer]:
    return [
        Answer(field, facts.value(field.id))
        for field in facts.scheme.fields
        if field.show_if is None or facts.holds(field.show_if)
    ]


def _offer(facts: CaseFacts, action: Action, person: Person) -> Offer:
    found = allowed(facts, action, person)
    reasons = tuple(reason for reason in found if not can_settle(facts, action, reason))
    return Offer(action, reasons, tuple(why_not(facts, action, reason) for reason in reasons))


def _kin(connection: Connection, book: Rulebook, kept: Kept, person: Person) -> list[CaseLine]:
    """The other cases of the family that the person may know of."""
    seen = visible(book, person)
    return [
        case_line.of(connection, each.id)
        for each in stored.family(connection, kept.family_id)
        if each.scheme in seen
    ]


def _marked(connection: Connection, book: Rulebook, kept: Kept, person: Person) -> bool:
    """Whether one of the other cases is hidden, and its scheme says that this may be told."""
    seen = visible(book, person)
    family = stored.family(connection, kept.family_id)
    return any(each.scheme not in seen and may_hear_of(book, each.scheme) for each in family)


def _history(
    connection: Connection, case_id: str, events: Sequence[Event], conflicts: Sequence[Conflict]
) -> tuple[Entry, ...]:
    refused = {conflict.event.id for conflict in conflicts}
    own = [event for event in fold.in_order(events) if event.case == case_id]
    rows = connection.execute("SELECT id, name FROM officer").fetchall()
    names = dict(rows)
    return tuple(Entry(event, names.get(event.by.id, ""), event.id in refused) for event in own)
