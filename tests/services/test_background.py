"""When a desk exchanges by itself: at once for what cannot wait, else about every quarter hour."""

from __future__ import annotations

import random

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services import background
from deskapp.services.background import AGAIN_SECONDS, EVERY, FIRST_SECONDS, Outcome, Pace
from tests.builders import SITE

USUAL = EVERY.total_seconds()


def a_pace(now: float = 1000.0) -> Pace:
    """A desk that was started at ``now``."""
    return Pace(now, random.Random(1))


def first_due(pace: Pace, now: float, *, urgent: bool) -> int:
    """After how many seconds a run is due."""
    return next(wait for wait in range(int(4 * USUAL)) if pace.is_due(now + wait, urgent=urgent))


def test_the_first_run_comes_soon_and_the_next_in_a_quarter_of_an_hour_on_the_average() -> None:
    """Desks of a site are switched on together and must not come together."""
    assert first_due(a_pace(), 1000, urgent=False) <= FIRST_SECONDS
    waits = []
    for seed in range(200):
        pace = Pace(0, random.Random(seed))
        pace.ended(100, Outcome.DONE)
        waits.append(first_due(pace, 100, urgent=False))
    assert 0.8 * USUAL < sum(waits) / len(waits) < 1.2 * USUAL
    assert max(waits) <= 2 * USUAL
    assert len(set(waits)) > 100


def test_what_is_urgent_goes_at_once_but_a_dead_line_is_left_alone() -> None:
    """Ever longer between tries, up to the usual time; one that gets through begins anew."""
    pace = a_pace()
    assert pace.is_due(1000, urgent=True)
    waits = []
    for _try in range(12):
        pace.ended(1000, Outcome.UNREACHED)
        waits.append(first_due(pace, 1000, urgent=True))
    assert min(waits) >= AGAIN_SECONDS - 1
    assert max(waits[:2]) <= AGAIN_SECONDS * 5
    assert max(waits[6:]) > AGAIN_SECONDS * 5
    assert max(waits) <= AGAIN_SECONDS + USUAL
    pace.ended(2000, Outcome.DONE)
    assert first_due(pace, 2000, urgent=True) <= 2 * AGAIN_SECONDS


def row(connection: Connection, table: str, /, **values: str) -> None:
    """Write a row whose other columns are empty."""
    filled: dict[str, str | int] = {}
    for name, kind in connection.execute(
        'SELECT name, type FROM pragma_table_xinfo(?) WHERE "notnull" AND dflt_value IS NULL',
        (table,),
    ).fetchall():
        filled[name] = "" if kind.startswith(("VARCHAR", "TEXT")) else 0
    filled |= {"home_site": SITE, **values}
    connection.execute(
        f"INSERT INTO {table} ({', '.join(filled)}) VALUES ({', '.join('?' * len(filled))})",
        list(filled.values()),
    )


@pytest.mark.parametrize(
    ("rows", "urgent"),
    [
        ([("person", {"id": "p"})], False),
        ([("marker", {"id": "m"})], True),
        ([("case_record", {"id": "c", "scheme": "safeguarding"})], True),
        ([("case_record", {"id": "c", "scheme": "induction"})], False),
    ],
)
def test_safeguarding_the_building_incidents_and_markers_are_urgent(
    store: Store, rows: list[tuple[str, dict[str, str]]], urgent: bool
) -> None:
    """Until they are sent; whoever stands in the building must see them."""
    store.call_jot(Connection.execute, "UPDATE change_log SET state = 1")
    for table, values in rows:
        store.call_jot(row, table, **values)
    assert store.call_read(background.has_urgent) is urgent
    store.call_jot(Connection.execute, "UPDATE change_log SET state = 1")
    assert not store.call_read(background.has_urgent)


def test_what_is_added_to_an_urgent_case_is_urgent_too(store: Store) -> None:
    """A note on a safeguarding case that was sent weeks ago."""
    store.call_jot(row, "case_record", id="c", scheme="safeguarding")
    store.call_jot(Connection.execute, "UPDATE change_log SET state = 1")
    store.call_jot(row, "case_event", id="e", case_id="c")
    assert store.call_read(background.has_urgent)
