"""Taking a contact on a serial terminal or with a screen reader: one question a line."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.data.vault import unlock
from deskapp.services import desk, drafts
from tests.builders import SITE
from tests.cli.conftest import Cli
from tests.terminal.pty_session import PtySession

DESKAPP = [sys.executable, "-m", "deskapp"]
ADD = [*DESKAPP, "enquiry", "add"]


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The variables of an officer whose desk is prepared."""
    return {"DESKAPP_HOME": str(folder.parent)}


@pytest.fixture
def line(environment: dict[str, str]) -> Iterator[PtySession]:
    """A running ``deskapp enquiry add``."""
    with PtySession(ADD, term="vt100", env=environment) as session:
        yield session


def _answer(line: PtySession, *pairs: tuple[str, str]) -> None:
    for question, typed in pairs:
        line.wait_for(question)
        line.send(typed + "\r")


def test_a_contact_is_taken_question_by_question(line: PtySession, cli: Cli) -> None:
    """The questions come in the order of the form; empty skips, ? lists."""
    _answer(
        line,
        ("Topic", "?"),
        ("JRY", "fine"),
        ("Person", "Ann [/b] Jones"),
        ("What was asked", ""),
        ("What was said", "Told how"),
        ("Case reference", ""),
        ("Phone", "not a phone"),
        ("Email", ""),
        ("Postcode", ""),
        ("Who they are", ""),
        ("Channel", "counter"),
        ("Record more", "n"),
        ("Need ", "step-free"),
        ("Need ", ""),
        ("Record more", ""),
        ("Outcome", "F"),
        ("Form or leaflet", "EX160"),
        ("Enter a phone number", ""),
    )
    assert line.wait_exit() == 0
    listed = cli("enquiry", "list").out
    assert "Ann [/b] Jones" in listed
    assert "Counter" in listed


def test_what_was_typed_before_a_kill_waits_as_a_parked_contact(
    line: PtySession, folder: Path
) -> None:
    """Every answer is stored before the next question."""
    _answer(line, ("Topic", "fine"), ("Person", "Ann Jones"))
    line.wait_for("What was asked")
    os.kill(line.pid, signal.SIGKILL)
    line.wait_exit()
    store = Store.open(folder, unlock(folder))
    try:
        user = store.call_read(desk.user)
        (kept,) = store.call_read(drafts.waiting, user.id)
    finally:
        store.close()
    assert kept.parked
    assert (kept.values["topic"], kept.values["person_name"]) == ("FIN", "Ann Jones")


def test_ctrl_c_says_where_the_words_are(line: PtySession) -> None:
    """And ends with 130."""
    _answer(line, ("Topic", "fine"))
    line.wait_for("Person")
    line.send("\x03")
    line.wait_for("parked")
    assert line.wait_exit() == 130


def test_a_passphrase_is_asked_for_unseen(cli: Cli, tmp_path: Path) -> None:
    """It stands nowhere on the screen."""
    cli("setup", "--site", SITE, "--name", "Sam", "--passphrase-stdin", stdin="open sesame\n")
    command = [*DESKAPP, "enquiry", "list"]
    with PtySession(command, env={"DESKAPP_HOME": str(tmp_path / "home")}) as session:
        session.wait_for("Passphrase")
        session.send("wrong one\r")
        session.wait_for(r"(?s)does not open.*Passphrase of the record store")
        session.send("open sesame\r")
        session.wait_for("There are no contacts")
        assert session.wait_exit() == 0
        assert b"sesame" not in session.raw
