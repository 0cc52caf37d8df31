"""Letters that come before a page is read, or before a form is shown, are not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.jury import JuryDeskScreen
from deskapp.screens.jury_act import JurorActScreen
from deskapp.screens.jury_confirm import ConfirmDayScreen
from deskapp.screens.jury_juror import JurorScreen
from deskapp.screens.jury_scan import ScanScreen
from deskapp.screens.jury_trials import TrialsScreen
from deskapp.services import kinds
from deskapp.services.jury import by_list, trials
from deskapp.services.jury.asks import Do
from deskapp.services.jury.counts import Place
from deskapp.services.jury.trials import TrialDraft
from tests.builders import SetClock
from tests.jury_desk import JuryDesk, number
from tests.pilots import _event, press, settle, shown, small, told, value

Desk = Callable[..., DeskApp]


@pytest.fixture
def court(store: Store, clock: SetClock, user: User) -> JuryDesk:
    """A court with three jurors who are due today."""
    court = JuryDesk(store, clock, user)
    court.jurors(3, date_of_birth="1980-03-01")
    return court


class Held:
    """A store whose reads wait until they are let through."""

    def __init__(self, app: DeskApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self._free = asyncio.Event()
        read = app.store.read

        async def later(*given: Any, **more: Any) -> Any:
            await self._free.wait()
            return await read(*given, **more)

        monkeypatch.setattr(app.store, "read", later)

    def let_go(self) -> None:
        """Everything is read from now on."""
        self._free.set()


async def typed(pilot: Pilot[Any], *keys: str) -> None:
    """Keys that come as quickly as a terminal can send them."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    assert app._driver is not None
    for key in keys:
        app._driver.send_message(_event(app, key))
    for _round in range(50):
        await asyncio.sleep(0)


async def test_a_letter_waits_for_the_page_of_a_juror(
    desk: Desk, court: JuryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K before anything is shown opens the form of a contact once it is."""
    app = desk()
    async with small(app) as pilot:
        held = Held(app, monkeypatch)
        app.open(kinds.JUROR, number(1))
        await typed(pilot, "k")
        assert isinstance(app.screen, JurorScreen)
        held.let_go()
        await settle(pilot)
        assert isinstance(app.screen, JurorActScreen)
        assert app.screen.do is Do.CONTACT


async def test_what_is_typed_behind_a_letter_goes_into_its_form(
    desk: Desk, court: JuryDesk
) -> None:
    """N and the words of the note in one go: no letter of a word is another act."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        await typed(pilot, *"n", *"xray")
        await settle(pilot)
        assert isinstance(app.screen, JurorActScreen)
        assert app.screen.do is Do.NOTE
        assert value(app, "note") == "xray"


async def test_what_waits_for_a_page_that_never_comes_does_nothing(
    desk: Desk, court: JuryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record below, which has the same letters, is not the one that was meant."""
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.JUROR, number(1))
        await settle(pilot)
        meant = app.screen
        held = Held(app, monkeypatch)
        app.open(kinds.JUROR, "649999999")
        await typed(pilot, "k", "k")
        assert isinstance(app.screen, JurorScreen)
        assert app.screen is not meant
        held.let_go()
        await settle(pilot)
        assert app.screen is meant
        assert "No juror here has this number" in " ".join(told(app))


async def test_the_first_scan_may_come_before_the_field(desk: Desk, court: JuryDesk) -> None:
    """S at the jury desk and a scan at once: the number is no row of letters of the desk."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j")
        assert isinstance(app.screen, JuryDeskScreen)
        await typed(pilot, "s", *number(2))
        await settle(pilot)
        assert isinstance(app.screen, ScanScreen)
        assert value(app, "scan") == number(2)


async def test_a_letter_waits_for_the_page_of_a_trial(
    desk: Desk, court: JuryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A and E before the panel is shown mean all of the panel."""
    court.do(by_list.check_in_by_list, court.acting.time)
    line = court.do(trials.open_trial, TrialDraft("T1"))
    court.do(trials.draw_panel, line.id, 3)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j", "t")
        assert isinstance(app.screen, TrialsScreen)
        held = Held(app, monkeypatch)
        app.open(kinds.TRIAL, line.id)
        await typed(pilot, "a", "e", "y")
        held.let_go()
        await settle(pilot)
        assert "Panel 0, sworn 3" in shown(app)


async def test_f8_waits_for_the_end_of_the_day(
    desk: Desk, court: JuryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F8 before the day stands on the screen confirms it once it does."""
    court.do(by_list.check_in_by_list, court.acting.time)
    court.clock.passes(hours=1)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "j")
        held = Held(app, monkeypatch)
        await app.push_screen(ConfirmDayScreen())
        await typed(pilot, "f8")
        held.let_go()
        await settle(pilot)
    assert [court.line(of).where for of in range(3)] == [Place.CONFIRMED] * 3
