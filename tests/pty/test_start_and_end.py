"""Start and end of the real application, on the terminals it must live with."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from deskapp.errors import Exit
from deskapp.terminal.driver import LINE_LOST_EXIT
from tests.pty.desk_terminal import (
    CTRL_Q,
    F1,
    F2,
    F3,
    THIN,
    desk_terminal,
    left_on,
    warm_terminal,
)

COLOUR = re.compile(rb"(3|4|9|10)[0-8]")
FAULT = """
import sys
from deskapp import __main__
from deskapp.services import home

def look(*_given, **_named):
    raise RuntimeError("Ann Jones, fine of 80 pounds")

home.look = look
sys.exit(__main__.main(sys.argv[1:]))
"""


@pytest.fixture
def home(folder: Path) -> Path:
    """The folder of everything of a prepared desk."""
    return folder.parent


def sgr_parts(raw: bytes) -> set[bytes]:
    """Every part of every colour or style sequence."""
    return {part for sgr in re.findall(rb"\x1b\[([0-9;]*)m", raw) for part in sgr.split(b";")}


@pytest.mark.parametrize("profile", ["full", "thin"])
def test_the_first_page_is_home_and_leaving_puts_the_terminal_back(
    profile: str, home: Path
) -> None:
    """R11: Ctrl+Q and yes."""
    with desk_terminal(home, "--profile", profile) as terminal:
        terminal.wait_for(r"deskapp +Home +.*O'Brien .*Aberystwyth")
        terminal.wait_for("Nothing waits for you")
        terminal.send(CTRL_Q)
        terminal.wait_for("Leave deskapp")
        terminal.send("y")
        assert terminal.wait_exit() == Exit.OK
        assert left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_puts_the_terminal_back(number: signal.Signals, home: Path) -> None:
    """R9 and R11, with a form open."""
    with desk_terminal(home, *THIN) as terminal:
        terminal.wait_for("Nothing waits")
        terminal.send(F2)
        terminal.wait_for("What was asked")
        terminal.signal(number)
        assert terminal.wait_exit() == LINE_LOST_EXIT
        assert left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before


def test_a_fault_puts_the_terminal_back_and_tells_no_values(home: Path) -> None:
    """R11, and the report: a number for the administrator, no name and no traceback."""
    with desk_terminal(home, *THIN, command=("-c", FAULT)) as terminal:
        assert terminal.wait_exit() == Exit.SOFTWARE
        raw = bytes(terminal.raw)
        assert left_on(raw) == set()
        assert terminal.attributes() == terminal.attributes_before
    number = re.search(rb"this number: (\w+)", re.sub(rb"\s+", b" ", raw))
    assert number
    assert b"Ann" not in raw
    assert b"Traceback" not in raw
    report = home / "state" / "crashes" / f"{number[1].decode()}.txt"
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert "Ann" not in report.read_text(encoding="utf-8")


def test_a_vt100_without_utf_8_gets_no_byte_above_127(home: Path) -> None:
    """R4, with a name that has an accent, a form, an outcome menu and help."""
    with desk_terminal(home, term="vt100", env={"LANG": "C"}) as terminal:
        terminal.wait_for("Sian O'Brien")
        for key, sign in ((F2, "What was asked"), (F3, "Words of the caller"), (F1, "Help: Find")):
            terminal.send(key)
            terminal.wait_for(sign)
        terminal.settle()
        assert bytes(terminal.raw).isascii()


@pytest.mark.parametrize("profile", ["full", "thin"])
def test_no_colour_means_none(profile: str, home: Path) -> None:
    """R3: words carry the meaning, so nothing is lost."""
    with warm_terminal(home, "--profile", profile, env={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Nothing waits")
        terminal.send(F2)
        terminal.wait_for("What was asked")
        terminal.settle()
        parts = sgr_parts(bytes(terminal.raw))
    assert [part for part in parts if COLOUR.fullmatch(part)] == []


def test_thin_terminals_get_sixteen_colours_and_no_mouse(home: Path) -> None:
    """R2 and R3: no 256 and no 24-bit colour, and nothing is sent when a mouse moves."""
    with warm_terminal(home, *THIN, env={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for("Nothing waits")
        terminal.send(F2)
        terminal.wait_for("What was asked")
        terminal.settle()
        raw = bytes(terminal.raw)
    assert not re.search(rb"[34]8[;:][25]", raw)
    assert not re.search(rb"\x1b\[\?100[0-6]h", raw)


def test_a_small_terminal_can_be_used(home: Path) -> None:
    """R5: 60x20 does not crash, and help is still offered."""
    with warm_terminal(home, *THIN, size=(60, 20)) as terminal:
        terminal.wait_for("F1 Help")
        for key, sign in ((F2, "What was asked"), (F3, "Words of the caller"), (F1, "Help: Find")):
            terminal.send(key)
            terminal.wait_for(sign)
        terminal.resize(40, 10)
        terminal.settle()
        terminal.resize(80, 24)
        terminal.wait_for("Help: Find")
