"""``deskapp complaint``: the same rules without a screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.errors import Exit
from tests.cli.conftest import Cli

GIVEN = ("complaint", "add", "--summary", "Letters not answered", "--details", "Wrote three times",
         "--category", "COR", "--person", "Ann [/b] Example", "--channel", "letter",
         "--jurisdiction", "civil")  # fmt: skip


@pytest.fixture(autouse=True)
def _a_desk(folder: Path) -> None:
    """Every command here has a desk."""


def shown(cli: Cli, ref: str) -> dict[str, object]:
    """The record for programs."""
    return dict(json.loads(cli("complaint", "show", ref, "--json").out))


def test_a_complaint_is_logged_listed_shown_and_answered(cli: Cli) -> None:
    """From logging to the end, each with its move."""
    logged = cli(*GIVEN, "--owner", "me")
    assert logged.code == Exit.OK
    assert "OPTIC" in logged.err
    listed = cli("complaint", "list", "mine")
    assert logged.ref in listed.out
    assert "Letters not answered" in listed.out
    given = ("outcome=upheld", "root_cause=process", "redress=apology", "channel=letter")
    answer = [part for each in (*given, "next_step_told=yes") for part in ("--set", each)]
    assert cli("complaint", "do", logged.ref, "respond", *answer).code == Exit.OK
    assert "Awaiting OPTIC" in cli("complaint", "do", logged.ref, "close").out
    warned = cli("complaint", "do", logged.ref, "optic", "--set", "ref=12-34")
    assert "8 digits" in warned.err
    record = shown(cli, logged.ref)
    assert (record["status"], record["optic_ref"]) == ("closed", "12-34")
    assert [event["code"] for event in record["history"]] == [  # type: ignore[attr-defined]  # JSON
        "assign", "respond", "close", "optic",
    ]  # fmt: skip
    text = cli("complaint", "show", logged.ref).out
    assert "Ann [/b] Example" in text
    assert "Stage 1, first answer: Answered" in text


def test_what_is_missing_or_unknown_is_told(cli: Cli) -> None:
    """Data, a wrong name, a wrong move; nothing is changed."""
    missing = cli("complaint", "add", "--summary", "Only this")
    assert missing.code == Exit.DATA
    assert "categories: Select what the complaint is about" in missing.err
    wrong = cli(*GIVEN, "--set", "colour=red")
    assert (wrong.code, "redirect_body" in wrong.err) == (Exit.USAGE, True)
    ref = cli(*GIVEN).ref
    assert cli("complaint", "do", ref, "fly").code == Exit.USAGE
    refused = cli("complaint", "do", ref, "void", "--note", "Slip")
    assert (refused.code, "team leader" in refused.err) == (Exit.NOT_ALLOWED, True)
    assert cli("complaint", "show", "C-7KM-4X9-3CK").code == Exit.NO_INPUT


def test_words_stand_for_codes_and_several_are_refused(cli: Cli) -> None:
    """As on the screens."""
    ref = cli(*GIVEN, "--channel", "in person").ref
    assert shown(cli, ref)["channel"] == "in_person"
    refused = cli("complaint", "do", ref, "acknowledge", "--set", "channel=form")
    assert refused.code == Exit.DATA
    assert cli("complaint", "do", ref, "acknowledge", "--set", "channel=e-bost").code == Exit.OK


def test_a_contact_gives_its_words(cli: Cli) -> None:
    """Linked both ways, with no reference typed twice."""
    contact = cli("enquiry", "add", "--topic", "FIN", "--person", "Bob Example", "--asked",
                  "No answer since May", "--outcome", "RES", "--dissatisfied", "minor",
                  "--about", "COR", "--jurisdiction", "civil").ref  # fmt: skip
    ref = cli("complaint", "add", "--from", contact, "--summary", "Letters not answered").ref
    record = shown(cli, ref)
    assert (record["person_name"], record["category"]) == ("Bob Example", "COR")
    assert "No answer since May" in str(record["details"])
    assert ref in cli("link", "list", contact).out
    assert contact in cli("link", "list", ref).out


def test_what_is_due_is_listed_and_explained(cli: Cli) -> None:
    """Overdue first; day by day on request."""
    ref = cli(*GIVEN, "--received", "2026-03-27").ref
    due = cli("complaint", "due")
    assert ref in due.out
    assert "late" in due.out
    explained = cli("complaint", "explain", ref)
    assert "bank holiday: not counted" in explained.out
    days = json.loads(cli("complaint", "explain", ref, "--json").out)
    assert (days["due_on"], days["counted_on"]) == ("2026-04-14", "2026-04-14")
    assert cli("complaint", "explain", ref, "--stage", "2").code == Exit.NO_INPUT


def test_a_list_goes_on_behind_a_complaint(cli: Cli) -> None:
    """In keyset pages."""
    refs = {cli(*GIVEN).ref for _each in range(3)}
    first = cli("complaint", "list", "--limit", "2")
    last = first.out.splitlines()[-1].split()[0]
    assert f"--after {last}" in first.err
    rest = cli("complaint", "list", "--after", last)
    seen = {line.split()[0] for line in [*first.out.splitlines(), *rest.out.splitlines()]}
    assert seen == refs


def test_a_list_is_narrowed_and_searched(cli: Cli) -> None:
    """By category and severity; by words."""
    ref = cli(*GIVEN).ref
    grave = cli(*GIVEN, "--category", "SEC", "--severity", "major").ref
    by_category = cli("complaint", "list", "--category", "sec").out
    assert (grave in by_category, ref in by_category) == (True, False)
    assert ref in cli("complaint", "list", "--find", "letters answered").out
    assert cli("complaint", "list", "nowhere").code == Exit.USAGE


def test_disposal_is_for_leaders(cli: Cli) -> None:
    """An officer is told who can."""
    for verb in ("list", "propose", "confirm"):
        assert cli("complaint", "disposal", verb).code == Exit.NOT_ALLOWED
