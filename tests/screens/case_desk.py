"""An officer at the casework screens: what the journeys of both languages share."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.menu import Menu
from deskapp.screens.pick import Pick
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.words import item_title, shown
from tests.pilots import fill, press, settle


class CaseDesk:
    """Opens cases and takes their actions by keys alone, in the language in use."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        assert isinstance(pilot.app, DeskApp)
        self.app = pilot.app

    @property
    def record(self) -> CaseRecord:
        """The case on the screen."""
        screen = self.app.screen
        assert isinstance(screen, CaseRecordScreen), f"{screen}: {self.told()}"
        assert screen._shown is not None
        return screen._shown[0]

    @property
    def stage(self) -> str:
        """Where the case stands."""
        return self.record.facts.case.stage

    def told(self) -> list[str]:
        """What the messages in the corner said."""
        return [note.message for note in self.app._notifications]

    async def open(self, scheme: str, **values: str) -> None:
        """Open a case of a scheme from the casework desk."""
        acting = await self.app.acting()
        label = shown(acting.book.in_force(scheme, self.app.clock.today()).label)
        await press(self.pilot, "ctrl+g", "c", "ctrl+n")
        await self.pick(label)
        await self.save(**values)

    async def pick(self, words: str) -> None:
        """Type words of a line in the question on the screen, and pick it."""
        for _round in range(200):  # some screens ask only after their first paint
            if isinstance(self.app.screen, Pick):
                break
            await self.pilot.pause(0.01)
        screen = self.app.screen
        assert isinstance(screen, Pick)
        box = screen.query_one(Input)
        box.value = words
        await settle(self.pilot)
        labels = [line.label for line in screen._shown]
        further = min(range(len(labels)), key=lambda at: len(labels[at]))  # no reminder of it
        await press(self.pilot, *["down"] * further, "enter")

    async def go_to(self, words: str) -> None:
        """Go to a related case; a single one needs no picking."""
        await press(self.pilot, "5")
        if isinstance(self.app.screen, Pick):
            await self.pick(words)

    async def save(self, **values: str) -> None:
        """Fill in the form on the screen and save it."""
        await fill(self.pilot, **values)
        await press(self.pilot, "f8")

    async def do(self, action: str, **values: str) -> None:
        """Press the letter of an action, fill in its form and save it."""
        screen = self.app.screen
        assert isinstance(screen, CaseRecordScreen)
        [letter] = [each.letter for each in screen.entries if each.value == f"do:{action}"]
        await press(self.pilot, letter.lower())
        await self.save(**values)

    async def close(self, template: str, outcome: str = "done", **values: str) -> None:
        """Pick something to do by its words and close it with an outcome."""
        record = self.record
        item = next(each for each in record.facts.case.of_template(template) if each.is_open)
        await press(self.pilot, "f9")
        if isinstance(self.app.screen, Pick):  # a single item needs no picking
            await self.pick(item_title(record.facts, item))
        found = record.scheme.template_by_id[template]
        asked = self.app.screen
        assert isinstance(asked, Menu)
        entries = asked._entries
        [letter] = [each.letter for each in entries if each.value == f"close:{outcome}"]
        await press(self.pilot, letter.lower())
        if found.fields or values:
            await self.save(**values)


def in_language(app: DeskApp, language: str) -> DeskApp:
    """The application as an officer sees it who starts it in that language."""
    i18n.use(language)
    app.use(app.store)
    return app
