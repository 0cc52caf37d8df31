"""Words of danger: what must bring a safety script to the top, however it is worded or misspelt.

A pattern is words in their order, parted by spaces; ``a/b`` is one of several, ``suicid*`` any word
that begins so, ``~`` up to six words in between, ``$`` the end. One word may always stand between
two. A Welsh word stands for its mutations as well, ``=nharo`` for itself alone.
Source: knowledge sheet, sections 4 and 11.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deskapp.services import mutations, spelling
from deskapp.services.knowledge import terms
from deskapp.services.knowledge.stem import stem
from deskapp.text import fold

_SELF = re.compile(r"\b(my|him|her|your|them|our) (self|selves|selfs)\b")
_BEGINS, _EXACTLY, _END = "*", "=", "$"
_GAP, _WIDE_GAP = 1, 6
_SHORTEST, _SHORTEST_ALONE = 4, 6
"""Letters from which on a slip is forgiven: in a word among others, in one that says it alone."""
_TWO_SLIPS = 8
"""Letters from which on two slips in one word are forgiven."""


_REMEMBERED = 10_000


class Step(NamedTuple):
    """One place of a pattern."""

    words: frozenset[str]
    gap: int
    """Most words between the step before and this one."""


class Pattern(NamedTuple):
    """Words that speak of a danger."""

    kind: int
    """Number of the kind of danger, as in the file."""
    steps: tuple[Step, ...]


class Meaning(NamedTuple):
    """Words of the patterns that a typed word may be."""

    sure: frozenset[str]
    """As it is typed, or another form of it."""
    slips: frozenset[str]


@dataclass
class Dangers:
    """Every kind of danger of the file."""

    items: tuple[tuple[str, ...], ...] = ()
    """Kind -> ids of what must come first."""
    starting: dict[str, list[Pattern]] = field(default_factory=dict)
    """Word -> the patterns that begin with it."""
    by_letter: dict[str, set[str]] = field(default_factory=dict)
    """First letter -> words of the patterns."""
    by_stem: dict[str, set[str]] = field(default_factory=dict)
    unlike: frozenset[str] = frozenset()
    """Words near enough to be taken for a slip that are none."""
    _sure: dict[str, frozenset[str]] = field(default_factory=dict)
    _slips: dict[str, frozenset[str]] = field(default_factory=dict)

    def first(self, text: str, known: Container[str] = ()) -> tuple[str, ...]:
        """Ids of what must come first for ``text``, in the order of the file; most often none.

        A word that is in ``known`` is no slip.
        """
        meanings = [self._meaning(token, known) for token in _tokens(text)]
        tried = {
            pattern
            for meaning in meanings
            for word in meaning.sure | meaning.slips
            for pattern in self.starting.get(word, ())
        }
        kinds = {pattern.kind for pattern in tried if _runs(meanings, pattern.steps)}
        return tuple(dict.fromkeys(item for kind in sorted(kinds) for item in self.items[kind]))

    def _meaning(self, token: str, known: Container[str]) -> Meaning:
        sure = self._sure.get(token)
        if sure is None:
            sure = _kept(self._sure, token, self._surely(token))
        if token in known:
            return Meaning(sure, frozenset())
        slips = self._slips.get(token)
        if slips is None:
            slips = _kept(self._slips, token, self._slipped(token) - sure)
        return Meaning(sure, slips)

    def _surely(self, token: str) -> frozenset[str]:
        among = self.by_letter.get(token[0], set())
        same = {word for word in among if _is(token, word)}
        return frozenset(same | self.by_stem.get(stem(token), set()))

    def _slipped(self, token: str) -> frozenset[str]:
        """What takes longest, and is only asked of what is no word of the content."""
        if token in self.unlike or not token.isalpha():
            return frozenset()
        among = self.by_letter.get(token[0], set())
        return frozenset(word for word in among if _slip(token, word))


def _kept(memory: dict[str, frozenset[str]], token: str, words: frozenset[str]) -> frozenset[str]:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[token] = words
    return words


def load(written: Iterable[Mapping[str, Any]]) -> Dangers:
    """Every ``[[danger]]`` of the file."""
    kinds = list(written)
    unlike = frozenset(word for each in kinds for word in each.get("unlike", ()))
    made = Dangers(tuple(tuple(each["items"]) for each in kinds), unlike=unlike)
    for kind, each in enumerate(kinds):
        for language, texts in each["patterns"].items():
            for text in texts:
                _add(made, Pattern(kind, _steps(text, language)), language)
    return made


def _add(made: Dangers, pattern: Pattern, language: str) -> None:
    for word in pattern.steps[0].words:
        made.starting.setdefault(word, []).append(pattern)
    for word in frozenset().union(*(step.words for step in pattern.steps)):
        made.by_letter.setdefault(word[0], set()).add(word)
        if language == "en" and not word.endswith(_BEGINS):
            made.by_stem.setdefault(stem(word), set()).add(word)


def _steps(text: str, language: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = _GAP
    for place in fold(text).split():
        if place == "~":
            gap = _WIDE_GAP
            continue
        words = {word for choice in place.split("/") for word in _forms(choice, language)}
        steps.append(Step(frozenset(words), 0 if place == _END else gap))
        gap = _GAP
    return tuple(steps)


def _forms(word: str, language: str) -> Sequence[str]:
    if word.startswith(_EXACTLY):
        return [word.removeprefix(_EXACTLY)]
    return mutations.searched(word) if language == "cy" else [word]


def _tokens(text: str) -> list[str]:
    joined = " ".join(terms.split(text[: terms.LONGEST_QUERY]))
    return [*_SELF.sub(r"\1self", joined).split(), _END]


def _runs(meanings: Sequence[Meaning], steps: Sequence[Step]) -> bool:
    """Whether the steps follow one another somewhere."""
    shortest = _SHORTEST if len(steps) > 1 else _SHORTEST_ALONE
    ends = {at for at, meaning in enumerate(meanings) if _meant(meaning, steps[0], shortest)}
    for step in steps[1:]:
        ends = {
            at
            for end in ends
            for at in range(end + 1, min(end + 2 + step.gap, len(meanings)))
            if _meant(meanings[at], step, shortest)
        }
    return bool(ends)


def _meant(meaning: Meaning, step: Step, shortest: int) -> bool:
    return not step.words.isdisjoint(meaning.sure) or any(
        len(word.rstrip(_BEGINS)) >= shortest for word in step.words & meaning.slips
    )


def _is(token: str, word: str) -> bool:
    return token == word or (word.endswith(_BEGINS) and token.startswith(word[:-1]))


def _slip(token: str, word: str) -> bool:
    """The first letter is hardly ever the wrong one; taking it so keeps false alarms few."""
    start = word.rstrip(_BEGINS)
    typed = token[: len(start)] if word.endswith(_BEGINS) else token
    most = 2 if len(start) >= _TWO_SLIPS else 1
    if min(len(typed), len(start)) < _SHORTEST or abs(len(typed) - len(start)) > most:
        return False
    if (terms.letters(typed) ^ terms.letters(start)).bit_count() > 2 * most:
        return False
    return spelling.slips(typed, start) <= most
