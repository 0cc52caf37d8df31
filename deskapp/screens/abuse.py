"""What comes after a contact that was ended with somebody abusive.

Source: enquiries sheet, section 11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens.base import Entry, says
from deskapp.services.enquiries import contact_lines
from deskapp.services.hard import hard

if TYPE_CHECKING:
    from deskapp.app import DeskApp


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

    await desk.ask(hard.wellbeing(), entries, answered)
