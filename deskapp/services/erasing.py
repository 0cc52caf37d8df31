"""Erasing takes two people: one proposes, another confirms, and that it went is written down.

Source: design sheet of sync, section 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from deskapp.clock import stamp
from deskapp.data.ids import new_id
from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.roles import User

if TYPE_CHECKING:
    from sqlmodel import Session


class NotErasedError(DeskError):
    """A record cannot be erased now; nothing was changed."""

    exit_code = Exit.NOT_ALLOWED


class Proposed(Protocol):
    """What is due to be erased."""

    @property
    def proposed_by(self) -> str:
        """Id of who proposed it; empty while nobody did."""


P = TypeVar("P", bound=Proposed)


class Erased(NamedTuple):
    """What the log keeps of a record; nothing about anybody."""

    table: str
    row_id: str
    ref: str
    scheme: str
    """Whose retention rule it was: a scheme, or the kind of a desk."""
    closed_at: dt.datetime
    proposed_by: str
    proposed_at: str
    """A stamp."""
    version: int = 1
    """Of the scheme."""


def proposed_by_others(found: Sequence[P], user: User) -> list[P]:
    """What ``user`` may confirm; it may be nothing."""
    return [each for each in found if each.proposed_by not in ("", user.id)]


def to_confirm(found: Sequence[P], user: User) -> list[P]:
    """What ``user`` may confirm.

    Raises:
        NotErasedError: If it is nothing.
    """
    going = proposed_by_others(found, user)
    if not going:
        raise not_by_two(own=any(each.proposed_by for each in found))
    return going


def not_by_two(*, own: bool) -> NotErasedError:
    """Why nothing goes: ``own`` when who confirms has proposed it, else nobody has."""
    if own:
        words = _("Nothing was erased: you proposed it, so somebody else must confirm it.")
    else:
        words = _("Nothing was erased: somebody must propose it first.")
    return NotErasedError(words)


def write_down(session: Session, erased: Iterable[Erased], *, user: User, now: dt.datetime) -> None:
    """Write into the log what ``user`` erases, and by whom it was proposed."""
    from deskapp import security_log
    from deskapp.data.case_tables import PurgeLog

    for each in erased:
        security_log.note(security_log.Event.ERASED, table=each.table, row=each.row_id, by=user.id)
        session.add(
            PurgeLog(
                id=new_id(),
                home_site=user.site,
                at=stamp(now),
                officer_id=user.id,
                tbl=each.table,
                row_id=each.row_id,
                ref=each.ref,
                scheme=each.scheme,
                version=each.version,
                closed_at=stamp(each.closed_at),
                proposed_by=each.proposed_by,
                proposed_at=each.proposed_at,
            )
        )
    session.flush()
