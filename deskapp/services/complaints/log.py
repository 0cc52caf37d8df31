"""Logging a complaint: a draft becomes a complaint with its due date, in one transaction.

The id of the draft is the id of the complaint, so saving twice saves once. Source: complaints
sheet, sections 2, 4 and 5.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import kinds, links, needs
from deskapp.services.complaints import (
    act,
    categories,
    deadlines,
    draft_checks,
    drafts,
    duplicates,
    lines,
    money,
    projection,
    stored,
)
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.persons import persons
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.complaint_tables import Complaint

REF_PREFIX = "C"


def log(session: Session, acting: Acting, draft_id: str, draft: ComplaintDraft) -> ComplaintLine:
    """Log a complaint with its person, its links, its owner and where it is redirected to.

    Saving the same draft again returns the complaint that is already there.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who logs it.
        draft_id: Id of the stored draft; it becomes the complaint's id and is removed.
        draft: What was typed.

    Raises:
        FormProblemsError: If something must be put right first.
        NotAllowedError: If the role may not log complaints, or not give it to that owner.
    """
    from deskapp.data.complaint_tables import Complaint

    roles.require(acting.user, Act.WORK_COMPLAINTS)
    if session.get(Complaint, draft_id) is None:
        found = draft_checks.problems(draft, acting)
        if found:
            raise FormProblemsError(found)
        session.add(_row(session, acting, draft_id, draft))
        session.flush()
        projection.write(plain(session), draft_id)
        _link(session, acting, draft_id, draft)
        _at_once(session, acting, draft_id, draft)
    form_drafts.drop(plain(session), draft_id)
    return lines.line(plain(session), draft_id, user=acting.user)


def discard(session: Session, acting: Acting, draft_id: str, reason: str) -> None:
    """Throw a form away on the day it was begun; it is kept on this desk for a while.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If it was saved or discarded meanwhile.
        NotAllowedError: If it is somebody else's, or was begun on another day.
    """
    from deskapp.data.complaint_tables import ComplaintDiscard
    from deskapp.errors import NotAllowedError

    roles.require(acting.user, Act.WORK_COMPLAINTS)
    if not one_line(reason):
        raise FormProblemsError([Problem("reason", _("Enter why you discard this complaint"))])
    kept = form_drafts.get(plain(session), draft_id)
    begun_today = deadlines.same_day(kept.started_at, acting.now)
    if kept.officer_id != acting.user.id or not begun_today:
        message = _("Only who began it can discard it, on the same day. Log it, then make it void.")
        raise NotAllowedError(message)
    session.add(
        ComplaintDiscard(
            id=draft_id,
            officer_id=acting.user.id,
            started_at=stamp(kept.started_at),
            discarded_at=stamp(acting.now),
            reason=one_line(reason),
            body=json.dumps(dict(kept.values), ensure_ascii=False),
        )
    )
    form_drafts.drop(plain(session), draft_id)


def _row(session: Session, acting: Acting, draft_id: str, draft: ComplaintDraft) -> Complaint:
    """The complaint as it is stored."""
    from deskapp.data.complaint_tables import Complaint

    user, connection = acting.user, plain(session)
    received_at = drafts.received_at(draft, acting)
    assert received_at is not None  # checked with the rest
    nation = drafts.nation_of(draft, acting)
    due = deadlines.stage_due(
        acting.calendars, nation, received_at, acting.rules.targets.of_stage(1)
    )
    ref = new_ref(REF_PREFIX)
    while stored.ref_taken(connection, ref):
        ref = new_ref(REF_PREFIX)
    codes = draft.codes
    also = {
        ask.name: categories.kept(ask, draft.also.get(ask.name, ""), today=acting.today)
        for ask in categories.asked_besides(codes)
    }
    flags = set(draft.flags.split()) | categories.flags_of(codes, also)
    return Complaint(
        id=draft_id,
        home_site=user.site,
        officer_id=user.id,
        at=stamp(acting.at),
        ref=ref,
        ref_key=compact(ref),
        site=draft.site or user.site,
        nation=nation.value,
        received_at=stamp(received_at),
        channel=draft.channel,
        jurisdiction=draft.jurisdiction,
        case_ref=one_line(draft.case_ref),
        case_key=compact(draft.case_ref),
        from_table=draft.from_table,
        from_id=draft.from_id,
        language=draft.language or "unknown",
        summary=one_line(draft.summary),
        details=draft.details,
        needs=json.dumps(needs.kept(draft.needs, draft.need_language)),
        categories=json.dumps(codes),
        also=json.dumps(also, ensure_ascii=False),
        severity=draft.severity or categories.default_severity(codes).value,
        outcome_sought=json.dumps(draft.outcome_sought.split()),
        loss=json.dumps(_loss(draft), ensure_ascii=False),
        about_staff=draft.about_staff,
        flags=json.dumps(sorted(flags)),
        dues=json.dumps(due.kept()),
        **_complainant(session, acting, draft),
    )


def _complainant(session: Session, acting: Acting, draft: ComplaintDraft) -> dict[str, Any]:
    """Who complains, and for whom; of somebody anonymous nothing is kept."""
    if draft.anonymous:
        return {
            "anonymous": True,
            "user_type": draft.user_type or "not_given",
            "acting_for": one_line(draft.acting_for),
            "authority": draft.authority,
        }
    typed = {name: one_line(getattr(draft, name)) for name in ("person_name", "phone", "email")}
    postcode = one_line(draft.postcode).upper()
    contact = ContactDraft.from_values(
        {**typed, "person_id": draft.person_id, "postcode": postcode}
    )
    person_id = persons.settle(session, contact, now=acting.at, user=acting.user)
    return {
        **typed,
        "person_id": person_id or "",
        "postcode": postcode,
        "address": draft.address,
        "user_type": draft.user_type or "not_given",
        "acting_for": one_line(draft.acting_for),
        "authority": draft.authority,
        **duplicates.keys(typed["person_name"], typed["phone"], typed["email"], postcode),
    }


def _loss(draft: ComplaintDraft) -> dict[str, object]:
    if not draft.loss:
        return {}
    return {
        "pence": money.pence(draft.loss),
        "what_for": draft.loss_for,
        "evidence": draft.loss_evidence == "yes",
        "direct": draft.loss_direct == "yes",
    }


def _link(session: Session, acting: Acting, complaint_id: str, draft: ComplaintDraft) -> None:
    """Link it with the record that it grew from."""
    if draft.from_table:
        links.link(
            session,
            draft.from_table,
            draft.from_id,
            kinds.COMPLAINT,
            complaint_id,
            user=acting.user,
            now=acting.at,
        )


def _at_once(session: Session, acting: Acting, complaint_id: str, draft: ComplaintDraft) -> None:
    """What is done with it in the same breath: given to somebody, redirected whole or in part."""
    if draft.part:
        part = {
            "where": draft.part,
            "what": draft.part_what,
            "body": draft.redirect_body,
            "told": "yes",
        }
        act.take(session, acting, complaint_id, Code.REDIRECT_PART, part, event_id=new_id())
    if draft.redirect:
        given = {"where": draft.redirect, "body": draft.redirect_body}
        act.take(session, acting, complaint_id, Code.REDIRECT, given, event_id=new_id())
    elif draft.owner:
        given = {"owner": draft.owner}
        act.take(session, acting, complaint_id, Code.ASSIGN, given, event_id=new_id())
