"""The reply of an article, filled for one contact: what an officer sends or puts into a form.

Source: knowledge sheet, sections 3, 4 and 6 (5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services.knowledge import variables
from deskapp.services.knowledge.content import Article, Library
from deskapp.services.knowledge.parts import Part


class NoReplyError(DeskError):
    """There is nothing that may be sent."""


class Reply(NamedTuple):
    """Words to send, with their gaps in square brackets."""

    text: str
    gaps: bool
    """Whether something must be filled in first."""


def known(values: Mapping[str, str], *, officer: str, court: str) -> dict[str, str]:
    """What variables stand for.

    Args:
        values: Of the form of the contact; empty where none is open.
        officer: Name of the officer.
        court: Name of the site.
    """
    return {
        "officer.name": officer,
        "court.name": court,
        "case_ref": values.get("case_ref", ""),
        "user.name": values.get("person_name", ""),
    }


def reply(
    article: Article,
    languages: Sequence[str],
    values: Mapping[str, str],
    *,
    library: Library,
    on: dt.date,
) -> Reply:
    """The reply of an article, in one language or in several, an empty line between them.

    Args:
        article: Which one.
        languages: ``en``, ``cy`` or both, in the order wanted.
        values: As ``known`` gives them.
        library: For the facts.
        on: The day whose figures are shown.

    Raises:
        NoReplyError: If the article is for staff, or has no reply.
    """
    if article.staff:
        raise NoReplyError(_("This article is for staff. Nothing of it may be sent."))
    texts = [
        variables.fill(section.text(), values, each, known=library.facts, on=on)
        for each in languages
        for section in article.edition(each).of(Part.REPLY)
    ]
    if not texts:
        raise NoReplyError(_("This article has no reply to send."))
    return Reply("\n\n".join(each.text for each in texts), any(each.gaps for each in texts))
