"""Cases and schemes from the line mode: open, act, list, show, and what schemes say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.services import desk
from deskapp.services.casework import loader
from tests.cli.conftest import Cli

CASES = Path(__file__).parents[1] / "cases" / "casework_cases.json"
OPEN = ("case", "open", "cond_caution", "--set", "offender=Ann Jones")


@pytest.fixture
def ref(cli: Cli, folder: Path) -> str:
    """The reference of a case."""
    return cli(*OPEN, "--set", "offence_class=summary", "--external", "NICHE 1").ref


def test_a_case_goes_its_way_in_line_mode(cli: Cli, ref: str) -> None:
    """From opening to the end, with what stands against it on the way."""
    given = ("--set", "given_on=20 11 2026", "--set", "authorised_by=Lee Example")
    early = cli("case", "do", ref, "give", *given)
    assert (early.code, early.out) == (Exit.DATA, "")
    assert "Give: not now: first: " in early.err
    assert cli("case", "do", ref, "add", "condition", "--set", "text=Course").code == Exit.OK
    assert "In force" in cli("case", "do", ref, "give", *given).out
    refused = cli("case", "do", ref, "complete")
    assert refused.code == Exit.DATA
    assert "open or not done: Condition (Course)" in refused.err
    shown = json.loads(cli("case", "show", ref, "--json").out)
    names = [item["name"] for item in shown["items"]]
    number = next(n for n, item in enumerate(shown["items"], 1) if item["template"] == "condition")
    assert cli("case", "do", ref, "close", str(number), "complied").code == Exit.OK
    assert cli("case", "do", ref, "note", "--note", "All papers are in").code == Exit.OK
    assert "Complied" in cli("case", "do", ref, "complete").out
    record = json.loads(cli("case", "show", ref, "--json").out)
    assert (record["stage"], record["fields"]["given_on"]) == ("complied", "2026-11-20")
    assert record["history"][-2]["note"] == "All papers are in"
    assert set(names) < {item["name"] for item in record["items"]}


def test_the_record_is_written_out_in_both_languages(cli: Cli, ref: str) -> None:
    """With fields, items, actions and history, each under its heading."""
    shown = cli("case", "show", ref.lower()).out
    for text in (ref, "Stage: Proposed", "Offender: Ann Jones", "NICHE 1", "Items:", "History:"):
        assert text in shown
    welsh = cli("--lang", "cy", "case", "show", ref).out
    assert "Troseddwr: Ann Jones" in welsh
    assert "History" not in welsh


def test_lists_go_on_and_find(cli: Cli, ref: str) -> None:
    """Page by page, by worklist, by words; for programs as JSON."""
    second = cli(*OPEN).ref
    first = cli("case", "list", "--limit", "1")
    assert first.out.count("\n") == 1
    shown = first.out.split()[0]
    rest = cli("case", "list", "--after", shown)
    assert {shown, rest.out.split()[0]} == {ref, second}
    line = json.loads(cli("case", "list", "mine", "--find", "niche", "--json").out)
    assert (line["ref"], line["title"], line["scheme"]) == (ref, "Ann Jones", "cond_caution")
    assert cli("case", "list", "done").err.strip() == "There are no such cases."
    assert cli("case", "list", "--scheme", "isc").out == ""
    assert cli("case", "list", "everything").code == Exit.USAGE


def test_what_is_due_is_listed(cli: Cli, ref: str) -> None:
    """With the item that it is, as far ahead as asked."""
    assert cli("case", "due").err.strip() == "Nothing is due."
    cli("case", "do", ref, "set", "--set", "offence_on=today")
    assert "Last day to prosecute  Ann Jones" in cli("case", "due", "--days", "400").out
    line = json.loads(cli("case", "due", "--days", "400", "--json").out)
    assert (line["ref"], line["template"]) == (ref, "prosecution_limit")
    put = cli("case", "do", ref, "extend", "prosecution_limit", "tomorrow", "--note", "Asked")
    assert put.code == Exit.OK
    assert cli("case", "due").out.startswith(ref)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "CC-AAA-AAA-AAA"), Exit.NO_INPUT),
        (("open", "nothing"), Exit.NO_INPUT),
        (("open", "cond_caution"), Exit.DATA),
        (("open", "cond_caution", "--set", "offender"), Exit.USAGE),
        (("do", "{ref}", "sing"), Exit.NO_INPUT),
        (("do", "{ref}", "close", "9", "done"), Exit.NO_INPUT),
        (("do", "{ref}", "extend", "prosecution_limit", "someday"), Exit.DATA),
        (("do", "{ref}", "book", "prosecution_limit", "today", "--set", "a=b"), Exit.USAGE),
    ],
)
def test_what_cannot_be_done_is_said(
    cli: Cli, ref: str, words: tuple[str, ...], code: Exit
) -> None:
    """In a sentence, with an exit code of its kind and nothing on stdout."""
    done = cli("case", *(word.format(ref=ref) for word in words))
    assert (done.code, done.out) == (code, "")
    assert "fault" not in done.err
    assert done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extend", "prosecution_limit"), "Write it like this: extend ITEM DAY"),
        (("note",), "Write the note with --note TEXT."),
        (("close", "99", "done"), "The case has no item 99. Use one of: 1 "),
        (("close", "1", "sung"), "There is no outcome sung. Use one of: "),
        (("add", "song"), "There is no item song to add. Use one of: condition"),
        (("set", "--set", "song=la"), "There is no field song to fill in. Use one of: "),
    ],
)
def test_what_is_wrong_in_an_action_is_named_with_what_is_possible(
    cli: Cli, ref: str, words: tuple[str, ...], said: str
) -> None:
    """The officer need not look into the scheme in the middle of a call."""
    done = cli("case", "do", ref, *words)
    assert (done.out, done.err.startswith(said)) == ("", True), done.err
    assert done.code in (Exit.USAGE, Exit.NO_INPUT)


def test_the_lists_are_worked_out_anew(cli: Cli, ref: str, folder: Path) -> None:
    """After ``doctor --rebuild`` the list is as it was, whatever happened to it."""
    before = cli("case", "list").out
    store = Store.open(folder, vault.unlock(folder))
    store.call_jot(lambda connection: connection.execute("DELETE FROM case_state"))
    store.close()
    assert cli("case", "list").out == ""
    done = cli("doctor", "--rebuild")
    assert "Cases worked out anew: 1." in done.err
    assert "ok     capture" in done.out
    assert cli("case", "list").out == before


def test_a_desk_is_prepared_with_roles_of_schemes(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without them no action of a scheme that names a role could be taken."""
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path / "new"))
    site = ("--site", "fact:nottingham-crown-court", "--name", "Lee Example")
    made = cli(
        *("setup", *site, "--insecure-key-file", "--scheme-role", "supervisor"),
        *("--scheme-role", "coordinator"),
    )
    assert made.code == Exit.OK
    new = tmp_path / "new" / "data"
    store = Store.open(new, vault.unlock(new))
    assert store.call_read(desk.user).scheme_roles == {"supervisor", "coordinator"}
    store.close()


