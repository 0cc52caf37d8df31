"""Why something is refused: each reason, and their order."""

from __future__ import annotations

import pytest

from deskapp.services.casework import loader
from deskapp.services.casework.allowed import FORM_CAN_SETTLE, allowed
from deskapp.services.casework.events import Code, Kind, Person
from tests.services.casework.desk import AMY, BOB, CHILD, STAGES, Desk, day, scheme, toml

BODY = """
[[field]]
id = "level"
type = "int"
min = 1
max = 5
[[field]]
id = "why"
type = "text"
required = true
show_if = { field = "level", ge = 4 }
[[field]]
id = "until_on"
type = "date"
[[item]]
id = "task"
required = true
list = "checklist"
opens = { stage = "first" }
[[item]]
id = "extra"
list = "checklist"
opens = { stage = "first" }
[[item]]
id = "condition"
many = true
due = { after = "until_on", weeks = 16 }
latest = { after = "until_on", weeks = 20 }
role = ["officer"]
[[item.fields]]
id = "hours"
type = "int"
min = 0
[[item.fields]]
id = "text"
type = "note"
required = true
[[action]]
id = "give"
from = ["first"]
to = "second"
role = ["team_leader"]
different_person = "prepare"
needs_fields = ["until_on"]
needs_items = ["checklist"]
note = "required"
[[action.guard]]
count = { item = "condition" }
ge = 1
[[action.guard]]
sum = { item = "condition" }
of = "hours"
le = 20
refuse = "limit"
[[action]]
id = "prepare"
from = ["first"]
"""
# A label stands after each id; fields of items have theirs too.


def a_desk() -> Desk:
    return Desk(scheme(BODY)).open("2026-03-02T09:00")


def test_every_reason_is_given_in_the_order_of_the_sheet() -> None:
    """The first is the code; the screen can say all of them."""
    desk = a_desk()
    assert not desk.do("prepare")
    for hours in (20, 1):
        desk.add("condition", f"c{hours}", values={"hours": hours, "text": "x"})
    desk.do("finish")
    codes = desk.do("give", values={"level": 9})
    assert codes == [
        Code.CLOSED,
        Code.STAGE,
        Code.ROLE,
        Code.PERSON,
        Code.FIELDS,
        Code.LIMIT,
        Code.CONDITION,
        Code.NOTE,
    ]
    desk = a_desk()
    assert desk.do("give", by=BOB) == [Code.FIELDS, Code.ITEMS, Code.CONDITION, Code.NOTE]
    assert list(Code) == sorted(Code, key=list(Code).index)


def test_each_reason_goes_when_it_is_met() -> None:
    """Until nothing is left."""
    desk = a_desk()
    values = {"until_on": "2026-03-02"}
    assert desk.do("give", by=BOB, note="x") == [Code.FIELDS, Code.ITEMS, Code.CONDITION]
    assert desk.do("give", by=BOB, note=" ", values=values) == [
        Code.ITEMS,
        Code.CONDITION,
        Code.NOTE,
    ]
    desk.close("task", "not_done")
    assert Code.ITEMS in desk.do("give", by=BOB, note="x", values=values)
    desk.close("task", "waived")
    desk.add("condition", "c1", values={"hours": 21, "text": "x"})
    assert desk.do("give", by=BOB, note="x", values=values) == [Code.LIMIT]
    assert not desk.take(Kind.SET, values={"c1.hours": 20})
    assert desk.do("give", by=AMY, note="x", values=values) == [Code.ROLE]
    assert not desk.do("give", by=BOB, note="x", values=values)
    assert desk.case().stage == "second"
    assert desk.case().fields["until_on"] == day("2026-03-02")


def test_the_last_to_do_the_other_action_may_not_do_this_one() -> None:
    """Somebody else doing it again frees the first."""
    desk = a_desk()
    both = Person("bob", BOB.roles)
    desk.do("prepare", by=both)
    assert Code.PERSON in desk.do("give", by=BOB)
    desk.do("prepare", by=AMY)
    assert Code.PERSON not in desk.do("give", by=BOB)


def test_a_required_field_counts_once_it_is_shown() -> None:
    """With the answers of the action itself filled in."""
    desk = a_desk()
    assert not desk.set(level=3)
    assert not desk.do("prepare")
    assert desk.do("prepare", values={"level": 4}) == [Code.FIELDS]
    assert not desk.do("prepare", values={"level": 4, "why": "seen"})


def test_before_the_form_the_screen_does_not_grey_for_what_the_form_asks() -> None:
    """Fields and notes are what a form is for."""
    desk = a_desk()
    desk.close("task")
    desk.add("condition", "c1", values={"text": "x"})
    action = desk.scheme.action_by_id["give"]
    reasons = allowed(desk.facts(), action, BOB)
    assert {reason.code for reason in reasons} <= FORM_CAN_SETTLE
    assert reasons[0].about == ("until_on",)


