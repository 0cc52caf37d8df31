"""Every way a command can end has a number that scripts may rely on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deskapp import paths, settings
from deskapp.cli.main import INTERRUPTED, NOBODY_READS
from deskapp.errors import Exit
from deskapp.roles import Role
from deskapp.services import first_start
from tests.builders import SITE, SetClock
from tests.cli.conftest import Cli

WRONG = {
    "no command": ["enquiry"],
    "unknown command": ["enquiry", "delete"],
    "unknown option": ["enquiry", "list", "--everything"],
    "option without value": ["enquiry", "list", "--limit"],
    "value for a flag": ["enquiry", "list", "--json=1"],
    "not a number": ["enquiry", "list", "--limit", "many"],
    "number too small": ["enquiry", "list", "--limit", "0"],
    "missing argument": ["enquiry", "show"],
    "missing option": ["setup", "--site", SITE],
    "too many words": ["enquiry", "show", "E-1", "E-2"],
    "not in the list": ["enquiry", "add", "--card-number", "sell"],
    "unknown language": ["--lang", "fr", "keys"],
    "unknown rules": ["rules", "run", "gardening", "cases.json"],
}


@pytest.mark.parametrize("argv", WRONG.values(), ids=WRONG)
def test_a_wrong_command_line_exits_64(cli: Cli, argv: list[str]) -> None:
    """2 has meanings of its own in rules and sync."""
    done = cli(*argv)
    assert done.code == Exit.USAGE
    assert (done.out, bool(done.err)) == ("", True)
    assert "Traceback" not in done.err


def test_a_wrong_command_line_names_what_is_wrong(cli: Cli) -> None:
    """The sentence says what to change and where to read more."""
    err = cli("enquiry", "list", "--limit", "many").err
    assert "--limit" in err
    assert "deskapp enquiry list --help" in err


def test_no_store_exits_66(cli: Cli) -> None:
    """A script can tell a fresh machine from a broken one."""
    assert cli("enquiry", "list").code == Exit.NO_INPUT


def test_a_wrong_setting_exits_78_with_every_command_but_doctor(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor is who says what is wrong."""
    monkeypatch.setenv("DESKAPP_PROFILE", "colourful")
    assert cli("keys").code == Exit.SETTINGS
    assert "wrong  settings" in cli("doctor").out


def test_a_role_that_may_not_exits_77(cli: Cli) -> None:
    """An administrator prepares desks and reads no contacts."""
    store, _user = first_start.prepare(
        paths.store_folder(),
        site_key=SITE,
        name="Ad Min",
        role=Role.ADMINISTRATOR,
        insecure=True,
        clock=SetClock().clock,
    )
    store.close()
    for argv in (
        ["enquiry", "list"],
        ["enquiry", "find", "jones"],
        ["enquiry", "show", "E-7KM-4X9-3CF"],
        ["enquiry", "add", "--topic", "FIN", "--outcome", "RES"],
        ["enquiry", "note", "E-7KM-4X9-3CF", "text"],
        ["followup", "list"],
        ["followup", "done", "E-7KM-4X9-3CF"],
    ):
        done = cli(*argv)
        assert (done.code, done.out) == (Exit.NOT_ALLOWED, ""), argv


def test_a_passphrase_that_nobody_can_be_asked_for_exits_77(
    cli: Cli, cheap_passphrase: None
) -> None:
    """A job without a terminal must not hang."""
    setup = ("setup", "--site", SITE, "--name", "Sam", "--passphrase-stdin")
    made = cli(*setup, stdin="long enough\n")
    assert made.code == Exit.OK
    assert cli("enquiry", "list").code == Exit.NOT_ALLOWED
    assert cli("enquiry", "list", "--passphrase-stdin", stdin="wrong\n").code == Exit.NOT_ALLOWED
    assert cli("enquiry", "list", "--passphrase-stdin", stdin="long enough\n").code == Exit.OK


def test_a_fault_exits_70_without_its_text(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in an exception may be somebody's name."""

    def fail(*_given: object) -> None:
        raise RuntimeError("Ann Jones")

    monkeypatch.setattr(settings, "load", fail)
    monkeypatch.setenv("DESKAPP_LANGUAGE", "")
    done = cli("keys")
    assert done.code == Exit.SOFTWARE
    assert "Ann" not in done.err + done.out
    assert [file for file in paths.crash_folder().iterdir() if "Ann" in file.read_text()] == []


def test_ctrl_c_exits_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell reports it."""

    def interrupted(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("deskapp.services.courts.courts.find", interrupted)
    assert cli("court", "find", "cardiff").code == INTERRUPTED


def test_a_reader_that_leaves_is_no_fault() -> None:
    """``deskapp court find x | head -1`` says nothing on stderr."""
    command = [sys.executable, "-m", "deskapp", "court", "find", "court", "--json"]
    command += ["--limit", "400"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert (running.stderr.read(), running.wait()) == (b"", NOBODY_READS)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_output_that_cannot_be_written_exits_73() -> None:
    """A full disk must not look like a short list."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "deskapp", "court", "find", "cardiff"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == Exit.CANNOT_WRITE
    assert b"Traceback" not in done.stderr
