"""What officers do with claims: enter a day, submit, and another person approves.

Each act is one transaction with an entry in the juror's history; made twice with the same id it is
made once. Source: jury sheet, sections 6.5 and 6.6.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.jury import claim_rows, claim_writes, claims, entry, money
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.claim_entry import Entry
from deskapp.services.jury.claim_state import TO_APPROVE, Basis, ClaimDay, State, amount
from deskapp.services.jury.claim_writes import Written
from deskapp.services.jury.claims import Approver, ClaimedDay
from deskapp.services.jury.claims import Claim as Claimed
from deskapp.services.jury.events import Code
from deskapp.services.jury.expenses import RECEIPTS
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage

if TYPE_CHECKING:
    from sqlmodel import Session

Seen = Mapping[str, str]
"""What was shown of each day, by id: ``claim_state.seen``."""
_NEEDS_PERMISSION = ("taxi", "parking")


def enter(
    session: Session,
    acting: Acting,
    basis: Basis,
    day_id: str,
    given: Entry,
    *,
    seen: str,
    step_id: str,
) -> ClaimDay:
    """Keep what was typed for a day; of an approved one only the difference is paid later.

    A day that is as it was stays so: who only looked has changed nothing.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who acts, and when.
        basis: What amounts are counted by.
        day_id: Of the day.
        given: What was typed.
        seen: The day as it was shown (``ClaimDay.seen``).
        step_id: Id of the stored form, or a new one; the form is forgotten.

    Raises:
        RefusedError: ``STALE_VERSION`` when the day is another since; what ``entry.check_entry``,
            ``expenses.figures`` and ``claims.edit`` refuse.
        NotFoundError: If nothing can be claimed for the day.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if not claim_writes.is_written(connection, step_id):
        known = claim_rows.one_day(connection, day_id, basis)
        if known.seen != seen:
            raise RefusedError(Refusal.STALE_VERSION)
        after = replace(
            known,
            day=given.day,
            in_cash=given.in_cash,
            other_what=given.other_what,
            permitted_by=given.permitted_by,
        )
        if after != known:
            keep(session, acting, known, after, step_id)
    form_drafts.drop(connection, step_id)
    return claim_rows.one_day(connection, day_id, basis)


def submit(
    session: Session, acting: Acting, basis: Basis, juror: str, seen: Seen, *, step_id: str
) -> Decimal:
    """Hand in the days that were shown for another person's approval; what they come to.

    The rates of each day are fixed to it.

    Raises:
        RefusedError: ``STALE_VERSION`` when a day is another since; ``WRONG_STAGE`` unless all are
            confirmed and in draft; ``CLAIM_TOO_LATE``; ``EXPENSE_BELOW_ZERO``.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    claim = claim_rows.claim(connection, juror, basis, user=acting.user)
    if claim_writes.is_written(connection, step_id):
        return amount(claim.to_approve)
    days = _shown(claim.days, seen)
    claims.submit(ClaimedDay(day.stage, day.state is State.DRAFT) for day in days)
    if claim.service_start:
        claims.check_time(claim.service_start, acting.today, basis.rules)
    total = money.total(day.figures.total for day in days)
    claim_writes.submitted(session, acting, days, step_id)
    return total


def approve(
    session: Session, acting: Acting, basis: Basis, juror: str, seen: Seen, *, step_id: str
) -> list[Written]:
    """Approve the days that were shown: what is paid now, by bank and in cash apart.

    Raises:
        RefusedError: ``NOT_ALLOWED``, ``STALE_VERSION``, ``OWN_SUBMISSION`` or
            ``OVER_APPROVAL_LIMIT``, the first that holds; ``WRONG_STAGE`` when a day does not wait
            for approval.
        NotAllowedError: If the role may not read of jurors.
    """
    connection = plain(session)
    claim = claim_rows.claim(connection, juror, basis, user=acting.user)
    if claim_writes.is_written(connection, step_id):
        return claim_writes.payments(connection, step_id)
    days = [day for day in claim.days if day.id in seen]
    claims.approve(
        Approver(
            acting.user.id,
            roles.may(acting.user, Act.APPROVE_JURY_EXPENSES),
            basis.limits.of(acting.user.name),
        ),
        Claimed(
            frozenset().union(*(day.touched_by for day in days)),
            amount(days),
            {day.id: day.seen for day in days} == seen,
        ),
    )
    if not days or not all(day.state in TO_APPROVE for day in days):
        raise RefusedError(Refusal.WRONG_STAGE)
    for day in days:
        claims.edit(day.stage, day.paid or {}, day.due)
    return claim_writes.approved(session, acting, days, step_id)


def keep(session: Session, acting: Acting, known: ClaimDay, after: ClaimDay, step_id: str) -> None:
    """Check and write a day that was changed.

    Raises:
        RefusedError: What ``entry.check_entry``, ``expenses.figures`` and ``claims.edit`` refuse.
    """
    permitted = RECEIPTS if after.permitted_by else set(RECEIPTS).difference(_NEEDS_PERMISSION)
    entry.check_entry(after.day, permitted)
    edited = claims.edit(known.stage, known.paid or {}, after.due)
    state = State.EDITED if edited.stage is Stage.EXPENSE_EDITED else known.state
    code = Code.EDITED if state is State.EDITED else Code.EXPENSES
    after = replace(after, state=state, stage=edited.stage)
    claim_writes.entered(session, acting, known, after, code, step_id)


def _shown(days: Collection[ClaimDay], seen: Seen) -> list[ClaimDay]:
    """The days that were shown, all of them as they were then.

    Raises:
        RefusedError: ``STALE_VERSION``; ``WRONG_STAGE`` when none was.
    """
    found = [day for day in days if day.id in seen]
    if {day.id: day.seen for day in found} != seen:
        raise RefusedError(Refusal.STALE_VERSION)
    if not found:
        raise RefusedError(Refusal.WRONG_STAGE)
    return found
