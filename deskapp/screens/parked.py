"""Parked contacts in the Go to menu: who waits, about what, on which channel; a digit takes one up.

With webchat several people wait at once. The contact on the screen is parked in exchange.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import _, when
from deskapp.screens.base import Entry
from deskapp.services.enquiries import parked

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.services.drafts import Draft

PARKED = "parked:"
"""How the answers of these entries begin; the id of the form follows."""


async def entries(app: DeskApp) -> list[Entry]:
    """A line for each parked contact, the oldest first."""
    waiting = await app.store.read(parked.contacts, app.user.id)
    return [
        Entry(str(place), _told(app, draft), PARKED + draft.id)
        for place, draft in enumerate(waiting, 1)
    ]


def _told(app: DeskApp, draft: Draft) -> str:
    begun = when(local(draft.started_at), app.clock.today())
    return _("Parked {time}: {who}").format(time=begun, who=parked.who(draft))


async def take_up(app: DeskApp, answer: str) -> None:
    """Show a parked contact; the one that was open is parked."""
    if await app.back_to(app.screen_stack[0]):
        app.open_draft(answer.removeprefix(PARKED))
