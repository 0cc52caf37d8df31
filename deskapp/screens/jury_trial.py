"""A trial with its panel and jury: draw, swear in, send back, return, confirm its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, number
from deskapp.screens import jury_confirm, jury_desk, jury_told
from deskapp.screens import jury_trial_words as words
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import LETTERS, Entry, RecordScreen, reads, saves, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.jury_draw import DrawScreen
from deskapp.screens.letter_keys import LetterKeys
from deskapp.services import kinds, typed
from deskapp.services.jury import day_end, panels, trial_lines, trials
from deskapp.services.jury.trial_lines import MemberLine, Outcome, TrialRecord
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told


class TrialScreen(LetterKeys[None], RecordScreen, JuryScreen[None]):
    """Who is on the panel and who is sworn; a letter acts on the marked jurors."""

    HEADING: ClassVar[str] = N_("Trial")
    HELP: ClassVar[str] = N_(
        "The panel and the jury in the order in which they were drawn. Space marks a juror, A"
        " marks everybody; a letter then acts on the marked ones, or on the one under the cursor:"
        " E swears in, N not used, C challenged, R returns, M returns and completes their service."
        " Enter shows everything.\n\nD draws a panel by lot from those who are checked in and not"
        " on a panel; V shows seed, candidates and result of each draw, so that anybody can draw"
        " again. F confirms the day of the jury: times fill only what was not scanned, marked"
        " jurors become absent. X ends a trial that nobody is on."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "screen.back")

    def __init__(self, trial_id: str) -> None:
        super().__init__()
        self._trial_id = trial_id
        self._shown: TrialRecord | None = None
        self._marked: set[str] = set()

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("Mark"), 4),
            Column(N_("No."), 4),
            Column(N_("Juror"), 9),
            Column(N_("Name")),
            Column(N_("On the trial"), 14),
            Column(N_("Day"), 22),
            empty=N_("Nobody was drawn yet. D draws a panel."),
        )
        yield Told(words.letters_line(), id=LETTERS, markup=False)

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    def renew(self) -> None:
        self.load()

    @property
    def _records(self) -> RecordList:
        return self.query_one(RecordList)

    @reads
    async def load(self) -> None:
        """Show the trial as it stands."""
        who = await jury_desk.acting_first(self.desk)
        self._shown = await self.desk.store.read(trial_lines.record, who, self._trial_id)
        self.say_day(who)
        self.query_one("#said", Told).update(words.about(self._shown))
        self._show_members()
        self._records.focus()

    def _show_members(self) -> None:
        assert self._shown is not None
        self._records.renew([self._row(each) for each in self._shown.members])

    def _row(self, member: MemberLine) -> Row:
        line = member.juror
        marked = "*" if line.number in self._marked else ""
        cells = (marked, number(member.order), line.number, line.name, member.outcome.label,
                 jury_told.of_day(line, trial=False, short=True))  # fmt: skip
        return Row(line.number, cells)

    # -- keys -----------------------------------------------------------------------------

    @property
    def letters(self) -> list[Entry]:
        """Space marks; a letter does what it stands for."""
        acts = [Entry(letter, _(label), name) for name, (letter, label) in words.ACTS.items()]
        return [Entry(" ", "", words.MARK), *acts]

    async def letter_pressed(self, entry: Entry) -> None:
        await self._chosen(entry.value)

    def _mark(self) -> None:
        if self._records.current:
            self._marked ^= {self._records.current.key}
            self._show_members()
            self._records.action_move(1)

    @on(RecordList.Chosen)
    async def _entered(self) -> None:
        await self.action_act()

    async def action_act(self) -> None:
        """Show everything that can be done."""
        await self.page_read()
        await self.desk.ask(_("What do you want to do?"), self.letters[1:], self._chosen)

    @says
    async def _chosen(self, what: str | None) -> None:
        if not what or self._shown is None:
            return
        if what == words.MARK:
            self._mark()
        elif what == words.DRAW:
            await self._ask_draw()
        elif what == words.ALL:
            self._mark_all()
        elif what == words.DAY:
            await self._ask_day_times()
        elif what == words.DRAWS:
            await self.app.push_screen(DrawScreen(self._trial_id))
        elif what == words.JUROR and self._records.current:
            self.desk.open(kinds.JUROR, self._records.current.key)
        elif what == words.END:
            await self._ask_end()
        elif what in words.QUESTIONS:
            await self._ask_about(what)

    # -- the panel ------------------------------------------------------------------------

    async def _ask_draw(self) -> None:
        hint = _("Like 15; pools behind it, such as 15 415261101, draw from these alone")

        def given(text: str | None) -> None:
            if text:
                self.draw(text)

        await self.app.push_screen(AskLine(_("How many jurors are to be drawn?"), hint), given)

    @saves
    async def draw(self, text: str) -> None:
        """Draw a panel; how it was drawn is kept."""
        count, *pools = text.split()
        who = await jury_desk.acting_first(self.desk)
        wanted = typed.whole_number(count, least=1, most=who.rules.most_on_panel)
        drawn = await self.desk.store.write(
            trials.draw_panel, who, self._trial_id, wanted, pools=pools, step_id=new_id()
        )
        self.notify(words.drawn(drawn.draw), markup=False)
        self.load()

    def _mark_all(self) -> None:
        """Mark the panel; without one the jury; marked already, nobody."""
        assert self._shown is not None
        for outcome in (Outcome.PANEL, Outcome.JUROR):
            those = {each.juror.number for each in self._shown.members if each.outcome is outcome}
            if those:
                self._marked = set() if self._marked == those else those
                break
        self._show_members()

    def _meant(self) -> list[MemberLine]:
        """The marked jurors, or the one under the cursor."""
        assert self._shown is not None
        current = self._records.current
        meant = self._marked or ({current.key} if current else set())
        return [each for each in self._shown.members if each.juror.number in meant]

    async def _ask_about(self, what: str) -> None:
        meant = self._meant()
        if not meant:
            self.notify(_("Nobody is on this trial. D draws a panel."), markup=False)
            return
        entries = [Entry("Y", _("Yes"), what), Entry("N", _("No, not now"), "")]

        def answered(answer: str | None) -> None:
            if answer:
                self.move(answer, [each.juror.number for each in meant])

        await self.desk.ask(words.question(what, meant), entries, answered)

    @saves
    async def move(self, what: str, jurors: list[str]) -> None:
        """Swear jurors in, send them back or return them."""
        assert self._shown is not None
        sworn = {each.juror.number for each in self._shown.members
                 if each.outcome is Outcome.JUROR}  # fmt: skip
        on_jury = bool(sworn & set(jurors))
        verbs: dict[str, Callable[..., Any]] = {
            words.SWEAR: panels.empanel,
            words.NOT_USED: partial(panels.send_back, outcome=Outcome.NOT_USED),
            words.CHALLENGED: partial(panels.send_back, outcome=Outcome.CHALLENGED),
            words.BACK: panels.return_jury if on_jury else panels.return_panel,
            words.RELEASE: partial(panels.return_jury, complete=True),
        }
        who = await jury_desk.acting_first(self.desk)
        await self.desk.store.write(verbs[what], who, self._trial_id, jurors, step_id=new_id())
        self._marked.clear()
        self.load()

    # -- its day --------------------------------------------------------------------------

    async def _ask_day_times(self) -> None:
        hint = _("Like 930 1630; who was scanned keeps those times")
        question = words.day_question(len(self._marked))
        await self.app.push_screen(AskLine(question, hint), self._day_times_given)

    @says
    async def _day_times_given(self, text: str | None) -> None:
        if not text:
            return
        times = [typed.clock_time(part) for part in text.split()]
        if len(times) != 2:
            raise typed.NotUnderstoodError(_("Enter two times, like 930 1630"))
        who = await jury_desk.acting_first(self.desk)
        await self.meant(who, max(times), partial(self.confirm_jury, (times[0], times[1])))

    @saves
    async def confirm_jury(self, times: tuple[dt.time, dt.time]) -> None:
        """Confirm the day of the jury."""
        who = await jury_desk.acting_first(self.desk)
        done = await self.desk.store.write(
            day_end.confirm_trial, who, self._trial_id, times, absent=self._marked,
            step_id=new_id(),
        )  # fmt: skip
        self._marked.clear()
        self.notify(jury_confirm.confirmed_words(done), markup=False)
        self.load()

    async def _ask_end(self) -> None:
        entries = [Entry("Y", _("Yes, end it"), "yes"), Entry("N", _("No, not now"), "")]

        def answered(answer: str | None) -> None:
            if answer:
                self.end_trial()

        await self.desk.ask(_("End this trial?"), entries, answered)

    @saves
    async def end_trial(self) -> None:
        """End the trial."""
        who = await jury_desk.acting_first(self.desk)
        await self.desk.store.write(trials.end, who, self._trial_id, step_id=new_id())
        self.load()
