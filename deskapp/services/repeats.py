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
from deskapp.services import call_clock, contact_lines, outcomes
from deskapp.services.contact_lines import ContactLine

REPEAT_WITHIN = dt.timedelta(days=14)
DUPLICATE_WITHIN = dt.timedelta(minutes=10)
"""From the end of the first to the start of the second."""


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
    span = (before - REPEAT_WITHIN, before)
    return _newest(connection, person_id, case_key, topic, span, user=user)


def possible_duplicate(
    connection: Connection,
    person_id: str,
    case_key: str,
    topic: str,
    *,
    started_at: dt.datetime,
    user: User,
) -> ContactLine | None:
    """The contact that ``user`` saved of the same person or case and topic minutes before, if any.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    span = (started_at - call_clock.LONGEST, started_at)
    return _newest(
        connection,
        person_id,
        case_key,
        topic,
        span,
        user=user,
        officer_id=user.id,
        ended_since=stamp(started_at - DUPLICATE_WITHIN),
    )


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


def _newest(
    connection: Connection,
    person_id: str,
    case_key: str,
    topic: str,
    span: tuple[dt.datetime, dt.datetime],
    *,
    user: User,
    officer_id: str = "",
    ended_since: str = "",
) -> ContactLine | None:
    """The newest contact in the span; the person and the case each use an index of their own."""
    uncounted = tuple(sorted(outcomes.UNCOUNTED))
    marks = ", ".join("?" * len(uncounted))
    found = []
    for column, value in (("person_id", person_id), ("case_key", case_key)):
        if not value:
            continue
        found += connection.execute(
            f"SELECT started_at, id FROM contact WHERE {column} = ? AND started_at BETWEEN ? AND ?"
            " AND ended_at >= ? AND topic = ? AND ? IN ('', officer_id)"
            f" AND outcome NOT IN ({marks})"
            " ORDER BY started_at DESC LIMIT 1",
            (value, stamp(span[0]), stamp(span[1]), ended_since, topic, officer_id, *uncounted),
        ).fetchall()
    if not found:
        return None
    return contact_lines.line(connection, max(found)[1], user=user)
