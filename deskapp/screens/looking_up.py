"""What Find and articles do with the contact on the screen: note, copy, put in, suggest for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.widgets import TextArea

from deskapp import paths
from deskapp.errors import DeskError
from deskapp.i18n import LANGUAGES, _, language
from deskapp.roles import Act, may
from deskapp.screens.base import Entry, says
from deskapp.screens.form_screen import FormScreen
from deskapp.services import bank_holidays, copying
from deskapp.services.dates import Nation
from deskapp.services.enquiries import looked_up, turnaround
from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge import (
    at_hand,
    marks,
    misses,
    replies,
    search,
    shelf,
    to_review,
    uses,
)
from deskapp.services.knowledge import library as libraries
from deskapp.services.knowledge.at_hand import Desk
from deskapp.services.knowledge.misses import Miss
from deskapp.services.knowledge.replies import NoReplyError, Reply
from deskapp.services.knowledge.shelf import Shelf
from deskapp.services.knowledge.suggest import About
from deskapp.services.knowledge.uses import Use
from deskapp.services.persons import withheld
from deskapp.widgets.put_in import put_in as put_in_words

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.contact import ContactScreen
    from deskapp.services.knowledge.content import Article, Item, Script

P = ParamSpec("P")
R = TypeVar("R")

MOST_LATELY = 5
"""Items used last that are offered again."""


async def searched(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run ``work`` in the one thread that searches.

    Who types is quicker than a search: one that nobody waits for any more is not begun, and no two
    of them keep the thread that draws from its turn.
    """
    job = partial(work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_thread(), job)


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "search")


async def shelf_of(app: DeskApp) -> Shelf:
    """Articles and scripts, the local ones too; the first call reads the shipped ones, in a thread.

    Raises:
        DeskError: If the local ones cannot be read.
    """
    await searched(search.shipped)  # long: no other read of the store may wait for it
    await searched(libraries.shipped)
    return await app.store.read(shelf.read)


async def read_ahead(app: DeskApp) -> None:
    """Read articles and index, unpack what every search asks of it, keep when reviews are due.

    Raises:
        DeskError: If the local ones cannot be read.
    """
    shelf = await shelf_of(app)
    await asyncio.to_thread(search.unpack, shelf.indexes)
    await app.store.jot(to_review.keep_dates, shelf.library)


def contact_of(app: DeskApp) -> ContactScreen | None:
    """The contact that is open, be it below another screen."""
    from deskapp.screens.contact import ContactScreen

    opened = [screen for screen in app.screen_stack if isinstance(screen, ContactScreen)]
    return opened[-1] if opened else None


def about(app: DeskApp) -> About:
    """Topic and words of the open contact."""
    contact = contact_of(app)
    values = contact.values if contact else {}
    words = " ".join(values.get(name, "") for name in ("question", "answer"))
    return About(values.get("topic", ""), words.strip())


async def note(app: DeskApp, item: Item, use: Use) -> None:
    """Keep that an item was used: with the open contact, in the counts, among those used last."""
    app.lately = [item.id, *(each for each in app.lately if each != item.id)][:MOST_LATELY]
    contact = contact_of(app)
    if contact is not None:
        contact.take()
        kept = contact.draft.values.get(looked_up.VALUE, "")
        contact.change(**{looked_up.VALUE: looked_up.added(kept, item.id, item.version)})
    with suppress(DeskError):  # a count is not worth keeping an officer from the caller
        await app.store.jot(uses.count, item.id, use, today=app.clock.today())
        await app.store.jot(marks.was_read, item.id, item.version)


async def pin(app: DeskApp, item_id: str, *, on: bool) -> None:
    """Let an item stand in the empty box of Find, or take it off.

    Raises:
        DeskError: If the store refuses.
    """
    await app.store.jot(marks.pin, item_id, on=on)
    told = _("Pinned: it stands in the empty box of Find.") if on else _("No longer pinned.")
    app.notify(told, markup=False)


async def count_search(app: DeskApp, words: str, miss: Miss) -> None:
    """Count how a search ended; the names on the open contact are taken out of the words."""
    contact = contact_of(app)
    values = contact.values if contact else {}
    with suppress(DeskError):
        await app.store.jot(
            misses.record,
            words,
            miss,
            language=language(),
            topic=values.get("topic", ""),
            today=app.clock.today(),
            names=[values.get(name, "") for name in ("person_name", "acting_for")],
            known=search.shipped().words,
        )


