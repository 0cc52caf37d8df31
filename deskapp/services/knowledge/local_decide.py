"""Deciding about local articles and scripts: put forward, approved, sent back, withdrawn.

Nobody approves what they wrote. Source: knowledge sheet, section 6 (8).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local
from deskapp.errors import DeskError, NotAllowedError
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, User
from deskapp.services.knowledge import local_items, local_keep, local_texts
from deskapp.services.knowledge.content import Article
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.local_items import LocalItem, Move, Status
from deskapp.services.knowledge.local_texts import Texts
from deskapp.services.knowledge.local_write import ChangedSinceError

if TYPE_CHECKING:
    from sqlmodel import Session


class NotReadyError(DeskError):
    """The item cannot go on: the rules stop it, or it stands elsewhere."""


def submit(
    session: Session, row_id: str, why: str, checked: Checked, *, now: dt.datetime, user: User
) -> None:
    """Put a draft forward for approval by somebody else.

    Raises:
        NotAllowedError: If the role does not write articles.
        NotReadyError: If it is no draft, or a rule stops it.
    """
    roles.require(user, Act.WRITE_KNOWLEDGE)
    found, row = local_keep.opened(session, row_id, user)
    _standing(found, Status.DRAFT)
    _passes(found, checked)
    row.status = Status.REVIEW
    local_keep.keep(session, row, Move.SUBMITTED, why, Texts(""), now=now, user=user)


def send_back(session: Session, row_id: str, why: str, *, now: dt.datetime, user: User) -> None:
    """Make a draft again of what waits for approval; says why.

    Raises:
        NotAllowedError: If the role does not write articles.
        NotReadyError: If it does not wait for approval.
        FormProblemsError: If nothing was said why.
    """
    roles.require(user, Act.WRITE_KNOWLEDGE)
    why = local_keep.reason(why)
    found, row = local_keep.opened(session, row_id, user)
    _standing(found, Status.REVIEW)
    row.status = Status.DRAFT
    local_keep.keep(session, row, Move.SENT_BACK, why, Texts(""), now=now, user=user)


def approve(
    session: Session, row_id: str, why: str, checked: Checked, *, now: dt.datetime, user: User
) -> None:
    """Show the newest version to officers from now on.

    Raises:
        NotAllowedError: If the role does not approve, or the user wrote any of it.
        NotReadyError: If it does not wait for approval, or a rule stops it.
    """
    roles.require(user, Act.APPROVE_KNOWLEDGE)
    found, row = local_keep.opened(session, row_id, user)
    _standing(found, Status.REVIEW)
    if user.id in found.writers:
        raise NotAllowedError(
            _("You wrote this. Somebody else who may approve articles must approve it.")
        )
    _passes(found, checked)
    row.status, row.live_version = Status.LIVE, row.version
    row.notice = _for_staff(found)
    texts = local_keep.stamped(
        row, found.texts, made_from=_told_step(found), reviewed_on=local(now).date()
    )
    local_keep.keep(session, row, Move.APPROVED, why, texts, now=now, user=user)


def withdraw(session: Session, row_id: str, why: str, *, now: dt.datetime, user: User) -> None:
    """Show it to nobody any more; its versions stay, and it can be written on.

    Raises:
        NotAllowedError: If the role does not approve articles.
        NotReadyError: If it is withdrawn already.
        FormProblemsError: If nothing was said why.
    """
    roles.require(user, Act.APPROVE_KNOWLEDGE)
    why = local_keep.reason(why)
    found, row = local_keep.opened(session, row_id, user)
    if found.line.status is Status.WITHDRAWN:
        raise NotReadyError(_("It is withdrawn already."))
    row.status, row.live_version = Status.WITHDRAWN, 0
    local_keep.keep(session, row, Move.WITHDRAWN, why, Texts(""), now=now, user=user)


def _standing(found: LocalItem, wanted: Status) -> None:
    if found.line.status is not wanted:
        message = _("It does not stand so that this can be done. It is: {status}.")
        status = _(local_items.STATUS_LABELS[found.line.status])
        raise NotReadyError(message.format(status=status))


def _passes(found: LocalItem, checked: Checked) -> None:
    if checked.version != found.line.version:
        raise ChangedSinceError(_("Somebody changed it in this moment. Read it again first."))
    if checked.stops:
        message = ngettext(
            "{count} thing must be put right first. It stands below the title.",
            "{count} things must be put right first. They stand below the title.",
            checked.stops,
        )
        raise NotReadyError(message.format(count=number(checked.stops)))


def _for_staff(found: LocalItem) -> bool:
    item = local_texts.read(found.line.kind, found.line.item, found.texts).item
    return isinstance(item, Article) and item.staff


def _told_step(found: LocalItem) -> int:
    item = local_texts.read(found.line.kind, found.line.item, found.texts).item
    return (local_keep.translates(item) if item else None) or found.line.version
