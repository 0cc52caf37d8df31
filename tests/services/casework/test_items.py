"""Opening and ending of items: stages, actions, predicates, series, leads, time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.services.casework import series, worklist
from deskapp.services.casework.events import Code, Kind
from deskapp.services.casework.state import item_id
from deskapp.services.casework.vocabulary import Status
from deskapp.services.dates import add_months
from tests.services.casework.desk import CASE, EW, Desk, day, scheme

FIELDS = """
[[field]]
id = "start_on"
type = "date"
[[field]]
id = "end_on"
type = "date"
[[field]]
id = "kind"
type = "choice"
options = ["a", "b"]
"""

REVIEW = """
[[item]]
id = "review"
opens = { stage = "second" }
while = ["second"]
every = { months = 1 }
from = "start_on"
until = "end_on"
roll = "next"
[[item]]
id = "report"
lead_of = "review"
due = { before = "item:review", working_days = 3 }
[[item]]
id = "remind"
lead_of = "report"
due = { before = "item:report", days = 1 }
"""


def reviews(at: str = "2026-01-31T09:00", **fields: str) -> Desk:
    """A case whose reviews have begun on 31 January 2026."""
    desk = Desk(scheme(FIELDS + REVIEW)).open(at, start_on="2026-01-31", **fields)
    assert not desk.do("go")
    return desk


def open_names(desk: Desk, at: str = "") -> set[str]:
    return {item.name for item in desk.case(at).open_items()}


def test_at_most_one_future_occurrence_is_open_with_its_leads() -> None:
    """Leads of leads are leads."""
    desk = reviews()
    assert open_names(desk) == {"review#1", "report#1", "remind#1"}
    assert desk.due("review#1") == day("2026-03-02")
    assert desk.due("report#1") == day("2026-02-25")
    assert desk.due("remind#1") == day("2026-02-24")


def test_the_next_occurrence_opens_when_the_last_is_closed_or_has_passed() -> None:
    """Whichever is first; month ends do not drift."""
    desk = reviews()
    assert "review#2" not in open_names(desk, "2026-03-02T23:59")
    assert {"review#1", "review#2"} <= open_names(desk, "2026-03-03T00:00")
    assert desk.due("review#2", "2026-03-03T00:00") == day("2026-03-31")
    assert not desk.close("review#1", at="2026-02-10T09:00")
    assert "review#2" in open_names(desk)
    assert "review#3" not in open_names(desk)
    assert not desk.close("review#2")
    assert desk.due("review#3") == day("2026-04-30")


def test_all_that_passed_unseen_is_there_when_the_case_is_shown() -> None:
    """Nobody looked for a quarter of a year."""
    desk = reviews()
    assert {"review#1", "review#2", "review#3", "review#4"} <= open_names(desk, "2026-05-01T00:00")


def test_a_series_ends_with_its_last_day_included() -> None:
    """What would be rolled beyond it does not happen."""
    desk = reviews(end_on="2026-03-02")
    assert open_names(desk, "2027-01-01T00:00") == {"review#1", "report#1", "remind#1"}
    assert open_names(reviews(end_on="2026-03-01")) == set()


def test_a_series_waits_for_its_anchor_and_moves_with_it() -> None:
    """Open items move; items that are done never do."""
    desk = Desk(scheme(FIELDS + REVIEW)).open("2026-01-31T09:00")
    desk.do("go")
    assert open_names(desk) == set()
    desk.set(start_on="2026-02-02")
    assert desk.due("review#1") == day("2026-03-02")
    desk.close("review#1")
    desk.set(start_on="2026-02-03")
    assert desk.due("review#1") == day("2026-03-02")
    assert desk.due("review#2") == day("2026-04-07")  # after Easter
    assert desk.due("report#1") == day("2026-02-25")


def test_a_booking_is_of_one_occurrence() -> None:
    """Leads follow it, later occurrences do not."""
    desk = reviews()
    assert not desk.take(Kind.BOOK, what="review#1", due="2026-03-10")
    assert desk.due("report#1") == day("2026-03-05")
    assert "review#2" not in open_names(desk, "2026-03-10T12:00")
    assert desk.due("review#2", "2026-03-11T00:00") == day("2026-03-31")


def test_leaving_the_stages_of_a_series_stops_it_until_it_comes_back() -> None:
    """What fell due outside is there as cancelled; nothing is overdue for it."""
    desk = reviews()
    assert not desk.do("back", "2026-02-05T09:00")
    assert desk.item("review#1").status is Status.CANCELLED
    assert desk.item("report#1").status is Status.OPEN
    assert not desk.do("go", "2026-06-10T09:00")
    states = {item.name: item.status for item in desk.case().of_template("review")}
    assert states == {
        **{f"review#{n}": Status.CANCELLED for n in range(1, 5)},
        "review#5": Status.OPEN,
    }
    assert desk.due("review#5") == day("2026-06-30")


def test_entering_again_gives_occurrence_two_and_going_back_nothing() -> None:
    """``@previous`` is no new entry."""
    item = '[[item]]\nid = "decide"\nopens = { stage = "second" }\nwhile = ["second"]\n'
    item += 'due = { after = "entered_at", working_days = 5 }\n'
    hold = '[[stage]]\nid = "hold"\nhold = true\n'
    hold += '[[action]]\nid = "rest"\nfrom = ["second", "hold"]\nto = "hold"\n'
    hold += '[[action]]\nid = "resume"\nfrom = ["hold", "first"]\nto = "@previous"\n'
    desk = Desk(scheme(hold + item)).open("2026-03-02T09:00")
    assert desk.do("resume") == [Code.STAGE]
    desk.do("go", "2026-03-02T10:00")
    assert desk.due("decide") == day("2026-03-09")
    assert not desk.do("rest")
    assert desk.item("decide").status is Status.CANCELLED
    assert not desk.do("resume", "2026-03-20T10:00")
    assert desk.case().stage == "second"
    assert set(desk.case().items) == {"decide"}
    desk.do("back")
    desk.do("go", "2026-04-01T10:00")
    assert desk.due("decide#2") == day("2026-04-10")


def test_after_done_counts_from_the_day_the_last_was_done() -> None:
    """However late that was; nothing piles up meanwhile."""
    item = '[[item]]\nid = "chase"\nopens = { stage = "first" }\nevery = { working_days = 2 }\n'
    item += 'from = "opened_at"\ncadence = "after_done"\n'
    desk = Desk(scheme(item)).open("2026-03-02T09:00")
    assert open_names(desk, "2026-05-01T09:00") == {"chase#1"}
    assert desk.due("chase#1") == day("2026-03-04")
    desk.close("chase#1", at="2026-03-12T09:00")
    assert desk.due("chase#2") == day("2026-03-16")


def test_a_series_ends_after_its_times() -> None:
    """A number, or a field that a calculator works out."""
    body = """
