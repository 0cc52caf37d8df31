"""Words for people fit their terminal; what programs read is left as it is."""

from __future__ import annotations

import io
import os

import pytest

from deskapp.cli import out

LONG = f"""The record store asks for its passphrase: run the command in a terminal.
    indented {"x" * 50}"""


class Terminal(io.StringIO):
    """A stream that is one."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


@pytest.mark.parametrize("columns", [20, 30, 78])
def test_no_word_is_cut_at_the_edge_of_a_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken word is read twice; one that is longer than the line stands alone."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd: os.terminal_size((columns, 24)))
    out.tell(LONG)
    lines = terminal.getvalue().splitlines()
    assert " ".join(" ".join(lines).split()) == " ".join(LONG.split())
    assert all(len(line) <= columns or " " not in line.strip() for line in lines)
    assert any(line.startswith("    ") for line in lines)


def test_what_a_program_reads_is_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """It breaks its lines itself."""
    out.tell(LONG)
    assert capsys.readouterr().err == LONG + "\n"
