"""What may be done with a juror besides the scans, and what each asks: one table for all forms.

Source: jury sheet, sections 3, 4 and 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.choice import Choice
from deskapp.services.jury.corrections import CHANGE_LABELS
from deskapp.services.jury.lists import CONTACT_LABELS, IDENTITY_LABELS
from deskapp.services.jury.status import DISQUALIFICATION_LABELS, REASON_LABELS


class Do(Choice):
    """One thing that may be done."""

    NEXT_DATE = "next_date", N_("Set the next date")
    ON_CALL = "on_call", N_("Put on call")
    IDENTITY = "identity", N_("Identity checked")
    CONTACT = "contact", N_("Write down a contact")
    NOTE = "note", N_("Write a note")
    DEFER = "defer", N_("Defer")
    REFUSE_DEFERRAL = "refuse_deferral", N_("Refuse a deferral")
    POSTPONE = "postpone", N_("Postpone")
    INTO_POOL = "into_pool", N_("Put a deferred juror into a pool")
    EXCUSE = "excuse", N_("Excuse")
    REFUSE_EXCUSAL = "refuse_excusal", N_("Refuse an excusal")
    DISQUALIFY = "disqualify", N_("Disqualify")
    ACCEPT_REPLY = "accept_reply", N_("Accept the reply")
    REASSIGN = "reassign", N_("Reassign to another pool")
    TRANSFER = "transfer", N_("Transfer to another court")
    COMPLETE = "complete", N_("Complete service")
    UNDO_COMPLETION = "undo_completion", N_("Take the completion back")
    FAILED_TO_ATTEND = "failed_to_attend", N_("Failed to attend")
    UNDO_FAILED_TO_ATTEND = "undo_failed_to_attend", N_("Take the failure to attend back")
    SUMMONS_RETURNED = "summons_returned", N_("Summons returned")
    SEND_AGAIN = "send_again", N_("Summons sent again")
    TIMES = "times", N_("Correct the times of the day")
    ADD_DAY = "add_day", N_("Add this day by hand")
    NON_ATTENDANCE = "non_attendance", N_("Add a paid day not at court")
    CHANGE_DAY = "change_day", N_("Make the recorded day another kind")


class Kind(StrEnum):
    """How an answer is typed."""

    TEXT = "text"
    LONG = "long"
    """Several lines."""
    ONE = "one"
    """An item of a list, by its code."""
    YES = "yes"
    DAY = "day"
    TIME = "time"
    POOL = "pool"
    """Number of a pool."""


class Ask(NamedTuple):
    """One field of the form of an act."""

    name: str
    label: str
    """Untranslated, as is the next."""
    kind: Kind
    message: str = ""
    """What is said when it is empty; without one it may be."""
    choices: Mapping[str, str] | None = None
    """Code to label, untranslated."""


NOTE = "note"
"""Name of the answer that becomes the note of what is told."""

_CHANGES = {change.value: label for change, label in CHANGE_LABELS.items()}
_NOTE = Ask(NOTE, N_("Note"), Kind.LONG)
_REASON = Ask("reason", N_("Reason"), Kind.ONE, N_("Select the reason"), REASON_LABELS)
_POOL = Ask("pool", N_("Pool"), Kind.POOL, N_("Enter the number of the pool"))
_NEW_DATE = Ask("new_date", N_("New start"), Kind.DAY)
"""Needed where no pool is given that this desk knows, which has a start of its own."""
_AGAIN = Ask("again", N_("Defer once more"), Kind.YES)
_LATE = Ask("late", N_("Allow a later date"), Kind.YES)
_BORN = Ask("date_of_birth", N_("Date of birth"), Kind.DAY)
_IN = Ask("time_in", N_("Time in"), Kind.TIME, N_("Enter the time in"))
_OUT = Ask("time_out", N_("Time out"), Kind.TIME, N_("Enter the time out"))

ASKS: Mapping[Do, tuple[Ask, ...]] = {
    Do.NEXT_DATE: (Ask("on", N_("Next date"), Kind.DAY, N_("Enter the next date")),),
    Do.ON_CALL: (),
    Do.IDENTITY: (
        Ask("proof", N_("Shown"), Kind.ONE, N_("Select what the juror showed"), IDENTITY_LABELS),
    ),
    Do.CONTACT: (
        Ask("about", N_("About"), Kind.ONE, N_("Select what it was about"), CONTACT_LABELS),
        _NOTE._replace(label=N_("What was said"), message=N_("Enter what was said")),
    ),
    Do.NOTE: (_NOTE._replace(message=N_("Enter the note")),),
    Do.DEFER: (_REASON, _NEW_DATE, _POOL._replace(message=""), _AGAIN, _LATE, _NOTE),
    Do.REFUSE_DEFERRAL: (_REASON, _NOTE),
    Do.POSTPONE: (_NEW_DATE, _POOL._replace(message=""), _AGAIN, _LATE, _NOTE),
    Do.INTO_POOL: (_POOL,),
    Do.EXCUSE: (_REASON, _NOTE),
    Do.REFUSE_EXCUSAL: (_NOTE,),
    Do.DISQUALIFY: (_REASON._replace(choices=DISQUALIFICATION_LABELS), _NOTE),
    Do.ACCEPT_REPLY: (_BORN,),
    Do.REASSIGN: (_POOL, _NOTE),
    Do.TRANSFER: (_POOL, _NEW_DATE, _NOTE),
    Do.COMPLETE: (Ask("on", N_("Last day"), Kind.DAY),),
    Do.UNDO_COMPLETION: (_NOTE,),
    Do.FAILED_TO_ATTEND: (_NOTE,),
    Do.UNDO_FAILED_TO_ATTEND: (_NOTE,),
    Do.SUMMONS_RETURNED: (),
    Do.SEND_AGAIN: (),
    Do.TIMES: (_IN, _OUT._replace(message=""), _NOTE),
    Do.ADD_DAY: (_IN, _OUT, _NOTE),
    Do.NON_ATTENDANCE: (_NOTE,),
    Do.CHANGE_DAY: (
        Ask("change", N_("Make it"), Kind.ONE, N_("Select what the day was"), _CHANGES),
        _IN._replace(message=""),
        _OUT._replace(message=""),
        _NOTE,
    ),
}
"""What each act asks, in the order of the form."""
