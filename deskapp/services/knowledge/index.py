"""The index of a search: which documents hold a word, and what ranking needs of each.

Any list of entries can be indexed. The shipped content lies in a file of the cache folder, named
after the digest of the content; local articles, which are encrypted, are indexed in memory only.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

from deskapp import paths
from deskapp.i18n import LANGUAGES
from deskapp.services.knowledge import packing, terms
from deskapp.services.knowledge.packing import PER_MILLE

if TYPE_CHECKING:
    from deskapp.data.knowledge_file import KnowledgeFile
    from deskapp.services.enquiries.snippets import Snippet
    from deskapp.services.knowledge.content import Library

FORMAT = 7
"""Goes up with every change of what is kept or of how words are taken apart."""
SNIPPET = "snippet"
"""The kind of the short replies."""
_KEPT_IN_MEMORY = 1000
"""Documents that stay unpacked; about 10 kB each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, a script or a snippet in one language, as it is searched."""

    id: str
    kind: str
    language: str
    title: str
    users_words: tuple[str, ...] = ()
    body: str = ""
    codes: tuple[str, ...] = ()
    """Form numbers, and tags once for both languages."""
    links: tuple[str, ...] = ()
    """Of a script: the articles it goes with."""
    safety: bool = False
    staff: bool = False
    review_by: dt.date = dt.date.max
    local: bool = False
    """Written at this site, not shipped."""
    topics: tuple[str, ...] = ()
    """Codes of the topics of a contact that it belongs to."""

    @property
    def key(self) -> str:
        """Its id, marked where it is a short reply: an article may be called the same."""
        return f"{SNIPPET}:{self.id}" if self.kind == SNIPPET else self.id


@dataclass(slots=True)
class Doc:
    """An entry as it is ranked."""

    id: str
    key: str
    language: str
    kind: str
    title: str
    phrases: list[tuple[str, tuple[str, ...]]]
    """The title and each of the users' words: as written, and as stems."""
    in_phrases: dict[str, tuple[int, ...]]
    """Stem -> numbers of the phrases it stands in."""
    weights: list[float]
    """What all words of each phrase count; filled when first asked for."""
    strength: dict[str, float]
    """Stem -> how much the entry is about it, below 1."""
    links: tuple[str, ...]
    safety: bool
    staff: bool
    review_by: dt.date
    local: bool


@dataclass
class Index:
    """What the search asks; threads may share it."""

    file: KnowledgeFile
    beside: Index | None = None
    """A larger index that is searched with this one: how rare a word is, both say together."""
    _docs: dict[int, Doc] = field(default_factory=dict)
    _numbers: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word of the content -> the languages it occurs in, as ``en`` or ``en cy``."""
        kept: dict[str, list[str]] = self.file.about("words")
        return {intern(word): languages for languages, words in kept.items() for word in words}

    @cached_property
    def spelt(self) -> frozenset[str]:
        """Words of titles and texts, which are no slips; users' words may be."""
        return frozenset(map(intern, self.file.about("spelt")))

    @cached_property
    def documents_with(self) -> dict[str, int]:
        """Stem -> in how many documents it occurs."""
        found = dict(self.beside.documents_with) if self.beside else {}
        for word, having in self.file.about("stems").items():
            found[intern(word)] = found.get(word, 0) + having
        return found

    @cached_property
    def count(self) -> int:
        """How many documents there are."""
        return int(self.file.about("count")) + (self.beside.count if self.beside else 0)

    @cached_property
    def scripts_of(self) -> dict[str, list[str]]:
        """Article -> the scripts that go with it."""
        return dict(self.file.about("scripts"))

    @cached_property
    def of_topic(self) -> dict[str, list[str]]:
        """Topic -> the keys of what belongs to it."""
        return dict(self.file.about("topics"))

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[int, str]]]:
        """Length -> its words, each with a bit for every letter in it."""
        found: dict[int, list[tuple[int, str]]] = {}
        for word in self.words:
            if word.isascii() and word.isalpha():
                found.setdefault(len(word), []).append((terms.letters(word), word))
        return found

    def weight(self, word_stem: str) -> float:
        """How much a stem tells: the fewer documents it occurs in, the more."""
        return self._weights.get(word_stem, self._rarest)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {word: self._telling(having) for word, having in self.documents_with.items()}

    @cached_property
    def _rarest(self) -> float:
        return self._telling(0)

    def _telling(self, having: int) -> float:
        return math.log(1 + (self.count - having + 0.5) / (having + 0.5))

    def beginning(self, start: str) -> Iterator[str]:
        """Words that begin with ``start``, in order."""
        words = self._sorted_words
        from_there = (words[at] for at in range(bisect_left(words, start), len(words)))
        return takewhile(lambda word: word.startswith(start), from_there)

    def alike(self, word: str, slips: int) -> Iterator[str]:
        """Words that can be at most ``slips`` slips away; not all of them are.

        Each slip changes the length by one and the set of letters by two at most.
        """
        letters = terms.letters(word)
        for length in range(len(word) - slips, len(word) + slips + 1):
            for other, candidate in self._by_length.get(length, ()):
                if (letters ^ other).bit_count() <= 2 * slips:
                    yield candidate

    def candidates(self, phrase: str, stems: Iterable[str], most: int) -> list[Doc]:
        """The documents worth ranking: ``most`` that say ``phrase``, ``most`` with any stem."""
        numbers = [*self.file.saying(phrase, most), *self.file.matching(stems, most)]
        return [self.doc(number) for number in dict.fromkeys(numbers)]

    def of_item(self, item: str) -> list[Doc]:
        """An item in each of its languages."""
        if item not in self._numbers:
            self._numbers[item] = self.file.numbers(item)
        return [self.doc(number) for number in self._numbers[item]]

    def keyed(self, key: str) -> list[Doc]:
        """The same by its key: without what is only called the same."""
        return [doc for doc in self.of_item(key.removeprefix(f"{SNIPPET}:")) if doc.key == key]

    def doc(self, number: int) -> Doc:
        """One document, unpacked."""
        if number not in self._docs:
            if len(self._docs) >= _KEPT_IN_MEMORY:
                self._docs.clear()
            self._docs[number] = _unpacked(*self.file.document(number))
        return self._docs[number]


