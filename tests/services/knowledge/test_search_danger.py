"""Words of danger bring what is to be done to the top, however they are said or misspelt."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from deskapp.services.knowledge import danger, entry, indexed, lexicon, library, search
from deskapp.services.knowledge.content import SAFETY
from deskapp.services.knowledge.index import Index

TODAY = dt.date(2026, 11, 18)
SAID: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "kb_danger.toml").read_text(encoding="utf-8")
)
HARMLESS = SAID.pop("harmless")


@pytest.fixture(scope="module")
def shipped() -> Index:
    """The index of the shipped content."""
    return indexed.of(entry.of(library.shipped()))


def first(shipped: Index, words: str, language: str = "en") -> search.Hit:
    """What comes first."""
    return search.search(words, language=language, today=TODAY, indexes=[shipped]).hits[0]


@pytest.mark.parametrize("script", SAID)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_danger_comes_first(shipped: Index, script: str, language: str) -> None:
    """Whoever has such a caller on the line must not look for the script."""
    for words in SAID[script]:
        hit = first(shipped, words, language)
        assert (hit.id, hit.safety, hit.why != "") == (script, True, True), words


@pytest.mark.parametrize("script", SAID)
def test_danger_comes_first_in_a_long_sentence_too(shipped: Index, script: str) -> None:
    """Callers say much before and after it."""
    for words in SAID[script]:
        long = f"hello i have a fine to pay and a hearing on friday {words}"
        assert first(shipped, long).safety, words


def test_a_harmless_figure_of_speech_is_no_alarm(shipped: Index) -> None:
    """Who is alarmed too often looks no more: "killing me" is danger only from a person."""
    alarmed = [words for words in HARMLESS if first(shipped, words).safety]
    assert alarmed == []


def test_the_queries_of_other_things_raise_no_alarm(shipped: Index) -> None:
    """The titles of all other articles and scripts are harmless."""
    known = lexicon.shipped().dangers
    about_it = {item for kind in known.items for item in kind}
    alarmed = {
        item.id
        for item in library.shipped().items()
        for language in ("en", "cy")
        if known.first(item.title(language), shipped.spelt)
    }
    about_it |= {"non-molestation", "special-measures"}
    assert alarmed <= about_it


def test_several_dangers_are_all_shown_life_first(shipped: Index) -> None:
    """The order is that of the file."""
    words = "he hits me and i want to kill myself"
    hits = search.search(words, language="en", today=TODAY, indexes=[shipped]).hits
    assert [hit.id for hit in hits[:4]] == [
        "s-suicide",
        "suicide-self-harm",
        "s-domestic-abuse",
        "domestic-abuse-help",
    ]


def test_every_safety_script_has_words_of_danger() -> None:
    """A new one without them would come first for nothing."""
    safety = {each.id for each in library.shipped().scripts.values() if each.priority == SAFETY}
    assert safety
    assert safety <= {item for kind in lexicon.shipped().dangers.items for item in kind}


def test_patterns_mean_what_they_say() -> None:
    """One word may stand in between, six behind ~, none before the end."""
    known = danger.load(
        [{"items": ["x"], "patterns": {"en": ["red/blue house", "old ~ mill", "go on $", "cat*"]}}]
    )
    said = {
        "red house": True,
        "blue little house": True,
        "red and very old house": False,
        "old a b c d e f mill": True,
        "old a b c d e f g mill": False,
        "mill old": False,
        "i cannot go on": True,
        "go on friday": False,
        "catalogue": True,
    }
    assert {words: bool(known.first(words)) for words in said} == said


def test_a_word_the_content_knows_is_no_slip() -> None:
    """Booking is not bombing."""
    known = danger.load([{"items": ["x"], "patterns": {"en": ["strangled me"]}}])
    assert known.first("he strangeld me")
    assert not known.first("he strangeld me", {"strangeld"})
