"""What leaves the casework screens, and the lists of the day, by keyboard in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.leaving import LeavingScreen
from deskapp.screens.letter import LetterScreen
from deskapp.services import printer
from deskapp.services.printer import NotPrintedError
from tests.pilots import press, rows, shown, small, told
from tests.screens.case_desk import CaseDesk, in_language
from tests.screens.test_case_journeys import give_roles

Desk = Callable[..., DeskApp]

pytestmark = pytest.mark.parametrize("language", i18n.LANGUAGES)


def paper(app: DeskApp) -> str:
    """The text on the screen."""
    return str(app.screen.query_one("#record", Static).render())


async def into_file(officer: CaseDesk, file: Path, *way: str) -> None:
    """Write what is shown to a file."""
    await press(officer.pilot, "f8", *way)
    officer.app.screen.query_one(Input).value = str(file)
    await press(officer.pilot, "enter")


async def test_a_letter_is_read_and_written_in_the_language_that_is_chosen(
    language: str, desk: Desk, tmp_path: Path
) -> None:
    """None is sent; a file that is there is replaced only when told so."""
    file = tmp_path / "letter.txt"
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("key", number="K 7")
        await press(pilot, "8")
        assert isinstance(officer.app.screen, CaseRecordScreen)  # that scheme has no letters
        await officer.open("meeting", meeting_on="18 11 2026", place="Court 1")
        await press(pilot, "8", "enter")
        assert isinstance(officer.app.screen, LetterScreen)
        both = paper(officer.app)
        assert officer.app.screen._offer.letter.id == "invitation"
        await press(pilot, "enter", "e")
        english = paper(officer.app)
        assert english != both
        assert english in both + "\n"
        await into_file(officer, file, "f")
        assert file.read_text("utf-8") == english
        await press(pilot, "enter", "w")
        await into_file(officer, file, "f")
        assert file.read_text("utf-8") == english
        await press(pilot, "r")
        assert file.read_text("utf-8") == paper(officer.app) != english
        assert file.stat().st_mode & 0o777 == 0o600


async def test_what_cannot_be_printed_or_copied_is_said(
    language: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text stays on the screen, and the message says what to do instead."""
    sent: list[tuple[str, str]] = []
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("meeting", meeting_on="18 11 2026")
        await press(pilot, "9")
        monkeypatch.setattr(printer, "send", lambda *given: sent.append(given))
        await press(pilot, "f8", "p")
        assert sent == [(paper(officer.app), f"{sent[0][1]}")]
        assert sent[0][1].endswith("-agenda.txt")

        def fail(_text: str, _name: str) -> None:
            raise NotPrintedError("No printer")

        monkeypatch.setattr(printer, "send", fail)
        await press(pilot, "f8", "p")
        assert told(officer.app)[-1] == "No printer"
        await press(pilot, "f8", "c")
        assert len(told(officer.app)) == 4  # opened, printed, not printed, no clipboard here
        assert sent[0][0] == paper(officer.app)


