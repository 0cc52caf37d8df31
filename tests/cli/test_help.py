"""Every command explains itself, in both languages, and at once."""

from __future__ import annotations

import gettext
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from deskapp.cli.main import every_command
from tests.cli.conftest import Cli


class Marked(gettext.NullTranslations):
    """A translation that can be told from its original."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))


COMMANDS = dict(_commands(every_command()))
GROUPS = {
    name: [path for path in COMMANDS if path[:1] == begin]
    for name, begin in [("deskapp", ()), *((path[0], path) for path in COMMANDS if len(path) == 1)]
}
"""Paths of the commands, by their first word: a test for each path would take twice as long."""


def test_every_verb_of_the_issue_is_there() -> None:
    """What scripts are written against does not go away."""
    verbs = "enquiry add,enquiry list,enquiry show,enquiry find,enquiry note,followup list"
    verbs += ",followup done,court find,court show,rules run,rules check,doctor,setup,passphrase"
    verbs += ",keys,demo,case open,case list,case show,case do,case due,scheme lint,scheme list"
    verbs += ",scheme show,scheme try,scheme graph"
    assert {tuple(verb.split()) for verb in verbs.split(",")} <= set(COMMANDS)


def test_every_command_and_option_has_help() -> None:
    """A serial terminal has no other manual."""
    silent = [
        (*path, param.name)
        for path, command in COMMANDS.items()
        for param in command.params
        if not param.help
    ]
    assert silent + [path for path, command in COMMANDS.items() if not command.help] == []


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("group", GROUPS)
def test_help_goes_to_stdout_and_fits_80_columns(cli: Cli, group: str, language: str) -> None:
    """Help that was asked for is what was asked for: data."""
    for path in GROUPS[group]:
        done = cli("--lang", language, *path, "--help")
        assert (done.code, done.err) == (0, ""), path
        assert "deskapp " + " ".join(path) in done.out
        assert max(map(len, done.out.splitlines())) <= 80, path


@pytest.mark.parametrize("group", GROUPS)
def test_every_text_of_help_is_translated(
    cli: Cli, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that stand in decorators are easily shown as they are; English has no catalogue."""
    monkeypatch.setattr(gettext, "translation", lambda *_given, **_named: Marked())
    for path in GROUPS[group]:
        shown = " ".join(cli("--lang", "cy", *path, "--help").out.split())
        for param in COMMANDS[path].params:
            assert f"«{param.help}»" in shown, path
        assert f"«{COMMANDS[path].help.split()[0]}" in shown, path


def test_help_imports_nothing_heavy() -> None:
    """Help comes before the models, the screens and typer's own models are needed."""
    assert _imported("--help") == set()


def test_reading_contacts_imports_no_models(folder: object) -> None:
    """A list in a script costs what plain SQL costs."""
    assert _imported("enquiry", "list") == set()


def _imported(*argv: str) -> set[str]:
    """Which of the heavy packages a command has imported."""
    code = (
        "import sys; from deskapp.cli.main import run; code = run(sys.argv[1:]);"
        "print(code, *sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, check=True)
    lines = done.stderr.decode().splitlines()
    assert "0" in lines
    return {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "alembic"} & set(lines)
