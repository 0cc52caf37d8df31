"""Entering a need, deciding on it, and what is done about it for one hearing.

Source: hearings sheet, section 4.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.hearings import codes, events, flags, needs, stored
from deskapp.services.hearings.codes import Code, RefusedError
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.need_drafts import MOST_COMMENT, NeedDraft
from deskapp.services.hearings.needs import MOVES, Status
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.services.hearings.acting import Acting


def add(
    session: Session, acting: Acting, hearing_id: str, draft: NeedDraft, *, need_id: str
) -> str:
    """Enter a need for who takes part in a hearing; entering it twice with one id enters it once.

    Returns:
        Its id.

    Raises:
        FormProblemsError: With everything to put right.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not enter needs.
    """
    from deskapp.data.day_tables import SupportNeed

    roles.require(acting.user, Act.WORK_NEEDS)
    if session.get(SupportNeed, need_id) is None:
        problems = draft.problems()
        if problems:
            raise FormProblemsError(problems)
        hearing = stored.get(plain(session), hearing_id)
        status = flags.flags()[draft.flag].default_status
        session.add(
            SupportNeed(
                id=need_id,
                home_site=acting.user.site,
                person_id=draft.person_id,
                case_key=hearing.subject_key,
                case_ref=hearing.case_ref,
                party_key=draft.party_key,
                party_name=draft.party_name,
                party_role=draft.party_role,
                hearing_id=hearing_id,
                flag=draft.flag,
                value=draft.value,
                language_code=draft.language_code,
                other_language=draft.other_language,
                comment=draft.comment,
                status=status,
                requested_by=draft.requested_by,
                named=json.dumps(draft.named, ensure_ascii=False),
                made_at=stamp(acting.now),
                made_by=acting.user.id,
            )
        )
        session.flush()
        told = {"need": need_id, "flag": draft.flag, "before": "", "after": status}
        events.add(session, acting, hearing_id, events.Code.NEED, told)
    form_drafts.drop(plain(session), need_id)
    return need_id


def decide(
    session: Session,
    acting: Acting,
    hearing_id: str,
    need_id: str,
    to: Status,
    by: str,
    *,
    event_id: str,
) -> None:
    """Change the status of a need; twice with the same id changes it once.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who enters it. What the judge decides, an officer only writes down.
        hearing_id: Where it was said.
        need_id: Which need.
        to: The new status.
        by: Why, or who decided.
        event_id: Id of its stored form, or a new one.

    Raises:
        RefusedError: ``F_TRANSITION``.
        FormProblemsError: ``F_REASON_REQUIRED`` or ``F_COMMENT_TOO_LONG``.
        NotFoundError: If there is no such need.
        NotAllowedError: If the role may not enter needs.
    """
    from deskapp.data.day_tables import SupportNeed

    roles.require(acting.user, Act.WORK_NEEDS)
    connection = plain(session)
    if not events.is_there(session, event_id):
        need = needs.get(connection, need_id, user=acting.user)
        if to not in MOVES[need.status]:
            raise RefusedError(Code.TRANSITION)
        said = one_line(clean(by))
        if not said:
            raise FormProblemsError([codes.problem("by", Code.STATUS_REASON)])
        if len(said) > MOST_COMMENT:
            raise FormProblemsError([codes.problem("by", Code.COMMENT_TOO_LONG)])
        row = session.get_one(SupportNeed, need_id)
        row.status, row.decided_by = to.value, said
        row.decided_at = row.changed_at = stamp(acting.now)
        row.changed_by = acting.user.id
        told = {"need": need_id, "flag": need.flag, "before": need.status.value, "after": to.value}
        events.add(
            session, acting, hearing_id, events.Code.NEED, told, note=said, event_id=event_id
        )
    form_drafts.drop(connection, event_id)


def tick(
    session: Session,
    acting: Acting,
    hearing_id: str,
    need_id: str,
    state: Ready,
    reason: str = "",
    *,
    event_id: str,
) -> None:
    """Say what was done about a need for this hearing, with the time and who did it.

    Raises:
        FormProblemsError: If it was not provided and nothing says why.
        NotFoundError: If there is no such need.
        NotAllowedError: If the role may not work in hearing rooms.
    """
    roles.require(acting.user, Act.RUN_HEARINGS)
    connection = plain(session)
    if not events.is_there(session, event_id):
        need = needs.get(connection, need_id, user=acting.user)
        said = one_line(clean(reason))
        if state is Ready.NOT_PROVIDED and not said:
            message = _("Say why it was not provided.")
            raise FormProblemsError([Problem("by", message)])
        if len(said) > MOST_COMMENT:
            raise FormProblemsError([codes.problem("by", Code.COMMENT_TOO_LONG)])
        told = {"need": need.id, "flag": need.flag, "state": state.value}
        events.add(
            session, acting, hearing_id, events.Code.TICK, told, note=said, event_id=event_id
        )
    form_drafts.drop(connection, event_id)


def carried_on(session: Session, acting: Acting, from_key: str, to_key: str) -> None:
    """Let the needs of a hearing without a case follow to the hearing at which it goes on."""
    from sqlmodel import select

    from deskapp.data.day_tables import SupportNeed

    if from_key == to_key:
        return
    for row in session.exec(select(SupportNeed).where(SupportNeed.case_key == from_key)):
        row.case_key = to_key
        row.changed_at, row.changed_by = stamp(acting.now), acting.user.id
