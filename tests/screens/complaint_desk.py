"""Officers at the complaints screens: what the journeys share."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from deskapp.app import DeskApp
from deskapp.roles import User
from deskapp.screens.complaint_record import ComplaintRecordScreen
from deskapp.screens.menu import Menu
from deskapp.screens.pick import Pick
from deskapp.services.complaints.state import Complaint
from tests.pilots import fill, press, settle, shown, told


class ComplaintDesk:
    """Logs complaints and makes their moves by keys alone, in the language in use."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        assert isinstance(pilot.app, DeskApp)
        self.app = pilot.app

    @property
    def stands(self) -> str:
        """How the last stage of the complaint on the screen stands."""
        return self.complaint.stage.status.value

    @property
    def complaint(self) -> Complaint:
        """The complaint on the screen."""
        screen = self.app.screen
        assert isinstance(screen, ComplaintRecordScreen), f"{told(self.app)}\n{shown(self.app)}"
        assert screen.shown is not None
        return screen.shown.complaint

    async def log(self, *letters: str, **values: str) -> None:
        """Log a complaint from the list; ``letters`` answer what F8 asks."""
        await press(self.pilot, "ctrl+g", "u", "ctrl+n")
        await self.save(*letters, **values)

    async def save(self, *letters: str, **values: str) -> None:
        """Fill in the form on the screen and save it, answering what F8 asks."""
        await fill(self.pilot, **values)
        await press(self.pilot, "f8", *letters)

    async def do(self, letter: str, *letters: str, **values: str) -> None:
        """Make the move of a letter that has a form."""
        assert isinstance(self.app.screen, ComplaintRecordScreen), told(self.app)
        await press(self.pilot, letter)
        await self.save(*letters, **values)

    async def pick(self, words: str) -> None:
        """Type words of a line in the question on the screen, and pick it."""
        screen = self.app.screen
        assert isinstance(screen, Pick)
        screen.query_one(Input).value = words
        await settle(self.pilot)
        await press(self.pilot, "enter")

    def asked(self) -> str:
        """The question on the screen."""
        assert isinstance(self.app.screen, Menu), f"{self.app.screen}: {told(self.app)}"
        return self.app.screen.question

    async def hand_over_to(self, user: User) -> None:
        """Somebody else sits down at the complaint that is on the screen."""
        screen = self.app.screen
        assert isinstance(screen, ComplaintRecordScreen)
        self.app.user = user
        self.app.store.actor = user.id
        screen.load()
        await settle(self.pilot)
