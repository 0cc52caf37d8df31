"""Reading the articles and scripts that were written at this site, and their versions.

Source: knowledge sheet, section 6 (8).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.knowledge.content import LOCAL
from deskapp.services.knowledge.local_texts import Texts
from deskapp.text import words

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

MOST_SHOWN = 200


class Status(StrEnum):
    """How the newest text of a local item stands."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


STATUS_LABELS = {
    Status.DRAFT: N_("Draft"),
    Status.REVIEW: N_("Waits for approval"),
    Status.LIVE: N_("Live"),
    Status.WITHDRAWN: N_("Withdrawn"),
}


class Move(StrEnum):
    """What was done with a local item."""

    DRAFTED = "drafted"
    EDITED = "edited"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


MOVE_LABELS = {
    Move.DRAFTED: N_("Drafted"),
    Move.EDITED: N_("Changed"),
    Move.SUBMITTED: N_("Put forward"),
    Move.SENT_BACK: N_("Sent back"),
    Move.APPROVED: N_("Approved"),
    Move.WITHDRAWN: N_("Withdrawn"),
    Move.RESTORED: N_("Older text taken again"),
}
WRITTEN = (Move.DRAFTED, Move.EDITED, Move.RESTORED)
"""The moves that make a text; the others decide about one."""


class LocalLine(NamedTuple):
    """A local item in a list."""

    id: str
    """Of its row."""
    item: str
    kind: str
    status: Status
    version: int
    live_version: int
    """What officers are shown; 0 for nothing."""
    owner: str
    review_by: dt.date | None
    title: str
    title_cy: str
    based_on: str
    based_version: int

    @property
    def shown_id(self) -> str:
        """Under which id officers find it."""
        return LOCAL + self.item

    def called(self, language: str) -> str:
        """Its title, or its id while it has none."""
        return (self.title_cy if language == "cy" else "") or self.title or self.item

    def overdue(self, today: dt.date) -> bool:
        """Whether officers are shown something that should have been reviewed."""
        return bool(self.live_version and self.review_by and self.review_by < today)


class VersionLine(NamedTuple):
    """One move of a local item."""

    id: str
    version: int
    move: Move
    why: str
    at: dt.datetime
    officer_id: str
    officer_name: str
    has_text: bool


class LocalItem(NamedTuple):
    """A local item with its newest text and everything that was done, the newest first."""

    line: LocalLine
    texts: Texts
    versions: tuple[VersionLine, ...]

    @property
    def writers(self) -> frozenset[str]:
        """Ids of those who wrote what officers are not shown yet."""
        since = self.line.live_version
        return frozenset(
            each.officer_id
            for each in self.versions
            if each.move in WRITTEN and each.version > since
        )


_LINE = (
    "SELECT id, item, kind, status, version, live_version, owner, review_by, title, title_cy,"
    " based_on, based_version FROM kb_item"
)
_VERSIONS = (
    "SELECT v.id, v.version, v.move, v.why, v.at, v.officer_id, coalesce(o.name, ''), v.text != ''"
    " FROM kb_version v LEFT JOIN officer o ON o.id = v.officer_id"
    " WHERE v.item_id = ? ORDER BY v.hlc DESC, v.desk DESC LIMIT 500"
)
_NEWEST = (
    "SELECT text, welsh FROM kb_version WHERE item_id = ? AND text != ''"
    " ORDER BY hlc DESC, desk DESC LIMIT 1"
)


def lines(connection: Connection, asked: str = "", *, user: User) -> list[LocalLine]:
    """Local items whose title or id has all the words; what waits for somebody first.

    Raises:
        NotAllowedError: If the role may not read them.
    """
    roles.require(user, Act.READ_KNOWLEDGE)
    order = "CASE status WHEN 'review' THEN 0 WHEN 'draft' THEN 1 WHEN 'live' THEN 2 ELSE 3 END"
    rows = connection.execute(f"{_LINE} ORDER BY {order}, title, id").fetchall()
    wanted = words(asked)
    found = [
        line
        for line in map(_line, rows)
        if all(word in " ".join(words(_said(line))) for word in wanted)
    ]
    return found[:MOST_SHOWN]


def item(connection: Connection, row_id: str, *, user: User) -> LocalItem:
    """One local item, by the id of its row.

    Raises:
        NotAllowedError: If the role may not read it.
        NotFoundError: If there is none.
    """
    roles.require(user, Act.READ_KNOWLEDGE)
    row = connection.execute(f"{_LINE} WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such local article or script."))
    newest = connection.execute(_NEWEST, (row_id,)).fetchone() or ("", "")
    versions = connection.execute(_VERSIONS, (row_id,)).fetchall()
    return LocalItem(_line(row), Texts(*newest), tuple(map(_version, versions)))


def row_of(connection: Connection, item_id: str) -> str:
    """Id of the row of a local item, by its id with or without the mark; empty for none."""
    name = item_id.removeprefix(LOCAL)
    row = connection.execute(
        "SELECT id FROM kb_item WHERE item = ? ORDER BY id LIMIT 1", (name,)
    ).fetchone()
    return str(row[0]) if row else ""


def texts_of(connection: Connection, version_id: str, *, user: User) -> Texts:
    """The whole text of one version.

    Raises:
        NotAllowedError: If the role may not read it.
        NotFoundError: If there is none.
    """
    roles.require(user, Act.READ_KNOWLEDGE)
    row = connection.execute(
        "SELECT text, welsh FROM kb_version WHERE id = ? AND text != ''", (version_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("This version has no text of its own."))
    return Texts(*row)


def _said(line: LocalLine) -> str:
    return f"{line.item} {line.title} {line.title_cy} {_(STATUS_LABELS[line.status])}"


def _line(row: tuple[str, ...]) -> LocalLine:
    made = LocalLine(*row)  # type: ignore[arg-type]  # the columns in its order
    day = str(row[7])
    return made._replace(
        status=Status(row[3]), review_by=dt.date.fromisoformat(day) if day else None
    )


def _version(row: tuple[str, ...]) -> VersionLine:
    made = VersionLine(*row)  # type: ignore[arg-type]  # the same
    return made._replace(move=Move(row[2]), at=instant(row[4]), has_text=bool(row[7]))
