"""The launcher: what is shown first, what is refused, and a clean terminal whatever happens."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp import __main__ as launcher
from tests.terminal.pty_session import PtySession

HERE = Path(__file__).parent


def launched(folder: Path, manner: str, *options: str, term: str | None = "xterm") -> PtySession:
    """The launcher in front of the small application."""
    command = [sys.executable, str(HERE / "launch_stub.py"), str(folder), manner, *options]
    environment = {"PYTHONPATH": str(HERE.parents[1]), "DESKAPP_HOME": str(folder / "home")}
    return PtySession(command, term=term, env=environment)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--profile", "thin"], {"--profile": "thin"}),
        (["--lang=cy", "--home", "x"], {"--lang": "cy", "--home": "x"}),
        (["enquiry", "list"], None),
        (["--help"], None),
        (["--profile"], None),
        (["--profile", "thin", "enquiry"], None),
    ],
)
def test_only_options_of_the_screens_start_them(
    arguments: list[str], options: dict[str, str] | None
) -> None:
    """Everything else is for the commands, which know how to refuse it."""
    assert launcher.screen_options(arguments) == options


def test_without_a_terminal_it_names_the_commands() -> None:
    """A pipe cannot hold a screen; exit code 64, and nothing on standard output."""
    result = subprocess.run(
        [sys.executable, "-m", "deskapp"],
        cwd=HERE.parents[1],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 64
    assert result.stdout == ""
    assert "deskapp enquiry" in result.stderr


def test_the_splash_is_there_before_anything_heavy(tmp_path: Path) -> None:
    """R12, and R1: Textual is not imported before it is told about the terminal."""
    with launched(tmp_path, "stuck") as terminal:
        terminal.wait_for(r"\Adeskapp \d")
        assert bytes(terminal.raw).startswith(b"\x1b[?1049h")
        until_it_waits(tmp_path, terminal)
        terminal.signal(signal.SIGINT)
        assert terminal.wait_exit() == 130
        assert terminal.attributes() == terminal.attributes_before
    assert (tmp_path / "heavy").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_dumb_terminal_gets_the_splash_without_escape_sequences(
    term: str | None, tmp_path: Path
) -> None:
    """It would show them."""
    with launched(tmp_path, "stuck", term=term) as terminal:
        terminal.wait_for("deskapp")
        assert b"\x1b" not in terminal.raw


def test_the_first_page_replaces_the_splash_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """R11: the normal screen is clean after it ends."""
    with launched(tmp_path, "plain", "--lang", "cy") as terminal:
        terminal.wait_for("Ready")
        assert "deskapp" not in terminal.screen()
        terminal.send("\x1bOQ")
        assert terminal.wait_exit() == 0
        assert bytes(terminal.raw).count(b"\x1b[?1049l") == 1
        assert terminal.attributes() == terminal.attributes_before
    assert (tmp_path / "language").read_text(encoding="utf-8") == "cy"


def test_a_fault_before_textual_puts_the_terminal_back(tmp_path: Path) -> None:
    """R11, also when Textual never started."""
    with launched(tmp_path, "fail") as terminal:
        assert terminal.wait_exit() == 1
        raw = bytes(terminal.raw)
        assert raw.index(b"\x1b[?1049l") < raw.index(b"Traceback")
        assert terminal.attributes() == terminal.attributes_before


def test_a_signal_before_textual_puts_the_terminal_back(tmp_path: Path) -> None:
    """R11: SIGTERM while it is still importing."""
    with launched(tmp_path, "stuck") as terminal:
        terminal.wait_for("deskapp")
        until_it_waits(tmp_path, terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert b"\x1b[?1049l" in terminal.raw
        assert terminal.attributes() == terminal.attributes_before


def until_it_waits(folder: Path, terminal: PtySession) -> None:
    """Read on until the launcher has handed over."""
    for _time in range(100):
        if (folder / "language").exists():
            return
        terminal.settle(quiet=0.1)
    raise AssertionError("The launcher did not hand over.")


def test_what_is_typed_during_the_start_is_neither_shown_nor_lost(tmp_path: Path) -> None:
    """R10: an officer types the passphrase and Enter at once; it must not stand on the splash."""
    with launched(tmp_path, "slow") as terminal:
        terminal.wait_for("deskapp")
        until_it_waits(tmp_path, terminal)
        terminal.send("secret\r")
        terminal.settle()
        assert b"secret" not in terminal.raw
        (tmp_path / "go").touch()
        terminal.wait_for("entered=<secret>")


def test_settings_that_cannot_be_used_are_told_on_a_clean_screen(tmp_path: Path) -> None:
    """The sentence stands on the normal screen, after the splash has gone."""
    command = [sys.executable, "-m", "deskapp", "--profile=sparkly"]
    environment = {"PYTHONPATH": str(HERE.parents[1]), "DESKAPP_HOME": str(tmp_path)}
    with PtySession(command, env=environment) as terminal:
        assert terminal.wait_exit() == 78
        raw = bytes(terminal.raw)
        assert raw.index(b"\x1b[?1049l") < raw.index(b"sparkly")
        assert terminal.attributes() == terminal.attributes_before


def test_what_is_typed_while_a_demonstration_is_invented_waits_for_it(tmp_path: Path) -> None:
    """R10: a slow computer takes many seconds over it, and nobody waits with the keys."""
    command = [sys.executable, "-m", "deskapp", "demo", "--contacts", "0", "--keep", str(tmp_path)]
    with PtySession(command, env={"PYTHONPATH": str(HERE.parents[1])}) as terminal:
        terminal.wait_for("Inventing contacts")
        terminal.send("\x07k")  # Ctrl+G, then K
        terminal.wait_for("Searches in vain")
        assert b"^G" not in terminal.raw
        terminal.send("\x11")  # Ctrl+Q
        terminal.wait_for("Leave")
        terminal.send("y")
        assert terminal.wait_exit() == 0
        assert terminal.attributes() == terminal.attributes_before
