"""What goes on paper of a hearing day: the sheet of the day, and its figures."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual.binding import Binding, BindingType

from deskapp.i18n import N_, _, language
from deskapp.screens import hearing_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import desk as desk_service
from deskapp.services import periods
from deskapp.services.days import Days
from deskapp.services.hearings import figures, sheet


class DaySheetScreen(PaperScreen):
    """Every hearing of a day with what must be ready for it."""

    HEADING: ClassVar[str] = N_("Day sheet")
    HELP: ClassVar[str] = N_(
        "The hearings of the day by room and time, with bookings and their signature lines, and"
        " boxes to tick for what must be ready. Of markers paper shows letters alone: E evacuation"
        " help, M measures, S see the team leader. F8 writes it to a file that only you can read,"
        " copies it or prints it. Shred it after the day."
    )

    def __init__(self, on: dt.date) -> None:
        super().__init__()
        self._on = on

    async def paper(self) -> Paper:
        acting, site = hearing_desk.acting(self.desk), self.desk.user.site
        name = desk_service.site_name(site, language())
        lines = await self.desk.store.read(sheet.write, acting, site, self._on, name)
        return Paper("\n".join([*lines, ""]), f"day-sheet-{self._on:%Y%m%d}.txt")


class HearingFiguresScreen(PaperScreen):
    """The figures of a day or of several; Left and Right go to the day before and after."""

    HEADING: ClassVar[str] = N_("Figures of hearing days")
    HELP: ClassVar[str] = N_(
        "What was listed and how it ended, late starts, support needs provided, video links tested"
        " before the start. A share without anything to count says n/a. Left and Right go to the"
        " day before and after, Enter takes other days that you type. F8 writes the figures to a"
        " file, copies or prints them; nobody is named in them."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: other days. Left and Right: another day. F8: save.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, on: dt.date | None = None) -> None:
        super().__init__()
        self._asked = Days(on, on) if on else None

    @property
    def _days(self) -> Days:
        today = self.desk.clock.today()
        return self._asked or Days(today, today)

    async def paper(self) -> Paper:
        acting, site = hearing_desk.acting(self.desk), self.desk.user.site
        found = await self.desk.store.read(figures.count, acting, site, self._days)
        name = desk_service.site_name(site, language())
        lines = figures.lines(found, name)
        first, last = self._days.first, self._days.last
        return Paper("\n".join([*lines, ""]), f"hearings-{first:%Y%m%d}-{last:%Y%m%d}.txt")

    def action_turn(self, by: int) -> None:
        """Show as many days before or after."""
        ahead = dt.timedelta(days=by * ((self._days.last - self._days.first).days + 1))
        self._asked = Days(self._days.first + ahead, self._days.last + ahead)
        self.load()

    @says
    async def action_choose(self) -> None:
        """Ask for other days."""
        hint = _("Like 1 11 2026 to 15 11 2026, or one day")
        await self.app.push_screen(AskLine(_("Which days?"), hint), self._typed)

    @says
    async def _typed(self, text: str | None) -> None:
        if text:
            self._asked = periods.read(text, today=self.desk.clock.today())
            self.load()
