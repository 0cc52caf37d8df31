"""No text for a person stands in the code outside the catalogues.

Screens, widgets and commands hold no words at all but those that are marked for translation; in
services and data, no error that an officer reads is without its mark.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests import trees

REPOSITORY = Path(__file__).parents[1]
SHOWING = ("screens", "widgets", "cli", "app.py", "keys.py")
TELLING = ("services", "data", "terminal", "settings.py", "crash.py", "roles.py", "__main__.py")

TRANSLATED = {"_", "N_", "ngettext"}
NOT_SHOWN_ARGUMENTS = {"metavar", "style", "id", "classes", "name", "bound"}
NOT_SHOWN_CALLS = {"cast", "get", "getattr", "AssertionError", "RuntimeError", "TypeVar"}
NOT_SHOWN_NAMES = {"CSS", "DEFAULT_CSS", "SCREENS", "AUTO_FOCUS"}
WORDS = re.compile(r"[^\W\d_]{2,} |[^\W\d_] +[^\W\d_]|\b[A-Z][a-z]{2,}|\b[A-Z]{3,}")

ALLOWED = {
    "cli/call.py": {"--add "},
    "cli/case_letter.py": {"--item "},
    "cli/doctor.py": {", SSH", "LANG"},
    "cli/interpreter_book.py": {"--set ", "LANGUAGE"},
    "cli/kb_search.py": {" recall@3     MRR success@3"},
    "cli/main.py": {"deskapp "},
    "keys.py": {"Esc", "Enter", r"\b(?:F\d{1,2}|Ctrl\+[A-Z])\b"},
    "widgets/top_line.py": {" deskapp  "},
}
"""Names that are the same in every language."""


def untranslated(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every literal with words that is not marked and could be shown."""
    nodes = trees.nodes_of(path)
    hidden = {id(node) for part in _not_shown(nodes) for node in ast.walk(part)}
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in hidden
            and WORDS.search(node.value)
        ):
            yield node.lineno, node.value


def _not_shown(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Parts of a module whose texts are marked, or never reach a person."""
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node  # a docstring
        elif isinstance(node, ast.Call):
            if _called(node) in TRANSLATED:
                yield from (item for item in node.args if not isinstance(item, ast.JoinedStr))
            elif _called(node) in NOT_SHOWN_CALLS:
                yield from node.args
            yield from (each.value for each in node.keywords if each.arg in NOT_SHOWN_ARGUMENTS)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(each, ast.Name) and each.id in NOT_SHOWN_NAMES for each in targets):
                yield node
            if isinstance(node, ast.AnnAssign):
                yield node.annotation
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield node.slice
        elif isinstance(node, ast.Attribute) and node.attr == "split":
            yield node.value  # names, written as one text
        elif isinstance(node, ast.MatchValue | ast.Compare):
            yield node
        elif isinstance(node, ast.arg) and isinstance(node.annotation, ast.Constant):
            yield node.annotation


def errors_without_mark(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every sentence that an officer would read in English only."""
    for call in trees.calls_of(path):
        if _tells(_called(call)):
            for argument in call.args:
                for line, text in _bare_texts(argument):
                    if WORDS.search(text) and " " in text:
                        yield line, text


def _tells(name: str) -> bool:
    """Whether a call makes something an officer reads; Python's own errors are faults."""
    return name == "Problem" or (name.endswith("Error") and not hasattr(builtins, name))


def _bare_texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts in an expression that are not marked."""
    if isinstance(node, ast.Call) and _called(node) in TRANSLATED:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from _bare_texts(child)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def modules(names: tuple[str, ...]) -> Iterator[Path]:
    """The modules of these parts of the package."""
    for name in names:
        path = REPOSITORY / "deskapp" / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _places(path: Path, found: Iterator[tuple[int, str]]) -> list[str]:
    allowed = ALLOWED.get(path.relative_to(REPOSITORY / "deskapp").as_posix(), set())
    file = path.relative_to(REPOSITORY)
    return [f"{file}:{line} {text!r}" for line, text in found if text not in allowed]


def test_everything_shown_is_marked_for_translation() -> None:
    """The failure names file, line and text."""
    found = [place for path in modules(SHOWING) for place in _places(path, untranslated(path))]
    assert found == []


def test_every_sentence_for_an_officer_is_marked_for_translation() -> None:
    """Errors of services and data are read too."""
    found = [
        place for path in modules(TELLING) for place in _places(path, errors_without_mark(path))
    ]
    assert found == []


def test_what_is_allowed_is_still_there() -> None:
    """An exception that nothing needs is an open door."""
    for name, allowed in ALLOWED.items():
        found = {text for _line, text in untranslated(REPOSITORY / "deskapp" / name)}
        assert allowed <= found, name


@pytest.mark.parametrize(
    "source",
    [
        'yield Label("Welcome back")',
        'Input(placeholder="Name or code")',
        'self.notify(f"Saved {ref}")',
        'Column("Topic")',
        'HEADING = "Home"',
        'FormField("topic", "Topic")',
        'typer.Option(help="Show more.")',
        'Text("OVERDUE")',
        '_(f"Saved {ref}")',
        '_("Saved {what}").format(what="the contact")',
        'def f(): return "not given"',
        'x = Annotated[bool, typer.Option(help="Show it")]',
    ],
)
def test_a_bare_text_is_found(source: str, tmp_path: Path) -> None:
    """In every place where it could be shown."""
    path = tmp_path / "x.py"
    path.write_text(source, encoding="utf-8")
    assert list(untranslated(path))


@pytest.mark.parametrize(
    "source",
    [
        'raise NotFoundError("There is no such contact.")',
        'raise StoreError(f"The folder {name} is gone.")',
        'Problem("topic", "Select a topic")',
    ],
)
def test_a_bare_sentence_is_found(source: str, tmp_path: Path) -> None:
    """Errors are read by officers, faults are not."""
    path = tmp_path / "x.py"
    path.write_text(source, encoding="utf-8")
    assert list(errors_without_mark(path))


@pytest.mark.parametrize(
    "source",
    [
        '"""What it is for."""',
        '_("Saved {ref}").format(ref=ref)',
        'Label(_("Topic"), id="topic-label", classes="hint", markup=False)',
        'DEFAULT_CSS = "Label { width: 100%; height: auto }"',
        'typer.Option(metavar="FOLDER", help=N_("Keep it there."))',
        'os.environ["DESKAPP_HOME"]',
        'cast("DeskApp", self.app)',
    ],
)
def test_what_is_marked_or_never_shown_is_not_found(source: str, tmp_path: Path) -> None:
    """Otherwise the check would be switched off."""
    path = tmp_path / "x.py"
    path.write_text(source, encoding="utf-8")
    assert list(untranslated(path)) == []
