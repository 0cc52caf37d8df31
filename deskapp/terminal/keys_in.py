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
from textual.message import Message

ESC = "\x1b"
PASTE, PASTE_END = f"{ESC}[200~", f"{ESC}[201~"
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
        self._pasting = False
        self._before = ""
        """The end of what was read, which may be the first part of a paste's mark."""

    def feed(self, data: str) -> Iterable[Message]:
        """The keys and pastes in ``data``; no sequence inside a paste is taken for a key."""
        harmless = self._without_pasted_keys(data)
        if harmless or not data:
            yield from super().feed(harmless)

    def _without_pasted_keys(self, data: str) -> str:
        kept = []
        while data:
            if self._pasting:
                pasted, end, data = (self._before + data).partition(PASTE_END)
                self._pasting = not end
                self._before = "" if end else _beginning(pasted, PASTE_END)
                kept.append(pasted.removesuffix(self._before).replace(ESC, "") + end)
                continue
            read = self._before + data
            after_mark = read.find(PASTE) + len(PASTE)
            self._pasting = PASTE in read
            taken = after_mark - len(self._before) if self._pasting else len(data)
            self._before = "" if self._pasting else read[1 - len(PASTE) :]
            kept.append(data[:taken])
            data = data[taken:]
        return "".join(kept)

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


def _beginning(text: str, mark: str) -> str:
    """The end of ``text`` that may be the first part of ``mark``."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return mark[:length]
    return ""