async def test_a_meeting_hands_its_open_actions_to_the_next(language: str, desk: Desk) -> None:
    """By keyboard: two meetings of a series, and the agenda of the second."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open(
            "meeting_series",
            variant="steering" if language == "en" else "llywio",
            first_on="18 11 2026",
        )
        await officer.do("open_meeting", meeting_on="18 11 2026")
        await press(pilot, "5", "enter", "3")
        await officer.pick("Action" if language == "en" else "Cam")
        await officer.save(text="Ring the contractor", owner="Ann Example", _due="30 11 2026")
        first = officer.record.line.id
        await press(pilot, "escape")
        await officer.do("open_meeting", meeting_on="25 11 2026")
        await press(pilot, "5")
        offered = officer.app.screen._lines  # type: ignore[attr-defined]
        await press(pilot, *(["down"] if offered[0].value == first else []), "enter", "9")
        assert "Ann Example" in paper(officer.app)


async def test_the_daily_list_is_opened_allocated_and_done(language: str, desk: Desk) -> None:
    """The officer with the least to do is offered first."""
    async with small(in_language(desk(), language)) as pilot:
        app = CaseDesk(pilot).app
        await press(pilot, "ctrl+g", "y", "ctrl+n")
        count = len(rows(app))
        assert rows(app)[0].mark == "overdue"
        await press(pilot, "enter", "a", "enter")
        assert rows(app)[0].cells[2] == app.user.name
        await press(pilot, "enter", "d")
        assert rows(app)[0].mark == ""
        assert len(rows(app)) == count


async def test_a_booking_is_made_warned_of_and_moved(language: str, desk: Desk) -> None:
    """Two sittings of one judge at ten; one moves to the next day, which the week shows."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await press(pilot, "ctrl+g", "d", "ctrl+n")
        assert len(told(officer.app)) == 1  # no diary is open yet
        await officer.open("diary", of="Judge Example")
        await press(pilot, "ctrl+g", "d")
        for end in ("18 11 2026 12:00", "18 11 2026 11:00"):
            await press(pilot, "ctrl+n", "enter")
            await officer.save(end=end)
        assert [row.mark for row in rows(officer.app)] == ["overdue", "overdue"]
        assert "10:00-11:00" in rows(officer.app)[0].cells[2]
        await press(pilot, "enter", "m")
        officer.app.screen.query_one(Input).value = "19 11 2026 14:00"
        await press(pilot, "enter")
        assert [row.mark for row in rows(officer.app)] == [""]
        await press(pilot, "right")
        assert [row.cells[0] for row in rows(officer.app)] == ["14:00-16:00"]
        await press(pilot, "ctrl+r", "w")
        assert len(rows(officer.app)) == 2


async def test_a_report_is_chosen_by_a_word_and_written_as_a_table(
    language: str, desk: Desk, tmp_path: Path
) -> None:
    """The curfew log; the file for others has no names."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("omu_hdc", prisoner="Ben Example")
        await press(pilot, "ctrl+g", "r", "c")
        await officer.pick("Curfew log" if language == "en" else "Cofnod cyrffyw")
        assert "Ben Example" in paper(officer.app)
        await into_file(officer, tmp_path / "own.csv", "t")
        await into_file(officer, tmp_path / "others.csv", "o")
        assert "Ben Example" in (tmp_path / "own.csv").read_text("utf-8")
        assert "Ben Example" not in (tmp_path / "others.csv").read_text("utf-8")


async def test_a_report_of_a_period_goes_back_and_never_ahead(language: str, desk: Desk) -> None:
    """The line above the table says which days are counted."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await press(pilot, "ctrl+g", "r", "c")
        await officer.pick("Lines by person" if language == "en" else "Llinellau yn")
        now = paper(officer.app)
        assert "16" in now
        await press(pilot, "left")
        assert "15" in paper(officer.app) != now
        await press(pilot, "right", "right")
        assert paper(officer.app) == now
        await press(pilot, "enter", "enter")
        officer.app.screen.query_one(Input).value = "1 10 2026 - 4 10 2026"
        await press(pilot, "enter")
        assert "1 " in paper(officer.app) != now
        assert "16" not in paper(officer.app)
        await press(pilot, "left")
        assert "15" in paper(officer.app)


async def test_who_needs_help_to_leave_is_one_key_from_home(
    language: str, store: Store, desk: Desk
) -> None:
    """For its roles; everybody else is told at once whom to ask."""
    async with small(in_language(desk(), language)) as pilot:
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert i18n._("Fire warden") in told(CaseDesk(pilot).app)[-1]
    give_roles(store, "fire_warden")
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open(
            "peep",
            person="Ann Example",
            kind="visit" if language == "en" else "ymweliad",
            visit_on="18 11 2026",
        )
        await press(pilot, "ctrl+g", "l")
        assert isinstance(officer.app.screen, LeavingScreen)
        assert "[ ] Ann Example" in shown(officer.app)
