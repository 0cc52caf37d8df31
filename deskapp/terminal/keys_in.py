"""Keys as they arrive: nothing that is not a key of ours types into a field.

Source: design/thin_terminals.md R8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys

_NUMBERED_KEY = re.compile(r"\x1b\[(\d+)(?:;[\d;]*)?~")
# A whole control sequence: the Linux console's `ESC [ [ A`, rxvt's `ESC [ 23 $`, and the usual.
_WHOLE_SEQUENCE = re.compile(
    r"\x1b\[(?:\[[ -~]|[0-9;]+\$|[0-?]*[ -#%-/]*[@-Z\\-~])|\x1bO[0-9;]*[@-~]"
)


class KeyParser(XTermParser):
    """Textual's parser, which would otherwise type what it does not know."""

    def __init__(self, *, mouse: bool, debug: bool = False) -> None:
        super().__init__(debug)
        self._mouse = mouse

    def patience_seconds(self) -> float | None:
        """How long to wait for the rest of a key; None when nothing is half read."""
        if self._timeout_time is None:
            return None
        return max(0.0, self._timeout_time - get_time())

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        numbered = _NUMBERED_KEY.fullmatch(sequence)
        if numbered and f"{numbered[1]}~" not in FUNCTIONAL_KEYS:
            # Shift+Fn: Textual would take the number for a character.
            yield Key(Keys.Ignore, sequence)
            return
        known = False
        for event in super()._sequence_to_key_events(sequence, alt):
            known = True
            # Alt+letter is no key of ours, and its letter was not meant for the field.
            yield Key(event.key, None) if alt else event
        if not known and self._is_stray(sequence):
            yield Key(Keys.Ignore, sequence)

    def _is_stray(self, sequence: str) -> bool:
        """Whether ``sequence`` is complete, and nothing that Textual reads after the keys."""
        if self._mouse and sequence[-1] in "mM":
            return False
        return _WHOLE_SEQUENCE.fullmatch(sequence) is not None
