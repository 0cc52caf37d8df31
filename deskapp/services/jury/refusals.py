"""Why something cannot be done with a juror, a day or a claim: by code, and in words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from deskapp.errors import DeskError, Exit
from deskapp.i18n import N_, _, clock_time, day
from deskapp.services.jury.stages import STATUS_LABELS, Status


class Refusal(StrEnum):
    """The codes of the jury sheet; those without a section stand for a case it leaves open."""

    BAD_NUMBER = "BAD_NUMBER"
    FUTURE_DATE = "FUTURE_DATE"
    DAY_LOCKED = "DAY_LOCKED"
    JUROR_NOT_FOUND = "JUROR_NOT_FOUND"
    WRONG_COURT = "WRONG_COURT"
    WRONG_STATUS = "WRONG_STATUS"
    EMPANELLED = "EMPANELLED"
    NO_SHOW_RECORDED = "NO_SHOW_RECORDED"
    ALREADY_CHECKED_IN = "ALREADY_CHECKED_IN"
    ALREADY_CHECKED_OUT = "ALREADY_CHECKED_OUT"
    ATTENDANCE_CONFIRMED = "ATTENDANCE_CONFIRMED"
    NOT_CHECKED_IN = "NOT_CHECKED_IN"
    CHECK_OUT_NOT_AFTER_CHECK_IN = "CHECK_OUT_NOT_AFTER_CHECK_IN"
    RECORD_EXISTS = "RECORD_EXISTS"
    NO_RECORD = "NO_RECORD"
    BEFORE_SERVICE_START = "BEFORE_SERVICE_START"
    EXPENSE_ALREADY_APPROVED = "EXPENSE_ALREADY_APPROVED"
    HAS_ATTENDANCES = "HAS_ATTENDANCES"
    UNCONFIRMED_ATTENDANCES = "UNCONFIRMED_ATTENDANCES"
    FIRST_DEFERRAL_CANNOT_BE_REFUSED = "FIRST_DEFERRAL_CANNOT_BE_REFUSED"
    ALREADY_DEFERRED = "ALREADY_DEFERRED"
    BEYOND_12_MONTHS = "BEYOND_12_MONTHS"
    OVER_AGE = "OVER_AGE"
    UNDER_AGE = "UNDER_AGE"
    NO_DATE_OF_BIRTH = "NO_DATE_OF_BIRTH"
    WRONG_REASON = "WRONG_REASON"
    SAME_POOL = "SAME_POOL"
    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_ENOUGH_JURORS = "NOT_ENOUGH_JURORS"
    WRONG_PANEL_SIZE = "WRONG_PANEL_SIZE"
    TRIAL_NOT_EMPTY = "TRIAL_NOT_EMPTY"
    TRIAL_EXISTS = "TRIAL_EXISTS"
    TRIAL_ENDED = "TRIAL_ENDED"
    NOT_ON_TRIAL = "NOT_ON_TRIAL"
    ABSENT_BUT_HERE = "ABSENT_BUT_HERE"
    NOTHING_TO_UNDO = "NOTHING_TO_UNDO"
    CHANGED_SINCE = "CHANGED_SINCE"
    NO_SUCH_POOL = "NO_SUCH_POOL"
    OTHER_GROUP = "OTHER_GROUP"
    SAME_GROUP = "SAME_GROUP"
    AMOUNT_OUT_OF_LIMITS = "AMOUNT_OUT_OF_LIMITS"
    NOT_FOR_NON_ATTENDANCE = "NOT_FOR_NON_ATTENDANCE"
    PERMISSION_NEEDED = "PERMISSION_NEEDED"
    EXPENSE_BELOW_ZERO = "EXPENSE_BELOW_ZERO"
    EXPENSE_BELOW_PAID = "EXPENSE_BELOW_PAID"
    WRONG_STAGE = "WRONG_STAGE"
    STALE_VERSION = "STALE_VERSION"
    OWN_SUBMISSION = "OWN_SUBMISSION"
    OVER_APPROVAL_LIMIT = "OVER_APPROVAL_LIMIT"
    CLAIM_TOO_LATE = "CLAIM_TOO_LATE"


REFUSAL_WORDS = {
    Refusal.BAD_NUMBER: N_("A juror number has nine digits. Scan it again or type it."),
    Refusal.FUTURE_DATE: N_("{date} has not come yet. Choose today or an earlier day."),
    Refusal.DAY_LOCKED: N_(
        "{date} is more than {days} days ago and is locked. A team leader can settle it."
    ),
    Refusal.JUROR_NOT_FOUND: N_("No juror here has this number. Check it, or ask the Bureau."),
    Refusal.WRONG_COURT: N_("This juror belongs to another court. Send them to the right place."),
    Refusal.WRONG_STATUS: N_("This cannot be done with a juror who is: {status}."),
    Refusal.EMPANELLED: N_(
        "This juror is on a trial on this day. Use the attendance of the trial."
    ),
    Refusal.NO_SHOW_RECORDED: N_("This juror was recorded as absent on {date}. Correct the day."),
    Refusal.ALREADY_CHECKED_IN: N_("Already checked in at {time}. Nothing was changed."),
    Refusal.ALREADY_CHECKED_OUT: N_("Already checked out at {time}. Nothing was changed."),
    Refusal.ATTENDANCE_CONFIRMED: N_("This day is confirmed already. Correct the day instead."),
    Refusal.NOT_CHECKED_IN: N_("This juror was not checked in. Check in first."),
    Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN: N_(
        "The time out must be after the time in, {time}. Enter a later time."
    ),
    Refusal.RECORD_EXISTS: N_("There is a record for {date} already. Correct that one."),
    Refusal.NO_RECORD: N_("There is no record for {date}. Add the day instead."),
    Refusal.BEFORE_SERVICE_START: N_("Service starts on {date}. Choose that day or a later one."),
    Refusal.EXPENSE_ALREADY_APPROVED: N_(
        "Expenses of this day were approved, so it cannot be changed. Edit the claim instead."
    ),
    Refusal.HAS_ATTENDANCES: N_("This juror has attended already, so this cannot be done."),
    Refusal.UNCONFIRMED_ATTENDANCES: N_(
        "An attendance at the sending court is not confirmed. Confirm it first."
    ),
    Refusal.FIRST_DEFERRAL_CANNOT_BE_REFUSED: N_(
        "A first request for deferral cannot be refused. Grant it, with a date."
    ),
    Refusal.ALREADY_DEFERRED: N_(
        "This juror was deferred before. Confirm once more to defer them again."
    ),
    Refusal.BEYOND_12_MONTHS: N_(
        "The latest date is {date}, {months} months after the start. A manager can allow more."
    ),
    Refusal.OVER_AGE: N_("The juror would be over age on {date}, so they cannot be moved there."),
    Refusal.UNDER_AGE: N_("The juror would be too young on {date}. Choose a later date."),
    Refusal.NO_DATE_OF_BIRTH: N_("The date of birth is not known. Ask for it first."),
    Refusal.WRONG_REASON: N_("This reason cannot be used here. Choose one of the list."),
    Refusal.SAME_POOL: N_("The juror is in that pool already. Choose another pool."),
    Refusal.NOT_ALLOWED: N_("You may not do this. Ask a manager or team leader."),
    Refusal.NOT_ENOUGH_JURORS: N_(
        "{asked} were asked for, but only {there} can be drawn. Ask for fewer or add pools."
    ),
    Refusal.WRONG_PANEL_SIZE: N_("Enter a number from {least} to {most}."),
    Refusal.TRIAL_NOT_EMPTY: N_("Jurors are still on this trial. Return them first."),
    Refusal.TRIAL_EXISTS: N_("There is a trial {number} at this court already."),
    Refusal.TRIAL_ENDED: N_("This trial has ended. Open another one."),
    Refusal.NOT_ON_TRIAL: N_("{number} is not on this trial in that way. Look at its list again."),
    Refusal.ABSENT_BUT_HERE: N_(
        "{number} has a record of this day, so was not absent. Take the mark away, or correct the"
        " day."
    ),
    Refusal.NOTHING_TO_UNDO: N_("There is no step of yours on this day to take back."),
    Refusal.CHANGED_SINCE: N_("{number} was changed since, so it stays. Correct the day instead."),
    Refusal.NO_SUCH_POOL: N_("There is no pool {number} on this desk. Import it first."),
    Refusal.OTHER_GROUP: N_(
        "Pool {number} is of a court that does not share jurors with this one. Transfer the juror."
    ),
    Refusal.SAME_GROUP: N_(
        "Pool {number} is of a court that shares jurors with this one. Reassign the juror."
    ),
    Refusal.AMOUNT_OUT_OF_LIMITS: N_("Enter an amount from 0.00 to {most}."),
    Refusal.NOT_FOR_NON_ATTENDANCE: N_(
        "Travel, food and smart card cannot be claimed for a day that was not attended."
    ),
    Refusal.PERMISSION_NEEDED: N_(
        "Taxi and parking are paid only with permission given beforehand. Record who gave it."
    ),
    Refusal.EXPENSE_BELOW_ZERO: N_(
        "The smart card spend is more than everything claimed for this day. Correct it."
    ),
    Refusal.EXPENSE_BELOW_PAID: N_("These would be less than was paid: {items}. Correct them."),
    Refusal.WRONG_STAGE: N_("Not every day can be dealt with in this way. Check their stages."),
    Refusal.STALE_VERSION: N_("A day of this claim was changed since. Look at it again."),
    Refusal.OWN_SUBMISSION: N_("You put in or changed this claim. Another person must approve."),
    Refusal.OVER_APPROVAL_LIMIT: N_("{amount} is more than your limit of {limit}."),
    Refusal.CLAIM_TOO_LATE: N_("Claims had to be made by {date}."),
}
"""What to tell the officer, by code; the names in braces come with the refusal."""


class RefusedError(DeskError):
    """Something cannot be done; nothing was changed."""

    def __init__(self, code: Refusal, **about: object) -> None:
        super().__init__(code)
        self.code = code
        self.about = about
        """What the words name, such as ``date``, ``time`` or ``status``, as values."""
        self.exit_code = Exit.NOT_ALLOWED if code in _NOT_ALLOWED else Exit.DATA

    def __str__(self) -> str:
        """What to tell the officer, in the language in use when it is told."""
        named = {name: _shown(value) for name, value in self.about.items()}
        return _(REFUSAL_WORDS[self.code]).format(**named)


def _shown(value: object) -> object:
    """A value as people read it."""
    if isinstance(value, Status):
        return _(STATUS_LABELS[value])
    if isinstance(value, dt.date):
        return day(value)
    return clock_time(value) if isinstance(value, dt.time) else value


_NOT_ALLOWED = frozenset({Refusal.NOT_ALLOWED, Refusal.OWN_SUBMISSION, Refusal.OVER_APPROVAL_LIMIT})
