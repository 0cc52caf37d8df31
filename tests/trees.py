"""The code that is checked: parsed and gone through once for all checks of a test run.

Whoever asks leaves the nodes as they are.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree(source: str) -> ast.Module:
    """The module with this text."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of the module with this text, as ``ast.walk`` gives them."""
    return tuple(ast.walk(tree(source)))


def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the module in a file."""
    return nodes(path.read_text(encoding="utf-8"))


def calls_of(path: Path) -> tuple[ast.Call, ...]:
    """Every call in a file."""
    return _calls(path.read_text(encoding="utf-8"))


@cache
def _calls(source: str) -> tuple[ast.Call, ...]:
    return tuple(node for node in nodes(source) if isinstance(node, ast.Call))
