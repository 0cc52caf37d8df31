"""The topics of the enquiry desk are found by what callers and officers call them."""

from __future__ import annotations

import re
from collections import Counter
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp import i18n
from deskapp.errors import NotFoundError
from deskapp.i18n import LANGUAGES
from deskapp.services import lists
from deskapp.services.choice import Choice
from deskapp.services.enquiries import topics
from deskapp.services.enquiries.topics import Topic, all_topics
from deskapp.services.matching import Entry, Matcher

SHEET_ORDER = [
    "JRY", "FIN", "FEE", "HWF", "HRG", "STA", "FRM", "FND", "APP", "DAB", "CHI", "DIV",
    "PRO", "POS", "MCL", "JDG", "ENF", "TRB", "CRM", "SUP", "INT", "DOC", "LEG", "CPL",
    "RIG", "PRS", "OTH",
]  # fmt: skip
ALIASES = [
    (topic, alias)
    for topic in all_topics()
    for aliases in topic.aliases.values()
    for alias in aliases
]


def first(text: str, language: str = "en") -> str:
    """Code of the topic offered first."""
    found = topics.find(text, language)
    return found[0].code if found else ""


def test_a_label_is_found_without_reading_the_other_topics() -> None:
    """The first page shows it for a parked contact; it is what the whole list says."""
    labels = {
        (topic.code, language): topic.label(language)
        for topic in all_topics()
        for language in LANGUAGES
    }
    assert {place: topics.label(*place) for place in labels} == labels
    with pytest.raises(NotFoundError):
        topics.label("must_go", "en")


def test_all_topics_are_offered_in_the_sheet_order_when_nothing_is_typed() -> None:
    """Officers learn where a topic stands."""
    assert [topic.code for topic in all_topics()] == SHEET_ORDER
    assert topics.find("  ", "cy") == list(all_topics())


def test_only_other_needs_a_question() -> None:
    """Without one nobody could tell what the contact was about."""
    assert [topic.code for topic in all_topics() if topic.needs_question] == ["OTH"]


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.code)
def test_topic_is_complete_in_both_languages(topic: Topic) -> None:
    """A label or subtopic missing in one language shows a gap on the screen."""
    assert set(topic.labels) == set(topic.aliases) == set(LANGUAGES)
    assert 10 <= len(topic.aliases["en"]) <= 25
    assert len(topic.aliases["cy"]) >= 4
    for language in LANGUAGES:
        assert topic.label(language).strip()
        assert all(subtopic.label(language).strip() for subtopic in topic.subtopics)
    codes = [subtopic.code for subtopic in topic.subtopics]
    assert len(codes) == len(set(codes))


def test_no_alias_stands_twice() -> None:
    """Two topics for the same words leave the officer guessing."""
    told = Counter(alias.casefold() for _, alias in ALIASES)
    assert [alias for alias, count in told.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alias_finds_its_topic_among_the_first_three(language: str) -> None:
    """Whatever language the screen has: officers type English and Welsh."""
    missed = [alias for topic, alias in ALIASES if topic not in topics.find(alias, language)[:3]]
    assert missed == []


def test_every_label_and_code_finds_its_topic_first() -> None:
    """What is shown can be typed."""
    for topic in all_topics():
        for text in (topic.code, topic.code.lower(), *topic.labels.values()):
            for language in LANGUAGES:
                assert first(text, language) == topic.code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bailiff", "ENF"),
        ("HCEO", "ENF"),
        ("mcol", "MCL"),
        ("CCJ", "JDG"),
        ("non-mol", "DAB"),
        ("non mol", "DAB"),
        ("nonmol", "DAB"),
        ("jury duty", "JRY"),
        ("duty jur", "JRY"),
        ("PIP appeal", "TRB"),
        ("appeal pip", "TRB"),
        ("et1", "TRB"),
        ("ex 160", "HWF"),
        ("EX-160", "HWF"),
        ("n 244", "JDG"),
        ("wheelch", "SUP"),
        ("gwys", "JRY"),
        ("BEILÏAID", "ENF"),
        ("beiliaid", "ENF"),
        ("apel pip", "TRB"),
        ("faint yw’r gost", "FEE"),
        ("faint ywr gost", "FEE"),
    ],
)
def test_words_are_folded_and_come_in_any_order(typed: str, code: str) -> None:
    """Case, accents, quotes, hyphens and spaces in form numbers are typed in every way."""
    assert first(typed) == code
    assert first(typed, "cy") == code


@pytest.mark.parametrize(
    ("plain", "mutated"),
    [
        ("gwŷs", "wŷs"),
        ("cwyn", "gwyn"),
        ("rheithgor", "reithgor"),
        ("gwrandawiad", "wrandawiad"),
        ("dirwy", "ddirwy"),
        ("cyfieithydd", "gyfieithydd"),
        ("profiant", "brofiant"),
        ("talu dirwy", "dalu ddirwy"),
    ],
)
def test_mutated_welsh_finds_the_same_topic(plain: str, mutated: str) -> None:
    """The knowledge sheet, section 11, lists these forms as traps."""
    assert first(mutated) == first(plain) != ""


