"""What is typed into the one box shows by its shape what it is about."""

from __future__ import annotations

import pytest

from deskapp.data.refs import new_ref
from deskapp.services.knowledge import search
from deskapp.services.typed_shape import Shape, shape


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("cant pay my fine", Shape.WORDS),
        ("methu talu dirwy", Shape.WORDS),
        ("jur", Shape.WORDS),
        ("ex160", Shape.WORDS),
        ("EX 160", Shape.WORDS),
        ("n-244", Shape.WORDS),
        ("21 days to reply", Shape.WORDS),
        ("jones", Shape.NAME),
        ("Siân Ŵynne-Ŷ", Shape.NAME),
        ("CF10 1AA", Shape.NUMBER),
        ("01632 960 123", Shape.NUMBER),
        ("07700", Shape.NUMBER),
        ("AB12C345", Shape.NUMBER),
        (new_ref("E", lambda symbols: symbols[0]), Shape.NUMBER),
        ("日本 太郎", Shape.NAME),
        ("[/b] '; --", Shape.NAME),
    ],
)
def test_shape_decides_what_stands_first(typed: str, seen: Shape) -> None:
    """Words show articles first, names and numbers show people and cases first."""
    assert shape(typed, search.shipped().words) is seen
