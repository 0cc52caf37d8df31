"""The complete small scheme of section 1.8 of the casework sheet, with labels, worked through."""

from __future__ import annotations

from typing import Any

from deskapp.services.casework import loader, retention, worklist
from deskapp.services.casework.events import Code, Kind, Person
from deskapp.services.casework.vocabulary import Status
from tests.services.casework.desk import Desk, day, toml

EXAMPLE = """
[[stage]]
id = "committed"
initial = true
[[stage]]
id = "in_custody"
[[stage]]
id = "released"
terminal = true

[[field]]
id = "started_on"
type = "date"
required = true
[[field]]
id = "days"
type = "int"
min = 1
max = 28
required = true
[[field]]
id = "last_day"
type = "date"
derive = { after = "started_on", days = "$days", inclusive = true }

[[field]]
id = "prison"
type = "org"
[[field]]
id = "prison_contact"
type = "text"
[[field]]
id = "released_on"
type = "date"

[[item]]
id = "release"
kind = "deadline"
opens = { stage = "committed" }
due = { on = "last_day", roll = "previous" }
[[item]]
id = "release_plan"
kind = "task"
lead_of = "release"
due = { before = "item:release", working_days = 3 }

[[action]]
id = "received"
from = ["committed"]
to = "in_custody"
asks = ["prison", "prison_contact"]
[[action]]
id = "release"
from = ["in_custody"]
to = "released"
asks = ["released_on"]
"""


def a_sanction(**values: Any) -> Desk:
    """A committal of so many days from 10 April 2026."""
    scheme = loader.parse(toml(EXAMPLE), "isc_sanction.toml")
    return Desk(scheme).open(**{"started_on": "2026-04-10", "days": 28, **values})


def test_the_last_day_counts_the_first() -> None:
    """28 days beginning with 10 April end on 7 May."""
    desk = a_sanction()
    assert desk.facts().value("last_day") == day("2026-05-07")
    assert desk.due("release") == day("2026-05-07")


def test_release_moves_back_to_a_working_day_and_its_plan_with_it() -> None:
    """24 days end on Sunday 3 May, and Monday is a bank holiday: Friday 1 May."""
    desk = a_sanction(days=24)
    assert desk.due("release") == day("2026-05-01")
    assert desk.due("release_plan") == day("2026-04-28")
    assert not desk.set(days=14)
    assert desk.due("release") == day("2026-04-23")
    assert desk.due("release_plan") == day("2026-04-20")


def test_a_booking_replaces_the_due_and_leads_follow() -> None:
    """Only of that occurrence."""
    desk = a_sanction()
    assert not desk.take(Kind.BOOK, what="release", due="2026-05-06")
    assert desk.due("release") == day("2026-05-06")
    assert desk.due("release_plan") == day("2026-04-30")
    assert not desk.take(Kind.EXTEND, what="release", due="2026-05-12", note="moved")
    assert desk.due("release") == day("2026-05-12")


def test_a_case_cannot_be_opened_without_what_is_required_or_beyond_the_limit() -> None:
    """The reasons come in the order of the sheet."""
    desk = a_sanction()
    opening: dict[str, Any] = {"what": "test", "version": 1}
    assert desk.take(Kind.OPEN, case="x", **opening) == [Code.FIELDS]
    values: dict[str, Any] = {"started_on": "2026-04-10", "days": 29}
    assert desk.take(Kind.OPEN, case="x", values=values, **opening) == [Code.LIMIT]
    assert desk.take(Kind.OPEN, values={**values, "days": 1}, **opening) == [Code.STAGE]
    assert desk.set(days=0) == [Code.LIMIT]
    assert desk.set(days="many") == [Code.LIMIT]
    assert desk.set(last_day="2026-05-07") == [Code.LIMIT]
    assert desk.set(nothing="1") == [Code.LIMIT]


def test_the_end_cancels_what_is_open_and_starts_the_retention() -> None:
    """What was done before stays as it was."""
    desk = a_sanction()
    assert desk.do("release") == [Code.STAGE]
    assert not desk.close("release_plan", "done")
    assert not desk.do("received", values={"prison": "HMP Example"})
    assert not desk.do("release", "2026-05-07T09:00", values={"released_on": "2026-05-07"})
    assert desk.item("release").status is Status.CANCELLED
    assert desk.item("release_plan").status is Status.DONE
    assert desk.next_due() is None
    assert desk.do("received") == [Code.CLOSED, Code.STAGE]
    assert desk.set(prison="HMP Other") == [Code.CLOSED]
    assert retention.destroy_due(desk.facts()) == day("2033-05-07")
    assert retention.reasons_to_keep(desk.facts("2033-05-07T12:00")) == (retention.Keep.NOT_YET,)
    assert retention.reasons_to_keep(desk.facts("2033-05-08T00:00")) == ()


def test_a_hold_stops_disposal_and_does_not_move_the_date() -> None:
    """It needs its reason in words, and ends by itself alone."""
    desk = a_sanction()
    assert retention.destroy_due(desk.facts()) is None
    assert desk.take(Kind.HOLD, what="inquiry") == [Code.NOTE]
    assert not desk.take(Kind.HOLD, what="inquiry", note="asked by letter")
    assert desk.take(Kind.RELEASE, what="complaint") == [Code.CONDITION]
    desk.do("received")
    desk.do("release", "2026-05-07T09:00")
    late = "2040-01-01T12:00"
    assert retention.reasons_to_keep(desk.facts(late)) == (retention.Keep.HOLD,)
    assert not desk.take(Kind.RELEASE, what="inquiry")
    assert retention.reasons_to_keep(desk.facts(late)) == ()


def test_overdue_begins_the_day_after() -> None:
    """A due without a time lasts the whole day."""
    desk = a_sanction()
    lines = worklist.item_lines(desk.facts("2026-05-07T23:59"))
    assert {line.item.name: line.overdue for line in lines} == {
        "release": False,
        "release_plan": True,
    }
    assert all(line.overdue for line in worklist.item_lines(desk.facts("2026-05-08T00:00")))


def test_a_restricted_scheme_is_seen_by_its_roles_only() -> None:
    """Others see nothing of it."""
    text = toml(EXAMPLE).replace(
        'prefix = "T"', 'prefix = "T"\nvisibility = "restricted"\nroles = ["lead"]'
    )
    scheme = loader.parse(text, "pvp.toml")
    assert worklist.may_see(scheme, Person("a", frozenset({"lead"})))
    assert not worklist.may_see(scheme, Person("a", frozenset({"officer", "manager"})))
