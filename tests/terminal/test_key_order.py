"""Keys that arrive together act in the order in which they were pressed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal.pty_session import PtySession

HERE = Path(__file__).parent
LEFT, SHIFT_TAB, F3 = "\x1b[D", "\x1b[Z", "\x1bOR"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("ab\tcd", r"\Aab +\ncd "),
        (f"ab\tcd{SHIFT_TAB}{LEFT}ef\tgh", r"\Aefab +\ngh "),
        (f"ab{LEFT}{LEFT}xy", r"\Axyab "),
        (f"ab{F3}cd", r"\Acd "),
        (f"ab{F3}cd\r\tef", r"(?s)\Aab +\nef .*form <cd>"),
        (f"ab\x1b[200~pasted\x1b[201~\tcd{F3}x\rz", r"(?s)\Aabpasted +\ncdz .*form <x>"),
        ("x" * 60 + "\t" + "y" * 60, r"\Ax{60} +\ny{60} "),
    ],
)
def test_keys_that_arrive_at_once_go_where_each_was_meant(keys: str, shown: str) -> None:
    """A slow link delivers a Tab and the words after it in one packet, a barcode reader too."""
    with PtySession(["thin"], warm="tests.terminal.two_fields_app") as terminal:
        terminal.wait_for("two=")
        terminal.settle()
        terminal.send(keys)
        terminal.wait_for(shown)
        terminal.settle()
        terminal.wait_for(shown)


def test_keys_typed_before_the_first_page_go_where_they_were_meant() -> None:
    """R10: nothing typed during the start is lost or misplaced."""
    command = [sys.executable, str(HERE / "two_fields_app.py")]
    with PtySession(command, env={"PYTHONPATH": str(HERE.parents[1])}) as terminal:
        terminal.send("ab\tcd")
        terminal.wait_for(r"(?m)^ab +\n^cd ")
