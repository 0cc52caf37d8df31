"""What central writes into bookings of one interpreter; through PostgreSQL in ``tests/central``."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.services.interpreters import booking_claims
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.double_booked import Conflict

IMPOSSIBLE = Conflict.IMPOSSIBLE_ATTENDANCE.value
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
    others = json.loads(fields["conflict_with"])
    return fields["conflict"], [[each, site] for each, site, _why in others]


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
    marked = {"conflict": IMPOSSIBLE}
    one = row(status="fulfilled", conflict_with=f'[["b", "here", "{IMPOSSIBLE}"]]', **marked)
    two = row(
        "11:00",
        "13:00",
        status="fulfilled",
        conflict_with=f'[["a", "here", "{IMPOSSIBLE}"]]',
        **marked,
    )
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
    kept = row(conflict="ALSO_ASKED", conflict_with='[["b", "there", "ALSO_ASKED"]]')
    rows = after({"a": kept}, {"c": row(site="far")})
    assert told(rows["a"])[1] == [["b", "there"], ["c", "far"]]


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


STATES = st.sampled_from(["assigned", "confirmed", "in_attendance", "fulfilled", "requested"])
HOURS = st.integers(min_value=8, max_value=12)


@st.composite
def bookings(draw: st.DrawFn, prefix: str) -> dict[str, Fields]:
    """Some bookings of one interpreter on one morning."""
    found = {}
    for number in range(draw(st.integers(min_value=0, max_value=4))):
        start = draw(HOURS)
        status = draw(STATES)
        key = "" if status == "requested" else "NRPSI12345"
        found[f"{prefix}{number}"] = row(
            f"{start:02}:00", f"{start + 1:02}:30", status=status, interpreter_key=key, site=prefix
        )
    return found


def overlap(one: Fields, other: Fields) -> bool:
    """Whether both keep the interpreter at the same time."""
    return bool(
        one["interpreter_key"]
        and other["interpreter_key"]
        and one["starts_at"] < other["ends_at"]
        and other["starts_at"] < one["ends_at"]
    )


@settings(max_examples=80, deadline=None)
@given(bookings("a"), bookings("b"), bookings("c"))
def test_however_they_come_nobody_is_booked_twice_unnoticed(
    first: dict[str, Fields], second: dict[str, Fields], third: dict[str, Fields]
) -> None:
    """After each push no plan overlaps anything, and whatever was lost or clashes is marked on
    both; the same push again changes nothing."""
    centre: dict[str, Fields] = {}
    for push in (first, second, third):
        rows = {**centre, **push}
        held = {each: fields for each, fields in centre.items() if fields["interpreter_key"]}
        for each, verdict in booking_claims.decide(held, push, NOW).items():
            rows[each] = {**rows[each], **verdict.fields}
        for each, fields in push.items():
            if fields["status"] in ("in_attendance", "fulfilled"):
                assert rows[each]["status"] == fields["status"]
                assert rows[each]["interpreter_key"]
            elif fields["interpreter_key"] and not rows[each]["interpreter_key"]:
                assert told(rows[each])[0] == "DOUBLE_BOOKED"
                for other, _site in told(rows[each])[1]:
                    assert each in {one for one, _of in told(rows[other])[1]}
        for one in rows:
            for other in rows:
                if one < other and overlap(rows[one], rows[other]):
                    codes = {told(rows[one])[0], told(rows[other])[0]}
                    assert codes == {IMPOSSIBLE}
        held = {each: fields for each, fields in rows.items() if fields["interpreter_key"]}
        again = {each: rows[each] for each in push}
        assert booking_claims.decide(held, again, NOW) == {}
        centre = rows
