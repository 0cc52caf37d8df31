"""Callbacks from a script: booked, tried, missed, booked again, kept, called off."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.errors import Exit
from tests.cli.conftest import Cli

PHONE = "01632 960 001"

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def ref(cli: Cli) -> str:
    """A contact to ring back about."""
    named = ("--person", "Ann Jones", "--phone", PHONE)
    return cli("enquiry", "add", "--topic", "FIN", *named, "--outcome", "RES").ref


def told(cli: Cli, verb: str, *words: str) -> dict[str, Any]:
    """What a command tells a program about the one callback."""
    done = cli("callback", verb, *words, "--json")
    assert done.code == Exit.OK, done.err
    kept: dict[str, Any] = json.loads(done.out)
    return kept


def test_a_callback_goes_its_whole_way_in_line_mode(cli: Cli, ref: str) -> None:
    """Every step of the screens has its twin; the next free half hour needs no typing."""
    booked = told(cli, "add", ref)
    assert (booked["state"], booked["kind"], booked["load"]) == ("booked", "window", 1)
    assert cli("callback", "list").out.count(ref) == 1
    begun = told(cli, "attempt", ref, "--early")
    assert (begun["state"], begun["phone"], begun["tries"]) == ("attempting", PHONE, 1)
    assert told(cli, "missed", ref)["state"] == "missed"
    assert told(cli, "add", ref, "--kind", "about")["kind"] == "about"
    cli("callback", "attempt", ref, "--early")
    assert told(cli, "reached", ref, "--said", "Told the date")["state"] == "done"
    shown = told(cli, "show", ref)
    assert [each["result"] for each in shown["attempts"]] == ["missed", "reached"]
    card = cli("callback", "show", ref).out
    for text in (PHONE, "Ann Jones", "nobody reached", "Safe contact"):
        assert text in card
    made = json.loads(cli("enquiry", "show", shown["attempts"][1]["ref"], "--json").out)
    assert (made["channel"], made["answer"], made["topic"]) == ("phone_out", "Told the date", "FIN")
    assert cli("callback", "list").err.strip() == "Nobody is to be rung back."


def test_a_contact_can_promise_its_callback_at_once(cli: Cli) -> None:
    """As the outcome C of the form does; a slot that cannot be booked is a problem of --add."""
    named = ("enquiry", "add", "--topic", "FIN", "--outcome", "C", "--add", "kind=within")
    refused = cli(*named, "--add", "slot=tomorrow 8")
    assert refused.code == Exit.DATA
    assert "--add slot: Callback time must be between 9am and 4:30pm" in refused.err


def test_what_cannot_be_booked_is_refused_with_the_next_free_half_hour(cli: Cli, ref: str) -> None:
    """One run is enough to know when."""
    done = cli("callback", "add", ref, "--at", "1 1 2026 10:00")
    assert done.code == Exit.DATA
    assert done.err.startswith("Callback date must be a working day\nNext free: ")
    assert cli("callback", "add", ref, "--at", "soon").code == Exit.DATA
    assert cli("callback", "add", ref, "--over-reason", "x").code == Exit.NOT_ALLOWED


def test_a_cancelled_callback_says_why(cli: Cli, ref: str) -> None:
    """And leaves the list; without a reason it stays."""
    cli("callback", "add", ref)
    assert cli("callback", "cancel", ref).code == Exit.DATA
    assert told(cli, "cancel", ref, "--reason", "Rang themselves")["state"] == "cancelled"
    assert told(cli, "show", ref)["end_reason"] == "Rang themselves"


def test_what_is_not_there_is_told(cli: Cli, ref: str) -> None:
    """Never a silent success."""
    for words in (("show", ref), ("reached", ref), ("missed", "E-AAA-AAA-AAA")):
        assert cli("callback", *words).code == Exit.NO_INPUT
    cli("callback", "add", ref)
    assert "callback attempt" in cli("callback", "reached", ref).err
    assert cli("callback", "list", "--day", "soon").code == Exit.DATA
    assert cli("callback", "list", "--crowded").out == ""
