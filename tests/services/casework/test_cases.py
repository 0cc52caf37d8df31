"""Cases in the store: verbs keep one event each, refusals change nothing, lists are in order."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlmodel import Session

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import Officer
from deskapp.errors import DeskError, Exit, NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services.casework import (
    case_find,
    case_line,
    case_lists,
    cases,
    due_lists,
    managing,
    own_reports,
)
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.events import Code, Kind
from deskapp.services.casework.refused import RefusedError
from deskapp.services.casework.vocabulary import Status
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.services.casework.hand import Hand


def test_a_case_is_opened_once_with_its_reference_and_what_it_is_about(hand: Hand) -> None:
    """A save that is repeated after a crash makes no second case."""
    case_id = new_id()
    first = hand.call(cases.open_case, case_id, "test", {"about": "Boiler"}, external_refs="X 1")
    again = hand.call(cases.open_case, case_id, "test", {"about": "Boiler"})
    assert first == again
    assert first.ref.startswith("T-")
    assert (first.title, first.stage, first.owner_id) == ("Boiler", "first", hand.user.id)
    assert (hand.count("case_record"), hand.count("case_event")) == (1, 1)


def test_what_is_refused_changes_nothing_and_gives_every_reason(hand: Hand) -> None:
    """In the order of the sheet, in words, and the transaction leaves no row."""
    with pytest.raises(RefusedError) as caught:
        hand.call(cases.open_case, new_id(), "test", {"days": 9})
    assert [reason.code for reason in caught.value.reasons] == [Code.FIELDS, Code.LIMIT]
    assert "fill in first: A" in str(caught.value)
    assert caught.value.exit_code is Exit.DATA
    case_id = hand.open()
    before = hand.rows("SELECT * FROM change_log")
    with pytest.raises(RefusedError, match="write a note"):
        hand.call(cases.do, case_id, "wait")
    with pytest.raises(RefusedError) as caught:
        hand.call(cases.do, case_id, "judge")
    assert caught.value.exit_code is Exit.NOT_ALLOWED
    with pytest.raises(NotFoundError):
        hand.call(cases.do, case_id, "sing")
    with pytest.raises(RefusedError, match="outside the limits: A"):
        hand.call(cases.fill_in, case_id, {"days": 9})
    assert hand.rows("SELECT * FROM change_log") == before


def test_one_verb_is_one_event_and_lists_are_never_captured(hand: Hand) -> None:
    """What is worked out does not travel; it would only lose against the truth."""
    case_id = hand.open(due_on="2026-12-01")
    hand.call(cases.do, case_id, "wait", {"days": 2}, note="Waiting for parts")
    captured = hand.rows("SELECT tbl, op FROM change_log WHERE tbl LIKE 'case%' ORDER BY seq")
    assert captured == [("case_record", "I"), ("case_event", "I"), ("case_event", "I")]
    [(answers, note, kind, officer)] = hand.rows(
        "SELECT answers, note, kind, officer_id FROM case_event WHERE what = 'wait'"
    )
    assert (json.loads(answers), note, kind) == ({"days": 2}, "Waiting for parts", Kind.DO.value)
    assert officer == hand.user.id


def test_items_are_added_closed_put_off_and_booked(hand: Hand) -> None:
    """The next due of the case follows each of them."""
    case_id = hand.open(due_on="2026-12-01")
    assert hand.lines()[0].due == dt.date(2026, 12, 1)
    name = new_id()
    line = hand.call(
        cases.add_item, case_id, "check", {"what": "Valve"}, due="2026-11-25", item_id=name
    )
    assert line.due == dt.date(2026, 11, 25)
    line = hand.call(cases.extend_item, case_id, name, "2026-11-27", note="Part is late")
    assert line.due == dt.date(2026, 11, 27)
    line = hand.call(cases.close_item, case_id, name, Status.DONE.value)
    assert line.due == dt.date(2026, 12, 1)
    line = hand.call(cases.book_item, case_id, "answer", "2026-11-30T10:00")
    assert line.due == dt.datetime(2026, 11, 30, 10, 0, tzinfo=dt.UTC)
    with pytest.raises(RefusedError, match="write a note"):
        hand.call(cases.extend_item, case_id, "answer", "2026-12-05", note=" ")
    record = hand.call(cases.look, case_id)
    assert {each.item.name: each.item.status for each in record.items} == {
        "answer": Status.OPEN,
        name: Status.DONE,
    }


def test_the_record_says_what_may_be_done_and_why_not(hand: Hand) -> None:
    """What the form of an action will ask for does not stand against it."""
    record = hand.call(cases.look, hand.open(secret="Ann Example"))
    offers = {offer.action.id: offer.reasons for offer in record.offers}
    assert offers["wait"] == ()
    assert [reason.code for reason in offers["back"]] == [Code.STAGE]
    assert [reason.code for reason in offers["judge"]] == [Code.ROLE]
    assert record.line.title == "Boiler"
    assert [entry.event.kind for entry in record.history] == [Kind.OPEN]
    assert record.history[0].officer_name == hand.user.name


def test_a_note_is_kept_also_when_the_case_is_closed(hand: Hand) -> None:
    """What is heard after the end belongs to the case too."""
    case_id = hand.open()
    hand.call(cases.do, case_id, "finish")
    hand.call(cases.add_note, case_id, "They rang again \x1b[31m")
    record = hand.call(cases.look, case_id)
    assert record.history[-1].event.note == "They rang again [31m"
    assert record.line.closed


def test_an_action_opens_a_case_of_its_own(hand: Hand) -> None:
    """It has a reference, belongs to the family and is shown on both sides."""
    case_id, child_id = hand.open(), new_id()
    with pytest.raises(RefusedError, match="outside the limits"):
        hand.call(cases.do, case_id, "breach", {"days": 29}, child_id=child_id)
    hand.call(cases.do, case_id, "breach", {"days": 28}, child_id=child_id)
    record = hand.call(cases.look, case_id)
    assert [line.id for line in record.children] == [child_id]
    child = hand.call(cases.look, child_id)
    assert child.parent is not None
    assert child.parent.id == case_id
    assert child.line.ref != record.line.ref
    hand.call(cases.do, child_id, "go")
    assert hand.call(cases.look, child_id).line.stage == "second"


def test_worklists_hold_what_their_name_says(hand: Hand) -> None:
    """Now is Wednesday 18 November 2026; two working days ahead is soon, a Saturday too."""
    late, today, soon, later, never = (
        hand.open(about=day or "none", **({"due_on": day} if day else {}))
        for day in ("2026-11-17", "2026-11-18", "2026-11-20", "2026-11-24", "")
    )
    waits = hand.open(due_on="2026-11-19")
    hand.call(cases.do, waits, "wait", note="Waiting")
    ended = hand.open()
    hand.call(cases.do, ended, "finish")
    tidied = hand.open()
    hand.call(cases.do, tidied, "finish")
    hand.call(cases.close_item, tidied, "tidy", "done")
    assert hand.ids(Which.OVERDUE) == [late]
    assert hand.ids(Which.TODAY) == [today]
    assert hand.ids(Which.SOON) == [waits, soon, ended]
    assert hand.ids(Which.WAITING) == [waits]
    assert hand.ids(Which.TODO) == [late, today, soon, ended, later, never]
    assert hand.ids(Which.OPEN) == [late, today, waits, soon, ended, later, never]
    assert hand.ids(Which.MINE) == hand.ids(Which.OPEN)
    assert hand.ids(Which.DONE) == [tidied]
    assert hand.ids(Which.OPEN, scheme="child") == []


def test_a_worklist_is_ordered_by_due_priority_and_reference(hand: Hand) -> None:
    """As the sheet says; what has no priority comes last."""
    made = [
        hand.open(due_on=day, **({"priority": rank} if rank else {}))
        for day, rank in [
            ("2026-11-25", "2"), ("2026-11-25", ""), ("2026-11-25", "1"), ("2026-11-24", ""),
            ("2026-11-25", "1"),
        ]
    ]  # fmt: skip
    lines = hand.lines()
    assert [lines[0].id, lines[3].id, lines[4].id] == [made[3], made[0], made[1]]
    assert {lines[1].id, lines[2].id} == {made[2], made[4]}
    assert lines[1].ref < lines[2].ref


def test_a_list_can_begin_with_a_day(hand: Hand) -> None:
    """With all that is due then, or next after it; nothing of the day before."""
    days = ("2026-11-19", "2026-11-20", "2026-11-20", "2026-11-23")
    made = [hand.open(due_on=day) for day in days]
    asked = dt.date(2026, 11, 20)
    assert set(hand.ids(want=case_lists.from_day(asked))) == set(made[1:])
    assert hand.ids(want=case_lists.from_day(asked + dt.timedelta(days=1))) == made[3:]
    until = dt.date(2026, 12, 31)
    items = [
        hand.store.call_read(due_lists.page, want, hand.acting, until).lines
        for want in (Want(), due_lists.from_day(asked))
    ]
    assert {line.case_id for line in items[0]} - {line.case_id for line in items[1]} == {made[0]}


@pytest.mark.parametrize("which", Which)
def test_pages_of_a_worklist_are_its_parts(hand: Hand, which: Which) -> None:
    """Nothing twice, nothing left out, in both directions."""
    for number in range(7):
        hand.open(due_on=f"2026-11-{16 + number}")
    whole = hand.ids(which)
    seen: list[str] = []
    place: tuple[str | int, ...] = ()
    while lines := hand.lines(which, want=Want(place, limit_rows=2)):
        seen += [line.id for line in lines]
        place = lines[-1].place
    assert seen == whole
    back = hand.lines(which, want=Want(backwards=True, limit_rows=2))
    assert [line.id for line in back] == whole[-2:]


@pytest.mark.parametrize("which", Which)
def test_an_index_gives_a_worklist_in_order(hand: Hand, which: Which) -> None:
    """Or 200,000 cases would be sorted for every page."""
    condition, values = case_lists._condition(which, hand.acting, Want())
    place, order = Want().clause(case_lists._ORDER)
    hidden, names = own_reports.seen(hand.acting.book, hand.acting.person)

    def plan(connection: Connection) -> str:
        rows = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT {case_line.COLUMNS} FROM {case_line.TABLES}"
            f" WHERE {condition} AND {hidden} AND {place} ORDER BY {order} LIMIT 51",
            (*values, *names),
        )
        return " / ".join(str(row[3]) for row in rows)

    found = hand.store.call_read(plan)
    assert "USING INDEX case_by_" in found
    assert "TEMP B-TREE" not in found
    whole = "SCAN s USING INDEX case_by_conflict"  # that index holds nothing but the list
    assert "SCAN s" not in found.replace(whole, "")


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (
            "SELECT id FROM case_item WHERE open = 1 AND due_key <= '9' ORDER BY due_key, id",
            "case_item_by_due",
        ),
        ("SELECT DISTINCT family_id FROM case_state WHERE scheme = 'a'", "case_by_scheme"),
        ("SELECT id FROM case_state WHERE scheme = 'a' AND closed_at >= '2'", "case_by_scheme"),
        ("SELECT id FROM case_state WHERE list = 'done' AND closed_at < '2'", "case_by_list"),
        ("SELECT 1 FROM case_state WHERE owner_id = 'a' AND live = 1", "case_by_owner"),
        ("SELECT 1 FROM case_event WHERE family_id = 'a' ORDER BY hlc", "case_event_by_family"),
    ],
)
def test_reports_samples_and_due_items_begin_with_an_index(
    hand: Hand, question: str, index: str
) -> None:
    """None reads the cases of every other scheme, officer or family."""
    [[*_numbers, step], *_rest] = hand.rows(f"EXPLAIN QUERY PLAN {question}")
    assert step.startswith("SEARCH")
    assert index in step


def test_what_is_due_is_listed_item_by_item(hand: Hand) -> None:
    """Up to a day, of every case, closed items left out."""
    case_id = hand.open(due_on="2026-11-25")
    hand.call(cases.add_item, case_id, "check", {"what": "Valve"}, due="2026-11-20")
    lines = hand.store.call_read(due_lists.page, Want(), hand.acting, dt.date(2026, 11, 24)).lines
    assert [(line.template, line.about, line.due) for line in lines] == [
        ("check", "Valve", dt.date(2026, 11, 20))
    ]
    later = hand.store.call_read(due_lists.page, Want(), hand.acting, dt.date(2026, 11, 25))
    assert [line.template for line in later.lines] == ["check", "answer"]


def test_a_case_is_found_by_its_reference_title_and_other_names(hand: Hand) -> None:
    """But never by what is sensitive."""
    case_id = new_id()
    line = hand.call(
        cases.open_case,
        case_id,
        "test",
        {"about": "Lift in the east wing", "secret": "Zed Person"},
        external_refs="LIBRA 4711",
    )

    def found(words: str) -> list[str]:
        lines = hand.store.call_read(case_find.find, Want(), hand.acting, words).lines
        return [each.id for each in lines]

    assert found("lift wing") == found(line.ref.lower()) == found("4711") == [case_id]
    assert found("zed") == []


def test_somebody_else_can_look_after_a_case(hand: Hand) -> None:
    """Then it stands in their list; it is one captured change of the record."""
    case_id = hand.open()
    with pytest.raises(NotFoundError):
        hand.call(managing.assign, case_id, "nobody")
    hand.call(managing.assign, case_id, hand.user.id)
    assert hand.ids(Which.MINE) == [case_id]


def test_the_list_of_a_team_is_what_its_officers_look_after(
    hand: Hand, store: Store, clock: SetClock
) -> None:
    """Page by page in one order, however many they are; who is in no team works with everybody."""
    made = [hand.open(due_on=f"2026-11-{20 + number}") for number in range(6)]
    colleague, stranger = (
        Hand(store, hand.user._replace(id=new_id(), name=name), clock) for name in ("Bo", "Cy")
    )
    for other in (colleague.user, stranger.user):
        row = Officer(id=other.id, home_site=other.site, name=other.name, role=other.role.value)
        store.call_write(Session.add, row)
    for number, owner in enumerate((hand, colleague, stranger) * 2):
        hand.call(managing.assign, made[number], owner.user.id)
    assert hand.ids(Which.TEAM) == hand.ids(Which.OPEN) == made
    for member in (hand.user, colleague.user):
        sql = "UPDATE officer SET team = 'Counter' WHERE id = ?"
        store.call_jot(Connection.execute, sql, (member.id,))
    ours = [made[0], made[1], made[3], made[4]]
    assert hand.ids(Which.TEAM) == colleague.ids(Which.TEAM) == ours
    assert stranger.ids(Which.TEAM) == made
    assert hand.ids(Which.TEAM, want=Want(limit_rows=3)) == ours[:3]
    assert hand.ids(Which.TEAM, want=Want(backwards=True, limit_rows=3)) == ours[1:]
    assert hand.ids(Which.TEAM, scheme="child") == []


def test_what_could_not_be_followed_is_in_a_list_of_its_own(hand: Hand) -> None:
    """Whether the case goes on or has ended: a team leader looks at it."""
    desk_one, ended, _plain = (hand.open(due_on=f"2026-11-{day}") for day in (25, 24, 23))
    hand.call(cases.do, ended, "finish")
    for case_id in (desk_one, ended):
        sql = "UPDATE case_state SET conflicts = 1 WHERE id = ?"
        hand.store.call_jot(Connection.execute, sql, (case_id,))
    assert set(hand.ids(Which.CONFLICT)) == {desk_one, ended}
    assert hand.ids(Which.CONFLICT, scheme="child") == []


def test_a_restricted_case_is_only_there_for_the_roles_of_its_scheme(
    hand: Hand, store: Store, clock: SetClock
) -> None:
    """Others learn nothing: no line, no record, not even that it is refused."""
    with pytest.raises(NotFoundError):
        hand.open("hidden")
    warden = Hand(store, hand.user._replace(scheme_roles=frozenset({"warden"})), clock)
    case_id = warden.open("hidden", due_on="2026-11-19")
    assert warden.ids() == [case_id]
    assert hand.ids() == []
    until = dt.date(2026, 12, 1)
    assert store.call_read(due_lists.page, Want(), hand.acting, until).lines == []
    assert store.call_read(case_find.find, Want(), hand.acting, "boiler").lines == []
    for verb, args in ((cases.look, ()), (cases.do, ("go",)), (cases.add_note, ("x",))):
        with pytest.raises(NotFoundError, match="There is no such case"):
            hand.call(verb, case_id, *args)


def test_every_view_of_a_restricted_case_is_an_event(
    hand: Hand, store: Store, clock: SetClock
) -> None:
    """Of other cases looking leaves no trace."""
    hand.call(cases.look, hand.open())
    assert hand.count("case_event") == 1
    warden = Hand(store, hand.user._replace(scheme_roles=frozenset({"warden"})), clock)
    case_id = warden.open("hidden")
    record = warden.call(cases.look, case_id)
    assert [entry.event.kind for entry in record.history] == [Kind.OPEN, Kind.VIEW]


def test_only_leaders_hold_cases_and_move_them_to_another_version(
    hand: Hand, store: Store, clock: SetClock
) -> None:
    """A hold does not move the day of disposal; it stands beside it."""
    case_id = hand.open()
    for verb, args in ((managing.hold, ("complaint",)), (managing.release, ("complaint",))):
        with pytest.raises(NotAllowedError):
            hand.call(verb, case_id, *args, note="x")
    leader = Hand(store, hand.user._replace(role=Role.TEAM_LEADER), clock)
    leader.call(managing.hold, case_id, "complaint", note="C-1 is open")
    assert [each.reason for each in leader.call(cases.look, case_id).holds] == ["complaint"]
    leader.call(managing.release, case_id, "complaint")
    assert leader.call(cases.look, case_id).holds == ()
    with pytest.raises(RefusedError):
        leader.call(managing.migrate, case_id, 2)
    with pytest.raises(DeskError):
        hand.call(managing.migrate, case_id, 2)


def test_an_administrator_sees_no_case(hand: Hand, store: Store, clock: SetClock) -> None:
    """Who keeps the machines running sees no names."""
    case_id = hand.open()
    administrator = Hand(store, hand.user._replace(role=Role.ADMINISTRATOR), clock)
    for verb, args in ((cases.look, ()), (cases.do, ("go",))):
        with pytest.raises(NotAllowedError):
            administrator.call(verb, case_id, *args)
