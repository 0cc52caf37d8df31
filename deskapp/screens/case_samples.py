"""Samples: the cases of a closed period that are looked at again, and what was found in them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from deskapp.i18n import N_, _, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, RecordScreen, reads, saves, says
from deskapp.screens.case_actions import letters
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds, typed
from deskapp.services.casework import cases, samples, sampling
from deskapp.services.casework.samples import Drawn, Picked
from deskapp.services.casework.scheme import Outcome, Scheme
from deskapp.services.casework.values import ONE_DAY
from deskapp.services.casework.vocabulary import NoteNeed
from deskapp.services.casework.words import shown
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told

CASE, SCHEME, OTHER = "case", "scheme", "other"


class CaseSamplesScreen(RecordScreen):
    """The sample of one scheme and period."""

    HEADING: ClassVar[str] = N_("Samples")
    HELP: ClassVar[str] = N_(
        "The closed cases of a period that are looked at again: the same on every desk, whoever did"
        " the work and in whatever order. Enter on a case writes down what was found in it, or"
        " shows it. Left and Right go to the period before and after; Ctrl+R goes to a day that you"
        " type, or to another scheme.\n\nA finding that was wrong is put right the same way."
        " Figures of casework count what was found."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "screen.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._scheme = ""
        """Empty for the first that takes samples."""
        self._day: dt.date | None = None
        """A day of the period that is shown; ``None`` for the last closed one."""
        self._period = ""
        self._drawn: dict[str, Drawn] = {}

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("Of"), 18, optional=True),
            Column(N_("Case"), 17),
            Column(N_("Title")),
            Column(N_("Found"), 16),
            empty=N_("No case ended in this period. Left goes to the period before."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the sample and what was found."""
        records = self.query_one(RecordList)
        records.focus()
        acting = await self.desk.up_to_date()
        taken = samples.taken(acting)
        scheme = next((each for each in taken if each.id == self._scheme), None) or taken[0]
        self._scheme = scheme.id
        today = self.desk.clock.today()
        period = sampling.closed(scheme.samples[0].period, today, self._day or today)
        found = await self.desk.store.read(samples.picked, acting, scheme.id, period)
        self._period = period
        self._drawn = {each.line.id: each for group in found for each in group.cases}
        records.renew([_row(group, each) for group in found for each in group.cases])
        self.query_one("#said", Told).update(self._heading(scheme, period, found))

    def _heading(self, scheme: Scheme, period: str, found: list[Picked]) -> str:
        """Of what it is, how many cases, and how many of them were looked at."""
        ended = sum(group.ended for group in found)
        done = sum(bool(each.result) for each in self._drawn.values())
        told = _("{count} of {ended} to look at, {done} done").format(
            count=number(len(self._drawn)), ended=number(ended), done=number(done)
        )
        return f"{shown(scheme.label)}  {period}" + (f"  {told}" if found else "")

    def action_turn(self, by: int) -> None:
        """Show the period before or after; none is later than the last closed one."""
        if self._period:
            first, last = sampling.days_of(self._period)
            self._day = first - ONE_DAY if by < 0 else last + ONE_DAY
            self.load()

    async def action_pick_list(self) -> None:
        """Ask for another scheme, or for a day of another period."""
        entries = [
            Entry("S", _("The sample of another scheme"), SCHEME),
            Entry("O", _("Another period: type a day of it"), OTHER),
        ]
        await self.desk.ask(_("Which sample?"), entries, self._which_answered)

    @says
    async def _which_answered(self, answer: str | None) -> None:
        if answer == OTHER:
            hint = _("Like 30 11, 30 Nov or Friday")
            await self.app.push_screen(AskLine(_("Which day?"), hint), self._day_typed)
        elif answer:
            taken = samples.taken(await self.desk.acting())
            lines = [Line(each.id, shown(each.label)) for each in taken]
            await self.app.push_screen(
                Pick(_("The sample of which scheme?"), lines), self._scheme_picked
            )

    def _scheme_picked(self, scheme: str | None) -> None:
        if scheme:
            self._scheme, self._day = scheme, None
            self.load()

    @says
    async def _day_typed(self, text: str | None) -> None:
        if text:
            self._day = typed.day(text, today=self.desk.clock.today())
            self.load()

    # -- what was found -------------------------------------------------------------------

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        line = self._drawn[event.row.key].line
        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, line.id)
        found = samples.outcomes(record)
        lettered = letters([("C", ""), *(("", each.label.en) for each in found)])
        entries = [
            Entry(letter, shown(each.label), each.id)
            for letter, each in zip(lettered[1:], found, strict=True)
        ]
        entries.append(Entry("C", _("Show its case"), CASE))
        answered = partial(self._answered, line.id, found)
        question = _("{ref}: what was found?").format(ref=line.ref)
        await self.desk.ask(question, entries, answered)

    async def _answered(self, case_id: str, found: tuple[Outcome, ...], answer: str | None) -> None:
        if answer == CASE:
            self.desk.open(kinds.CASE, case_id)
            return
        outcome = next((each for each in found if each.id == answer), None)
        if outcome and outcome.note is NoteNeed.REQUIRED:
            hint = _("This stays in the history of the case.")

            def said(note: str | None) -> None:
                if note is not None:
                    self.keep(case_id, outcome.id, note)

            await self.app.push_screen(AskLine(_("What was wrong?"), hint), said)
        elif outcome:
            self.keep(case_id, outcome.id)

    @saves
    async def keep(self, case_id: str, outcome: str, note: str = "") -> None:
        """Keep what was found."""
        acting = await self.desk.acting()
        await self.desk.store.write(samples.note, acting, case_id, outcome, note=note)
        self.load()


def _row(group: Picked, drawn: Drawn) -> Row:
    line = drawn.line
    return Row(line.id, (group.group, line.ref, line.title, drawn.result))
