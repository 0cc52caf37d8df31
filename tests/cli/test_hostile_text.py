"""Text from people reaches no terminal as anything but text (design rules S1 and S2)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp import paths
from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from tests.cli.conftest import Cli

HOSTILE = (
    "\x1b]0;title\x07 \x1b[31mred \x9b2J \x00 \x7f [/b] [@click=app.quit]x[/] %s %n {0} O'Brien"
    " \u202egnp.exe \udcff Siân"
)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

pytestmark = pytest.mark.usefixtures("folder")


def test_what_is_stored_comes_back_harmless(cli: Cli) -> None:
    """Every command that shows stored text is searched."""
    made = cli(
        *("enquiry", "add", "--topic", "OTH", "--person", HOSTILE, "--asked", HOSTILE),
        *("--said", HOSTILE, "--case", HOSTILE[-30:], "--outcome", "SGN"),
        *("--add", f"signpost={HOSTILE}"),
    )
    assert made.code == 0
    cli("enquiry", "note", made.ref, HOSTILE)
    for argv in (
        ["enquiry", "list"],
        ["enquiry", "find", "O'Brien"],
        ["enquiry", "show", made.ref],
        ["enquiry", "list", "--json"],
        ["enquiry", "show", made.ref, "--json"],
        ["followup", "list"],
    ):
        done = cli(*argv)
        assert not CONTROLS.search(done.out + done.err), argv
    shown = cli("enquiry", "show", made.ref).out
    assert "[/b] [@click=app.quit]x[/] %s %n {0} O'Brien" in shown
    assert json.loads(cli("enquiry", "show", made.ref, "--json").out)["person_name"] in shown


def test_what_is_stored_of_a_case_comes_back_harmless(cli: Cli) -> None:
    """Lists, reports, letters, links: wherever a name or a note is written out."""
    offender = ("--set", f"offender={HOSTILE}", "--set", f"offence={HOSTILE}")
    given = ("--set", "given_on=today", "--set", f"authorised_by={HOSTILE}")
    ref = cli("case", "open", "cond_caution", *offender, *given, "--external", HOSTILE).ref
    text = ("--set", f"text={HOSTILE}", "--set", f"provider={HOSTILE}")
    cli("case", "do", ref, "add", "condition", *text, "--note", HOSTILE)
    cli("case", "do", ref, "give", "--note", HOSTILE)
    for argv in (
        ["case", "list"],
        ["case", "show", ref],
        ["case", "due", "--days", "400"],
        ["case", "letter", ref],
        ["case", "letter", ref, "confirmation"],
        ["case", "report", "cond_caution", "overdue_conditions"],
        ["case", "report", "cond_caution", "overdue_conditions", "--json"],
        ["case", "assign", ref],
        ["case", "sample", "cond_caution"],
        ["link", "list", ref],
    ):
        done = cli(*argv)
        assert done.code == 0, argv
        assert not CONTROLS.search(done.out + done.err), argv
    assert "[/b] [@click=app.quit]x[/]" in cli("case", "letter", ref, "confirmation").out


def test_what_is_stored_of_a_booking_comes_back_harmless(cli: Cli) -> None:
    """Names, notes and reasons of a booking, and the register."""
    named = ("--set", "languages=Polish", "--set", f"note={HOSTILE}", "--set", "supplier=[/b]")
    assert cli("interpreter", "register", "add", HOSTILE, *named).code == 0
    times = ("--day", "tomorrow", "--set", "start=10:00", "--set", "end=12:00")
    words = [part for name in ("for_name", "room", "note", "dialect_note", "supplier_ref")
             for part in ("--set", f"{name}={HOSTILE[:60]}")]  # fmt: skip
    ref = cli("interpreter", "book", "Polish", *times, *words).out.split()[0]
    assert ref.startswith("B-")
    assert cli("interpreter", "assign", ref, HOSTILE).code == 0
    cli("interpreter", "withdraw", ref, "--reason", HOSTILE)
    for argv in (
        ["interpreter", "list", "coming"],
        ["interpreter", "list", "coming", "--json"],
        ["interpreter", "show", ref],
        ["interpreter", "show", ref, "--json"],
        ["interpreter", "free", ref],
        ["interpreter", "register", "list"],
        ["interpreter", "register", "list", "--json"],
        ["interpreter", "register", "show", HOSTILE],
        ["interpreter", "cannot-fill", ref, "--reason", HOSTILE],
        ["waiting"],
    ):
        done = cli(*argv)
        assert done.code == 0, argv
        assert not CONTROLS.search(done.out + done.err), argv
    assert "[@click=app.quit]x[/] %s %n {0} O'Brien" in cli("interpreter", "show", ref).out


@pytest.mark.parametrize(
    "argv",
    [
        ["enquiry", "add", "--topic", HOSTILE, "--outcome", HOSTILE, "--who", HOSTILE],
        ["enquiry", "add", "--topic", "FIN", "--outcome", "RES", "--add", HOSTILE],
        ["enquiry", "add", "--card-number", HOSTILE],
        ["enquiry", "find", HOSTILE],
        ["enquiry", "show", HOSTILE],
        ["enquiry", "note", HOSTILE, HOSTILE],
        ["enquiry", "list", "--after", HOSTILE],
        ["enquiry", "list", "--limit", HOSTILE],
        ["enquiry", HOSTILE],
        ["enquiry", "list", f"--{HOSTILE}"],
        ["followup", "done", HOSTILE],
        ["court", "find", HOSTILE],
        ["court", "show", HOSTILE],
        ["rules", "run", HOSTILE, HOSTILE.replace("\x00", "")],
        ["rules", "run", "complaints", HOSTILE.replace("\x00", "")],
        ["setup", "--site", HOSTILE, "--name", HOSTILE],
        ["case", "open", HOSTILE],
        ["case", "letter", HOSTILE, HOSTILE],
        ["case", "report", HOSTILE, HOSTILE],
        ["case", "report", "isc", "ends", "--from", HOSTILE],
        ["case", "sample", HOSTILE],
        ["case", "sample", "isc", "--period", HOSTILE],
        ["hearings", "import", HOSTILE],
        ["hearings", "list", "--site", HOSTILE],
        ["hearings", "list", "--date", HOSTILE],
        ["hearings", "list", "--after", HOSTILE],
        ["hearings", "undo", HOSTILE],
        ["link", "list", HOSTILE],
        ["link", "add", f"id:{HOSTILE}", HOSTILE],
        [HOSTILE],
        ["--lang", HOSTILE, "keys"],
    ],
    ids=lambda argv: " ".join(word for word in argv if len(word) < 20),
)
def test_what_is_typed_on_the_command_line_comes_back_harmless(cli: Cli, argv: list[str]) -> None:
    """A sentence that quotes what was typed must not be obeyed by the terminal."""
    done = cli(*argv)
    assert done.code not in (0, 70)
    assert not CONTROLS.search(done.out + done.err)


def test_a_paste_of_20000_characters_is_a_problem_of_its_field(cli: Cli) -> None:
    """It is refused in a sentence, not cut."""
    done = cli("enquiry", "add", "--topic", "FIN", "--outcome", "RES", "--said", "x" * 20_000)
    assert done.code == 65
    assert "2,000" in done.err
    assert len(done.err) < 500


ONE_AFTER_THE_OTHER = """
import json, sys
from deskapp.__main__ import main
for words in json.load(sys.stdin):
    assert main(words) == 0
    print("\\f")
