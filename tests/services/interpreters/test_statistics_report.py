"""The published figures, counted of the bookings in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from deskapp.data.booking_tables import Booking, BookingEvent
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services.days import Days
from deskapp.services.interpreters import statistics_report, statistics_text
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.statistics_asked import Asked, By
from deskapp.services.interpreters.statistics_report import Report

NOVEMBER = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
Put = Callable[..., str]


@pytest.fixture
def put(store: Store, user: User) -> Put:
    """Puts a booking that came to an end into the store."""

    def put(on: str = "2026-11-20", proven: int = 0, **given: str) -> str:
        booking_id = new_id()
        usual: dict[str, Any] = {
            "kind": "spoken",
            "route": "contract",
            "mode": "f2f",
            "language_code": "pol",
            "status": Status.FULFILLED.value,
            "site": user.site,
        }

        def work(session: Session) -> None:
            session.add(
                Booking(
                    id=booking_id,
                    ref=booking_id,
                    ref_key=booking_id,
                    home_site=user.site,
                    day=on,
                    local_start=f"{on}T10:00",
                    local_end=f"{on}T12:00",
                    starts_at=f"{on}T10:00:00.000Z",
                    ends_at=f"{on}T12:00:00.000Z",
                    until=f"{on}T12:00:00.000Z",
                    requested_by=user.id,
                    **{**usual, **given},
                )
            )
            for _each in range(proven):
                session.add(
                    BookingEvent(
                        id=new_id(),
                        home_site=user.site,
                        at=f"{on}T12:00:00.000Z",
                        officer_id=user.id,
                        booking_id=booking_id,
                        code="complaint_proven",
                    )
                )

        store.call_write(work)
        return booking_id

    return put


def counted(store: Store, user: User, by: By = By.LANGUAGE, days: Days = NOVEMBER) -> Report:
    """The figures of some days."""
    return store.call_read(statistics_report.read, Asked(days, by), user=user)


def test_success_leaves_out_what_the_court_cancelled(store: Store, user: User, put: Put) -> None:
    """The supplier cannot be measured by what nobody wanted any more."""
    put()
    put(status=Status.CUSTOMER_DID_NOT_ATTEND.value)
    put(status=Status.UNFILLED.value)
    put(status=Status.CANCELLED_BY_COURT.value)
    put(status=Status.REQUESTED.value)
    found = counted(store, user)
    assert found.whole.completed == 4
    assert f"{found.whole.success_rate}" == "66.7"


def test_only_proven_complaints_and_off_contract_bookings_have_rates_of_their_own(
    store: Store, user: User, put: Put
) -> None:
    """A complaint that was only made proves nothing."""
    put(proven=1)
    put()
    put(route="off_contract")
    found = counted(store, user).whole
    assert (f"{found.complaint_rate}", f"{found.off_contract_share}") == ("50.0", "33.3")


def test_other_routes_stand_beside_the_figures(store: Store, user: User, put: Put) -> None:
    """The Welsh Language Unit is not the contract."""
    put(route="welsh_unit", language_code="cym")
    found = counted(store, user)
    assert found.whole.completed == 0
    assert found.whole.success_rate is None
    text = "\n".join(statistics_text.lines(found, 98))
    assert "Welsh Language Unit 1" in text
    assert "n/a, target 98%" in text


def test_both_ends_of_the_days_are_counted_and_nothing_beyond(
    store: Store, user: User, put: Put
) -> None:
    """A month is a month in London."""
    for on in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        put(on)
    assert counted(store, user).whole.completed == 2
    assert counted(store, user, By.SITE).whole.completed == 2


def test_other_sites_count_only_by_site(store: Store, user: User, put: Put) -> None:
    """A desk may hold bookings of other courts for the search of double bookings."""
    put()
    put(site="fact:bath-law-courts")
    assert counted(store, user).whole.completed == 1
    assert set(counted(store, user, By.SITE).groups) == {user.site, "fact:bath-law-courts"}


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        (By.LANGUAGE, ["pol", "ron"]),
        (By.MONTH, ["2026-11", "2027-01"]),
        (By.QUARTER, ["2026-4", "2027-1"]),
        (By.KIND, ["spoken", "sign"]),
    ],
)
def test_groups_add_up_to_the_whole(
    by: By, codes: list[str], store: Store, user: User, put: Put
) -> None:
    """Times stand in their order, everything else by number."""
    put()
    put()
    put("2027-01-05", language_code="ron", kind="sign")
    days = Days(dt.date(2026, 11, 1), dt.date(2027, 1, 31))
    found = counted(store, user, by, days)
    assert statistics_report.in_order(found) == codes
    assert sum(each.completed for each in found.groups.values()) == found.whole.completed == 3


def test_the_table_for_programs_has_the_total_and_no_formula(
    store: Store, user: User, put: Put
) -> None:
    """What a spreadsheet opens must not run."""
    put(language_code="=1+1")
    head, row, total = statistics_text.as_csv(counted(store, user)).split("\r\n")[:3]
    assert head.startswith("from,to,section,code,name,completed,fulfilled")
    assert "'=1+1" in row
    assert total.startswith("2026-11-01,2026-11-30,total,total,,1,1,0,0,0,0,0,0,100.0,0.0,0.0")


@pytest.mark.parametrize("by", By)
def test_an_index_leads_to_the_bookings_of_a_month(by: By, store: Store, user: User) -> None:
    """Ten years of bookings must not be read for one month."""
    statement, values = statistics_report.query(by, NOVEMBER, user.site)

    def plan(connection: object) -> str:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[attr-defined]
        return "\n".join(str(row[3]) for row in rows.fetchall())

    found = store.call_read(plan)
    assert "SCAN b" not in found
    assert "SEARCH e USING COVERING INDEX" in found or "SEARCH e USING INDEX" in found


def test_figures_are_refused_to_whom_they_are_not_for(store: Store, user: User) -> None:
    """An administrator runs the computer, not the desk."""
    with pytest.raises(NotAllowedError):
        counted(store, user._replace(role=Role.ADMINISTRATOR))
    with pytest.raises(FormProblemsError):
        counted(store, user, days=Days(NOVEMBER.last, NOVEMBER.first))
