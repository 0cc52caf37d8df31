"""Opening a guided script: over the contact that is open, or over one that is begun for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from deskapp import paths
from deskapp.i18n import LANGUAGES, _, language
from deskapp.screens import knowledge_rows, looking_up
from deskapp.screens.base import say, says
from deskapp.screens.hard_after import open_contact
from deskapp.services import bank_holidays
from deskapp.services.dates import Calendar, Nation
from deskapp.services.knowledge import filling, shelf, trails, walk
from deskapp.services.knowledge.content import Library, Script
from deskapp.services.knowledge.trails import ScriptChangedError
from deskapp.services.knowledge.uses import Use
from deskapp.services.knowledge.walk import Walk

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.contact_script import ScriptedContact

FIRST = "s-call-open"
"""What is offered first while a contact has no topic."""


@says
async def begin(desk: DeskApp, script_id: str) -> None:
    """Open a script; without a contact one is begun, and what lies above the contact is closed."""
    contact = await _contact(desk)
    if contact is not None:
        await start(contact, script_id)


async def _contact(desk: DeskApp) -> ScriptedContact | None:
    contact = open_contact(desk)
    if contact is None:
        await desk.action_new_contact()
        return open_contact(desk)
    return contact if await desk.back_to(contact) else None


async def start(contact: ScriptedContact, script_id: str) -> None:
    """Show the first step of a script; the one that stands is gone on with if it is the same.

    Raises:
        DeskError: If it cannot begin.
    """
    desk = contact.desk
    library = (await looking_up.shelf_of(desk)).library
    standing = await _standing(contact)
    if standing is not None and standing.script.id == script_id:
        await _show(contact, standing)
        return
    if standing is not None:
        await leave(contact)
    begun = first_step(contact, library, script_id)
    await looking_up.note(desk, begun.script, Use.OPENED)
    await _show(contact, begun)


def first_step(contact: ScriptedContact, library: Library, script_id: str) -> Walk:
    """The walk at the start of a script, in the language of the service.

    Raises:
        NotFoundError: If there is no such script, or it cannot begin.
    """
    values = contact.without_script
    asked = values.get("language", "")
    return walk.begin(
        library,
        script_id,
        language=asked if asked in LANGUAGES else language(),
        today=contact.desk.clock.today(),
        calendar=_calendar(contact.desk),
        known=filling.of_form(library.fields, values),
    )


async def leave(contact: ScriptedContact) -> None:
    """Close the walk that stands without an end; where it was left is counted."""
    await contact.count_left()
    contact.close_script()


async def resume_or_choose(contact: ScriptedContact) -> None:
    """Show the script that stands; without one ask which.

    Raises:
        DeskError: If the content cannot be read.
    """
    standing = await _standing(contact)
    if standing is not None:
        await _show(contact, standing)
    else:
        await choose(contact)


async def choose(contact: ScriptedContact) -> None:
    """Ask for a script; those that the words and the topic of the contact speak of come first, so
    that Enter takes the likely one.

    Raises:
        DeskError: If the content cannot be read.
    """
    from deskapp.screens.pick import Line, Pick

    library = (await looking_up.shelf_of(contact.desk)).library
    meant = await knowledge_rows.scripts_meant(contact.desk)
    scripts = _offered(library, contact.values.get("topic", ""), meant)
    lines = [Line(each.id, each.title(language())) for each in scripts]

    @says
    async def chosen(contact: ScriptedContact, script_id: str | None) -> None:
        if script_id:
            await start(contact, script_id)

    async def picked(script_id: str | None) -> None:
        await chosen(contact, script_id)

    await contact.app.push_screen(Pick(_("Which script?"), lines), picked)


def _offered(library: Library, topic: str, meant: Sequence[str]) -> Iterator[Script]:
    """Live scripts: those that are ``meant``, those of the topic, those for danger, the others by
    title."""

    def place(script: Script) -> tuple[int, bool, bool, bool, str]:
        of_topic = topic in script.topics if topic else script.id == FIRST
        nearness = meant.index(script.id) if script.id in meant else len(meant)
        title = script.title(language())
        return nearness, not of_topic, not script.safety, script.id != FIRST, title

    live = [item for item in library.items() if isinstance(item, Script)]
    return iter(sorted(live, key=place))


async def _standing(contact: ScriptedContact) -> Walk | None:
    """The walk of the draft, with what the form holds now; one whose script changed is closed."""
    kept = contact.script_kept
    if not kept:
        return None
    desk = contact.desk
    await looking_up.shelf_of(desk)  # in a thread, the first time
    library = await desk.store.read(shelf.library_at, trails.versions(kept))
    known = filling.of_form(library.fields, contact.without_script)
    today, calendar = desk.clock.today(), _calendar(desk)
    try:
        return trails.loads(kept, library, today=today, calendar=calendar, known=known)
    except ScriptChangedError as error:
        contact.close_script()
        say(contact, error)
        return None


async def _show(contact: ScriptedContact, walked: Walk) -> None:
    from deskapp.screens.script import ScriptScreen

    screen = ScriptScreen(contact, walked)

    async def left(_nothing: None) -> None:
        await contact.script_left(screen.walk)

    await contact.app.push_screen(screen, left)


def _calendar(desk: DeskApp) -> Calendar:
    return bank_holidays.in_force(paths.settings_folder())[Nation(desk.nation)]
