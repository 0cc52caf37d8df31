"""Figures, letters, OPTIC and the hand-over pack of complaints, by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from deskapp import i18n, paths
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import complaint_papers
from deskapp.screens.complaint_letter import ComplaintLetterScreen
from deskapp.screens.complaint_reports import ComplaintReportsScreen
from deskapp.screens.optic import OpticPackScreen, OpticScreen
from deskapp.services import bank_holidays
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Status
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeAnswers
from deskapp.terminal import profiles
from tests.builders import SetClock
from tests.pilots import editor, press, rows, settle, shown, small, told
from tests.services.complaints.office import ComplaintOffice

Desk = Callable[..., DeskApp]


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ComplaintOffice:
    """The officer of the desk and whom they work with."""
    return ComplaintOffice(store, clock, user)


async def into_file(pilot: object, app: DeskApp, file: Path, *keys: str) -> str:
    """Press keys that ask for a file, name it and return what stands in it."""
    await press(pilot, *keys)  # type: ignore[arg-type]
    box = editor(app, "line")
    assert isinstance(box, Input)
    box.value = str(file)
    await press(pilot, "enter")  # type: ignore[arg-type]
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "by_category", "category"),
    [
        ("en", "By main category", "Letters or emails not answered"),
        ("cy", "Yn ôl prif gategori", "Llythyrau neu"),
    ],
)
async def test_the_figures_of_the_month_are_chosen_turned_and_written(
    language: str,
    by_category: str,
    category: str,
    desk: Desk,
    office: ComplaintOffice,
    tmp_path: Path,
) -> None:
    """By letters, in both languages; what leaves the screen hides the two that the screen shows."""
    i18n.use(language)
    office.log()
    office.log()
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "r", "u")
        assert isinstance(app.screen, ComplaintReportsScreen)
        await press(pilot, "enter", "c")
        assert by_category in shown(app)
        await press(pilot, "left")
        assert category not in shown(app)
        await press(pilot, "right", "enter", "c", "pagedown")
        assert category[:20] in shown(app)
        table = await into_file(pilot, app, tmp_path / "a.csv", "f8", "t")
        [row] = [row for row in csv.DictReader(table.splitlines()) if row["section"] == "category"]
        assert (row["code"], row["received"]) == ("COR", "<5")
        page = await into_file(pilot, app, tmp_path / "a.txt", "f8", "f")
        assert by_category in page
        assert "<5" in page


async def test_the_daily_list_leads_through_the_fields_to_the_reference(
    desk: Desk, office: ComplaintOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter copies a field and goes on; F9 takes the reference; the list is empty then."""
    line = office.log()
    app = desk()
    copied: list[str] = []
    async with small(app) as pilot:
        monkeypatch.setattr(app, "profile", profiles.FULL)
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await press(pilot, "ctrl+g", "o")
        assert isinstance(app.screen, OpticScreen)
        assert "1 complaint is still to be entered" in shown(app)
        await press(pilot, "enter", "enter", "enter")
        assert isinstance(app.screen, OpticPackScreen)
        assert copied == [line.ref, "18 Nov 2026 10:05"]
        assert "2 of" in shown(app)
        assert [row.cells[0] for row in rows(app)][:3] == ["*", "*", ""]
        await press(pilot, "f9", *"1234567", "enter")
        assert isinstance(app.screen, OpticScreen)
        assert "usually have 8 digits" in "\n".join(told(app))
        assert "Everything is in OPTIC." in shown(app)
    assert office.stands(line.id).optic_ref == "1234567"


async def test_a_code_word_is_not_copied(desk: Desk, office: ComplaintOffice) -> None:
    """Wherever somebody wrote it down: it is for asking the person alone."""
    line = office.log(details="The code word is bluebird, she said")
    person_id = office.look(office.officer, line.id).given.person_id
    answers = SafeAnswers(code_word="Bluebird")
    office.store.call_write(safe_contact.save, person_id, answers, user=office.officer)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "o", "enter")
        place = [row.cells[1] for row in rows(app)].index("Account")
        await press(pilot, *["down"] * place, "enter")
        assert "the code word" in told(app)[-1]
        assert "0 of" in shown(app)


async def test_without_a_clipboard_the_field_stands_whole_below(
    desk: Desk, office: ComplaintOffice
) -> None:
    """A thin terminal forbids it; the text can be marked there."""
    office.log(summary="A summary that is longer than the column of the list can ever be, by far")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "o", "enter")
        place = [row.cells[1] for row in rows(app)].index("Summary")
        await press(pilot, *["down"] * place, "enter")
        assert "than the column of the list can ever be, by far" in shown(app)


async def test_a_letter_is_read_and_leaves_a_line_in_the_record(
    desk: Desk, office: ComplaintOffice, tmp_path: Path
) -> None:
    """In the language that is asked for; nothing is kept before it went anywhere."""
    line = office.log(channel="email", email="ann@example.org")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await complaint_papers.ask(app, line.id)
        await press(pilot, "a")
        assert isinstance(app.screen, ComplaintLetterScreen)
        assert "Safe contact: not asked." in shown(app)
        assert "Annwyl Ann Example" in shown(app)
        await press(pilot, "enter", "e")
        assert "Dear Ann Example" in shown(app)
        assert "To: ann@example.org" in shown(app)
        await press(pilot, "enter", "p")
        assert "Our reference: C-" in shown(app)
        assert made(office, line.id) == []
        text = await into_file(pilot, app, tmp_path / "letter.txt", "f8", "f")
        assert "Dear Ann Example" in text
        assert made(office, line.id) == ["acknowledge"]


def made(office: ComplaintOffice, complaint_id: str) -> list[str]:
    """The letters that the record tells of."""
    history = office.look(office.officer, complaint_id).history
    return [each.event.text("template") for each in history if each.event.code == Code.LETTER]


async def test_the_hand_over_pack_opens_the_way_to_the_investigations_team(
    desk: Desk, office: ComplaintOffice, tmp_path: Path
) -> None:
    """With everything that was done, without what is said of staff."""
    complaint_id = office.reviewed(about_staff="Zebedee shouted", categories="ATT")
    office.take(office.leader, complaint_id, Code.ASSIGN)
    office.answer(office.leader, complaint_id)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await complaint_papers.ask(app, complaint_id)
        text = await into_file(pilot, app, tmp_path / "pack.txt", "c", "f8", "f")
    assert "What was done" in text
    assert "Review asked for" in text
    assert "Zebedee" not in text
    office.take(office.officer, complaint_id, Code.ASK_CIT)
    assert office.stands(complaint_id).status is Status.OPEN


async def test_a_newer_list_of_bank_holidays_counts_open_dates_again_at_the_start(
    desk: Desk, office: ComplaintOffice
) -> None:
    """It came with an update, or into the settings folder while deskapp was closed."""
    line = office.log()
    text = bank_holidays.SHIPPED_FILE.read_text(encoding="utf-8").replace('"2026.1"', '"2026.2"')
    file = paths.private_folder(paths.settings_folder()) / bank_holidays.FILE_NAME
    file.write_text(text.replace("2026-12-25,", "2026-12-01, 2026-12-25,"), encoding="utf-8")
    for _start in range(2):
        app = desk()
        async with small(app) as pilot:
            await settle(pilot)
        due = office.stands(line.id).stage.due
        assert (due.due_on.isoformat(), due.calendar_version) == ("2026-12-03", "2026.2")
    history = office.look(office.officer, line.id).history
    assert [entry.event.code for entry in history] == [Code.DUE_RECALCULATED]
