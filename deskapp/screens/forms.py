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


def _callback(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.callback_form import BookScreen

    return BookScreen(draft)


def _ring_reason(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.callback_form import RingReasonScreen

    return RingReasonScreen(draft)


def _safe_contact(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.safe_contact import SafeContactScreen

    return SafeContactScreen(draft)


def _person(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.person_form import PersonFormScreen

    return PersonFormScreen(draft)


def _marker(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.marker_form import MarkerScreen

    return MarkerScreen(draft)


def _hard(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.hard import HardScreen

    return HardScreen(draft)


def _told(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.hard import ToldScreen

    return ToldScreen(draft)


def _duty(draft: Draft, _interrupted_at: str) -> FormScreen:
    from deskapp.screens.spos import DutyScreen

    return DutyScreen(draft)


SCREENS: dict[str, Callable[[Draft, str], FormScreen]] = {
    drafts.CONTACT: _contact,
    drafts.NOTE: _note,
    drafts.SAFE_CONTACT: _safe_contact,
    drafts.PERSON: _person,
    drafts.MARKER: _marker,
    drafts.CALLBACK: _callback,
    drafts.RING_REASON: _ring_reason,
    drafts.HARD: _hard,
    drafts.TOLD: _told,
    drafts.DUTY: _duty,
}
"""By the first part of the form's name; what follows a colon is the screen's own business."""


def screen_of(draft: Draft, interrupted_at: str = "") -> FormScreen:
    """The screen that takes up ``draft``; ``interrupted_at`` is the time of its last key stroke,
    in words, after a crash or a lost line."""
    return SCREENS[drafts.kind(draft.form)](draft, interrupted_at)
