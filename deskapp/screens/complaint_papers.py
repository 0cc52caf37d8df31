"""What can be written about a complaint: the letters that fit now, OPTIC, the hand-over pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens import complaint_desk
from deskapp.screens.base import Entry, says
from deskapp.services.complaints import letters

if TYPE_CHECKING:
    from deskapp.app import DeskApp

OPTIC, HAND_OVER = "optic", "hand-over"
_LETTERS = {
    "acknowledge": "A",
    "holding": "H",
    "answer": "F",
    "review": "R",
    "cit": "I",
    "redirect": "N",
    "withdrawn": "W",
    "authority": "U",
}


@says
async def ask(desk: DeskApp, complaint_id: str) -> None:
    """Ask what is to be written, and show it; nothing is sent."""
    acting = complaint_desk.acting(desk)
    writing = await desk.store.read(letters.look, acting, complaint_id)
    entries = [Entry(_LETTERS[each.id], _(each.label), each.id) for each in writing.offers]
    entries += [
        Entry("O", _("Field by field, to copy into OPTIC"), OPTIC),
        Entry("C", _("Hand-over pack for the investigations team (CIT)"), HAND_OVER),
    ]

    async def picked(answer: str | None) -> None:
        from deskapp.screens import complaint_letter, complaint_pack, optic

        if answer == OPTIC:
            await desk.push_screen(optic.OpticPackScreen(complaint_id))
        elif answer == HAND_OVER:
            await desk.push_screen(complaint_pack.HandOverScreen(complaint_id))
        elif answer:
            await desk.push_screen(complaint_letter.ComplaintLetterScreen(complaint_id, answer))

    await desk.ask(_("Which paper?"), entries, picked)
