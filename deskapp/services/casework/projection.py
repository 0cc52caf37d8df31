"""How cases stand, kept for lists, and made anew from their events.

Only the events, what is written down of a case, its scheme, the calendar and the moment enter: two
desks work out the same rows for the same moment. Beside each case stands when time alone may change
its family next; until then its rows are right, and then ``catch_up`` works them out again.
Source: design sheet of sync, section 3; casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from deskapp.clock import stamp
from deskapp.data.connection import Connection, Value
from deskapp.errors import NotFoundError
from deskapp.services.casework import fold, retention, stored, worklist
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.due import Due
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.state import Family, Item, item_id
from deskapp.services.casework.stored import Kept
from deskapp.services.casework.turning import is_behind
from deskapp.services.casework.values import (
    END_OF_TIME,
    ONE_DAY,
    FieldType,
    day_of,
    overdue_from,
    start_of,
)
from deskapp.services.casework.values import Value as FieldValue
from deskapp.services.casework.vocabulary import Worklist
from deskapp.text import compact, one_line

NEVER = stamp(END_OF_TIME)
"""The key of what is not due: it sorts behind everything."""
MOST_TITLE = 80
_NO_PRIORITY = "\uffff"
_NAMING = (FieldType.PARTY, FieldType.PLACE, FieldType.ORG, FieldType.TEXT)


class StateRow(NamedTuple):
    """A row of ``case_state``, column by column."""

    id: str
    family_id: str
    ref: str
    ref_key: str
    scheme: str
    version: int
    stage: str
    list: str
    live: bool
    owner_id: str
    title: str
    external_refs: str
    priority: str
    due: str
    due_key: str
    soon_key: str
    conflicts: int
    opened_at: str
    closed_at: str
    turns_key: str
    destroy_key: str


class ItemRow(NamedTuple):
    """A row of ``case_item``, column by column."""

    id: str
    family_id: str
    case_id: str
    name: str
    template: str
    status: str
    open: bool
    outcome: str
    about: str
    due: str
    due_key: str


class Rebuilt(NamedTuple):
    """One step of making everything anew."""

    families: int
    last: str
    """Where the next step begins; empty when this was the last."""
    unknown: int
    """Families whose scheme is not on this computer; they were left as they are."""


def write(
    connection: Connection, book: Rulebook, family_id: str, family: Family, now: dt.datetime
) -> None:
    """Keep how the cases of one family stand at ``now``, inside the caller's transaction.

    ``family`` is how it stood after its last event.
    """
    family = fold.seen_at(book, family, now)
    states: list[StateRow] = []
    items: list[ItemRow] = []
    turns_at = family.turns_at
    for kept in stored.family(connection, family_id):
        if kept.id in family.cases:
            facts = CaseFacts(book, family, family.cases[kept.id], now)
            states.append(_state(facts, kept))
            items.extend(_items(facts, family_id))
            turns_at = min(turns_at, facts.turns_at)
    states = [row._replace(turns_key=stamp(turns_at)) for row in states]
    _put(connection, "case_state", StateRow._fields, family_id, states)
    _put(connection, "case_item", ItemRow._fields, family_id, items)


def catch_up(
    connection: Connection, book: Rulebook, now: dt.datetime, limit_cases: int = 50
) -> bool:
    """Work out some of the cases that time changed, the longest ago first.

    Call it until it says that nothing is left, each time in a transaction of its own: what is done
    stays done, and other writes get their turn in between.

    Returns:
        Whether there is more to do.
    """
    rows = connection.execute(
        "SELECT family_id FROM case_state WHERE turns_key <= ? ORDER BY turns_key LIMIT ?",
        (stamp(now), limit_cases),
    ).fetchall()
    for family_id in dict.fromkeys(str(family_id) for (family_id,) in rows):
        if not _rebuilt(connection, book, family_id, now):
            _ask_tomorrow(connection, family_id, now)
    return is_behind(connection, now)


def _ask_tomorrow(connection: Connection, family_id: str, now: dt.datetime) -> None:
    """Nothing can be worked out without the scheme, which may be installed by then."""
    connection.execute(
        "UPDATE case_state SET turns_key = ? WHERE family_id = ?",
        (stamp(start_of(day_of(now) + ONE_DAY)), family_id),
    )


def rebuild(
    connection: Connection,
    book: Rulebook,
    now: dt.datetime,
    after: str = "",
    limit_families: int = 500,
) -> Rebuilt:
    """Work out the next families behind ``after`` anew, and drop what no case stands behind.

    Call it with ``last`` until that is empty, each time in a transaction of its own.
    """
    found = connection.execute(
        "SELECT DISTINCT family_id FROM case_record WHERE family_id > ? ORDER BY family_id LIMIT ?",
        (after, limit_families),
    ).fetchall()
    ids = [str(family_id) for (family_id,) in found]
    last = ids[-1] if len(ids) == limit_families else ""
    unknown = sum(not _rebuilt(connection, book, family_id, now) for family_id in ids)
    for table in ("case_state", "case_item"):
        connection.execute(
            f"DELETE FROM {table} WHERE family_id > ? AND (? = '' OR family_id <= ?)"
            " AND family_id NOT IN (SELECT family_id FROM case_record)",
            (after, last, last),
        )
    return Rebuilt(len(ids), last, unknown)


def renew(connection: Connection, book: Rulebook, ids: Iterable[str], now: dt.datetime) -> None:
    """Work out the cases anew whose records or events have these ids; they came from elsewhere."""
    rows = connection.execute(
        "SELECT family_id FROM case_record WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT family_id FROM case_event WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(sorted(ids))},
    ).fetchall()
    for (family_id,) in rows:
        _rebuilt(connection, book, family_id, now)


def _rebuilt(connection: Connection, book: Rulebook, family_id: str, now: dt.datetime) -> bool:
    events = stored.events(connection, family_id)
    try:
        write(connection, book, family_id, fold.folded(book, events), now)
    except NotFoundError:
        return False
    return True


def _put(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    family_id: str,
    rows: Sequence[tuple[Value, ...]],
) -> None:
    """Make the rows of a family in ``table`` be ``rows``; what is right already is not written."""
    names = ", ".join(columns)
    held = connection.execute(f"SELECT {names} FROM {table} WHERE family_id = ?", (family_id,))
    before = {row[0]: tuple(row) for row in held.fetchall()}
    wanted = {row[0]: row for row in rows}
    gone = [(key,) for key in before if key not in wanted]
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", gone)
    marks = ", ".join("?" for _column in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changes}",
        [row for key, row in wanted.items() if before.get(key) != row],
    )


def _state(facts: CaseFacts, kept: Kept) -> StateRow:
    case = facts.case
    line = worklist.work_line(facts, kept.ref)
    where = _list(facts)
    destroyed = retention.destroy_due(facts)
    return StateRow(
        id=case.id,
        family_id=kept.family_id,
        ref=kept.ref,
        ref_key=compact(kept.ref),
        scheme=case.scheme,
        version=case.version,
        stage=case.stage,
        list=where.value,
        live=where is not Worklist.DONE,
        owner_id=kept.owner_id,
        title=title(facts),
        external_refs=kept.external_refs,
        priority=line.priority or _NO_PRIORITY,
        due=_written(line.due),
        due_key=_key(line.due),
        soon_key=_soon_key(facts, line.due),
        conflicts=len(facts.family.conflicts_of(case.id)),
        opened_at=stamp(case.opened_at),
        closed_at=stamp(case.closed_at) if case.closed_at else "",
        turns_key=NEVER,
        destroy_key=stamp(overdue_from(destroyed)) if destroyed else NEVER,
    )


def _list(facts: CaseFacts) -> Worklist:
    """In which list a case stands; an ended one with work left is to do."""
    if facts.case.closed_at is None:
        return facts.scheme.stage_by_id[facts.case.stage].worklist
    has_work = any(True for _item in facts.case.open_items())
    return Worklist.TODO if has_work else Worklist.DONE


def _items(facts: CaseFacts, family_id: str) -> Iterable[ItemRow]:
    for item in facts.case.items.values():
        due = facts.due(item)
        yield ItemRow(
            id=item_id(facts.case.id, item.name),
            family_id=family_id,
            case_id=facts.case.id,
            name=item.name,
            template=item.template,
            status=item.status.value,
            open=item.is_open,
            outcome=item.outcome,
            about=about(facts, item),
            due=_written(due),
            due_key=_key(due),
        )


def title(facts: CaseFacts) -> str:
    """Whom or what a case is about: the first name or text that is not sensitive."""
    return _first_text(facts.scheme.fields, facts.case.fields)


def about(facts: CaseFacts, item: Item) -> str:
    """What tells an item that was added by hand from others of its kind."""
    template = facts.scheme.template_by_id.get(item.template)
    return _first_text(template.fields, item.fields, notes=True) if template else ""


def _first_text(
    fields: Iterable[Field], values: Mapping[str, FieldValue], *, notes: bool = False
) -> str:
    kinds = (*_NAMING, FieldType.NOTE) if notes else _NAMING
    for field in fields:
        value = values.get(field.id)
        if field.type in kinds and not field.sensitive and isinstance(value, str):
            return one_line(value)[:MOST_TITLE]
    return ""


def _written(due: Due | None) -> str:
    if due is None:
        return ""
    return stamp(due.when) if isinstance(due.when, dt.datetime) else due.when.isoformat()


def _key(due: Due | None) -> str:
    return stamp(overdue_from(due.when)) if due else NEVER


def _soon_key(facts: CaseFacts, due: Due | None) -> str:
    """The beginning of the first day on which a due shows as near."""
    if due is None:
        return NEVER
    try:
        after = day_of(due.when) + ONE_DAY
    except OverflowError:
        return NEVER
    return stamp(start_of(facts.calendar.add_working_days(after, -(facts.scheme.soon + 1))))
