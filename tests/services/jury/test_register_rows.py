"""Rows of days that central does not have whole, since it went back in time."""

from __future__ import annotations

from deskapp.data.shapes import Value
from deskapp.services.jury import register

EDIT: dict[str, Value] = {
    "stage": "CHECKED_OUT", "time_out": "16:30", "recorded_by": "ben", "recorded_at": "2",
}  # fmt: skip
ROW: dict[str, Value] = {
    "juror": "j", "day": "2026-11-18", "court": "c", "pool": "p", "kind": "attendance",
    "stage": "CHECKED_IN", "time_in": "09:00", "time_out": "", "on_trial": False, "trial": "",
    "travel_minutes": 0, "audit_number": "", "by_list": False, "recorded_by": "ann",
    "recorded_at": "1",
}  # fmt: skip


def test_an_edit_that_came_before_its_row_is_merged_with_it() -> None:
    """Of both what each saw: the applier must not stop at it."""
    settled = register.settle(EDIT, {**EDIT, **ROW}, {})
    told = ("time_in", "time_out", "stage", "recorded_by")
    assert [settled.fields[name] for name in told] == ["09:00", "16:30", "CHECKED_OUT", "ann ben"]
    assert settled.fields.keys() == ROW.keys()


def test_two_edits_that_came_before_their_row_say_nothing_more_than_they_did() -> None:
    """Or the row would seem whole, and be sent to desks."""
    later = {**EDIT, "time_out": "17:00"}
    settled = register.settle(EDIT, later, {})
    assert settled.fields["time_out"] == "17:00"
    assert settled.fields.keys() == EDIT.keys()
