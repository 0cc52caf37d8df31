"""Writing local articles and scripts: drafted, changed, an older text taken again.

A text is never overwritten: each is a version with who, when and why. Officers are shown what was
approved last, whatever is written since. Source: knowledge sheet, section 6 (8).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import drafts
from deskapp.services.knowledge import library, local_items, local_keep, local_texts
from deskapp.services.knowledge.local_items import LocalItem, Move, Status
from deskapp.services.knowledge.local_texts import SCRIPT, Texts

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.knowledge_tables import KnowledgeItem


class ChangedSinceError(DeskError):
    """Somebody else changed the item since it was opened."""


class Draft(NamedTuple):
    """A new local item as it was written."""

    kind: str
    item: str
    texts: Texts
    why: str = ""
    based_version: int = 0
    """Of the shipped item with the same id, when it is made from that; 0 for none."""


def start(session: Session, row_id: str, draft: Draft, *, now: dt.datetime, user: User) -> None:
    """Keep a new local item as a draft; starting the same one again changes nothing.

    Raises:
        NotAllowedError: If the role does not write articles.
        FormProblemsError: If the id is wrong or taken: by a local item, or by a shipped one that it
            does not say to be made from, with its version of now.
        TooLongError: If a text is too long.
    """
    from deskapp.data.knowledge_tables import KnowledgeItem

    roles.require(user, Act.WRITE_KNOWLEDGE)
    texts = local_texts.tidy(draft.texts)
    drafts.drop(plain(session), row_id)
    if session.get(KnowledgeItem, row_id) is not None:
        return
    problems = _problems(session, draft)
    if problems:
        raise FormProblemsError(problems)
    row = KnowledgeItem(
        id=row_id,
        home_site=user.site,
        item=draft.item,
        kind=draft.kind,
        status=Status.DRAFT,
        version=1,
        owner="",
        review_by="",
        based_on=draft.item if draft.based_version else "",
        based_version=draft.based_version,
    )
    texts = local_keep.stamped(row, texts, made_from=1)
    local_keep.describe(row, texts)
    session.add(row)
    local_keep.keep(session, row, Move.DRAFTED, draft.why, texts, now=now, user=user)


def edit(
    session: Session,
    version_id: str,
    row_id: str,
    texts: Texts,
    why: str,
    *,
    seen_version: int,
    in_step: bool = False,
    now: dt.datetime,
    user: User,
) -> None:
    """Keep a changed text as a new version, a draft again; twice with one id is kept once.

    Args:
        session: An open write transaction.
        version_id: Id of the stored draft, or a new one.
        row_id: Of the item.
        texts: The whole text.
        why: Why it was changed.
        seen_version: The version that was opened.
        in_step: Whether the Welsh says the same, though only the English was changed.
        now: The instant.
        user: Who changed it.

    Raises:
        NotAllowedError: If the role does not write articles.
        FormProblemsError: If nothing was said why.
        ChangedSinceError: If there is a newer version by now.
        TooLongError: If a text is too long.
    """
    from deskapp.data.knowledge_tables import KnowledgeVersion

    roles.require(user, Act.WRITE_KNOWLEDGE)
    texts, why = local_texts.tidy(texts), local_keep.reason(why)
    drafts.drop(plain(session), version_id)
    if session.get(KnowledgeVersion, version_id) is not None:
        return
    found, row = local_keep.opened(session, row_id, user)
    if found.line.version != seen_version:
        message = _(
            "Somebody changed it since you opened it: it is version {version} now. Nothing was"
            " saved. Your text stays here: copy it, open the newest version and put it there."
        )
        raise ChangedSinceError(message.format(version=found.line.version))
    _new_version(session, row, found, Move.EDITED, texts, why, in_step=in_step, now=now, user=user,
                 version_id=version_id)  # fmt: skip


def restore(
    session: Session, row_id: str, version_id: str, why: str, *, now: dt.datetime, user: User
) -> None:
    """Take the text of an older version again, as a new version.

    Raises:
        NotAllowedError: If the role does not write articles.
        FormProblemsError: If nothing was said why.
        NotFoundError: If the version has no text.
    """
    roles.require(user, Act.WRITE_KNOWLEDGE)
    why = local_keep.reason(why)
    found, row = local_keep.opened(session, row_id, user)
    texts = local_items.texts_of(plain(session), version_id, user=user)
    old = local_texts.read(found.line.kind, found.line.item, texts).item
    in_step = old is not None and local_keep.translates(old) == old.version
    _new_version(session, row, found, Move.RESTORED, texts, why, in_step=in_step, now=now,
                 user=user)  # fmt: skip


def _problems(session: Session, draft: Draft) -> list[Problem]:
    """What is wrong with the id of a new item."""
    if not local_texts.ID.fullmatch(draft.item):
        return [Problem("item", _("An id is small letters, digits and hyphens, 60 at most."))]
    if (draft.kind == SCRIPT) != draft.item.startswith("s-"):
        return [Problem("item", _("The id of a script begins with s-, no other does."))]
    if local_items.row_of(plain(session), draft.item):
        message = _("There is a local item {id} already. Change that one, or use another id.")
        return [Problem("item", message.format(id=draft.item))]
    shipped = library.shipped().item(draft.item)
    if shipped is not None and draft.based_version != shipped.version:
        message = _(
            "{id} is the id of a shipped item, version {version}. Use another id, or say that"
            " yours is made from that version."
        )
        return [Problem("item", message.format(id=draft.item, version=shipped.version))]
    if shipped is None and draft.based_version:
        return [Problem("item", _("There is no shipped item {id}.").format(id=draft.item))]
    return []


def _new_version(
    session: Session,
    row: KnowledgeItem,
    found: LocalItem,
    move: Move,
    texts: Texts,
    why: str,
    *,
    in_step: bool,
    now: dt.datetime,
    user: User,
    version_id: str = "",
) -> None:
    row.version += 1
    row.status = Status.DRAFT
    translates = row.version if in_step else _step(found, texts, row.version)
    texts = local_keep.stamped(row, texts, made_from=translates)
    local_keep.describe(row, texts)
    local_keep.keep(session, row, move, why, texts, now=now, user=user, version_id=version_id)


def _step(found: LocalItem, texts: Texts, version: int) -> int:
    """The version that the Welsh was made from: this one where it was changed, or nothing else."""
    old, new = (
        local_texts.read(found.line.kind, found.line.item, each).item
        for each in (found.texts, texts)
    )
    if old is None or new is None or local_texts.differs(old, new, "cy"):
        return version
    behind = local_keep.translates(old) != old.version
    if behind or local_texts.differs(old, new, "en"):
        return local_keep.translates(old) or version
    return version
