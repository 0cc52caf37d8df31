"""What the store refuses is said: no call of it from a screen can end the application.

The rule is read from the source. A call of ``store.read`` or ``store.write`` lies below ``@reads``,
``@saves``, ``@says`` or ``@finds``, or in a ``try`` that catches ``DeskError``. Or its function is
called from such places alone, and never handed on as what is to be done with an answer.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests import trees

PACKAGE = Path(__file__).parents[1] / "deskapp"
FILES = [PACKAGE / "app.py", *sorted((PACKAGE / "screens").glob("*.py"))]
SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
SAYING = {"reads", "saves", "says", "finds"}
STORE = {"store.read", "store.write"}
SAID = ""
"""Stands for a place where what is refused is said."""


class Use(NamedTuple):
    """A function that is named, or the store that is asked."""

    what: str
    """``.name`` of a method, ``module:name`` of any other function, or a verb of the store."""
    called: bool
    inside: str
    """The function around it, named in the same way, or ``SAID``."""
    place: str
    """Module and line."""


def uses(modules: dict[str, str]) -> list[Use]:
    """Every use of the store and of a function in the modules: name without suffix -> text."""
    found = []
    for module, text in modules.items():
        imported = {
            alias.asname or alias.name
            for node in trees.nodes(text)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        foreign = imported - modules.keys()
        found += [
            use
            for use in _below(trees.tree(text), module, f"{module}:")
            if use.what.split(":")[0] not in foreign
        ]
    return found


def _below(node: ast.AST, module: str, inside: str) -> Iterator[Use]:
    called = node.func if isinstance(node, ast.Call) else None
    for child in ast.iter_child_nodes(node):
        within = inside
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            says = SAYING & {ast.unparse(each) for each in child.decorator_list}
            of_class = isinstance(node, ast.ClassDef)
            within = SAID if says else f".{child.name}" if of_class else f"{module}:{child.name}"
        elif isinstance(node, ast.Try) and child in node.body and _catches(node):
            within = SAID
        elif isinstance(child, ast.Attribute | ast.Name):
            yield Use(_what(child, module), child is called, inside, f"{module}:{child.lineno}")
        yield from _below(child, module, within)


def _catches(node: ast.Try) -> bool:
    return any(each.type and "DeskError" in ast.unparse(each.type) for each in node.handlers)


def _what(node: ast.Attribute | ast.Name, module: str) -> str:
    if isinstance(node, ast.Name):
        return f"{module}:{node.id}"
    owner = ast.unparse(node.value)
    verb = f"{owner.rpartition('.')[2]}.{node.attr}"
    if verb in STORE:
        return verb
    of_instance = not isinstance(node.value, ast.Name) or owner in ("self", "desk", "app", "screen")
    return f".{node.attr}" if of_instance else f"{owner}:{node.attr}"


@cache
def shipped_uses() -> tuple[Use, ...]:
    """Every use in the modules of the application."""
    return tuple(uses(SHIPPED))


def unsaid(found: Iterable[Use]) -> list[str]:
    """Where a refusal of the store would end the application."""
    found = list(found)
    asking: set[str] = set(STORE)
    while new := {use.inside for use in found if use.what in asking} - asking - {SAID}:
        asking |= new
    called = {use.what for use in found if use.called}
    never_called = {
        f"{use.place} asks the store: {use.what}"
        for use in found
        if use.what in asking and use.inside not in called | {SAID}
    }
    handed_on = {
        f"{use.place} hands on {use.what}"
        for use in found
        if use.what in asking - STORE and not use.called
    }
    return sorted(never_called | handed_on)


def test_every_refusal_of_the_store_is_said() -> None:
    """A busy disk must never cost the officer what is on the screen."""
    assert unsaid(shipped_uses()) == []


def test_the_rule_sees_the_store() -> None:
    """A rule without a subject proves nothing."""
    assert len([use for use in shipped_uses() if use.what in STORE]) > 60


ENDING = {
    "an action without a decorator": "async def action_x(self): await self.desk.store.read(f)",
    "a handler that takes the store first": (
        "async def _chosen(self):\n        store = self.desk.store\n        await store.read(f)"
    ),
    "an answer that asks through another": (
        "async def action_x(self): await self.desk.ask(q, e, self._answered)\n"
        "    async def _answered(self, answer): await self._keep(answer)\n"
        "    async def _keep(self, answer): await self.desk.store.write(f, answer)"
    ),
    "an answer inside an action that says": (
        "@says\n    async def action_x(self):\n"
        "        async def answered(it): await self.desk.store.read(f)\n"
        "        await self.desk.ask(q, e, answered)"
    ),
}
SAYS = {
    "a worker": "@reads\n    async def load(self): await self.desk.store.read(f)",
    "a reader that a worker calls": (
        "@saves\n    async def settle(self): await self._keep()\n"
        "    async def _keep(self): await self.desk.store.write(f)"
    ),
    "what is caught": (
        "async def x(self):\n        try: await self.desk.store.read(f)\n"
        "        except DeskError as error: self.not_read(error)"
    ),
}


def a_screen(body: str) -> dict[str, str]:
    """A module with one screen."""
    return {"x": f"class X(DeskScreen):\n    {body}\n"}


def test_what_would_end_the_application_is_found() -> None:
    """The rule can fail."""
    assert [why for why, body in ENDING.items() if not unsaid(uses(a_screen(body)))] == []


def test_what_is_said_is_not_found() -> None:
    """A rule that forbids too much is soon switched off."""
    assert [why for why, body in SAYS.items() if unsaid(uses(a_screen(body)))] == []
