"""Searching by users' words: the index, what a word may mean, the order, courts and overdue."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from deskapp import paths
from deskapp.data import knowledge_file
from deskapp.services.knowledge import indexed, search
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.index import Index
from deskapp.services.knowledge.search import Answer

TODAY = dt.date(2026, 11, 18)


def an_entry(entry_id: str, title: str, *users_words: str, **more: object) -> Entry:
    """An English article."""
    values: dict[str, object] = {"kind": "article", "language": "en", **more}
    return Entry(entry_id, title=title, users_words=users_words, **values)  # type: ignore[arg-type]


ENTRIES = [
    an_entry("fine-pay", "Pay a court fine", "pay my fine", "account number division"),
    an_entry("fine-late", "Cannot afford a court fine", "cant pay fine", "lost my job"),
    an_entry("fine-late", "Methu fforddio dirwy", "methu talu dirwy", language="cy"),
    an_entry("interpreter", "Ask for an interpreter", "dont speak english", codes=("EX999",)),
    an_entry("court-dress", "What to wear at a hearing", body="A hearing is formal. Wear a suit."),
    an_entry("s-fine-late", "Caller is behind", "hardship", kind="script", links=("fine-late",)),
    an_entry("jury-defer", "Another date for jury service", "defer jury", body="Use EX999."),
    an_entry("jury-defer", "Dyddiad arall i’r rheithgor", "gohirio rheithgor", language="cy"),
    an_entry("jury-pay", "Juror expenses", "jury pay", review_by=dt.date(2026, 11, 1)),
]


@pytest.fixture(scope="module")
def small() -> Index:
    """An index of a few entries."""
    return indexed.of(ENTRIES)


def found(small: Index, words: str, language: str = "en") -> Answer:
    """The answer among articles and scripts of ``small``."""
    kinds = search.KNOWLEDGE
    return search.search(words, language=language, today=TODAY, indexes=[small], kinds=kinds)


def ids(answer: Answer) -> list[str]:
    """The ids of what was found, in order."""
    return [hit.id for hit in answer.hits]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("cant pay fine", "fine-late"),
        ("pay my fine", "fine-pay"),
        ("I can't pay my fines", "fine-late"),
        ("intrepreter", "interpreter"),
        ("interp", "interpreter"),
        ("wearing", "court-dress"),
        ("ex 999", "interpreter"),
        ("EX-999", "interpreter"),
        ("reithgor", "jury-defer"),
        ("ddirwy", "fine-late"),
        ("GOHIRIO’R rheithgor", "jury-defer"),
    ],
)
def test_users_words_find_what_is_meant(small: Index, words: str, first: str) -> None:
    """Misspelt, begun, inflected, mutated, or a form number in parts."""
    assert ids(found(small, words))[0] == first


def test_a_search_keeps_to_a_topic_and_to_a_language() -> None:
    """Without words all of a topic is shown; what is no topic is a word as any other."""
    fee = an_entry("fee", "Court fees", "refund", topics=("FEE",))
    welsh = an_entry("fee", "Ffioedd llys", "ad-daliad", language="cy", topics=("FEE",))
    fine = an_entry("fine", "Court fines", "refund of a fine", topics=("FIN",))
    reply = an_entry("fine", "Fees", kind="snippet", topics=("FEE",))
    made = indexed.of([fee, welsh, fine, reply])
    assert ids(found(made, "refund")) == ["fee", "fine"]
    assert ids(found(made, "refund t:fin")) == ["fine"]
    assert ids(found(made, "t:FEE")) == ["fee"]
    assert ids(found(made, "T:xyz refund")) == ["fee", "fine"]
    assert ids(found(made, "lang:cy refund")) == []
    [hit] = found(made, "lang:cy ad-daliad").hits
    assert hit.title == "Ffioedd llys"


def test_a_short_reply_takes_no_place_of_an_article_called_the_same() -> None:
    """Their titles are alike: the reply would win, and be left out as no article."""
    article = an_entry("fine", "Pay a fine online")
    reply = an_entry("fine", "Fine", body="Fine.", kind="snippet")
    assert ids(found(indexed.of([article, reply]), "fine")) == ["fine"]


def test_a_script_follows_the_articles_it_goes_with(small: Index) -> None:
    """Nobody says "hardship", and the script is what the officer needs."""
    assert "s-fine-late" in ids(found(small, "lost my job"))


def test_a_slip_is_told_and_a_known_word_is_none(small: Index) -> None:
    """The officer must see that other words were looked for."""
    assert found(small, "intrepreter please").did_you_mean == "interpreter please"
    assert found(small, "interpreter").did_you_mean == ""


def test_a_code_is_never_guessed(small: Index) -> None:
    """Another form is no near spelling of the one that was asked for."""
    answer = found(small, "ex998")
    assert not answer.close
    assert answer.did_you_mean == ""


def test_titles_are_in_the_language_of_the_officer_whatever_matched(small: Index) -> None:
    """A Welsh word typed on an English desk finds the item once, with its English title."""
    hits = found(small, "dirwy", "en").hits
    assert [hit.id for hit in hits].count("fine-late") == 1
    assert hits[0].title == "Cannot afford a court fine"
    assert found(small, "fine afford", "cy").hits[0].title == "Methu fforddio dirwy"


def test_nothing_close_is_said_and_what_there_is_is_shown(small: Index) -> None:
    """A wrong article read out with confidence is worse than none."""
    answer = found(small, "renew passport court")
    assert not answer.close
    assert answer.hits
    assert found(small, "cant pay fine").close


@pytest.mark.parametrize("words", ["", " ", "x", "'", '"', "%", "🙂", "(", 'AND "', "*", "\0"])
def test_odd_words_find_nothing_and_break_nothing(small: Index, words: str) -> None:
    """What is typed is never part of a query language."""
    assert found(small, words).hits == ()


def test_very_long_words_are_cut(small: Index) -> None:
    """A pasted letter is searched by its beginning."""
    assert ids(found(small, "cant pay fine " + "pay " * 5000))[0] in ("fine-late", "fine-pay")


def test_overdue_is_said_and_why_it_was_found(small: Index) -> None:
    """An officer must know before the figures are read out."""
    hit = found(small, "jury pay").hits[0]
    assert (hit.id, hit.overdue, hit.why) == ("jury-pay", True, "Users say: jury pay")


def test_what_is_used_often_wins_between_equals() -> None:
    """A little: never over a better match."""
    twins = indexed.of([an_entry("a", "Twin", "same words"), an_entry("b", "Twin", "same words")])
    ask = {"language": "en", "today": TODAY, "indexes": [twins]}
    assert search.search("same words", **ask).hits[0].id == "a"  # type: ignore[arg-type]
    assert search.search("same words", used={"b": 50}, **ask).hits[0].id == "b"  # type: ignore[arg-type]


def test_local_articles_join_the_shipped_ones(small: Index) -> None:
    """They are encrypted, so theirs is an index of its own, in memory."""
    local = indexed.of([an_entry("local-car-park", "Our car park", "where to park", local=True)])
    answer = search.search("where to park", language="en", today=TODAY, indexes=[small, local])
    assert (answer.hits[0].id, answer.hits[0].local) == ("local-car-park", True)


def test_courts_are_in_the_same_box(small: Index) -> None:
    """By their name alone, or beside words that the articles know."""
    for words in ("cardiff crown court", "pay fine cardiff"):
        answer = search.search(words, language="en", today=TODAY, indexes=[small])
        assert any(hit.kind == search.COURT for hit in answer.hits), words
    assert search.search("cardiff", language="en", today=TODAY, indexes=[small]).hits[0].kind == (
        search.COURT
    )


def test_threads_may_ask_one_index_at_once(small: Index) -> None:
    """Each key stroke starts a worker; the newest answer is shown, the others end in peace."""
    answers: list[list[str]] = []

    def ask() -> None:
        answers.extend(ids(found(small, "cant pay fine")) for _time in range(20))

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 80
    assert {tuple(answer) for answer in answers} == {tuple(answers[0])}


def test_the_index_is_made_once_and_opened_afterwards() -> None:
    """What it is made of is read only when the content has changed."""
    made: list[str] = []

    def make() -> list[Entry]:
        made.append("made")
        return ENTRIES

    first, again = indexed.kept("a" * 64, make), indexed.kept("a" * 64, make)
    assert made == ["made"]
    assert ids(found(first, "cant pay fine")) == ids(found(again, "cant pay fine"))
    indexed.kept("b" * 64, make)
    assert len(list(paths.cache_folder().glob("*.db"))) == 1


def test_a_broken_index_is_made_anew() -> None:
    """A full disk or a crash leaves half a file at the worst."""
    indexed.kept("c" * 64, lambda: ENTRIES)
    (file,) = paths.cache_folder().iterdir()
    file.write_bytes(b"half")
    assert ids(found(indexed.kept("c" * 64, lambda: ENTRIES), "cant pay fine"))
    assert knowledge_file.opened(file) is not None


def test_a_folder_that_cannot_be_written_does_not_stop_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is then made in memory, at every start."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "file" / "cache")
    assert ids(found(indexed.kept("d" * 64, lambda: ENTRIES), "cant pay fine"))


@pytest.mark.parametrize(
    "words", ["inter preter", "signlanguage interpreter", "interpreterhearing"]
)
def test_a_word_written_as_two_or_two_as_one_finds_the_same(words: str) -> None:
    """Nobody on the phone spells."""
    one = an_entry("spoken", "Interpreter for a hearing", "sign language at court")
    other = an_entry("other", "Parking at court", "where do i leave my car")
    asked = indexed.of([one, other])
    answer = search.search(
        words, language="en", today=TODAY, kinds=search.KNOWLEDGE, indexes=[asked]
    )
    assert ids(answer)[:1] == ["spoken"]


def test_short_replies_are_found_among_themselves() -> None:
    """Articles say so much more that they would crowd them out."""
    answer = search.search(
        "cannot pay fine", language="en", today=TODAY,
        kinds=[search.SNIPPET], indexes=[search.replies()],
    )  # fmt: skip
    assert answer.close
    assert {hit.kind for hit in answer.hits} == {search.SNIPPET}
