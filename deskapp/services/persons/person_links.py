"""Records of one human being: linked, never merged, so that a wrong link is taken back whole.

Every link and every undoing is an event; the newest event of a pair counts. Whoever is linked over
others belongs to the same group. Source: enquiries sheet, section 15.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, User
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

REASON_LIMIT = 500
_PERSON = "person"


class Pair(NamedTuple):
    """Two persons, the lower id first, so that each pair is named in one way."""

    one: str
    other: str

    @classmethod
    def of(cls, person_id: str, other_id: str) -> Pair:
        """The pair of two ids, in whichever order they are given."""
        return cls(*sorted((person_id, other_id)))


def group(connection: Connection, person_id: str) -> tuple[str, ...]:
    """The ids of everybody who is the same as this person, theirs first.

    It gives ids and no words, so it asks nobody who reads.
    """
    found = {person_id: None}
    waiting = [person_id] if person_id else []
    while waiting:
        new = [each for each in _linked(connection, waiting.pop()) if each not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(filter(None, found))


def _linked(connection: Connection, person_id: str) -> list[str]:
    """Ids of who is linked with one person directly."""
    rows = connection.execute(
        "SELECT hlc, desk, to_id, undone FROM record_link"
        " WHERE from_table = ?1 AND from_id = ?2 AND to_table = ?1"
        " UNION ALL SELECT hlc, desk, from_id, undone FROM record_link"
        " WHERE to_table = ?1 AND to_id = ?2 AND from_table = ?1",
        (_PERSON, person_id),
    ).fetchall()
    newest = {other: undone for _hlc, _desk, other, undone in sorted(rows)}
    return [other for other, undone in newest.items() if not undone]


def link(
    session: Session, person_id: str, other_id: str, reason: str, *, now: dt.datetime, user: User
) -> None:
    """Say that two persons are one; linking them twice links them once.

    Raises:
        FormProblemsError: If there is no reason, or both are the same record.
        NotFoundError: If one of them is not on this desk.
        NotAllowedError: If the role may not.
    """
    _write(session, Pair.of(person_id, other_id), reason, False, now=now, user=user)


def unlink(
    session: Session, person_id: str, other_id: str, reason: str, *, now: dt.datetime, user: User
) -> None:
    """Say that two persons are not one after all; what each of them had stays with each.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If they are not linked directly.
        NotAllowedError: If the role may not.
    """
    _write(session, Pair.of(person_id, other_id), reason, True, now=now, user=user)


def _write(
    session: Session, pair: Pair, reason: str, undone: bool, *, now: dt.datetime, user: User
) -> None:
    from deskapp.data.enquiry_tables import RecordLink
    from deskapp.data.ids import new_id
    from deskapp.data.sessions import plain
    from deskapp.data.tables import Person

    roles.require(user, Act.WORK_PERSONS)
    reason = checked_reason(reason)
    if pair.one == pair.other:
        raise FormProblemsError([Problem("other", _("Choose another person than this one"))])
    if any(session.get(Person, each) is None for each in (pair.one, pair.other)):
        raise NotFoundError(_("There is no such person on this desk."))
    linked = pair.other in _linked(plain(session), pair.one)
    if undone and not linked:
        raise NotFoundError(_("These two persons are not linked."))
    if linked is not undone:
        return
    session.add(
        RecordLink(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            from_table=_PERSON,
            from_id=pair.one,
            to_table=_PERSON,
            to_id=pair.other,
            undone=undone,
            reason=reason,
        )
    )


def checked_reason(reason: str) -> str:
    """``reason`` as it is kept.

    Raises:
        FormProblemsError: If it is empty or too long.
    """
    reason = clean(reason).strip()
    if not reason:
        raise FormProblemsError([Problem("reason", _("Enter a reason"))])
    if len(reason) > REASON_LIMIT:
        message = _("{field} must be {limit} characters or less").format(
            field=_("Reason"), limit=number(REASON_LIMIT)
        )
        raise FormProblemsError([Problem("reason", message)])
    return reason
