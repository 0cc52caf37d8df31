"""What is shown where a terminal knows ASCII only: one table for every widget.

The screen alone is changed, never what is stored. Each piece keeps its width in cells, so the
layout is the same.

Source: design/thin_terminals.md R4.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, get_character_cell_size, split_graphemes

# Escape sequences are left alone; a piece of text is measured whole, as Textual measured it.
_PIECES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b.|[^\x00-\x1f\x7f]+", re.DOTALL)
_JOINERS = re.compile("[\u200d\ufe0f]")

# Likenesses that no Unicode decomposition gives.
_LIKE = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4",
    '"': "\u201c\u201d\u201e\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\u2194",
    "*": "\u2022\u25cf\u25c9\u2605\u2606",
    "o": "\u25cb\u25e6\u25ef\u00b0øð",
    ".": "\u2026\u00b7\u2219",
    "<": "\u2039\u2190\u25c0\u25c2\u25c4\u21d0\u21b5",
    ">": "\u203a\u2192\u25b6\u25b8\u25ba\u21d2",
    "^": "\u2191\u25b2\u25b4\u25b3",
    "v": "\u2193\u25bc\u25be\u25bd",
    "+": "\u2713\u2714",
    "x": "\u2717\u2718\u00d7\u2573",
    "/": "\u00f7\u2044\u2571",
    "\\": "\u2572",
    "#": "\u25a0\u25a1\u25aa\u25ab",
    "|": "\u00a6",
    "L": "£Ł",
    "E": "\u20acÆŒ",
    "Y": "\u00a5",
    "l": "ł",
    "O": "Ø",
    "a": "æ",
    "e": "œ",
    "s": "ß",
    "d": "đ",
    "D": "ĐÐ",
    "t": "þ",
    "T": "Þ",
    "i": "\u0131",
    "h": "ħ",
}
_LIKENESS = {character: plain for plain, group in _LIKE.items() for character in group}


def translate(data: str) -> str:
    """``data`` in ASCII, with its escape sequences, in exactly as many cells as before."""
    return data if data.isascii() else _PIECES.sub(_piece, data)


def _piece(match: re.Match[str]) -> str:
    piece = match[0]
    if piece.isascii():
        return piece
    if not _JOINERS.search(piece):
        return piece.translate(_table)
    spans, _cells = split_graphemes(piece)
    plain = "".join(_fit(piece[start], cells) for start, _end, cells in spans)
    cells = cell_len(piece)
    return plain.ljust(cells)[:cells]


def _fit(character: str, cells: int) -> str:
    """The likeness of ``character`` in ``cells`` cells; question marks where there is none."""
    plain = _likeness(character)
    if len(plain) == 1:
        return plain.ljust(cells)[:cells]
    return plain if len(plain) == cells else "?" * cells


def _likeness(character: str) -> str:
    """ASCII that looks like ``character``, of any length; empty where nothing does."""
    if character.isascii():
        return character
    if character in _LIKENESS:
        return _LIKENESS[character]
    if "\u2500" <= character <= "\u257f":
        return _line(unicodedata.name(character))
    if "\u2580" <= character <= "\u259f":
        return _block(unicodedata.name(character))
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain.isascii() else ""


def _line(name: str) -> str:
    """A piece of a box by its Unicode name: across, down, or where the two meet."""
    across = any(word in name for word in ("HORIZONTAL", "LEFT", "RIGHT"))
    down = any(word in name for word in ("VERTICAL", "UP", "DOWN"))
    return "+" if across and down else "-" if across else "|"


def _block(name: str) -> str:
    """A thin edge becomes a line, so that a bordered field stays a box; the rest is solid."""
    if name in {"LOWER ONE EIGHTH BLOCK", "UPPER ONE EIGHTH BLOCK"}:
        return "-"
    if name.startswith(("LEFT ", "RIGHT ")) and "HALF" not in name:
        return "|"
    return "#"


class _Table(dict[int, str]):
    """For ``str.translate``; a character is looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _fit(character, get_character_cell_size(character))
        self[code] = plain
        return plain


_table = _Table()
