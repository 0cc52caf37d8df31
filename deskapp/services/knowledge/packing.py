"""What an index is written from: the words of every entry, taken apart and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from deskapp.i18n import LANGUAGES
from deskapp.services.knowledge import terms
from deskapp.services.knowledge.stem import stem

if TYPE_CHECKING:
    from deskapp.data.knowledge_file import Document
    from deskapp.services.knowledge.index import Entry

PER_MILLE = 1000
"""Strengths are kept as whole thousandths."""
_TITLE, _WORDS, _BODY = 4.0, 3.0, 0.7
"""What a word counts in the title, in the users' words and in the text."""
_SATURATED = 2.0
_USUAL_LENGTH = 250
"""Words of text at which a word counts as it is; in longer texts it counts less."""

Texts = list[list[str]]
"""The words of each text of one field."""


def packed(entries: Iterable[Entry]) -> tuple[list[Document], dict[str, Any]]:
    """Documents, and what is kept about all of them."""
    documents: list[Document] = []
    words: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    spelt: set[str] = set()
    having: Counter[str] = Counter()
    scripts: dict[str, list[str]] = {}
    for entry in entries:
        titles, said, body = _split(entry)
        words[entry.language].update(*titles, *said, *body)
        spelt.update(*titles, *body)
        documents.append(_document(entry, titles, said, body))
        having.update(documents[-1].body["strength"].keys())
        for article in entry.links:
            known = scripts.setdefault(article, [])
            if entry.id not in known:
                known.append(entry.id)
    about = {
        "words": _by_languages(words),
        "spelt": sorted(spelt),
        "stems": having,
        "count": len(documents),
        "scripts": scripts,
    }
    return documents, about


def _split(entry: Entry) -> tuple[Texts, Texts, Texts]:
    """The words of title, users' words and text."""
    title, *said = terms.split_each((entry.title, *entry.users_words, *entry.codes))
    return [title], said, [terms.split(entry.body)]


def _document(entry: Entry, titles: Texts, said: Texts, body: Texts) -> Document:
    from deskapp.data.knowledge_file import Document

    stemmed = [[[stem(word) for word in text] for text in field] for field in (titles, said, body)]
    title, users_words, text = (" ".join(chain.from_iterable(field)) for field in stemmed)
    whole = [entry.title, *entry.users_words]
    return Document(
        item=entry.id,
        language=entry.language,
        fields=(title, users_words, text),
        said=frozenset(" ".join(words) for words in (titles + said)[: len(whole)]),
        body={
            "kind": entry.kind,
            "title": entry.title,
            "phrases": whole,
            "stems": [" ".join(words) for words in (stemmed[0] + stemmed[1])[: len(whole)]],
            "strength": _strength(stemmed),
            "links": entry.links,
            "flags": [entry.safety, entry.staff, entry.local],
            "review_by": entry.review_by.isoformat(),
        },
    )


def _strength(fields: Sequence[Texts]) -> dict[str, int]:
    """Stem -> how much an entry is about it: the BM25 idea over its weighted fields."""
    counted = [Counter(chain.from_iterable(texts)) for texts in fields]
    length = sum(counted[2].values())
    long = min(_BODY, _BODY / (0.25 + 0.75 * length / _USUAL_LENGTH))
    found: dict[str, float] = {}
    for weight, counts in zip((_TITLE, _WORDS, long), counted, strict=True):
        for word, times in counts.items():
            found[word] = found.get(word, 0.0) + weight * times
    return {word: int(PER_MILLE * sum_ / (sum_ + _SATURATED)) for word, sum_ in found.items()}


def _by_languages(words: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Languages, as ``en`` or ``en cy`` -> the words that occur in just these."""
    found: dict[str, list[str]] = {}
    for word in sorted(set().union(*words.values())):
        languages = " ".join(language for language in LANGUAGES if word in words[language])
        found.setdefault(languages, []).append(word)
    return found