def shipped(folder: Path | None = None) -> Index:
    """The index of the shipped content, made when it is not there or the content has changed.

    Takes up to a fifth of a second when it must be made: not for the thread that draws.
    """
    from deskapp.services.knowledge import library

    content = folder or library.FOLDER
    return kept(library.digest(content), lambda: entries(library.load(content)))


def kept(digest: str, make: Callable[[], Iterable[Entry]]) -> Index:
    """The index named ``digest`` in the cache folder, else made of what ``make`` gives.

    Where the folder cannot be written the index is made in memory, at every start.
    """
    from deskapp.data import knowledge_file

    folder = paths.cache_folder()
    file = folder / f"knowledge-{digest[:32]}-{FORMAT}.db"
    found = knowledge_file.opened(file)
    if found is None:
        made = packing.packed(make())
        with suppress(OSError):
            knowledge_file.write(paths.private_folder(folder) / file.name, *made)
            _forget_others(file)
            found = knowledge_file.opened(file)
        found = found or knowledge_file.in_memory(*made)
    return Index(found)


def of(entries: Iterable[Entry], *, beside: Index | None = None) -> Index:
    """An index of ``entries`` in memory; ``beside`` the one it is searched with, if any."""
    from deskapp.data import knowledge_file

    return Index(knowledge_file.in_memory(*packing.packed(entries)), beside)


def entries(library: Library) -> list[Entry]:
    """Every live article and script and every short reply, in each of its languages."""
    found = [
        Entry(
            id=item.id,
            kind=item.kind,
            language=language,
            title=item.title(language),
            users_words=item.users_words(language),
            body=item.body(language),
            codes=(*item.forms, *(item.tags if language == LANGUAGES[0] else ())),
            links=getattr(item, "articles", ()),
            safety=getattr(item, "safety", False),
            staff=getattr(item, "staff", False),
            review_by=item.review_by,
            local=item.local,
            topics=item.topics,
        )
        for item in library.items()
        for language in LANGUAGES
    ]
    return [*found, *replies(library.snippets.values())]


def replies(snippets: Iterable[Snippet]) -> Iterator[Entry]:
    """Short replies in each of their languages."""
    for snippet in snippets:
        for language in LANGUAGES:
            title, text = snippet.title[language], snippet.text[language]
            yield Entry(snippet.id, SNIPPET, language, title, body=text, topics=snippet.topics)


def _unpacked(item: str, language: str, body: Mapping[str, Any]) -> Doc:
    safety, staff, local = body["flags"]
    stems_of = [tuple(map(intern, stems.split())) for stems in body["stems"]]
    phrases = list(zip(body["phrases"], stems_of, strict=True))
    in_phrases: dict[str, tuple[int, ...]] = {}
    for number, (_text, stems) in enumerate(phrases):
        for word in dict.fromkeys(stems):
            in_phrases[word] = (*in_phrases.get(word, ()), number)
    strength: dict[str, float] = {}
    for each, words in body["strength"].items():
        strength |= dict.fromkeys(map(intern, words.split()), int(each) / PER_MILLE)
    return Doc(
        id=item,
        key=body["key"],
        language=language,
        kind=body["kind"],
        title=body["title"],
        phrases=phrases,
        in_phrases=in_phrases,
        weights=[],
        strength=strength,
        links=tuple(body["links"]),
        safety=safety,
        staff=staff,
        review_by=dt.date.fromisoformat(body["review_by"]),
        local=local,
    )


def _forget_others(file: Path) -> None:
    """Remove the indexes of other contents, which nothing asks for any more."""
    for other in file.parent.glob("knowledge-*.db"):
        if other != file:
            other.unlink(missing_ok=True)
