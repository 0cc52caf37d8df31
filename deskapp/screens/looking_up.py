"""What Find and articles do with the contact on the screen: note, copy, put in, suggest for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.widgets import TextArea

from deskapp.errors import DeskError
from deskapp.i18n import LANGUAGES, _, language
from deskapp.roles import Act, may
from deskapp.screens.form_screen import FormScreen
from deskapp.services import copying, desk, looked_up
from deskapp.services.knowledge import library as libraries
from deskapp.services.knowledge import misses, replies, search, shelf, uses
from deskapp.services.knowledge.misses import Miss
from deskapp.services.knowledge.replies import NoReplyError, Reply
from deskapp.services.knowledge.shelf import Shelf
from deskapp.services.knowledge.suggest import About
from deskapp.services.knowledge.uses import Use

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.contact import ContactScreen
    from deskapp.services.knowledge.content import Article, Item

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


async def reply_of(app: DeskApp, article: Article, languages: Sequence[str]) -> Reply:
    """The reply of an article, filled from the open contact, checked for what must stay here.

    Raises:
        NoReplyError: If there is none that may be sent.
        NotCopiedError: If it holds a code word or a withheld detail.
    """
    contact = contact_of(app)
    values = contact.values if contact else {}
    today = app.clock.today()
    reply = replies.reply(
        article,
        languages,
        replies.known(
            values, officer=app.user.name, court=desk.site_name(app.store.site, languages[0])
        ),
        library=(await shelf_of(app)).library,
        on=app.settings.facts_on(today),
    )
    if may(app.user, Act.READ_CONTACTS):  # the others have no contact it could come from
        person_id = values.get("person_id", "")
        await app.store.read(copying.check, person_id, reply.text, user=app.user)
    return reply


async def put_in(app: DeskApp, article: Article) -> None:
    """Put the reply of an article into what was said in the open form, and go back there.

    Raises:
        NoReplyError: If there is no reply, or no form with a field for it.
    """
    forms = [screen for screen in app.screen_stack if isinstance(screen, FormScreen)]
    area = _field_of(forms[-1]) if forms else None
    if area is None:
        raise NoReplyError(_("No form is open that the reply could go into. F2 opens a contact."))
    reply = await reply_of(app, article, [spoken(app)])
    await note(app, article, Use.COPIED)
    await app.back_to(forms[-1])
    area.focus()
    area.replace(reply.text, *area.selection, maintain_selection_offset=False)
    if reply.gaps:
        app.notify(_("Fill in what stands in square brackets."), markup=False)


def _field_of(form: FormScreen) -> TextArea | None:
    """What was said, else the words that the cursor is in, else the first words of the form.

    An officer looks while what was asked is still being typed: a reply is no part of that.
    """
    areas = list(form.query(TextArea))
    areas.sort(key=lambda area: (area.id != "answer", area is not form.focused))
    return areas[0] if areas else None
