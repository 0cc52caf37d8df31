"""What a terminal can do besides what Textual asks of every terminal.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from deskapp.terminal.profiles import KNOWN_TERMINALS


class Abilities(NamedTuple):
    """Ways of sending less."""

    erases: bool = True
    """The rest of a row, with the default background."""
    erases_in_colour: bool = True
    """The rest of a row, with any background."""
    scrolls: bool = True
    """Some of its rows."""
    by_reset: bool = False
    """It can switch attributes off only all at once."""


MODERN = Abilities()
IN_DEFAULT_COLOUR = Abilities(erases_in_colour=False)
VT100 = Abilities(erases_in_colour=False, by_reset=True)
UNKNOWN = Abilities(erases=False, erases_in_colour=False, scrolls=False, by_reset=True)
"""Moves of the cursor and colours only: without those no screen of Textual is right either."""


def of(terminal: str) -> Abilities:
    """What a terminal with this ``TERM`` can do."""
    family = re.split(r"[-.+]", terminal.lower())[0]
    if family in ("screen", "tmux"):
        return IN_DEFAULT_COLOUR
    if family in KNOWN_TERMINALS:
        return MODERN
    if re.fullmatch(r"vt[1-5]\d\d", family):
        return VT100
    return IN_DEFAULT_COLOUR if "256color" in terminal or "direct" in terminal else UNKNOWN
