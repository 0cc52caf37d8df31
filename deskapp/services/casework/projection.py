"""How cases stand, kept for lists, and made anew from their events.

Only the events, what is written down of a case, its scheme, the calendar and the moment enter: two
desks work out the same rows for the same moment. Beside each case stands when time alone may change
its family next; until then its rows are right, and then ``catch_up`` works them out again.
Source: design sheet of sync, section 3; casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deskapp.clock import stamp
from deskapp.data.connection import Connection, Value
from deskapp.errors import NotFoundError
from deskapp.services.casework import case_rows, fold, stored
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_rows import ItemRow, StateRow
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.state import Family
from deskapp.services.casework.turning import is_behind
from deskapp.services.casework.values import (
    ONE_DAY,
    day_of,
    start_of,
)


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
            states.append(case_rows.state(facts, kept))
            items.extend(case_rows.items(facts, family_id))
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
