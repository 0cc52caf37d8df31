"""What is sent in differences shows the same as all that Textual writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.terminal import abilities, differ, grid, moves, paint, pen, scroll
from deskapp.terminal import screen as screen_module
from deskapp.terminal.abilities import Abilities
from deskapp.terminal.screen import Screen
from tests.terminal.emulator import Both, Emulator
from tests.terminal.paints import paints, seeded

TERMINALS = (abilities.MODERN, abilities.IN_DEFAULT_COLOUR, abilities.VT100, abilities.UNKNOWN)
SEEDS = range(60)
SIZE = re.compile(r"(\d+)x(\d+)")


def play(pieces: Iterable[str], can: Abilities) -> Both:
    """Write ``pieces`` to both terminals, and compare them whenever something is sent."""
    both: Both | None = None
    for piece in pieces:
        if size := SIZE.fullmatch(piece):
            columns, rows = map(int, size.groups())
            if both is None:
                both = Both(columns, rows, can)
                both.screen.forget()
            else:
                both.resize(columns, rows)
            continue
        assert both is not None
        if piece == "redraw":
            both.scribble()
            both.screen.forget()
        if piece in ("flush", "redraw"):
            both.flush()
            both.assert_equal()
        else:
            both.write(piece)
    assert both is not None
    both.flush()
    both.assert_equal(all_rows=True)
    return both


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(TERMINALS))
def test_any_paint_is_seen_as_it_was_painted(data: st.DataObject, can: Abilities) -> None:
    """Moves, looks, wide and combined letters, erasing, lists that scroll, resizes, rubbish."""
    play(paints(lambda some: data.draw(st.sampled_from(some)), steps=12), can)


@pytest.mark.parametrize("can", TERMINALS, ids=["modern", "screen", "vt100", "unknown"])
def test_long_paints_are_seen_as_they_were_painted(can: Abilities) -> None:
    """The same ones that find each of the faults below."""
    for seed in SEEDS:
        play(seeded(seed), can)


@pytest.mark.parametrize(("columns", "last"), [(4, grid.HALF), (5, " ")])
def test_a_wide_letter_that_a_smaller_terminal_cuts_off_leaves_a_space(
    columns: int, last: str
) -> None:
    """Half of it would be sent where there is no room; between two letters nothing is cut off."""
    cells = grid.Grid(6, 1)
    cells.write(0, 0, "\u65e5\u672c\u8a9e", "")
    cells.resize(columns, 1)
    assert cells.letters[0][-1] == last


def test_a_line_feed_in_the_last_row_moves_all_rows_up() -> None:
    """As what is printed without a move of the cursor does."""
    both = play(["8x3", "one\ntwo\nthree", "flush", "\nfour", "flush"], abilities.MODERN)
    shown = ["".join(cell.letter for cell in both.thin.seen(row)).rstrip() for row in range(3)]
    assert shown == ["two", "three", "four"]


# -- each way of sending less is worth it ------------------------------------------------------


def sent(*pieces: str, can: Abilities = abilities.MODERN, before: str = "") -> str:
    """What reaches the terminal for the last piece, on 20 columns and 6 rows."""
    screen = Screen(20, 6, can)
    for piece in (before, *pieces):
        last = "".join(screen.read(piece))
        last += screen.difference()
    return last


def rows(first: int) -> str:
    """Six rows of different words."""
    words = ("anchor", "bell", "compass", "deck", "engine", "flag", "galley")
    return "".join(f"\x1b[{row + 1}H{words[first + row]:10}" for row in range(6))


@pytest.mark.parametrize(
    ("before", "piece", "expected"),
    [
        pytest.param("\x1b[HAnn", "\x1b[HAnn", "", id="nothing"),
        pytest.param("\x1b[HAnn", "\x1b[HA", "\b\b", id="nothing but the cursor"),
        pytest.param("\x1b[HAnn", "\x1b[HAnne", "e", id="a letter"),
        pytest.param("\x1b[Habc d", "\x1b[Hxbc y", "\rxbc y", id="a short gap"),
        pytest.param("abcdefghij", "\x1b[Hxbcdefghiy", "\rx\x1b[8Cy", id="a long gap"),
        pytest.param(
            "a\x1b[1mb\x1b[0mc", "\x1b[Hx\x1b[1mb\x1b[0my", "\rx\x1b[Cy", id="a gap in another look"
        ),
        pytest.param("Ann Jones", "\x1b[4G      ", "\x1b[5D\x1b[K\x1b[5C", id="a blank tail"),
        pytest.param("\x1b[Hab", "\x1b[H\x1b[1ma\x1b[0m", "\r\x1b[1ma", id="a look"),
        pytest.param("\x1b[1;7ma\x1b[0m", "\x1b[7mb", "\x1b[22mb", id="a look less"),
        pytest.param("\x1b[1ma\x1b[0m", "b", "\x1b[mb", id="a look that ends"),
        pytest.param(
            "\x1b[1mabxyz\x1b[3G", "c\x1b[0m  ", "c  ", id="a look that is not seen on a space"
        ),
        pytest.param(
            "ab Jones",
            "\x1b[H\x1b[1mx\x1b[0mb       \x1b[2G",
            "\r\x1b[1mx\x1b[C\x1b[K\b",
            id="a look that is not seen on a blank tail",
        ),
        pytest.param(
            "\x1b[1mAnn",
            "\x1b[?1049hx",
            "\x1b[?1049h\x1b[;4H\x1b[m\x1b[1mx",
            id="what is no painting may leave the cursor and its look anywhere",
        ),
        pytest.param("ab", "\x1b[2Hc", "\r\nc", id="the next row"),
        pytest.param(
            "\x1b[H\u65e5\u672c ab", "\x1b[H\u65e5\u672c ac", "\bc\x1b[K", id="behind wide letters"
        ),
        pytest.param(
            rows(0),
            rows(1) + "\x1b[6;7H",
            "\x1b[1;6r\x1b[6H\n\x1b[r\x1b[6Hgalley",
            id="rows that went up",
        ),
        pytest.param(
            rows(1),
            rows(0) + "\x1b[;7H",
            "\x1b[1;6r\x1b[H\x1bM\x1b[r\x1b[Hanchor",
            id="rows that went down",
        ),
        pytest.param(
            "captain\r\nanchor\r\nbell\r\ncompass\r\ndeck",
            "\x1b[2Hbell  \x1b[3Hcompass\x1b[4Hdeck   \x1b[5Hengine",
            "\x1b[2;5r\x1b[5H\n\x1b[r\x1b[5Hengine",
            id="no more than three rows that went up",
        ),
        pytest.param(
            "a\r\nb\r\nc\r\nd",
            "\x1b[Hb\x1b[2Hc\x1b[3Hd\x1b[4He",
            "\x1b[Hb\r\nc\r\nd\r\ne",
            id="rows that are sooner written again",
        ),
    ],
)
def test_as_little_is_sent_as_need_be(before: str, piece: str, expected: str) -> None:
    """T4 to T6 are met by these."""
    assert sent(piece, before=before) == expected


@pytest.mark.parametrize(
    "can", [abilities.IN_DEFAULT_COLOUR, abilities.VT100], ids=["screen", "vt100"]
)
def test_a_terminal_that_erases_without_colour_is_asked_to(can: Abilities) -> None:
    """What is blank in the colour of the terminal; what has another one is written."""
    assert sent("\x1b[4G      ", before="Ann Jones", can=can) == "\x1b[5D\x1b[K\x1b[5C"
    assert "\x1b[K" not in sent("\x1b[4G\x1b[44m" + " " * 17, before="Ann Jones", can=can)


def test_a_terminal_is_asked_for_nothing_that_it_may_not_know() -> None:
    """Without its name only moves and colours are sent, as plain Textual does."""
    known = sent(rows(1) + "\x1b[H          ", before=rows(0), can=abilities.UNKNOWN)
    assert known
    assert not re.search(r"\x1b\[K|\x1b\[[0-9;]*r|\x1bM", known)
    assert abilities.of("dumb") is abilities.of("") is abilities.UNKNOWN
    assert abilities.of("vt220") is abilities.VT100
    assert abilities.of("xterm-256color") is abilities.of("linux") is abilities.MODERN
    assert abilities.of("screen") is abilities.of("tmux-256color") is abilities.IN_DEFAULT_COLOUR
    assert abilities.of("some-new-256color") is abilities.IN_DEFAULT_COLOUR


# -- a letter that a terminal draws as wide as it likes ----------------------------------------


class Odd(Emulator):
    """A terminal that has its own idea of how wide an emoji is."""

    def draw(self, data: str) -> None:
        """Draw a face in one cell, a heart in two, the pieces of a joined one beside each other."""
        for letter, drawn in (("\u200d", ""), ("\U0001f600", "*"), ("\u2764", "\u65e5")):
            data = data.replace(letter, drawn)
        super().draw(data)


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f466"


@pytest.mark.parametrize(
    "name", ["\U0001f600", FAMILY, "\u65e5\u672c", "\u2764", "\u2764\ufe0f", "\u231a"]
)
def test_what_stands_behind_an_emoji_stays_in_its_column(name: str) -> None:
    """Terminals and Textual know emoji of different years."""
    assert behind_a_name(name) == ["Cardiff", "Swansea"]


def behind_a_name(name: str) -> list[str]:
    """The words in column 12 when a row with ``name`` is painted, and painted again."""
    screen, terminal = Screen(20, 6, abilities.MODERN), Odd(20, 6, abilities.MODERN)
    found = []
    for word in ("Cardiff", "Swansea"):
        assert list(screen.read(f"\x1b[2;1HAnn {name}\x1b[2;13H{word}")) == []
        terminal.stream.feed(screen.difference())
        found.append("".join(terminal.buffer[1][column].data for column in range(12, 19)))
    return found


# -- every fault would be found ----------------------------------------------------------------


def wide_forgotten(text: str) -> list[tuple[str, int]]:
    return [(letter, 1) for letter in text]


def nothing(*_given: Any) -> None:
    return None


def tail_too_long(self: differ.Differ, row: int, wanted: grid.Grid) -> int:
    return max(0, TAIL(self, row, wanted) - 1)


def first_change_forgotten(row: int, shown: grid.Grid, wanted: grid.Grid) -> list[int]:
    changed = CHANGED(row, shown, wanted)
    return changed[1:] or changed


def erased_in_any_look(self: differ.Differ, row: int, wanted: grid.Grid, tail: int, _: int) -> None:
    self.move(tail, row)
    self.sent.append(differ.ERASE_TAIL)


def one_back_too_many(column: int, row: int, to_column: int, to_row: int) -> str:
    return moves.way(column, row, to_column, to_row).replace("\b", "\b\b", 1)


def behind_the_last_column_known(
    self: differ.Differ, row: int, wanted: grid.Grid, start: int, end: int
) -> None:
    CELLS(self, row, wanted, start, end)
    self.column = end


def scrolled(fault: Callable[[str], str]) -> Callable[[differ.Differ, scroll.Scroll], None]:
    def send(self: differ.Differ, found: scroll.Scroll) -> None:
        before = len(self.sent)
        SCROLL(self, found)
        self.sent[before:] = [fault("".join(self.sent[before:]))]

    return send


def scrolled_in_colour(self: differ.Differ, found: scroll.Scroll) -> None:
    self.use("44")
    before = len(self.sent)
    SCROLL(self, found)
    del self.sent[before]
    self.look = "44"


def no_reset(before: str, wanted: str, *, by_reset: bool) -> str:
    return f"\x1b[{wanted}m" if wanted and wanted != before else ""


def gap_left_out(
    changed: list[int], letters: list[str], looks: list[str]
) -> Iterable[tuple[int, int]]:
    for start, _end in BRIDGED(changed, letters, looks):
        length = 1
        while start + length in changed:
            length += 1
        yield start, start + length


def same_letters(self: grid.Grid, row: int, other: grid.Grid, other_row: int) -> bool:
    return self.letters[row] == other.letters[other_row]


def row_shared(self: grid.Grid, row: int, other: grid.Grid) -> None:
    self.letters[row], self.looks[row] = other.letters[row], other.looks[row]


def one_column_off(column: int, row: int, to_column: int, to_row: int) -> str:
    sequence = moves.way(column, row, to_column, to_row)
    return re.sub(r"\x1b\[(\d+)C", lambda count: f"\x1b[{int(count[1]) + 1}C", sequence)


def line_feed_keeps_column(column: int, row: int, to_column: int, to_row: int) -> str:
    return "\n" if to_row == row + 1 else moves.way(column, row, to_column, to_row)


TAIL, CELLS, SCROLL = differ.Differ._tail, differ.Differ._cells, differ.Differ.scroll
BRIDGED, CHANGED = differ._bridged, differ._changed
FAULTS: dict[str, tuple[object, str, object]] = {
    "wide letters take one cell": (grid, "_letters", wide_forgotten),
    "half a wide letter stays": (grid.Grid, "_part_halves", nothing),
    "combining marks are lost": (grid.Grid, "_join", nothing),
    "a space looks like its letter": (grid, "on_space", lambda look: ""),
    "a blank tail is too long": (differ.Differ, "_tail", tail_too_long),
    "a tail of any look is erased": (differ, "behind", lambda look: look),
    "the cursor is known behind the last column": (
        differ.Differ,
        "_cells",
        behind_the_last_column_known,
    ),
    "one row too many is scrolled": (
        differ.Differ,
        "scroll",
        scrolled(lambda data: re.sub(r"(\n|\x1bM)", r"\1\1", data, count=1)),
    ),
    "rows go the other way": (
        differ.Differ,
        "scroll",
        scrolled(lambda data: data.replace("\n", "\x1bM")),
    ),
    "the region is one row short": (
        differ.Differ,
        "scroll",
        scrolled(lambda data: re.sub(r";(\d+)r", lambda end: f";{int(end[1]) - 1}r", data)),
    ),
    "the region stays": (
        differ.Differ,
        "scroll",
        scrolled(lambda data: data.removesuffix("\x1b[r")),
    ),
    "new rows get a colour": (differ.Differ, "scroll", scrolled_in_colour),
    "the rows of a scroll are not compared again": (
        differ.Differ,
        "copy",
        lambda self: self,
    ),
    "a look is never reset": (differ, "change", no_reset),
    "no space needs a look": (
        differ,
        "_fits",
        lambda in_use, letter, look: letter == " " or in_use == look,
    ),
    "a gap is neither written nor skipped": (differ, "_bridged", gap_left_out),
    "rows differ by letters only": (grid.Grid, "same_row", same_letters),
    "what is shown is not copied": (grid.Grid, "take_row", row_shared),
    "a step is one column too wide": (differ, "way", one_column_off),
    "a step back is one column too wide": (differ, "way", one_back_too_many),
    "a blank tail has the look before it": (differ.Differ, "_erase", erased_in_any_look),
    "what is sent begins behind the first change": (differ, "_changed", first_change_forgotten),
    "a line feed keeps the column": (differ, "way", line_feed_keeps_column),
    "a redraw forgets nothing": (Screen, "forget", nothing),
    "looks end with their text": (paint, "after", lambda look, numbers: pen.after("", numbers)),
    "switching bold off is not read": (
        paint,
        "after",
        lambda look, numbers: look if numbers == "22" else pen.after(look, numbers),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose, each part fails in the same paints that pass above."""
    owner, name, broken = FAULTS[fault]
    monkeypatch.setattr(owner, name, broken)
    assert found_in_paints()


def found_in_paints(terminals: Iterable[Abilities] = TERMINALS) -> bool:
    """Whether some paint is not seen as it was painted."""
    for can in terminals:
        for seed in SEEDS:
            try:
                play(seeded(seed), can)
            except (AssertionError, IndexError):
                return True
    return False


@pytest.mark.parametrize("can", [abilities.IN_DEFAULT_COLOUR, abilities.UNKNOWN])
def test_a_terminal_that_cannot_what_is_asked_of_it_is_found(
    can: Abilities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every terminal erases in colour or knows regions."""
    monkeypatch.setattr(screen_module, "Differ", lambda _can: differ.Differ(abilities.MODERN))
    assert found_in_paints([can])


def test_trust_in_the_width_of_an_emoji_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words behind it would be somewhere else."""
    monkeypatch.setattr(differ, "is_sure", lambda letters: True)
    assert behind_a_name("\U0001f600") != ["Cardiff", "Swansea"]
