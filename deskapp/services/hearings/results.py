"""How a hearing ended: the outcomes and reasons there are, and a result.

Source: hearings sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_, _
from deskapp.services.hearings.codes import Code

MOST_TEXT = 200
NO_INTERPRETER, OTHER_ERROR, OTHER, NO_TIME = (
    "no_interpreter", "other_error", "other", "insufficient_time",
)  # fmt: skip
NONE_BOOKED = "none"
"""Said of an adjournment for want of an interpreter whom nobody had booked."""


class Outcome(StrEnum):
    """The three ways to end; each is final."""

    COMPLETED = "completed"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"


OUTCOME_LABELS = {
    Outcome.COMPLETED: N_("Completed"),
    Outcome.ADJOURNED: N_("Adjourned"),
    Outcome.CANCELLED: N_("Cancelled"),
}
ADJOURNED_FOR = {
    NO_INTERPRETER: N_("No interpreter"),
    NO_TIME: N_("Insufficient time"),
    "exclusions": N_("Exclusions"),
    "incomplete_tribunal": N_("Incomplete tribunal"),
    "other_party": N_("Other party unable to attend"),
    "appellant_reason": N_("Appellant did not attend, reason given"),
    "appellant_no_reason": N_("Appellant did not attend, no reason given"),
    "medical_evidence": N_("Further medical evidence"),
    "respondent_evidence": N_("Evidence from the respondent"),
    "appellant_evidence": N_("Evidence from the appellant"),
    "documents": N_("Documents not before the tribunal"),
    "presenting_officer": N_("Presenting officer to attend"),
    "not_complied": N_("Respondent did not comply"),
    OTHER_ERROR: N_("Other administrative error (say which)"),
    "outstanding": N_("Elements outstanding"),
    "paper_not_reached": N_("Listed paper case not reached"),
    OTHER: N_("Other"),
}
CANCELLED_FOR = {
    "withdrawn": N_("Withdrawn"),
    "struck_out": N_("Struck out"),
    "unable": N_("Party unable to attend"),
    "did_not_attend": N_("Party did not attend"),
    "exclusion": N_("Exclusion"),
    "incomplete_tribunal": N_("Incomplete tribunal"),
    "listed_in_error": N_("Listed in error"),
    "not_ready": N_("No longer ready"),
    "settled": N_("Settled"),
    "judicial_direction": N_("Judicial direction"),
    "fee_not_paid": N_("Fee not paid"),
    "lapsed": N_("Lapsed"),
    OTHER: N_("Other"),
}
REASONS: Mapping[Outcome, Mapping[str, str]] = {
    Outcome.COMPLETED: {},
    Outcome.ADJOURNED: ADJOURNED_FOR,
    Outcome.CANCELLED: CANCELLED_FOR,
}
"""Why, by the outcome; untranslated. Source: section 3 [C]."""
SAY_WHICH = frozenset({OTHER_ERROR, OTHER})
"""Reasons that need words."""


class Pause(NamedTuple):
    """From when until when a hearing was paused, wall clock."""

    begin: dt.time
    end: dt.time


class Next(NamedTuple):
    """The hearing at which it goes on."""

    day: dt.date
    start: dt.time
    room: str
    minutes: int
    carry: bool
    """Whether the interpreter is asked for again; needs follow in any case."""


@dataclass(frozen=True)
class Result:
    """A result as it is entered, checked."""

    outcome: Outcome
    reason: str = ""
    reason_text: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    pauses: tuple[Pause, ...] = ()
    next: Next | None = None
    booking: str = ""
    """Which booking failed, where there was no interpreter; ``none`` where none was made."""
    booking_outcome: str = ""
    """``unfilled`` or ``supplier_did_not_attend``."""

    @property
    def kept(self) -> dict[str, object]:
        """What an event holds of it."""
        return {
            "result": self.outcome.value,
            "reason": self.reason,
            "reason_text": self.reason_text,
            "start": self.start.isoformat("minutes") if self.start else "",
            "end": self.end.isoformat("minutes") if self.end else "",
            "pauses": [[f"{each.begin:%H:%M}", f"{each.end:%H:%M}"] for each in self.pauses],
            "booking": self.booking,
            "booking_outcome": self.booking_outcome,
        }


FAILURES = {
    "unfilled": N_("The supplier found nobody"),
    "supplier_did_not_attend": N_("The interpreter did not come"),
}
"""What can have become of the booking where there was no interpreter; untranslated."""


def wrong(start: dt.time, end: dt.time, pauses: tuple[Pause, ...]) -> Iterator[Code]:
    """What is wrong with the pauses of a hearing, each code once."""
    if any(not start <= each.begin < each.end <= end for each in pauses):
        yield Code.PAUSE_OUTSIDE
    ordered = sorted(pauses)
    if any(later.begin < earlier.end for earlier, later in itertools.pairwise(ordered)):
        yield Code.PAUSE_OVERLAP


def reason_label(outcome: str, reason: str) -> str:
    """What a reason is called; itself where only a newer desk knows it."""
    known = REASONS[Outcome(outcome)] if outcome in list(Outcome) else {}
    return _(known[reason]) if reason in known else reason
