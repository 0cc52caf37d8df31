"""What is written down of a juror, step by step; nothing of it is ever changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.i18n import N_
from deskapp.services.choice import Choice


class Code(Choice):
    """What was done. A step for many has an event of its own, of no juror, beside theirs."""

    IMPORTED = "imported", N_("Came with a file")
    CHECKED_IN = "checked_in", N_("Checked in")
    CHECKED_OUT = "checked_out", N_("Checked out")
    UNDONE = "undone", N_("Step taken back")
    IDENTITY = "identity", N_("Identity checked")
    TIMES = "times", N_("Times changed")
    CONFIRMED = "confirmed", N_("Day confirmed")
    ABSENT = "absent", N_("Recorded as absent")
    JURY_CONFIRMED = "jury_confirmed", N_("Day on trial confirmed")
    DAY_ADDED = "day_added", N_("Day added by hand")
    NON_ATTENDANCE = "non_attendance", N_("Paid day added, not at court")
    DAY_CHANGED = "day_changed", N_("Recorded day changed")
    DRAWN = "drawn", N_("Drawn for a panel")
    TRIAL_OPENED = "trial_opened", N_("Trial opened")
    TRIAL_ENDED = "trial_ended", N_("Trial ended")
    HANDED_OVER = "handed_over", N_("Pool handed over by the Bureau")
    DISPOSAL = "disposal", N_("Disposal proposed")
    EXPORTED = "exported", N_("Written to a file")
    NEXT_DATE = "next_date", N_("Next date set")
    ON_CALL = "on_call", N_("Put on call")
    STATUS = "status", N_("Status changed")
    CONTACT = "contact", N_("Contact with the juror")
    NOTE = "note", N_("Note")
    EXPENSES = "expenses", N_("Expenses entered")
    SUBMITTED = "submitted", N_("Expenses submitted")
    APPROVED = "approved", N_("Expenses approved")
    EDITED = "edited", N_("Expenses changed after approval")


@dataclass(frozen=True)
class Event:
    """One step, about to be written or as it was read."""

    id: str
    juror: str
    code: Code
    at: dt.datetime
    officer: str
    pool: str = ""
    court: str = ""
    day: dt.date | None = None
    note: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


OF_DATES = frozenset({Code.NEXT_DATE, Code.ON_CALL})
"""Steps that say when a juror is due, and nothing of the day."""
UNDOABLE = frozenset({Code.CHECKED_IN, Code.CHECKED_OUT}) | OF_DATES
"""Steps that one key takes back."""