@pytest.mark.parametrize(
    ("slip", "code"),
    [("balif", "ENF"), ("devorce", "DIV"), ("porbate", "PRO"), ("interpeter", "INT")],
)
def test_typing_slip_is_forgiven_when_nothing_else_matches(slip: str, code: str) -> None:
    """An officer types while listening."""
    assert first(slip) == code


def test_a_slip_never_adds_to_what_matched_as_typed() -> None:
    """``fine`` is one letter from other words; guesses would push real matches down."""
    matcher = Matcher([Entry(1, "a", ["fines"]), Entry(2, "b", ["fired"])])
    assert matcher.find("fine") == [1]
    assert matcher.find("fimes") == [1]


def test_code_comes_before_alias_label_before_alias_words() -> None:
    """The surest match is taken by Enter without looking."""
    matcher = Matcher(
        [
            Entry("word of an alias", "a", ["other"], ["old fees"]),
            Entry("start of an alias", "b", ["some"], ["fees paid"]),
            Entry("word of a label", "c", ["court fees"]),
            Entry("start of the label", "d", ["fees of courts"]),
            Entry("whole alias", "e", ["what"], ["fees"]),
            Entry("code", "fees", ["more"]),
        ]
    )
    assert matcher.find("FEES") == [
        "code",
        "whole alias",
        "start of the label",
        "word of a label",
        "start of an alias",
        "word of an alias",
    ]


@pytest.mark.parametrize(
    "hostile",
    ["%", '"', "O'", "[/b]", "\x1b[31m", "\x00", "😀", "شكرا", "' OR 1=1", "*", "n244*zz"],
)
def test_hostile_query_finds_nothing_and_breaks_nothing(hostile: str) -> None:
    """Typed text is only compared, never run; nothing found must not look like all found."""
    assert len(topics.find(hostile, "en")) < len(SHEET_ORDER)


@given(st.text(max_size=300))
def test_any_text_gives_each_topic_at_most_once(text: str) -> None:
    """A paste into the topic field must not end the app or show a topic twice."""
    codes = [topic.code for topic in topics.find(text, "en")]
    assert len(codes) == len(set(codes))


def test_very_long_paste_is_cut() -> None:
    """20,000 characters must cost no more than a line."""
    assert topics.find("jury " * 4000, "en")[0].code == "JRY"
    assert topics.find("x" * 20_000, "en") == []


def test_unknown_code_says_so() -> None:
    """A script or command names a topic that does not exist."""
    with pytest.raises(NotFoundError):
        topics.by_code("ZZZ")
    assert topics.by_code("JRY").label("cy") == "Gwŷs rheithgor"


@pytest.mark.parametrize(
    "kind", [lists.Channel, lists.UserType, lists.Jurisdiction, lists.Disclosure]
)
def test_every_choice_is_found_by_its_value_label_and_other_words(kind: type[Choice]) -> None:
    """All closed lists share the matcher of the topics."""
    assert lists.find(kind, "") == list(kind)
    for choice in kind:
        assert choice.label.strip()
        assert lists.find(kind, choice.value)[0] is choice
        assert lists.find(kind, choice.english)[0] is choice
        for alias in choice.aliases:
            assert choice in lists.find(kind, alias)[:3]


def test_letters_and_emails_are_no_live_channel() -> None:
    """Their handling time is kept apart from the averages (enquiries sheet, section 7)."""
    assert [channel for channel in lists.Channel if not channel.live] == ["email", "letter"]


@pytest.mark.parametrize("kind", [lists.DiscardReason, lists.CancelReason])
def test_each_reason_has_its_own_letter(kind: type[Choice]) -> None:
    """They are chosen with one key."""
    letters = [letter for letter, _reason in lists.lettered(kind)]
    assert len(set(letters)) == len(letters)
    assert all(letter in reason.label.upper() for letter, reason in lists.lettered(kind))


def test_a_kept_reason_is_worded_in_the_language_in_use() -> None:
    """Figures count the code; what somebody wrote in their own words stays as it is."""
    i18n.use("cy")
    assert lists.worded(lists.DiscardReason, "nobody") == i18n._("Nobody was there")
    assert i18n._("Nobody was there") != "Nobody was there"
    assert lists.worded(lists.DiscardReason, "Rang off") == "Rang off"


def test_empty_choice_is_the_default_and_an_unknown_one_is_refused() -> None:
    """A saved contact never holds a value outside its list."""
    assert lists.channel("") is lists.DEFAULT_CHANNEL
    assert lists.channel("webchat") is lists.Channel.WEBCHAT
    assert lists.user_type("") is lists.UserType.NOT_GIVEN
    with pytest.raises(NotFoundError):
        lists.channel("pigeon")
    with pytest.raises(NotFoundError):
        lists.user_type("king")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.code)
def test_every_topic_says_what_to_do_in_two_lines(topic: Topic, language: str) -> None:
    """It stands below the form, where two lines of 80 columns are free."""
    assert topic.says[language]
    assert len(wrap(topic.says[language], 80)) <= 2
    assert not re.search(r"Ctrl|\bF\d", topic.says_in_lines(language))
