"""A contact as it is stored, made of what was typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deskapp.clock import local, stamp
from deskapp.data.refs import new_ref
from deskapp.data.sessions import plain
from deskapp.roles import User
from deskapp.services import lists, needs
from deskapp.services.enquiries import (
    contact_lines,
    disclosure,
    dissatisfaction,
    looked_up,
    third_party,
    topics,
)
from deskapp.services.enquiries.call_clock import Span
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.persons import known
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.tables import Contact

REF_PREFIX = "E"


def row(
    session: Session,
    draft_id: str,
    draft: ContactDraft,
    *,
    span: Span,
    user: User,
    person_id: str | None,
) -> Contact:
    """The contact as it is stored."""
    from deskapp.data.tables import Contact

    ref, case_key = _free_ref(session), compact(draft.case_ref)
    today = local(span.done_at).date()
    about = known.about(plain(session), person_id or "", case_key, today=today, user=user)
    return Contact(
        id=draft_id,
        home_site=user.site,
        site=user.site,
        officer_id=user.id,
        at=stamp(span.done_at),
        ref=ref,
        ref_key=compact(ref),
        channel=lists.channel(draft.channel).value,
        started_at=stamp(span.started_at),
        ended_at=stamp(span.ended_at),
        wrapped_at=stamp(span.done_at),
        handling_seconds=span.handling_seconds,
        hold_seconds=span.hold_seconds,
        wrap_seconds=span.wrap_seconds,
        suspect_time=span.suspect,
        user_type=lists.user_type(draft.user_type).value,
        person_id=person_id,
        person_name=one_line(draft.person_name),
        phone=one_line(draft.phone),
        email=one_line(draft.email),
        postcode=one_line(draft.postcode),
        case_ref=one_line(draft.case_ref),
        case_key=case_key,
        topic=draft.topic,
        question=draft.question,
        answer=draft.answer,
        outcome=draft.outcome,
        trail=draft.trail or "[]",
        extras=json.dumps(dict(draft.extras), ensure_ascii=False),
        **_more(draft, restricted=about.restricted),
    )


def _more(draft: ContactDraft, *, restricted: bool) -> dict[str, Any]:
    """The columns of what most contacts do not need; of a check only the kinds are kept."""
    checks = disclosure.read(draft.checked)
    level = disclosure.level(
        checks, restricted=restricted, authorised=third_party.authorised(draft.authority)
    )
    felt = lists.by_code(lists.Dissatisfied, draft.dissatisfied or lists.Dissatisfied.NONE)
    jurisdiction = draft.jurisdiction and lists.by_code(lists.Jurisdiction, draft.jurisdiction)
    return {
        "disclosure": level.value,
        "checked": json.dumps(disclosure.matched(checks)),
        "acting_for": third_party.kept(draft.authority, draft.acting_for),
        "needs": json.dumps(needs.kept(draft.needs, draft.need_language)),
        "language": lists.by_code(lists.ServiceLanguage, draft.language or "unknown").value,
        "dissatisfied": felt.value,
        "dissatisfied_about": draft.dissatisfied_about if dissatisfaction.felt(felt) else "",
        "jurisdiction": str(jurisdiction),
        "subtopic": draft.subtopic if topics.has_subtopic(draft.topic, draft.subtopic) else "",
        "markers_seen": json.dumps(draft.markers_seen.split()),
        "articles": looked_up.stored(draft.articles),
    }


def _free_ref(session: Session) -> str:
    """A reference that no contact of this store has."""
    while True:
        ref = new_ref(REF_PREFIX)
        if not contact_lines.ref_taken(plain(session), compact(ref)):
            return ref
