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
from tests.builders import SITE, SetClock, a_draft
from tests.cli.conftest import Cli
from tests.terminal.pty_session import PtySession
from tests.terminal.warm import DESKAPP

ADD = ("enquiry", "add")


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The variables of an officer whose desk is prepared."""
    return {"DESKAPP_HOME": str(folder.parent)}


@pytest.fixture
def line(environment: dict[str, str]) -> Iterator[PtySession]:
    """A running ``deskapp enquiry add``."""
    with PtySession(ADD, term="vt100", env=environment, warm=DESKAPP) as session:
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
        ("fines team(?s:.*)Person", "Ann [/b] Jones"),
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


def test_a_parked_contact_is_gone_over(environment: dict[str, str], folder: Path, cli: Cli) -> None:
    """Enter keeps what stands in brackets, - takes it away; hold is told apart."""
    store = Store.open(folder, unlock(folder))
    try:
        user, clock = store.call_read(desk.user), SetClock()
        given = {"person_name": "Ann Jones", "phone": "01632 960 001", "answer": "Told how"}
        values = {"channel": "phone_in", "user_type": "party", "topic": "FIN", **given}
        store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    finally:
        store.close()
    resume = ("enquiry", "resume", "1")
    with PtySession(resume, term="vt100", env=environment, warm=DESKAPP) as line:
        _answer(
            line,
            (r"Topic \[Fines and penalties\]", "jury"),
            (r"Person \[Ann Jones\]", ""),
            ("What was asked:", ""),
            (r"What was said \[Told how\]", ""),
            ("Case reference:", ""),
            (r"Phone \[01632 960 001\]", "-"),
            ("Email:", ""),
            ("Postcode:", ""),
            (r"Who they are \[Party without a lawyer\]", ""),
            (r"Channel \[Phone call received\]", ""),
            ("Record more", "h"),
            ("ON HOLD(?s:.*)Record more", "h"),
            ("Back from hold(?s:.*)Record more", ""),
            ("Outcome", "R"),
        )
        assert line.wait_exit() == 0
    shown = cli("enquiry", "list").out
    assert "Ann Jones" in shown
    assert "Jury" in shown
    assert "960 001" not in cli("enquiry", "show", shown.split()[0]).out


def test_who_must_not_be_rung_is_said_before_anything_is_asked(
    environment: dict[str, str], cli: Cli
) -> None:
    """As the line above the form does; a marker is kept as seen."""
    cli("enquiry", "add", "--topic", "FIN", "--person", "Ann Jones", "--outcome", "RES")
    person = cli("person", "find", "ann jones").out.split()[0]
    cli("person", "safe-contact", person, "--call", "no")
    cli("marker", "set", "PF0002", "--person", person)
    with PtySession(ADD, term="vt100", env=environment, warm=DESKAPP) as line:
        _answer(line, ("Topic", "fine"), ("Person", "Ann Jones"), ("Number of the person", "1"))
        line.wait_for("! Vulnerable")
        line.wait_for("Call: no")
        line.send("\x03")
        line.wait_exit()


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
    command = [sys.executable, "-m", "deskapp", "enquiry", "list"]
    with PtySession(command, env={"DESKAPP_HOME": str(tmp_path / "home")}) as session:
        session.wait_for("Passphrase")
        session.send("wrong one\r")
        session.wait_for(r"(?s)does not open.*Passphrase of the record store")
        session.send("open sesame\r")
        session.wait_for("There are no contacts")
        assert session.wait_exit() == 0
        assert b"sesame" not in session.raw