def test_a_due_set_by_hand_needs_a_note_and_stays_within_the_latest() -> None:
    """It stays put when its anchor moves, as far as that lets it."""
    desk = a_desk()
    desk.set(until_on="2026-03-02")
    assert not desk.add("condition", "c1", values={"text": "x"})
    assert desk.due("c1") == day("2026-06-22")
    extend = {"what": "c1", "due": "2026-07-20"}
    assert desk.take(Kind.EXTEND, **extend) == [Code.NOTE]
    assert desk.take(Kind.EXTEND, **{**extend, "due": "2026-07-21"}) == [Code.LIMIT, Code.NOTE]
    assert desk.take(Kind.EXTEND, **{**extend, "due": "soon"}, note="x") == [Code.LIMIT]
    assert not desk.take(Kind.EXTEND, **extend, note="ill")
    assert not desk.set(until_on="2026-03-09")
    assert desk.due("c1") == day("2026-07-20")
    assert desk.set(until_on="2026-03-01") == [Code.LIMIT]
    assert desk.do("prepare", values={"until_on": "2026-03-01"}) == [Code.LIMIT]
    assert desk.add("condition", "c2", values={"text": "x"}, due="2027-01-01") == [Code.LIMIT]


def test_adding_asks_for_role_fields_limits_and_a_free_name() -> None:
    """A name of the scheme is not free either."""
    desk = a_desk()
    nobody = Person("una", frozenset())
    assert desk.add("condition", "c1", by=nobody, values={"hours": -1}) == [
        Code.ROLE,
        Code.FIELDS,
        Code.LIMIT,
    ]
    assert not desk.add("condition", "c1", values={"text": "x"})
    for name in ("c1", "", "task", "condition#7"):
        assert desk.add("condition", name, values={"text": "x"}) == [Code.ITEMS]
    assert desk.add("task", "t1") == [Code.ITEMS]
    assert desk.add("nothing", "n1") == [Code.ITEMS]


def test_an_outcome_must_be_one_of_the_item_and_may_be_corrected() -> None:
    """The correction is one more event; the due does not move."""
    desk = a_desk()
    assert desk.close("task", "held") == [Code.LIMIT]
    assert not desk.close("task", "done", "2026-03-03T09:00")
    assert not desk.close("task", "not_done", "2026-03-04T09:00")
    assert desk.item("task").outcome == "not_done"
    assert len(desk.events) == 3


def test_two_people_of_whom_one_only_may_see() -> None:
    """Viewing a restricted case is an event and changes nothing."""
    desk = a_desk()
    before = desk.case()
    assert not desk.take(Kind.VIEW)
    assert desk.case() == before


CHILD_SCHEME = toml(
    STAGES
    + """
[[field]]
id = "days"
type = "int"
max = 28
required = true
"""
).replace('id = "test"', 'id = "child"')

PARENT = """
[[item]]
id = "tell"
opens = { when = { none = [{ children = "child", open = 0 }] } }
[[action]]
id = "start"
from = ["first"]
child = "child"
[[action]]
id = "complete"
from = ["first"]
to = "ended"
guard = { children = "child", open = 0 }
"""


def test_a_child_is_checked_by_its_own_scheme_and_counted_by_its_parent() -> None:
    """The parent stays where it is, and its items look at its children."""
    desk = Desk(scheme(PARENT), loader.parse(CHILD_SCHEME, "child.toml")).open()
    assert desk.do("start", child=CHILD) == [Code.FIELDS]
    assert desk.do("start", child=CHILD, values={"days": 29}) == [Code.LIMIT]
    assert desk.do("start", values={"days": 28}) == [Code.CONDITION]
    assert not desk.do("start", child=CHILD, values={"days": 28})
    assert desk.family.cases[CHILD].parent == desk.case().id
    assert desk.family.cases[CHILD].fields == {"days": 28}
    assert desk.case().stage == "first"
    assert "tell" in desk.case().items
    assert desk.do("start", child=CHILD, values={"days": 1}) == [Code.CONDITION]
    assert desk.do("complete") == [Code.CONDITION]
    assert not desk.do("finish", case=CHILD)
    assert not desk.do("complete")


def test_a_case_keeps_its_version_until_it_is_moved() -> None:
    """Items that the other version does not have are cancelled."""
    one = scheme('[[item]]\nid = "a"\nopens = { stage = "first" }\n')
    newer = toml(STAGES + '[[item]]\nid = "b"\nopens = { stage = "first" }\n')
    newer = newer.replace("version = 1", "version = 2").replace("2020-01-01", "2026-06-01")
    two = loader.parse(newer, "two.toml")
    desk = Desk(one, two).open("2026-07-01T09:00")
    assert desk.book.in_force("test", day("2026-05-31")) is one
    assert desk.book.in_force("test", day("2026-06-01")) is two
    assert set(desk.case().items) == {"a"}
    assert desk.take(Kind.MIGRATE, version=3) == [Code.LIMIT]
    assert desk.take(Kind.MIGRATE, version=1) == [Code.LIMIT]
    assert not desk.take(Kind.MIGRATE, version=2)
    assert desk.case().version == 2
    assert {item.name: item.status for item in desk.case().items.values()} == {
        "a": "cancelled",
        "b": "open",
    }


def test_a_case_cannot_be_moved_to_a_version_without_its_stage() -> None:
    """It would stand nowhere."""
    other = toml(STAGES).replace('"second"', '"middle"').replace("version = 1", "version = 2")
    desk = Desk(scheme(""), loader.parse(other, "two.toml")).open()
    desk.do("go")
    assert desk.take(Kind.MIGRATE, version=2) == [Code.STAGE]


@pytest.mark.parametrize("action", ["nothing", ""])
def test_an_action_that_the_scheme_does_not_have_is_refused(action: str) -> None:
    """It may come from a desk with a newer scheme."""
    assert a_desk().do(action) == [Code.STAGE]
