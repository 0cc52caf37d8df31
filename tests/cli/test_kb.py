"""Knowledge on the command line: no store, no screen, and the same content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import User
from deskapp.services.courts import sites
from deskapp.services.enquiries import contact_lines
from deskapp.services.knowledge import library
from tests.builders import SITE
from tests.cli.conftest import Cli
from tests.services.knowledge import content_folder
from tests.services.knowledge.content_folder import ENGLISH, FILES, SCRIPT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small folder of content."""
    return content_folder.written(tmp_path / "content")


def test_the_shipped_content_is_whole(cli: Cli) -> None:
    """What stops a release stops this test; what only warns is for the editors."""
    done = cli("kb", "check", "--json")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [finding for finding in found if finding["stops"]] == []
    assert done.code == Exit.OK


def test_a_finding_is_a_line_with_file_place_and_rule(cli: Cli, content: Path) -> None:
    """An editor goes straight to it; W findings only warn."""
    (content / SCRIPT).write_text(FILES[SCRIPT].replace('key = "2"', 'key = "1"'), "utf-8")
    (content / ENGLISH).write_text(FILES[ENGLISH].replace('"payment aaa", ', ""), "utf-8")
    done = cli("kb", "check", "--folder", str(content))
    assert done.code == Exit.DIFFERENT
    assert done.out.splitlines() == [
        "articles/fine-pay.en.md: W3 It has 7 users' words in en; 8 to 20 are wanted.",
        "scripts/s-fine.toml:means: E10 Two options have the key 1.",
    ]
    assert "1. Warnings: 1." in done.err
    found = [json.loads(line) for line in cli(
        "kb", "check", "--folder", str(content), "--json"
    ).out.splitlines()]  # fmt: skip
    assert [(each["rule"], each["stops"]) for each in found] == [("W3", False), ("E10", True)]


