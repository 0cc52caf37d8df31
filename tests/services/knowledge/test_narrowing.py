"""What is typed beside the words narrows the search: a topic, a language."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.services.knowledge import library, narrowing, search
from deskapp.services.knowledge.narrowing import Narrowed
from deskapp.services.knowledge.search import Answer

TODAY = dt.date(2026, 11, 18)


def found(typed: str) -> Answer:
    """What is shown in English for words among the shipped content."""
    return search.search(typed, language="en", today=TODAY, limit=200, kinds=search.KNOWLEDGE)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("t:FEE refund", Narrowed("refund", "FEE")),
        ("refund T:fee", Narrowed("refund", "FEE")),
        ("gohirio lang:CY", Narrowed("gohirio", language="cy")),
        ("t:nope lang:fr e:mail", Narrowed("t:nope lang:fr e:mail")),
        ("", Narrowed("")),
    ],
)
def test_what_narrows_is_taken_out_of_the_words(typed: str, taken: Narrowed) -> None:
    """What names nothing is looked for like any other word."""
    assert narrowing.read(typed) == taken


def test_a_topic_leaves_only_what_is_about_it() -> None:
    """Alone it lists everything of the topic."""
    content = library.shipped()
    for typed in ("t:PRO", "t:PRO will"):
        items = [content.item(hit.id) for hit in found(typed).hits]
        assert items
        assert all(item and "PRO" in item.topics for item in items)
    assert len(found("will").hits) > len(found("t:PRO will").hits)
    assert found("t:PRO").close


def test_danger_stays_whatever_the_topic() -> None:
    """What to do at once is never narrowed away."""
    assert found("t:PRO i want to kill myself").hits[0].safety


def test_titles_are_in_the_language_that_was_typed() -> None:
    """A Welsh speaker is on the line, the screen stays English."""
    [first, *_others] = found("lang:cy gohirio rheithgor").hits
    article = library.shipped().item(first.id)
    assert article is not None
    assert first.title == article.title("cy")
