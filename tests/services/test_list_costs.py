"""A page of a list costs the same among many rows as among few, on every desk.

Counted are the steps of SQLite, so the machine does not matter. ``python -m bench lists`` measures
the same pages in time, among a million rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bench import lists
from bench import store as bare
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services.hearings import bearings
from deskapp.services.paging import PAGE_ROWS

FEW, MANY = 1000, 6000
STEP_COUNT = 10
STANDING = 100


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
    lists.asked(),
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


# -- a list that must look at each of a day ---------------------------------------------------

HEARINGS = ("hearing", "hearing_event", "support_need", "booking", "booking_hearing")


@pytest.fixture(scope="module")
def busy_day() -> Iterator[Store]:
    """A thousand hearings of one day with all that hangs on them."""
    with bare.a_store(captured=False) as store:
        for table in HEARINGS:
            on = {"day": f"'{lists.TODAY}'"} if table == "hearing" else {}
            store.call_jot(lists.fill, table, lists.ROWS[table] | on, FEW)
        yield store


def test_a_list_that_must_look_at_each_ends_with_its_page(busy_day: Store) -> None:
    """Whether a hearing belongs is worked out of all that hangs on it: a page that is full needs
    no more of them than the page of a list that takes all."""
    pages = {page.what: page.read for page in lists.asked()}
    of_all = steps(busy_day, pages["hearings of a day: start"])
    assert steps(busy_day, pages["hearings of a day without a result: start"]) <= 1.3 * of_all


def test_what_is_looked_at_some_at_a_time_is_each_looked_at_once(busy_day: Store) -> None:
    """However many it takes until a page is full."""
    ids = [f"h{number}" for number in range(FEW)]
    who = lists.hearings_acting()
    found = busy_day.call_read(lambda at: [each.hearing.id for each in bearings.each(at, who, ids)])
    assert found == ids


# -- what is read whole -----------------------------------------------------------------------

OVER = {
    "marker": {"case_id": "'c' || n", "ended_on": f"iif(n < {STANDING}, '', '2026-01-01')"},
    "case_state": {"scheme": "'diary'"},
    "case_item": {
        "template": "'booking'",
        "starts_key": f"iif(n < {STANDING}, '{lists.TODAY}T09:00', '2026-01-01T09:00')",
        "ends_key": f"iif(n < {STANDING}, '{lists.TODAY}T12:00', '2026-01-01T12:00')",
        "answers": "json_object('resource', 'Judge Example', 'start', '2026-11-18T09:00',"
        " 'end', '2026-11-18T12:00')",
    },
}
"""What differs from the rows of the other tests: nearly all is over."""


@pytest.fixture(scope="module")
def histories() -> Iterator[tuple[Store, Store]]:
    """The same few bookings and markers of cases to come, and little or much that is over."""
    with ExitStack() as opened:
        made = []
        for count in (FEW, MANY):
            store = opened.enter_context(bare.a_store(captured=False))
            for table, over in OVER.items():
                store.call_jot(lists.fill, table, lists.ROWS[table] | over, count)
            made.append(store)
        yield made[0], made[1]


@pytest.mark.parametrize("what", ["markers: start", "diary of a week"])
def test_what_is_over_costs_a_list_nothing(what: str, histories: tuple[Store, Store]) -> None:
    """When a marker of a case is reviewed stands in the case: all that stand are read, and they are
    few, for each is somebody's work. Of bookings, closed or not, those of the days shown are."""
    (page,) = (page for page in lists.asked() if page.what == what)
    few, many = (steps(store, page.read) for store in histories)
    assert few > STANDING
    assert many <= 1.1 * few + 10
