"""Check-in by list: everybody who is due comes in at one time, but those marked as missing."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _, day, language, ngettext, number
from deskapp.screens import jury_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import saves, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.jury import by_list, reading, searching
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.by_list import ByList
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.lines import JurorLine
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row
from deskapp.widgets.told import Told

MISSING = "missing"
"""What is kept under the number of a juror who is marked."""


class ByListScreen(SearchScreen, JuryScreen[None]):
    """Whoever did not come is marked; F8 checks the others in, and the record says by list."""

    HEADING: ClassVar[str] = N_("Check in by list")
    HELP: ClassVar[str] = N_(
        "Everybody who is due and not checked in. Mark who did not come: type the name or number,"
        " and Enter marks the juror as missing; Enter again takes the mark away. F8 asks for the"
        " time and checks everybody else in. Each record says that it was done by list. Whoever is"
        " missing stays not checked in, and becomes absent when the day is confirmed. The marks are"
        " kept at every key: Esc leaves them for later."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("jury.in", "screen.back")
    HINT: ClassVar[str] = N_("Who did not come? Name or number, then Enter")
    EMPTY: ClassVar[str] = N_("Nobody is left to check in on this day.")
    NO_MATCH: ClassVar[str] = N_("Nobody who is due and not checked in matches.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Missing"), 14),
        Column(N_("Juror"), 9),
        Column(N_("Name")),
        Column(N_("Pool"), 9),
    )

    def __init__(self, marks: Draft | None = None) -> None:
        """``marks``: those that were set before; else those of the day in force, if any."""
        super().__init__()
        self._marks = marks
        self._due = 0

    def on_mount(self) -> None:
        if self._marks is not None:  # they are taken up, on whatever day that is
            date = dt.date.fromisoformat(self._marks.form.rpartition(":")[2])
            self.desk.jury_day = None if date == self.desk.clock.today() else date

    @property
    def _missing(self) -> frozenset[str]:
        """Numbers of those who are marked."""
        values = self._marks.values if self._marks else {}
        return frozenset(name for name, value in values.items() if value == MISSING)

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="said", markup=False)
        yield from super().body()

    def on_screen_resume(self) -> None:
        self.box.focus()
        self.search()

    # -- who is due -----------------------------------------------------------------------

    async def read_page(self, want: Want, words: str) -> Rows:
        who, read = await jury_desk.acting_first(self.desk), self.desk.store.read
        await self._marks_of(who)
        shown = await read(reading.day, who)
        self._due = shown.counts[Place.NOT_CHECKED_IN]
        self.say_day(who)
        self._say()
        if words:
            page = await read(searching.find, want, who, words)
            lines = [line for line in page.lines if _is_due(line, who)]
        else:
            page = await read(reading.page, want, who, Which.NOT_IN)
            lines = page.lines
        return Rows([self._row(line) for line in lines], page.more, self._due)

    def _row(self, line: JurorLine) -> Row:
        missing = line.number in self._missing
        cells = (_("MISSING") if missing else "", line.number, line.name, line.pool)
        return Row(line.number, cells, line.place, "overdue" if missing else "")

    def _say(self) -> None:
        coming = max(self._due - len(self._missing), 0)
        words = _("{count} come in, {missing} marked as missing. F8 checks them in.")
        told = words.format(count=number(coming), missing=number(len(self._missing)))
        self.query_one("#said", Told).update(told)

    async def choose(self, row: Row) -> None:
        """Mark the juror as missing, or take the mark away; the box takes the next one."""
        assert self._marks is not None  # read with the list
        values = dict(self._marks.values)
        values[row.key] = "" if values.get(row.key) else MISSING
        self._marks = self._marks._replace(values=values)
        await self._keep()
        self._say()
        if self.box.value:
            self.box.value = ""
            self.box.focus()
        else:
            self.search()

    # -- the marks are kept ---------------------------------------------------------------

    async def _marks_of(self, who: Acting) -> None:
        """Take up the marks of this day that were kept, or begin."""
        if self._marks is None:
            form = f"{drafts.JURY_BY_LIST}:{who.court}:{who.date}"
            kept = await self.desk.store.read(drafts.of_form, form, self.desk.user.id)
            title = {drafts.title_name(language()): day(who.date)}
            self._marks = kept or self.desk.new_draft(form, title)

    async def _keep(self, *, parked: bool = False) -> None:
        """Store the marks; without any there is nothing to keep."""
        if self._marks is None:
            return
        jot = self.desk.store.jot
        if self._missing:
            now = self.desk.clock.now()
            await jot(drafts.keep, self._marks._replace(parked=parked, updated_at=now))
        else:
            await jot(drafts.drop, self._marks.id)

    async def leave(self, *, parked: bool) -> bool:
        await self._keep(parked=True)
        return True

    async def action_back(self) -> None:
        await self._keep(parked=True)
        self.dismiss()

    # -- checking in ----------------------------------------------------------------------

    @says
    async def action_save(self) -> None:
        """Ask for the time, and check everybody else in."""
        who = await jury_desk.acting_first(self.desk)
        coming = max(self._due - len(self._missing), 0)
        question = ngettext(
            "When did this {count} juror come in?", "When did these {count} jurors come in?", coming
        ).format(count=number(coming))
        first = jury_desk.time_first(who)
        await self.app.push_screen(
            AskLine(question, _(jury_desk.TIME_HINT), first), self._time_given
        )

    @says
    async def _time_given(self, text: str | None) -> None:
        if text:
            who = await jury_desk.acting_first(self.desk)
            time = jury_desk.time_given(text, who)
            await self.meant(who, time, partial(self.check_in, time))

    @saves
    async def check_in(self, time: dt.time) -> None:
        """Check everybody in but those who are missing."""
        who = await jury_desk.acting_first(self.desk)
        assert self._marks is not None  # read with the list
        due = await self.desk.store.read(reading.numbers, who, Which.NOT_IN)
        missing = self._missing.intersection(due)  # somebody may have come meanwhile
        done = await self.desk.store.write(
            by_list.check_in_by_list, who, time, absent=missing, step_id=self._marks.id
        )
        self.app.notify(_told(done), markup=False)
        self.dismiss()


def _is_due(line: JurorLine, who: Acting) -> bool:
    due = line.next_on == who.date and not line.on_call and line.active
    return due and line.where is Place.NOT_CHECKED_IN


def _told(done: ByList) -> str:
    words = ngettext(
        "{count} juror checked in by list.", "{count} jurors checked in by list.", len(done.done)
    )
    told = [words.format(count=number(len(done.done)))]
    told += [f"{juror}: {refusal}" for juror, refusal in done.refused]
    return "\n".join(told)
