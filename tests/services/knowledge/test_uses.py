"""Uses are counted by day, flags stay until somebody answers them, the report counts both."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError
from deskapp.roles import User
from deskapp.services.knowledge import flags, misses, report, uses
from deskapp.services.knowledge.flags import Flagged, FlagKind
from deskapp.services.knowledge.misses import Miss
from deskapp.services.knowledge.uses import DropOff, Use
from deskapp.services.small_numbers import Mask
from tests.builders import SetClock
from tests.services.knowledge.local_desk import Writing


def count(store: Store, use: Use, *, on: dt.date, node: str = "", item: str = "s-sjp") -> None:
    """Count one use."""
    store.call_jot(uses.count, item, use, today=on, node=node)


def test_uses_are_counted_and_forgotten_after_a_year(store: Store, clock: SetClock) -> None:
    """Counts alone; nothing says whose they were."""
    today = clock.today
    count(store, Use.OPENED, on=today - dt.timedelta(days=366))
    for use in (Use.OPENED, Use.OPENED, Use.COPIED, Use.UNHELPED):
        count(store, use, on=today)
    count(store, Use.LEFT, on=today, node="means")
    (found,) = store.call_read(lambda c: list(uses.of_items(c, dt.date.min)))
    assert found == ("s-sjp", 2, 1, 0, 1, 1)
    assert store.call_read(uses.often, today=today) == {"s-sjp": 3}
    assert store.call_read(lambda c: list(uses.drop_offs(c, today))) == [
        DropOff("s-sjp", "means", 1)
    ]


def test_a_flag_stands_until_somebody_says_what_was_done(
    store: Store, clock: SetClock, user: User
) -> None:
    """It is never changed; the answer is one more line."""
    flag_id, now = new_id(), clock.moment
    about = Flagged("jury-defer", 1, FlagKind.OUT_OF_DATE, "cy")
    for _again in range(2):
        store.call_write(flags.flag, flag_id, about, "old\x1b[2J date", now=now, user=user)
    (line,) = store.call_read(flags.standing, user=user)
    assert (line.note, line.kind, line.officer_name) == (
        "old[2J date", FlagKind.OUT_OF_DATE, user.name,
    )  # fmt: skip
    with pytest.raises(FormProblemsError):
        store.call_write(flags.close, flag_id, new_id(), " ", now=now, user=user)
    store.call_write(flags.close, flag_id, new_id(), "corrected", now=now, user=user)
    assert store.call_read(flags.standing, user=user) == []
    assert store.call_read(flags.counts, clock.today) == {"jury-defer": 1}


def test_the_report_counts_and_hides_small_numbers(
    store: Store, clock: SetClock, user: User
) -> None:
    """Words nobody opened an answer to, what is opened, where scripts are left, what waits."""
    Writing(store, clock, user).publish(Writing(store, clock, user).start())
    for _time in range(7):
        count(store, Use.OPENED, on=clock.today, item="jury-defer")
    count(store, Use.LEFT, on=clock.today, node="means")
    for how in (Miss.EMPTY, Miss.UNOPENED, Miss.OPENED):
        store.call_jot(
            misses.record, f"kestrel {how}", how, language="en", topic="", today=clock.today,
            names=(), known=frozenset(),
        )  # fmt: skip
    parts = {part.code: part for part in store.call_read(report.read, user=user, today=clock.today)}
    assert {line.code for line in parts["missing"].lines} == {"kestrel empty", "kestrel unopened"}
    assert {line.code for line in parts["top"].lines} >= {"kestrel opened"}
    assert parts["used"].lines[0].counts == (7, 0, 0)
    assert parts["left"].lines[0].code == "s-sjp means"
    assert all(line.code != "jury-defer" for line in parts["unused"].lines)
    text = "\n".join(report.texts(list(parts.values()), Mask(4)))
    assert "7     0     0  jury-defer" in text
    assert "<5  s-sjp means" in text
    assert "left,s-sjp means" in report.as_csv(list(parts.values()), Mask(4))
    data = list(report.as_data(list(parts.values()), Mask(4)))
    assert {"part": "left", "about": "s-sjp means", "left": "<5"}.items() <= data[
        [each["about"] for each in data].index("s-sjp means")
    ].items()
