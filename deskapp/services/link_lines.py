"""What a record belongs together with, as it is shown: reference and title of each.

A case of a restricted scheme is shown to nobody but its roles. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import kinds, links
from deskapp.services.casework import shelf, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.told import RESTRICTED_MARKER
from deskapp.services.links import Link
from deskapp.services.persons import persons
from deskapp.text import compact, one_line

MOST_HEARINGS = 8
ID_MARK = "id:"
"""Stands before the id of a person, who has no reference."""


@dataclass(frozen=True)
class LinkLine:
    """The other end of a link, as it is shown."""

    link: Link
    ref: str
    """Empty for a person, and for what one may only know to be there."""
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
    found = [line for other in others if (line := _line(connection, acting, other))]
    if any(_is_marked(connection, acting, other) for other in others):
        found.append(LinkLine(Link("", ""), "", _(RESTRICTED_MARKER)))
    return found


def named(connection: Connection, acting: Acting, text: str) -> Link:
    """The record that a reference, or ``id:`` and the id of a person, stands for.

    Raises:
        NotFoundError: If there is none, or it is not for this person.
    """
    found = kinds.with_ref(connection, text)
    if text.startswith(ID_MARK):
        found = [(kinds.PERSON, text.removeprefix(ID_MARK))]
    for link in itertools.starmap(Link, found):
        if _line(connection, acting, link):
            return link
    message = _("Nothing on this desk has the reference {ref}. Check each letter.")
    raise NotFoundError(message.format(ref=one_line(text)))


def candidates(connection: Connection, acting: Acting, text: str, *, but: Link) -> list[LinkLine]:
    """What a reference, the case number of a hearing or words of a person may stand for.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    found = [
        *itertools.starmap(Link, kinds.with_ref(connection, text)),
        *_hearings(connection, acting, text),
        *(Link(kinds.PERSON, each.id) for each in persons.find(connection, text, user=acting.user)),
    ]
    ends = (each for each in dict.fromkeys(found) if each != but)
    permitted = (each for each in ends if roles.may(acting.user, kinds.KINDS[each.table].act))
    return [line for each in permitted if (line := _line(connection, acting, each))]


def words(line: LinkLine) -> str:
    """The other end of a link in a line, with what kind of record it is."""
    label = kinds.label(line.link.table) if line.link.table else ""
    return "  ".join(filter(None, (label, line.ref, line.title)))


def _hearings(connection: Connection, acting: Acting, text: str) -> list[Link]:
    """The hearings of a case number, the latest first."""
    if not compact(text) or not roles.may(acting.user, Act.READ_HEARINGS):
        return []
    rows = connection.execute(
        "SELECT id FROM hearing WHERE case_key = ? ORDER BY day DESC, start DESC LIMIT ?",
        (compact(text), MOST_HEARINGS),
    ).fetchall()
    return [Link(kinds.HEARING, hearing_id) for (hearing_id,) in rows]


def _is_marked(connection: Connection, acting: Acting, link: Link) -> bool:
    """Whether a linked case is not for this person, and its scheme says that this may be told."""
    known = kinds.known(connection, link.table, [link.id]).get(link.id)
    if known is None or not known.scheme:
        return False
    is_hidden = not shelf.may_know(acting.book, known.scheme, acting.person)
    return is_hidden and shelf.may_hear_of(acting.book, known.scheme)


def _line(connection: Connection, acting: Acting, link: Link) -> LinkLine | None:
    """One record; ``None`` when it is not here, or not for this person."""
    known = kinds.known(connection, link.table, [link.id]).get(link.id)
    if known is None:
        return None
    if known.scheme and not shelf.may_know(acting.book, known.scheme, acting.person):
        return None
    title = known.title
    if link.table == kinds.CASE:
        title = withheld_texts.cover(connection, link.id).text(title)
    return LinkLine(link, known.ref, title)
