"""The agenda and the minutes of a meeting, as they go on paper."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens.base import Entry
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.casework import cases, meetings

AGENDA, MINUTES = "agenda", "minutes"


class MeetingScreen(PaperScreen):
    """One of the two papers of a meeting."""

    HEADING: ClassVar[str] = N_("Meeting papers")
    HELP: ClassVar[str] = N_(
        "The agenda has what earlier meetings of the series left open, the lines of this meeting,"
        " and the cases that the series asks for. Enter shows the minutes instead: who was there,"
        " what was said, decisions and actions. Add lines and actions on the case record with 3;"
        " close a line with F9 to write what was said. F8 writes the paper to a file, copies it"
        " or prints it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_(
        "Enter: agenda or minutes. F8: into a file, to the clipboard or the printer."
    )

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self._case_id = case_id
        self._which = AGENDA

    async def paper(self) -> Paper:
        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, self._case_id)
        if self._which == AGENDA:
            text = await self.desk.store.read(meetings.agenda, acting, record)
        else:
            text = meetings.minutes(acting, record)
        return Paper(text, f"{record.line.ref}-{self._which}.txt")

    async def action_choose(self) -> None:
        """Ask which of the papers."""
        entries = [Entry("A", _("Agenda"), AGENDA), Entry("M", _("Minutes"), MINUTES)]
        await self.desk.ask(_("Which paper?"), entries, self._chosen)

    def _chosen(self, which: str | None) -> None:
        if which:
            self._which = which
            self.load()
