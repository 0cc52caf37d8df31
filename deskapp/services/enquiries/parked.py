"""Parked contacts: who waits, about what, on which channel; the same on screen and in line mode."""

from __future__ import annotations

from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _, language
from deskapp.services import drafts, lists
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import topics
from deskapp.text import one_line


def contacts(connection: Connection, officer_id: str) -> list[Draft]:
    """The contacts that an officer has parked, the oldest first."""
    waiting = drafts.waiting(connection, officer_id)
    return [each for each in waiting if each.parked and each.form == drafts.CONTACT]


def by_number(connection: Connection, officer_id: str, place: int) -> Draft:
    """The parked contact with this number in the list, counted from 1.

    Raises:
        NotFoundError: If so many are not parked.
    """
    waiting = contacts(connection, officer_id)
    if not 1 <= place <= len(waiting):
        raise NotFoundError(_("No parked contact has this number. See deskapp enquiry parked."))
    return waiting[place - 1]


def who(draft: Draft) -> str:
    """Person, topic and channel in one line, in the language in use."""
    values = draft.values
    topic = values.get("topic", "")
    parts = (
        one_line(values.get("person_name", "")) or _("not given"),
        topics.by_code(topic).label(language()) if topic else "",
        lists.channel(values.get("channel", "")).label,
    )
    return ", ".join(filter(None, parts))
