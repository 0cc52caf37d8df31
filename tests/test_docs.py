"""What the documents name is there: targets, commands, settings, keys, screen words, links.

Each rule is a function of a text, so that a wrong text can show that it finds something.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deskapp import keys
from deskapp.cli.main import every_command
from deskapp.errors import Exit
from deskapp.settings import Settings
from tests import trees

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md")])
OFFICER = REPOSITORY / "docs" / "officer.md"
ADMINISTRATOR = REPOSITORY / "docs" / "administrator.md"
OF_THE_SCREENS = {"--profile", "--lang", "--home"}
"""Options that the launcher takes or that may stand before and behind every command."""

CODE = re.compile(r"^```\w*\n(?P<block>.*?)^```|`(?P<inline>[^`]+)`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
QUOTED = re.compile(r'"(?P<words>[^"]+)"')

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


# -- what a text names ------------------------------------------------------------------------


def commands(text: str) -> Iterator[list[str]]:
    """Every command in the code of ``text``, as words."""
    for match in CODE.finditer(text):
        lines = (match["block"] or match["inline"].replace("\n", " ")).splitlines()
        for line in lines:
            if line.startswith(("make", "deskapp", ".venv/bin/deskapp")):
                yield shlex.split(line)


def unknown_targets(text: str) -> list[str]:
    """Targets that ``text`` names and the Makefile does not have."""
    there = set(
        re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    named = [words[1] for words in commands(text) if words[0] == "make" and len(words) > 1]
    return [target for target in named if target not in there]


def unknown_commands(text: str) -> list[str]:
    """Commands of deskapp and options of theirs that ``text`` names and that are not there."""
    named = [words[1:] for words in commands(text) if words[0].endswith("deskapp")]
    return [" ".join(words) for words in named if not _is_there(words)]


def _is_there(words: list[str]) -> bool:
    command: Any = every_command()
    options = set(OF_THE_SCREENS)
    waiting = iter(words)
    for word in waiting:
        if word in OF_THE_SCREENS:
            next(waiting, "")
        elif word.startswith("--"):
            known = {spelt for each in command.params for spelt in (*each.opts, "--help")}
            if word not in options | known:
                return False
        elif hasattr(command, "commands") and word != "...":
            if word not in command.commands:
                return False
            command = command.commands[word]
    return True


def broken_links(text: str, folder: Path) -> list[str]:
    """Links of a document in ``folder`` that lead nowhere."""
    return [
        target
        for target in (match["target"] for match in LINK.finditer(text))
        if not target.startswith("https://") and not _leads_somewhere(target, text, folder)
    ]


def _leads_somewhere(target: str, text: str, folder: Path) -> bool:
    name, _hash, place = target.partition("#")
    file = folder / name
    if name and not file.is_file():
        return False
    return not place or place in _places(file.read_text("utf-8") if name else text)


def _places(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def invented_words(text: str) -> list[str]:
    """What ``text`` quotes from the screens although no screen or command says it."""
    quoted = [" ".join(match["words"].split()) for match in QUOTED.finditer(CODE.sub("", text))]
    return [words for words in quoted if not _is_said(words)]


@cache
def said_texts() -> frozenset[str]:
    """Every text of deskapp that is translated."""
    found = set()
    for file in (REPOSITORY / "deskapp").rglob("*.py"):
        for call in trees.calls_of(file):
            if getattr(call.func, "id", "") in _GETTEXT:
                found |= {arg.value for arg in call.args if isinstance(arg, ast.Constant)}
    return frozenset(text for text in found if isinstance(text, str))


_GETTEXT = {"_", "N_", "ngettext"}


def _is_said(words: str) -> bool:
    """Whether a text has ``words`` as a part; "..." and places stand for anything."""
    part = re.compile(".+".join(map(re.escape, words.split("..."))))
    return any(map(part.search, said_texts())) or any(each.fullmatch(words) for each in patterns())


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """What a text with places can look like."""
    return tuple(
        re.compile(".+".join(map(re.escape, re.split(r"\{\w+\}", said))))
        for said in said_texts()
        if "{" in said
    )


def undocumented_settings(text: str) -> list[str]:
    """Settings without a row that says how they are set."""
    return [
        name for name in Settings._fields if not re.search(rf"^\| `{name}` \|", text, re.MULTILINE)
    ]


def undocumented_exits(text: str) -> list[str]:
    """Exit codes without a row with their number and name."""
    return [code.name for code in Exit if f"\n| {code.value} | `{code.name}` |" not in text]


def undocumented_keys(text: str) -> list[str]:
    """Keys without a row that names each of them as it is written for people."""
    missing = []
    for name in keys.KEYS:
        row = re.search(rf"^\|(.+)\| `{re.escape(name)}` \|", text, re.MULTILINE)
        if row is None or keys.shown(name) not in row[1].split():
            missing.append(name)
    return missing


def undocumented_allowed_keys(text: str) -> list[str]:
    """Keys that may be given to an action and are not listed."""
    return sorted(key for key in keys.CHANGEABLE if f"`{key}`" not in text)


# -- the documents ----------------------------------------------------------------------------


@each_document
def test_every_target_and_command_that_is_named_exists(document: Path) -> None:
    """A reader types what the page says."""
    text = document.read_text(encoding="utf-8")
    assert unknown_targets(text) == []
    assert unknown_commands(text) == []


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    """Files, places inside them and pictures."""
    assert broken_links(document.read_text(encoding="utf-8"), document.parent) == []


@each_document
def test_quoted_words_stand_on_the_screen(document: Path) -> None:
    """An officer looks for exactly the words of the guide."""
    if document.name not in {"CONTRIBUTING.md", "CHANGELOG.md"}:
        assert invented_words(document.read_text(encoding="utf-8")) == []


def test_the_administrator_finds_every_setting_exit_code_and_allowed_key() -> None:
    """Nobody reads the code to set up a desk."""
    text = ADMINISTRATOR.read_text(encoding="utf-8")
    assert undocumented_settings(text) == []
    assert undocumented_exits(text) == []
    assert undocumented_allowed_keys(text) == []


def test_the_officer_finds_every_key() -> None:
    """The key line has room for a few only."""
    assert undocumented_keys(OFFICER.read_text(encoding="utf-8")) == []


# -- each rule finds what is wrong ------------------------------------------------------------


def test_wrong_targets_and_commands_are_found() -> None:
    """Inline, in a block, below a group, and an option of another command."""
    text = (
        "`make bake` `deskapp sing` `deskapp enquiry lift` `deskapp keys --limit 3`\n"
        "```\nmake brew\ndeskapp dance\n```\n`make run` `deskapp enquiry list --json --lang cy`"
    )
    assert unknown_targets(text) == ["bake", "brew"]
    assert unknown_commands(text) == ["sing", "enquiry lift", "keys --limit 3", "dance"]


def test_broken_links_are_found(tmp_path: Path) -> None:
    """A file, a place in another file, a place in the same file."""
    (tmp_path / "other.md").write_text("# Own keys\n", encoding="utf-8")
    text = "# Here\n[a](none.md) [b](other.md#no) [c](#nowhere) [d](other.md#own-keys) [e](#here)"
    assert broken_links(text, tmp_path) == ["none.md", "other.md#no", "#nowhere"]


def test_invented_words_are_found() -> None:
    """Places stand for anything, code is left alone."""
    text = 'See "Home", "OVERDUE 3 days", `say "no"` and "Frobnicate the court".'
    assert invented_words(text) == ["Frobnicate the court"]


def test_gaps_in_the_guides_are_found() -> None:
    """Without its row a setting, a code and a key are each told."""
    settings = "\n".join(f"| `{name}` |" for name in Settings._fields)
    assert undocumented_settings(settings.replace("| `channel` |", "")) == ["channel"]
    codes = "".join(f"\n| {code.value} | `{code.name}` |" for code in Exit)
    assert undocumented_exits(codes.replace("| 74 |", "| 75 |")) == ["STORE"]
    rows = "\n".join(f"| {keys.shown(name)} | `{name}` |" for name in keys.KEYS)
    assert undocumented_keys(rows.replace("| Ctrl+T |", "| F12 |")) == ["form.discard"]
    allowed = " ".join(f"`{key}`" for key in keys.CHANGEABLE)
    assert undocumented_allowed_keys(allowed.replace("`f12`", "")) == ["f12"]
