"""Which screen shows a half-filled form again: each form once, by its name in the draft."""

from __future__ import annotations

from collections.abc import Callable

from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts
from deskapp.services.drafts import Draft


def _contact(draft: Draft, interrupted_at: str) -> FormScreen:
    from deskapp.screens.contact import ContactScreen

    return ContactScreen(draft, interrupted_at=interrupted_at)


def _note(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.contact_record import NoteScreen

    return NoteScreen(draft)


def _case(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.case_form import CaseFormScreen

    return CaseFormScreen(draft)


SCREENS: dict[str, Callable[[Draft, str], FormScreen]] = {
    drafts.CONTACT: _contact,
    drafts.NOTE: _note,
    drafts.CASE: _case,
}
"""By the first part of the form's name; what follows a colon is the screen's own business."""


def screen_of(draft: Draft, interrupted_at: str = "") -> FormScreen:
    """The screen that takes up ``draft``; ``interrupted_at`` is the time of its last key stroke,
    in words, after a crash or a lost line."""
    return SCREENS[drafts.kind(draft.form)](draft, interrupted_at)
