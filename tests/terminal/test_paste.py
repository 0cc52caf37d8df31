"""What is pasted is text, whatever it holds and however it arrives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from deskapp.terminal.keys_in import PASTE, PASTE_END, KeyParser

HOSTILE = "a\x1b]0;x\x07b\x1b[3J\x1bOP\x07\x1b\x1b[200~c\x1b[20"
LEFT = "a]0;x\x07b[3JOP\x07[200~c[20"


def read(*pieces: str) -> list[str]:
    """Names of keys and texts of pastes, in their order."""
    parser = KeyParser(mouse=False)
    return [
        f"<{event.text}>" if isinstance(event, Paste) else event.key
        for piece in pieces
        for event in parser.feed(piece)
        if isinstance(event, Paste | Key)
    ]


def test_a_sequence_inside_a_paste_presses_no_key() -> None:
    """Ctrl+G and F1 in a pasted text would leave the form and type the rest elsewhere."""
    assert read(f"x{PASTE}{HOSTILE}{PASTE_END}y") == ["x", f"<{LEFT}>", "y"]


@pytest.mark.parametrize("at", range(1, len(PASTE + HOSTILE + PASTE_END)))
def test_a_paste_is_one_text_wherever_a_link_cuts_it(at: int) -> None:
    """Also in the middle of the marks at its ends."""
    text = f"x{PASTE}{HOSTILE}{PASTE_END}y"
    assert read(text[: at + 1], text[at + 1 :]) == ["x", f"<{LEFT}>", "y"]


@given(st.lists(st.text("ab\x1b[201~", min_size=1, max_size=4), max_size=12))
def test_a_paste_in_any_pieces_is_one_text(pieces: list[str]) -> None:
    """Property: only the mark ends it."""
    pasted = "".join(pieces).replace(PASTE_END, "")
    events = read(PASTE, *pieces, "|", PASTE_END, "y") if PASTE_END not in "".join(pieces) else []
    assert events in ([], [f"<{pasted.replace(chr(27), '')}|>", "y"])


def test_keys_after_two_pastes_are_keys() -> None:
    """The parser is as it was before."""
    assert read(f"{PASTE}a{PASTE_END}{PASTE}b{PASTE_END}", "\x1b[A", "z") == [
        "<a>",
        "<b>",
        "up",
        "z",
    ]
