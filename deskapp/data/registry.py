"""What kind of table each one is: how its rows travel and what may happen to them.

A table that is not declared here fails a test; sync, capture and retention read this list and
nothing else. Source: design sheet of sync, section 3.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """How rows of a table are merged."""

    EVENT = "event"
    """Written once; merged as a set by id."""
    RECORD = "record"
    """Merged per field, newest wins, losers are kept."""
    CLAIM = "claim"
    """As a record, then the resource rule of its sheet decides."""
    REGISTER = "register"
    """The same id on every desk, with a merge function of its sheet."""
    REFERENCE = "reference"
    """Comes from central only."""
    DERIVED = "derived"
    """Worked out from events on each desk; never captured, made anew by ``doctor --rebuild``."""
    LOCAL = "local"
    """Never leaves the desk, never captured."""


KINDS: dict[str, Kind] = {
    "officer": Kind.RECORD,
    "person": Kind.RECORD,
    "contact": Kind.EVENT,
    "contact_event": Kind.EVENT,
    "follow_up": Kind.RECORD,
    "case_record": Kind.RECORD,
    "case_event": Kind.EVENT,
    "scheme_file": Kind.RECORD,
    "purge_log": Kind.EVENT,
    "case_state": Kind.DERIVED,
    "case_item": Kind.DERIVED,
    "safe_contact": Kind.RECORD,
    "marker": Kind.RECORD,
    "callback": Kind.CLAIM,
    "callback_attempt": Kind.EVENT,
    "record_link": Kind.EVENT,
    "complaint": Kind.EVENT,
    "complaint_event": Kind.EVENT,
    "complaint_state": Kind.DERIVED,
    "complaint_stage": Kind.DERIVED,
    "complaint_discard": Kind.LOCAL,
    "kb_item": Kind.RECORD,
    "kb_version": Kind.EVENT,
    "kb_flag": Kind.EVENT,
    "kb_read": Kind.EVENT,
    "kb_search": Kind.LOCAL,
    "kb_use": Kind.LOCAL,
    "conflict": Kind.RECORD,
    "hearing": Kind.RECORD,
    "hearing_list": Kind.RECORD,
    "hearing_before": Kind.LOCAL,
    "jury_pool": Kind.RECORD,
    "juror": Kind.RECORD,
    "juror_in_pool": Kind.RECORD,
    "attendance": Kind.REGISTER,
    "attendance_expense": Kind.RECORD,
    "trial": Kind.RECORD,
    "trial_juror": Kind.RECORD,
    "jury_draw": Kind.EVENT,
    "juror_event": Kind.EVENT,
    "hearing_event": Kind.EVENT,
    "support_need": Kind.RECORD,
    "video_link": Kind.RECORD,
    "room": Kind.RECORD,
    "interpreter": Kind.RECORD,
    "interpreter_away": Kind.RECORD,
    "booking": Kind.CLAIM,
    "booking_hearing": Kind.RECORD,
    "booking_event": Kind.EVENT,
    "timesheet": Kind.EVENT,
    "draft": Kind.LOCAL,
    "local_state": Kind.LOCAL,
    "sync_state": Kind.LOCAL,
    "sync_cursor": Kind.LOCAL,
    "sync_run": Kind.LOCAL,
    "pull_stage": Kind.LOCAL,
    "change_log": Kind.LOCAL,
}
JURY = frozenset(
    {
        "jury_pool",
        "juror",
        "juror_in_pool",
        "attendance",
        "attendance_expense",
        "trial",
        "trial_juror",
        "jury_draw",
        "juror_event",
    }
)
"""Everything of jury service."""
RESTRICTED = frozenset({"case_record", "case_event", "complaint", "complaint_event"}) | JURY
"""Tables whose rows reach only desks that were let in for them: safeguarding and threats stand in
cases, members of staff in complaints, and jurors can be threatened.
Source: design sheet of sync, sections 5 and 13 (S10)."""
CAPTURED = frozenset({Kind.EVENT, Kind.RECORD, Kind.CLAIM, Kind.REGISTER})
"""Kinds whose local writes are captured for the exchange."""
HIDDEN = {
    Kind.EVENT: ("id", "home_site", "sync_rev", "hlc", "desk"),
    Kind.RECORD: ("id", "home_site", "sync_rev"),
    Kind.CLAIM: ("id", "home_site", "sync_rev"),
    Kind.REGISTER: ("id", "home_site", "sync_rev"),
}
"""Columns that travel in the change itself and not in its delta."""


def captured_tables() -> list[str]:
    """Names of the tables whose writes are captured, in a fixed order."""
    return sorted(name for name, kind in KINDS.items() if kind in CAPTURED)
