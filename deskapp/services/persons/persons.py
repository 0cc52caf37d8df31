"""Persons who have been in contact: found while their name is typed, kept with the contact.

Rules: enquiries sheet, sections 1, 5 and 13. A search that offers a person to link needs three
letters. Nothing is ever merged here; a contact is linked to a person or makes a new one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.data.words import Forms
from deskapp.errors import NotFoundError, Problem
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, User
from deskapp.services import mutations
from deskapp.services.persons import marker_kinds, person_links, withheld
from deskapp.text import compact, digits, fold, one_line

if TYPE_CHECKING:
    from typing import Any

    from sqlmodel import Session

    from deskapp.data.tables import Person
    from deskapp.services.enquiries.contact_drafts import ContactDraft

LETTERS_TO_SEARCH = 3
LAST_DIGITS = 3
"""How much of a phone number tells two people of one name apart; a search finds it too."""

CANDIDATES = 20
"""Persons of one name that are looked at when one may be the same as another."""

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
    withheld: bool = False
    """Whether words stand in place of some of what the store keeps: nothing to save again."""


_LINE = (
    "p.id, p.full_name, p.postcode, p.phone, p.email,"
    " (SELECT count(*) FROM contact AS c WHERE c.person_id = p.id)"
)


def find(
    connection: Connection,
    text: str,
    *,
    user: User,
    limit_rows: int = 8,
    to_link: bool = False,
) -> list[PersonLine]:
    """Persons whose name, phone, email or postcode holds the words; none below three letters.

    When nobody is found as it was typed, the words may be mutated Welsh ones.

    Args:
        connection: Where they are read.
        text: What was typed.
        user: Who reads.
        limit_rows: At most so many.
        to_link: Leave out those who are never offered to be linked, such as vulnerable ones.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    if len("".join(text.split())) < LETTERS_TO_SEARCH:
        return []
    return _found(connection, text, None, limit_rows, to_link=to_link) or _found(
        connection, text, mutations.searched, limit_rows, to_link=to_link
    )


def _found(
    connection: Connection, text: str, forms: Forms | None, limit_rows: int, *, to_link: bool
) -> list[PersonLine]:
    narrowed = narrow(connection, "person_words", text, forms, limit_rows=limit_rows)
    if not narrowed.query:
        return []
    never = marker_kinds.codes("never_offered") if to_link else ()
    rows = connection.execute(
        f"SELECT {_LINE} FROM person_words AS w JOIN person AS p ON p.id = w.id"
        " WHERE person_words MATCH ? AND NOT EXISTS (SELECT 1 FROM marker AS m"
        " WHERE m.person_id = p.id AND m.ended_on = ''"
        " AND m.code IN (SELECT value FROM json_each(?)))"
        f" AND ({narrowed.check}) ORDER BY w.rowid DESC LIMIT ?",
        (narrowed.query, json.dumps(never), *narrowed.values, limit_rows),
    ).fetchall()
    return _shown(connection, rows, searched=text)


def get(connection: Connection, person_id: str, *, user: User) -> PersonLine:
    """One person.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    found = lines(connection, [person_id], user=user)
    if not found:
        raise no_such_person()
    return found[0]


def linked(connection: Connection, person_id: str, *, user: User) -> list[PersonLine]:
    """Everybody else who is the same as this person.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    return lines(connection, person_links.group(connection, person_id)[1:], user=user)


def lines(connection: Connection, persons: Iterable[str], *, user: User) -> list[PersonLine]:
    """The persons with these ids, in no order.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _shown(connection, _rows(connection, persons))


def may_be_the_same(connection: Connection, person_id: str, *, user: User) -> list[PersonLine]:
    """Persons of the same name with the same phone number or postcode, to be offered, no more.

    Nobody is in it who is linked already, is never offered, or whose address is confidential.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    person = get(connection, person_id, user=user)
    known = person_links.group(connection, person_id)
    offered = find(connection, person.full_name, user=user, limit_rows=CANDIDATES, to_link=True)
    kept = _kept(connection, [person_id, *(each.id for each in offered if each.id not in known)])
    mine = kept.pop(person_id, None)
    return [
        each
        for each in offered
        if mine is not None
        and (other := kept.get(each.id)) is not None
        and fold(other.full_name) == fold(mine.full_name)
        and (
            _same(digits(other.phone), digits(mine.phone))
            or _same(compact(other.postcode), compact(mine.postcode))
        )
    ]


def _kept(connection: Connection, persons: Iterable[str]) -> dict[str, PersonLine]:
    """What the store keeps of persons, to compare; not of those whose address is confidential."""
    lines = [PersonLine(*row) for row in _rows(connection, persons)]
    covers = withheld.covers(connection, [line.id for line in lines])
    return {line.id: line for line in lines if not covers.get(line.id, withheld.OPEN).address}


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _rows(connection: Connection, persons: Iterable[str]) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {_LINE} FROM person AS p WHERE p.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(persons)),),
    ).fetchall()


def _shown(
    connection: Connection, rows: list[tuple[Any, ...]], *, searched: str = ""
) -> list[PersonLine]:
    """Persons with words in place of what is withheld; a search for that finds nobody."""
    covers = withheld.covers(connection, [row[0] for row in rows])
    shown = []
    for line in (PersonLine(*row) for row in rows):
        cover = covers.get(line.id)
        if cover is None:
            shown.append(line)
        elif not cover.address or not searched or withheld.found_by(searched, line.full_name):
            shown.append(
                replace(
                    line,
                    phone=cover.phone(line.phone),
                    email=cover.email(line.email),
                    postcode=cover.postcode(line.postcode),
                    withheld=True,
                )
            )
    return shown


def no_such_person() -> NotFoundError:
    """What is said of a person who is not here."""
    return NotFoundError(_("There is no such person on this desk."))


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
