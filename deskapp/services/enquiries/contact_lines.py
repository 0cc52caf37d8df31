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
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import mutations
from deskapp.services.enquiries import contact_found, contact_line, contact_recorded
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.enquiries.contact_recorded import Recorded
from deskapp.services.paging import Page, Want
from deskapp.services.persons import person_links, withheld
from deskapp.services.persons.withheld import About
from deskapp.text import clean, compact
from deskapp.text import words as words_of

_COLUMNS = f"{contact_line.COLUMNS}, c.started_at, c.id"


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
    more: Recorded
    notes: tuple[Note, ...]
    about: About


class Note(NamedTuple):
    """What was added to a contact after it was saved."""

    at: dt.datetime
    officer_name: str
    text: str


def page(connection: Connection, want: Want, words: str = "", *, user: User) -> Page[ContactLine]:
    """A page of contacts, newest first; with ``words`` only those that hold them all.

    A spoken reference finds its contact whatever its spelling, and one that had it before.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    ref = refs.parse(words) if words else None
    if ref is not None:
        return _by_ref(connection, ref)
    if words:
        found = contact_found.page(connection, want, words)
        nothing = not found.lines and not found.more
        if nothing and mutations.vary(words_of(words)):  # or in a mutated form, in Welsh
            return contact_found.page(connection, want, words, mutations.searched)
        return found
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
    """A page of the contacts of one person and of who is linked with them, newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    persons = person_links.group(connection, person_id)
    if len(persons) == 1:  # the index gives these in order; of several they are sorted
        return _newest(connection, want, "c.person_id = ? AND", persons)
    marks = ", ".join("?" for _each in persons)
    return _newest(connection, want, f"c.person_id IN ({marks}) AND", persons)


def of_case(connection: Connection, want: Want, case_ref: str, *, user: User) -> Page[ContactLine]:
    """A page of the contacts about a case, however its reference is spelt, newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _newest(connection, want, "c.case_key = ? AND", (compact(case_ref),))


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
        " case_ref, question, answer, extras, case_key FROM contact WHERE id = ?",
        (contact_id,),
    ).fetchall()
    notes = connection.execute(
        "SELECT e.at, coalesce(o.name, ''), e.note FROM contact_event AS e"
        " LEFT JOIN officer AS o ON o.id = e.officer_id"
        " WHERE e.contact_id = ? ORDER BY e.hlc, e.desk LIMIT 500",
        (contact_id,),
    ).fetchall()
    about = About(row[3] or "", row[11])
    cover = withheld.cover_about(connection, about)
    extras = {str(key): cover.text(clean(str(value))) for key, value in json.loads(row[10]).items()}
    return ContactRecord(
        line=kept,
        ended_at=instant(row[0]),
        handling_seconds=row[1],
        user_type=row[2],
        person_id=row[3],
        phone=cover.phone(row[4]),
        email=cover.email(row[5]),
        postcode=cover.postcode(row[6]),
        case_ref=cover.text(row[7]),
        question=cover.text(row[8]),
        answer=cover.text(row[9]),
        extras=extras,
        more=contact_recorded.read(connection, contact_id, cover),
        notes=tuple(Note(instant(at), name, cover.text(text)) for at, name, text in notes),
        about=about,
    )


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the contact with this spoken reference.

    Raises:
        NotFoundError: If ``text`` is no reference, or no contact here has it.
    """
    ref = refs.parse(text)
    if ref is None:
        raise NotFoundError(_("Enter the whole reference, like E-7KM-4X9-3CK. Check each letter."))
    found = refs.id_of(connection, "contact", ref)
    if found is None:
        raise NotFoundError(_("No contact on this desk has the reference {ref}.").format(ref=ref))
    return found


def ref_taken(connection: Connection, ref_key: str) -> bool:
    """Whether a contact here already has this reference."""
    row = connection.execute("SELECT 1 FROM contact WHERE ref_key = ?", (ref_key,)).fetchone()
    return row is not None


def _one(connection: Connection, contact_id: str) -> ContactLine:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM {contact_line.TABLES} WHERE c.id = ?", (contact_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such contact."))
    return contact_line.of_row(row)


def _newest(
    connection: Connection, want: Want, condition: str = "", values: tuple[str, ...] = ()
) -> Page[ContactLine]:
    place, order = want.clause("c.started_at, c.id", newest_first=True)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {contact_line.TABLES} WHERE {condition} {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *want.place, want.limit),
    ).fetchall()
    return want.page([contact_line.of_row(row) for row in rows])


def _by_ref(connection: Connection, ref: str) -> Page[ContactLine]:
    return Page([_one(connection, each) for each in refs.ids_of(connection, "contact", ref)])
