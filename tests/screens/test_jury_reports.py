"""Lists and figures of the jury desk at the screen: chosen, turned, written into files."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.jury_reports import LETTERS, JuryReportsScreen
from deskapp.services.jury import by_list, trials
from deskapp.services.jury.report_table import Kind
from deskapp.services.jury.trials import TrialDraft
from tests.builders import SetClock
from tests.jury_desk import JuryDesk, number
from tests.pilots import fill, press, settle, shown, small

Desk = Callable[..., DeskApp]


@pytest.fixture
def court(store: Store, user: User, clock: SetClock) -> JuryDesk:
    """Four jurors, three of whom came; two of these on a panel."""
    made = JuryDesk(store, clock, user)
    made.jurors(4)
    made.do(by_list.check_in_these, [number(of) for of in range(3)], dt.time(9))
    trial = made.do(trials.open_trial, TrialDraft("T2026001", "R v Example"))
    made.do(trials.draw_panel, trial.id, 2)
    return made


async def test_a_list_is_chosen_turned_and_written_as_a_table(
    desk: Desk, court: JuryDesk, tmp_path: Path
) -> None:
    """One letter each; what leaves the screen names nobody in its file name."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "j", "r")
        assert isinstance(app.screen, JuryReportsScreen)
        assert "Expected   4" in shown(app)
        await press(pilot, "enter", "d")
        assert f"*{number(0)}*" in shown(app)
        await press(pilot, "left")
        assert "17 Nov 2026" in shown(app)
        assert "Nothing to list." in shown(app)
        await press(pilot, "right", "f8", "t")
        await fill(pilot, line=str(tmp_path / "due.csv"))
        await press(pilot, "enter")
    rows = list(csv.DictReader((tmp_path / "due.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["juror_number"] for row in rows] == [number(of) for of in range(4)]


async def test_a_month_is_turned_and_days_are_typed(desk: Desk, court: JuryDesk) -> None:
    """Figures are of a month, unless days are typed."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "j", "r", "enter", "f")
        assert "1 Nov 2026 to 18 Nov 2026" in shown(app)
        await press(pilot, "left")
        assert "1 Oct 2026 to 31 Oct 2026" in shown(app)
        await press(pilot, "right", "enter", "r")
        await fill(pilot, line="16 11 2026 to 18 11 2026")
        await press(pilot, "enter")
        assert "16 Nov 2026 to 18 Nov 2026" in shown(app)
        await press(pilot, "enter", "s")
        assert "18 Nov 2026" in shown(app)


async def test_slips_are_of_a_panel_or_of_those_in_waiting(desk: Desk, court: JuryDesk) -> None:
    """The first answer is everybody in waiting."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g", "j", "r", "enter", "p", "enter")
        assert "Jurors in waiting" in shown(app)
        await press(pilot, "enter", "p", "down", "enter")
        page = shown(app)
        assert "R v Example" in page
        assert page.count("*6415") == 2
        await press(pilot, "enter", "t", "enter")
        assert "Panel and jury of a trial" in shown(app)
        await press(pilot, "left")
        assert "Panel and jury of a trial" in shown(app)


def test_every_report_has_a_letter_of_its_own() -> None:
    """One that is added must be reachable."""
    assert set(LETTERS) == set(Kind)
    assert len({*LETTERS.values(), "R"}) == len(Kind) + 1
