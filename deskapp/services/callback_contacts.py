"""The contact of a try that nobody finished in the form: saved as it stands, with how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.data.sessions import plain
from deskapp.roles import User
from deskapp.services import contacts, drafts
from deskapp.services.call_clock import CallClock
from deskapp.services.contact_lines import ContactLine
from deskapp.services.contacts import ContactDraft

if TYPE_CHECKING:
    from sqlmodel import Session

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
