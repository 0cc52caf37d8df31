"""What is offered behind a form about a hearing: where it goes on, a booking, a complaint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.screens import hearing_desk
from deskapp.screens.base import Entry, says
from deskapp.services import kinds
from deskapp.services.hearings import carrying, needs, stored, unmet_needs
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.going_on import Given

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COMPLAINT, INCIDENT = "complaint", "incident"


@says
async def tell_next(desk: DeskApp, given: Given) -> None:
    """Offer to go to the hearing at which it goes on."""
    hearing = await desk.store.read(stored.read, given.next_id, user=desk.user)
    entries = [
        Entry("S", _("Show it"), given.next_id),
        Entry("N", _("No, stay here"), ""),
    ]

    def answered(answer: str | None) -> None:
        if answer:
            desk.open(kinds.HEARING, answer)

    question = _("The next hearing is made: {hearing}").format(hearing=hearing.words)
    await desk.ask(question, entries, answered)


@says
async def need(desk: DeskApp, hearing_id: str, need_id: str) -> None:
    """Offer the booking that a new need asks for."""
    line = await desk.store.read(needs.get, need_id, user=desk.user)
    if line.does is not Does.BOOK or not may(desk.user, Act.WORK_BOOKINGS):
        return
    entries = [
        Entry("B", _("Make the draft of its booking"), "yes"),
        Entry("L", _("Later: it counts as missing until then"), ""),
    ]
    await desk.ask(line.words, entries, partial(_book, desk, hearing_id, need_id))


@says
async def _book(desk: DeskApp, hearing_id: str, need_id: str, answer: str | None) -> None:
    if not answer:
        return
    acting, read = hearing_desk.acting(desk), desk.store.read
    hearing = await read(stored.read, hearing_id, user=desk.user)
    line = await read(needs.get, need_id, user=desk.user)
    desk.open(kinds.BOOKING, await desk.store.write(carrying.ask_for, acting, hearing, line))


@says
async def unmet(desk: DeskApp, hearing_id: str, need_id: str) -> None:
    """Offer a complaint or an incident about a need that was not met."""
    entries = [
        Entry("C", _("Log a complaint about it"), COMPLAINT),
        Entry("I", _("Record an incident"), INCIDENT),
        Entry("N", _("Neither: the reason is kept"), ""),
    ]
    if not may(desk.user, Act.WORK_COMPLAINTS):
        del entries[0]
    question = _("A need was not met. Is anything else to be recorded?")
    await desk.ask(question, entries, partial(_unmet, desk, hearing_id, need_id))


@says
async def _unmet(desk: DeskApp, hearing_id: str, need_id: str, answer: str | None) -> None:
    from deskapp.screens import complaint_start, hard_menu

    if answer == COMPLAINT:
        handed = await desk.store.read(unmet_needs.handover, hearing_id, need_id, user=desk.user)
        await complaint_start.from_values(desk, handed)
    elif answer == INCIDENT:
        await hard_menu.begin(desk, INCIDENT, contact_id=hearing_id, table=kinds.HEARING)
