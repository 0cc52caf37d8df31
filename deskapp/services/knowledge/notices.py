"""Notices to staff, and who has read which version: local articles that are for staff only.

Whoever wrote or approved a version has read it. Source: knowledge sheet, section 6 (read
acknowledgement for staff notices).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.errors import NotFoundError
from deskapp.i18n import _, day, language
from deskapp.roles import Act, User
from deskapp.services.waiting import Asker, Group, Line, Lines

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection

_KNOWN = (
    "EXISTS (SELECT 1 FROM kb_read r WHERE r.item_id = i.id AND r.officer_id = {who}"
    " AND r.version = i.live_version)"
    " OR EXISTS (SELECT 1 FROM kb_version v WHERE v.item_id = i.id AND v.officer_id = {who}"
    " AND v.version = i.live_version)"
)
_UNREAD = (
    "SELECT i.id, i.item, i.title, i.title_cy, i.live_version FROM kb_item i"
    " WHERE i.notice AND i.live_version > 0 AND i.home_site = ?2 AND (?3 = '' OR i.item = ?3)"
    f" AND NOT ({_KNOWN.format(who='?1')}) ORDER BY i.title, i.id LIMIT ?4"
)
_WHO = (
    "SELECT o.name, (SELECT min(r.at) FROM kb_read r WHERE r.item_id = i.id"
    f" AND r.officer_id = o.id AND r.version = i.live_version), {_KNOWN.format(who='o.id')}"
    " FROM kb_item i JOIN officer o ON o.home_site = i.home_site"
    " WHERE i.id = ? AND i.notice AND i.live_version > 0 ORDER BY o.name, o.id"
)
_MOST = 50


class Notice(NamedTuple):
    """A notice that somebody has not read."""

    id: str
    """Of its row."""
    item: str
    title: str
    title_cy: str
    version: int

    @property
    def shown_id(self) -> str:
        """Under which id officers find it."""
        from deskapp.services.knowledge.content import LOCAL  # most days there is no notice

        return LOCAL + self.item

    def called(self) -> str:
        """Its title in the language in use."""
        return (self.title_cy if language() == "cy" else "") or self.title or self.item


class Reader(NamedTuple):
    """Whether somebody has read the version that is shown."""

    name: str
    known: bool
    read_on: dt.date | None
    """None for who has not, and for who wrote or approved it."""

    def told(self) -> str:
        """The same in words."""
        if self.read_on:
            return _("Read on {day}").format(day=day(self.read_on))
        return _("Wrote or approved it") if self.known else _("NOT READ YET")


def waiting(connection: Connection, asker: Asker) -> Lines:
    """A line for each notice, until it is read."""
    if not roles.may(asker.user, Act.READ_KNOWLEDGE):
        return Lines([])
    today = asker.today.isoformat()
    return Lines(
        [
            Line(
                "article",
                notice.shown_id,
                _("Not read yet"),
                _("Notice to staff"),
                notice.called(),
                (Group.BY_DAY, today, 0),
            )
            for notice in unread(connection, user=asker.user)
        ]
    )


def unread(connection: Connection, *, user: User, item: str = "") -> list[Notice]:
    """Notices of the site that the user has not read; the one of an id where that is given.

    ``item`` is the id without the mark of a local item.

    Raises:
        NotAllowedError: If the role may not read local articles.
    """
    roles.require(user, Act.READ_KNOWLEDGE)
    values = (user.id, user.site, item, _MOST)
    return [Notice(*row) for row in connection.execute(_UNREAD, values).fetchall()]


def have_read(session: Session, item: str, *, now: dt.datetime, user: User) -> Notice:
    """Keep that the user has read a notice as it is shown now; ``item`` is its id, marked or not.

    Raises:
        NotAllowedError: If the role may not read local articles.
        NotFoundError: If there is no such notice that they have not read.
    """
    from deskapp.data.ids import new_id
    from deskapp.data.knowledge_tables import KnowledgeRead
    from deskapp.data.sessions import plain
    from deskapp.services.knowledge.content import LOCAL

    name = item.removeprefix(LOCAL)
    found = unread(plain(session), user=user, item=name) if name else []
    if not found:
        raise NotFoundError(_("There is no such notice, or you have read it already."))
    notice = found[0]
    session.add(
        KnowledgeRead(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            item_id=notice.id,
            version=notice.version,
        )
    )
    return notice


def readers(connection: Connection, row_id: str, *, user: User) -> list[Reader]:
    """Everybody of the site, by name: who has read a notice; nobody where it is none.

    Raises:
        NotAllowedError: If the role does not approve local articles.
    """
    roles.require(user, Act.APPROVE_KNOWLEDGE)
    rows = connection.execute(_WHO, (row_id,)).fetchall()
    return [
        Reader(name, bool(known), local(instant(at)).date() if at else None)
        for name, at, known in rows
    ]
