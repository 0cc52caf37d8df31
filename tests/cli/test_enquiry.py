"""Contacts from a script: every field, every problem at once, found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.data.vault import unlock
from deskapp.errors import Exit
from tests.cli.conftest import Cli

CARD = "4111 1111 1111 1111"

pytestmark = pytest.mark.usefixtures("folder")

SIMPLE = ("enquiry", "add", "--topic", "FIN", "--outcome", "RES")


def test_a_contact_is_saved_with_every_field_and_shown(cli: Cli) -> None:
    """What a form can keep, a script can keep."""
    made = cli(
        *("enquiry", "add", "--topic", "fines", "--person", "Ann Jones"),
        *("--phone", "01632 960 001", "--email", "ann@example.com", "--postcode", "cf10 1ci"),
        *("--case", "ZZ26P00123", "--asked", "How to pay?", "--said", "Told how to pay it."),
        *("--who", "juror", "--channel", "counter", "--outcome", "W", "--add", "within_days=5"),
    )
    assert made.code == Exit.OK
    shown = json.loads(cli("enquiry", "show", made.ref, "--json").out)
    assert shown["topic"] == "FIN"
    assert shown["person_name"] == "Ann Jones"
    assert shown["case_ref"] == "ZZ26P00123"
    assert (shown["phone"], shown["email"]) == ("01632 960 001", "ann@example.com")
    assert shown["postcode"] == "cf10 1ci"
    assert (shown["question"], shown["answer"]) == ("How to pay?", "Told how to pay it.")
    assert (shown["user_type"], shown["channel"], shown["outcome"]) == ("juror", "counter", "EML")
    assert shown["extras"] == {"within_days": "5"}
    assert [promised["kind"] for promised in shown["follow_ups"]] == ["email"]
    card = cli("enquiry", "show", made.ref).out
    for text in (made.ref, "Ann Jones", "How to pay?", "Siân O'Brien", "Follow-up", "cf10 1ci"):
        assert text in card


def test_what_most_contacts_do_not_need_is_kept_and_shown(cli: Cli) -> None:
    """Identity, needs, third party, language, dissatisfaction: each has its option."""
    first = cli(*SIMPLE, "--case", "ZZ26P00123").ref
    made = cli(
        *(*SIMPLE, "--case", "zz26 p00123", "--subtopic", "pay", "--jurisdiction", "civil"),
        *("--checked", "case_ref", "--checked", "N", "--not-matched", "birth_date"),
        *("--need", "step-free", "--need", "language", "--need-language", "Polish"),
        *("--for", "Bob Lee", "--authority", "power of attorney"),
        *("--service-language", "cy", "--dissatisfied", "major", "--about", "DEL"),
    )
    assert made.code == Exit.OK
    assert f"You saved {first} about the same" in made.err
    shown = json.loads(cli("enquiry", "show", made.ref, "--json").out)
    assert (shown["subtopic"], shown["jurisdiction"], shown["language"]) == ("pay", "civil", "cy")
    assert (shown["disclosure"], shown["checked"]) == ("limited", ["case_ref", "name"])
    assert (shown["acting_for"], shown["authority"]) == ("Bob Lee", "power_of_attorney")
    assert shown["needs"] == [
        {"code": "step_free", "flag": "RA0019"},
        {"code": "language:pol", "flag": "PF0015"},
    ]
    assert (shown["dissatisfied"], shown["dissatisfied_about"]) == ("major", "DEL")
    assert shown["repeat_of"] == first
    card = cli("enquiry", "show", made.ref).out
    for text in ("Bob Lee, Power of attorney", "Polish", "Limited", "Delay in a case", first):
        assert text in card
    assert "birth" not in card


def test_repeat_that_was_found_is_taken_back(cli: Cli) -> None:
    """An empty reference says that it is none; one that does not exist is a problem."""
    cli(*SIMPLE, "--case", "ZZ26P00123")
    again = (*SIMPLE, "--case", "ZZ26P00123", "--repeat-of")
    none = cli(*again, "").ref
    assert json.loads(cli("enquiry", "show", none, "--json").out)["repeat_of"] == ""
    refused = cli(*again, "E-AAA-AAA-AAA")
    assert refused.code == Exit.DATA
    assert "--repeat-of:" in refused.err


@pytest.mark.parametrize(
    ("given", "option"),
    [
        (("--need", "language"), "--need-language:"),
        (("--need", "none_stated", "--need", "breaks"), "--need:"),
        (("--need", "a throne"), "--need:"),
        (("--for", "Bob Lee"), "--authority:"),
        (("--authority", "signed"), "--for:"),
        (("--dissatisfied", "minor"), "--about:"),
    ],
)
def test_what_was_begun_must_be_whole(cli: Cli, given: tuple[str, ...], option: str) -> None:
    """Each problem stands at the option that puts it right."""
    refused = cli(*SIMPLE, *given)
    assert (refused.code, refused.out) == (Exit.DATA, "")
    assert option in refused.err


def test_a_script_gets_every_problem_at_once_at_its_option(cli: Cli) -> None:
    """One run is enough to see what must be put right."""
    done = cli(
        "enquiry", "add", "--topic", "zzz", "--email", "nowhere", "--outcome", "MSG", "--add", "x=1"
    )
    assert (done.code, done.out) == (Exit.DATA, "")
    for option in ("--topic:", "--email:", "--said:", "--add:", "--add team:", "--add by_when:"):
        assert option in done.err
    assert cli("enquiry", "list").err.strip() == "There are no contacts."


def test_words_that_mean_several_items_show_them(cli: Cli) -> None:
    """The script's author sees the codes to choose from."""
    done = cli("enquiry", "add", "--topic", "court", "--outcome", "RES")
    assert done.code == Exit.DATA
    assert "FND " in done.err


