"""Type-ahead over a closed list: any words in any order, in either language, however inflected."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from deskapp.services import mutations, spelling
from deskapp.text import words

_LONGEST = 100
_MOST_WORDS = 8
_SHORTEST_MUTATED = 3
_LAST = "\U0010ffff"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry(Generic[Item]):
    """One item of a list with everything it may be called."""

    item: Item
    code: str
    labels: Sequence[str]
    aliases: Sequence[str] = ()


class _Rank(IntEnum):
    """How well an item matches; the smallest comes first."""

    CODE = 0
    WHOLE = 1
    LABEL_START = 2
    LABEL_WORDS = 3
    ALIAS_START = 4
    ALIAS_WORDS = 5
    SCATTERED = 6
    """Every word is somewhere among the item's labels and aliases, not all in one of them."""


@dataclass(frozen=True)
class _Phrase:
    place: int
    """Place of its item in the list."""
    start: _Rank
    in_words: _Rank
    whole: _Rank


class Matcher(Generic[Item]):
    """Finds the items of one list by what an officer types; build it once and keep it."""

    def __init__(self, entries: Iterable[Entry[Item]]) -> None:
        kept = list(entries)
        self._items = [entry.item for entry in kept]
        self._phrases: list[_Phrase] = []
        self._holding: dict[str, set[int]] = defaultdict(set)
        """Word -> the phrases that hold it."""
        joined: list[tuple[str, int]] = []
        for place, entry in enumerate(kept):
            for text, phrase in _phrases(place, entry):
                phrase_words = words(text)
                for word in phrase_words:
                    self._holding[word].add(len(self._phrases))
                joined.append(("".join(phrase_words), len(self._phrases)))
                self._phrases.append(phrase)
        self._words = sorted(self._holding)
        self._joined = sorted(joined)

    def find(self, text: str) -> list[Item]:
        """The items that match ``text``, best first; all of them, in order, for an empty one.

        Order: the code, a whole label or alias, the start of a label, words of a label, the start
        of an alias, words of an alias. Words may be cut short. Only when nothing matches, mutated
        Welsh words and typing slips are tried.
        """
        if not text.strip():
            return list(self._items)
        typed = list(dict.fromkeys(words(text[:_LONGEST])))[:_MOST_WORDS]
        if not typed:
            return []
        ranks = self._ranks([self._starting(word) for word in typed])
        self._rank_starts("".join(words(text[:_LONGEST])), ranks)
        if not ranks:
            ranks = self._ranks([self._meant(word) for word in typed])
        return [self._items[place] for place in sorted(ranks, key=lambda at: (ranks[at], at))]

    def _ranks(self, offers: list[Sequence[str]]) -> dict[int, _Rank]:
        """Place -> rank of the items that hold one of the offered words for each typed word."""
        holding = [set().union(*(self._holding[word] for word in offered)) for offered in offers]
        places = [{self._phrases[phrase].place for phrase in phrases} for phrases in holding]
        ranks = dict.fromkeys(set.intersection(*places), _Rank.SCATTERED)
        for number in set.intersection(*holding):
            phrase = self._phrases[number]
            ranks[phrase.place] = min(ranks[phrase.place], phrase.in_words)
        return ranks

    def _rank_starts(self, typed: str, ranks: dict[int, _Rank]) -> None:
        """Raise the rank of items of which a whole phrase begins with ``typed``, spaces aside."""
        first = bisect_left(self._joined, (typed, -1))
        for joined, number in self._joined[first : bisect_left(self._joined, (typed + _LAST, -1))]:
            phrase = self._phrases[number]
            rank = phrase.whole if joined == typed else phrase.start
            ranks[phrase.place] = min(ranks.get(phrase.place, _Rank.SCATTERED), rank)

    def _starting(self, beginning: str) -> Sequence[str]:
        """The known words that begin so."""
        first = bisect_left(self._words, beginning)
        return self._words[first : bisect_left(self._words, beginning + _LAST)]

    def _meant(self, word: str) -> Sequence[str]:
        """The known words that ``word`` may be a mutation of, else a misspelling."""
        forms = mutations.forms(word) if len(word) >= _SHORTEST_MUTATED else {word}
        starting = [known for form in sorted(forms) for known in self._starting(form)]
        return starting or spelling.closest(word, self._words)


def _phrases(place: int, entry: Entry[Item]) -> Iterable[tuple[str, _Phrase]]:
    code = _Phrase(place, _Rank.ALIAS_START, _Rank.ALIAS_WORDS, _Rank.CODE)
    label = _Phrase(place, _Rank.LABEL_START, _Rank.LABEL_WORDS, _Rank.WHOLE)
    alias = _Phrase(place, _Rank.ALIAS_START, _Rank.ALIAS_WORDS, _Rank.WHOLE)
    yield entry.code, code
    yield from ((text, label) for text in entry.labels)
    yield from ((text, alias) for text in entry.aliases)
