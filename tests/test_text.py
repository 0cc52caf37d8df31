"""Text from people is harmless before it is kept or shown, and found however it is spelt."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp import text

EVERY_TEXT = st.text(st.characters(codec=None))
"""Surrogates, controls and letters of every script."""
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(EVERY_TEXT)
def test_cleaned_text_holds_nothing_a_terminal_could_obey(typed: str) -> None:
    """Source: design sheet of sync, S1."""
    for letter in text.clean(typed):
        assert unicodedata.category(letter) not in {"Cc", "Cs"} or letter in "\t\n"
        assert letter not in BIDI


@given(EVERY_TEXT)
def test_cleaning_is_done_once_and_gives_one_spelling(typed: str) -> None:
    """The write gate and the read gate may both clean; accents compare equal."""
    cleaned = text.clean(typed)
    assert text.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"])))
def test_words_of_every_script_stay(typed: str) -> None:
    """Only controls go; a name is never shortened."""
    kept = unicodedata.normalize("NFC", typed.replace("\u2028", "\n").replace("\u2029", "\n"))
    assert text.clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("a\x00b\x7fc\x9bd", "abcd"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("Ann\u202egnol\u202c", "Anngnol"),
        ("tab\tstays", "tab\tstays"),
        ("Sia\u0302n", "Siân"),
        ("[/b] [@click=app.bell]x", "[/b] [@click=app.bell]x"),
        ("🙂 سارة", "🙂 سارة"),
    ],
)
def test_hostile_text_is_made_harmless_and_the_rest_stays(typed: str, cleaned: str) -> None:
    """What looks like markup is words."""
    assert text.clean(typed) == cleaned


@given(EVERY_TEXT)
def test_read_gate_takes_any_bytes(typed: str) -> None:
    """A row written past the gate must not stop a screen."""
    stored = typed.encode("utf-8", "surrogatepass")
    assert text.clean(text.clean_bytes(stored)) == text.clean_bytes(stored)


@given(EVERY_TEXT)
def test_one_line_is_one_line(typed: str) -> None:
    """For names, references and rows of lists."""
    line = text.one_line(typed)
    assert line == " ".join(line.split())
    assert text.one_line(line) == line


@pytest.mark.parametrize(
    "name", ["Siân O'Brien", "SIAN OBRIEN", "sian o’brien", "Sia\u0302n oʼBRIEN"]
)
def test_folded_names_are_one(name: str) -> None:
    """Accents, apostrophes and capitals differ with whoever typed."""
    assert text.fold(name) == "sian obrien"
    assert text.words(name) == ["sian", "obrien"]


@pytest.mark.parametrize(
    ("typed", "found"), [(" ab-12/c 34 ", "AB12C34"), ("sy23 1as", "SY231AS"), ("", "")]
)
def test_references_are_compared_without_their_signs(typed: str, found: str) -> None:
    """Case numbers are typed with and without them."""
    assert text.compact(typed) == found


@given(EVERY_TEXT)
def test_digits_are_those_a_phone_has(typed: str) -> None:
    """Figures of other scripts cannot be dialled."""
    assert set(text.digits(typed)) <= set("0123456789")
