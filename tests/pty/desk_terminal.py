"""The real application in a real terminal, on a store prepared by the test."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.terminal.pty_session import PtySession
from tests.terminal.warm import DESKAPP

REPOSITORY = Path(__file__).parents[2]
THIN = ("--profile", "thin")
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
F1, F2, F3, F5, F8 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[15~", "\x1b[19~"
F4, F9, F10 = "\x1bOS", "\x1b[20~", "\x1b[21~"
UP, DOWN, ENTER, TAB, ESCAPE = "\x1b[A", "\x1b[B", "\r", "\t", "\x1b"
CTRL_G, CTRL_N, CTRL_O, CTRL_P, CTRL_Q = "\x07", "\x0e", "\x0f", "\x10", "\x11"
CTRL_R, CTRL_T = "\x12", "\x14"
MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


def desk_terminal(
    home: Path,
    *options: str,
    command: tuple[str, ...] = ("-m", "deskapp"),
    term: str | None = "xterm-256color",
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
    ignore_hang_up: bool = False,
) -> PtySession:
    """``python -m deskapp`` with the folder of the test, in a terminal of its own."""
    environment = {"DESKAPP_HOME": str(home), "PYTHONPATH": str(REPOSITORY), **(env or {})}
    line = [sys.executable, *command, *options]
    return PtySession(
        line,
        term=term,
        size=size,
        env=environment,
        cwd=str(REPOSITORY),
        ignore_hang_up=ignore_hang_up,
    )


def warm_terminal(
    home: Path,
    *options: str,
    term: str | None = "xterm-256color",
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
) -> PtySession:
    """The same with its models imported before: for what is not about the start."""
    environment = {"DESKAPP_HOME": str(home), **(env or {})}
    return PtySession(options, term=term, size=size, env=environment, warm=DESKAPP)


def pasted(text: str) -> str:
    """The text as a terminal sends what is pasted."""
    return f"{PASTE}{text}{PASTE_END}"


def left_on(raw: bytes) -> set[bytes]:
    """Private modes that were set and not put back; wrapping and the cursor are on at first."""
    now = {b"7": b"h", b"25": b"h"}
    for numbers, way in MODES.findall(raw):
        for number in numbers.split(b";"):
            now[number] = way
    return {number for number, way in now.items() if (way == b"h") != (number in {b"7", b"25"})}
