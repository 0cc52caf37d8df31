"""What officers find wrong in articles and scripts, and that it was put right.

A flag is never changed: what was done about it is one more. Source: enquiries sheet, section 10.1;
knowledge sheet, section 6 (7).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _, number
from deskapp.roles import Act, User
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.data.knowledge_tables import KnowledgeFlag

LONGEST = 2000
_MOST = 200


class FlagKind(StrEnum):
    """What is wrong."""

    WRONG = "wrong"
    OUT_OF_DATE = "out_of_date"
    UNCLEAR = "unclear"
    MISSING = "missing"
    WELSH = "welsh"
    OTHER = "other"


LABELS = {
    FlagKind.WRONG: N_("Something is wrong"),
    FlagKind.OUT_OF_DATE: N_("Out of date"),
    FlagKind.UNCLEAR: N_("Unclear"),
    FlagKind.MISSING: N_("Something is missing"),
    FlagKind.WELSH: N_("A problem with the Welsh"),
    FlagKind.OTHER: N_("Something else"),
}


class Flagged(NamedTuple):
    """What a flag is about."""

    item: str
    version: int
    """The one that was read."""
    kind: FlagKind
    language: str
    """In which it was read."""


class FlagLine(NamedTuple):
    """A flag that nobody has answered."""

    id: str
    item: str
    version: int
    kind: FlagKind
    note: str
    language: str
    at: dt.datetime
    officer_name: str


def flag(
    session: Session,
    flag_id: str,
    about: Flagged,
    note: str = "",
    *,
    now: dt.datetime,
    user: User,
) -> None:
    """Keep what is wrong in an item; the same flag twice is kept once.

    Args:
        session: An open write transaction.
        flag_id: New, or the id of the draft that it was written in.
        about: The item, and what is wrong.
        note: In the officer's words; may be empty.
        now: The instant.
        user: Who says it.

    Raises:
        NotAllowedError: If the role may not read articles.
        FormProblemsError: If the note is too long.
    """
    roles.require(user, Act.READ_KNOWLEDGE)
    _add(session, _row(flag_id, user, now, about, note))


def close(session: Session, flag_id: str, answer_id: str, note: str, *, now: dt.datetime,
          user: User) -> None:  # fmt: skip
    """Say what was done about a flag.

    Raises:
        NotAllowedError: If the role does not write articles.
        NotFoundError: If there is no such flag.
        FormProblemsError: If the note is empty or too long.
    """
    from deskapp.data.knowledge_tables import KnowledgeFlag

    roles.require(user, Act.WRITE_KNOWLEDGE)
    if not clean(note).strip():
        raise FormProblemsError([Problem("note", _("Say what was done"))])
    found = session.get(KnowledgeFlag, flag_id)
    if found is None:
        raise NotFoundError(_("There is no such flag."))
    about = Flagged(found.item, found.version, FlagKind(found.kind), found.language)
    _add(session, _row(answer_id, user, now, about, note, closes=flag_id))


def _row(
    row_id: str, user: User, now: dt.datetime, about: Flagged, note: str, *, closes: str = ""
) -> KnowledgeFlag:
    from deskapp.data.knowledge_tables import KnowledgeFlag

    return KnowledgeFlag(
        id=row_id,
        home_site=user.site,
        at=stamp(now),
        officer_id=user.id,
        item=about.item,
        version=about.version,
        kind=about.kind.value,
        note=clean(note).strip(),
        language=about.language,
        closes=closes,
    )


def _add(session: Session, row: KnowledgeFlag) -> None:
    if len(row.note) > LONGEST:
        message = _("Enter {count} characters or less").format(count=number(LONGEST))
        raise FormProblemsError([Problem("note", message)])
    if session.get(type(row), row.id) is None:
        session.add(row)


def standing(connection: Connection, *, user: User, item: str = "") -> list[FlagLine]:
    """Flags that nobody has answered, the newest first; of one item where that is given.

    Raises:
        NotAllowedError: If the role does not write articles.
    """
    roles.require(user, Act.WRITE_KNOWLEDGE)
    rows = connection.execute(
        "SELECT f.id, f.item, f.version, f.kind, f.note, f.language, f.at, coalesce(o.name, '')"
        " FROM kb_flag f LEFT JOIN officer o ON o.id = f.officer_id"
        " WHERE f.closes = '' AND (? = '' OR f.item = ?)"
        " AND NOT EXISTS (SELECT 1 FROM kb_flag a WHERE a.closes = f.id)"
        " ORDER BY f.hlc DESC, f.id LIMIT ?",
        (item, item, _MOST),
    ).fetchall()
    return [
        FlagLine(id_, of, version, FlagKind(kind), words, language, instant(at), name)
        for id_, of, version, kind, words, language, at, name in rows
    ]


def counts(connection: Connection, since: dt.date) -> dict[str, int]:
    """How often each item was flagged since a day, the most often first; no words of anybody."""
    rows = connection.execute(
        "SELECT item, count(*) FROM kb_flag WHERE closes = '' AND at >= ?"
        " GROUP BY item ORDER BY count(*) DESC, item",
        (since.isoformat(),),
    ).fetchall()
    return dict(rows)
