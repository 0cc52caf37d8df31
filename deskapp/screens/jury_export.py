"""What goes out to the Bureau, as CSV: read here, then written to a file."""

from __future__ import annotations

from typing import ClassVar

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.screens import jury_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services import periods
from deskapp.services.days import Days
from deskapp.services.jury import exporting
from deskapp.services.jury.exporting import WHAT_LABELS, What

DAYS = "days"
_LETTERS = {What.ATTENDANCE: "A", What.CHANGES: "C"}


class JuryExportScreen(PaperScreen):
    """Attendance or changes of some days; Enter asks for others."""

    HEADING: ClassVar[str] = N_("Export for the Bureau")
    HELP: ClassVar[str] = N_(
        "Attendance of the day in force. Enter asks for changes of status, decisions and contacts"
        " instead, or for other days. F8 writes the file. Rows go by juror number: no name is in"
        " any of it, and no cell can be taken for a formula. That it was taken out is kept."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_("Enter: other days, or changes. F8: into a file.")

    def __init__(self) -> None:
        super().__init__()
        self._what = What.ATTENDANCE
        self._days: Days | None = None
        """``None`` is the day in force."""
        self._step_id = new_id()
        """Of what is shown: that it was taken out is told once."""

    async def paper(self) -> Paper:
        who = await jury_desk.acting_first(self.desk)
        days = self._days or Days(who.date, who.date)
        made = await self.desk.store.write(
            exporting.export, who, self._what, days.first, days.last, step_id=self._step_id
        )
        return Paper(made.text, f"jury-{self._what.value}-{days.first}-{days.last}.csv")

    async def action_choose(self) -> None:
        """Ask what is to be exported."""
        entries = [Entry(_LETTERS[each], _(WHAT_LABELS[each]), each.value) for each in What]
        entries.append(Entry("D", _("Other days"), DAYS))
        await self.desk.ask(_("What do you want to export?"), entries, self._chosen)

    async def _chosen(self, answer: str | None) -> None:
        if answer == DAYS:
            question = AskLine(_("Which days?"), _("Like 1 11 2026 to 15 11 2026, or one day"))
            await self.app.push_screen(question, self._days_typed)
        elif answer:
            self._what = What(answer)
            self._show_other()

    @says
    async def _days_typed(self, text: str | None) -> None:
        if text:
            self._days = periods.read(text, today=self.desk.clock.today())
            self._show_other()

    def _show_other(self) -> None:
        self._step_id = new_id()
        self.load()
