"""What a person was promised and still waits for, in words for who has them on the line."""

from __future__ import annotations

import datetime as dt
import json

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import _, day_and_time
from deskapp.roles import Act, User
from deskapp.services import follow_ups
from deskapp.services.nearness import due_words
from deskapp.services.persons import person_links, withheld
from deskapp.services.persons.withheld import About

MOST = 20


def to(
    connection: Connection, person_id: str, case_key: str, *, today: dt.date, user: User
) -> tuple[str, ...]:
    """Each open promise of earlier contacts of a person or case, the most urgent first.

    The person's own calls that are booked come before messages and answers in writing. A person
    means who is linked with them, too; either of person and case may be empty.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    persons = json.dumps([*person_links.group(connection, person_id)])
    return (
        *_rings(connection, persons),
        *_follow_ups(connection, persons, case_key, today=today),
    )


def _rings(connection: Connection, persons: str) -> list[str]:
    rows = connection.execute(
        "SELECT slot FROM callback WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND live = 1 AND state <> 'attempting' ORDER BY starts_at LIMIT ?",
        (persons, MOST),
    ).fetchall()
    booked = _("to be rung back {moment}")
    return [booked.format(moment=day_and_time(dt.datetime.fromisoformat(slot))) for (slot,) in rows]


def _follow_ups(
    connection: Connection, persons: str, case_key: str, *, today: dt.date
) -> list[str]:
    rows = connection.execute(
        "SELECT f.kind, f.what, f.due_on, coalesce(c.person_id, ''), c.case_key"
        " FROM contact AS c"
        " JOIN follow_up AS f ON f.record_table = 'contact' AND f.record_id = c.id"
        " WHERE f.done_at = '' AND c.id IN ("
        "  SELECT id FROM contact WHERE person_id IN (SELECT value FROM json_each(:persons))"
        "  UNION SELECT id FROM contact WHERE case_key = :case AND :case <> '')"
        " ORDER BY f.due_on, f.id LIMIT :most",
        {"persons": persons, "case": case_key, "most": MOST},
    ).fetchall()
    covers = withheld.covers_about(connection, [About(*row[3:]) for row in rows])
    told = []
    for kind, what, due_on, *about in rows:
        cover = covers.get(About(*about), withheld.OPEN)
        words = ": ".join(filter(None, (follow_ups.label(kind), cover.text(what))))
        told.append(f"{words} ({due_words(dt.date.fromisoformat(due_on), today)})")
    return told