def test_an_article_is_shown_with_the_figures_of_the_day(
    cli: Cli, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tester can look at another day; a figure past its review is not shown."""
    shown = cli("kb", "show", "fine-pay", "--folder", str(content))
    assert "2. Give the payment line: 01632 960 001." in shown.out
    assert "Version 2, reviewed 1 Nov 2026, next review 1 Apr 2027" in shown.err
    monkeypatch.setenv("DESKAPP_FACTS_DATE", "2027-04-02")
    shown = cli("kb", "show", "fine-pay", "--folder", str(content))
    assert "2. Give the payment line: [check before quoting]." in shown.out
    assert "fine.phone: Its review date has passed." in shown.out


def test_only_public_parts_are_handed_over(cli: Cli, content: Path) -> None:
    """What is for staff never reaches a user, on paper neither."""
    shown = cli("kb", "show", "fine-pay", "--public", "--folder", str(content)).out
    assert "Reply to copy" in shown
    assert "Staff only" not in shown
    assert "What to do" not in shown  # it tells an officer what to do
    assert "notices that came back" not in shown


def test_a_staff_article_is_not_handed_over(cli: Cli, content: Path) -> None:
    """None of it is public."""
    text = FILES[ENGLISH].replace('audience = "public"', 'audience = "staff"')
    (content / ENGLISH).write_text(text, "utf-8")
    done = cli("kb", "show", "fine-pay", "--public", "--folder", str(content))
    assert (done.code, done.out) == (Exit.NOT_ALLOWED, "")


@pytest.mark.parametrize("option", ["--public", "--reply"])
def test_nothing_of_a_script_is_handed_over(option: str, cli: Cli, content: Path) -> None:
    """It says what an officer asks and does."""
    done = cli("kb", "show", "s-fine", option, "--folder", str(content))
    assert (done.code, done.out) == (Exit.NOT_ALLOWED, "")


def test_an_article_is_shown_in_the_language_asked_for(cli: Cli, content: Path) -> None:
    """Scripts too, with every node."""
    shown = cli("--lang", "cy", "kb", "show", "fine-pay", "--folder", str(content)).out
    assert shown.splitlines()[:3] == ["Talu dirwy llys", "", "Yn fyr"]
    shown = cli("--lang", "cy", "kb", "show", "s-fine", "--folder", str(content)).out
    assert "Oes rhywbeth wedi newid?" in shown


def test_the_flow_of_a_script_is_drawn(cli: Cli, content: Path) -> None:
    """Each way is indented; what stands above is only named again."""
    drawn = cli("kb", "graph", "s-late", "--folder", str(content)).out
    assert drawn == (
        "s-late  Caller was late with money\n"
        "  account [ask] enquiry.fine_account\n"
        "  known [check] enquiry.fine_account missing True\n"
        "    yes:\n"
        "      team [escalate] fines_team today\n"
        "      asked [end] MSG\n"
        "    no:\n"
        "      means [choice]\n"
        "        1 Lost a job:\n"
        "          form [say] must be said\n"
        "          sent [end] FRM means-form-sent\n"
        "        2 Something else:\n"
        "          -> form\n"
    )


@pytest.mark.parametrize("kind", ["article", "script"])
def test_new_files_are_drafts_that_the_check_reads(cli: Cli, content: Path, kind: str) -> None:
    """Nobody is shown them; the check says what is still missing."""
    name = "s-new" if kind == "script" else "new"
    made = cli("kb", "new", kind, name, "--category", "fines", "--folder", str(content))
    assert made.code == Exit.OK
    assert all(Path(line).is_file() for line in made.out.splitlines())
    found = library.load(content)
    assert found.findings == ()
    item = found.item(name)
    assert item
    assert not item.live
    assert cli("kb", "check", "--folder", str(content)).code == Exit.OK
    again = cli("kb", "new", kind, name, "--category", "fines", "--folder", str(content))
    assert again.code == Exit.DATA


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("article", "../x", "--category", "fines"), Exit.DATA),
        (("article", "Ünder", "--category", "fines"), Exit.DATA),
        (("script", "x", "--category", "fines"), Exit.DATA),
        (("note", "x", "--category", "fines"), Exit.USAGE),
        (("article", "x", "--category", "fine"), Exit.USAGE),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    cli: Cli, content: Path, argv: tuple[str, ...], code: Exit
) -> None:
    """An id becomes a file name."""
    assert cli("kb", "new", *argv, "--folder", str(content)).code == code


def test_two_folders_are_compared(cli: Cli, content: Path, tmp_path: Path) -> None:
    """A change of meaning raises the version, and no id goes away."""
    changed = {
        ENGLISH: FILES[ENGLISH].replace("by phone or online", "online"),
        SCRIPT: FILES[SCRIPT].replace("version = 1", "version = 2").replace("that.", "this."),
        "facts.toml": FILES["facts.toml"].replace("960 001", "960 002"),
    }
    newer = content_folder.written(tmp_path / "newer", changed)
    for name in ("articles/fine-late.en.md", "articles/fine-late.cy.md"):
        (newer / name).unlink()
    done = cli("kb", "diff", str(content), "--folder", str(newer))
    assert done.code == Exit.DIFFERENT
    assert done.out.splitlines() == [
        "fine-late: GONE. An id never goes away: withdraw it instead.",
        "fine-pay: CHANGED without a new version (2)",
        "  en -You can pay a fine by phone or online.",
        "  en +You can pay a fine online.",
        "s-fine: version 1 to 2",
        "  en -There is a form for that.",
        "  en +There is a form for this.",
        "fact fine.phone: changed",
    ]
    assert cli("kb", "diff", str(content), "--folder", str(content)).code == Exit.OK


def test_reviews_are_listed_by_owner(cli: Cli, content: Path) -> None:
    """Each owner sees what is theirs."""
    done = cli("kb", "due", "--days", "9000", "--folder", str(content))
    first = done.out.splitlines()[0]
    assert first == "1 Apr 2027   fine.phone                 Figures and phone numbers"
    assert len(done.out.splitlines()) == 5
    assert done.code == Exit.DIFFERENT
    (first, *_rest) = cli(
        "kb", "due", "--days", "9000", "--folder", str(content), "--json"
    ).out.splitlines()
    assert json.loads(first)["review_by"] == "2027-04-01"


def test_the_content_is_counted(cli: Cli, content: Path) -> None:
    """In words for people, in JSON for programs."""
    figures = json.loads(cli("kb", "stats", "--folder", str(content), "--json").out)
    assert (figures["articles"], figures["scripts"], figures["category_fines"]) == (2, 2, 4)
    assert "     2  Articles\n" in cli("kb", "stats", "--folder", str(content)).out


@pytest.mark.parametrize(
    "argv",
    [
        ("show", "nothing-here"),
        ("graph", "jury-defer"),
        ("graph", "s-nothing"),
        ("check", "--folder", "no-such-folder"),
    ],
)
def test_what_is_not_there_is_told(cli: Cli, argv: tuple[str, ...]) -> None:
    """The exit code tells it apart from a wrong command line."""
    done = cli("kb", *argv)
    assert (done.code, done.out) == (Exit.NO_INPUT, "")
    assert done.err


@pytest.mark.parametrize(("language", "begins"), [("en", "You can ask"), ("cy", "Gallwch")])
def test_the_reply_alone_goes_to_another_program(cli: Cli, language: str, begins: str) -> None:
    """Where the screen cannot copy; figures are filled in, what is for staff never leaves."""
    done = cli("--lang", language, "kb", "show", "jury-defer", "--reply")
    assert done.code == Exit.OK
    assert done.out.startswith(begins)
    assert "{" not in done.out
    staff = next(item.id for item in library.shipped().articles.values() if item.staff)
    refused = cli("kb", "show", staff, "--reply")
    assert (refused.code, refused.out) == (Exit.DATA, "")


# -- scripts in line mode ------------------------------------------------------------------------


def test_a_script_is_run_line_by_line(cli: Cli) -> None:
    """Steps go to stderr; what was filled and done goes to stdout."""
    lines = "AB12\nx\n1\nb\n1\nlast month\n1\n-\nThey rang off\n1\n"
    done = cli("script", "run", "s-case-progress", stdin=lines)
    assert done.code == Exit.OK
    assert done.out.startswith("case_ref: AB12\n")
    assert "s-case-progress version 1\n" in done.out
    assert "not said: They rang off" in done.out
    assert "MUST BE SAID: " in done.err
    assert "Choose one of: 1, 2, 3" in done.err


def test_a_safety_script_gives_the_emergency_services_on_every_step(cli: Cli) -> None:
    """In both languages; the step stands again afterwards."""
    done = cli("--lang", "cy", "script", "run", "s-suicide", stdin="9\n")
    assert done.code == 130
    assert "999" in done.err


def test_a_script_becomes_the_contact_it_was_run_for(cli: Cli, store: Store, user: User) -> None:
    """What it filled and how it ended need not be typed again."""
    lines = "123456789\n4 12 2099\n1\nOn holiday\n7 December\n\n"
    done = cli("script", "run", "s-jury-defer", "--log", stdin=lines)
    assert done.code == Exit.OK, done.err
    contact_id = store.call_read(contact_lines.id_of_ref, done.ref)
    record = store.call_read(contact_lines.record, contact_id, user=user)
    assert (record.line.topic, record.line.outcome) == ("JRY", "RES")
    assert record.extras["juror_no"] == "123456789"
    assert [run.script for run in record.more.trail] == ["s-jury-defer"]
    assert "Juror number" in cli("enquiry", "show", done.ref).out
    greeting = cli("script", "run", "s-call-open", "--log", stdin="\n").err
    assert f"this is {sites.name(SITE)}, {user.name} speaking" in " ".join(greeting.split())


def test_a_script_that_is_not_there_is_told(cli: Cli) -> None:
    """Before anything is asked."""
    assert cli("script", "run", "s-nothing").code == Exit.NO_INPUT
