"""Looks and moves: whatever is sent does what it is meant to, and nothing shorter would."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.terminal import pen
from deskapp.terminal.moves import UNKNOWN, absolute, way
from tests.terminal.emulator import Emulator
from tests.terminal.paints import LOOKS

LOOK = st.lists(st.sampled_from(LOOKS), max_size=4).map(
    lambda parts: pen.after("", ";".join(filter(None, parts)))
)
COLUMNS, ROWS = 14, 6


def applied(look: str, sequences: str) -> str:
    """The look after SGR sequences."""
    for numbers in re.findall(r"\x1b\[([0-9;]*)m", sequences):
        look = pen.after(look, numbers)
    return look


@given(LOOK, LOOK, st.booleans())
def test_a_change_of_look_is_that_change(before: str, wanted: str, by_reset: bool) -> None:
    """Whether or not the terminal can switch off a single attribute."""
    sent = pen.change(before, wanted, by_reset=by_reset)
    assert applied(before, sent) == wanted
    assert len(sent) <= len(f"\x1b[0;{wanted}m")
    if by_reset:
        numbers = sent[2:-1].split(";") if sent else []
        assert not {"22", "23", "24", "25", "27", "29", "39", "49"} & set(numbers)


@given(LOOK)
def test_a_look_is_the_same_however_it_is_written(look: str) -> None:
    """So that two looks can be compared as texts."""
    assert pen.after("", look) == look
    assert pen.after(look, "") == pen.after(look, "0") == ""
    assert pen.on_space(pen.on_space(look)) == pen.on_space(look)


@pytest.mark.parametrize(
    ("look", "on_space"),
    [
        *[("1;31", ""), ("31;44", "44"), ("7;31", "7;31"), ("1;4;31", "4;31"), ("3;9", "9")],
        *[("", ""), ("21;31", "21;31"), ("51;31", "51;31"), ("52;31", "52;31"), ("53", "53")],
    ],
)
def test_a_space_shows_no_letter(look: str, on_space: str) -> None:
    """Only its background, lines and reverse video are seen."""
    assert pen.on_space(look) == on_space


@pytest.mark.parametrize(
    ("number", "off"),
    [
        *[(1, 22), (2, 22), (3, 23), (4, 24), (5, 25), (6, 25), (7, 27), (8, 28), (9, 29)],
        *[(21, 24), (51, 54), (52, 54), (53, 55)],
    ],
)
def test_an_attribute_is_switched_off_by_its_own_number(number: int, off: int) -> None:
    """ECMA-48, SGR: also those that the emulator of these tests does not show, such as dim."""
    with_colour = pen.after("", f"{number};31")
    assert with_colour == f"{number};31"
    assert pen.after(with_colour, str(off)) == "31"
    assert pen.change(with_colour, "31", by_reset=False) == f"\x1b[{off}m"


def test_each_of_the_sixteen_colours_takes_the_place_of_the_one_before() -> None:
    """Letters and what is behind them, dark and bright."""
    for letters in (*range(30, 38), *range(90, 98)):
        behind = letters + 10
        assert pen.after("1;35;45", str(letters)) == f"1;{letters};45"
        assert pen.after("1;35;45", str(behind)) == f"1;35;{behind}"
        assert pen.behind(f"{letters};{behind}") == str(behind)


def test_every_way_leads_there_and_none_scrolls() -> None:
    """From every cell of a small screen to every other."""
    terminal = Emulator(COLUMNS, ROWS)
    terminal.stream.feed("top")
    cells = list(product(range(COLUMNS), range(ROWS)))
    for column, row in cells[:: COLUMNS // 4]:
        for to_column, to_row in cells:
            terminal.cursor.x, terminal.cursor.y = column, row
            sequence = way(column, row, to_column, to_row)
            terminal.stream.feed(sequence)
            assert (terminal.cursor.x, terminal.cursor.y) == (to_column, to_row)
            assert len(sequence) <= len(absolute(to_column, to_row))
    assert "top" in "".join(cell.letter for cell in terminal.seen(0))


def test_from_an_unknown_column_or_row_the_way_is_right() -> None:
    """Behind the last column, and after a sequence of somebody else."""
    terminal = Emulator(COLUMNS, ROWS)
    for (to_column, to_row), row in product(product(range(COLUMNS), range(ROWS)), (2, UNKNOWN)):
        terminal.cursor.x, terminal.cursor.y = COLUMNS - 1, 2
        terminal.stream.feed(way(UNKNOWN, row, to_column, to_row))
        assert (terminal.cursor.x, terminal.cursor.y) == (to_column, to_row)
