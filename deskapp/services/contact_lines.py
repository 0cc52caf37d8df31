"""Reading contacts: pages of the list, search, one contact with its history.

Lists are read in keyset pages: a page begins after the last line of the one before, so the last
page of a million costs what the first costs. What shows words of a person asks who reads it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, instant, stamp
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.words import fts_query
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.paging import Page, Want
from deskapp.text import clean, compact

_LINE = (
    "c.id, c.ref, c.started_at, c.channel, c.person_name, c.topic, c.outcome, coalesce(o.name, '')"
)
_FROM = "contact AS c LEFT JOIN officer AS o ON o.id = c.officer_id"


@dataclass(frozen=True)
class ContactLine:
    """A contact as lists show it."""

    id: str
    ref: str
    started_at: dt.datetime
    channel: str
    person_name: str
    topic: str
    outcome: str
    officer_name: str
    place: tuple[str | int, ...]
    """Where the line stands in its list; the next page begins after it."""


@dataclass(frozen=True)
class ContactRecord:
    """A saved contact with everything that was kept."""

    line: ContactLine
    ended_at: dt.datetime
    handling_seconds: int
    user_type: str
    person_id: str | None
    phone: str
    """As typed on this contact, as are email and postcode."""
    email: str
    postcode: str
    case_ref: str
    question: str
    answer: str
    extras: Mapping[str, str]
    notes: tuple[Note, ...]


class Note(NamedTuple):
    """What was added to a contact after it was saved."""

    at: dt.datetime
    officer_name: str
    text: str


def page(connection: Connection, want: Want, words: str = "", *, user: User) -> Page[ContactLine]:
    """A page of contacts, newest first; with ``words`` only those that hold them all.

    A spoken reference finds its one contact whatever its spelling.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    ref = refs.parse(words) if words else None
    if ref is not None:
        return _by_ref(connection, ref)
    if words:
        query = fts_query(words)
        return _found(connection, want, query) if query else Page([])
    return _newest(connection, want)


def until(day: dt.date) -> Want:
    """The page, of contacts newest first, that begins with the newest one of ``day`` or before."""
    return Want((stamp(dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LONDON)), ""))


def found_until(connection: Connection, day: dt.date) -> Want:
    """As ``until`` for a page of matches, which stand in the order they were written."""
    before, _any_id = until(day).place
    row = connection.execute(
        "SELECT rowid FROM contact WHERE started_at < ? ORDER BY started_at DESC LIMIT 1",
        (before,),
    ).fetchone()
    return Want((row[0] + 1 if row else 0,))


def about(connection: Connection) -> int:
    """About how many contacts there are, without counting them."""
    [(newest,)] = connection.execute("SELECT coalesce(max(rowid), 0) FROM contact").fetchall()
    return int(newest)


def of_person(
    connection: Connection, want: Want, person_id: str, *, user: User
) -> Page[ContactLine]:
    """A page of the contacts of one person, newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _newest(connection, want, "c.person_id = ? AND", (person_id,))


def line(connection: Connection, contact_id: str, *, user: User) -> ContactLine:
    """The line of one contact.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _one(connection, contact_id)


def record(connection: Connection, contact_id: str, *, user: User) -> ContactRecord:
    """One contact with its history.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    kept = line(connection, contact_id, user=user)
    [row] = connection.execute(
        "SELECT ended_at, handling_seconds, user_type, person_id, phone, email, postcode,"
        " case_ref, question, answer, extras FROM contact WHERE id = ?",
        (contact_id,),
    ).fetchall()
    notes = connection.execute(
        "SELECT e.at, coalesce(o.name, ''), e.note FROM contact_event AS e"
        " LEFT JOIN officer AS o ON o.id = e.officer_id"
        " WHERE e.contact_id = ? ORDER BY e.hlc, e.desk LIMIT 500",
        (contact_id,),
    ).fetchall()
    extras = {str(key): clean(str(value)) for key, value in json.loads(row[10]).items()}
    return ContactRecord(
        line=kept,
        ended_at=instant(row[0]),
        handling_seconds=row[1],
        user_type=row[2],
        person_id=row[3],
        phone=row[4],
        email=row[5],
        postcode=row[6],
        case_ref=row[7],
        question=row[8],
        answer=row[9],
        extras=extras,
        notes=tuple(Note(instant(at), name, text) for at, name, text in notes),
    )


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the contact with this spoken reference.

    Raises:
        NotFoundError: If ``text`` is no reference, or no contact here has it.
    """
    ref = refs.parse(text)
    if ref is None:
        raise NotFoundError(_("Enter the whole reference, like E-7KM-4X9-3CK. Check each letter."))
    row = connection.execute("SELECT id FROM contact WHERE ref_key = ?", (compact(ref),)).fetchone()
    if row is None:
        raise NotFoundError(_("No contact on this desk has the reference {ref}.").format(ref=ref))
    return str(row[0])


def ref_taken(connection: Connection, ref_key: str) -> bool:
    """Whether a contact here already has this reference."""
    row = connection.execute("SELECT 1 FROM contact WHERE ref_key = ?", (ref_key,)).fetchone()
    return row is not None


def _one(connection: Connection, contact_id: str) -> ContactLine:
    row = connection.execute(
        f"SELECT {_LINE}, c.started_at, c.id FROM {_FROM} WHERE c.id = ?", (contact_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such contact."))
    return _line(row)


def _newest(
    connection: Connection, want: Want, condition: str = "", values: tuple[str, ...] = ()
) -> Page[ContactLine]:
    place, order = want.clause("c.started_at, c.id", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, c.started_at, c.id FROM {_FROM} WHERE {condition} {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(row) for row in rows])


def _found(connection: Connection, want: Want, query: str) -> Page[ContactLine]:
    """Matches in the order they were written, newest first: the index gives them without a sort."""
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, w.rowid FROM contact_words AS w JOIN contact AS c ON c.id = w.id"
        " LEFT JOIN officer AS o ON o.id = c.officer_id"
        f" WHERE contact_words MATCH ? AND {place} ORDER BY {order} LIMIT ?",
        (query, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(row) for row in rows])


def _by_ref(connection: Connection, ref: str) -> Page[ContactLine]:
    try:
        return Page([_one(connection, id_of_ref(connection, ref))])
    except NotFoundError:
        return Page([])


def _line(row: tuple[str, ...]) -> ContactLine:
    contact_id, ref, started_at, channel, person_name, topic, outcome, officer_name = row[:8]
    return ContactLine(
        id=contact_id,
        ref=ref,
        started_at=instant(started_at),
        channel=channel,
        person_name=person_name,
        topic=topic,
        outcome=outcome,
        officer_name=officer_name,
        place=tuple(row[8:]),
    )
