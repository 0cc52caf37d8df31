"""What can be wrong with a result or a support need: by code, and in words that say what to do."""

from __future__ import annotations

from enum import StrEnum

from deskapp.errors import DeskError, Problem
from deskapp.i18n import N_, _


class Code(StrEnum):
    """Source: hearings sheet, section 7."""

    LENGTH = "H_LENGTH"
    END_BEFORE_START = "H_END_BEFORE_START"
    PAUSE_OUTSIDE = "H_PAUSE_OUTSIDE"
    PAUSE_OVERLAP = "H_PAUSE_OVERLAP"
    REASON_REQUIRED = "H_REASON_REQUIRED"
    REASON_NOT_ALLOWED = "H_REASON_NOT_ALLOWED"
    FUTURE_RESULT = "H_FUTURE_RESULT"
    FINAL = "H_FINAL"
    ROOM_CLASH = "H_ROOM_CLASH"
    COMMENT_REQUIRED = "F_COMMENT_REQUIRED"
    COMMENT_TOO_LONG = "F_COMMENT_TOO_LONG"
    CATEGORY_CODE = "F_CATEGORY_CODE"
    LANGUAGE_REQUIRED = "F_LANGUAGE_REQUIRED"
    LANGUAGE_BOTH = "F_LANGUAGE_BOTH"
    STATUS_REASON = "F_REASON_REQUIRED"
    TRANSITION = "F_TRANSITION"


WORDS = {
    Code.LENGTH: N_(
        "A hearing has 5 to 360 minutes on one day, in steps of 5. Plan a longer one as several"
        " days."
    ),
    Code.END_BEFORE_START: N_("The end must be after the start. Correct one of them."),
    Code.PAUSE_OUTSIDE: N_("A pause must lie between start and end. Correct it."),
    Code.PAUSE_OVERLAP: N_("Two pauses overlap. Correct one of them."),
    Code.REASON_REQUIRED: N_("Select why it was adjourned or cancelled."),
    Code.REASON_NOT_ALLOWED: N_("A completed hearing has no reason. Take the reason out."),
    Code.FUTURE_RESULT: N_("The day of this hearing is still to come. Enter its result then."),
    Code.FINAL: N_("This hearing has a result already. A team leader can correct it."),
    Code.ROOM_CLASH: N_("Another hearing is planned in this room at that time."),
    Code.COMMENT_REQUIRED: N_("Say what is needed: this need cannot stand without a comment."),
    Code.COMMENT_TOO_LONG: N_("Shorten this to 200 characters."),
    Code.CATEGORY_CODE: N_("This is only a heading. Choose one of the needs below it."),
    Code.LANGUAGE_REQUIRED: N_("Choose the language, or type it if the list does not have it."),
    Code.LANGUAGE_BOTH: N_("Give the language once: from the list or as text, not both."),
    Code.STATUS_REASON: N_("Say why, or name who decided."),
    Code.TRANSITION: N_("A need cannot go from its present status to that one."),
}
"""What to tell the officer."""


class RefusedError(DeskError):
    """A step that cannot be done with the hearing or need as it stands; ``code`` says which rule.

    Args:
        code: The rule.
        words: What is told instead of the usual words, already translated.
    """

    def __init__(self, code: Code, words: str = "") -> None:
        super().__init__(words or told(code))
        self.code = code


def told(code: Code) -> str:
    """What to do about a code, in the language in use."""
    return _(WORDS[code])


def problem(field: str, code: Code) -> Problem:
    """A code as a problem of the field where it is put right."""
    return Problem(field, told(code))
