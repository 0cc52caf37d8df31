"""What may come before an item that is searched for in its own words: most often told unsearched.

A check of the whole content asks thousands of such questions, and a search ranks dozens of
documents for each. Here a document gets an upper bound instead, by the words it holds, and only
the few that the bound leaves are ranked. What this says is sure, so that no less is proved than by
searching; what it cannot say is searched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from deskapp.services.knowledge import found, lexicon, narrowing, rank, terms
from deskapp.services.knowledge.asked import Asked, understand
from deskapp.services.knowledge.documents import Doc
from deskapp.services.knowledge.entry import SNIPPET
from deskapp.services.knowledge.index import Index

_LENT = found.LINKED + found.LINKED_BACK
"""The most that an item gets of the worth of others."""


class Rivals:
    """The items of one index. Sets of documents are the bits of a number: quickly met."""

    def __init__(self, searched: Index) -> None:
        self._index = searched
        self._lexicon = lexicon.shipped()
        self._docs = [doc for doc in searched.all_docs() if doc.kind != SNIPPET]
        self._of: defaultdict[str, list[Doc]] = defaultdict(list)
        self._bits: defaultdict[str, int] = defaultdict(int)
        """Item -> its documents."""
        self._said: defaultdict[str, int] = defaultdict(int)
        """Stem -> the documents in whose title or users' words it stands."""
        self._held: defaultdict[str, int] = defaultdict(int)
        """Stem -> the documents it stands in at all."""
        for number, doc in enumerate(self._docs):
            self._of[doc.key].append(doc)
            self._bits[doc.key] |= 1 << number
            for stem in doc.in_phrases:
                self._said[stem] |= 1 << number
            for stem in doc.strength:
                self._held[stem] |= 1 << number
        self._phrases = sorted(
            (terms.normal(phrase), doc.key) for doc in self._docs for phrase, _stems in doc.phrases
        )

    def leave_among(self, places: int, key: str, phrase: str, language: str) -> bool:
        """Whether a search for ``phrase`` surely brings item ``key`` to the first ``places``.

        Args:
            places: How many come first.
            key: The item.
            phrase: What it says of itself in ``language``.
            language: Of who searches.
        """
        asked = understand(phrase, self._index, self._lexicon)
        begun = self._begun(asked.typed)
        own = next((doc for doc in self._of[key] if doc.language == language), None)
        if own is None or not begun.get(key) or not _searched_whole(phrase):
            return False  # a search may not even rank it
        ahead = found.first(phrase, (self._index,), self._lexicon)
        first = {each.doc.key for each in ahead} - {key}
        worth = {key: self._value(own, asked)}
        worth |= {other: self._worth(other, asked) for other in begun if other != key}
        rest = self._add_bounds(worth, worth[key], asked)
        before = self._before(key, worth, rest)
        if len(first | before) >= places:
            worth |= {other: self._worth(other, asked) for other in before}
            before = self._before(key, worth, rest)
        return len(first | before) < places

    def _value(self, doc: Doc, asked: Asked) -> float:
        return rank.score(doc, asked, self._index, self._lexicon).value

    def _worth(self, key: str, asked: Asked) -> float:
        return max(self._value(doc, asked) for doc in self._of[key])

    def _begun(self, typed: str) -> dict[str, bool]:
        """Items of which a phrase begins with ``typed``, and whether one is just that."""
        begun: dict[str, bool] = {}
        at = bisect_left(self._phrases, (typed, ""))
        while at < len(self._phrases) and self._phrases[at][0].startswith(typed):
            phrase, key = self._phrases[at]
            begun.setdefault(key, phrase == typed)
            at += 1
        return begun

    def _add_bounds(self, worth: dict[str, float], value: float, asked: Asked) -> float:
        """Add what items may be worth at most, where others may lift that to ``value``.

        Returns:
            The most that any item is worth that is not in ``worth`` then.
        """
        bounds = [
            (rank.at_most(said, held), docs) for docs, said, held in self._shares(asked, worth)
        ]
        most = max([*worth.values(), *(bound for bound, _docs in bounds)])
        rest = value - _LENT * most
        for bound, docs in bounds:
            for number in _numbers(docs) if bound >= rest else ():
                key = self._docs[number].key
                worth[key] = max(bound, worth.get(key, 0.0))
        return rest

    def bounds(self, asked: Asked) -> Iterator[tuple[Doc, float]]:
        """Every document with the most that it may be worth, without what whole phrases gain."""
        for docs, said, held in self._shares(asked):
            for number in _numbers(docs):
                yield self._docs[number], rank.at_most(said, held)

    def _shares(self, asked: Asked, without: Iterable[str] = ()) -> list[tuple[int, float, float]]:
        """Documents, and which shares of the query they say and hold: those alike together."""
        docs = (1 << len(self._docs)) - 1
        for key in without:
            docs &= ~self._bits[key]
        parts = [(docs, 0.0, 0.0)]
        for group, weight, in_phrases in zip(
            asked.groups, asked.weights, asked.in_phrases, strict=True
        ):
            says = holds = 0
            for form in group.forms:
                says |= self._said[form]
                holds |= self._held[form]
            more, said_more = weight / asked.total, in_phrases / asked.total_in_phrases
            parted = []
            for part, said, held in parts:
                parted.append((part & says, said + said_more, held + more))
                parted.append((part & holds & ~says, said, held + more))
                parted.append((part & ~holds, said, held))
            parts = [each for each in parted if each[0]]
        return parts

    def _before(self, key: str, worth: Mapping[str, float], rest: float) -> set[str]:
        """Other items that may be worth as much as item ``key``, with what others lend them."""
        before = {other for other in worth if self._lifted(other, worth, rest) >= worth[key]}
        return before - {key}

    def _lifted(self, key: str, worth: Mapping[str, float], rest: float) -> float:
        lifted = worth[key]
        if articles := self._of[key][0].links:
            lifted += found.LINKED * max([worth.get(each, rest) for each in articles])
        if scripts := self._index.scripts_of.get(key):
            lifted += found.LINKED_BACK * max([worth.get(each, rest) for each in scripts])
        return lifted


def _searched_whole(phrase: str) -> bool:
    """Whether a search looks for all of ``phrase``: none of it narrows, and it is long enough."""
    return len(terms.normal(phrase)) >= terms.SHORTEST_QUERY and not narrowing.read(phrase).narrows


def _numbers(bits: int) -> Iterator[int]:
    """Which bits are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
