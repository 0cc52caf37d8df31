"""The bookings of a court as a calendar file that other programs read."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_, _, ngettext, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import periods
from deskapp.services.days import Days
from deskapp.services.enquiries.report_lines import days_words
from deskapp.services.interpreters import calendar_export, calendar_text


class CalendarScreen(PaperScreen):
    """What goes into the file, a line for each booking; F8 writes it."""

    HEADING: ClassVar[str] = N_("Calendar file")
    HELP: ClassVar[str] = N_(
        "The bookings of your court as a calendar file (iCalendar), from a week ago on. It names no"
        " party and no case. A calendar program that reads the file again replaces what it read"
        " before: what was cancelled stays in it and says so. Enter asks for other days, F8 writes"
        " the file."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: other days. F8: write the file.")

    def __init__(self) -> None:
        super().__init__()
        self._days: Days | None = None
        self._file = ""

    @property
    def days(self) -> Days:
        """Which bookings go into the file."""
        today = self.desk.clock.today()
        return self._days or Days(today - calendar_export.BEHIND, today + calendar_export.AHEAD)

    async def paper(self) -> Paper:
        days, user = self.days, self.desk.user
        entries = await self.desk.store.read(calendar_export.entries, days, user=user)
        self._file = calendar_text.as_ical(entries)
        told = ngettext("{count} booking", "{count} bookings", len(entries))
        shown = [
            f"{days_words(days)}: {told.format(count=number(len(entries)))}",
            "",
            *(calendar_text.line(entry) for entry in entries),
        ]
        name = f"interpreters-{days.first:%Y%m%d}-{days.last:%Y%m%d}.ics"
        return Paper("\n".join(shown) + "\n", name)

    @says
    async def action_save(self) -> None:
        """Ask where the file is to go."""
        if self._paper:
            await self.ask_file(Paper(self._file, self._paper.name))

    async def action_choose(self) -> None:
        """Ask for other days."""
        question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
        await self.app.push_screen(question, self._typed)

    @says
    async def _typed(self, text: str | None) -> None:
        if text:
            self._days = periods.read(text, today=self.desk.clock.today())
            self.load()
