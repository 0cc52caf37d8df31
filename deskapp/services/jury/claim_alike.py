"""Days of a claim filled alike: one put onto all, a card shared over them, days to come.

As in ``claiming``, each act is one transaction, and made twice with the same id it is made once.
Source: jury sheet, section 6.5.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.jury import applying, claim_rows, claim_writes, claiming, claims
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.applying import Part
from deskapp.services.jury.claim_state import Basis, ClaimDay, State
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage

if TYPE_CHECKING:
    from sqlmodel import Session


def apply_to_all(
    session: Session,
    acting: Acting,
    basis: Basis,
    day_id: str,
    parts: Collection[Part],
    *,
    cash: bool,
    step_id: str,
) -> int:
    """Put parts of one day onto every other day in draft; how many were changed.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who acts, and when.
        basis: What amounts are counted by.
        day_id: Of the day that is put onto the others.
        parts: What of it.
        cash: Whether the way of payment is put onto them too.
        step_id: Each day gets an entry of its own, made of this id.

    Raises:
        RefusedError: When one of the days cannot be so; then none is changed.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    source = claim_rows.one_day(connection, day_id, basis)
    count = 0
    for known in claim_rows.days_of(connection, source.juror, basis):
        part_id = claim_writes.part_id(step_id, known.id)
        if (
            known.id == day_id
            or not _in_draft(known)
            or claim_writes.is_written(connection, part_id)
        ):
            continue
        after = _with_parts(known, source, parts, cash=cash)
        if after != known:
            claiming.keep(session, acting, known, after, part_id)
            count += 1
    return count


def share_card(
    session: Session, acting: Acting, basis: Basis, juror: str, spent: Decimal, *, step_id: str
) -> int:
    """Share what was spent with a smart card over the attended days in draft; over how many.

    It stands in place of what was entered for them before.

    Raises:
        RefusedError: ``WRONG_STAGE`` without such a day; ``AMOUNT_OUT_OF_LIMITS``;
            ``EXPENSE_BELOW_ZERO`` when a day would come to less than nothing.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    days = {
        day.date: day
        for day in reversed(claim_rows.days_of(connection, juror, basis))
        if _in_draft(day) and day.day.kind is DayKind.ATTENDANCE
    }
    if not days:
        raise RefusedError(Refusal.WRONG_STAGE)
    for date, part in claims.share_smart_card(spent, days).items():
        known = days[date]
        part_id = claim_writes.part_id(step_id, known.id)
        if not claim_writes.is_written(connection, part_id):
            after = replace(known, day=replace(known.day, smart_card=part))
            claiming.keep(session, acting, known, after, part_id)
    return len(days)


def keep_usual(
    session: Session, acting: Acting, basis: Basis, day_id: str, *, step_id: str
) -> None:
    """Keep what is claimed for a day as what the juror usually claims: days to come begin so.

    Raises:
        NotFoundError: If nothing can be claimed for the day.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if not claim_writes.is_written(connection, step_id):
        day = claim_rows.one_day(connection, day_id, basis)
        claim_writes.usual(session, acting, day, step_id)


def _with_parts(
    known: ClaimDay, source: ClaimDay, parts: Collection[Part], *, cash: bool
) -> ClaimDay:
    after = replace(known, day=applying.applied(known.day, source.day, parts))
    if Part.OTHER in parts:
        after = replace(after, other_what=source.other_what)
    if Part.TRAVEL in parts and known.day.kind is DayKind.ATTENDANCE:
        after = replace(after, permitted_by=source.permitted_by)
    return replace(after, in_cash=source.in_cash) if cash else after


def _in_draft(day: ClaimDay) -> bool:
    return day.state is State.DRAFT and day.stage is Stage.EXPENSE_ENTERED
