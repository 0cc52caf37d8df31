"""Keeping a move of a local article or script: the row as it stands now, and what was done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.clock import stamp
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.services.knowledge import local_items, local_texts
from deskapp.services.knowledge.content import Article, Script
from deskapp.services.knowledge.local_items import LocalItem, Move, Status
from deskapp.services.knowledge.local_texts import Texts
from deskapp.services.knowledge.reading import FAR_PAST
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.knowledge_tables import KnowledgeItem

LONGEST_WHY = 500


def opened(session: Session, row_id: str, user: User) -> tuple[LocalItem, KnowledgeItem]:
    """An item as it is read, and its row to be changed.

    Raises:
        NotAllowedError: If the role may not read it.
        NotFoundError: If there is none.
    """
    from deskapp.data.knowledge_tables import KnowledgeItem

    row = session.get(KnowledgeItem, row_id)
    if row is None:
        raise NotFoundError(_("There is no such local article or script."))
    return local_items.item(plain(session), row_id, user=user), row


def reason(why: str) -> str:
    """The words that say why.

    Raises:
        FormProblemsError: If there are none.
    """
    if not clean(why).strip():
        raise FormProblemsError([Problem("why", _("Say why"))])
    return why


def translates(item: Article | Script) -> int | None:
    """The version that its Welsh was made from; None without Welsh."""
    if isinstance(item, Script):
        return item.translates
    return item.editions["cy"].translates if "cy" in item.editions else None


def stamped(
    row: KnowledgeItem, texts: Texts, *, made_from: int, reviewed_on: dt.date | None = None
) -> Texts:
    """The texts with the version and the status of the row in their headers."""
    status = row.status if row.status == Status.LIVE else Status.DRAFT
    return local_texts.stamped(
        row.kind,
        row.item,
        texts,
        status=str(status),
        version=row.version,
        translates=made_from,
        reviewed_on=reviewed_on,
    )


def describe(row: KnowledgeItem, texts: Texts) -> None:
    """Put what lists show into the row; of a text that cannot be read what was known stays."""
    made = local_texts.read(row.kind, row.item, texts).item
    if made is None:
        return
    row.title, row.title_cy = made.title("en"), made.title("cy")
    row.owner = made.owner
    row.review_by = "" if made.review_by == FAR_PAST else made.review_by.isoformat()


def keep(
    session: Session,
    row: KnowledgeItem,
    move: Move,
    why: str,
    texts: Texts,
    *,
    now: dt.datetime,
    user: User,
    version_id: str = "",
) -> None:
    """Add what was done to the versions of an item."""
    from deskapp.data.knowledge_tables import KnowledgeVersion

    session.add(
        KnowledgeVersion(
            id=version_id or new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            item_id=row.id,
            version=row.version,
            move=move,
            why=clean(why).strip()[:LONGEST_WHY],
            text=texts.text,
            welsh=texts.welsh,
        )
    )
