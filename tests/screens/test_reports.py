"""The figures on the screen and in a file, and the turnaround table, by keyboard."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.contact import ContactScreen
from deskapp.screens.menu import Menu
from deskapp.screens.reports import ReportsScreen
from deskapp.screens.turnaround import TurnaroundScreen
from tests.builders import SetClock, save
from tests.pilots import editor, press, rows, settle, shown, small, told

Desk = Callable[..., DeskApp]


def answer_with(app: DeskApp, name: str, text: str) -> None:
    """Type a whole text into a box."""
    box = editor(app, name)
    assert isinstance(box, Input)
    box.value = text


@pytest.mark.parametrize(
    ("language", "by_topic", "topic"),
    [("en", "By topic", "Fines and penalties"), ("cy", "Yn ôl pwnc", "Dirwyon a chosbau")],
)
async def test_a_report_is_chosen_and_written_to_a_file(
    language: str,
    by_topic: str,
    topic: str,
    desk: Desk,
    store: Store,
    user: User,
    clock: SetClock,
    tmp_path: Path,
) -> None:
    """By letters, in both languages; the file hides the two contacts that the screen shows."""
    i18n.use(language)
    for _contact in range(2):
        save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "r", "e")
        assert isinstance(app.screen, ReportsScreen)
        await press(pilot, "enter", "p")
        assert by_topic in shown(app)
        await press(pilot, "pagedown")
        assert "2 ##########" in shown(app)
        assert topic in shown(app)
        await press(pilot, "f8")
        box = editor(app, "line")
        assert isinstance(box, Input)
        assert box.value == "enquiries-20261118-20261118-topic.txt"
        file = tmp_path / "figures.txt"
        box.value = str(file)
        await press(pilot, "enter")
        text = file.read_text(encoding="utf-8")
        assert by_topic in text
        assert "<5" in text
        assert "2 ##" not in text
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert str(file) in told(app)[-1]


async def test_a_file_is_replaced_only_when_the_officer_says_so(
    desk: Desk, store: Store, user: User, clock: SetClock, tmp_path: Path
) -> None:
    """A csv is asked for by its name."""
    save(store, user, clock)
    file = tmp_path / "figures.csv"
    file.write_text("kept", encoding="utf-8")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "r", "e")
        for answer, kept in (("n", True), ("r", False)):
            await press(pilot, "f8")
            answer_with(app, "line", str(file))
            await press(pilot, "enter")
            assert isinstance(app.screen, Menu)
            await press(pilot, answer)
            assert (file.read_text(encoding="utf-8") == "kept") == kept
    assert file.read_text(encoding="utf-8").startswith("channel,name,contacts")


async def test_days_are_typed_and_a_slip_changes_nothing(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The report that is shown stays until another one can be counted."""
    save(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "r", "e", "enter", "r")
        answer_with(app, "line", "16 11 to 17 11")
        await press(pilot, "enter")
        assert "16 Nov 2026 to 17 Nov 2026" in shown(app)
        await press(pilot, "enter", "r")
        answer_with(app, "line", "17 11 to 16 11")
        await press(pilot, "enter")
        assert told(app)[-1] == "The last day must not be before the first"
        assert "16 Nov 2026 to 17 Nov 2026" in shown(app)
        await press(pilot, "enter", "w", "enter", "i")
        assert "Only the contacts of Siân O'Brien" in shown(app)
        assert "16 Nov 2026 to 18 Nov 2026" in shown(app)


async def test_an_officer_is_not_offered_the_figures_of_others(desk: Desk) -> None:
    """They are the team leader's (section 14)."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "r", "e", "enter")
        assert "By site" in shown(app)
        assert "By officer" not in shown(app)
        await settle(pilot)


async def test_the_turnaround_table_is_reached_and_narrowed_down(desk: Desk) -> None:
    """From everywhere; the figure is said with its date and how old it is."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "t")
        assert isinstance(app.screen, TurnaroundScreen)
        assert [row.cells[2] for row in rows(app)] == ["33", "20", "8"]
        assert "31 Jan 2026, over 14 days old" in rows(app)[0].cells[3]
        answer_with(app, "search", "ex160")
        await settle(pilot)
        assert [row.key for row in rows(app)] == ["help_with_fees"]
        await press(pilot, "enter")
        assert "Help with fees: 8 working days (31 Jan 2026, over 14 days old)." in told(app)[-1]


async def test_find_leads_from_a_call_to_the_turnaround_table(desk: Desk) -> None:
    """Who asks where their papers are is on the phone; Esc goes back to the call."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f2", "f3")
        answer_with(app, "search", "correspondence")
        await settle(pilot)
        assert [row.cells for row in rows(app)] == [("Papers", "Correspondence", "33 working days")]
        await press(pilot, "enter")
        assert isinstance(app.screen, TurnaroundScreen)
        assert [row.key for row in rows(app)] == ["correspondence"]
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, ContactScreen)
