"""What a query asks for: each word with the other forms to look for, and how much it tells."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from deskapp.services import mutations, spelling
from deskapp.services.knowledge import terms
from deskapp.services.knowledge.index import Index
from deskapp.services.knowledge.lexicon import PHRASE_STOP, Lexicon
from deskapp.services.knowledge.stem import stem

SAME, MUTATED, MUTATED_ENGLISH, BEGUN, BEGUN_KNOWN, SLIPPED = 0.65, 0.9, 0.4, 0.8, 0.35, 0.75
"""What counts of a synonym, a mutation, a mutation of what is an English word, a word that is not
typed to its end, one that may go on, and a near spelling."""
JOINED = 0.8
"""What counts of a word written as two, or of two written as one."""
_SHORTEST_JOINED, _SHORTEST_PART = 6, 3
STOP = 0.2
"""What a word that tells little counts beside one that tells much."""
_SHORTEST_UNKNOWN_START = 4
_MOST_STARTED = 24
_MOST_NEAR = 3
_ONE_SLIP, _TWO_SLIPS = 4, 7
"""Letters from which on one slip and two are forgiven."""
_LONGEST_SLIP = 30
_UNKNOWN = 0.6
"""What a word that is nowhere counts beside the rarest one: it is often a name or a day."""


@dataclass
class Group:
    """One word of the query, or several that are one meaning."""

    typed: str
    weight: float = 0.0
    forms: dict[str, float] = field(default_factory=dict)
    """Stem -> how surely it is what was meant, at most 1."""
    meant: str = ""
    """The near spelling that was taken, if one was."""
    stop: bool = False

    def add(self, word_stem: str, sure: float) -> None:
        """Look for a stem as well."""
        self.forms[word_stem] = max(sure, self.forms.get(word_stem, 0.0))


class Sought(NamedTuple):
    """A stem to look for."""

    stem: str
    weight: float
    """What finding it in a phrase counts."""
    groups: tuple[tuple[int, float], ...]
    """Numbers of the groups it is a form of, with how surely."""


@dataclass(frozen=True)
class Asked:
    """A query as it is looked up."""

    tokens: tuple[str, ...]
    groups: tuple[Group, ...]
    sought: tuple[Sought, ...]

    @cached_property
    def typed(self) -> str:
        """All words, one space between."""
        return " ".join(self.tokens)

    def held(self, strengths: Mapping[str, float]) -> list[Sought]:
        """What is looked for of what a document is about, always in the same order."""
        return [each for each in self.sought if each.stem in strengths]

    @cached_property
    def total(self) -> float:
        """Weight of all groups."""
        return sum(self.weights) or 1.0

    @cached_property
    def weights(self) -> list[float]:
        """Weight of each group."""
        return [group.weight for group in self.groups]

    @cached_property
    def in_phrases(self) -> list[float]:
        """Weight of each group when a phrase is compared."""
        return [group.weight * (PHRASE_STOP / STOP if group.stop else 1.0) for group in self.groups]

    @cached_property
    def total_in_phrases(self) -> float:
        """The sum of ``in_phrases``."""
        return sum(self.in_phrases) or 1.0

    def stems(self) -> list[str]:
        """What to look for: all forms, without the words that tell little where others do."""
        telling = [group for group in self.groups if group.forms and not group.stop]
        return list(dict.fromkeys(form for group in telling or self.groups for form in group.forms))

    def did_you_mean(self) -> str:
        """The query with near spellings taken, or nothing where none was."""
        if not any(group.meant for group in self.groups):
            return ""
        return " ".join(group.meant or group.typed for group in self.groups)


def understand(text: str, index: Index, lexicon: Lexicon, names: Container[str] = ()) -> Asked:
    """What ``text`` asks of ``index``; a word of ``names`` is no slip."""
    tokens = terms.asked(text, index.words)
    groups = [_group(*word, index, lexicon, names) for word in _words(tokens, lexicon)]
    _add_joined(groups, index)
    return Asked(tuple(tokens), tuple(groups), tuple(_sought(groups, index, lexicon)))


def _add_joined(groups: list[Group], index: Index) -> None:
    """Two words that the content writes as one: *court room*, *child care*, *over paid*."""
    for first, second in pairwise(groups):
        joined = first.typed + second.typed
        if len(joined) >= _SHORTEST_JOINED and joined.isalpha():
            for group in (first, second):
                _add_known(group, stem(joined), JOINED, index)


def _sought(groups: list[Group], index: Index, lexicon: Lexicon) -> Iterator[Sought]:
    by_stem: dict[str, list[tuple[int, float]]] = {}
    for number, group in enumerate(groups):
        for form, sure in group.forms.items():
            by_stem.setdefault(form, []).append((number, sure))
    for form, found in by_stem.items():
        surest = max(sure for _number, sure in found)
        weight = lexicon.in_phrase(form, index.weight(form)) * surest
        yield Sought(form, weight, tuple(found))


def _words(tokens: list[str], lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Each word, or run of words that is one meaning: as typed, what it may mean, if it is last."""
    stems = [stem(lexicon.spellings.get(token, token)) for token in tokens]
    at = 0
    while at < len(tokens):
        length = next(
            (
                length
                for length in range(min(lexicon.longest_run, len(tokens) - at), 1, -1)
                if tuple(stems[at : at + length]) in lexicon.runs
            ),
            1,
        )
        end = at + length
        means = lexicon.runs[tuple(stems[at:end])] if length > 1 else frozenset()
        for number in range(at, end):
            yield tokens[number], means, number == len(tokens) - 1
        at = end


