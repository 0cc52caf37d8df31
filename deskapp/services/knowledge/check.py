"""Every rule over a whole library: what stops a release and what should be looked at.

Source: knowledge sheet, section 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from deskapp.data.collecting import paused
from deskapp.services.knowledge import (
    rules_flow,
    rules_languages,
    rules_length,
    rules_links,
    rules_search,
    rules_text,
)
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.rules_search import Alone


class Report(NamedTuple):
    """What was found."""

    findings: tuple[Finding, ...]
    """By file, rule and place."""

    @property
    def stops(self) -> int:
        """How many findings stop a release."""
        return sum(finding.stops for finding in self.findings)


def check(
    library: Library, *, today: dt.date, release: bool = False, alone: Alone | None = None
) -> Report:
    """Everything that is wrong with the content, what went wrong while loading too.

    Items that could not be read as they stand are not judged further: their fields are defaults.

    Args:
        library: What was loaded.
        today: The local day, for reviews.
        release: Whether a volatile fact past its review stops.
        alone: The one item whose findings matter: its texts alone are judged, beside the others.
    """
    asked = _only(library, alone.id) if alone else library
    found: Iterable[Finding] = chain(
        rules_length.review_dates(asked),
        rules_links.ids(library),
        rules_links.languages(asked),
        rules_links.in_step(asked, today),
        rules_languages.shapes(asked),
        rules_languages.differences(asked),
        rules_languages.placeholders(asked, rules_languages.vocabulary(library)),
        rules_links.links(library),
        *(_flow(asked, script_id) for script_id in asked.scripts),
        rules_flow.rings(library),
        rules_text.places(asked),
        rules_text.origins(asked),
        rules_text.private(asked),
        rules_search.unfound(library, alone),
        rules_search.shared(library),
        rules_text.markup(asked),
        rules_length.reviews(asked, today, release=release),
        rules_length.lengths(asked),
        rules_length.users_words(asked),
        rules_links.orphans(library),
        rules_text.literals(asked),
    )
    unread = _unread(library)
    with paused():
        told = {finding for finding in found if finding.file not in unread}
    return Report(tuple(sorted(told | set(library.findings), key=_order)))


def _only(library: Library, item_id: str) -> Library:
    """The content with one item in it, and with all that it may name but items."""
    return replace(
        library,
        articles={id_: each for id_, each in library.articles.items() if id_ == item_id},
        scripts={id_: each for id_, each in library.scripts.items() if id_ == item_id},
        snippets={},
    )


def _unread(library: Library) -> set[str]:
    """Files of the items, or other files, in which something was wrong while loading."""
    unread = {finding.file for finding in library.findings}
    for article in library.articles.values():
        files = {edition.file for edition in article.editions.values()}
        if files & unread:
            unread |= files
    return unread


def _flow(library: Library, script_id: str) -> Iterable[Finding]:
    script = library.scripts[script_id]
    return chain(
        rules_flow.unreachable(script),
        rules_flow.no_way_out(script),
        rules_flow.choices(script),
        rules_flow.endings(library, script),
    )


def _order(finding: Finding) -> tuple[str, bool, int, str, str, str]:
    line = int(finding.where) if finding.where.isdigit() else 0
    return (
        finding.file, not finding.stops, line, finding.where, finding.rule, finding.message
    )  # fmt: skip
