"""The question about a confidential address in words of the officer's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens.base import Entry

if TYPE_CHECKING:
    from deskapp.app import DeskApp

BLANK, KEEP = "blank", "keep"
"""Answers; Esc answers nothing and leaves the officer where the words are."""


async def ask(
    desk: DeskApp, answered: Callable[[str | None], None] | Callable[[str | None], Awaitable[None]]
) -> None:
    """Ask whether the address is taken out of the text or stays in it."""
    entries = [
        Entry("B", _("Blank it: [withheld] stands there"), BLANK),
        Entry("K", _("Keep it: it is stored, and shown to nobody"), KEEP),
    ]
    question = _("The text says how to reach somebody whose address is confidential.")
    await desk.ask(question, entries, answered)
