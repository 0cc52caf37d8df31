"""What the search knows about words everywhere: ``scripts_kb/synonyms.toml``.

Words that mean the same, spellings, best bets, words that tell little, and the words of danger.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from deskapp import paths
from deskapp.services.knowledge import danger, terms
from deskapp.services.knowledge.danger import Dangers
from deskapp.services.knowledge.stem import stem

PHRASE_STOP = 1 / 3
"""What a word that tells little counts in a phrase beside one that tells much."""
FILE = paths.SCRIPTS_KB / "synonyms.toml"


@dataclass(frozen=True)
class Lexicon:
    """The words of the file, folded and ready to be looked up."""

    stop: frozenset[str]
    """Stems that tell little about what is meant."""
    spellings: Mapping[str, str]
    """What is often typed -> the word that is meant."""
    same: Mapping[str, frozenset[str]]
    """Stem -> stems to look for as well."""
    runs: Mapping[tuple[str, ...], frozenset[str]]
    """Several stems in a row that are one meaning -> stems to look for."""
    longest_run: int
    best: Mapping[str, tuple[str, ...]]
    """A whole query -> ids that come first."""
    words: frozenset[str]
    """Every word of the file as it is written: none of them is a slip."""
    dangers: Dangers

    def in_phrase(self, word_stem: str, weight: float) -> float:
        """What a stem of ``weight`` counts in a phrase: "get out of" means something."""
        return weight * PHRASE_STOP if word_stem in self.stop else weight


@cache
def shipped() -> Lexicon:
    """The lexicon of the package."""
    return load(tomllib.loads(FILE.read_text(encoding="utf-8")))


def load(written: Mapping[str, Any]) -> Lexicon:
    """A lexicon from what the file says."""
    same: dict[str, set[str]] = {}
    runs: dict[tuple[str, ...], set[str]] = {}
    for group in written.get("group", ()):
        _add(same, runs, group["words"], group["words"])
    for meaning in written.get("means", ()):
        _add(same, runs, meaning["words"], meaning["to"])
    stop = [word for each in written.get("stop", {}).values() for word in each]
    return Lexicon(
        stop=frozenset(stem(part) for word in stop for part in terms.split(word)),
        spellings=written.get("spellings", {}),
        same={word: frozenset(others) for word, others in same.items()},
        runs={run: frozenset(others) for run, others in runs.items()},
        longest_run=max(map(len, runs), default=0),
        best={terms.normal(query): tuple(ids) for query, ids in written.get("best", {}).items()},
        words=frozenset(_every_word(written)),
        dangers=danger.load(written.get("danger", ())),
    )


def _add(
    same: dict[str, set[str]],
    runs: dict[tuple[str, ...], set[str]],
    said: list[str],
    meant: list[str],
) -> None:
    """Let each of ``said`` find the single words of ``meant``."""
    to = {found[0] for found in map(terms.stems, meant) if len(found) == 1}
    for words in map(terms.stems, said):
        if len(words) == 1:
            same.setdefault(words[0], set()).update(to - {words[0]})
        else:
            runs.setdefault(tuple(words), set()).update(to)


def _every_word(written: Mapping[str, Any]) -> set[str]:
    texts = [word for each in written.get("stop", {}).values() for word in each]
    for group in (*written.get("group", ()), *written.get("means", ())):
        texts += [*group["words"], *group.get("to", ())]
    return {word for text in texts for word in terms.split(text)}
