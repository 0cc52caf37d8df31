"""Check-in by list: everybody who is due comes in at one time, but those marked as missing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, ngettext, number
from deskapp.screens import jury_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import saves, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services.jury import by_list, reading, searching
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.by_list import ByList
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.lines import JurorLine
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row


class ByListScreen(SearchScreen, JuryScreen[None]):
    """Whoever did not come is marked; F8 checks the others in, and the record says by list."""

    HEADING: ClassVar[str] = N_("Check in by list")
    HELP: ClassVar[str] = N_(
        "Everybody who is due and not checked in. Mark who did not come: type the name or number,"
        " and Enter marks the juror as missing; Enter again takes the mark away. F8 asks for the"
        " time and checks everybody else in. Each record says that it was done by list. Whoever is"
        " missing stays not checked in, and becomes absent when the day is confirmed."
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

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._missing: set[str] = set()
        self._due = 0

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Static("", id="said", markup=False)
        yield from super().body()

    def on_screen_resume(self) -> None:
        self.box.focus()
        self.search()

    # -- who is due -----------------------------------------------------------------------

    async def read_page(self, want: Want, words: str) -> Rows:
        who, read = await jury_desk.acting_first(self.desk), self.desk.store.read
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
        self.query_one("#said", Static).update(told)

    async def choose(self, row: Row) -> None:
        """Mark the juror as missing, or take the mark away; the box takes the next one."""
        self._missing ^= {row.key}
        self._say()
        if self.box.value:
            self.box.value = ""
            self.box.focus()
        else:
            self.search()

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

    def _time_given(self, text: str | None) -> None:
        if text:
            self.check_in(text)

    @saves
    async def check_in(self, text: str) -> None:
        """Check everybody in but those who are missing."""
        who = await jury_desk.acting_first(self.desk)
        time = jury_desk.time_given(text, who)
        due = await self.desk.store.read(reading.numbers, who, Which.NOT_IN)
        missing = self._missing.intersection(due)  # somebody may have come meanwhile
        done = await self.desk.store.write(
            by_list.check_in_by_list, who, time, absent=missing, step_id=new_id()
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
