"""What an article screen shows: its sections as lines, its review, what can be opened from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from deskapp.errors import NotFoundError
from deskapp.i18n import _, language
from deskapp.screens.pick import Line as Choice
from deskapp.services.knowledge import facts, shown, variables
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.parts import Block, BlockKind, Part, Section
from deskapp.widgets.article_view import Line, Piece

Fill = Callable[[str], variables.Filled]
BETWEEN = ". "


def found(library: Library, article_id: str) -> Article:
    """The article with this id.

    Raises:
        NotFoundError: If there is none.
    """
    article = library.articles.get(article_id)
    if article is None:
        raise NotFoundError(_("This article is not there any more."))
    return article


def filler(library: Library, *, on: dt.date) -> Fill:
    """Fills facts in the language in use, and leaves everything about a person as a gap."""
    return shown.filler(library, language(), on=on)


def review(article: Article, today: dt.date, fill: Fill, *, unread: bool = False) -> str:
    """Version and review dates, then what must be known before it is used, in words."""
    text = article.body(language())
    filled = fill(text)
    doubts = {*filled.doubts.values()}
    told = [
        _("NOTICE: F9, then R, says that you have read it") if unread else "",
        _("FOR STAFF ONLY: never read out, never copied") if article.staff else "",
        _("Written at this site") if article.local else "",
        shown.review(article, today),
        *(_("Check the gaps before quoting: {why}").format(why=_(facts.REASONS[each]))
          for each in sorted(doubts)),
        shown.check_date(filled.dated.values()),
        _("The Welsh text waits for a translator") if _unsure(article) else "",
    ]  # fmt: skip
    return BETWEEN.join(each.rstrip(".") for each in told if each)


def _unsure(article: Article) -> bool:
    return article.edition(language()).unsure


def pieces(article: Article, fill: Fill) -> list[Piece]:
    """The sections as they are read."""
    return [_piece(section, fill) for section in article.edition(language()).sections]


def _piece(section: Section, fill: Fill) -> Piece:
    heading = section.heading
    if section.part is Part.STAFF:
        heading = _("{heading} - never read out, never copied").format(heading=heading)
    lines = (Line(_mark(block), fill(block.text).text) for block in section.blocks)
    return Piece(heading, tuple(lines))


def _mark(block: Block) -> str:
    if block.kind is BlockKind.NUMBERED:
        return f"{block.number}."
    return "-" if block.kind is BlockKind.BULLET else ""


def more(article: Article, library: Library, *, pinned: bool) -> list[Choice]:
    """What the article leads to: scripts, related articles, ways to copy, the pin, headings."""
    pin = Choice("pin:on", _("Pin it: it stands in the empty box of Find"))
    if pinned:
        pin = Choice("pin:off", _("Take it off: it is no longer pinned"))
    return [*_items(article, library), *_ways(article), pin, *_headings(article)]


def _items(article: Article, library: Library) -> Iterator[Choice]:
    for item_id in (*article.scripts, *article.related):
        item = library.item(item_id)
        if item is not None and item.live:
            label = _("Script: {title}") if item.kind == "script" else _("Article: {title}")
            title = label.format(title=item.title(language()))
            yield Choice(f"open:{item.kind}:{item.id}", title)


def _ways(article: Article) -> Iterator[Choice]:
    if article.staff or not article.edition(language()).of(Part.REPLY):
        return
    yield Choice("copy:en", _("Copy the reply in English"))
    yield Choice("copy:cy", _("Copy the reply in Welsh"))
    yield Choice("copy:", _("Copy the reply in both languages"))
    yield Choice("alone:en", _("Show the reply in English alone, to copy by hand"))
    yield Choice("alone:cy", _("Show the reply in Welsh alone, to copy by hand"))


def _headings(article: Article) -> Iterator[Choice]:
    for at, section in enumerate(article.edition(language()).sections):
        if section.heading:
            label = _("Heading: {heading}").format(heading=section.heading)
            yield Choice(f"heading:{at}", label)
