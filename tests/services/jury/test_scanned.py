"""What a scanner sends and an officer types in its place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.errors import DeskError
from deskapp.services.jury import scanned
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.scanned import Proof, Scan, SetTime
from deskapp.services.typed import NotUnderstoodError

NINE = st.from_regex(r"[0-9]{9}", fullmatch=True)


@given(number=NINE, frame=st.sampled_from(["{}", "*{}*", "*{}", "{}*", " {} "]))
def test_nine_digits_are_a_juror_with_or_without_the_frame_of_a_barcode(
    number: str, frame: str
) -> None:
    """Leading zeros count."""
    assert scanned.read(frame.format(number)) == Scan((number,))


@pytest.mark.parametrize("text", ["905", "0905", "9:05", "9.05"])
def test_a_time_alone_holds_for_what_follows(text: str) -> None:
    """Any of the usual spellings; behind a number it holds for that line."""
    assert scanned.read(text) == SetTime(dt.time(9, 5))
    assert scanned.read(f"641500001 {text}") == Scan(("641500001",), dt.time(9, 5))


@pytest.mark.parametrize("text", ["now", "NOW", "nawr"])
def test_now_ends_a_typed_time(text: str) -> None:
    """In both languages."""
    assert scanned.read(text) == SetTime(None)


def test_one_letter_is_a_proof_of_identity() -> None:
    """Whether it is one of the list is asked when it is stored."""
    assert scanned.read("p") == Proof("P")


def test_several_numbers_in_a_line_are_several_jurors() -> None:
    """As a scanner that pastes sends them."""
    assert scanned.read("641500001 641500002") == Scan(("641500001", "641500002"))


@pytest.mark.parametrize("text", ["", "12345678", "1234567890", "64150000x", "**641500001**", "å"])
def test_anything_else_is_no_number(text: str) -> None:
    """Too short, too long, with a letter, framed twice."""
    with pytest.raises(RefusedError) as refused:
        scanned.read(text)
    assert refused.value.code is Refusal.BAD_NUMBER


def test_a_time_that_is_none_is_told_as_such() -> None:
    """And not as a number that is too short."""
    with pytest.raises(NotUnderstoodError):
        scanned.read("2561")


@given(st.text(max_size=40))
def test_noise_is_refused_in_words(text: str) -> None:
    """Whatever a scanner sends, nothing but a refusal comes of it."""
    try:
        meant = scanned.read(text)
    except DeskError:
        return
    assert isinstance(meant, Scan | SetTime | Proof)