"""


@pytest.mark.parametrize("charset", ["C", "POSIX", "en_GB.ISO-8859-1", "vt"])
def test_where_the_locale_is_not_utf8_every_byte_is_ascii(cli: Cli, charset: str) -> None:
    """An old terminal shows rubbish for anything else (thin terminals, R4)."""
    cli("enquiry", "add", "--topic", "FIN", "--outcome", "RES", "--person", "Siân Ŵyn שלום 😀")
    commands = [["enquiry", "list"], ["--lang", "cy", "court", "find", "Caerdydd"], ["--help"]]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER],
        input=json.dumps(commands).encode(),
        capture_output=True,
        check=True,
        env={"LC_ALL": charset, "DESKAPP_HOME": str(paths.home()), "PATH": os.defpath},
    )
    listed, found, helped, _end = done.stdout.split(b"\f\n")
    assert done.stdout.isascii()
    assert b"Sian Wyn" in listed
    assert b"Caerdydd" in found
    assert helped


def test_what_was_written_twice_comes_back_harmless(cli: Cli, folder: Path) -> None:
    """Values of another desk come from outside as names do."""
    store = Store.open(folder, vault.unlock(folder))
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    store.call_jot(
        Connection.execute,
        "INSERT INTO conflict (id, home_site, tbl, row_id, field, kind, losing, losing_by,"
        " losing_desk, losing_at, winning, winning_by, winning_desk, winning_at, opened_at,"
        " resolved_by, resolved_at, resolution) VALUES ('c', '', 'person', 'p', 'phone', 'field',"
        " :value, '', '', :at, :value, '', '', :at, :at, '', '', '')",
        {"value": json.dumps(HOSTILE.replace("\udcff", "")), "at": "2026-11-18T10:05:00.000Z"},
    )
    store.close()
    for argv in (["conflict", "list"], ["conflict", "list", "--json"], ["conflict", "decide", "c"]):
        done = cli(*argv)
        assert done.code == 0, done.err
        assert not CONTROLS.search(done.out + done.err), argv
