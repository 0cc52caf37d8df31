"""What an index is written from: the words of every entry, taken apart and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from deskapp.i18n import LANGUAGES
from deskapp.services.knowledge import terms
from deskapp.services.knowledge.stem import stem

if TYPE_CHECKING:
    from deskapp.data.knowledge_file import Document
    from deskapp.services.knowledge.entry import Entry

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
    stems = {language: _Stems() for language in LANGUAGES}
    spelt: set[str] = set()
    having: Counter[str] = Counter()
    scripts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    topics: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        titles, said, body = _split(entry)
        spelt.update(*titles, *body)
        documents.append(_document(entry, titles, said, body, stems[entry.language]))
        having.update(" ".join(documents[-1].body["strength"].values()).split())
        for article in entry.links:
            scripts[article][entry.id] = None
        for topic in entry.topics:
            topics[topic][entry.key] = None
    about = {
        "words": _by_languages(stems),
        "spelt": sorted(spelt),
        "stems": having,
        "count": len(documents),
        "scripts": {article: list(ids) for article, ids in scripts.items()},
        "topics": {topic: list(ids) for topic, ids in topics.items()},
    }
    return documents, about


class _Stems(dict[str, str]):
    """Word -> its stem, worked out when first asked for: most words come again and again.

    So it has every word of the entries whose words were asked for.
    """

    def __missing__(self, word: str) -> str:
        self[word] = found = stem(word)
        return found


def _split(entry: Entry) -> tuple[Texts, Texts, Texts]:
    """The words of title, users' words and text."""
    title, *said = terms.split_each((entry.title, *entry.users_words, *entry.codes))
    return [title], said, [terms.split(entry.body)]


def _document(entry: Entry, titles: Texts, said: Texts, body: Texts, stems: _Stems) -> Document:
    from deskapp.data.knowledge_file import Document

    stemmed = [[[*map(stems.__getitem__, text)] for text in each] for each in (titles, said, body)]
    title, users_words, text = (" ".join(chain.from_iterable(each)) for each in stemmed)
    whole = [entry.title, *entry.users_words]
    strength = _strength(stemmed).items()
    return Document(
        item=entry.id,
        language=entry.language,
        fields=(title, users_words, text),
        said=frozenset(" ".join(words) for words in (titles + said)[: len(whole)]),
        body={
            "key": entry.key,
            "kind": entry.kind,
            "title": entry.title,
            "phrases": whole,
            "stems": [" ".join(words) for words in (stemmed[0] + stemmed[1])[: len(whole)]],
            "strength": {each: " ".join(alike) for each, alike in strength},
            "links": entry.links,
            "flags": [entry.safety, entry.staff, entry.local],
            "review_by": entry.review_by.isoformat(),
        },
    )


def _strength(fields: Sequence[Texts]) -> dict[int, list[str]]:
    """How much an entry is about a stem -> those stems: the BM25 idea over its weighted fields.

    Most stems stand once or twice in the text alone: as groups they are written and read quickly.
    """
    title, said, body = (Counter(chain.from_iterable(texts)) for texts in fields)
    long = min(_BODY, _BODY / (0.25 + 0.75 * body.total() / _USUAL_LENGTH))
    alike: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for word in {**title, **said}:
        alike[title.get(word, 0), said.get(word, 0), body.pop(word, 0)].append(word)
    in_text: defaultdict[int, list[str]] = defaultdict(list)
    for word, times in body.items():
        in_text[times].append(word)
    alike.update({(0, 0, times): words for times, words in in_text.items()})
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for (titles, phrases, times), words in alike.items():
        sum_ = _TITLE * titles + _WORDS * phrases + long * times
        groups[int(PER_MILLE * sum_ / (sum_ + _SATURATED))] += words
    return groups


def _by_languages(words: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Languages, as ``en`` or ``en cy`` -> the words that occur in just these."""
    languages_of: dict[str, str] = {}
    for language in LANGUAGES:
        for word in words[language]:
            known = languages_of.get(word)
            languages_of[word] = f"{known} {language}" if known else language
    found: dict[str, list[str]] = {}
    for word, languages in languages_of.items():
        found.setdefault(languages, []).append(word)
    return {languages: sorted(each) for languages, each in found.items()}
