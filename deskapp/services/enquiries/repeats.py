"""What came before a contact: an earlier one that it repeats, or the same one typed twice.

Source: enquiries sheet, sections 1 (repeat_of) and 15 (possible duplicates).
"""

from __future__ import annotations

import datetime as dt

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.roles import Act, User
from deskapp.services.enquiries import call_clock, contact_lines, outcomes
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.persons import person_links
from deskapp.text import compact, fold, one_line

REPEAT_WITHIN = dt.timedelta(days=14)
DUPLICATE_WITHIN = dt.timedelta(minutes=10)
"""From the end of the first to the start of the second."""
_UNCOUNTED = tuple(sorted(outcomes.UNCOUNTED))
_MARKS = ", ".join("?" * len(_UNCOUNTED))


def earlier(
    connection: Connection,
    person_id: str,
    case_key: str,
    topic: str,
    *,
    before: dt.datetime,
    user: User,
) -> ContactLine | None:
    """The newest contact of the same person or case about the same topic in the last 14 days.

    Contacts that no figure counts (discarded, typed twice, training) are none.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    found = []
    persons = [("person_id", each) for each in person_links.group(connection, person_id)]
    for column, value in (*persons, ("case_key", case_key)):
        if value:
            found += connection.execute(
                f"SELECT started_at, id FROM contact WHERE {column} = ?"
                " AND started_at BETWEEN ? AND ? AND topic = ?"
                f" AND outcome NOT IN ({_MARKS}) ORDER BY started_at DESC LIMIT 1",
                (value, stamp(before - REPEAT_WITHIN), stamp(before), topic, *_UNCOUNTED),
            ).fetchall()
    return contact_lines.line(connection, max(found)[1], user=user) if found else None


def possible_duplicate(
    connection: Connection, draft: ContactDraft, *, started_at: dt.datetime, user: User
) -> ContactLine | None:
    """The contact that ``user`` saved minutes before of the same person or case and topic, if any.

    A name typed again counts as the same person, whether or not it was picked.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT id, coalesce(person_id, ''), case_key, person_name FROM contact"
        " WHERE started_at BETWEEN ? AND ? AND ended_at >= ? AND officer_id = ? AND topic = ?"
        f" AND outcome NOT IN ({_MARKS}) ORDER BY started_at DESC LIMIT 20",
        (
            stamp(started_at - call_clock.LONGEST),
            stamp(started_at),
            stamp(started_at - DUPLICATE_WITHIN),
            user.id,
            draft.topic,
            *_UNCOUNTED,
        ),
    ).fetchall()
    typed = (draft.person_id, compact(draft.case_ref), fold(one_line(draft.person_name)))
    for contact_id, person_id, case_key, name in rows:
        same = zip(typed, (person_id, case_key, fold(one_line(name))), strict=True)
        if any(mine and mine == other for mine, other in same):
            return contact_lines.line(connection, contact_id, user=user)
    return None


def named(connection: Connection, ref: str) -> str | None:
    """The id of the contact that the officer says is repeated; None for an empty reference.

    Raises:
        FormProblemsError: If there is no such contact here.
    """
    if not ref:
        return None
    try:
        return contact_lines.id_of_ref(connection, ref)
    except NotFoundError as error:
        raise FormProblemsError([Problem("repeat_ref", str(error))]) from error
