"""Line-mode twins of what the screens do: parked contacts, replies, details, urgent records."""

from __future__ import annotations

import json

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import User
from deskapp.services import drafts
from deskapp.services.courts import sites
from deskapp.services.enquiries import contact_lines, snippets
from deskapp.services.enquiries.call_clock import CallClock
from tests.builders import SITE, SetClock, a_draft, save
from tests.cli.conftest import Cli


def park(store: Store, user: User, clock: SetClock, **values: str) -> None:
    """A contact that was put aside on the screen after four minutes."""
    begun = {"channel": "webchat", "user_type": "party", "topic": "FIN", **values}
    draft = a_draft(user, clock, parked=True, spent_seconds=240, values=begun)
    store.call_jot(drafts.keep, draft)


@pytest.fixture
def parked(store: Store, user: User, clock: SetClock) -> Store:
    """Two parked contacts, of Ann and of Bob."""
    park(store, user, clock, person_name="Ann Jones", case_ref="ZZ26P00001")
    clock.passes(minutes=2)
    park(store, user, clock, person_name="Bob Lee", topic="", language="cy")
    return store


# -- parked contacts ----------------------------------------------------------------------------


def test_parked_contacts_are_listed_with_their_numbers(cli: Cli, parked: Store) -> None:
    """The number is what the other commands are given."""
    first, second = cli("enquiry", "parked").out.splitlines()
    assert first.startswith("1 ")
    assert "Ann Jones, Fines and penalties, Webchat" in first
    assert second.startswith("2 ")
    assert json.loads(cli("enquiry", "parked", "--json").out.splitlines()[1])["number"] == 2


def test_a_parked_contact_is_saved_with_the_time_it_ran(cli: Cli, parked: Store) -> None:
    """Not with the time that it waited; it waits no more afterwards."""
    done = cli("enquiry", "resume", "1", "--said", "Told how to pay", "--outcome", "RES")
    assert done.code == Exit.OK, done.err
    shown = json.loads(cli("enquiry", "show", done.ref, "--json").out)
    assert (shown["person_name"], shown["answer"]) == ("Ann Jones", "Told how to pay")
    assert (shown["channel"], shown["handling_seconds"]) == ("webchat", 240)
    assert "Ann Jones" not in cli("enquiry", "parked").out


def test_what_must_be_put_right_in_a_parked_contact_is_told(cli: Cli, parked: Store) -> None:
    """It stays parked until it is right."""
    done = cli("enquiry", "resume", "2", "--outcome", "RES")
    assert done.code == Exit.DATA
    assert "--topic: Select what the contact is about" in done.err
    assert "Bob Lee" in cli("enquiry", "parked").out


def test_a_parked_contact_is_discarded_with_a_reason(cli: Cli, parked: Store) -> None:
    """As Ctrl+T does: it stays in the list of the day."""
    assert cli("enquiry", "discard", "1").code == Exit.DATA
    ref = cli("enquiry", "discard", "1", "--reason", "mistake").ref
    assert "Discarded" in cli("enquiry", "list").out
    assert "Opened by mistake" in cli("enquiry", "show", ref).out
    assert "Ann Jones" not in cli("enquiry", "parked").out


def test_a_reply_is_filled_in_for_this_desk_and_a_parked_contact(cli: Cli, parked: Store) -> None:
    """Without the store its places stay in square brackets; a parked contact has its language."""
    bare = cli("kb", "show", "bail-warrant", "--reply").out
    assert "[name of the court] on [phone number of the court]" in bare
    court = sites.name(SITE)
    filled = cli("kb", "show", "bail-warrant", "--reply", "--here").out
    assert court in filled
    assert "of the court]" not in filled
    welsh = cli("kb", "show", "bail-warrant", "--parked", "2").out
    assert "Os ydych wedi methu" in welsh
    assert "ZZ26P00001" in cli("kb", "show", "fee-refund", "--parked", "1").out
    assert cli("kb", "show", "bail-warrant", "--parked", "3").code == Exit.NO_INPUT


