"""Expenses of jurors at the screens: entered by one person, approved by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.jury_expense_claim import JurorClaimScreen
from deskapp.screens.jury_expense_form import JurorExpenseScreen
from deskapp.screens.jury_expense_paper import ExplainedScreen
from deskapp.screens.jury_expenses import JuryExpensesScreen
from deskapp.screens.menu import Menu
from deskapp.services.jury.claim_state import State
from tests.builders import SetClock
from tests.pilots import choose, fill, press, rows, settle, shown, small, told, value
from tests.services.jury.claims_office import MONDAY, ClaimsOffice

Desk = Callable[..., DeskApp]
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ClaimsOffice:
    """A court whose code the settings name, with one juror."""
    made = ClaimsOffice(store, user, clock)
    made.juror(last_name="Example [/b]")
    return made


async def open_claims(pilot: Pilot[Any]) -> None:
    """From wherever one is."""
    await press(pilot, "ctrl+g", "j", "e")
    assert isinstance(pilot.app.screen, JuryExpensesScreen), told(pilot.app)  # type: ignore[arg-type]


async def somebody_else(pilot: Pilot[Any], user: User) -> None:
    """Another person sits down at the desk."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    app.user = user
    app.store.actor = user.id


async def test_a_day_goes_from_entry_to_payment(desk: Desk, office: ClaimsOffice) -> None:
    """The officer types, sees the cut at every key, submits; the manager approves."""
    day = office.day()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        assert "Example [/b]" in shown(app)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, JurorExpenseScreen)
        await fill(pilot, loss="80", other="5")
        assert "This day: £64.95, 6 h 00 min, Full day, limit £64.95" in shown(app)
        assert "Over the limit of £64.95: Other costs -£5.00, Loss of earnings" in shown(app)
        await press(pilot, "f8")
        assert "Enter what the other costs were for" in shown(app)
        await fill(pilot, other_what="Dog sitter")
        await choose(pilot, "food", "length")
        await press(pilot, "f8")
        assert isinstance(app.screen, JurorClaimScreen), told(app)
        assert rows(app)[0].cells[3:] == ("£70.66 CUT", "£70.66", "To submit")
        await press(pilot, "a")
        assert "Nothing waits for approval" in told(app)[-1]
        await press(pilot, "s")
        assert isinstance(app.screen, Menu)
        await press(pilot, "y")
        assert "Submitted: £70.66" in told(app)[-1]
        await press(pilot, "a")
        assert "Only a manager approves" in told(app)[-1]
        await somebody_else(pilot, office.manager)
        await open_claims(pilot)
        await press(pilot, "enter", "a", "y")
        assert "By bank £70.66" in told(app)[-1]
    assert office.of(day).state is State.APPROVED


async def test_keys_pressed_before_the_claim_is_read_are_done_then(
    desk: Desk, office: ClaimsOffice
) -> None:
    """Officers who know the way type ahead."""
    office.day()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, JurorExpenseScreen)


async def test_an_amount_is_explained_line_by_line(
    desk: Desk, office: ClaimsOffice, tmp_path: Path
) -> None:
    """Every penny: hours, band, rate, limit, cut; on paper for the juror."""
    day = office.day()
    office.enter(day, loss="80", ways="car", miles="20", travel_time="30", food="YES")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        await press(pilot, "enter", "e")
        assert isinstance(app.screen, ExplainedScreen)
        page = shown(app)
        for words in (
            "6 h 30 min: at court 09:00 to 15:00",
            "Full day: more than 4 h 00 min",
            "day 1 of service: Standard service",
            "in force from 1 Jun 2010",
            "£64.95: £80.00 less £15.05 over the limit",
            "£6.28: 20 miles at £0.314",
            "£76.94",
        ):
            assert words in page
        await press(pilot, "f8", "f")
        await fill(pilot, line=str(tmp_path / "explained.txt"))
        await press(pilot, "enter")
    text = (tmp_path / "explained.txt").read_text(encoding="utf-8")
    assert "Juror 100000001" in text
    assert "Example" not in text  # the number is enough for the juror


async def test_a_parked_form_comes_back_and_a_stale_one_changes_nothing(
    desk: Desk, office: ClaimsOffice
) -> None:
    """Somebody else entered the day meanwhile."""
    day = office.day()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        await press(pilot, "enter", "enter")
        await fill(pilot, loss="40")
        await press(pilot, "escape")
        office.enter(day, loss="30")
        await press(pilot, "escape", "escape", "escape")
        assert "parked" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, JurorExpenseScreen), told(app)
        assert value(app, "loss") == "40"
        await press(pilot, "f8")
        assert "changed since" in told(app)[-1]
        await press(pilot, "ctrl+t", "y")
    assert str(office.of(day).figures.total) == "30.00"


async def test_a_day_is_put_onto_the_others_and_the_card_shared(
    desk: Desk, office: ClaimsOffice
) -> None:
    """Three days of the same journey are typed once."""
    days = [office.day(date=MONDAY + number * DAY) for number in range(3)]
    office.enter(days[0], loss="50", ways="car", miles="10")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        await press(pilot, "enter", "d", "escape", "escape")
        assert "£0.00" in shown(app)  # nothing is done without a yes
        await press(pilot, "d", "enter", "y")
        assert "2 days were changed." in told(app)[-1]
        await press(pilot, "c")
        await fill(pilot, line="10")
        await press(pilot, "enter")
        assert "3 days were changed." in told(app)[-1]
        assert [row.cells[3] for row in rows(app)] == ["£49.81", "£49.81", "£49.80"]
        await press(pilot, "u")
        assert "Kept" in told(app)[-1]
    assert office.of(office.day(date=MONDAY + 7 * DAY)).figures.total == Decimal("53.14")


async def test_whoever_entered_a_day_cannot_approve_it(desk: Desk, office: ClaimsOffice) -> None:
    """A manager who helps at the desk."""
    day = office.day()
    office.enter(day, office.manager, loss="10")
    office.submit()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await somebody_else(pilot, office.manager)
        await open_claims(pilot)
        await press(pilot, "enter", "a")
        assert "Another person must approve" in told(app)[-1]
    assert office.of(day).state is State.SUBMITTED


async def test_a_manager_finds_on_home_what_waits(desk: Desk, office: ClaimsOffice) -> None:
    """An officer is told nothing: they cannot approve."""
    office.day()
    office.submit()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert "to approve" not in shown(app)
        await somebody_else(pilot, office.manager)
        await press(pilot, "ctrl+g", "h")
        assert "1 claim to approve" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, JuryExpensesScreen)
        assert [row.cells[0] for row in rows(app)] == ["100000001"]


async def test_a_claim_is_found_by_number_and_by_name(desk: Desk, office: ClaimsOffice) -> None:
    """The juror stands at the counter."""
    office.day()
    office.submit()
    office.approve()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        assert "Every confirmed day was submitted." in shown(app)
        for words in ("100000001", "example"):
            await fill(pilot, search=words)
            assert [row.cells[0] for row in rows(app)] == ["100000001"]


@pytest.mark.parametrize("language", ["en", "cy"])
async def test_a_claim_is_whole_on_the_smallest_screen(
    desk: Desk, office: ClaimsOffice, language: str
) -> None:
    """Ten days, in both languages, with no amount cut off."""
    for number in range(10):
        day = office.day(date=MONDAY + number * DAY)
        office.enter(day, loss="1000", in_cash="yes")
    i18n.use(language)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await open_claims(pilot)
        await press(pilot, "enter")
        assert shown(app).count("£64.95") >= 20
        assert shown(app).count("2026") == 10 + 1  # no date is cut off