def spoken(app: DeskApp) -> str:
    """The language of the service where it is known, else that of the screen."""
    contact = contact_of(app)
    asked = contact.values.get("language", "") if contact else ""
    return asked if asked in LANGUAGES else language()


async def known_of(
    app: DeskApp, item: Article | Script, values: Mapping[str, str], language: str
) -> Mapping[str, str]:
    """What the desk knows for the places of a text of an article or script, in a thread."""
    library = (await shelf_of(app)).library
    settings = paths.settings_folder()
    here = Desk(
        app.user.name,
        app.store.site,
        app.clock.now(),
        bank_holidays.in_force(settings)[Nation(app.nation)],
        turnaround.in_force(settings),
    )
    return await asyncio.to_thread(at_hand.known, here, values, item, library, language)


async def reply_of(app: DeskApp, item: Article | Snippet, languages: Sequence[str]) -> Reply:
    """The reply of an article or a short one, filled from the open contact, checked for what must
    stay here.

    Raises:
        NoReplyError: If there is none that may be sent.
        NotCopiedError: If it holds a code word or a withheld detail.
    """
    contact = contact_of(app)
    values = contact.values if contact else {}
    today = app.clock.today()
    if isinstance(item, Snippet):
        calendar = bank_holidays.in_force(paths.settings_folder())[Nation(app.nation)]
        reply = replies.short(item, languages[0], values, today=today, calendar=calendar)
    else:
        known = {each: await known_of(app, item, values, each) for each in languages}
        library, on = (await shelf_of(app)).library, app.settings.facts_on(today)
        reply = replies.reply(item, languages, known.__getitem__, library=library, on=on)
    if may(app.user, Act.READ_CONTACTS):  # the others have no contact it could come from
        about = withheld.about_of(values)
        await app.store.read(copying.check, about, reply.whole, user=app.user)
    return reply


async def put_in(app: DeskApp, item: Article | Snippet) -> None:
    """Put a reply into what was said in the open form, and go back there.

    A gap that stays is told before.

    Raises:
        NoReplyError: If there is no reply, or no form with a field for it.
    """
    form, area = _open_field(app)
    reply = await reply_of(app, item, [spoken(app)])

    @says
    async def put(app: DeskApp) -> None:
        await _count_copied(app, item)
        await app.back_to(form)
        put_in_words(area, reply.text, reply.after)

    async def answered(answer: str | None) -> None:
        if answer:
            await put(app)

    if not reply.gaps:
        await put(app)
        return
    entries = [
        Entry("P", _("Put it in; what stands in square brackets is filled in there"), "put"),
        Entry("N", _("No, go back"), ""),
    ]
    await app.ask(reply.told, entries, answered)


async def put_words(app: DeskApp, words: str) -> None:
    """Put words that name nobody into what was said in the open form, and go back there.

    Raises:
        NoReplyError: If there is no form with a field for them.
    """
    form, area = _open_field(app)
    await app.back_to(form)
    put_in_words(area, words)


async def show_reply(app: DeskApp, item: Article | Snippet) -> None:
    """Show a reply alone on the screen.

    Raises:
        NoReplyError: If there is none that may be sent.
    """
    from deskapp.screens.contact_texts import PlainText

    reply = await reply_of(app, item, [spoken(app)])
    await app.push_screen(PlainText(reply.whole))


async def _count_copied(app: DeskApp, item: Article | Snippet) -> None:
    """Count a reply that was put in; an article is listed with the contact as well."""
    if not isinstance(item, Snippet):
        await note(app, item, Use.COPIED)
        return
    with suppress(DeskError):  # as for articles
        await app.store.jot(uses.count, item.id, Use.COPIED, today=app.clock.today())


def _open_field(app: DeskApp) -> tuple[FormScreen, TextArea]:
    """The form that is open and where a reply goes in it.

    Raises:
        NoReplyError: If there is none.
    """
    forms = [screen for screen in app.screen_stack if isinstance(screen, FormScreen)]
    area = _field_of(forms[-1]) if forms else None
    if area is None:
        raise NoReplyError(_("No form is open that the reply could go into. F2 opens a contact."))
    return forms[-1], area


def _field_of(form: FormScreen) -> TextArea | None:
    """What was said, else the words that the cursor is in, else the first words of the form.

    An officer looks while what was asked is still being typed: a reply is no part of that.
    """
    areas = list(form.query(TextArea))
    areas.sort(key=lambda area: (area.id != "answer", area is not form.focused))
    return areas[0] if areas else None
