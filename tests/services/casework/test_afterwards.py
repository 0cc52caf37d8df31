"""Samples, allocation, the extract for evaluation and what may be disposed of."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from deskapp.data.ids import new_id
from deskapp.data.tables import Officer
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services.casework import (
    allocation,
    cases,
    disposal,
    extract,
    managing,
    samples,
    sampling,
)
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Code
from deskapp.services.casework.refused import RefusedError
from deskapp.services.casework.samples import PeriodOpenError
from tests.services.casework.desk import EW
from tests.services.casework.hand import CHILD, PAPERS, Hand, a_scheme

SAMPLE = """
[[sample]]
percent = 20
per = "secret"
period = "week"
"""
CONSENT = """
[[field]]
id = "consent_to_evaluation"
type = "yes_no_unknown"
"""


@pytest.fixture
def desk(hand: Hand) -> Hand:
    """A desk with a scheme that is sampled and evaluated, and a restricted one."""
    hidden = 'visibility = "restricted"\nroles = ["judge"]\n'
    hand.book = Rulebook.of(
        [
            a_scheme("test", PAPERS + SAMPLE + CONSENT, head='roles = ["judge"]\n'),
            a_scheme("child", CHILD),
            a_scheme("hidden", PAPERS + CONSENT + SAMPLE, head=hidden),
        ],
        EW,
    )
    return hand


def ended(desk: Hand, number: int, who: str) -> list[str]:
    """So many cases that were ended today."""
    made = [desk.open(secret=who) for _number in range(number)]
    for case_id in made:
        desk.clock.passes(hours=-2)
        desk.call(cases.do, case_id, "finish")
    return made


def test_a_sample_is_of_what_ended_in_a_closed_period(desk: Hand) -> None:
    """By group, at least the share that the scheme asks for, in hash order."""
    ann, bob = ended(desk, 6, "Ann"), ended(desk, 5, "Bob")
    desk.clock.shows(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))
    ended(desk, 2, "Ann")
    found = desk.store.call_read(samples.picked, desk.acting, "test")
    assert [(each.period, each.group, each.ended) for each in found] == [
        ("2026-W47", "Ann", 6),
        ("2026-W47", "Bob", 5),
    ]
    for each, ids in zip(found, (ann, bob), strict=True):
        picked = [line.id for line in each.lines]
        assert picked == sampling.sample("test", "2026-W47", 20, ids)
        assert len(picked) == math.ceil(0.2 * len(ids))


def test_some_cases_may_be_looked_at_more_often(desk: Hand) -> None:
    """Of refunds one in two, of all else one in ten: each kind is a group of its own."""
    table = '{ choose = [{ when = { field = "days", ge = 3 }, value = 50 }, { value = 10 }] }'
    often = SAMPLE.replace("= 20", f"= {table}").replace('per = "secret"\n', "")
    scheme = a_scheme("test", PAPERS + often, head='roles = ["judge"]\n')
    desk.book = Rulebook.of([scheme, a_scheme("child", CHILD)], EW)
    for days in (0, 1, 2, 3, 4, 5):
        desk.call(cases.do, desk.open(days=days), "finish")
    desk.clock.shows(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))
    found = desk.store.call_read(samples.picked, desk.acting, "test")
    assert [(each.ended, len(each.lines)) for each in found] == [(3, 1), (3, 2)]


FINDING = """
[[item]]
id = "sampled"
many = true
opens = { stage = "ended" }
survives = true
outcomes = [
  { id = "right", label = { en = "Right", cy = "Cywir" }, status = "done" },
  { id = "wrong", label = { en = "Wrong", cy = "O" }, status = "not_done", note = "required" },
]
"""


def test_what_a_sample_finds_is_kept_in_a_case_that_has_ended(desk: Hand) -> None:
    """An item takes it, for a closed case takes no action; a later finding puts it right."""
    scheme = a_scheme("test", PAPERS + SAMPLE + FINDING, head='roles = ["judge"]\n')
    desk.book = Rulebook.of([scheme, a_scheme("child", CHILD)], EW)
    running = desk.open(secret="Ann")
    with pytest.raises(RefusedError) as refused:
        desk.call(cases.add_item, running, "sampled")
    assert [each.code for each in refused.value.reasons] == [Code.STAGE]
    [case_id] = ended(desk, 1, "Ann")
    desk.clock.shows(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))

    def results() -> list[str]:
        found = desk.store.call_read(samples.picked, desk.acting, "test")
        return [drawn.result for group in found for drawn in group.cases]

    assert results() == [""]
    record = desk.call(cases.look, case_id)
    assert [each.id for each in samples.outcomes(record)] == ["right", "wrong"]
    with pytest.raises(RefusedError):
        desk.call(samples.note, case_id, "wrong")
    desk.call(samples.note, case_id, "wrong", note="One day too few")
    assert results() == ["Wrong"]
    desk.call(samples.note, case_id, "right")
    assert results() == ["Right"]
    items = desk.call(cases.look, case_id).facts.case.by_template["sampled"]
    assert len(items) == 1
    with pytest.raises(NotFoundError):
        desk.call(samples.note, running, "right")


def test_a_period_that_goes_on_has_no_sample(desk: Hand) -> None:
    """It could still change."""
    with pytest.raises(PeriodOpenError, match="from 2026-11-23 on"):
        desk.store.call_read(samples.picked, desk.acting, "test", "2026-W47")
    assert desk.store.call_read(samples.picked, desk.acting, "test", "2026-W46") == []
    for scheme, period in (("test", "2026-10"), ("child", ""), ("hidden", "")):
        with pytest.raises(NotFoundError):
            desk.store.call_read(samples.picked, desk.acting, scheme, period)


def colleague(desk: Hand, name: str, role: Role = Role.OFFICER) -> str:
    """Somebody else at the desk."""
    row = Officer(id=new_id(), home_site=desk.user.site, name=name, role=role.value)
    desk.store.call_write(lambda session: session.add(row))
    return row.id


def test_the_one_with_the_least_to_do_is_suggested(desk: Hand) -> None:
    """Then the one who waited longest, then by name; only who may know of the case."""
    desk.open(due_on="2026-12-01")
    zoe, amy = colleague(desk, "Zoe"), colleague(desk, "Amy")
    colleague(desk, "Adam Admin", Role.ADMINISTRATOR)

    def found() -> list[allocation.Colleague]:
        return desk.store.call_read(allocation.colleagues, desk.acting, "test")

    assert {each.name for each in found()} == {"Amy", "Zoe", desk.user.name}
    assert allocation.suggested(found()) == allocation.named(found(), "amy")
    for officer in (amy, zoe):
        desk.call(managing.assign, desk.open(), officer)
    desk.call(managing.assign, desk.open("child", days=1), zoe)
    assert [each.open_items for each in found()] == [1, 1, 1]
    last = allocation.suggested(found())
    assert last is not None
    assert last.name == desk.user.name
    with pytest.raises(NotFoundError, match="Nobody called Adam"):
        allocation.named(found(), "Adam Admin")
    assert desk.store.call_read(allocation.colleagues, desk.acting, "hidden") == []
    assert allocation.suggested([]) is None


def test_an_extract_names_nobody(desk: Hand) -> None:
    """Only of whoever agreed; no text that somebody typed, nothing sensitive."""
    yes: dict[str, Any] = {"consent_to_evaluation": "yes", "due_on": "2026-12-01", "days": 2}
    desk.open(secret="N. Example", priority="Ann", **yes)
    desk.open(secret="N. Other")
    with pytest.raises(NotAllowedError):
        desk.store.call_read(extract.of, desk.acting, "test")
    desk.user = desk.user._replace(role=Role.MANAGER)
    table = desk.store.call_read(extract.of, desk.acting, "test")
    assert table.header == ("id", "stage", "due_on", "days")
    [(pseudonym, *rest)] = table.rows
    assert rest == ["first", "2026-12-01", "2"]
    assert table == desk.store.call_read(extract.of, desk.acting, "test")
    assert not any(pseudonym in str(row) for row in desk.rows("SELECT * FROM case_record"))
    for scheme in ("child", "hidden"):
        with pytest.raises(NotFoundError):
            desk.store.call_read(extract.of, desk.acting, scheme)


def test_what_is_due_for_disposal_says_what_holds_it(desk: Hand) -> None:
    """The scheme keeps its cases for seven years; an open one is never due."""
    desk.user = desk.user._replace(role=Role.TEAM_LEADER)
    [first, second] = ended(desk, 2, "Ann")
    desk.open()
    for case_id in (first, second):
        desk.call(cases.close_item, case_id, "tidy", "done")
    desk.call(managing.hold, second, "complaint", note="Asked for")
    desk.clock.shows(dt.datetime(2033, 11, 18, 9, tzinfo=dt.UTC))
    assert desk.store.call_read(disposal.due, desk.acting) == []
    desk.clock.shows(dt.datetime(2033, 11, 19, 9, tzinfo=dt.UTC))
    found = desk.store.call_read(disposal.due, desk.acting)
    assert {(each.line.id, each.held) for each in found} == {
        (first, ()),
        (second, ("complaint",)),
    }
    assert {each.due_on for each in found} == {dt.date(2033, 11, 18)}
    desk.user = desk.user._replace(role=Role.OFFICER)
    with pytest.raises(NotAllowedError):
        desk.store.call_read(disposal.due, desk.acting)
