"""F10 on a real terminal: every cell that showed something is blank at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.desk_terminal import F2, F10, TAB, warm_terminal

COVERED = "This screen is covered. F10 or Esc comes back."


@pytest.mark.parametrize("profile", ["full", "thin", "ascii"])
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_the_privacy_key_blanks_the_whole_terminal(
    profile: str, size: tuple[int, int], folder: Path
) -> None:
    """What the terminal was sent before is erased there too, not only believed to be."""
    with warm_terminal(folder.parent, "--profile", profile, size=size) as terminal:
        terminal.wait_for("Nothing waits for you")
        terminal.send(F2)
        terminal.wait_for("What was asked")
        terminal.send(f"fine{TAB}Ann Jones")
        terminal.wait_for("Ann Jones")
        sent = len(terminal.raw)
        terminal.send(F10)
        terminal.wait_for(COVERED)
        terminal.settle(quiet=0.4)
        assert terminal.screen().split() == COVERED.split()
        assert b"\x1b[2J" in terminal.raw[sent:]
        assert b"Ann" not in terminal.raw[sent:]
        terminal.send(F10)
        terminal.wait_for("Ann Jones")