@pytest.mark.parametrize("outcome", ["RES", "res", "R", "Resolved: answered in full", "answered"])
def test_an_outcome_is_a_code_its_letter_or_words(cli: Cli, outcome: str) -> None:
    """Both keys of the screen and its words work."""
    assert cli("enquiry", "add", "--topic", "FIN", "--outcome", outcome).code == Exit.OK


def test_a_card_number_needs_a_decision(cli: Cli) -> None:
    """Card details must never be kept by accident, in a note either."""
    said = ("--said", f"Card {CARD} was read out")
    refused = cli(*SIMPLE, *said)
    assert refused.code == Exit.DATA
    assert "--said:" in refused.err
    assert CARD not in refused.err
    blanked = cli(*SIMPLE, *said, "--card-number", "blank").ref
    kept = cli(*SIMPLE, *said, "--card-number", "keep").ref
    assert CARD not in cli("enquiry", "show", blanked).out
    assert CARD in cli("enquiry", "show", kept).out
    assert cli("enquiry", "note", kept, f"Card {CARD}").code == Exit.DATA
    assert cli("enquiry", "note", kept, f"Card {CARD}", "--card-number", "blank").code == Exit.OK


@pytest.mark.parametrize(
    "given", [("--case", CARD), ("--person", CARD), ("--outcome", "S", "--add", f"signpost={CARD}")]
)
def test_a_card_number_is_seen_in_every_free_text(cli: Cli, given: tuple[str, ...]) -> None:
    """It is typed wherever the cursor stands."""
    refused = cli(*SIMPLE, *given)
    assert (refused.code, refused.out) == (Exit.DATA, "")
    assert cli(*SIMPLE, *given, "--card-number", "keep").code == Exit.OK


def test_a_known_person_is_linked_by_their_id(cli: Cli) -> None:
    """Somebody new of a known name is told of, with what tells them apart."""
    ann = (*SIMPLE, "--person", "Ann Jones")
    first = cli(*ann, "--postcode", "SY23 1AS", "--phone", "01632 960001")
    assert first.err.strip() == "Saved."
    person_id = json.loads(cli("enquiry", "show", first.ref, "--json").out)["person_id"]
    again = cli(*SIMPLE, "--person", "ann  JONES")
    assert f"{person_id}  Ann Jones  SY23 1AS, phone ends 001, 1 contact" in again.err
    linked = cli(*SIMPLE, "--person-id", person_id, "--phone", "07700 900982")
    assert "--person-id" not in linked.err
    shown = json.loads(cli("enquiry", "show", linked.ref, "--json").out)
    assert (shown["person_id"], shown["person_name"]) == (person_id, "Ann Jones")
    assert shown["phone"] == "07700 900982"
    wrong = cli(*SIMPLE, "--person-id", "nobody")
    assert (wrong.code, wrong.out) == (Exit.DATA, "")
    assert "--person-id: There is no such person" in wrong.err


