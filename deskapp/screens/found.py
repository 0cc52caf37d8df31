"""What a desk gives to Find: rows that open one of its records, or its whole list."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.widgets.record_list import Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

    Finder = Callable[[DeskApp, str], Awaitable[list[Row]]]
    Answer = Callable[[DeskApp, str], Coroutine[Any, Any, list[Row] | DeskError]]

A = TypeVar("A")

FOUND_ROWS = 8
"""What each desk shows at most."""
LATE_SECONDS = 0.1
"""A desk that takes longer is not waited for to show what the others found."""


def finds(finder: Finder) -> Answer:
    """Let a finder answer with what was refused: Find says it once, and shows what others found."""

    @functools.wraps(finder)
    async def finding(desk: DeskApp, words: str) -> list[Row] | DeskError:
        try:
            return await finder(desk, words)
        except DeskError as error:
            return error

    return finding


async def waited_for(answer: Coroutine[Any, Any, A], late: Callable[[], object]) -> A:
    """An answer; ``late`` is called when it takes longer than an officer should wait."""
    finding = asyncio.ensure_future(answer)
    try:
        done, _not_done = await asyncio.wait([finding], timeout=LATE_SECONDS)
        if not done:
            late()
        return await finding
    finally:
        finding.cancel()


def rows(kind: str, label: str, lines: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Lines of id, what was found and more of it; ``kind`` opens them, ``label`` stands first."""
    return [Row(f"{kind}:{record_id}", (label, what, more)) for record_id, what, more in lines]


def all_of_them(kind: str, label: str, words: str) -> Row:
    """The last line where there are more: Enter shows the list, searched for the same words."""
    return Row(f"{kind}:{words}", (label, _("There are more."), _("Enter shows them all.")))
