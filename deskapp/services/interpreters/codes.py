"""What can be wrong with a booking or a timesheet: by code, and in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from deskapp.i18n import N_, _


class Code(StrEnum):
    """Errors begin with ``E_`` and ``T_``, warnings with ``W_``. Source: sections 4, 5, 7, 8."""

    LANGUAGE_REQUIRED = "E_LANGUAGE_REQUIRED"
    LANGUAGE_BOTH = "E_LANGUAGE_BOTH"
    LANGUAGE_UNKNOWN = "E_LANGUAGE_UNKNOWN"
    LANGUAGE_KIND = "E_LANGUAGE_KIND"
    OTHER_LANGUAGE_TOO_LONG = "E_OTHER_LANGUAGE_TOO_LONG"
    WELSH_ROUTE = "E_WELSH_ROUTE"
    WITNESS_INTERMEDIARY = "E_WITNESS_INTERMEDIARY"
    ASSESSMENT_REQUIRED = "E_ASSESSMENT_REQUIRED"
    OFF_CONTRACT_REASON = "E_OFF_CONTRACT_REASON"
    TIME_GAP = "E_TIME_GAP"
    TIME_AMBIGUOUS = "E_TIME_AMBIGUOUS"
    END_NOT_AFTER_START = "E_END_NOT_AFTER_START"
    SPANS_DAYS = "E_SPANS_DAYS"
    IN_PAST = "E_IN_PAST"
    TRANSITION = "E_TRANSITION"
    ROLE = "E_ROLE"
    BELOW_MINIMUM = "W_BELOW_MINIMUM"
    SHORT_NOTICE = "W_SHORT_NOTICE"
    SECOND_INTERPRETER = "W_SECOND_INTERPRETER"
    RELEASE_NOT_AFTER_ARRIVAL = "T_RELEASE_NOT_AFTER_ARRIVAL"
    BREAK_OUTSIDE = "T_BREAK_OUTSIDE"
    BREAK_OVERLAP = "T_BREAK_OVERLAP"
    SIGNED_EARLY = "T_SIGNED_EARLY"
    UNSIGNED = "W_UNSIGNED"
    SIGNED_LATE = "W_SIGNED_LATE"


WORDS = {
    Code.LANGUAGE_REQUIRED: N_("Choose the language, or type it if the list does not have it."),
    Code.LANGUAGE_BOTH: N_("Give the language once: from the list or as text, not both."),
    Code.LANGUAGE_UNKNOWN: N_("The list has no such language. Choose another or type its name."),
    Code.LANGUAGE_KIND: N_(
        "The language does not go with the kind of booking. Change one of them."
    ),
    Code.OTHER_LANGUAGE_TOO_LONG: N_("Shorten the language to 80 characters."),
    Code.WELSH_ROUTE: N_("Welsh is booked through the Welsh Language Unit. Choose that route."),
    Code.WITNESS_INTERMEDIARY: N_(
        "The police or CPS arrange the intermediary of a witness. Choose the witness scheme."
    ),
    Code.ASSESSMENT_REQUIRED: N_("The assessment must be finished before a hearing is booked."),
    Code.OFF_CONTRACT_REASON: N_("Say why the contract cannot be used."),
    Code.TIME_GAP: N_("The clocks skip this time on that day. Enter another."),
    Code.TIME_AMBIGUOUS: N_("The clocks show this time twice on that day. Choose first or second."),
    Code.END_NOT_AFTER_START: N_("The end must be after the start."),
    Code.SPANS_DAYS: N_("A booking stays on one day. Book each day, or mark it as overnight."),
    Code.IN_PAST: N_("The start has passed already. Enter a later time."),
    Code.TRANSITION: N_("That cannot be done with the booking as it is now."),
    Code.ROLE: N_("Your role does not permit that. Ask a team leader."),
    Code.BELOW_MINIMUM: N_("Shorter than the shortest time that is booked in this way."),
    Code.SHORT_NOTICE: N_("Short notice: ring the supplier as well."),
    Code.SECOND_INTERPRETER: N_("Long for one person. Ask for a second interpreter."),
    Code.RELEASE_NOT_AFTER_ARRIVAL: N_("The release must be after the arrival."),
    Code.BREAK_OUTSIDE: N_("A break must lie between start and release, and end after it begins."),
    Code.BREAK_OVERLAP: N_("Two breaks overlap. Correct one of them."),
    Code.SIGNED_EARLY: N_("It was signed before the release. Correct one of the times."),
    Code.UNSIGNED: N_("The timesheet is not signed."),
    Code.SIGNED_LATE: N_("The timesheet was signed on a later day."),
}
"""What to tell the officer."""


def words(code: Code) -> str:
    """What to do about a code, in the language in use."""
    return _(WORDS[code])


def ordered(codes: Iterable[Code]) -> list[Code]:
    """Each code once, in the order of the alphabet."""
    return sorted(set(codes))
