"""Every question of the day is answered from an index, however many jurors the store holds."""

from __future__ import annotations

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services.jury import day_lists
from deskapp.services.jury.day_lists import Which

UNSORTED = frozenset(Which) - {Which.EXPECTED, Which.ON_TRIAL}
"""Lists that an index gives in their order; the other two are put together and as long as a day."""


def plan(connection: Connection, which: Which) -> str:
    """How SQLite would read a list."""
    source = day_lists.LISTS[which]
    values = ["411" if each == "c" else "2026-11-18" for each in source.values]
    rows = connection.execute(
        f"EXPLAIN QUERY PLAN SELECT m.juror FROM {source.table} WHERE {source.condition}"
        f" ORDER BY {source.order} LIMIT 51",
        values,
    ).fetchall()
    return "\n".join(str(row[3]) for row in rows)


@pytest.mark.parametrize("which", Which)
def test_no_list_reads_a_whole_table(store: Store, which: Which) -> None:
    """100,000 jurors are in the store, some hundreds are due; only what is put together is read
    from end to end."""
    told = store.call_read(plan, which)
    read_whole = [line for line in told.splitlines() if line.startswith("SCAN")]
    assert len(read_whole) <= (which not in UNSORTED)
    assert "SEARCH" in told


@pytest.mark.parametrize("which", sorted(UNSORTED))
def test_a_list_comes_in_its_order_from_the_index(store: Store, which: Which) -> None:
    """A page of fifty sorts nothing."""
    assert "TEMP B-TREE" not in store.call_read(plan, which)


def test_who_is_due_is_asked_by_court_and_day(store: Store) -> None:
    """The index that the sheet asks for."""
    assert "juror_in_pool_by_due (court=? AND active=? AND next_on=?)" in store.call_read(
        plan, Which.NOT_IN
    )


def test_a_list_without_an_index_would_be_noticed(store: Store) -> None:
    """The first test can fail."""
    [row] = store.call_read(
        Connection.execute, "EXPLAIN QUERY PLAN SELECT juror FROM attendance WHERE trial = 'x'"
    ).fetchall()
    assert str(row[3]).startswith("SCAN")