[[field]]
id = "balance"
type = "money"
[[field]]
id = "instalment"
type = "money"
[[field]]
id = "number"
type = "int"
[field.derive]
calculator = "plan.instalments"
input = { balance = "$balance", instalment_amount = "$instalment" }
output = "times"
[[item]]
id = "payment"
kind = "payment"
every = { weeks = 2 }
from = "opened_at"
first = 0
times = "$number"
"""
    desk = Desk(scheme(body)).open("2026-03-02T09:00")
    assert open_names(desk) == set()
    desk.set(balance="100.01", instalment="50")
    dues = [item.name for item in desk.case("2027-01-01T09:00").open_items()]
    assert dues == ["payment#1", "payment#2", "payment#3"]
    assert desk.due("payment#1") == day("2026-03-02")
    assert desk.due("payment#3", "2027-01-01T09:00") == day("2026-03-30")


def test_rotation_names_the_next_of_a_list() -> None:
    """A different call point each time."""
    body = '[[item]]\nid = "alarm"\nevery = { weeks = 1 }\nfrom = "opened_at"\n'
    body += 'rotate = ["hall", "stairs"]\n'
    desk = Desk(scheme(body)).open()
    found = desk.scheme.template_by_id["alarm"].series
    assert found is not None
    names = [series.rotation(found, number, desk.facts()) for number in (1, 2, 3)]
    assert names == ["hall", "stairs", "hall"]


def test_what_a_predicate_opened_stays_and_is_opened_once() -> None:
    """The screen offers to waive it."""
    item = '[[item]]\nid = "check"\nopens = { when = { field = "kind", is = "a" } }\n'
    desk = Desk(scheme(FIELDS + item)).open()
    assert open_names(desk) == set()
    desk.set(kind="a")
    assert open_names(desk) == {"check"}
    desk.set(kind="b")
    assert open_names(desk) == {"check"}
    desk.close("check", "waived")
    desk.set(kind="a")
    assert open_names(desk) == set()


def test_time_alone_can_make_a_predicate_true() -> None:
    """It is looked at when the case is shown."""
    item = (
        '[[item]]\nid = "late"\nopens = { when = { passed = { after = "opened_at", days = 7 } } }\n'
    )
    desk = Desk(scheme(item)).open("2026-03-02T09:00")
    assert open_names(desk, "2026-03-09T23:59") == set()
    assert open_names(desk, "2026-03-10T00:00") == {"late"}


def test_a_stage_with_a_condition_opens_once_both_hold() -> None:
    """Also when the condition comes true later in the same visit."""
    item = (
        '[[item]]\nid = "tell"\nopens = { stage = "first", when = { field = "kind", is = "a" } }\n'
    )
    desk = Desk(scheme(FIELDS + item)).open()
    desk.set(kind="a")
    assert open_names(desk) == {"tell"}
    other = Desk(scheme(FIELDS + item)).open()
    other.do("go")
    other.set(kind="a")
    assert open_names(other) == set()


def test_opening_goes_on_until_nothing_more_opens() -> None:
    """One item calls for the next, in whatever order the file has them."""
    chain = "".join(
        f'[[item]]\nid = "i{n}"\n'
        f'opens = {{ when = {{ count = {{ item = "i{n + 1}" }}, ge = 1 }} }}\n'
        for n in range(30)
    )
    desk = Desk(scheme(chain + '[[item]]\nid = "i30"\nopens = { stage = "second" }\n')).open()
    assert open_names(desk) == set()
    desk.do("go")
    assert len(open_names(desk)) == 31


def test_items_that_count_themselves_do_not_explode() -> None:
    """The same cause never opens twice."""
    body = '[[item]]\nid = "x"\nopens = { when = { count = { item = "x" }, ge = 0 } }\n'
    body += '[[item]]\nid = "y"\nopens = { when = { count = { status = "open" }, ge = 0 } }\n'
    assert open_names(Desk(scheme(body)).open()) == {"x", "y"}


def test_an_endless_daily_series_is_bounded() -> None:
    """Even if nobody looks for a century."""
    body = '[[item]]\nid = "walk"\nevery = { days = 1 }\nfrom = "opened_at"\n'
    desk = Desk(scheme(body)).open("2026-03-02T09:00")
    assert len(desk.case("2126-03-02T09:00").items) == series.MOST_OCCURRENCES


def test_an_item_may_survive_the_end() -> None:
    """It is opened by the end, and closed after it."""
    body = '[[item]]\nid = "record"\nopens = { stage = "ended" }\nsurvives = true\n'
    body += 'due = { after = "closed_at", working_days = 2 }\n'
    body += '[[item]]\nid = "work"\nopens = { stage = "first" }\n'
    desk = Desk(scheme(body)).open()
    desk.do("finish", "2026-03-06T10:00")
    assert open_names(desk) == {"record"}
    assert desk.due("record") == day("2026-03-10")
    assert desk.next_due() is not None
    assert desk.close("work") == [Code.ITEMS]
    assert not desk.close("record")


def test_a_variant_has_its_own_dues_and_checklist() -> None:
    """One scheme, many kinds of paper."""
    body = """
