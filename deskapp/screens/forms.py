"""Which screen shows a half-filled form again: each form once, by its name in the draft."""

from __future__ import annotations

from typing import Any, cast

from deskapp.screens import places
from deskapp.screens.base import DeskScreen
from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts
from deskapp.services.drafts import Draft

SCREENS = {
    drafts.CONTACT: "contact.ContactScreen",
    drafts.NOTE: "contact_record.NoteScreen",
    drafts.SAFE_CONTACT: "safe_contact.SafeContactScreen",
    drafts.PERSON: "person_form.PersonFormScreen",
    drafts.MARKER: "marker_form.MarkerScreen",
    drafts.CALLBACK: "callback_form.BookScreen",
    drafts.RING_REASON: "callback_form.RingReasonScreen",
    drafts.HARD: "hard.HardScreen",
    drafts.TOLD: "hard.ToldScreen",
    drafts.DUTY: "spos.DutyScreen",
    drafts.KNOWLEDGE: "local_form.LocalFormScreen",
    drafts.CASE: "case_form.CaseFormScreen",
    drafts.COMPLAINT: "complaint_form.ComplaintFormScreen",
    drafts.COMPLAINT_MOVE: "complaint_move.ComplaintMoveScreen",
    drafts.JURY_ACT: "jury_act.JurorActScreen",
    drafts.JURY_TRIAL: "jury_trials.TrialFormScreen",
    drafts.JURY_EXPENSE: "jury_expense_form.JurorExpenseScreen",
    drafts.BOOKING: "booking_form.BookingFormScreen",
    drafts.BOOKING_ASSIGN: "booking_assign.AssignScreen",
    drafts.BOOKING_COMPLAINT: "booking_complaint.BookingComplaintScreen",
    drafts.TIMESHEET: "timesheet_form.TimesheetScreen",
    drafts.INTERPRETER: "interpreter_form.InterpreterFormScreen",
    drafts.INTERPRETER_AWAY: "interpreter_form.AwayScreen",
    drafts.HEARING: "hearing_form.HearingFormScreen",
}
"""By the first part of the form's name; what follows a colon is the screen's own business."""
LISTS = {drafts.JURY_BY_LIST: "jury_by_list.ByListScreen"}
"""Lists with marks that are kept as forms are."""


def screen_of(draft: Draft, interrupted_at: str = "") -> DeskScreen[Any]:
    """The screen that takes up ``draft``; ``interrupted_at`` is the time of its last key stroke,
    in words, after a crash or a lost line."""
    if drafts.kind(draft.form) in LISTS:
        return cast("DeskScreen[Any]", places.screen(LISTS[drafts.kind(draft.form)], draft))
    shown = cast("FormScreen", places.screen(SCREENS[drafts.kind(draft.form)], draft))
    shown.interrupted_at = interrupted_at
    return shown