@pytest.mark.parametrize("verb", ["resume", "discard"])
@pytest.mark.parametrize("number", ["0", "3"])
def test_a_number_that_is_not_in_the_list_is_refused(
    cli: Cli, parked: Store, verb: str, number: str
) -> None:
    """The list may have changed since it was shown."""
    assert cli("enquiry", verb, number).code == Exit.NO_INPUT


def test_a_hold_that_began_on_the_screen_counts(
    cli: Cli, store: Store, user: User, clock: SetClock
) -> None:
    """Talk, hold and wrap-up are told apart whoever ends the contact."""
    park(store, user, clock, **CallClock(held_seconds=60).values)
    ref = cli("enquiry", "resume", "1", "--outcome", "RES").ref
    contact_id = store.call_read(contact_lines.id_of_ref, ref)
    more = store.call_read(contact_lines.record, contact_id, user=user).more
    assert more.hold_seconds == 60


# -- history ------------------------------------------------------------------------------------


def test_contacts_of_a_person_and_of_a_case_are_listed(
    cli: Cli, store: Store, user: User, clock: SetClock
) -> None:
    """However the reference of the case is spelt."""
    line = save(store, user, clock, person_name="Ann Jones", case_ref="ZZ26P00001")
    save(store, user, clock, person_name="Bob Lee")
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    for given in (("--person", person), ("--case", "zz26 p00001")):
        [only] = cli("enquiry", "list", *given).out.splitlines()
        assert line.ref in only


# -- short replies ------------------------------------------------------------------------------


def test_short_replies_are_listed_those_of_the_topic_first(cli: Cli, parked: Store) -> None:
    """The topic is given, or that of a parked contact."""
    usual = cli("enquiry", "texts").out.splitlines()
    for given in (("--topic", "FIN"), ("--parked", "1")):
        lines = cli("enquiry", "texts", *given).out.splitlines()
        assert lines[0].split()[0] == snippets.suggested("FIN")[0].id
        assert sorted(lines) == sorted(usual)


def test_a_reply_is_filled_from_the_parked_contact(cli: Cli, parked: Store) -> None:
    """In the language of its service; what is missing stands in square brackets."""
    english, welsh = (
        cli("enquiry", "texts", "identity-failed", "--parked", number).out for number in "12"
    )
    assert english != welsh
    assert welsh == cli("enquiry", "texts", "identity-failed", "--service-language", "cy").out
    gap = cli("enquiry", "texts", "papers-time")
    assert "[...]" in gap.out
    assert "square brackets" in gap.err
    assert cli("enquiry", "texts", "nothing-so-called").code == Exit.NO_INPUT


# -- persons, callbacks -------------------------------------------------------------------------


def test_details_of_a_person_are_put_right(
    cli: Cli, store: Store, user: User, clock: SetClock
) -> None:
    """Only what is given changes, an empty text takes away; the contact keeps what was typed."""
    line = save(store, user, clock, person_name="Ann Jones", phone="01632 960 001", postcode="ZZ1")
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    refused = cli("person", "correct", person, "--phone", "twelve")
    assert (refused.code, refused.err.partition(":")[0]) == (Exit.DATA, "--phone")
    assert cli("person", "correct", person, "--name", "Ann Lee", "--phone", "").code == Exit.OK
    shown = cli("person", "show", person).out
    assert "Ann Lee" in shown
    assert "ZZ1" in shown
    assert "960 001" not in shown
    assert "Ann Jones" in cli("enquiry", "show", line.ref).out
    assert cli("person", "correct", person).code == Exit.USAGE
    assert cli("person", "correct", "nobody", "--name", "X").code == Exit.NO_INPUT


