"""Disposal of enquiries: one leader proposes, another confirms, and they are erased for good.

A line without personal data stays of each. A person goes with the last of their contacts, unless a
marker stands or a case is about them. Source: design sheet of sync, section 7.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from deskapp.clock import stamp
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.services import drafts, erasing
from deskapp.services.enquiries import enquiry_retention
from deskapp.services.enquiries.enquiry_retention import PROPOSED, Ripe, Rules
from deskapp.services.erasing import Erased
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

KIND = "enquiry"
"""What stands in the log of what was erased in place of a scheme."""


def propose(session: Session, kept: Rules, reason: str, *, user: User, now: dt.datetime) -> int:
    """Propose the contacts that are due and were not proposed yet; how many they are.

    Raises:
        FormProblemsError: If there is no reason.
        NotAllowedError: If the role may not dispose of records.
    """
    found = enquiry_retention.due(plain(session), kept, user=user, now=now)
    note = _("Disposal proposed: {reason}")
    return keep_proposals(session, found, PROPOSED, note, reason, user, now)


def keep_proposals(
    session: Session,
    found: list[Ripe],
    code: str,
    note: str,
    reason: str,
    user: User,
    now: dt.datetime,
) -> int:
    """Keep with each contact that nobody proposed yet that it was; how many they are.

    Args:
        session: An open write transaction.
        found: What is due.
        code: Of the event that proposes it.
        note: What the event says, with a place for the reason.
        reason: Why.
        user: Who proposes.
        now: The moment.

    Raises:
        FormProblemsError: If there is no reason.
    """
    from deskapp.data.tables import ContactEvent

    if not one_line(reason):
        raise FormProblemsError([Problem("note", _("Enter why they need no longer be kept"))])
    waiting = [each for each in found if not each.proposed_by]
    for each in waiting:
        session.add(
            ContactEvent(
                id=new_id(),
                home_site=user.site,
                at=stamp(now),
                officer_id=user.id,
                contact_id=each.id,
                code=code,
                note=note.format(reason=one_line(reason)),
            )
        )
    session.flush()
    return len(waiting)


def confirm(session: Session, kept: Rules, *, user: User, now: dt.datetime) -> int:
    """Erase the contacts that are due and that somebody else proposed; how many they were.

    Raises:
        NotErasedError: If nobody else proposed any.
        NotAllowedError: If the role may not dispose of records.
    """
    connection = plain(session)
    found = enquiry_retention.due(connection, kept, user=user, now=now)
    going = erasing.to_confirm(found, user)
    write_down(session, going, KIND, user=user, now=now)
    contacts = [each.id for each in going]
    purge.erase(connection, rows_of(connection, _OF_CONTACTS, contacts))
    erase_persons(connection, {each.person_id for each in going})
    return len(going)


def erase_persons(connection: Connection, persons: set[str]) -> None:
    """Erase those of the persons of whom nothing else is kept, inside the caller's transaction."""
    asked = json.dumps(sorted(persons - {""}))
    alone = [row[0] for row in connection.execute(_ALONE, (asked,)).fetchall()]
    purge.erase(connection, rows_of(connection, _OF_PERSONS, alone))


def write_down(
    session: Session, going: list[Ripe], kind: str, *, user: User, now: dt.datetime
) -> None:
    """Write down what of contacts is erased, and by whom."""
    gone = (
        Erased(
            "contact", each.id, each.ref, kind, each.ended_at, each.proposed_by, each.proposed_at
        )
        for each in going
    )
    erasing.write_down(session, gone, user=user, now=now)


def rows_of(
    connection: Connection, conditions: tuple[tuple[str, str], ...], ids: list[str]
) -> dict[str, list[str]]:
    """Ids of everything that is kept of these records, by table, in the order of the conditions.

    A condition is SQL (trusted) in which ``?1`` stands for the JSON list of ``ids``.
    """
    given = (json.dumps(ids),)
    rows: dict[str, list[str]] = {}
    for table, condition in conditions:
        found = connection.execute(f"SELECT id FROM {table} WHERE {condition}", given).fetchall()
        rows.setdefault(table, []).extend(str(row_id) for (row_id,) in found)
    return rows


_ASKED = "IN (SELECT value FROM json_each(?1))"
_OF_CONTACTS = (
    (
        "callback_attempt",
        f"callback_id IN (SELECT id FROM callback WHERE contact_id {_ASKED})",
    ),
    ("callback", f"contact_id {_ASKED}"),
    ("contact_event", f"contact_id {_ASKED}"),
    ("follow_up", f"record_table = 'contact' AND record_id {_ASKED}"),
    ("record_link", f"from_table = 'contact' AND from_id {_ASKED}"),
    ("record_link", f"to_table = 'contact' AND to_id {_ASKED}"),
    ("draft", f"json_extract(body, '$.{drafts.RECORD}') {_ASKED}"),
    ("contact", f"id {_ASKED}"),
)
_OF_PERSONS = (
    ("safe_contact", f"person_id {_ASKED}"),
    ("marker", f"person_id {_ASKED}"),
    ("record_link", f"from_table = 'person' AND from_id {_ASKED}"),
    ("record_link", f"to_table = 'person' AND to_id {_ASKED}"),
    ("person", f"id {_ASKED}"),
)
_ALONE = """
SELECT p.id FROM person AS p WHERE p.id IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.person_id = p.id)
AND NOT EXISTS (SELECT 1 FROM complaint AS q WHERE q.person_id = p.id)
AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.person_id = p.id)
AND NOT EXISTS (SELECT 1 FROM support_need AS n WHERE n.person_id = p.id)
AND NOT EXISTS (SELECT 1 FROM marker AS m WHERE m.person_id = p.id AND m.ended_on = '')
AND NOT EXISTS (
    SELECT 1 FROM record_link AS l WHERE l.from_table = 'person' AND l.from_id = p.id
)
AND NOT EXISTS (SELECT 1 FROM record_link AS l WHERE l.to_table = 'person' AND l.to_id = p.id)
"""
