"""Status work at the store: what the rules decide is written to the memberships of a juror.

Source: jury sheet, sections 3 and 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act as RoleAct
from deskapp.services.jury import days, deferral, elsewhere, row_ids, status, trial_writes
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.answered import Answers
from deskapp.services.jury.asks import Do
from deskapp.services.jury.attendance import Step
from deskapp.services.jury.days import Done
from deskapp.services.jury.deferral import Answer, Decision, Request
from deskapp.services.jury.elsewhere import LEAVING, After
from deskapp.services.jury.events import Code
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage, Status
from deskapp.services.jury.status import Act, Known

if TYPE_CHECKING:
    from sqlmodel import Session

ACTS: Mapping[Do, Act] = {
    Do.DEFER: Act.DEFER,
    Do.REFUSE_DEFERRAL: Act.DEFER,
    Do.POSTPONE: Act.DEFER,
    Do.EXCUSE: Act.EXCUSE,
    Do.REFUSE_EXCUSAL: Act.REFUSE_EXCUSAL,
    Do.DISQUALIFY: Act.DISQUALIFY,
    Do.ACCEPT_REPLY: Act.ACCEPT_REPLY,
    **LEAVING,
    Do.COMPLETE: Act.COMPLETE,
    Do.UNDO_COMPLETION: Act.UNDO_COMPLETION,
    Do.FAILED_TO_ATTEND: Act.FAILED_TO_ATTEND,
    Do.UNDO_FAILED_TO_ATTEND: Act.UNDO_FAILED_TO_ATTEND,
    Do.SUMMONS_RETURNED: Act.SUMMONS_RETURNED,
    Do.SEND_AGAIN: Act.SEND_AGAIN,
}
"""Which rule of status each is asked of."""
_DEFERRALS = frozenset({Do.DEFER, Do.REFUSE_DEFERRAL, Do.POSTPONE})
_BEFORE_ATTENDING = _DEFERRALS | {Do.FAILED_TO_ATTEND}
"""What is not for a juror who has attended."""
_SERVES = frozenset({Do.ACCEPT_REPLY, Do.REFUSE_EXCUSAL})
"""Whoever had no next date is due on the start of the pool; for an accepted reply an assumption."""
_NO_DATE = frozenset(
    {
        Status.EXCUSED,
        Status.DISQUALIFIED,
        Status.DEFERRED,
        Status.REASSIGNED,
        Status.TRANSFERRED,
        Status.FAILED_TO_ATTEND,
        Status.COMPLETED,
        Status.UNDELIVERABLE,
    }
)
"""Whoever stands so is not due, and not on call."""


def may_begin(what: Do, line: JurorLine, acting: Acting) -> None:
    """Refuse what the status of the juror or the role of the user does not permit.

    Raises:
        RefusedError: ``WRONG_STATUS`` or ``NOT_ALLOWED``.
    """
    act = ACTS[what]
    if line.status not in status.MOVES[act].sources:
        raise RefusedError(Refusal.WRONG_STATUS, status=line.status)
    if act in status.LEADER_ONLY and not acting.leader:
        raise RefusedError(Refusal.NOT_ALLOWED)


def may_end_well(what: Do, line: JurorLine, *, attended: bool) -> None:
    """Refuse what no answer could make possible, so that nobody fills in a form for it.

    Raises:
        RefusedError: ``HAS_ATTENDANCES`` or ``FIRST_DEFERRAL_CANNOT_BE_REFUSED``.
    """
    if attended and what in _BEFORE_ATTENDING:
        raise RefusedError(Refusal.HAS_ATTENDANCES)
    if what is Do.REFUSE_DEFERRAL and not line.deferrals:
        raise RefusedError(Refusal.FIRST_DEFERRAL_CANNOT_BE_REFUSED)


def move(
    session: Session, acting: Acting, line: JurorLine, what: Do, given: Answers, step_id: str
) -> None:
    """Change the status of a juror, all that follows from it too.

    Raises:
        RefusedError: With the code of the rule that stands against it.
        FormProblemsError: If an answer is missing that this juror needs.
    """
    connection = plain(session)
    may_begin(what, line, acting)
    after = _after(connection, acting, line, what, given)
    juror = replace(line.juror, status=after.status)
    if after.status in _NO_DATE:
        juror = replace(juror, next_date=None, on_call=False)
    elif what in _SERVES and juror.next_date is None and not juror.on_call:
        juror = replace(juror, next_date=line.service_start)
    told = {"act": what.value, "from": int(line.status), "to": int(after.status), **given.told()}
    done = Done(
        line, Step(juror, line.record), Code.STATUS, given.note, line.by_list, told, after.columns
    )
    days.write(session, acting, done, step_id=step_id)
    if what is Do.COMPLETE:
        trial_writes.leave(session, acting, line.number)
    if what is Do.ACCEPT_REPLY and given.date_of_birth:
        _keep_birth(session, line, given.date_of_birth)
    if after.target is not None:
        elsewhere.put_into(session, line, after)


def _after(
    connection: Connection, acting: Acting, line: JurorLine, what: Do, given: Answers
) -> After:
    if what in _DEFERRALS:
        return _deferred(connection, acting, line, what, given)
    if what in LEAVING:
        return elsewhere.left(connection, acting, line, what, given)
    known = Known(
        reason=given.reason,
        date_of_birth=given.date_of_birth or line.date_of_birth,
        leader=acting.leader,
        service_start=line.service_start,
        on=given.on or acting.date,
        checked_in=line.record is not None and line.record.stage is Stage.CHECKED_IN,
        attended=bool(line.completed_on) or has_attended(connection, line.number),
    )
    after = status.after(ACTS[what], line.status, known, acting.rules)
    columns: dict[str, object] = {"reason": given.reason} if given.reason else {}
    if what is Do.COMPLETE:
        columns["completed_on"] = (given.on or acting.date).isoformat()
    elif what is Do.UNDO_COMPLETION:
        columns["completed_on"] = ""
    return After(after, columns)


# -- later ---------------------------------------------------------------------------------------


def _deferred(
    connection: Connection, acting: Acting, line: JurorLine, what: Do, given: Answers
) -> After:
    """A deferral or postponement, granted or refused. Source: jury sheet, section 4."""
    postponed = what is Do.POSTPONE
    reason = deferral.POSTPONED if postponed else given.reason
    if postponed:
        deferral.check_postponement(reason, line.pool, given.pool)
    else:
        deferral.check_reason(reason)
    target = elsewhere.pool(connection, given.pool) if given.pool else None
    new_date = target.start_on if target else given.new_date
    if what is not Do.REFUSE_DEFERRAL and new_date is None:
        raise FormProblemsError([Problem("new_date", _("Enter when service would begin"))])
    decision = Decision.REFUSE if what is Do.REFUSE_DEFERRAL else Decision.GRANT
    after = deferral.decide(
        Request(
            line.deferrals,
            has_attended(connection, line.number),
            line.original_start,
            line.date_of_birth,
        ),
        Answer(
            decision,
            new_date,
            into_pool=target is not None,
            confirm_again=given.again,
            manager=given.late and roles.may(acting.user, RoleAct.ALLOW_LATE_DEFERRAL),
        ),
        acting.rules,
    )
    if decision is Decision.REFUSE:
        return After(after)
    assert new_date is not None  # asked for above
    count = {"deferrals": line.deferrals + 1}
    columns = {**count, "reason": reason, "deferred_to": new_date.isoformat()}
    if target is None:
        return After(Status.DEFERRED, columns)
    return After(Status.DEFERRED, {**columns, "active": False}, target, after, count)


# -- elsewhere -----------------------------------------------------------------------------------


def _keep_birth(session: Session, line: JurorLine, date_of_birth: dt.date) -> None:
    from deskapp.data.jury_tables import Juror

    row = session.get_one(Juror, row_ids.juror(line.number))
    row.date_of_birth = date_of_birth.isoformat()
    session.add(row)


def has_attended(connection: Connection, number: str) -> bool:
    """Whether a juror has any attendance at all, at any court."""
    row = connection.execute(
        "SELECT 1 FROM attendance WHERE juror = ? AND kind = 'attendance' LIMIT 1", (number,)
    ).fetchone()
    return row is not None
