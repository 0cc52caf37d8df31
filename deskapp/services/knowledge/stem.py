"""The stem of an English word: evict, evicted, evicting and eviction are one word to a search.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. Welsh words go
through it as well and come out changed alike wherever they stand, which is all a search needs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

_SHORTEST = 3
_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP_4 = (
    "ement",
    "ance",
    "ence",
    "able",
    "ible",
    "ment",
    "sion",
    "tion",
    "ant",
    "ent",
    "ism",
    "ate",
    "iti",
    "ous",
    "ive",
    "ize",
    "al",
    "er",
    "ic",
    "ou",
)
"""The longest first."""
_KEPT = {"sion": "s", "tion": "t"}
"""What is left of an ending of step 4 that keeps its first letter."""

_RUN = re.compile(r"v+c+")
_SHAPES = {ord(letter): "v" if letter in "aeiou" else "c" for letter in ascii_lowercase}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; words with digits and short ones stay as they are."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    word = _inflection(_plural(word))
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _swapped(word, _STEP_2)
    word = _swapped(word, _STEP_3)
    word = _without_ending(word)
    if word.endswith("e"):
        shorter = word[:-1]
        if _measure(shorter) > 1 or (_measure(shorter) == 1 and not _ends_short(shorter)):
            word = shorter
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word


def _shape(word: str) -> str:
    """The word with ``v`` for each vowel and ``c`` for each consonant."""
    if "y" not in word:
        return word.translate(_SHAPES)
    found = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and found[-1:] == "c")
        found += "v" if vowel else "c"
    return found


def _measure(word: str) -> int:
    return len(_RUN.findall(_shape(word)))


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _ends_short(word: str) -> bool:
    return _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _inflection(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and _has_vowel(word[: -len(ending)]):
            return _mended(word[: -len(ending)])
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if word[-1:] == word[-2:-1] and _shape(word)[-1:] == "c" and word[-1] not in "lsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _ends_short(word) else word


def _swapped(word: str, endings: dict[str, str]) -> str:
    if not word.endswith(tuple(endings)):  # most words have none: one look tells
        return word
    for ending, instead in endings.items():
        if word.endswith(ending):
            kept = word[: -len(ending)]
            return kept + instead if _measure(kept) else word
    return word


def _without_ending(word: str) -> str:
    if not word.endswith(_STEP_4):
        return word
    for ending in _STEP_4:
        if word.endswith(ending):
            kept = word[: -len(ending)] + _KEPT.get(ending, "")
            return kept if _measure(kept) > 1 else word
    return word
