"""Worklists of claims: each juror once, in pages that cost the same among many as among few."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import local_files
from deskapp.services.jury import claim_lists, claim_state
from deskapp.services.jury.claim_lists import Which
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.jury_desk import COURT, JuryDesk
from tests.services.jury.claims_office import MONDAY, ClaimsOffice

BASIS = claim_state.basis(local_files.SHIPPED)
DAYS, STEP_COUNT = 3, 10
NUMBERS = "WITH RECURSIVE n(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM n WHERE n < :many)"


def fill(connection: Connection, many: int, first: int = 1) -> None:
    """So many jurors in all, with three days in draft each, from different weeks."""
    number, day = "printf('%09d', 100000000 + n)", "date('2026-06-01', (n / 50) || ' days', :later)"
    connection.execute(
        f"{NUMBERS} INSERT INTO juror (id, home_site, number, first_name, last_name)"
        f" SELECT 'j' || n, '', {number}, 'Ann', 'Example' || n FROM n",
        {"many": many, "first": first},
    )
    for of in range(DAYS):
        given: dict[str, int | str] = {
            "many": many,
            "first": first,
            "later": f"{of} days",
            "of": of,
            "court": COURT,
        }
        columns = "id, home_site, juror, day, court, pool"
        values = f"'a' || n || '-' || :of, '', {number}, {day}, :court, '411260601'"
        connection.execute(
            f"{NUMBERS} INSERT INTO attendance ({columns}, kind, stage, time_in, time_out,"
            f" recorded_at) SELECT {values}, 'attendance', 'EXPENSE_ENTERED', '09:00', '15:00', ''"
            " FROM n",
            given,
        )
        connection.execute(
            f"{NUMBERS} INSERT INTO attendance_expense ({columns}, state, loss_pence)"
            f" SELECT {values}, 'draft', 5000 FROM n",
            given,
        )


def steps(store: Store, court: JuryDesk, want: Want) -> int:
    """Steps that SQLite takes for a page."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    def counted(connection: Connection) -> int:
        connection.set_progress_handler(step, STEP_COUNT)
        try:
            page = claim_lists.page(connection, want, court.acting, BASIS, Which.DRAFT)
        finally:
            connection.set_progress_handler(None, STEP_COUNT)
        assert len(page.lines) == want.limit_rows
        assert {line.count for line in page.lines} == {DAYS}
        return count

    return store.call_read(counted)


def test_a_page_costs_the_same_among_many_jurors(store: Store, court: JuryDesk) -> None:
    """Start and end; a thousand jurors, then four times as many."""
    found = []
    for first, many in ((1, 1000), (1001, 4000)):
        store.call_jot(fill, many, first)
        found.append([steps(store, court, Want(backwards=back)) for back in (False, True)])
    for few, more in zip(*found, strict=True):
        assert more <= 1.5 * few + 10


def test_pages_go_on_where_the_one_before_ended(store: Store, court: JuryDesk) -> None:
    """Each juror once, the oldest day first."""
    store.call_jot(fill, 120)
    seen: list[str] = []
    want = Want()
    while True:
        page = store.call_read(claim_lists.page, want, court.acting, BASIS, Which.DRAFT)
        seen += [line.juror for line in page.lines]
        if not page.more:
            break
        want = Want(page.lines[-1].place)
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen)


def test_a_list_says_days_and_amount_of_its_state_alone(
    store: Store, user: User, clock: SetClock
) -> None:
    """A day that was submitted is not on the list of those to submit."""
    office = ClaimsOffice(store, user, clock)
    office.juror()
    office.enter(office.day(), loss="20")
    office.submit()
    office.enter(office.day(date=MONDAY + dt.timedelta(days=1)), loss="30")
    lines = {
        which: store.call_read(claim_lists.page, Want(), office.acting(), BASIS, which).lines
        for which in Which
    }
    [draft], [submitted] = lines[Which.DRAFT], lines[Which.SUBMITTED]
    assert (draft.count, str(draft.amount), draft.oldest) == (1, "30.00", dt.date(2026, 11, 10))
    assert (submitted.count, str(submitted.amount), submitted.oldest) == (1, "20.00", MONDAY)
    assert not lines[Which.EDITED] + lines[Which.APPROVED]


def test_only_jury_staff_read_lists(court: JuryDesk) -> None:
    """The table of roles holds below the screens."""
    other = court.as_(Role.HEARING_ROOM)
    with pytest.raises(NotAllowedError):
        other.store.call_read(claim_lists.page, Want(), other.acting, BASIS, Which.DRAFT)
