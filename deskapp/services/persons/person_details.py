"""Putting a person's details right, and showing a number that is hidden, with why.

Source: enquiries sheet, sections 1 and 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError, Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, User
from deskapp.services import drafts
from deskapp.services.persons import person_links, persons, withheld
from deskapp.services.persons.persons import PersonLine
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

NUMBER_SHOWN = "number_shown"
"""Code of the event that keeps why a hidden number was shown."""
DETAILS = ("full_name", "phone", "email", "postcode")
"""What of a person may be put right."""
NAME_LIMIT, POSTCODE_LIMIT = 200, 20


def correct(
    session: Session,
    person_id: str,
    details: Mapping[str, str],
    *,
    user: User,
    draft_id: str = "",
) -> PersonLine:
    """Put details of a person right; contacts keep what was typed on them.

    Args:
        session: An open write transaction.
        person_id: Whose.
        details: Those of ``DETAILS`` that change; an empty one is taken away.
        user: Who corrects.
        draft_id: The form to forget.

    Raises:
        FormProblemsError: If nothing of the person would be left, or a detail cannot be used.
        NotFoundError: If there is no such person.
        NotAllowedError: If the role may not.
    """
    from deskapp.data.sessions import plain
    from deskapp.data.tables import Person

    roles.require(user, Act.WORK_PERSONS)
    person = session.get(Person, person_id)
    if person is None:
        raise persons.no_such_person()
    given = {name: one_line(details[name]) for name in DETAILS if name in details}
    found = persons.problems(given.get("phone", ""), given.get("email", ""))
    limits = {"full_name": (_("Name"), NAME_LIMIT), "postcode": (_("Postcode"), POSTCODE_LIMIT)}
    for name, (label, limit) in limits.items():
        if len(given.get(name, "")) > limit:
            message = _("{field} must be {limit} characters or less")
            found.append(Problem(name, message.format(field=label, limit=number(limit))))
    if not any({**{name: getattr(person, name) for name in DETAILS}, **given}.values()):
        found.append(Problem("full_name", _("Enter a name, or leave the details as they are")))
    if found:
        raise FormProblemsError(found)
    given["postcode"] = given.get("postcode", person.postcode).upper()
    person.sqlmodel_update(given)
    session.add(person)
    drafts.drop(plain(session), draft_id)
    return persons.get(plain(session), person_id, user=user)


def number_to_call(
    session: Session,
    person_id: str,
    reason: str,
    *,
    now: dt.datetime,
    user: User,
    contact_id: str = "",
) -> str:
    """The number of a person who must not be rung; why it was shown is kept with a contact.

    Args:
        session: An open write transaction.
        person_id: Whose.
        reason: Why it must be seen.
        now: The moment.
        user: Who sees it.
        contact_id: The contact whose history keeps the reason; their newest when left out.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If there is no such person, or no contact that can keep the reason.
        NotAllowedError: If the address is confidential, or the role may not read contacts.
    """
    from deskapp.data.ids import new_id
    from deskapp.data.sessions import plain
    from deskapp.data.tables import ContactEvent, Person

    roles.require(user, Act.READ_CONTACTS)
    reason = person_links.checked_reason(reason)
    connection = plain(session)
    person = session.get(Person, person_id)
    if person is None:
        raise persons.no_such_person()
    if withheld.cover(connection, person_id).address:
        raise NotAllowedError(
            _("How to reach this person is confidential. Ask the team leader what to do.")
        )
    kept_with = contact_id or _newest_contact(connection, person_id)
    session.add(
        ContactEvent(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            contact_id=kept_with,
            code=NUMBER_SHOWN,
            note=_("Number shown: {reason}").format(reason=reason),
        )
    )
    return person.phone


def _newest_contact(connection: Connection, person_id: str) -> str:
    row = connection.execute(
        "SELECT id FROM contact WHERE person_id = ? ORDER BY started_at DESC, id DESC LIMIT 1",
        (person_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("This person has no contact yet that can keep the reason."))
    return str(row[0])
