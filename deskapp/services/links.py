"""Records that belong together, kept beside them: the newest event of a pair counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.roles import Act, User

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
    from deskapp.data.enquiry_tables import RecordLink

    roles.require(user, Act.WORK_CASES)
    session.add(
        RecordLink(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            from_table=from_table,
            from_id=from_id,
            to_table=to_table,
            to_id=to_id,
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
