"""Articles and scripts as rows of Find: what was found for words, what may help without any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from deskapp.i18n import _, language
from deskapp.screens import looking_up
from deskapp.screens.found import FOUND_ROWS
from deskapp.services.knowledge import search, suggest, uses
from deskapp.services.knowledge.search import ARTICLE, SCRIPT, Answer, Hit
from deskapp.services.typed_shape import Shape, shape
from deskapp.widgets.record_list import Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

_ALL = 200
"""More than any search finds: staff articles are picked out of these."""


class Found(NamedTuple):
    """What words found among articles and scripts."""

    shape: Shape
    answer: Answer
    """Its hits are those of the filter, and danger."""

    @property
    def urgent(self) -> list[Row]:
        """What stands above everything: somebody may be in danger."""
        return rows(hit for hit in self.answer.hits if hit.safety)

    @property
    def others(self) -> list[Row]:
        """What else was found."""
        return rows(hit for hit in self.answer.hits if not hit.safety)


async def found(
    app: DeskApp, words: str, kinds: Sequence[str] = search.KNOWLEDGE, *, staff: bool = False
) -> Found:
    """What ``words`` find, in a thread.

    Args:
        app: The application.
        words: As typed.
        kinds: Articles, scripts or both.
        staff: Whether only what is for staff alone is wanted.

    Raises:
        DeskError: If the local articles cannot be read.
    """
    shelf = await looking_up.shelf_of(app)
    today = app.clock.today()
    used = await app.store.read(uses.often, today=today)
    answer = await looking_up.searched(
        search.search,
        words,
        language=language(),
        today=today,
        limit=_ALL,
        kinds=search.KNOWLEDGE,
        indexes=shelf.indexes,
        used=used,
    )
    wanted = [
        hit for hit in answer.hits if hit.safety or (hit.kind in kinds and (hit.staff or not staff))
    ]
    kept = Answer(tuple(wanted[:FOUND_ROWS]), answer.did_you_mean, answer.close)
    known = await looking_up.searched(shape, words, shelf.indexes[0].words)
    return Found(known, kept)


async def suggested(
    app: DeskApp, kinds: Sequence[str] = search.KNOWLEDGE, *, staff: bool = False
) -> list[Row]:
    """What may help with the contact on the screen, before anything is typed.

    Raises:
        DeskError: If the local articles cannot be read.
    """
    shelf = await looking_up.shelf_of(app)
    hits = await looking_up.searched(
        suggest.suggested,
        shelf.library,
        shelf.indexes,
        looking_up.about(app),
        lately=app.lately,
        language=language(),
        today=app.clock.today(),
    )
    return rows(hit for hit in hits if hit.kind in kinds and (hit.staff or not staff))


def rows(hits: Iterable[Hit]) -> list[Row]:
    """Hits as rows; Enter opens them."""
    return [Row(f"{hit.kind}:{hit.id}", (_kind(hit), hit.title, _more(hit))) for hit in hits]


def _kind(hit: Hit) -> str:
    return _("DANGER") if hit.safety else _what(hit)


def _what(hit: Hit) -> str:
    return {SCRIPT: _("Script"), ARTICLE: _("Article")}[hit.kind]


def _more(hit: Hit) -> str:
    told = (
        _what(hit) if hit.safety else "",
        _("For staff") if hit.staff else "",
        _("REVIEW OVERDUE") if hit.overdue else "",
        _("LOCAL") if hit.local else "",
        hit.why,
    )
    return ". ".join(filter(None, told))
