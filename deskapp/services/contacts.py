"""Contacts: one person reaching one officer once, saved together with how it ended.

Reading is plain SQL on an encrypted connection; writing uses the models, which load with the first
write, so that a screen opens without them. Rules: enquiries sheet, sections 1, 8 and 13.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local, stamp
from deskapp.data.refs import new_ref
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, User
from deskapp.services import contact_lines, lists, outcomes, persons, topics
from deskapp.services.contact_lines import ContactLine
from deskapp.text import clean, compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

LIMITS = {
    "person_name": 200,
    "question": 500,
    "answer": 2000,
    "case_ref": 40,
    "phone": 100,
    "email": 254,
    "postcode": 20,
}
"""Longest text of each field in characters (enquiries sheet, section 1)."""

LONGEST = dt.timedelta(hours=12)
"""A longer span is set aside as suspect and not averaged (section 7)."""

REF_PREFIX = "E"


@dataclass(frozen=True)
class ContactDraft:
    """What the officer typed; nothing is checked yet."""

    channel: str = ""
    user_type: str = "not_given"
    topic: str = ""
    person_id: str = ""
    """The person picked from those already known; empty makes a new one when a name is given."""
    person_name: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    case_ref: str = ""
    question: str = ""
    answer: str = ""
    outcome: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    """What the outcome must add, by name."""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> ContactDraft:
        """The draft of a form; values whose name begins with ``add_`` belong to the outcome."""
        names = {item.name for item in fields(cls)} - {"extras"}
        extras = {
            name.removeprefix("add_"): one_line(value)
            for name, value in values.items()
            if name.startswith("add_") and value.strip()
        }
        kept = {name: clean(value).strip() for name, value in values.items() if name in names}
        return cls(**kept, extras=extras)


@dataclass(frozen=True)
class Span:
    """When a contact ran, and how long it was worked on."""

    started_at: dt.datetime
    ended_at: dt.datetime
    handling_seconds: int

    @property
    def suspect(self) -> bool:
        """Whether the clock went back or ran too long to be averaged."""
        return not dt.timedelta(0) <= self.ended_at - self.started_at <= LONGEST


def problems(draft: ContactDraft, *, today: dt.date) -> list[Problem]:
    """Everything to put right before the contact can be saved, in the order of the form."""
    found = [*_topic_problems(draft), *persons.problems(draft.phone, draft.email)]
    labels = {
        "person_name": _("Person"),
        "case_ref": _("Case reference"),
        "phone": _("Phone"),
        "email": _("Email"),
        "postcode": _("Postcode"),
        "question": _("What was asked"),
        "answer": _("What was said"),
    }
    for name, limit in LIMITS.items():
        if len(getattr(draft, name)) > limit:
            message = _("{field} must be {limit} characters or less").format(
                field=labels[name], limit=number(limit)
            )
            found.append(Problem(name, message))
    if not draft.outcome:
        found.append(Problem("outcome", _("Select how the contact ended")))
    else:
        outcome = outcomes.by_code(draft.outcome)
        found.extend(outcomes.problems(outcome, draft.answer, dict(draft.extras), today=today))
    return found


def _topic_problems(draft: ContactDraft) -> list[Problem]:
    if not draft.topic:
        return [Problem("topic", _("Select what the contact is about"))]
    if topics.by_code(draft.topic).needs_question and not draft.question:
        return [Problem("question", _("Enter what the person asked"))]
    return []


def log(
    session: Session, draft_id: str, draft: ContactDraft, *, span: Span, user: User, nation: str
) -> ContactLine:
    """Save a contact with its outcome, its person and what it promised, in one transaction.

    Saving the same draft again returns the contact that is already there.

    Args:
        session: An open write transaction; the caller commits.
        draft_id: Id of the stored draft; it becomes the contact's id and is removed.
        draft: What was typed.
        span: When it ran.
        user: Who took it.
        nation: Whose working days a promise counts in.

    Raises:
        FormProblemsError: If something must be put right first.
        NotAllowedError: If the role may not take contacts.
    """
    from deskapp.data.tables import Contact

    roles.require(user, Act.TAKE_CONTACT)
    if session.get(Contact, draft_id) is None:
        today = local(span.ended_at).date()
        found = problems(draft, today=today)
        if found:
            raise FormProblemsError(found)
        person_id = persons.settle(session, draft, now=span.ended_at, user=user)
        _add(session, draft_id, draft, span=span, user=user, person_id=person_id)
        _promise(session, draft_id, draft, today=today, user=user, nation=nation)
    _drop_draft(session, draft_id)
    session.flush()
    return contact_lines.line(plain(session), draft_id)


def discard(
    session: Session, draft_id: str, draft: ContactDraft, reason: str, *, span: Span, user: User
) -> ContactLine:
    """Close a contact that should not have been opened; it stays in the list with its reason.

    Raises:
        FormProblemsError: If no reason was typed.
    """
    from deskapp.data.tables import Contact

    roles.require(user, Act.TAKE_CONTACT)
    reason = one_line(reason)
    if not reason:
        raise FormProblemsError([Problem("reason", _("Enter why you discard this contact"))])
    if session.get(Contact, draft_id) is None:
        thrown = ContactDraft(
            channel=draft.channel,
            topic=draft.topic or outcomes.NO_TOPIC,
            case_ref=draft.case_ref[: LIMITS["case_ref"]],
            question=draft.question,
            answer=draft.answer,
            person_name=draft.person_name,
            outcome=outcomes.DISCARDED.code,
            extras={"reason": reason},
        )
        _add(session, draft_id, thrown, span=span, user=user, person_id=None)
    _drop_draft(session, draft_id)
    session.flush()
    return contact_lines.line(plain(session), draft_id)


def add_note(
    session: Session, note_id: str, contact_id: str, note: str, *, now: dt.datetime, user: User
) -> None:
    """Add a note or correction to a saved contact; what was saved first stays as it was.

    ``note_id`` is the id of its stored draft, if there is one; adding it twice adds it once.

    Raises:
        FormProblemsError: If the note is empty or too long.
        NotFoundError: If there is no such contact.
    """
    from deskapp.data.tables import Contact, ContactEvent

    roles.require(user, Act.ADD_NOTE)
    note = clean(note).strip()
    if not note:
        raise FormProblemsError([Problem("note", _("Enter a note"))])
    if len(note) > LIMITS["answer"]:
        message = _("{field} must be {limit} characters or less").format(
            field=_("Note"), limit=number(LIMITS["answer"])
        )
        raise FormProblemsError([Problem("note", message)])
    if session.get(Contact, contact_id) is None:
        raise NotFoundError(_("There is no such contact."))
    _drop_draft(session, note_id)
    if session.get(ContactEvent, note_id) is not None:
        return
    session.add(
        ContactEvent(
            id=note_id,
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            contact_id=contact_id,
            code="note",
            note=note,
        )
    )


def _add(
    session: Session,
    draft_id: str,
    draft: ContactDraft,
    *,
    span: Span,
    user: User,
    person_id: str | None,
) -> None:
    from deskapp.data.tables import Contact

    ref = _free_ref(session)
    today = local(span.ended_at).date()
    extras = outcomes.kept(outcomes.by_code(draft.outcome), draft.extras, today=today)
    session.add(
        Contact(
            id=draft_id,
            home_site=user.site,
            site=user.site,
            officer_id=user.id,
            at=stamp(span.ended_at),
            ref=ref,
            ref_key=compact(ref),
            channel=lists.channel(draft.channel).value,
            started_at=stamp(span.started_at),
            ended_at=stamp(span.ended_at),
            wrapped_at=stamp(span.ended_at),
            handling_seconds=span.handling_seconds,
            suspect_time=span.suspect,
            user_type=lists.user_type(draft.user_type).value,
            person_id=person_id,
            person_name=one_line(draft.person_name),
            case_ref=one_line(draft.case_ref),
            case_key=compact(draft.case_ref),
            topic=draft.topic,
            question=draft.question,
            answer=draft.answer,
            disclosure=lists.DEFAULT_DISCLOSURE.value,
            outcome=draft.outcome,
            extras=json.dumps(extras, ensure_ascii=False),
        )
    )


def _promise(
    session: Session,
    contact_id: str,
    draft: ContactDraft,
    *,
    today: dt.date,
    user: User,
    nation: str,
) -> None:
    """Keep what the outcome promised as a follow-up with its due date."""
    from deskapp.data.ids import new_id
    from deskapp.data.tables import FollowUp

    outcome = outcomes.by_code(draft.outcome)
    promised = outcomes.follow_up(outcome, dict(draft.extras), today=today, nation=nation)
    if promised is None:
        return
    kind, what, due_on = promised
    session.add(
        FollowUp(
            id=new_id(),
            home_site=user.site,
            contact_id=contact_id,
            kind=kind,
            what=what,
            due_on=due_on.isoformat(),
        )
    )


def _free_ref(session: Session) -> str:
    """A reference that no contact of this store has."""
    while True:
        ref = new_ref(REF_PREFIX)
        if not contact_lines.ref_taken(plain(session), compact(ref)):
            return ref


def _drop_draft(session: Session, draft_id: str) -> None:
    from deskapp.data.tables import Draft

    kept = session.get(Draft, draft_id)
    if kept is not None:
        session.delete(kept)
