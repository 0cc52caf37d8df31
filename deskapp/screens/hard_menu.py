"""What F4 offers in a hard minute, from every screen, also in the middle of a contact."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from deskapp.errors import DeskError
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, require
from deskapp.screens import hard_after
from deskapp.screens.base import Entry, says
from deskapp.screens.dialog import Dialog
from deskapp.services import drafts
from deskapp.services.hard import hard, hard_records, hard_taken, spos

if TYPE_CHECKING:
    from deskapp.app import DeskApp

WHO, TOLD = "who", "told"
"""Entries of the menu that are no form."""


@says
async def ask(desk: DeskApp) -> None:
    """Show the menu, over another question too; who may not work on cases is told so."""
    require(desk.user, Act.WORK_CASES)
    question = _("What is it? Danger to life: call 999 first.")
    if isinstance(desk.screen, Dialog) and desk.screen.question == question:
        return
    untold = await desk.store.read(spos.untold, user=desk.user)
    entries = [Entry(each.letter, hard.worded(each.label), each.id) for each in hard.scripts()]
    entries += [Entry(each.letter, hard.worded(each.label), each.id) for each in hard.forms()]
    entries.append(Entry("N", _("Now: who is senior person on site"), WHO))
    if untold:
        label = ngettext(
            "Told the senior person: {count} record waits",
            "Told the senior person: {count} records wait",
            len(untold),
        )
        entries.append(Entry("T", label.format(count=number(len(untold))), TOLD))
    await desk.ask(question, entries, chosen(desk))
    desk.run_worker(_read_schemes(desk), exclusive=True, group="schemes")


async def _read_schemes(desk: DeskApp) -> None:
    """Read while the officer chooses what a form needs: it is then there at once."""
    with suppress(DeskError):  # said by the form
        await desk.acting()


def chosen(desk: DeskApp) -> hard_after.Answered:
    """What does the entry that was chosen."""

    async def go(entry: str | None) -> None:
        if entry == WHO:
            from deskapp.screens.spos import SposScreen

            await desk.push_screen(SposScreen())
        elif entry == TOLD:
            await hard_after.ask_untold(desk)
        elif entry in {each.id for each in hard.scripts()}:
            from deskapp.screens import script_open

            await script_open.begin(desk, entry)
        elif entry:
            await begin(desk, entry)

    return go


async def lead(desk: DeskApp, outcome: str) -> None:
    """Offer the forms whose record an outcome must have, first what a script found most for.

    Raises:
        DeskError: If the schemes cannot be read.
    """
    await desk.acting()  # the schemes are read before a form asks for their options
    forms = [each for each in hard.forms() if each.outcome == outcome]
    forms.sort(key=lambda each: -len(_taken(desk, each)))
    entries = [Entry(each.letter, hard.worded(each.label), each.id) for each in forms]
    question = _("This outcome needs a record. Make it now, or Esc to enter its reference.")
    await desk.ask(question, entries, chosen(desk))


@says
async def begin(
    desk: DeskApp, form_id: str, *, contact_id: str = "", table: str = hard_records.CONTACT_TABLE
) -> None:
    """Open a form, or take up the one that was begun; a contact that is open stays open.

    ``contact_id`` is the contact it is about, when that is saved already, or another record with
    its ``table``.
    """
    from deskapp.screens.hard import HardScreen

    name = f"{drafts.HARD}:{form_id}"
    await desk.acting()  # the schemes are read before the form asks for their labels
    running = await desk.begun(name)
    contact = hard_after.open_contact(desk)
    about = contact_id or (contact.draft.id if contact else "")
    values = {hard_records.CONTACT_ID: about, hard_records.FROM_TABLE: table} if about else {}
    if running:
        await desk.push_screen(HardScreen(running))
        return
    values |= _taken(desk, hard.form(form_id))
    await desk.push_screen(HardScreen(desk.new_draft(name, values), is_new=True))


def _taken(desk: DeskApp, chosen: hard.Form) -> dict[str, str]:
    """What a script found out in the open contact for a form."""
    contact = hard_after.open_contact(desk)
    if contact is None:
        return {}
    fields = hard.asked(desk.book, chosen, desk.clock.today())
    return hard_taken.taken(chosen, fields, contact.values)
