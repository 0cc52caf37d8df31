"""Persons who have been in contact: found while their name is typed, kept with the contact.

Rules: enquiries sheet, sections 1, 5 and 13. A search that offers a person to link needs three
letters. Nothing is ever merged here; a contact is linked to a person or makes a new one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.words import fts_query
from deskapp.errors import NotFoundError, Problem
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, User
from deskapp.text import digits, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.tables import Person
    from deskapp.services.contacts import ContactDraft

LETTERS_TO_SEARCH = 3
LAST_DIGITS = 3
"""How much of a phone number tells two people of one name apart; a search finds it too."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]+( ?(ext|x)\.? ?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class PersonLine:
    """A person as lists and suggestions show them."""

    id: str
    full_name: str
    postcode: str
    phone: str
    email: str
    contacts: int
    """How many contacts they had here."""


def find(connection: Connection, text: str, *, user: User, limit_rows: int = 8) -> list[PersonLine]:
    """Persons whose name, phone, email or postcode holds the words; none below three letters.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    query = fts_query(text)
    if len("".join(text.split())) < LETTERS_TO_SEARCH or not query:
        return []
    rows = connection.execute(
        "SELECT p.id, p.full_name, p.postcode, p.phone, p.email,"
        " (SELECT count(*) FROM contact AS c WHERE c.person_id = p.id)"
        " FROM person_words AS w JOIN person AS p ON p.id = w.id"
        " WHERE person_words MATCH ? ORDER BY w.rowid DESC LIMIT ?",
        (query, limit_rows),
    ).fetchall()
    return [PersonLine(*row) for row in rows]


def get(connection: Connection, person_id: str, *, user: User) -> PersonLine:
    """One person.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    roles.require(user, Act.READ_CONTACTS)
    row = connection.execute(
        "SELECT id, full_name, postcode, phone, email,"
        " (SELECT count(*) FROM contact AS c WHERE c.person_id = person.id)"
        " FROM person WHERE id = ?",
        (person_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such person on this desk."))
    return PersonLine(*row)


def hint(line: PersonLine) -> str:
    """What tells people of one name apart: postcode, end of the phone number, contacts they had."""
    had = ngettext("{count} contact", "{count} contacts", line.contacts)
    end = digits(line.phone)[-LAST_DIGITS:]
    parts = (
        line.postcode,
        _("phone ends {digits}").format(digits=end) if end else "",
        had.format(count=number(line.contacts)),
    )
    return ", ".join(filter(None, parts))


def problems(phone: str, email: str) -> list[Problem]:
    """What is wrong with a typed phone number and email address; empty ones are right."""
    found = []
    if phone and not (_PHONE.fullmatch(phone) and 6 <= len(digits(phone)) <= 20):
        message = _("Enter a phone number, like 01632 960 001 or 07700 900 982")
        found.append(Problem("phone", message))
    if email and not _EMAIL.fullmatch(email):
        message = _("Enter an email address in the correct format, like name@example.com")
        found.append(Problem("email", message))
    return found


def picked(session: Session, draft: ContactDraft) -> Person | None:
    """The person picked from those already known, or none."""
    from deskapp.data.tables import Person

    return session.get(Person, draft.person_id) if draft.person_id else None


def settle(session: Session, draft: ContactDraft, *, now: dt.datetime, user: User) -> str | None:
    """The id of the contact's person: the one picked, a new one, or none when nothing was given.

    Contact details typed for a person who had none are added; what was there is never replaced.
    """
    from deskapp.data.ids import new_id
    from deskapp.data.tables import Person

    typed = {
        "full_name": one_line(draft.person_name),
        "phone": one_line(draft.phone),
        "email": one_line(draft.email),
        "postcode": one_line(draft.postcode).upper(),
    }
    known = picked(session, draft)
    if known is not None:
        for name in ("phone", "email", "postcode"):
            if typed[name] and not getattr(known, name):
                setattr(known, name, typed[name])
        return known.id
    if not any(typed.values()):
        return None
    person = Person(id=new_id(), home_site=user.site, created_at=stamp(now), **typed)  # type: ignore[arg-type]  # every name in it is a text column
    session.add(person)
    return person.id
