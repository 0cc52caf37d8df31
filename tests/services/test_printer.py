"""Printing: the text goes to ``lp``, and what goes wrong is said with what to do instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.services import printer
from deskapp.services.printer import NotPrintedError


def a_printer(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A command ``lp`` of the test, the only one there is."""
    folder.mkdir()
    command = folder / "lp"
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    command.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")


def test_the_text_and_its_name_reach_the_printer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In UTF-8, whatever the locale."""
    out = tmp_path / "printed"
    a_printer(tmp_path / "bin", monkeypatch, f'echo "$@" > {out}; cat >> {out}')
    printer.send("Siân Ŵ\n", "KEY-1.txt")
    assert out.read_text(encoding="utf-8") == "-t KEY-1.txt\nSiân Ŵ\n"


def test_without_a_printer_a_file_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, not as a fault."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotPrintedError, match="to a file"):
        printer.send("text", "name")


def test_a_printer_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what it printed to itself."""
    a_printer(tmp_path / "bin", monkeypatch, "echo secret >&2; exit 1")
    with pytest.raises(NotPrintedError, match="did not take it") as caught:
        printer.send("text", "name")
    assert "secret" not in str(caught.value)


def test_a_printer_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The officer goes on."""
    monkeypatch.setattr(printer, "LONGEST_SECONDS", 0.05)
    a_printer(tmp_path / "bin", monkeypatch, "exec sleep 5")
    with pytest.raises(NotPrintedError):
        printer.send("text", "name")
