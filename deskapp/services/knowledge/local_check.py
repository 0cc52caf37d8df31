"""The rules of the shipped content, asked of one local text before officers are shown it.

Source: knowledge sheet, section 5.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from deskapp.i18n import N_, _
from deskapp.services.knowledge import check, entry, indexed, local_texts
from deskapp.services.knowledge.content import LIVE, LOCAL, Article, Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.local_texts import SCRIPT, Texts
from deskapp.services.knowledge.rules_search import Alone
from deskapp.services.knowledge.shelf import Shelf, library_of

_ENGLISH, _WELSH = N_("English text"), N_("Welsh text")


class Checked(NamedTuple):
    """What the rules say about one version."""

    version: int
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> int:
        """How many findings must be put right before officers are shown it."""
        return sum(finding.stops for finding in self.findings)


def run(
    kind: str, item_id: str, texts: Texts, version: int, known: Shelf, *, today: dt.date
) -> Checked:
    """Ask every rule; takes part of a second, so not on the thread that draws.

    Args:
        kind: ``article`` or ``script``.
        item_id: Without the mark of a local item.
        texts: As they are kept.
        version: Theirs.
        known: What the text may name items of, and is searched for beside.
        today: The local day; the text counts as reviewed on it, for it will be.
    """
    made = local_texts.read(kind, item_id, texts)
    if made.item is None:
        return Checked(version, made.findings)
    item = replace(made.item, status=LIVE, reviewed_on=today)
    entries = entry.of(library_of(item))
    indexes = (*known.indexes, indexed.of(entries, beside=known.indexes[0]))
    beside = _beside(item, known.library, made.findings)
    report = check.check(beside, today=today, alone=Alone(item_id, indexes))
    own = local_texts.files(kind, item_id, texts)
    return Checked(version, tuple(each for each in report.findings if each.file in own))


def place(finding: Finding, kind: str, texts: Texts) -> str:
    """Where a finding stands, as whoever edits the text counts; empty for the whole item."""
    if kind == SCRIPT:
        return _line(int(finding.where)) if finding.where.isdigit() else finding.where
    welsh = finding.file.endswith(".cy.md")
    name = _(_WELSH if welsh else _ENGLISH)
    if not finding.where.isdigit():
        return name
    _header, _body, first = local_texts.headed(texts.welsh if welsh else texts.text)
    line = int(finding.where) - first + 1
    return f"{name}, {_line(line)}" if line > 0 else name


def told(finding: Finding, kind: str, texts: Texts) -> str:
    """A finding as one line: whether it stops, where, what to do."""
    weight = _("PUT RIGHT") if finding.stops else _("Look at")
    where = place(finding, kind, texts)
    return f"{weight} ({finding.rule}{', ' + where if where else ''}): {finding.message}"


def _line(number: int) -> str:
    return _("line {number}").format(number=number)


def _beside(item: Article | Script, known: Library, findings: tuple[Finding, ...]) -> Library:
    """The content with the item as if it were live, under ids as its links name them."""
    articles = {id_.removeprefix(LOCAL): each for id_, each in known.articles.items()}
    scripts = {id_.removeprefix(LOCAL): each for id_, each in known.scripts.items()}
    articles |= {id_: each for id_, each in known.articles.items() if not each.local}
    scripts |= {id_: each for id_, each in known.scripts.items() if not each.local}
    articles = {id_: replace(each, id=id_) for id_, each in articles.items()}
    scripts = {id_: replace(each, id=id_) for id_, each in scripts.items()}
    own = library_of(item)
    return replace(
        known,
        articles={**articles, **own.articles},
        scripts={**scripts, **own.scripts},
        findings=findings,
    )