def test_the_last_step_of_a_callback_is_taken_back(cli: Cli, folder: object) -> None:
    """A slip of a finger rings nobody."""
    named = ("--person", "Ann Jones", "--phone", "01632 960 001", "--outcome", "RES")
    ref = cli("enquiry", "add", "--topic", "FIN", *named).ref
    assert cli("callback", "add", ref).code == Exit.OK
    first = json.loads(cli("callback", "priority", ref, "--json").out)
    assert (first["priority"], first["state"]) == (True, "booked")
    assert json.loads(cli("callback", "priority", ref, "--off", "--json").out)["priority"] is False
    cli("callback", "cancel", ref, "--reason", "not_wanted")
    assert json.loads(cli("callback", "undo", ref, "--json").out)["state"] == "booked"
    assert cli("callback", "undo", ref).code != Exit.OK


# -- urgent records -----------------------------------------------------------------------------


def test_an_urgent_record_is_made_and_the_senior_person_told(cli: Cli, folder: object) -> None:
    """Two answers make it; it waits on the first screen until somebody was told."""
    assert "spos_now" in cli("urgent").out
    contact = cli("enquiry", "add", "--topic", "FND", "--outcome", "RES").ref
    given = ("--set", "hazard=Fire alarm does not work", "--set", "what=Whole first floor")
    made = cli("urgent", "spos_now", *given, "--contact", contact)
    assert made.code == Exit.OK, made.err
    assert "999" in made.err
    assert f"deskapp spos told {made.ref}" in made.err
    assert contact in cli("link", "list", made.ref).out
    assert made.ref in cli("spos", "told").out
    assert made.ref in cli("waiting").out
    wrong = cli("spos", "told", made.ref, "--at", "soon")
    assert (wrong.code, wrong.err.partition(":")[0]) == (Exit.DATA, "--at")
    assert cli("spos", "told", made.ref, "--name", "Lee Example").code == Exit.OK
    assert made.ref not in cli("spos", "told").out
    assert cli("spos", "told", made.ref).code == Exit.NO_INPUT


def test_an_urgent_record_without_its_answers_says_what_to_enter(cli: Cli, folder: object) -> None:
    """What is typed wrong is named, and nothing is made."""
    refused = cli("urgent", "spos_now", "--set", "hazard=a dragon")
    assert refused.code == Exit.DATA
    assert "hazard: Select one of the list" in refused.err
    assert "what: Enter what it is and where" in refused.err
    assert cli("urgent", "spos_now", "--set", "colour=red").code == Exit.USAGE
    assert cli("urgent", "nothing").code == Exit.NO_INPUT
    assert cli("case", "list").out == ""


def test_what_waits_is_shown_as_on_the_first_screen(cli: Cli, parked: Store) -> None:
    """Exit 1 when nothing waits, for scripts."""
    assert [line.split("  ")[2] for line in cli("waiting").out.splitlines()] == [
        "Ann Jones Fines and penalties",
        "Bob Lee",
    ]
    assert json.loads(cli("waiting", "--json").out.splitlines()[0])["kind"] == "draft"
    for _parked in range(2):
        cli("enquiry", "discard", "1", "--reason", "test")
    nothing = cli("waiting")
    assert (nothing.code, nothing.out) == (Exit.DIFFERENT, "")


# -- one search for everything ------------------------------------------------------------------


def test_one_search_shows_first_what_the_words_look_like(
    cli: Cli, store: Store, user: User, clock: SetClock
) -> None:
    """As F3 does; danger before everything, and exit 1 for nothing."""
    line = save(store, user, clock, person_name="Ann Holiday", question="About a fine")
    kinds = [text.split()[0] for text in cli("find", "ann", "holiday").out.splitlines()]
    assert kinds[:2] == ["Person", "Contact"]
    assert line.ref in cli("find", line.ref.lower()).out.splitlines()[0]
    matter = cli("find", "cannot pay my fine").out.splitlines()
    assert {text.split()[0] for text in matter[:3]} <= {"Article", "Script"}
    assert cli("find", "i want to kill myself").out.startswith("Script  s-suicide")
    rows = [json.loads(text) for text in cli("find", "t:FIN", "--json").out.splitlines()]
    assert {row["kind"] for row in rows} <= {"article", "script"}
    assert cli("find", "zzyzxq").code == Exit.DIFFERENT
