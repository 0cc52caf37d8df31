"""Disposal on the screen: proposed by one, erased by another, by keys in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from textual.widgets import Input

from deskapp import i18n, paths
from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.disposal import DisposalScreen
from deskapp.services import drafts
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.complaints import log
from deskapp.services.complaints.acting import acting_on as complaints_acting
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.dates import Nation
from tests.builders import SetClock, a_draft, save
from tests.pilots import press, rows, shown, small, told
from tests.screens.case_desk import in_language
from tests.services.interpreters.booking_desk import BookingDesk

Desk = Callable[..., DeskApp]
LATER = dt.datetime(2030, 1, 9, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_one_proposes_and_another_erases(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Who proposed it is told why they cannot confirm it; what is erased leaves the list."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    acting, case_id = Acting(user, clock.moment, book), new_id()
    store.call_write(cases.open_case, acting, case_id, "cond_caution", {"offender": "A. Jones"})
    store.call_write(cases.do, acting, case_id, "decline", note="Declined")
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    clock.shows(LATER)
    app = in_language(desk(), language)
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "x")
        assert isinstance(app.screen, DisposalScreen)
        [row] = rows(app)
        assert "A. Jones" in row.cells[2]
        await press(pilot, "enter", "p")
        app.screen.query_one(Input).value = "Over"
        await press(pilot, "enter")
        assert user.name in rows(app)[0].cells[1]
        await press(pilot, "enter", "e", "escape")
        assert len(rows(app)) == 1
        app.user = app.user._replace(id=new_id(), name="Lee Example")
        await press(pilot, "enter", "e", "n", "enter", "e", "y")
        assert rows(app) == []
        assert any(user.name in message for message in told(app))
        assert "A. Jones" not in shown(app)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_enquiries_go_in_one_line(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Proposed with a reason by one, erased by another who says yes; both by letters."""
    for _contact in range(3):
        save(store, user, clock)
        clock.passes(minutes=20)
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    clock.shows(LATER)
    app = in_language(desk(), language)
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "x")
        [row] = rows(app)
        assert "3" in row.cells[2]
        await press(pilot, "enter", "p")
        app.screen.query_one(Input).value = "Over"
        await press(pilot, "enter")
        assert user.name in rows(app)[0].cells[1]
        await press(pilot, "enter", "e", "escape")
        assert len(rows(app)) == 1
        app.user = app.user._replace(id=new_id(), name="Lee Example")
        await press(pilot, "enter", "e", "n", "enter", "e", "y")
        assert rows(app) == []
        assert any(message.endswith(": 3") for message in told(app))
    left = store.call_read(Connection.execute, "SELECT count(*) FROM contact").fetchall()
    assert left == [(0,)]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_complaints_go_in_one_line(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """With the forms that were left; proposed by one, erased by another."""
    acting = complaints_acting(user, clock.moment, paths.settings_folder())
    draft = ComplaintDraft(
        received_on="today", channel="phone", jurisdiction="civil", categories="COR",
        person_name="Zebedee Unheardof", summary="Not answered", details="Wrote twice",
        redirect="lawyer",
    )  # fmt: skip
    store.call_write(log.log, acting, new_id(), draft)
    left = a_draft(user, clock, form="complaint", parked=True)
    store.call_jot(drafts.keep, left)
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    clock.shows(LATER)
    app = in_language(desk(), language)
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "x")
        [row] = rows(app)
        assert row.cells[2].count("1") == 2
        await press(pilot, "enter", "p")
        app.screen.query_one(Input).value = "Over"
        await press(pilot, "enter")
        assert "2" in rows(app)[0].cells[1]
        await press(pilot, "enter", "e", "escape")
        assert len(rows(app)) == 1
        app.user = app.user._replace(id=new_id(), name="Lee Example")
        await press(pilot, "enter", "e", "y")
        assert rows(app) == []
    assert store.call_read(Connection.execute, "SELECT 1 FROM complaint").fetchall() == []


async def test_interpreter_bookings_go_in_one_line(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """As enquiries do; the register of interpreters stays."""
    bench = BookingDesk(store, clock, user)
    ref = bench.booked().ref
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    clock.shows(LATER.replace(year=2034))
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "x")
        [row] = rows(app)
        assert "Interpreter bookings: 1, from 2 Dec 2026" in row.cells[2]
        await press(pilot, "enter", "p")
        app.screen.query_one(Input).value = "Over"
        await press(pilot, "enter")
        assert "1 proposed" in rows(app)[0].cells[1]
        app.user = app.user._replace(id=new_id(), name="Lee Example")
        await press(pilot, "enter", "e", "y")
        assert rows(app) == []
    kept = store.call_read(Connection.execute, "SELECT ref FROM purge_log").fetchall()
    assert kept == [(ref,)]
