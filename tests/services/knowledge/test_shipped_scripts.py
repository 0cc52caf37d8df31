"""Every end of every shipped script is reached, and fits the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from deskapp.services.enquiries import outcome_adds, outcomes
from deskapp.services.knowledge import fields, library, walk
from deskapp.services.knowledge.answers import AnswerError
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import Walk
from tests.services.knowledge.content_folder import TODAY
from tests.services.knowledge.test_walk import CALENDAR, NOW

DAYS_AHEAD = (0, 3, 10, 40, -3, -10, -25, -40, -100, -500)
SCRIPTS = library.shipped().scripts


@pytest.mark.parametrize("script_id", SCRIPTS)
def test_every_end_of_a_script_can_be_reached(script_id: str) -> None:
    """And what it offers the form fits the outcome, but for what only the officer knows."""
    script = SCRIPTS[script_id]
    start = walk.begin(library.shipped(), script_id, language="cy", today=TODAY, calendar=CALENDAR)
    ended = {each.node.id: each for each in _walks(start) if each.script.id == script_id}
    wanted = {node.id for node in script.nodes.values() if node.kind is NodeKind.END}
    assert set(ended) == wanted
    for done in ended.values():
        assert done.ending
        outcome = outcomes.by_code(done.ending.outcome)
        form = library.shipped().fields.form
        extras = {form[name]: value for name, value in done.filled.items() if name in form}
        given = {name.removeprefix(outcomes.ADDED): text for name, text in extras.items()}
        found = outcome_adds.problems(outcome, "x" * 50, given, today=TODAY)
        wrong = {problem.field for problem in found} & set(extras)
        assert not wrong, (done.node.id, wrong)


def _walks(start: Walk) -> Iterator[Walk]:
    """Every end that some answers lead to, without leaving the script."""
    waiting, seen = [start], set()
    tested = {node.test.field for node in start.script.nodes.values() if node.test}
    while waiting:
        here = waiting.pop()
        values = tuple(here.values.get(name.removeprefix(fields.PREFIX), "") for name in tested)
        if here.script.id != start.script.id or (here.node.id, values) in seen:
            continue
        seen.add((here.node.id, values))
        if here.ending:
            yield here
            continue
        for answer in _answers(here):
            try:
                waiting.append(here.forward(answer, now=NOW))
            except AnswerError:
                continue


def _answers(here: Walk) -> Iterator[str]:
    """What could be answered: every key, and for a question every kind of value."""
    node = here.node
    if node.kind is NodeKind.CHOICE:
        yield from (option.key for option in node.options)
    elif node.kind is NodeKind.ASK:
        yield from ("", *(value for value, _label in node.choices))
        name = node.collect.removeprefix(fields.PREFIX)
        allowed = fields.allowed(here.library.fields, name)
        yield from ("Ann Other", "10:00", "tomorrow 10", "12345678", "5", "window", "yes")
        yield from sorted(allowed or ())[:40]
        for ahead in DAYS_AHEAD:
            yield (TODAY + dt.timedelta(days=ahead)).isoformat()
    else:
        yield "Ann Other" if node.kind is NodeKind.ESCALATE else ""