def test_a_contact_is_shown_in_welsh_to_the_last_value(cli: Cli) -> None:
    """Dates and answers are words, not what is kept."""
    added = ("--add", "to=Listing", "--add", "answered=yes")
    moved = cli("enquiry", "add", "--topic", "FIN", "--outcome", "TRF", *added).ref
    comes = cli(
        *("enquiry", "add", "--topic", "FIN", "--outcome", "APT", "--add", "date=30 Nov"),
    ).ref
    shown = cli("--lang", "cy", "enquiry", "show", moved).out
    assert ": Ie\n" in shown
    shown = cli("--lang", "cy", "enquiry", "show", comes).out
    assert ": 30 Tach " in shown


def test_a_note_comes_from_the_argument_or_from_stdin(cli: Cli) -> None:
    """A long note is piped in."""
    ref = cli(*SIMPLE).ref
    assert cli("enquiry", "note", ref, "Rang again").code == Exit.OK
    assert cli("enquiry", "note", ref, stdin="First line\nSecond line\n").code == Exit.OK
    notes = json.loads(cli("enquiry", "show", ref, "--json").out)["notes"]
    assert [note["text"] for note in notes] == ["Rang again", "First line\nSecond line"]
    assert cli("enquiry", "note", ref, " ").code == Exit.DATA


def test_a_list_goes_on_behind_a_reference(cli: Cli) -> None:
    """Every contact is reached once, the newest first."""
    refs = [cli(*SIMPLE).ref for _number in range(3)]
    first = cli("enquiry", "list", "--limit", "2")
    listed = [line.split()[0] for line in first.out.splitlines()]
    assert listed == refs[:0:-1]
    assert listed[-1] in first.err
    rest = cli("enquiry", "list", "--after", listed[-1])
    assert [line.split()[0] for line in rest.out.splitlines()] == refs[:1]
    assert rest.err == ""


def test_a_list_is_read_page_by_page(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is lost or shown twice."""
    monkeypatch.setattr("deskapp.cli.enquiry.PAGE_ROWS", 2)
    refs = {cli(*SIMPLE).ref for _number in range(5)}
    lines = cli("enquiry", "list", "--json").out.splitlines()
    assert len(lines) == 5
    assert {json.loads(line)["ref"] for line in lines} == refs


def test_a_search_finds_by_words_and_reference_and_exits_1_for_nothing(cli: Cli) -> None:
    """As grep does."""
    ref = cli(*SIMPLE, "--person", "Siân O'Brien").ref
    for words in (["obrien"], ["sian", "brien"], [ref], [ref.replace("-", " ").lower()]):
        assert cli("enquiry", "find", *words).out.startswith(ref)
    assert cli("enquiry", "find", "nobody").code == Exit.DIFFERENT


def test_a_reference_that_is_not_there_exits_66(cli: Cli) -> None:
    """Whatever is wrong with it."""
    for ref in ("E-AAA-AAA-AAA", "nonsense", ""):
        for argv in (["show", ref], ["note", ref, "x"], ["list", "--after", ref or "x"]):
            assert cli("enquiry", *argv).code == Exit.NO_INPUT


def test_a_follow_up_is_listed_done_and_undone(cli: Cli) -> None:
    """What was promised does not get lost."""
    ref = cli("enquiry", "add", "--topic", "FIN", "--outcome", "EML", "--add", "within_days=3").ref
    line = json.loads(cli("followup", "list", "--json").out)
    assert (line["ref"], line["kind"], line["days_left"] >= 3) == (ref, "email", True)
    assert cli("followup", "done", ref).code == Exit.OK
    assert cli("followup", "list").out == ""
    [promised] = json.loads(cli("enquiry", "show", ref, "--json").out)["follow_ups"]
    assert (promised["due_on"], promised["done_by"]) == (line["due_on"], "Siân O'Brien")
    assert promised["done_at"]
    assert " by Siân O'Brien" in cli("enquiry", "show", ref).out
    assert cli("followup", "done", ref).code == Exit.NO_INPUT
    assert cli("followup", "done", ref, "--undo").code == Exit.OK
    assert ref in cli("followup", "list").out


def test_what_a_script_saves_leaves_no_draft(cli: Cli, folder: Path) -> None:
    """The screens would offer it as unfinished."""
    cli(*SIMPLE)
    store = Store.open(folder, unlock(folder))
    try:
        assert store.call_read(lambda db: db.execute("SELECT * FROM draft").fetchall()) == []
    finally:
        store.close()