def _group(
    typed: str,
    means: frozenset[str],
    last: bool,
    index: Index,
    lexicon: Lexicon,
    names: Container[str],
) -> Group:
    word = lexicon.spellings.get(typed, typed)
    own = stem(word)
    known = own in index.documents_with
    tells_little = own in lexicon.stop or (word.isdigit() and not known)
    group = Group(typed, meant=word if word != typed else "", stop=tells_little)
    if known:
        group.add(own, 1.0)
    for other in sorted(means | lexicon.same.get(own, frozenset())):
        _add_known(group, other, SAME, index)
    _add_mutations(group, word, index)
    if not group.stop:
        _add_begun(group, word, known, last, index)
    if not group.forms and word not in lexicon.words and word not in names:
        _add_parts(group, word, index)
    if not group.forms and word not in lexicon.words and word not in names:
        _add_near(group, word, index, lexicon)
    group.weight = _weight(group, own, index)
    return group


def _weight(group: Group, own: str, index: Index) -> float:
    if own in group.forms:
        weight = index.weight(own)
    elif group.forms:
        weight = max(index.weight(form) * sure for form, sure in group.forms.items())
    else:
        weight = _UNKNOWN * index.weight("")
    return weight * (STOP if group.stop else 1.0)


def _add_known(group: Group, word_stem: str, sure: float, index: Index) -> None:
    if word_stem in index.documents_with:
        group.add(word_stem, sure)


def _add_mutations(group: Group, word: str, index: Index) -> None:
    sure = MUTATED_ENGLISH if "en" in index.words.get(word, "") else MUTATED
    for form in mutations.searched(word):
        if form != word and "cy" in index.words.get(form, ""):
            group.add(stem(form), sure)


def _add_begun(group: Group, word: str, known: bool, last: bool, index: Index) -> None:
    """Words that go on where this one ends: the last is perhaps not typed to its end."""
    if not last and (known or len(word) < _SHORTEST_UNKNOWN_START):
        return
    begun = [other for other in index.beginning(word) if other != word][: 4 * _MOST_STARTED]
    begun.sort(key=lambda other: -index.documents_with.get(stem(other), 0))
    for other in begun[:_MOST_STARTED]:
        _add_known(group, stem(other), BEGUN_KNOWN if known else BEGUN, index)


def _add_parts(group: Group, word: str, index: Index) -> None:
    """The words that one was typed together of: *lawcentre*, *courtdate*."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        parts = (word[:cut], word[cut:])
        if all(part in index.spelt for part in parts):
            for part in parts:
                _add_known(group, stem(part), JOINED, index)


def _add_near(group: Group, word: str, index: Index, lexicon: Lexicon) -> None:
    """Near spellings of a word that is nowhere; codes and numbers mean what was typed."""
    if not (_ONE_SLIP <= len(word) <= _LONGEST_SLIP and word.isalpha() and word.isascii()):
        return
    most = 2 if len(word) >= _TWO_SLIPS else 1
    found = [
        (spelling.slips(word, other), other[0] != word[0], other)
        for other in index.alike(word, most)
    ]
    near = sorted(each for each in found if each[0] <= most)
    near = [each for each in near if each[:2] == near[0][:2]]
    near.sort(key=lambda each: -index.documents_with.get(stem(each[2]), 0))
    for _slips, _first, other in near[:_MOST_NEAR]:
        _add_known(group, stem(other), SLIPPED, index)
        for same in sorted(lexicon.same.get(stem(other), ())):
            _add_known(group, same, SLIPPED * SAME, index)
    if near:
        group.meant = near[0][2]
