"""A page of a list costs the same among many rows as among few, on every desk.

Counted are the steps of SQLite, so the machine does not matter. ``python -m bench lists`` measures
the same pages in time, among a million rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bench import lists
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services.paging import PAGE_ROWS

FEW, MANY = 1000, 6000
STEP_COUNT = 10
READ_WHOLE = ("markers",)
"""When the review of a marker is due may stand in its case, so every standing one is read."""


@pytest.fixture(scope="module")
def stores() -> Iterator[tuple[Store, Store]]:
    """The same rows of everything, few and many."""
    with ExitStack() as opened:
        yield lists.filled(opened, FEW), lists.filled(opened, MANY)


def steps(store: Store, read: lists.Read) -> int:
    """Steps that SQLite takes for a page."""
    count = 0

    def counted(connection: Connection) -> None:
        nonlocal count

        def step() -> None:
            nonlocal count
            count += 1

        store._reader.set_progress_handler(step, STEP_COUNT)
        try:
            read(connection)
        finally:
            store._reader.set_progress_handler(None, STEP_COUNT)

    store.call_read(counted)
    return count


@pytest.mark.parametrize(
    "page",
    [page for page in lists.asked() if page.what not in READ_WHOLE],
    ids=lambda page: str(page.what),
)
def test_a_page_costs_the_same_among_many_rows(
    page: lists.Asked, stores: tuple[Store, Store]
) -> None:
    """Start, end, what follows, and what was typed to go there."""
    few, many = (steps(store, page.read) for store in stores)
    assert many <= 1.5 * few + 10


def test_a_page_that_reads_the_whole_table_would_be_noticed(stores: tuple[Store, Store]) -> None:
    """The test above can fail."""
    few, many = (
        steps(store, lambda at: at.execute("SELECT id FROM contact ORDER BY topic LIMIT 9"))
        for store in stores
    )
    assert many > 3 * few


def test_every_list_fills_its_page(stores: tuple[Store, Store]) -> None:
    """Nothing would cost the same among any number of rows."""
    for page in lists.asked():
        found = stores[1].call_read(page.read)
        if page.what.endswith(("start", "end")):
            assert len(getattr(found, "lines", ())) == PAGE_ROWS, page.what
