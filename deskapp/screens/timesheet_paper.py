"""The timesheet with its job reference, to show to the interpreter, print or save."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens import interpreter_desk
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.interpreters import paper, record


class TimesheetPaperScreen(PaperScreen):
    """The newest timesheet of a booking, or one with room to write."""

    HEADING: ClassVar[str] = N_("Timesheet to print")
    HELP: ClassVar[str] = N_(
        "The timesheet of the booking with its job reference, as it goes on paper. Where nothing is"
        " signed yet there is room to write and sign by hand. F8 writes it to a file that only you"
        " can read, copies it or prints it."
    )

    def __init__(self, booking_id: str) -> None:
        super().__init__()
        self._booking_id = booking_id

    async def paper(self) -> Paper:
        acting = interpreter_desk.acting(self.desk)
        shown = await self.desk.store.read(record.record, self._booking_id, acting)
        text = "\n".join(paper.lines(shown))
        return Paper(f"{text}\n", f"{shown.line.ref}-timesheet.txt")
