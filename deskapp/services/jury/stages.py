"""The stages of a day at court, and the status of a juror, by their codes and words."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from deskapp.i18n import N_


class Stage(StrEnum):
    """How far a day of a juror has come; a day absent has none. Source: jury sheet, 5.1."""

    CHECKED_IN = "CHECKED_IN"
    CHECKED_OUT = "CHECKED_OUT"
    EXPENSE_ENTERED = "EXPENSE_ENTERED"
    """The day is confirmed; its claim is a draft or waits for approval."""
    EXPENSE_AUTHORISED = "EXPENSE_AUTHORISED"
    EXPENSE_EDITED = "EXPENSE_EDITED"


OPEN = frozenset({Stage.CHECKED_IN, Stage.CHECKED_OUT})
"""The day is not confirmed yet."""
CLAIMED = frozenset({Stage.EXPENSE_ENTERED, Stage.EXPENSE_AUTHORISED, Stage.EXPENSE_EDITED})
"""The day is confirmed."""
APPROVED = frozenset({Stage.EXPENSE_AUTHORISED, Stage.EXPENSE_EDITED})
"""A claim on the day was approved at least once."""

STAGE_LABELS = {
    Stage.CHECKED_IN: N_("Checked in"),
    Stage.CHECKED_OUT: N_("Checked out"),
    Stage.EXPENSE_ENTERED: N_("Confirmed"),
    Stage.EXPENSE_AUTHORISED: N_("Expenses approved"),
    Stage.EXPENSE_EDITED: N_("Expenses changed after approval"),
}


class Status(IntEnum):
    """Where a juror stands in a pool. Source: jury sheet, section 3."""

    SUMMONED = 1
    RESPONDED = 2
    PANEL = 3
    JUROR = 4
    EXCUSED = 5
    DISQUALIFIED = 6
    DEFERRED = 7
    REASSIGNED = 8
    UNDELIVERABLE = 9
    TRANSFERRED = 10
    AWAITING_INFO = 11
    FAILED_TO_ATTEND = 12
    COMPLETED = 13


STATUS_LABELS = {
    Status.SUMMONED: N_("Summoned"),
    Status.RESPONDED: N_("Responded"),
    Status.PANEL: N_("On a panel"),
    Status.JUROR: N_("Sworn on a trial"),
    Status.EXCUSED: N_("Excused"),
    Status.DISQUALIFIED: N_("Disqualified"),
    Status.DEFERRED: N_("Deferred"),
    Status.REASSIGNED: N_("Reassigned"),
    Status.UNDELIVERABLE: N_("Summons returned"),
    Status.TRANSFERRED: N_("Transferred"),
    Status.AWAITING_INFO: N_("Awaiting information"),
    Status.FAILED_TO_ATTEND: N_("Failed to attend"),
    Status.COMPLETED: N_("Completed"),
}

MAY_ATTEND = frozenset({Status.RESPONDED, Status.PANEL, Status.JUROR})
"""Who can be checked in."""
