"""An article or script as plain text: on the command line, on paper, in a file.

Source: knowledge sheet, sections 2 and 6 (printing, public parts only).
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping

from deskapp.errors import NotAllowedError
from deskapp.i18n import N_, _, day
from deskapp.services.knowledge import facts, variables
from deskapp.services.knowledge.content import Article, Item, Library, Script
from deskapp.services.knowledge.parts import Part

Fill = Callable[[str], variables.Filled]
PUBLIC = frozenset({Part.IN_SHORT, Part.REPLY})
"""What may be handed to a user: it is said to them. The other parts tell an officer what to do."""
WIDTH = 78
_MARK = re.compile(r"(?:\d+\.|-) ")
_REVIEW = N_("Version {version}, reviewed {reviewed}, next review {next}")


def review(item: Item, today: dt.date) -> str:
    """Version and review dates, in words when the review is overdue."""
    text = _(_REVIEW).format(
        version=item.version, reviewed=day(item.reviewed_on), next=day(item.review_by)
    )
    return _("REVIEW OVERDUE. {text}").format(text=text) if item.overdue(today) else text


def filler(library: Library, language: str, *, on: dt.date) -> Fill:
    """Fills facts, and leaves everything about a person or case as a gap."""
    return lambda text: variables.fill(text, {}, language, known=library.facts, on=on)


def article(found: Article, language: str, fill: Fill, *, public: bool = False) -> Iterator[str]:
    """The lines of an article; with ``public`` only what may be handed to a user.

    Raises:
        NotAllowedError: If it is for staff and ``public`` was asked for.
    """
    if public and found.staff:
        raise NotAllowedError(_("This article is for staff. Nothing of it may be handed over."))
    edition = found.edition(language)
    yield edition.title
    doubts: dict[str, str] = {}
    dated: dict[str, dt.date] = {}
    for section in edition.sections:
        if public and section.part not in PUBLIC:
            continue
        filled = fill(section.text())
        doubts |= filled.doubts
        dated |= filled.dated
        yield from ["", *wrapped(section.heading), *wrapped(filled.text)]
    yield from _doubtful(doubts, dated)


def script(found: Script, language: str, fill: Fill, *, public: bool = False) -> Iterator[str]:
    """The lines of a script: its nodes in the order of the file, with what is said.

    Raises:
        NotAllowedError: If what may be handed to a user was asked for: none of it may.
    """
    if public:
        raise NotAllowedError(_("A script is for officers. Nothing of it may be handed over."))
    yield found.title(language)
    doubts: dict[str, str] = {}
    dated: dict[str, dt.date] = {}
    for node in found.nodes.values():
        yield from ["", f"{node.id} [{node.kind.value}]"]
        for name, words in node.texts():
            filled = fill(words.get(language, ""))
            doubts |= filled.doubts
            dated |= filled.dated
            yield from wrapped(filled.text if name == "say" else f"{name}: {filled.text}")
    yield from _doubtful(doubts, dated)


def wrapped(text: str) -> Iterator[str]:
    """Lines that fit a terminal and a sheet of paper; an item goes on below its own words."""
    for line in text.splitlines():
        mark = _MARK.match(line)
        indent = " " * len(mark[0]) if mark else ""
        yield from textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def check_date(dated: Iterable[dt.date]) -> str:
    """That figures change often, and since when the oldest of them is known; empty without any."""
    days = sorted(dated)
    text = _("Figures here change: check the date. Known since {day}.")
    return text.format(day=day(days[0])) if days else ""


def _doubtful(doubts: Mapping[str, str], dated: Mapping[str, dt.date]) -> Iterator[str]:
    """Why something stands as a gap that has a value; that figures must be checked."""
    if doubts or dated:
        yield ""
    for fact_id, doubt in doubts.items():
        yield f"{fact_id}: {_(facts.REASONS[doubt])}"
    yield from wrapped(check_date(dated.values()))
