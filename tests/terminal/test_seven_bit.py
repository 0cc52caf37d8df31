"""The ASCII likeness of what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual._border import BORDER_CHARS
from wcwidth import wcwidth

from deskapp.terminal.seven_bit import translate

SHOWN = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
JOINED = st.text(st.sampled_from("a1#é\u200d\ufe0f\u0301\u2764日👩🏽\u20e3🇬🇧"))


@given(st.one_of(SHOWN, JOINED))
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    """R4: no byte above 0x7F, and the layout that Textual measured holds."""
    plain = translate(text)
    assert plain.isascii()
    assert len(plain) == cell_len(text)


@given(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Mn", "Me", "Cf"]))
def test_a_character_is_as_wide_as_terminals_draw_it(character: str) -> None:
    """A second opinion on the width, where the two tables agree on what they measure."""
    if wcwidth(character) == cell_len(character):
        assert len(translate(character)) == wcwidth(character)


@given(st.text())
def test_no_text_at_all_leaves_a_byte_above_127(text: str) -> None:
    """Control characters and lone surrogates included."""
    assert translate(text).isascii()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Siân ŵŷ O’Brien – “hedd”", 'Sian wy O\'Brien - "hedd"'),
        ("£5 → €6 …", "L5 > E6 ."),
        ("Łódź Straße", "Lodz Strase"),
        ("日本", "????"),
        ("\uff21", "A "),
        ("½ ﬁ", "? ?"),
        ("e\u0301", "e"),
        ("Плеханов", "????????"),
    ],
)
def test_letters_become_their_base_letter(text: str, plain: str) -> None:
    """Readable where it can be, a question mark for each cell where it cannot."""
    assert translate(text) == plain


def test_every_border_of_textual_becomes_lines_or_blocks() -> None:
    """One table for every widget: a box stays a box."""
    characters = {char for rows in BORDER_CHARS.values() for row in rows for char in row}
    assert {translate(char) for char in characters} <= set("-|+# ")
    assert translate("╭─╮│╰═║╳") == "+-+|+-|x"
    assert translate("▊▔▎ █▀▄░") == "|-| ####"


@given(SHOWN)
def test_escape_sequences_pass_unchanged(text: str) -> None:
    """Only text is translated, not the sequences around it."""
    start, end = "\x1b[1;31m", "\x1b[0m\r\n\x1b[2;1H"
    assert translate(f"{start}{text}{end}") == f"{start}{translate(text)}{end}"
