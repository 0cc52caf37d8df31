"""The lists of the Knowledge desk, and their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskapp.i18n import N_, _, day, language, ngettext, number
from deskapp.screens import looking_up
from deskapp.screens.pick import Line as Choice
from deskapp.services.knowledge import due, facts, flags, local_items, misses, naming, to_review
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.local_items import LocalLine
from deskapp.widgets.record_list import Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

ITEMS, FLAGS, MISSES, OVERDUE = "items", "flags", "misses", to_review.OVERDUE
LISTS: dict[str, tuple[str, str]] = {
    ITEMS: ("L", N_("Local articles")),
    FLAGS: ("F", N_("Flags")),
    MISSES: ("S", N_("Searches in vain")),
    OVERDUE: ("O", N_("Reviews overdue")),
}
"""The lists in their order, each with its letter and untranslated name."""
NONE = {
    ITEMS: N_("Nothing local yet. Ctrl+N writes an article, Ctrl+R shows another list."),
    FLAGS: N_("No flag waits for an answer."),
    MISSES: N_("No search was in vain in the last 90 days."),
    OVERDUE: N_("No review is overdue."),
}
FACT = f"{facts.FILE}:"
"""What the key of a row of a figure begins with."""


async def rows(app: DeskApp, which: str) -> list[Row]:
    """The rows of a list.

    Raises:
        DeskError: If the store refuses, or the role may not read them.
    """
    if which == FLAGS:
        return await _flags(app)
    if which == MISSES:
        return await _misses(app)
    if which == OVERDUE:
        return await _overdue(app)
    return await _items(app)


async def _items(app: DeskApp) -> list[Row]:
    lines = await app.store.read(local_items.lines, user=app.user)
    return [_item(line, app.clock.today()) for line in lines]


def _item(line: LocalLine, today: dt.date) -> Row:
    status = _(local_items.STATUS_LABELS[line.status])
    if line.live_version and line.live_version != line.version:
        status = _("{status}, older is live").format(status=status)
    late = line.overdue(today)
    more = _("REVIEW OVERDUE") if late else line.item
    return Row(line.id, (status, line.called(language()), more), mark="overdue" if late else "")


async def _flags(app: DeskApp) -> list[Row]:
    standing = await app.store.read(flags.standing, user=app.user)
    return [
        Row(f"{each.id}:{each.item}", (_(flags.LABELS[each.kind]), each.item, each.note))
        for each in standing
    ]


async def _misses(app: DeskApp) -> list[Row]:
    missed = await app.store.read(misses.most, today=app.clock.today())
    return [Row(each.words, (_often(each), each.words, day(each.last_on))) for each in missed]


def _often(missed: misses.MissedWords) -> str:
    count = missed.empty + missed.distant + missed.unopened
    told = ngettext("{count} time", "{count} times", count).format(count=number(count))
    if missed.reported:
        told = _("{times}, {reported} reported").format(times=told, reported=missed.reported)
    return told


async def _overdue(app: DeskApp) -> list[Row]:
    """Articles, scripts, and the figures that they quote."""
    known = (await looking_up.shelf_of(app)).library
    yesterday = app.clock.today() - dt.timedelta(days=1)
    return [_late(each, known) for each in due.reviews(known, until=yesterday)]


def _late(review: due.Due, known: Library) -> Row:
    item = known.item(review.id)
    key, title = f"{FACT}{review.id}", _("Figure: {id}").format(id=review.id)
    if item and review.file != facts.FILE:
        key, title = review.id, item.title(language())
    return Row(key, (day(review.review_by), title, naming.owner(review.owner)))


async def quoting(app: DeskApp, fact_id: str) -> list[Choice]:
    """The articles and scripts that quote a figure; what opens each."""
    known = (await looking_up.shelf_of(app)).library
    return list(_quoting(known, fact_id))


def _quoting(known: Library, fact_id: str) -> Iterator[Choice]:
    for item in due.quoting(known, fact_id):
        label = _("Script: {title}") if item.kind == "script" else _("Article: {title}")
        yield Choice(f"{item.kind}:{item.id}", label.format(title=item.title(language())))
