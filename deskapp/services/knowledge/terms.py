"""Words of a search: how text is taken apart before it is looked up or indexed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

from deskapp.services.knowledge.stem import stem
from deskapp.text import fold, spaced, words

SHORTEST_QUERY, LONGEST_QUERY = 2, 200
"""Letters from which on something is searched for, and after which what follows is left out."""
MOST_WORDS = 24
"""More words than this tell nothing new about what is meant."""
_VARIABLE = re.compile(r"\{[^{}\n]*\}")
_FORM_LETTERS = re.compile(r"[a-z]{1,4}")
_FORM_NUMBER = re.compile(r"\d{1,4}[a-z]?")


def split(text: str) -> list[str]:
    """The folded words of ``text`` in order; places such as ``{fact.fee.probate}`` are none."""
    return words(_VARIABLE.sub(" ", text).replace("_", " "))


def split_each(texts: Iterable[str]) -> list[list[str]]:
    """``split`` of each of several short texts: folding them at once is much quicker."""
    lines = [text.replace("\n", " ") for text in texts]
    folded = fold(_VARIABLE.sub(" ", "\n".join(lines)).replace("_", " "))
    return [line.split() for line in spaced(folded).split("\n")] if lines else []


def stems(text: str) -> list[str]:
    """The stems of the words of ``text``, in order."""
    return [stem(word) for word in split(text)]


def asked(text: str, known: Container[str]) -> list[str]:
    """The words of a query; a form number typed in parts is one word where ``known`` has it.

    ``EX 160``, ``ex-160`` and ``n-244`` are ``ex160`` and ``n244``; ``in 14 days`` stays as it is.
    """
    joined: list[str] = []
    for word in split(text[:LONGEST_QUERY]):
        before = joined[-1] if joined else ""
        if (
            _FORM_NUMBER.fullmatch(word)
            and _FORM_LETTERS.fullmatch(before)
            and before + word in known
        ):
            joined[-1] = before + word
        else:
            joined.append(word)
    return joined[:MOST_WORDS]


def is_form(word: str) -> bool:
    """Whether a word is written as a form number is: some letters, then digits."""
    return bool(re.fullmatch(r"[a-z]{1,4}\d{1,4}[a-z]?", word))


def normal(text: str) -> str:
    """A whole query as best bets are kept: folded words, one space between."""
    return " ".join(split(text))


@lru_cache(maxsize=10_000)
def letters(word: str) -> int:
    """A bit for each letter in a folded word; a slip changes two of them at most."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
