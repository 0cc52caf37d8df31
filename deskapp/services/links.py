"""Records that belong together, kept beside them: the newest event of a pair counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


class Link(NamedTuple):
    """The other end of a link."""

    table: str
    id: str


def link(
    session: Session,
    from_table: str,
    from_id: str,
    to_table: str,
    to_id: str,
    *,
    user: User,
    now: dt.datetime,
) -> None:
    """Keep that two records belong together.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(user, Act.WORK_CASES)
    _keep(session, Link(from_table, from_id), Link(to_table, to_id), user=user, now=now)


def unlink(
    session: Session, one: Link, other: Link, *, reason: str, user: User, now: dt.datetime
) -> None:
    """Keep that two records do not belong together, whichever way they were linked.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If they are not linked.
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(user, Act.WORK_CASES)
    if not one_line(reason):
        raise FormProblemsError([Problem("reason", _("Enter why they do not belong together"))])
    if other not in of(plain(session), one.table, one.id, user=user):
        raise NotFoundError(_("These two are not linked."))
    _keep(session, one, other, user=user, now=now, reason=one_line(reason))


def _keep(
    session: Session, one: Link, other: Link, *, user: User, now: dt.datetime, reason: str = ""
) -> None:
    """Write down an event of a pair; with a reason it ends the link."""
    from deskapp.data.enquiry_tables import RecordLink

    session.add(
        RecordLink(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            from_table=one.table,
            from_id=one.id,
            to_table=other.table,
            to_id=other.id,
            undone=bool(reason),
            reason=reason,
        )
    )
    session.flush()


def of(connection: Connection, table: str, record_id: str, *, user: User) -> list[Link]:
    """What a record belongs together with, the oldest link first.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(user, Act.READ_CASES)
    rows = connection.execute(
        "SELECT to_table, to_id, undone, hlc FROM record_link"
        " WHERE from_table = ?1 AND from_id = ?2"
        " UNION ALL SELECT from_table, from_id, undone, hlc FROM record_link"
        " WHERE to_table = ?1 AND to_id = ?2 ORDER BY hlc",
        (table, record_id),
    ).fetchall()
    newest = {Link(other, other_id): undone for other, other_id, undone, _hlc in rows}
    return [other for other, undone in newest.items() if not undone]
