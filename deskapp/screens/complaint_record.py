"""A complaint: where it stands and what may be done with it, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import N_, _
from deskapp.screens import (
    complaint_actions,
    complaint_desk,
    complaint_page,
    complaint_papers,
    linked,
)
from deskapp.screens.base import Entry
from deskapp.screens.complaint_moves import Moves
from deskapp.services import kinds, link_lines
from deskapp.services.complaints import record
from deskapp.services.complaints.events import Code
from deskapp.services.link_lines import LinkLine
from deskapp.services.links import Link


class ComplaintRecordScreen(Moves):
    """One complaint; its letters and figures do what they stand before."""

    HEADING: ClassVar[str] = N_("Complaint record")
    HELP: ClassVar[str] = N_(
        "The letters under What may be done are keys; below them stands what cannot be done now and"
        " why. Enter shows everything that can be done, the rare as well: redirect, split, put"
        " right, flags, authority, duplicates. F9 explains the due date day by day. F5 adds a note."
        " Ctrl+R shows who changed what, and what two desks did that clashes; OPEN ELSEWHERE says"
        " which colleagues opened it lately and did nothing yet. Ctrl+O shows the"
        " person. 1 has letters, the OPTIC fields and the hand-over pack.\n\nNothing is ever"
        " deleted: every step stays in the history, with who took it and when. What is said about"
        " staff is seen by few, and who looked is kept."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "case.act",
        "complaint.dates",
        "complaint.changes",
        "record.note",
        "record.person",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new", "app.go", "record.person")

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self._links: list[LinkLine] = []

    async def parts(self) -> Iterable[Text]:
        """Read the complaint again; that somebody looked or has it open is kept once."""
        acting = await complaint_desk.acting_first(self.desk)
        if self.shown is None:
            shown = await self.desk.store.write(record.look, acting, self.record_id, opens=True)
        else:
            shown = await self.desk.store.read(record.record, acting, self.record_id)
        link = Link(kinds.COMPLAINT, self.record_id)
        of_cases = await self.desk.acting()
        self._links = await self.desk.store.read(link_lines.lines, of_cases, link)
        self.shown = shown
        moves = complaint_actions.entries(shown.offers, acting.user)
        others = complaint_actions.elsewhere(shown, self._links)
        self.entries = sorted([*moves, *others], key=lambda entry: bool(entry.why_not))
        on_page = complaint_actions.on_page(self.entries)
        return complaint_page.parts(shown, acting, on_page, self._links)

    # -- keys -----------------------------------------------------------------------------

    async def action_note(self) -> None:
        """Add a note to the history."""
        await self.page_read()
        await self._answered(Code.NOTE)

    async def action_dates(self) -> None:
        """Explain the due date day by day."""
        from deskapp.screens.complaint_dates import ComplaintDatesScreen

        await self.app.push_screen(ComplaintDatesScreen(self.record_id))

    async def action_changes(self) -> None:
        """Show who changed what, and what clashes."""
        from deskapp.screens.complaint_changes import ComplaintChangesScreen

        await self.app.push_screen(ComplaintChangesScreen(self.record_id))

    async def action_person(self) -> None:
        """Show the person who complains."""
        await self.page_read()
        if self.shown and self.shown.given.person_id:
            self.desk.open(kinds.PERSON, self.shown.given.person_id)
        else:
            self.notify(_("Nobody is named on this complaint."), markup=False)

    async def say_refused(self, entry: Entry) -> None:
        """Say why not, and by whom it can be done."""
        await self.chosen(entry.value)

    async def chosen(self, answer: str) -> None:
        if self.shown is None:  # a key before the page was read
            return
        if answer == complaint_actions.PAPERS:
            await complaint_papers.ask(self.desk, self.record_id)
        elif answer == complaint_actions.LINKED:
            await linked.pick(self.desk, self._links)
        elif answer.startswith(complaint_actions.OFFERS):
            await complaint_actions.offer(self.desk, self.shown, answer)
        else:
            await self.make_move(self.shown, Code(answer))
