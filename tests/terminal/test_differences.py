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
from tests.terminal.emulator import Both
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
    both.assert_equal()
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
