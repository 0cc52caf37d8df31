"""The contact of a try: as its form begins, and saved by who did not finish it in the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.i18n import language
from deskapp.roles import User
from deskapp.services import drafts, lists, needs
from deskapp.services.callbacks.callback_cards import Card
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contacts, topics
from deskapp.services.enquiries.call_clock import CallClock
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine

if TYPE_CHECKING:
    from sqlmodel import Session

CALLBACK_ID = "callback_id"
"""Name of the value that says which callback a form is about."""
ANSWERED_IN_FULL = {"outcome": "RES"}
NOBODY_REACHED = {"outcome": "ABN"}
"""How the contact of a try ends in which nobody answered: left out of the answered share."""


def finish(
    session: Session,
    contact_id: str,
    given: Mapping[str, str],
    *,
    now: dt.datetime,
    user: User,
    nation: str,
) -> ContactLine:
    """Save the kept form of a try with ``given`` beside what was typed; the callback follows.

    Raises:
        NotFoundError: If there is no such form.
        FormProblemsError: If something must be put right in the form first.
    """
    draft = drafts.get(plain(session), contact_id)
    whole = ContactDraft.from_values({**draft.values, **given})
    span = CallClock.of(draft.values).span(draft.started_at, draft.spent_seconds, now)
    return contacts.log(session, contact_id, whole, span=span, user=user, nation=nation)


def first_draft(card: Card, *, now: dt.datetime, user: User, parked: bool = False) -> Draft:
    """The form of a try as it begins: a call to the same person about the same thing.

    Whom they spoke for, by what authority, and what they need come with it.
    """
    line = card.line
    wanted, need_language = needs.typed(card.needs)
    return Draft(
        id=new_id(),
        form=drafts.CONTACT,
        officer_id=user.id,
        started_at=now,
        updated_at=now,
        parked=parked,
        values={
            "channel": lists.Channel.PHONE_OUT.value,
            "user_type": card.user_type or lists.DEFAULT_USER_TYPE.value,
            "topic": card.topic,
            "topic_typed": topics.by_code(card.topic).label(language()) if card.topic else "",
            "person_id": line.person_id,
            "person_name": line.person_name,
            "phone": card.phone,
            "case_ref": card.case_ref,
            "repeat_ref": line.ref,
            "acting_for": card.acting_for,
            "authority": card.authority,
            "needs": wanted,
            "need_language": need_language,
            CALLBACK_ID: line.id,
        },
    )