# -- schemes ----------------------------------------------------------------------------------


def test_every_finding_of_a_scheme_is_shown_with_its_line(cli: Cli, tmp_path: Path) -> None:
    """Not only the first; a sound file is told so."""
    text = (loader.SHIPPED_FOLDER / "cond_caution.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        text.replace('to = "complied"', 'to = "nowhere"').replace("prefix =", "prefixed ="),
        encoding="utf-8",
    )
    done = cli("scheme", "lint", str(wrong))
    assert done.code == Exit.DIFFERENT
    lines = done.out.splitlines()
    assert len(lines) > 2
    assert all(line.startswith(f"{wrong}, line ") for line in lines)
    assert any("nothing called nowhere" in line for line in lines)
    sound = cli("scheme", "lint", *map(str, sorted(loader.SHIPPED_FOLDER.glob("isc*.toml"))))
    assert (sound.code, sound.out, sound.err.strip()) == (Exit.OK, "", sound.err.strip())
    assert sound.err.endswith("Nothing is wrong.\n")
    assert cli("scheme", "lint", str(tmp_path / "none.toml")).code == Exit.NO_INPUT


def test_a_scheme_of_ones_own_works_from_the_settings_folder(cli: Cli, folder: Path) -> None:
    """After lint; a wrong one is named instead of being left out."""
    own = folder.parent / "settings" / "schemes" / "mine.toml"
    own.parent.mkdir(parents=True)
    text = (loader.SHIPPED_FOLDER / "cond_caution.toml").read_text(encoding="utf-8")
    own.write_text(text.replace('id = "cond_caution"', 'id = "mine"', 1), encoding="utf-8")
    assert "\nmine " in "\n" + cli("scheme", "list").out
    assert cli("case", "open", "mine", "--set", "offender=Ann").ref.startswith("CC-")
    assert cli("scheme", "graph", "mine").out.startswith("digraph mine {")


