"""The Go to menu: every place by one letter, whole on the smallest terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Label

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.i18n import _
from deskapp.screens import places
from deskapp.screens.app_moves import FIGURES, HOME
from deskapp.screens.base import Entry
from deskapp.screens.go_menu import GoMenu
from deskapp.screens.menu import Menu
from deskapp.widgets.marked_list import MarkedList
from deskapp.widgets.told import Told
from tests.pilots import press, told

Desk = Callable[..., DeskApp]

PARKED = [Entry(digit, "Parked 10:05: Ann [/b] Jones, " + "long " * 20, digit) for digit in "789"]


def menu() -> GoMenu:
    """Every place there is, and as many parked contacts as there may be."""
    desks = [Entry(*each[:2], each.name) for each in places.PLACES if not each.figures]
    entries = [each._replace(label=_(each.label)) for each in (HOME, *desks, FIGURES)]
    return GoMenu("Go to", [*entries, Entry("Q", _("Leave deskapp"), "quit")], PARKED)


@pytest.mark.parametrize("language", ["en", "cy"])
async def test_all_places_fit_the_smallest_terminal(language: str, desk: Desk) -> None:
    """What must be scrolled for is not seen."""
    i18n.use(language)
    app = desk()
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(menu())
        await press(pilot, "down")
        lists = list(app.screen.query(MarkedList))
        assert [each.option_count for each in lists] == [11, 11, 3]
        for each in lists:
            assert each.size.height == each.option_count == each.virtual_size.height
            names = [str(line.prompt) for line in each.options]
            assert each is lists[-1] or max(map(len, names)) <= each.size.width
        assert all(label.region.bottom <= 19 for label in app.screen.query(Label))


async def test_the_arrow_keys_walk_through_every_place(desk: Desk) -> None:
    """Down goes on in the next column and in what is parked; Left and Right change the column."""
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(menu())

        def marked() -> str:
            lists = [each for each in app.screen.query(MarkedList) if each.highlighted is not None]
            assert lists == [app.focused]
            return str(lists[0].get_option_at_index(lists[0].highlighted or 0).prompt)[0]

        walked = []
        for _place in range(25):
            walked.append(marked())
            await press(pilot, "down")
        assert marked() == walked[0] == "H"
        assert len(set(walked)) == 25

        await press(pilot, "down", "right")
        assert marked() == walked[12]
        await press(pilot, "left", "up", "up")
        assert marked() == walked[-1]
        await press(pilot, "down", "left")
        assert not isinstance(app.screen, GoMenu)


async def test_the_marked_place_says_what_it_is_for(desk: Desk) -> None:
    """The name alone tells a new colleague little; markup in a parked name is text."""
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(menu())
        await press(pilot, "down")
        meaning = app.screen.query_one("#meaning", Told)
        assert str(meaning.content) == "Enquiries: every contact"
        await press(pilot, "up", "up")
        assert "Ann [/b] Jones" in str(meaning.content)


async def test_the_figures_of_every_desk_stand_behind_one_letter(desk: Desk) -> None:
    """Each has a letter of its own there, and shows itself without more to ask."""
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = [each for each in places.open_to(app.user) if each.figures]
        assert len({each.letter for each in shown}) == len(shown) > 5
        for each in shown:
            await press(pilot, "ctrl+g", "r", each.letter.lower())
            if each.name == "case_reports.CaseReportsScreen":
                await press(pilot, "escape")  # it asks which
            if each.name == "jury_reports.JuryReportsScreen":
                assert "Name its code in jury.toml" in " ".join(told(app)), told(app)
            else:
                assert each.name.endswith(f".{type(app.screen).__name__}")


async def test_an_arrow_key_never_picks_an_answer_that_has_no_letter(desk: Desk) -> None:
    """It has no character, as such an answer has no letter; ending a hold is one of them."""
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        question = Menu("What now?", [Entry("A", "One", "one"), Entry("", "End it", "end")])
        answers: list[str | None] = []
        await app.push_screen(question, answers.append)
        await press(pilot, "down", "home", "down")
        assert answers == []
        await press(pilot, "enter")
        assert answers == ["end"]
