"""What central writes into bookings of one interpreter; through PostgreSQL in ``tests/central``."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.services.interpreters import booking_claims
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.claims import Conflict

NOW = "2026-12-02T09:00:00.000Z"
Fields = dict[str, Any]


def row(start: str = "10:00", end: str = "12:00", **given: Any) -> Fields:
    """The fields of a booking of one interpreter, that count here."""
    return {
        "interpreter_id": "i-1",
        "interpreter_key": "NRPSI12345",
        "status": "confirmed",
        "starts_at": f"2026-12-02T{start}:00.000Z",
        "ends_at": f"2026-12-02T{end}:00.000Z",
        "site": "here",
        "supplier_ref": "",
        "released_at": "",
        "assigned_at": "",
        "conflict": "",
        "conflict_with": "[]",
        "lost_id": "",
        "lost_key": "",
        **given,
    }


def after(there: dict[str, Fields], pushed: dict[str, Fields]) -> dict[str, Fields]:
    """The rows with what was decided written into them."""
    verdicts = booking_claims.decide(there, pushed, NOW)
    rows = {**there, **pushed}
    return {each: {**rows[each], **verdicts[each].fields} for each in verdicts}


def told(fields: Fields) -> tuple[str, list[list[str]]]:
    """What stands of the conflict in a row."""
    return fields["conflict"], json.loads(fields["conflict_with"])


def test_a_plan_that_comes_later_loses_and_both_rows_name_the_other() -> None:
    """With the site, so that somebody can be rung."""
    rows = after({"a": row()}, {"b": row("11:00", "13:00", site="there")})
    assert (rows["b"]["status"], rows["b"]["interpreter_key"]) == ("requested", "")
    assert (rows["b"]["lost_id"], rows["b"]["lost_key"]) == ("i-1", "NRPSI12345")
    assert told(rows["b"]) == ("DOUBLE_BOOKED", [["a", "here"]])
    assert told(rows["a"]) == ("ALSO_ASKED", [["b", "there"]])
    assert "status" not in booking_claims.decide(
        {"a": row()}, {"b": row("11:00", "13:00")}, NOW
    )["a"].fields  # fmt: skip


def test_two_attendances_at_once_are_both_kept_and_marked() -> None:
    """One of the two is wrong; no program can know which."""
    rows = after({"a": row(status="fulfilled")}, {"b": row(status="in_attendance")})
    assert told(rows["a"]) == ("IMPOSSIBLE_ATTENDANCE", [["b", "here"]])
    assert told(rows["b"]) == ("IMPOSSIBLE_ATTENDANCE", [["a", "here"]])
    assert (rows["a"]["status"], rows["b"]["status"]) == ("fulfilled", "in_attendance")


def test_a_release_that_is_corrected_ends_an_impossible_attendance() -> None:
    """Once the time is right, nobody was in two places."""
    marked = {"conflict": Conflict.IMPOSSIBLE_ATTENDANCE.value}
    one = row(status="fulfilled", conflict_with='[["b", "here"]]', **marked)
    two = row("11:00", "13:00", status="fulfilled", conflict_with='[["a", "here"]]', **marked)
    corrected = {**one, "released_at": "2026-12-02T10:50:00.000Z"}
    rows = after({"a": one, "b": two}, {"a": corrected})
    assert told(rows["a"]) == told(rows["b"]) == ("", [])


def test_an_attendance_that_a_late_edit_undid_is_put_back() -> None:
    """The clock of a desk cannot undo that somebody was there."""
    rows = after({"a": row(status="fulfilled")}, {"a": row(status="confirmed")})
    assert rows["a"]["status"] == "fulfilled"


def test_the_same_again_changes_nothing() -> None:
    """A batch that comes twice, or an edit of the note."""
    there = {"a": row(), "c": row("13:00", "14:00")}
    assert booking_claims.decide(there, dict(there), NOW) == {}


def test_what_only_touches_is_no_conflict() -> None:
    """Half-open: one ends when the other begins."""
    assert booking_claims.decide({"a": row()}, {"b": row("12:00", "14:00")}, NOW) == {}


def test_one_more_loser_is_told_to_who_keeps_the_interpreter() -> None:
    """The first is not forgotten."""
    kept = row(conflict="ALSO_ASKED", conflict_with='[["b", "there"]]')
    rows = after({"a": kept}, {"c": row(site="far")})
    assert json.loads(rows["a"]["conflict_with"])[0][0] == "b"
    assert {each for each, _site in json.loads(rows["a"]["conflict_with"])} == {"b", "c"}


@pytest.mark.parametrize("status", Status)
def test_only_who_is_held_is_looked_at(status: Status) -> None:
    """The resource is the interpreter on the local day; the days beside it are looked at too."""
    holds = status in {
        "assigned", "confirmed", "in_attendance", "fulfilled", "customer_did_not_attend",
    }  # fmt: skip
    fields = row(status=status.value)
    assert booking_claims.resource(fields) == ("NRPSI12345 2026-12-02" if holds else "")
    assert booking_claims.resource({**fields, "interpreter_key": ""}) == ""


def test_the_days_beside_it_are_looked_at_too() -> None:
    """A booking may last overnight."""
    assert booking_claims.near("NRPSI12345 2026-12-01") == [
        "NRPSI12345 2026-11-30", "NRPSI12345 2026-12-01", "NRPSI12345 2026-12-02",
    ]  # fmt: skip
    night = row("22:00", "23:00", ends_at="2026-12-03T09:00:00.000Z")
    morning = row(starts_at="2026-12-03T08:00:00.000Z", ends_at="2026-12-03T10:00:00.000Z")
    assert told(after({"a": night}, {"b": morning})["b"])[0] == "DOUBLE_BOOKED"


def test_what_does_not_go_together_after_merging_is_mended() -> None:
    """A plan without anybody is a request; whoever came was there."""
    nobody = {"interpreter_id": "", "interpreter_key": ""}
    lost = {"lost_id": "i-1", "lost_key": "NRPSI12345"}
    assert booking_claims.mend(row(**nobody)) == {"status": "requested"}
    assert booking_claims.mend(row(status="in_attendance", **nobody, **lost)) == {
        "interpreter_id": "i-1", "interpreter_key": "NRPSI12345", "lost_id": "", "lost_key": "",
    }  # fmt: skip
    assert booking_claims.mend(row(status="requested", **nobody)) == {}
    assert booking_claims.mend(row()) == {}


@pytest.mark.parametrize(
    "broken", [{"starts_at": "soon"}, {"status": "asleep"}, {"conflict_with": "["}, {"ends_at": 1}]
)
def test_a_row_that_no_desk_of_ours_wrote_does_not_stop_central(broken: Fields) -> None:
    """It is merged as it is; nobody else's bookings wait for it."""
    there, pushed = {"a": row()}, {"b": {**row(), **broken}}
    booking_claims.decide(there, pushed, NOW)
    booking_claims.mend(pushed["b"])
    booking_claims.resource(pushed["b"])
