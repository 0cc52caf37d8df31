"""What differs between two folders of content, such as two releases."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from deskapp.i18n import LANGUAGES, N_, _
from deskapp.services.knowledge.content import Article, Library, Script

_NEW = N_("{id}: new, version {version}")
_GONE = N_("{id}: GONE. An id never goes away: withdraw it instead.")
_SAME_VERSION = N_("{id}: CHANGED without a new version ({version})")
_CHANGED = N_("{id}: version {old} to {version}")


def lines(old: Library, new: Library) -> Iterator[str]:
    """What came, went and changed: a sentence for each item, its changed lines below it."""
    ids = {*old.articles, *old.scripts, *new.articles, *new.scripts}
    for item_id in sorted(ids):
        yield from _of(item_id, old.item(item_id), new.item(item_id))
    for fact_id in sorted({*old.facts, *new.facts}):
        if old.facts.get(fact_id) != new.facts.get(fact_id):
            yield _("fact {id}: changed").format(id=fact_id)


def of_texts(old: str, new: str) -> Iterator[str]:
    """The lines that went, with ``-`` before them, and those that came, with ``+``; between two
    places an empty line."""
    for line in list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]:
        yield "" if line.startswith("@@") else f"{line[0]} {line[1:]}"


def _of(item_id: str, old: Article | Script | None, new: Article | Script | None) -> Iterator[str]:
    if new is None:
        yield _(_GONE).format(id=item_id)
    elif old is None:
        yield _(_NEW).format(id=item_id, version=new.version)
    elif old != new:
        changed = list(_changed(old, new))
        told = _SAME_VERSION if changed and old.version == new.version else _CHANGED
        yield _(told).format(id=item_id, old=old.version, version=new.version)
        yield from changed


def _changed(old: Article | Script, new: Article | Script) -> Iterator[str]:
    """The changed lines of the texts, with a sign before each; users' words are no text."""
    for language in LANGUAGES:
        before, after = (
            [item.title(language), *item.body(language).splitlines()] for item in (old, new)
        )
        for line in list(unified_diff(before, after, lineterm="", n=0))[2:]:
            if not line.startswith("@@"):
                yield f"  {language} {line}"
