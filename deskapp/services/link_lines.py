"""What a record belongs together with, as it is shown: reference and title of each.

A case of a restricted scheme is shown to nobody but its roles. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

from dataclasses import dataclass

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.refs import parse
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services import links
from deskapp.services.casework import shelf, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.links import Link
from deskapp.text import compact, one_line

CASE, CONTACT, PERSON = "case_record", "contact", "person"
KIND_LABELS = {CASE: N_("Case"), CONTACT: N_("Contact"), PERSON: N_("Person")}
ID_MARK = "id:"
"""Stands before the id of a person, who has no reference."""

_LINES = {
    CASE: "SELECT ref, title, scheme FROM case_state WHERE id = ?",
    CONTACT: "SELECT ref, person_name, '' FROM contact WHERE id = ?",
    PERSON: "SELECT '', full_name, '' FROM person WHERE id = ?",
}
_BY_REF = {
    CASE: "SELECT id FROM case_record WHERE ref_key = ?",
    CONTACT: "SELECT id FROM contact WHERE ref_key = ?",
}


@dataclass(frozen=True)
class LinkLine:
    """The other end of a link, as it is shown."""

    link: Link
    ref: str
    """Empty for a person."""
    title: str


def lines(connection: Connection, acting: Acting, record: Link) -> list[LinkLine]:
    """What a record belongs together with, the oldest link first.

    Raises:
        NotFoundError: If there is no such record, or it is not for this person.
        NotAllowedError: If the role may not read contacts or cases.
    """
    roles.require(acting.user, Act.READ_CONTACTS)
    if _line(connection, acting, record) is None:
        raise NotFoundError(_("There is no such record on this desk."))
    others = links.of(connection, record.table, record.id, user=acting.user)
    return [line for other in others if (line := _line(connection, acting, other))]


def named(connection: Connection, acting: Acting, text: str) -> Link:
    """The record that a reference, or ``id:`` and the id of a person, stands for.

    Raises:
        NotFoundError: If there is none, or it is not for this person.
    """
    key = compact(parse(text) or "")
    found = [Link(PERSON, text.removeprefix(ID_MARK))] if text.startswith(ID_MARK) else []
    for table, question in _BY_REF.items() if key else ():
        rows = connection.execute(question, (key,)).fetchall()
        found += [Link(table, record_id) for (record_id,) in rows]
    for link in found:
        if _line(connection, acting, link):
            return link
    message = _("Nothing on this desk has the reference {ref}. Check each letter.")
    raise NotFoundError(message.format(ref=one_line(text)))


def _line(connection: Connection, acting: Acting, link: Link) -> LinkLine | None:
    """One record; ``None`` when it is not here, or not for this person."""
    question = _LINES.get(link.table)
    row = connection.execute(question, (link.id,)).fetchone() if question else None
    if row is None:
        return None
    ref, title, scheme = row
    if link.table == CASE:
        title = withheld_texts.cover(connection, link.id).text(title)
    if scheme and not shelf.may_know(acting.book, scheme, acting.person):
        return None
    return LinkLine(link, ref, title)
