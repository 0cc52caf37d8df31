"""Replies of articles and short ones, filled for one contact: what an officer sends or puts in.

Source: knowledge sheet, sections 3, 4 and 6 (5); enquiries sheet, section 10.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services.dates import Calendar
from deskapp.services.enquiries import snippets
from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge import variables
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.parts import Part

Known = Callable[[str], Mapping[str, str]]
"""Language -> what variables stand for, as ``at_hand.known`` gives it."""


class NoReplyError(DeskError):
    """There is nothing that may be sent."""


class Reply(NamedTuple):
    """Words to send, with their gaps in square brackets."""

    text: str
    gaps: tuple[str, ...] = ()
    """What must be filled in or checked first, in words of the language in use."""
    after: str = ""
    """What stands behind the cursor when it was put in."""

    @property
    def whole(self) -> str:
        """All of it."""
        return self.text + self.after

    @property
    def told(self) -> str:
        """The gaps in one sentence; empty without any."""
        gaps = ", ".join(self.gaps)
        return _("It has gaps: {gaps}.").format(gaps=gaps) if gaps else ""


def reply(
    article: Article, languages: Sequence[str], known: Known, *, library: Library, on: dt.date
) -> Reply:
    """The reply of an article, in one language or in several, an empty line between them.

    Args:
        article: Which one.
        languages: ``en``, ``cy`` or both, in the order wanted.
        known: What its variables stand for.
        library: For the facts.
        on: The day whose figures are shown.

    Raises:
        NoReplyError: If the article is for staff, or has no reply.
    """
    if article.staff:
        raise NoReplyError(_("This article is for staff. Nothing of it may be sent."))
    texts = [
        variables.fill(section.text(), known(each), each, known=library.facts, on=on)
        for each in languages
        for section in article.edition(each).of(Part.REPLY)
    ]
    if not texts:
        raise NoReplyError(_("This article has no reply to send."))
    gaps = [name for each in texts for name in each.gaps]
    return Reply("\n\n".join(each.text for each in texts), gap_words(gaps))


def short(
    snippet: Snippet,
    language: str,
    values: Mapping[str, str],
    *,
    today: dt.date,
    calendar: Calendar,
) -> Reply:
    """A short reply, filled from the form of the contact.

    Args:
        snippet: Which one.
        language: ``en`` or ``cy``.
        values: Of the form; empty where none is open.
        today: The local day.
        calendar: Whose working days its dates count in.
    """
    filled = snippets.filled(
        snippet,
        language,
        name=values.get("person_name", ""),
        ref=values.get("case_ref", ""),
        today=today,
        calendar=calendar,
    )
    return Reply(filled.before, gap_words(filled.gaps), filled.after)


def gap_words(names: Iterable[str]) -> tuple[str, ...]:
    """What stands in gaps, in words of the language in use, each once."""
    return tuple(dict.fromkeys(map(variables.gap, names)))
