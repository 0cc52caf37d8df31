"""Welsh initial mutations: which words may be one word, so that a search finds every form.

Caerdydd is written *i Gaerdydd*, *yng Nghaerdydd*, *a Chaerdydd*. All words here are folded
(``deskapp.text.fold``). Spelling alone cannot tell a mutated initial from a plain one, so the
forms are offers to look up, never corrections to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

# Radical initial -> its soft, nasal and aspirate forms; an empty form is a lost initial.
# Source: the standard table of Welsh consonant mutations.
_FORMS: dict[str, tuple[str, ...]] = {
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "g": ("", "ng"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "ll": ("l",),
    "m": ("f",),
    "rh": ("r",),
}
# Letters of Welsh written with two signs: their first sign is no initial of its own.
_DIGRAPHS = ("ch", "dd", "ff", "ll", "ng", "ph", "rh", "th")
LETTERS_TO_MUTATE = 4
"""Shorter words would find too much in another form."""
_AFTER_LOST_G = frozenset("aeiouwylr")


def forms(word: str) -> set[str]:
    """``word`` with every other form its initial can take, mutated or radical."""
    found = {word}
    for radical in radicals(word) | {word}:
        found.add(radical)
        initial = _initial(radical)
        rest = radical[len(initial) :]
        for mutated in _FORMS.get(initial, ()):
            if mutated or rest[:1] in _AFTER_LOST_G:
                found.add(mutated + rest)
    return found


@lru_cache(maxsize=2_000)
def searched(word: str) -> tuple[str, ...]:
    """``word`` and its other forms that are long enough to be looked for, in a fixed order."""
    if len(word) < LETTERS_TO_MUTATE:
        return (word,)
    return tuple(sorted(form for form in forms(word) if len(form) >= LETTERS_TO_MUTATE - 1))


def vary(words: Iterable[str]) -> bool:
    """Whether any of ``words`` has another form to be searched for; digits have none."""
    return any(len(searched(word)) > 1 for word in words)


def radicals(word: str) -> set[str]:
    """The words that ``word`` may be a mutated form of; empty when its initial cannot be one."""
    initial = _initial(word)
    found = {
        radical + word[len(initial) :]
        for radical, mutated in _FORMS.items()
        if initial and initial in mutated
    }
    if initial[:1] in _AFTER_LOST_G and initial not in _DIGRAPHS:
        found.add("g" + word)
    return found


def _initial(word: str) -> str:
    for length in (3, 2):
        if word[:length] in ("ngh", "mh", "nh", *_DIGRAPHS):
            return word[:length]
    return word[:1]
