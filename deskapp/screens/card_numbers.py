"""The question about what looks like a payment card number, the same wherever words are typed."""

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
    """Ask whether the number is blanked or is none of a card."""
    entries = [
        Entry("B", _("Blank the number"), BLANK),
        Entry("K", _("It is not a card: keep it"), KEEP),
    ]
    question = _("This looks like a payment card number. Card details must never be kept.")
    await desk.ask(question, entries, answered)
