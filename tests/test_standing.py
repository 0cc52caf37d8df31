"""What must stay true of the whole: a lean start, keys that exist, help everywhere, no leaks."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from deskapp import app, i18n, keys
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.app_moves import UNSEEN
from deskapp.screens.base import DeskScreen
from deskapp.widgets.key_line import KeyLine
from tests import trees
from tests.builders import SetClock, save
from tests.discovery import classes, desk_screens

REPOSITORY = Path(__file__).parents[1]
COLUMNS = 80


SCREENS = desk_screens()


# -- start --------------------------------------------------------------------------------------

FIRST_PAINT = """
import json, os, sys
from deskapp import i18n, paths, settings
from deskapp.terminal import profiles
i18n.use("en")
profiles.apply(profiles.THIN, os.environ)
from deskapp.terminal.lean import lean_imports
with lean_imports():
    import asyncio
    from deskapp.app import DeskApp

async def main():
    app = DeskApp(paths.store_folder(), profile=profiles.THIN, settings=settings.Settings())
    app.store_or_question()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        print(json.dumps([app.screen.HEADING, sorted(sys.modules)]))
    app.close_store()

asyncio.run(main())
"""

NOT_AT_THE_START = (
    "typer",
    "click",
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "cryptography",
    "keyring",
    "markdown_it",
    "pygments",
    "ssl",
    "bz2",
    "lzma",
    "hashlib",
    "gettext",
    "tomllib",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
)


def modules_after(*command: str) -> tuple[str, list[str]]:
    """What a Python of its own says first, and the modules that it has imported at the end."""
    result = subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    said, modules = json.loads(result.stdout.splitlines()[-1])
    return said, modules


def test_the_first_page_imports_nothing_it_does_not_need(folder: Path) -> None:
    """R12: what the first page does not show is imported when the officer rests."""
    heading, modules = modules_after("-c", FIRST_PAINT)
    assert heading == "Home"
    assert [name for name in NOT_AT_THE_START if name in modules] == []


NOT_FOR_A_LINE = (
    "deskapp.services.callbacks.callback_cards",
    "deskapp.services.casework.events",
    "deskapp.services.lists",
    "deskapp.services.matching",
    "deskapp.services.typed",
)


def test_a_callback_on_the_first_page_imports_nothing_of_its_form(
    folder: Path, store: Store, user: User, clock: SetClock
) -> None:
    """R12 holds on a working day too: a line needs no list to choose from and no card."""
    save(store, user, clock, outcome="CBK", extras={"slot": "today 11", "kind": "about"})
    store.close()
    heading, modules = modules_after("-c", FIRST_PAINT)
    assert heading == "Home"
    assert "deskapp.services.callbacks.callback_words" in modules
    assert [name for name in NOT_FOR_A_LINE if name in modules] == []


def test_the_list_of_late_imports_names_real_modules() -> None:
    """A name that is spelt wrong would never be found."""
    late = (*NOT_AT_THE_START, *NOT_FOR_A_LINE)
    missing = [name for name in late if importlib.util.find_spec(name) is None]
    assert set(missing) <= {"click", "pygments"}


def test_help_of_the_commands_imports_neither_screens_nor_models() -> None:
    """A command line that answers late is not used."""
    run = (
        "import json, sys\nfrom deskapp.__main__ import main\ncode = main(['--help'])\n"
        "print(json.dumps([str(code), sorted(sys.modules)]))"
    )
    code, modules = modules_after("-c", run)
    assert code == "0"
    assert [
        name
        for name in ("textual", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "sqlcipher3")
        if name in modules
    ] == []


# -- keys and help --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.__name__))
def test_the_key_line_fits_eighty_columns(screen: type[DeskScreen[Any]], language: str) -> None:
    """Every key of the line is shown, in both languages; help comes first."""
    i18n.use(language)
    every = (*app.EVERYWHERE, *screen.KEYS)
    names = tuple(name for name in every if name not in screen.LEFT_TO_HELP)
    shown = [key for key, _label in KeyLine(names).parts(COLUMNS)]
    assert shown == [keys.shown(name) for name in names if keys.KEYS[name].footer]
    assert shown[0] == "F1"


def test_a_narrow_key_line_keeps_help() -> None:
    """R5: at 60 columns keys are left out from the end."""
    for screen in SCREENS:
        assert KeyLine((*app.EVERYWHERE, *screen.KEYS)).parts(60)[0][0] == "F1"


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.__name__))
def test_a_key_does_one_thing_on_a_screen(screen: type[DeskScreen[Any]]) -> None:
    """Otherwise one of the two could never be reached."""
    names = dict.fromkeys((*app.EVERYWHERE, *UNSEEN, *screen.KEYS))
    pressed = Counter(key for name in names for key in keys.keys_of(name).split(","))
    assert [key for key, times in pressed.items() if times > 1] == []


def bound(node: type[DOMNode]) -> Iterator[str]:
    """Every key that a class binds itself."""
    for binding in node.__dict__.get("BINDINGS", ()):
        named = binding.key if isinstance(binding, Binding) else binding[0]
        yield from (key.strip() for key in named.split(","))


def test_only_keys_that_every_terminal_sends_are_bound() -> None:
    """R8: screens and widgets bind nothing else; a plain letter is one outside of fields."""
    wrong = [
        f"{node.__name__} binds {key}"
        for node in (app.DeskApp, *classes(DOMNode))
        for key in bound(node)
        if key not in {*keys.ALLOWED, keys.HELP_SIGN} and not re.fullmatch("[a-z]", key)
    ]
    assert wrong == []


def test_every_key_of_the_registry_exists_and_is_used() -> None:
    """An action without a key, or a key without an action, is a promise not kept."""
    used = {name for screen in SCREENS for name in screen.KEYS}
    assert used | set(app.EVERYWHERE) | set(UNSEEN) == set(keys.KEYS)
    for name, key in keys.KEYS.items():
        assert set(key.keys.split(",")) <= keys.ALLOWED, name


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.__name__))
def test_every_screen_says_where_one_is_and_what_one_does(screen: type[DeskScreen[Any]]) -> None:
    """The heading stands on top, the help behind F1; both in both languages."""
    for text in (screen.HEADING, screen.HELP):
        assert text
        i18n.use("cy")
        assert i18n._(text) != text


def test_every_requirement_of_terminals_is_named_by_a_test() -> None:
    """R1 to R14 of the design sheet of thin terminals; ``docs/terminals.md`` says where."""
    texts = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.rglob("test_*.py")]
    named = {int(number) for text in texts for number in re.findall(r"\bR(\d+)\b", text)}
    assert set(range(1, 15)) - named == set()


def test_there_is_a_screen_to_test() -> None:
    """The list above is found, not written."""
    assert "HomeScreen" in [screen.__name__ for screen in SCREENS]


# -- text is never markup ------------------------------------------------------------------------

SHOWING = {"Label", "Static", "OptionList", "notify"}
PROMPTS = {"Option"}


def parsed(path: Path) -> Iterator[str]:
    """Where a text would be parsed as markup."""
    for node in trees.calls_of(path):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in SHOWING and not any(
            each.arg == "markup" and ast.unparse(each.value) == "False" for each in node.keywords
        ):
            yield f"{path.name}:{node.lineno} {called} without markup=False"
        if called in PROMPTS and not (node.args and ast.unparse(node.args[0]).startswith("Text(")):
            yield f"{path.name}:{node.lineno} {called} without Text"


def test_text_is_never_markup() -> None:
    """R14 and S2: ``[/b]`` in a name would end the application, ``[Esc]`` would vanish."""
    places = [REPOSITORY / "deskapp" / "app.py"]
    for name in ("screens", "widgets"):
        places += sorted((REPOSITORY / "deskapp" / name).glob("*.py"))
    assert [place for path in places for place in parsed(path)] == []


@pytest.mark.parametrize("source", ["Label(name)", "self.notify(text)", "Option(name)"])
def test_markup_is_found(source: str, tmp_path: Path) -> None:
    """The check can fail."""
    (tmp_path / "x.py").write_text(source, encoding="utf-8")
    assert list(parsed(tmp_path / "x.py"))


# -- leaks ----------------------------------------------------------------------------------------

PRINTING = {"print", "log", "pprint", "breakpoint"}
MAY_PRINT = {"__main__.py"}
NAMED = re.compile(rf"\b(?:{'|'.join(PRINTING)}|logging)\b")


def printing(path: Path) -> Iterator[str]:
    """Where a module prints or logs."""
    text = path.read_text(encoding="utf-8")
    for node in trees.nodes(text) if NAMED.search(text) else ():
        if isinstance(node, ast.Call):
            function = node.func
            called = getattr(function, "id", getattr(function, "attr", ""))
            own = isinstance(function, ast.Name) or ast.unparse(function) in {"self.log", "app.log"}
            if called in PRINTING and own:
                yield f"{path.name}:{node.lineno} {called}"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "")}
            if names & {"logging", "textual.log"}:
                yield f"{path.name}:{node.lineno} logging"


def test_nothing_is_printed_or_logged_on_the_way() -> None:
    """What officers type is in values; it goes to the screen or the store and nowhere else."""
    found = [
        place
        for path in sorted((REPOSITORY / "deskapp").rglob("*.py"))
        if path.name not in MAY_PRINT
        for place in printing(path)
    ]
    assert found == []


@pytest.mark.parametrize("source", ["print(draft)", "self.log(name)", "import logging"])
def test_printing_is_found(source: str, tmp_path: Path) -> None:
    """The check can fail."""
    (tmp_path / "x.py").write_text(source, encoding="utf-8")
    assert list(printing(tmp_path / "x.py"))


LEFT_OUT = {".git", ".venv", "build", "dist", "__pycache__", "snapshot_report.html", ".hypothesis"}
MACHINE = re.compile(
    r"(?<![\w.~$}/-])/(?:home|root|Users|mnt|opt|srv|tmp|work|workspace)/[\w.-]+"
    r"|\b(?:pypi|registry|artifactory|nexus|mirror|proxy)[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/"
    r"|(?:--index-url|--extra-index-url|--find-links|--trusted-host)[ =]\S"
)


def shipped() -> Iterator[Path]:
    """Every file that is part of the project; caches and what ``make`` prepares are not."""
    for folder, below, names in os.walk(REPOSITORY):
        below[:] = [
            name
            for name in below
            if name not in LEFT_OUT and not name.endswith(("_cache", ".egg-info"))
        ]
        yield from (
            Path(folder, name)
            for name in names
            if name not in LEFT_OUT and not name.startswith(".coverage")
        )


def test_no_file_knows_a_machine_or_a_registry() -> None:
    """They would fail elsewhere, and tell strangers about the place where they were written."""
    found = []
    for path in shipped():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(REPOSITORY)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "cd /" + "root/desk",
        '"/' + 'tmp/x"',
        "https://pypi" + ".example.org/simple",
        "--index" + "-url https://x",
    ],
)
def test_a_machine_or_a_registry_is_found(text: str) -> None:
    """The check can fail."""
    assert MACHINE.search(text)
