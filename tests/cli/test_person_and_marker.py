"""Persons and markers from a script: the same verbs, and the same is withheld."""

from __future__ import annotations

import json

import pytest
from typer.core import TyperGroup

from deskapp.cli.main import every_command
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import Role, User
from tests.builders import SetClock, save
from tests.cli.conftest import Cli
from tests.pty.test_hostile_text import commands
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

NOT_ASKED = ("setup", "passphrase", "demo", "enquiry note", "kb check")
"""They read nothing of people, or would ask."""


def lead(store: Store) -> None:
    """The user of the desk leads the team from now on."""
    store.call_jot(Connection.execute, "UPDATE officer SET role = ?", (Role.TEAM_LEADER,))


@pytest.fixture
def ann(store: Store, user: User, clock: SetClock, cli: Cli) -> str:
    """Id of a person, as the command lists it."""
    save(store, user, clock, person_name="Ann Example", phone="01632 960001")
    return cli("person", "find", "ann", "exam").out.split()[0]


def test_no_command_gives_a_confidential_address(
    store: Store, user: User, clock: SetClock, cli: Cli
) -> None:
    """Every command there is, in words and for programs; also searched for by the address."""
    ids = plant(store, user, clock)
    lead(store)
    group = every_command()
    assert isinstance(group, TyperGroup)
    given = {
        "enquiry show": [ids["ref"]],
        "enquiry find": ["confidential"],
        "followup done": [ids["ref"]],
        "person find": ["confidential"],
        "person show": [ids["person"]],
        "person safe-contact": [ids["person"]],
        "marker list": ["--person", ids["person"]],
    }
    told = 0
    for name in sorted(commands(group) - set(NOT_ASKED)):
        for more in ((), ("--json",)):
            done = cli(*name.split(), *given.get(name, ()), *more)
            assert (name, shows(done.out + done.err)) == (name, [])
            told += "Confidential Caller" in done.out
    assert told >= 8
    for words in (PHONE, POSTCODE, EMAIL):
        assert cli("person", "find", words).code == Exit.DIFFERENT
        assert cli("enquiry", "find", words).code == Exit.DIFFERENT


def test_safe_contact_is_kept_and_the_code_word_stays_inside(cli: Cli, ann: str) -> None:
    """Only what is given changes."""
    cli("person", "safe-contact", ann, "--call", "no", "--code-word", "bluebird")
    done = cli("person", "safe-contact", ann, "--email", "yes", "--json")
    line = json.loads(done.out)
    assert (line["may_call"], line["may_email"], line["may_leave_message"]) == (False, True, False)
    shown = cli("person", "show", ann).out + cli("person", "show", ann, "--json").out
    assert "Call: no." in shown
    assert "bluebird" not in done.out + shown
    assert "960001" not in shown
    assert "Phone: 01632 960001" in cli("person", "show", ann, "--reason-to-call", "Moved").out
    refused = cli("person", "safe-contact", ann, "--call", "maybe")
    assert (refused.code, refused.err.partition(":")[0]) == (Exit.DATA, "--call")
    said = cli("--lang", "cy", "person", "safe-contact", ann, "--email", "na", "--json")
    assert json.loads(said.out)["may_email"] is False
    cli("person", "safe-contact", ann, "--call", "not-asked")
    assert "960001" in cli("person", "show", ann).out


def test_two_records_are_linked_and_unlinked(
    store: Store, user: User, clock: SetClock, cli: Cli, ann: str
) -> None:
    """The card names who may be the same, then who is."""
    save(store, user, clock, person_name="Ann Example", phone="01632 960001")
    [other] = [
        each["id"]
        for each in json.loads(cli("person", "show", ann, "--json").out)["may_be_the_same"]
    ]
    assert cli("person", "link", ann, other, "--reason", "Same number").code == Exit.OK
    card = json.loads(cli("person", "show", ann, "--json").out)
    assert [each["id"] for each in card["linked"]] == [other]
    assert (card["contacts"], card["may_be_the_same"]) == (2, [])
    assert cli("person", "unlink", other, ann, "--reason", "Not so").code == Exit.OK
    assert cli("person", "unlink", other, ann, "--reason", "Again").code == Exit.NO_INPUT


def test_a_marker_is_proposed_approved_renewed_and_ended(store: Store, cli: Cli, ann: str) -> None:
    """Line-mode twins of the whole way."""
    set_ = ("marker", "set", "PF0021", "--person", ann)
    assert cli(*set_).code == Exit.DATA
    made = cli(*set_, "--source", "Usher", "--what-happened", "Kicked a chair", "--json")
    marker = json.loads(made.out)
    assert marker["waiting"]
    assert cli("marker", "list").code == Exit.NOT_ALLOWED
    assert cli("marker", "approve", marker["id"], "--risk", "low").code == Exit.NOT_ALLOWED
    assert cli("marker", "list", "--person", ann).err.strip() == "There is no marker."
    lead(store)
    assert marker["id"] in cli("marker", "list").out
    assert cli("marker", "approve", marker["id"], "--risk", "low").code == Exit.OK
    assert "Ask the team leader" in cli("person", "show", ann).out
    assert cli("marker", "renew", marker["id"], "--reason", "x").code != Exit.OK
    assert cli("marker", "end", marker["id"], "--reason", "Over").code == Exit.OK
    assert "Ask the team leader" not in cli("person", "show", ann).out
    order = ("--source", "Order 1", "--order-on", "1 11 2026", "--order-ends-on", "1 11 2090")
    made = cli("marker", "set", "PF0009", "--person", ann, *order)
    assert made.out.split()[1] == "PF0009"
    renewed = cli("marker", "renew", made.out.split()[0], "--reason", "x", "--until", "1 11 2091")
    assert "1 Nov 2091" in renewed.out


def test_words_that_spell_out_a_confidential_address_are_told_of(
    store: Store, user: User, clock: SetClock, cli: Cli
) -> None:
    """They are kept, as the officer may have to; the warning does not repeat them."""
    ids = plant(store, user, clock)
    warning = "whose address is confidential"
    person = ("--person-id", ids["person"], "--topic", "FIN", "--who", "party", "--outcome", "RES")
    for told in (
        cli("enquiry", "note", ids["ref"], f"Ring {PHONE}"),
        cli("enquiry", "add", *person, "--said", f"Lives at {POSTCODE}"),
    ):
        assert told.code == Exit.OK, told.err
        assert warning in told.err
        assert not shows(told.out + told.err)
    assert warning not in cli("enquiry", "note", ids["ref"], "Will write").err
    assert warning not in cli("enquiry", "add", *person, "--said", "Told the opening hours").err


def test_an_action_of_a_case_that_spells_out_a_confidential_address_is_told_of(
    store: Store, user: User, clock: SetClock, cli: Cli
) -> None:
    """In its note and in its fields; the case is about the person by its contact."""
    ids = plant(store, user, clock)
    ref = cli("case", "open", "cond_caution", "--set", "offender=A. Jones").ref
    assert cli("link", "add", ref, ids["ref"]).code == Exit.OK
    warning = "whose address is confidential"
    for given in (("--note", f"Ring {PHONE}"), ("--set", f"offence=Near {POSTCODE}")):
        done = cli("case", "do", ref, "set" if "--set" in given else "note", *given)
        assert done.code == Exit.OK, done.err
        assert warning in done.err
        assert not shows(done.out + done.err)
    assert warning not in cli("case", "do", ref, "note", "--note", "Rang again").err
