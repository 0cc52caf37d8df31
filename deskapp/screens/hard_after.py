"""After a hard minute was written down: who must be told now, and what the contact keeps of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, when
from deskapp.screens.base import Entry, say_not_saved, says
from deskapp.services import drafts
from deskapp.services.hard import hard_records, spos
from deskapp.services.hard.hard_records import Made

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.contact import ContactScreen

Answered = Callable[[str | None], Awaitable[None]]

TOLD_NOW = (
    Entry("P", N_("Told just now, in person"), "in_person"),
    Entry("F", N_("Told just now, by phone"), "phone"),
    Entry("R", N_("Told just now, by radio"), "radio"),
)
"""Answers that need no further word; untranslated."""


def open_contact(desk: DeskApp) -> ContactScreen | None:
    """The contact that is open, on the screen or below it."""
    from deskapp.screens.contact import ContactScreen

    opened = [screen for screen in desk.screen_stack if isinstance(screen, ContactScreen)]
    return opened[-1] if opened else None


async def recorded(desk: DeskApp, made: Made) -> None:
    """Go on after a record was saved: the contact keeps it, the senior person is told."""
    contact = open_contact(desk)
    if contact is not None:
        await contact.record_made(made.ref)
    if made.tell_spos:
        await ask_told(desk, made.case_id, made.ref)


@says
async def ask_untold(desk: DeskApp) -> None:
    """Ask of which record the senior person was told; a single one is taken at once."""
    waiting = await desk.store.read(spos.untold, user=desk.user)
    if len(waiting) == 1:
        await enter_told(desk, waiting[0].case_id)
        return
    today = desk.clock.today()
    entries = [
        Entry(str(number), f"{each.ref}  {when(local(each.opened_at), today)}", each.case_id)
        for number, each in enumerate(waiting, 1)
    ]

    async def picked(case_id: str | None) -> None:
        if case_id:
            await enter_told(desk, case_id)

    await desk.ask(_("Of which record did you tell?"), entries, picked)


@says
async def ask_told(desk: DeskApp, case_id: str, ref: str) -> None:
    """Say whom to tell now; one letter keeps that it was done."""
    duty = await desk.store.read(spos.on_duty, desk.clock.now(), user=desk.user)
    entries = [Entry(each.letter, _(each.label), each.value) for each in TOLD_NOW]
    entries += [
        Entry("O", _("Other: enter whom, when and how"), "enter"),
        Entry("L", _("Later: not told yet. F4 T when you have"), ""),
    ]
    who = duty.words if duty else _("nobody is booked: tell the delivery manager")
    question = _("Tell the senior person on site now: {who}. Record {ref} is saved.")

    async def answered(how: str | None) -> None:
        if how == "enter":
            await enter_told(desk, case_id)
        elif how:
            await _keep_told(desk, case_id, spos.told(duty), how)

    await desk.ask(question.format(who=who, ref=ref), entries, answered)


@says
async def enter_told(desk: DeskApp, case_id: str) -> None:
    """Open the form that says when the senior person was told, or take it up again."""
    from deskapp.screens.hard import ToldScreen

    kept = await desk.begun(drafts.TOLD, case_id)
    if kept is None:
        duty = await desk.store.read(spos.on_duty, desk.clock.now(), user=desk.user)
        values = {drafts.RECORD: case_id, "name": spos.told(duty)}
        kept = desk.new_draft(drafts.TOLD, values)
    await desk.push_screen(ToldScreen(kept))


async def _keep_told(desk: DeskApp, case_id: str, name: str, how: str) -> None:
    told = {"told_at": f"{local(desk.clock.now()):%H:%M}", "name": name, "how": how}
    try:
        who = await desk.acting()
        await desk.store.write(hard_records.tell, who, case_id, case_id, told)
    except DeskError as error:
        say_not_saved(desk, error)
        return
    desk.notify(_("Kept: the senior person on site was told."), markup=False)
