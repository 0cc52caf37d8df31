"""Short replies: complete in both languages, filled with what the contact knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp import i18n
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.enquiries import snippets, topics
from deskapp.services.enquiries.snippets import PLACE, Filled, Snippet

TODAY = dt.date(2026, 12, 17)
CALENDARS = bank_holidays.in_force(Path("none"))
EACH = pytest.mark.parametrize("snippet", snippets.every(), ids=lambda snippet: snippet.id)


def a_snippet(text: str) -> Snippet:
    """A snippet with the same words in both languages."""
    return Snippet("x", (), dict.fromkeys(i18n.LANGUAGES, "x"), dict.fromkeys(("en", "cy"), text))


def filled(
    text: str, language: str = "en", nation: Nation = Nation.ENGLAND_AND_WALES, **known: str
) -> Filled:
    """The text with its places filled."""
    given = {"name": "", "ref": "", **known}
    calendar = CALENDARS[nation]
    return snippets.filled(a_snippet(text), language, today=TODAY, calendar=calendar, **given)


# -- the file -----------------------------------------------------------------------------


def test_there_are_snippets_for_many_topics() -> None:
    """At least twenty, each known by one id, all within reach of one key."""
    every = snippets.every()
    assert 20 <= len(every) <= 36
    assert len({each.id for each in every}) == len(every)
    assert len({topic for each in every for topic in each.topics}) >= 15


@EACH
def test_both_languages_have_the_same_places(snippet: Snippet) -> None:
    """And one cursor mark each; nothing else stands in braces."""
    english, welsh = ([match[0] for match in PLACE.finditer(snippet.text[each])]
                      for each in i18n.LANGUAGES)  # fmt: skip
    assert sorted(english) == sorted(welsh)
    assert english.count("{cursor}") == 1
    for text in snippet.text.values():
        assert not set("{}") & set(PLACE.sub("", text))


@EACH
def test_welsh_is_no_copy_of_the_english(snippet: Snippet) -> None:
    """A placeholder would be sent to somebody who asked for Welsh."""
    for texts in (snippet.title, snippet.text):
        assert texts["en"] != texts["cy"]
        assert all(text.strip() == text for text in texts.values())


@EACH
def test_a_snippet_belongs_to_topics_that_exist(snippet: Snippet) -> None:
    """Or it would never be suggested."""
    known = {topic.code for topic in topics.all_topics()}
    assert set(snippet.topics) <= known


def test_the_menu_of_a_topic_has_a_letter_for_each() -> None:
    """What is suggested must be within reach of its letter."""
    from deskapp.screens.contact_texts import SUGGESTED

    longest = max(len(snippets.suggested(topic.code)) for topic in topics.all_topics())
    assert longest <= len(SUGGESTED)


def test_those_of_the_topic_come_first() -> None:
    """Then those that fit every contact, and no others."""
    found = snippets.suggested("HWF")
    assert found[0].id == "help-with-fees"
    assert {each.topics for each in found[1:]} == {()}
    assert {each.topics for each in snippets.suggested("")} == {()}


# -- filling ------------------------------------------------------------------------------


def test_places_are_filled_from_the_contact() -> None:
    """The cursor stands where its mark was."""
    found = filled("Dear {name}, {ref}: {cursor}.", name="Ann {ref} Jones", ref="AB1")
    assert found == Filled("Dear Ann {ref} Jones, AB1: ", ".", gaps=())


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Dear [name], [case reference]"), ("cy", "Dear [enw], [cyfeirnod yr achos]")],
)
def test_what_the_contact_does_not_know_stands_out(language: str, text: str) -> None:
    """The officer must see that something is missing before it is sent."""
    gaps = ("user.name", "case_ref")
    assert filled("Dear {name}, {ref}{cursor}", language) == Filled(text, "", gaps)


@pytest.mark.parametrize(
    ("language", "nation", "text"),
    [
        ("en", Nation.ENGLAND_AND_WALES, "5 January 2027"),
        ("cy", Nation.ENGLAND_AND_WALES, "5 Ionawr 2027"),
        ("en", Nation.SCOTLAND, "6 January 2027"),
    ],
)
def test_dates_are_counted_in_working_days_of_the_site(
    language: str, nation: Nation, text: str
) -> None:
    """Ten working days over Christmas; Scotland keeps 2 January, moved to Monday 4th."""
    assert filled("{date+10wd}{cursor}", language, nation).before == text
