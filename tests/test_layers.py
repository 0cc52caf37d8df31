"""Who may import whom; a rule that is not read from the imports drifts.

Imports inside functions and for type checkers count as well. A rule that differs for types says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import trees

REPOSITORY = Path(__file__).parents[1]

SQL = ("sqlite3", "sqlcipher3", "sqlalchemy", "sqlmodel")
SQL_DRIVERS = ("sqlite3", "sqlcipher3", "sqlalchemy")
POSTGRESQL = ("psycopg", "psycopg2", "asyncpg", "pg8000")
SCREENED = ("textual", "rich")


class Import(NamedTuple):
    """One import as it is written."""

    module: str
    """The module that imports."""
    file: Path
    line: int
    names: tuple[str, ...]
    """What is imported, the module first: ``deskapp.data`` and ``deskapp.data.store``."""
    for_types: bool
    """Only type checkers see it."""

    @property
    def place(self) -> str:
        """File, line and what is imported there."""
        return f"{self.file}:{self.line} imports {self.names[-1]}"


class Rule(NamedTuple):
    """What modules below ``inside`` must not import."""

    inside: tuple[str, ...]
    banned: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    """Modules below ``inside`` that the rule leaves out."""
    may: tuple[str, ...] = ()
    """Modules below ``banned`` that are allowed."""
    types_may: tuple[str, ...] = ()
    """Modules below ``banned`` that are allowed for type checkers."""


RULES = {
    "a screen reaches the store through services": Rule(
        ("deskapp.screens",),
        ("deskapp.data", "deskapp.cli", *SQL, *POSTGRESQL),
        may=("deskapp.data.ids",),
        types_may=("deskapp.data.store.Store", "deskapp.data.tables"),
    ),
    "a widget knows values and messages": Rule(
        ("deskapp.widgets",),
        (
            "deskapp.app",
            "deskapp.cli",
            "deskapp.data",
            "deskapp.screens",
            "deskapp.services",
            *SQL,
            *POSTGRESQL,
        ),
    ),
    "the application opens the store and no more of it": Rule(
        ("deskapp.app",),
        ("deskapp.data", "deskapp.cli", *SQL, *POSTGRESQL),
        may=(
            "deskapp.data.ids",
            "deskapp.data.locks",
            "deskapp.data.store",
            "deskapp.data.vault",
        ),
    ),
    "a service does not know how it is shown": Rule(
        ("deskapp.services",),
        (
            *SCREENED,
            "typer",
            "click",
            "deskapp.app",
            "deskapp.cli",
            "deskapp.screens",
            "deskapp.terminal",
            "deskapp.widgets",
        ),
    ),
    "the data does not know who uses it": Rule(
        ("deskapp.data",),
        (
            *SCREENED,
            "typer",
            "click",
            "deskapp.app",
            "deskapp.cli",
            "deskapp.screens",
            "deskapp.services",
            "deskapp.terminal",
            "deskapp.widgets",
        ),
    ),
    "only the data holds a driver or an engine": Rule(
        ("deskapp",), SQL_DRIVERS, but_not=("deskapp.data",)
    ),
    "only data and services know sessions": Rule(
        ("deskapp",), ("sqlmodel",), but_not=("deskapp.data", "deskapp.services")
    ),
    "only the central database has a PostgreSQL driver": Rule(
        ("deskapp",), POSTGRESQL, but_not=("deskapp.data.central",)
    ),
    "only the command line knows Typer": Rule(
        ("deskapp",), ("typer", "click"), but_not=("deskapp.cli",)
    ),
    "a command is not a screen": Rule(
        ("deskapp.cli",), ("deskapp.screens", "deskapp.widgets", *SQL, *POSTGRESQL, "textual")
    ),
    "the base knows nothing above it": Rule(
        tuple(
            f"deskapp.{name}"
            for name in (
                "clock",
                "errors",
                "i18n",
                "keys",
                "paths",
                "roles",
                "security_log",
                "settings",
                "terminal",
                "text",
            )
        ),
        (
            "deskapp.app",
            "deskapp.cli",
            "deskapp.data",
            "deskapp.screens",
            "deskapp.services",
            "deskapp.widgets",
            "typer",
            *SQL,
        ),
    ),
}


@cache
def imports_of(root: Path) -> tuple[Import, ...]:
    """Every import of every module of the package ``deskapp`` below ``root``."""
    return tuple(_imports(root))


def _imports(root: Path) -> Iterator[Import]:
    for path in sorted((root / "deskapp").rglob("*.py")):
        file = path.relative_to(root)
        parts = file.with_suffix("").parts
        package = parts[:-1]
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        nodes = trees.nodes_of(path)
        for_types = {
            id(node)
            for branch in nodes
            if isinstance(branch, ast.If)
            and isinstance(branch.test, ast.Name | ast.Attribute)
            and ast.unparse(branch.test).endswith("TYPE_CHECKING")
            for statement in branch.body
            for node in ast.walk(statement)
        }
        for node in nodes:
            for names in _names(node, package):
                yield Import(module, file, node.lineno, names, id(node) in for_types)  # type: ignore[attr-defined]


def _names(node: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.name,)
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) - node.level + 1] if node.level else ()
        source = ".".join((*above, *filter(None, (node.module,))))
        for alias in node.names:
            yield source, f"{source}.{alias.name}"


def broken(rule: Rule, found: Iterable[Import]) -> list[str]:
    """Where ``rule`` is broken: file, line and what is imported."""
    return [
        each.place
        for each in found
        if _below(each.module, rule.inside)
        and not _below(each.module, rule.but_not)
        and any(_below(name, rule.banned) for name in each.names)
        and not any(_below(name, rule.may) for name in each.names)
        and not (each.for_types and any(_below(name, rule.types_may) for name in each.names))
    ]


def _below(name: str, tops: tuple[str, ...]) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


@pytest.mark.parametrize("name", RULES)
def test_the_layers_are_kept(name: str) -> None:
    """The failure names file and line."""
    assert broken(RULES[name], imports_of(REPOSITORY)) == []


def test_the_version_is_read_without_importing_anything() -> None:
    """The launcher shows it before anything else, so it pays for every import there."""
    found = [each.place for each in imports_of(REPOSITORY) if each.module == "deskapp"]
    assert found == []


def test_every_rule_speaks_of_modules_that_exist() -> None:
    """A renamed package would leave its rule without a subject."""
    modules = {each.module for each in imports_of(REPOSITORY)}
    for rule in RULES.values():
        for top in (*rule.inside, *(name for name in rule.may if name.startswith("deskapp"))):
            assert any(_below(module, (top,)) for module in modules) or _is_a_file(top), top


def _is_a_file(module: str) -> bool:
    path = REPOSITORY.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


BREAKING = [
    ("deskapp/screens/x.py", "from deskapp.data.store import Store"),
    ("deskapp/screens/x.py", "def f():\n    from deskapp.data import connection"),
    ("deskapp/screens/x.py", "if TYPE_CHECKING:\n    from deskapp.data.connection import C"),
    ("deskapp/screens/x.py", "import sqlite3"),
    ("deskapp/screens/x.py", "from sqlmodel import Session"),
    ("deskapp/widgets/x.py", "from deskapp.services import home"),
    ("deskapp/widgets/x.py", "import deskapp.screens.home"),
    ("deskapp/widgets/x.py", "from ..data import store"),
    ("deskapp/app.py", "from deskapp.data.connection import connect"),
    ("deskapp/app.py", "import sqlalchemy"),
    ("deskapp/services/x.py", "from rich.text import Text"),
    ("deskapp/services/x.py", "def f():\n    import textual.app"),
    ("deskapp/services/x.py", "from deskapp.cli import out"),
    ("deskapp/services/x.py", "import sqlcipher3"),
    ("deskapp/services/x.py", "from sqlalchemy import create_engine"),
    ("deskapp/services/x.py", "import psycopg"),
    ("deskapp/data/x.py", "from deskapp.services import home"),
    ("deskapp/data/store.py", "import psycopg.rows"),
    ("deskapp/app.py", "import typer"),
    ("deskapp/cli/x.py", "from deskapp.screens.home import HomeScreen"),
    ("deskapp/cli/x.py", "from sqlmodel import Session"),
    ("deskapp/i18n.py", "from deskapp.services import lists"),
    ("deskapp/terminal/x.py", "from deskapp import widgets"),
]


@pytest.mark.parametrize(("file", "source"), BREAKING)
def test_what_breaks_a_rule_is_found_with_its_line(file: str, source: str, tmp_path: Path) -> None:
    """Each rule can fail."""
    _write(tmp_path, file, f"X = 1\n{source}\n")
    found = [place for rule in RULES.values() for place in broken(rule, imports_of(tmp_path))]
    line = 2 + source.count("\n")
    assert found
    assert all(place.startswith(f"{Path(file)}:{line} imports ") for place in found)


def test_every_rule_is_broken_by_one_of_these(tmp_path: Path) -> None:
    """A rule that nothing breaks proves nothing."""
    for number, (file, source) in enumerate(BREAKING):
        _write(tmp_path / str(number), file, source)
    unbroken = [
        name
        for name, rule in RULES.items()
        if not any(
            broken(rule, imports_of(tmp_path / str(number))) for number in range(len(BREAKING))
        )
    ]
    assert unbroken == []


KEEPING = [
    ("deskapp/screens/x.py", "if TYPE_CHECKING:\n    from deskapp.data.store import Store"),
    ("deskapp/screens/x.py", "from deskapp.data.ids import new_id"),
    ("deskapp/services/x.py", "from sqlmodel import Session"),
    ("deskapp/services/x.py", "from deskapp.data.tables import Contact"),
    ("deskapp/app.py", "from deskapp.data.store import Store"),
    ("deskapp/data/central.py", "import psycopg"),
    ("deskapp/cli/x.py", "import typer"),
]


@pytest.mark.parametrize(("file", "source"), KEEPING)
def test_what_the_rules_allow_is_not_found(file: str, source: str, tmp_path: Path) -> None:
    """A rule that forbids too much is soon switched off."""
    _write(tmp_path, file, source)
    assert [place for rule in RULES.values() for place in broken(rule, imports_of(tmp_path))] == []


def _write(root: Path, file: str, source: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
