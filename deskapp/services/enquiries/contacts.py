"""Contacts: one person reaching one officer once, saved together with how it ended.

Reading is plain SQL on an encrypted connection; writing uses the models, which load with the first
write, so that a screen opens without them. Rules: enquiries sheet, sections 1, 8 and 13.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.clock import local, stamp
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, User
from deskapp.services import cards, follow_ups, kinds
from deskapp.services.callbacks import callback_tries
from deskapp.services.enquiries import (
    contact_lines,
    contact_rows,
    outcome_adds,
    outcomes,
    repeats,
    third_party,
)
from deskapp.services.enquiries.call_clock import Span
from deskapp.services.enquiries.contact_drafts import (
    LIMITS,
    LONGEST_COLLECTED,
    ContactDraft,
    problems,
)
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.persons import persons
from deskapp.text import clean, compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session


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
        today = local(span.done_at).date()
        found = problems(draft, today=today)
        if found:
            raise FormProblemsError(found)
        repeat_of = _repeated(plain(session), draft, span=span, user=user)
        person_id = _person(session, draft, span=span, user=user)
        extras = outcome_adds.kept(outcomes.by_code(draft.outcome), draft.extras, today=today)
        topic = draft.topic or outcomes.NO_TOPIC
        whole = replace(draft, topic=topic, extras={**_collected(draft), **extras})
        row = contact_rows.row(session, draft_id, whole, span=span, user=user, person_id=person_id)
        row.repeat_of = repeat_of
        session.add(row)
        _promise(session, draft_id, draft, today=today, user=user, nation=nation)
        callback_tries.after_contact(
            session,
            draft_id,
            draft.outcome,
            extras,
            call_reason=draft.extras.get(outcomes.CALL_REASON.name, ""),
            now=span.done_at,
            user=user,
            nation=nation,
        )
    _drop_draft(session, draft_id)
    session.flush()
    return contact_lines.line(plain(session), draft_id, user=user)


def discard(
    session: Session, draft_id: str, draft: ContactDraft, reason: str, *, span: Span, user: User
) -> ContactLine:
    """Close a contact that should not have been opened; it stays in the list with its reason.

    Nothing must be put right first: what is too long is cut with a mark, what may be a card number
    is blanked. A person who was picked stays linked; no new one is made.

    Raises:
        FormProblemsError: If no reason was typed.
    """
    from deskapp.data.tables import Contact

    roles.require(user, Act.TAKE_CONTACT)
    reason = one_line(reason)
    if not reason:
        raise FormProblemsError([Problem("reason", _("Enter why you discard this contact"))])
    if session.get(Contact, draft_id) is None:
        person = persons.picked(session, draft)
        thrown, person_id = _thrown(draft, reason), person.id if person else None
        session.add(
            contact_rows.row(session, draft_id, thrown, span=span, user=user, person_id=person_id)
        )
    _drop_draft(session, draft_id)
    session.flush()
    return contact_lines.line(plain(session), draft_id, user=user)


def _thrown(draft: ContactDraft, reason: str) -> ContactDraft:
    """The draft as it is kept when it is discarded."""
    limits = {**LIMITS, "acting_for": third_party.LONGEST_NAME}
    texts: dict[str, Any] = {
        name: _fitting(getattr(draft, name), limit) for name, limit in limits.items()
    }
    extras = {
        name: _fitting(text, outcome_adds.LONGEST_TEXT)
        for name, text in {**draft.extras, "reason": reason}.items()
    }
    collected = {
        name: _fitting(text, LONGEST_COLLECTED) for name, text in _collected(draft).items()
    }
    return replace(
        draft,
        topic=draft.topic or outcomes.NO_TOPIC,
        outcome=outcomes.DISCARDED.code,
        extras={**collected, **extras},
        **texts,
    )


def _collected(draft: ContactDraft) -> dict[str, str]:
    """What scripts collected, as it is kept."""
    if not draft.collected:
        return {}
    from deskapp.services.enquiries import collected  # it reads the fields of the scripts

    return collected.kept(draft.collected)


def _fitting(text: str, limit: int) -> str:
    """``text`` without card numbers, cut with a mark where it is longer than ``limit``."""
    text = cards.blank(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


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


def _person(session: Session, draft: ContactDraft, *, span: Span, user: User) -> str | None:
    """The id of the contact's person; a contact that was typed twice makes nobody new."""
    if draft.outcome == outcomes.DUPLICATE:
        person = persons.picked(session, draft)
        return person.id if person else None
    return persons.settle(session, draft, now=span.done_at, user=user)


def _repeated(connection: Connection, draft: ContactDraft, *, span: Span, user: User) -> str | None:
    """The id of the contact that this one repeats: the one named, else the one found."""
    if draft.repeat_ref is not None:
        return repeats.named(connection, draft.repeat_ref)
    found = repeats.earlier(
        connection,
        draft.person_id,
        compact(draft.case_ref),
        draft.topic,
        before=span.started_at,
        user=user,
    )
    return found.id if found else None


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
    outcome = outcomes.by_code(draft.outcome)
    promised = outcome_adds.follow_up(outcome, dict(draft.extras), today=today, nation=nation)
    if promised is None:
        return
    follow_ups.promise(session, kinds.CONTACT, contact_id, *promised, user=user)


def _drop_draft(session: Session, draft_id: str) -> None:
    from deskapp.data.tables import Draft

    kept = session.get(Draft, draft_id)
    if kept is not None:
        session.delete(kept)
