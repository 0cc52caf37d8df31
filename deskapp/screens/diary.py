"""The diary of judges, rooms and staff: a day or a week, with overlaps said in words."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from deskapp.i18n import N_, _, day, ngettext, number, weekday
from deskapp.roles import Act, require
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, RecordScreen, reads, saves, says
from deskapp.screens.pick import Line, Pick
from deskapp.services import drafts, kinds, typed
from deskapp.services.casework import cases, diary, forms, shown
from deskapp.services.casework.bookings import RESOURCE, START
from deskapp.services.casework.diary import DiaryLine, Slot
from deskapp.services.casework.forms import Verb
from deskapp.services.casework.values import start_of
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told

DAY, WEEK, TODAY, OTHER, ONE, ALL = "day", "week", "today", "other", "one", "all"
VIEWS = {
    DAY: ("D", N_("One day")),
    WEEK: ("W", N_("A whole week")),
    TODAY: ("T", N_("Today")),
    OTHER: ("O", N_("Another day: type it")),
    ONE: ("P", N_("One judge, room or person only")),
    ALL: ("A", N_("Everybody and every room")),
}
CASE, MOVE = "case", "move"
BEGIN = dt.time(10)
"""What a new booking is offered to begin with; the officer types over it."""


class DiaryScreen(RecordScreen):
    """The bookings of a day or a week."""

    HEADING: ClassVar[str] = N_("Diary")
    HELP: ClassVar[str] = N_(
        "The bookings of judges, rooms and staff. Left and Right go to the day or week before and"
        " after. Ctrl+R shows a whole week, another day, or one judge, room or person. Ctrl+N"
        " books: choose the diary, then fill in from when to when. Enter on a booking moves it,"
        " or shows its case.\n\nOVERLAPS means that the same judge, room or person is booked twice"
        " at that time. It is a warning: deskapp refuses no booking for it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "diary.book", "screen.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._on: dt.date | None = None
        """The day that is shown, or one of its week; ``None`` for today."""
        self._week = False
        self._resource = ""
        """Whose bookings alone are shown; empty for everybody's."""
        self._slots: list[Slot] = []

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("When"), 23),
            Column(N_("Who or which room"), 22),
            Column(N_("What")),
            empty=N_("Nothing is booked. Ctrl+N books, Left and Right go to other days."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @property
    def _days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that are shown; weeks begin on Monday."""
        on = self._on or self.desk.clock.today()
        if not self._week:
            return on, on
        monday = on - dt.timedelta(days=on.weekday())
        return monday, monday + dt.timedelta(days=6)

    @reads
    async def load(self) -> None:
        """Show the bookings of the days."""
        first, last = self._days
        records = self.query_one(RecordList)
        if self.focused is None:
            records.focus()
        acting = await self.desk.up_to_date()
        found = await self.desk.store.read(diary.slots, acting, first, last)
        self._slots = [each for each in found if self._resource in ("", each.resource)]
        records.renew([_row(slot, week=self._week) for slot in self._slots])
        self.query_one("#said", Told).update(self._heading(first, last))

    def _heading(self, first: dt.date, last: dt.date) -> str:
        """Which days, whose, and how many bookings overlap."""
        days = weekday(first)
        if self._week:
            days = _("{first} to {last}").format(first=day(first), last=day(last))
        count = sum(bool(slot.overlaps) for slot in self._slots)
        told = ngettext("{count} booking overlaps", "{count} bookings overlap", count)
        parts = (days, self._resource, told.format(count=number(count)) if count else "")
        return "  ".join(filter(None, parts))

    # -- which days -----------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        """Show the day or week before or after."""
        first, _last = self._days
        self._on = first + dt.timedelta(days=by * (7 if self._week else 1))
        self.load()

    async def action_pick_list(self) -> None:
        """Ask which days are to be shown, and whose."""
        entries = [Entry(letter, _(label), name) for name, (letter, label) in VIEWS.items()]
        await self.desk.ask(_("Which part of the diary?"), entries, self._view_chosen)

    async def _view_chosen(self, view: str | None) -> None:
        if view == OTHER:
            hint = _("Like 30 11, 30 Nov or Friday")
            await self.app.push_screen(AskLine(_("Which day?"), hint), self._day_typed)
        elif view == ONE:
            names = sorted({slot.resource for slot in self._slots}, key=str.casefold)
            question = Pick(_("Whose bookings?"), [Line(name, name) for name in names])
            await self.app.push_screen(question, self._only)
        elif view:
            self._week = {DAY: False, WEEK: True}.get(view, self._week)
            self._on = None if view == TODAY else self._on
            self._only("" if view == ALL else self._resource)

    def _only(self, resource: str | None) -> None:
        if resource is not None:
            self._resource = resource
            self.load()

    @says
    async def _day_typed(self, text: str | None) -> None:
        if text:
            self._on = typed.day(text, today=self.desk.clock.today())
            self.load()

    # -- booking and moving ---------------------------------------------------------------

    @says
    async def action_book(self) -> None:
        """Ask in which diary, then show the form of a booking."""
        require(self.desk.user, Act.WORK_CASES)
        acting = await self.desk.acting()
        found = await self.desk.store.read(diary.diaries, acting)
        if not found:
            told = _("No diary is open. Casework, Ctrl+N, Diary opens one for a judge or a room.")
            self.notify(told, markup=False)
            return
        lines = [Line(f"{at}", line.title) for at, line in enumerate(found)]

        async def picked(at: str | None) -> None:
            if at:
                await self._book(found[int(at)])

        await self.app.push_screen(Pick(_("In which diary?"), lines), picked)

    @says
    async def _book(self, line: DiaryLine) -> None:
        from deskapp.screens.case_form import CaseFormScreen

        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, line.case_id)
        form = forms.about(record, acting, Verb.ADD, line.template)
        kept = await self.desk.begun(form.name, line.case_id)
        begin = shown.when_text(start_of(self._days[0], BEGIN))
        first = {drafts.RECORD: line.case_id, RESOURCE: line.of, START: begin}
        draft = kept or self.desk.new_draft(form.name, {**form.first, **first})
        await self.app.push_screen(CaseFormScreen(draft, form, is_new=kept is None))

    @on(RecordList.Chosen)
    async def _chosen(self, event: RecordList.Chosen) -> None:
        slot = next(each for each in self._slots if _key(each) == event.row.key)
        entries = [Entry("M", _("Move it"), MOVE), Entry("C", _("Show its case"), CASE)]

        async def answered(answer: str | None) -> None:
            if answer == CASE:
                self.desk.open(kinds.CASE, slot.case_id)
            elif answer == MOVE:
                await self._ask_move(slot)

        question = f"{slot.resource}: {slot.times} {slot.what}"
        await self.desk.ask(question, entries, answered)

    async def _ask_move(self, slot: Slot) -> None:
        def named(text: str | None) -> None:
            if text:
                self.move(slot, text)

        hint = _("A day and a time, like 30 Nov 14:00. It stays as long as it is.")
        begin = shown.when_text(slot.start)
        await self.app.push_screen(AskLine(_("Move it to when?"), hint, begin), named)

    @saves
    async def move(self, slot: Slot, text: str) -> None:
        """Move a booking to another day and time."""
        start = typed.moment(text, now=self.desk.clock.now())
        acting = await self.desk.acting()
        await self.desk.store.write(diary.move, acting, slot.case_id, slot.item, start)
        told = _("Moved to {when}").format(when=shown.when_text(start))
        self.app.notify(told, markup=False)
        self.load()


def _key(slot: Slot) -> str:
    return f"{slot.case_id}:{slot.item}"


def _row(slot: Slot, *, week: bool) -> Row:
    times = f"{day(slot.start.date())} {slot.times}" if week else slot.times
    overlaps = ", ".join(slot.overlaps)
    what = _("OVERLAPS {others}: {what}").format(others=overlaps, what=slot.what)
    cells = (times, slot.resource, what if overlaps else slot.what)
    return Row(_key(slot), cells, mark="overdue" if overlaps else "")