[[field]]
id = "variant"
type = "choice"
options = ["plain", "short"]
[[variant]]
id = "plain"
[[variant]]
id = "short"
due = { prepare = { after = "opened_at", days = 1 } }
checklist = ["one"]
[[item]]
id = "prepare"
opens = { stage = "first" }
due = { after = "opened_at", days = 9 }
[[item]]
id = "one"
list = "checklist"
opens = { stage = "first" }
[[item]]
id = "two"
list = "checklist"
opens = { stage = "first" }
"""
    plain = Desk(scheme(body)).open("2026-03-02T09:00", variant="plain")
    short = Desk(scheme(body)).open("2026-03-02T09:00", variant="short")
    assert plain.due("prepare") == day("2026-03-11")
    assert short.due("prepare") == day("2026-03-03")
    assert open_names(plain) == {"prepare", "one", "two"}
    assert open_names(short) == {"prepare", "one"}


def test_next_due_is_the_earliest_by_when_it_is_missed() -> None:
    """At four o'clock comes before the end of the same day."""
    body = '[[item]]\nid = "a"\nopens = { stage = "first" }\ndue = { on = "opened_at" }\n'
    body += '[[item]]\nid = "b"\nopens = { stage = "first" }\n'
    body += 'due = { on = "opened_at", at = "16:00" }\n'
    body += '[[item]]\nid = "c"\nopens = { stage = "first" }\n'
    desk = Desk(scheme(body)).open("2026-03-02T09:00")
    due = desk.next_due()
    assert due is not None
    assert due.when == desk.due("b")