def test_schemes_are_listed_shown_and_drawn(cli: Cli) -> None:
    """Without a store."""
    ids = [json.loads(line)["id"] for line in cli("scheme", "list", "--json").out.splitlines()]
    assert {"isc", "cond_caution"} <= set(ids)
    shown = cli("scheme", "show", "cond_caution").out
    for text in ("offence_class", "Either way", "report_breach", "Stages:", "not_complied"):
        assert text in shown
    drawn = cli("scheme", "graph", str(loader.SHIPPED_FOLDER / "cond_caution.toml")).out
    assert '  proposed -> in_force [label="Give"];' in drawn
    assert drawn.endswith("}\n")
    assert cli("scheme", "graph", "nothing").code == Exit.NO_INPUT


def test_a_script_is_tried_with_a_scheme_that_is_not_installed(cli: Cli, tmp_path: Path) -> None:
    """The author sees the state before anybody else sees the scheme."""
    scheme = tmp_path / "new.toml"
    shutil.copy(loader.SHIPPED_FOLDER / "cond_caution.toml", scheme)
    scheme.write_text(scheme.read_text("utf-8").replace('id = "cond_caution"', 'id = "new"', 1))
    script = tmp_path / "script.json"
    steps = [{"at": "2026-03-02T09:00", "by": "amy", "open": {"offender": "O. Example"}}]
    script.write_text(
        json.dumps(
            {
                "id": "n1", "kind": "script", "scheme": "new", "people": {"amy": ["officer"]},
                "steps": steps, "at": "2026-03-02T10:00",
            }
        )
    )  # fmt: skip
    done = cli("scheme", "try", str(script), "--scheme", str(scheme))
    assert json.loads(done.out)["output"]["stage"] == "proposed"
    assert cli("scheme", "try", str(script)).code == Exit.NO_INPUT
    every = cli("scheme", "try", str(CASES))
    assert every.code == Exit.OK
    assert every.out.count("\n") >= 3
    script.write_text("[7]")
    assert cli("scheme", "try", str(script)).code == Exit.PROBLEM


def test_what_a_field_does_not_take_is_named_with_what_to_type(cli: Cli, folder: Path) -> None:
    """Every field at once, and nothing is changed."""
    ref = cli(*OPEN).ref
    before = cli("case", "show", ref, "--json").out
    given = ("--set", "offence_on=soon", "--set", "offence_class=grave")
    done = cli("case", "do", ref, "set", *given)
    assert done.code == Exit.DATA
    assert "offence_on: Offence on: " in done.err
    assert "Choose one of: Summary, Either way, Indictable" in done.err
    assert cli("case", "show", ref, "--json").out == before


def test_drafts_for_a_translator_are_listed_and_are_no_finding(cli: Cli) -> None:
    """What goes out never says so."""
    done = cli("scheme", "lint", str(loader.SHIPPED_FOLDER / "meeting.toml"))
    assert done.code == Exit.OK
    assert "For a translator: meeting_invitation.cy is a draft." in done.err
