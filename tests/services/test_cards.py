"""Numbers that may be payment cards are found however they are written, and blanked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services import cards

TEST_CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "4222222222222")
"""Numbers that card schemes publish for tests; nobody's."""


def with_check_digit(figures: str) -> str:
    """``figures`` and the digit that makes them pass."""
    return next(figures + last for last in "0123456789" if cards.find(figures + last))


@pytest.mark.parametrize("card", TEST_CARDS)
@pytest.mark.parametrize("shape", ["{}", "card {}.", "({})", "no:{},", "{}\nnext line"])
def test_card_number_is_found_and_blanked_in_a_sentence(card: str, shape: str) -> None:
    """The words around it stay as they are."""
    text = shape.format(card)
    assert cards.find(text) == [card]
    assert cards.blank(text) == shape.format(cards.BLANK)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111 1111 1111 1111 12/27 123",
        "4111 1111 1111 1111 exp 1227",
        "2 cards 4111 1111 1111 1111",
        "3 4111 1111 1111 1111",
        "01632 960001 4111 1111 1111 1111",
        "paid with 378282 2463 10005 today",
    ],
)
def test_spaces_hyphens_and_numbers_beside_it_hide_nothing(text: str) -> None:
    """A card is read out with its expiry date and security code."""
    assert cards.find(text)
    assert cards.BLANK in cards.blank(text)
    assert not cards.find(cards.blank(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4111111111111112",
        "07700 900982",
        "account 20123456",
        "AB-4111111111111111",
        "4111111111111111X",
        "case 24 A 1234",
        "1" * 12,
    ],
)
def test_what_is_no_card_number_is_left_alone(text: str) -> None:
    """Phone numbers, account numbers and case references are what notes are for."""
    assert cards.find(text) == []
    assert cards.blank(text) == text


@given(st.text(max_size=80))
def test_blanking_leaves_no_card_and_is_done_once(text: str) -> None:
    """What was blanked is asked about no second time."""
    blanked = cards.blank(text)
    assert cards.find(blanked) == []
    assert cards.blank(blanked) == blanked
    assert (blanked != text) == bool(cards.find(text))


@given(
    st.text("0123456789", min_size=12, max_size=18),
    st.integers(0, 18),
    st.sampled_from("0123456789"),
)
def test_one_wrong_figure_is_no_card_number(figures: str, place: int, wrong: str) -> None:
    """The check digit of cards catches every single slip (ISO/IEC 7812)."""
    number = with_check_digit(figures)
    at = place % len(number)
    if number[at] != wrong:
        assert cards.find(number[:at] + wrong + number[at + 1 :]) == []


def test_a_long_row_of_figures_is_looked_through_quickly() -> None:
    """Somebody pastes a spreadsheet; the work grows with the text, not with its square."""
    assert cards.blank("12 " * 7000) is not None


def test_fields_are_those_of_the_named_ones_that_hold_one() -> None:
    """A phone number has a field of its own; a field may not be filled in yet."""
    values = dict.fromkeys(("question", "phone"), TEST_CARDS[0])
    assert cards.fields(values, ["question", "answer"]) == ["question"]
    assert cards.fields(dict.fromkeys(values, "07700 900982"), values) == []