def test_worklists_show_what_is_overdue_first() -> None:
    """Then what is due next, then the priority, then the reference."""
    body = '[[field]]\nid = "priority"\ntype = "text"\n'
    body += '[[item]]\nid = "a"\nopens = { stage = "first" }\ndue = { on = "opened_at" }\n'
    now = "2026-03-04T12:00"
    lines = [
        worklist.work_line(
            Desk(scheme(body)).open(f"{on}T09:00", priority=priority).facts(now), ref
        )
        for ref, on, priority in (
            ("T-5", "2026-03-05", ""),
            ("T-4", "2026-03-04", ""),
            ("T-3", "2026-03-04", "P2"),
            ("T-2", "2026-03-04", "P2"),
            ("T-1", "2026-03-03", ""),
            ("T-0", "2026-03-02", ""),
        )
    ]
    moment = Desk(scheme(body)).open(now).now
    ordered = sorted(lines, key=lambda line: line.order(moment))
    assert [line.reference for line in ordered] == ["T-0", "T-1", "T-2", "T-3", "T-4", "T-5"]


def test_two_desks_make_the_same_row_of_the_same_occurrence() -> None:
    """Its id comes from case, item and number; the first is number one with or without it."""
    assert item_id(CASE, "psr") == item_id(CASE, "psr#1")
    assert len({item_id(CASE, name) for name in ("psr", "psr#2", "remind#c1")}) == 3


@settings(deadline=None, max_examples=50)
@given(
    st.dates(day("2025-01-01"), day("2026-12-31")),
    st.integers(1, 4),
    st.integers(0, 2),
    st.integers(1, 12),
)
def test_a_series_is_that_of_a_slow_version(start: object, months: int, first: int, n: int) -> None:
    """Each occurrence counted from the anchor month by month, and rolled alone."""
    body = f'[[item]]\nid = "i"\nevery = {{ months = {months} }}\nfrom = "start_on"\n'
    body += f'first = {first}\ntimes = {n}\nroll = "next"\n'
    desk = Desk(scheme(FIELDS + body)).open("2024-12-01T09:00", start_on=str(start))
    slow = []
    for k in range(n):
        at = day(str(start)).replace(day=1)
        for _ in range(months * (first + k)):
            at = add_months(at, 1)
        last = add_months(at, 1).toordinal() - 1
        at = type(at).fromordinal(min(at.toordinal() + day(str(start)).day - 1, last))
        while not EW.is_working_day(at):
            at = type(at).fromordinal(at.toordinal() + 1)
        slow.append(at)
    far = "2040-01-01T09:00"
    assert [desk.due(f"i#{k + 1}", far) for k in range(n)] == slow
    assert len(desk.case(far).items) == n


@pytest.mark.parametrize("name", ["psr", "review#9", ""])
def test_nothing_happens_to_items_that_are_not_there(name: str) -> None:
    """It is refused as a matter of items."""
    desk = reviews()
    assert desk.close(name) == [Code.ITEMS]
    assert desk.take(Kind.BOOK, what=name, due="2026-03-03") == [Code.ITEMS]
