"""Trap of section 16: 5,000 characters pasted into an answer that holds 2,000."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Paste
from textual.widgets import TextArea

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import drafts
from tests.pilots import choose, editor, press, settle, shown, small

PASTED = "so to say " * 500


async def test_a_long_paste_is_said_to_be_too_long_and_not_cut(
    desk: Callable[..., DeskApp], store: Store, user: User
) -> None:
    """Nothing typed is cleared: the officer shortens it, and it is kept at every change."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2")
        await choose(pilot, "topic", "FIN")
        box = editor(app, "answer")
        assert isinstance(box, TextArea)
        box.focus()
        await settle(pilot)
        app.post_message(Paste(PASTED))
        await settle(pilot)
        await press(pilot, "f8")
        assert "There is a problem" in shown(app)
        assert "2,000" in shown(app)
        assert box.text == PASTED
    [draft] = store.call_read(drafts.waiting, user.id)
    assert draft.values["answer"] == PASTED
