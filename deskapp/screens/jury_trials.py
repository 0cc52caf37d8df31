"""The trials of a court: those that run, and those that ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _, day, number
from deskapp.roles import Act, require
from deskapp.screens import jury_desk
from deskapp.screens.base import Entry, says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import drafts, kinds
from deskapp.services.jury import trial_lines, trials
from deskapp.services.jury.trial_lines import TrialLine
from deskapp.services.jury.trials import TrialDraft
from deskapp.services.paging import Want
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told

RUNNING, ENDED, DAY = "running", "ended", "day"


class TrialsScreen(PagedScreen, JuryScreen[None]):
    """Trials with how many are on the panel and on the jury; Enter opens one."""

    HEADING: ClassVar[str] = N_("Trials with a jury")
    HELP: ClassVar[str] = N_(
        "The trials of this court. Enter opens one: draw a panel, swear in, send back, confirm the"
        " day of its jury. Ctrl+N opens a new trial. Ctrl+R changes between those that run and"
        " those that ended."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("jury.trial", "list.pick", "screen.back")
    OPENS: ClassVar[str] = kinds.TRIAL

    def __init__(self) -> None:
        super().__init__()
        self._ended = False

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("Trial"), 16),
            Column(N_("Who")),
            Column(N_("Panel"), 6),
            Column(N_("Sworn"), 6),
            Column(N_("Room"), 10, optional=True),
            Column(N_("Began"), 12),
            empty=N_("There is no such trial. Ctrl+N opens one."),
        )

    def on_screen_resume(self) -> None:
        self.records.focus()
        self.turn_page("start", Want())

    async def relabel(self) -> None:
        await super().relabel()
        self.on_screen_resume()

    async def read_page(self, want: Want, words: str) -> Rows:
        who = await jury_desk.acting_first(self.desk)
        page = await self.desk.store.read(trial_lines.page, want, who, ended=self._ended)
        self.say_day(who)
        said = _("Trials that ended") if self._ended else _("Trials that run")
        self.query_one("#said", Told).update(said)
        return Rows([_row(line) for line in page.lines], page.more)

    async def action_pick_list(self) -> None:
        """Ask which trials are to be shown."""
        entries = [
            Entry("R", _("Trials that run"), RUNNING),
            Entry("E", _("Trials that ended"), ENDED),
            Entry("D", _("Another day"), DAY),
        ]
        await self.desk.ask(_("Which list?"), entries, self._list_answered)

    async def _list_answered(self, answer: str | None) -> None:
        if answer == DAY:
            await self.ask_day()
        elif answer:
            self._ended = answer == ENDED
            self.renew()

    def renew(self) -> None:
        self.turn_page("start", Want())

    @says
    async def action_open_trial(self) -> None:
        """Show the form of a trial, or take up the one begun before."""
        require(self.desk.user, Act.WORK_JURY)
        kept = await self.desk.begun(drafts.JURY_TRIAL)
        draft = kept or self.desk.new_draft(drafts.JURY_TRIAL, {})
        await self.app.push_screen(TrialFormScreen(draft), self._opened)

    def _opened(self, trial_id: str | None) -> None:
        if trial_id:
            self.desk.open(kinds.TRIAL, trial_id)


def _row(line: TrialLine) -> Row:
    cells = (
        line.number,
        line.name,
        number(line.panel),
        number(line.jury),
        line.room,
        day(line.start_on),
    )
    return Row(line.id, cells, place=line.place)


class TrialFormScreen(FormScreen):
    """What must be known to open a trial."""

    HEADING: ClassVar[str] = N_("New trial with a jury")
    HELP: ClassVar[str] = N_(
        "Type the number of the trial as the court lists it, and what else helps to find it. F8"
        " opens the trial. Esc keeps the form for later."
    )

    def fields(self) -> list[FormField]:
        return [
            FormField("number", N_("Trial number"), needed=True, hint=N_("Like T20267001")),
            FormField("name", N_("Who"), hint=N_("Defendants or parties")),
            FormField("judge", N_("Judge")),
            FormField("room", N_("Room")),
        ]

    async def save(self, values: Mapping[str, str]) -> str:
        who = await jury_desk.acting_first(self.desk)
        write = self.desk.store.write
        line = await write(trials.open_trial, who, _draft(values), step_id=self.draft.id)
        await self.desk.store.jot(drafts.drop, self.draft.id)
        return line.id


def _draft(values: Mapping[str, str]) -> TrialDraft:
    return TrialDraft(
        **{name: values.get(name, "") for name in ("number", "name", "judge", "room")}
    )
