"""The index of a search: which documents hold a word, and what ranking needs of each."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from sys import intern
from typing import TYPE_CHECKING

from deskapp.services.knowledge import terms
from deskapp.services.knowledge.documents import Doc, unpacked
from deskapp.services.knowledge.entry import SNIPPET

if TYPE_CHECKING:
    from deskapp.data.knowledge_file import KnowledgeFile

_KEPT_IN_MEMORY = 1000
"""Documents that stay unpacked; about 10 kB each."""


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

    def all_docs(self) -> list[Doc]:
        """Every document."""
        return [self.doc(number) for number in self.file.every()]

    def doc(self, number: int) -> Doc:
        """One document, unpacked."""
        if number not in self._docs:
            if len(self._docs) >= _KEPT_IN_MEMORY:
                self._docs.clear()
            self._docs[number] = unpacked(*self.file.document(number))
        return self._docs[number]
