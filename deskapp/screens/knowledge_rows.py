"""Articles and scripts as rows of Find: what was found for words, what may help without any."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from deskapp.i18n import _, language
from deskapp.screens import looking_up
from deskapp.screens.found import FOUND_ROWS
from deskapp.services.enquiries import snippets
from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge import marks, search, suggest, uses
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.marks import Marks
from deskapp.services.knowledge.search import ARTICLE, SCRIPT, SNIPPET, Answer, Hit
from deskapp.services.typed_shape import Shape, shape
from deskapp.text import one_line
from deskapp.widgets.record_list import Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

KINDS = (*search.KNOWLEDGE, SNIPPET)
_REPLIES = 2
"""Short replies at most, below articles and scripts."""
_SCRIPTS = 3
"""Scripts at most that stand first because of what was typed."""
_ALL = 200
"""More than any search finds: staff articles are picked out of these."""


class Found(NamedTuple):
    """What words found among articles and scripts."""

    shape: Shape
    answer: Answer
    """Its hits are those of the filter, and danger."""
    changed: frozenset[str] = frozenset()
    """Ids of those that have another version than the officer read last."""

    @property
    def urgent(self) -> list[Row]:
        """What stands above everything: somebody may be in danger."""
        return rows((hit for hit in self.answer.hits if hit.safety), self.changed)

    @property
    def others(self) -> list[Row]:
        """What else was found."""
        return rows((hit for hit in self.answer.hits if not hit.safety), self.changed)


async def found(
    app: DeskApp, words: str, kinds: Sequence[str] = KINDS, *, staff: bool = False
) -> Found:
    """What ``words`` find, in a thread.

    Args:
        app: The application.
        words: As typed.
        kinds: Articles, scripts, short replies, or several of them.
        staff: Whether only what is for staff alone is wanted.

    Raises:
        DeskError: If the local articles cannot be read.
    """
    shelf = await looking_up.shelf_of(app)
    today = app.clock.today()
    used = await app.store.read(uses.often, today=today)
    asked = partial(search.search, words, language=language(), today=today, used=used)
    answer = await looking_up.searched(
        asked, limit=_ALL, kinds=search.KNOWLEDGE, indexes=shelf.indexes
    )
    wanted = [
        hit for hit in answer.hits if hit.safety or (hit.kind in kinds and (hit.staff or not staff))
    ][:FOUND_ROWS]
    if SNIPPET in kinds:
        alone = kinds == (SNIPPET,)
        replies = await looking_up.searched(asked, kinds=(SNIPPET,), indexes=(search.replies(),))
        if replies.close or alone:
            wanted += replies.hits[: FOUND_ROWS if alone else _REPLIES]
    kept = Answer(tuple(wanted), answer.did_you_mean, answer.close)
    known = await looking_up.searched(shape, words, shelf.indexes[0].words)
    marked = await app.store.read(marks.of)
    return Found(known, kept, _changed(kept.hits, shelf.library, marked))


async def suggested(
    app: DeskApp, kinds: Sequence[str] = KINDS, *, staff: bool = False
) -> list[Row]:
    """What may help with the contact on the screen, before anything is typed.

    Short replies are suggested where nothing else is wanted: there is one for everything.

    Raises:
        DeskError: If the local articles cannot be read.
    """
    about = looking_up.about(app)
    if kinds == (SNIPPET,):
        return [_short(each) for each in snippets.suggested(about.topic)]
    shelf, marked = await looking_up.shelf_of(app), await app.store.read(marks.of)
    hits = await looking_up.searched(
        suggest.suggested,
        shelf.library,
        shelf.indexes,
        about,
        pinned=marked.pinned,
        lately=app.lately,
        language=language(),
        today=app.clock.today(),
    )
    wanted = [hit for hit in hits if hit.kind in kinds and (hit.staff or not staff)]
    return rows(wanted, _changed(wanted, shelf.library, marked))


async def scripts_meant(app: DeskApp) -> list[str]:
    """Ids of the scripts that the words of the open contact speak of, the likeliest first.

    Raises:
        DeskError: If the local articles cannot be read.
    """
    words = looking_up.about(app).words
    asked = partial(search.search, words, language=language(), today=app.clock.today())
    indexes = (await looking_up.shelf_of(app)).indexes
    answer = await looking_up.searched(asked, limit=_SCRIPTS, kinds=(SCRIPT,), indexes=indexes)
    return [hit.id for hit in answer.hits if answer.close or hit.safety]


def rows(hits: Iterable[Hit], changed: Container[str]) -> list[Row]:
    """Hits as rows; Enter opens them. ``changed`` are ids of what the officer knows otherwise."""
    return [
        Row(f"{hit.kind}:{hit.id}", (_kind(hit), hit.title, _more(hit, hit.id in changed)))
        for hit in hits
    ]


def _changed(hits: Iterable[Hit], library: Library, marked: Marks) -> frozenset[str]:
    items = [library.item(hit.id) for hit in hits]
    return frozenset(each.id for each in items if each and marked.changed(each.id, each.version))


def _short(snippet: Snippet) -> Row:
    cells = (_("Reply"), snippet.title[language()], one_line(snippet.text[language()]))
    return Row(f"{SNIPPET}:{snippet.id}", cells)


def _kind(hit: Hit) -> str:
    return _("DANGER") if hit.safety else _what(hit)


def _what(hit: Hit) -> str:
    return {SCRIPT: _("Script"), ARTICLE: _("Article"), SNIPPET: _("Reply")}[hit.kind]


def _more(hit: Hit, changed: bool) -> str:
    told = (
        _what(hit) if hit.safety else "",
        _("CHANGED since you read it") if changed else "",
        _("For staff") if hit.staff else "",
        _("REVIEW OVERDUE") if hit.overdue else "",
        _("LOCAL") if hit.local else "",
        hit.why,
    )
    return ". ".join(filter(None, told))
