"""Somebody is abusive: three steps that a contact remembers, and what comes after the end.

Source: enquiries sheet, section 11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens.base import Entry, says
from deskapp.screens.hard_after import open_contact
from deskapp.services import contact_lines, hard

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.contact import ContactScreen

STEP = "abuse"
"""Name of the value of a contact that says which step was taken last."""
NEXT = {"": "needs", "said": "warned", "warned": "ended"}
"""Step that was taken last -> the one that comes now."""
HELP = "help"
"""The person is not abusive but needs something."""


async def ask(desk: DeskApp) -> None:
    """Show the next step for the contact that is open; without one a contact is begun."""
    if open_contact(desk) is None:
        await desk.action_new_contact()
    contact = open_contact(desk)
    if contact is not None:
        taken = contact.draft.values.get(STEP, "")
        await _show(desk, contact, NEXT.get(taken, "ended"))


async def _show(desk: DeskApp, contact: ContactScreen, step: str) -> None:
    if step == "ended":
        await _end(desk, contact)
        return
    better = Entry("B", _("Better now: go on with the contact"), "")
    going_on = {
        "needs": Entry("S", _("Still abuse: say what is not acceptable"), "said"),
        "said": Entry("W", _("Warn: it goes on"), "warned"),
        "warned": Entry("E", _("End the contact: it goes on"), "ended"),
    }
    if step == "needs":
        better = Entry("N", _("Need or distress: help with that"), HELP)

    async def answered(after: str | None) -> None:
        if after == HELP:
            await contact.tick_needs()
        elif after:
            await _show(desk, contact, after)

    if step != "needs":
        contact.take()
        contact.change(**{STEP: step})
    await desk.ask(hard.abuse(step), [going_on[step], better], answered)


async def _end(desk: DeskApp, contact: ContactScreen) -> None:
    """Say the last words, then have those that were used written down."""

    async def answered(said: str | None) -> None:
        if said:
            await contact.end_after_warning()

    entries = [
        Entry("W", _("Written down now: the words that were used"), "said"),
        Entry("B", _("Better now: go on with the contact"), ""),
    ]
    await desk.ask(hard.abuse("ended"), entries, answered)


@says
async def after_ending(desk: DeskApp, contact_id: str) -> None:
    """Offer what may follow a contact that was ended; nothing of it happens by itself."""
    from deskapp.screens import hard_menu, marker_form

    record = await desk.store.read(contact_lines.record, contact_id, user=desk.user)
    person_id = record.person_id or ""
    entries = [
        Entry("I", _("Incident: write it down"), "incident"),
        Entry("N", _("Nothing more"), ""),
    ]
    if person_id:
        propose = Entry("P", _("Propose a marker: potentially violent person"), "marker")
        entries.insert(0, propose)

    async def answered(what: str | None) -> None:
        if what == "incident":
            await hard_menu.begin(desk, what, contact_id=contact_id)
        elif what == "marker":
            await marker_form.propose(desk, person_id)

    await desk.ask(hard.abuse("wellbeing"), entries, answered)
