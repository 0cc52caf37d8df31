"""Parked contacts in the Go to menu: who waits, about what, on which channel; a digit takes one up.

With webchat several people wait at once. The contact on the screen is parked in exchange.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import _, language, when
from deskapp.screens.base import Entry
from deskapp.services import drafts
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.services.drafts import Draft

PARKED = "parked:"
"""How the answers of these entries begin; the id of the form follows."""


async def entries(app: DeskApp) -> list[Entry]:
    """A line for each parked contact, the oldest first."""
    waiting = await app.store.read(drafts.waiting, app.user.id)
    parked = [each for each in waiting if each.parked and each.form == drafts.CONTACT]
    return [
        Entry(str(place), _who(app, draft), PARKED + draft.id)
        for place, draft in enumerate(parked, 1)
    ]


def _who(app: DeskApp, draft: Draft) -> str:
    from deskapp.services import lists, topics

    values = draft.values
    topic = values.get("topic", "")
    parts = (
        one_line(values.get("person_name", "")) or _("not given"),
        topics.by_code(topic).label(language()) if topic else "",
        lists.channel(values.get("channel", "")).label,
    )
    begun = when(local(draft.started_at), app.clock.today())
    return _("Parked {time}: {who}").format(time=begun, who=", ".join(filter(None, parts)))


async def take_up(app: DeskApp, answer: str) -> None:
    """Show a parked contact; the one that was open is parked."""
    if await app.back_to(app.screen_stack[0]):
        app.open_draft(answer.removeprefix(PARKED))
