"""The jury desk: how the day stands, and a letter for everything that is done on it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.i18n import N_, _, ngettext, number, weekday
from deskapp.roles import Act, may
from deskapp.screens import jury_desk, jury_out, jury_places, places
from deskapp.screens.base import Entry, reads, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.letter_keys import LetterKeys
from deskapp.screens.menu import listed
from deskapp.services.jury import reading
from deskapp.services.jury.reading import DayView
from deskapp.widgets.marked_list import MarkedList
from deskapp.widgets.told import Told

OUT, DAY = "out", "day"


class JuryDeskScreen(LetterKeys[None], JuryScreen[None]):
    """The day with its figures; a letter, or Enter on a line, goes on."""

    HEADING: ClassVar[str] = N_("Jury")
    HELP: ClassVar[str] = N_(
        "The figures of the day in force: everybody expected is in one of these places. A past day"
        " is marked in words. The letters do what they stand before; or mark a line and press"
        " Enter.\n\nThe order of a day: print who is due (R), check in by scanner (S) or by list"
        " (B), panels (T), everybody out (O), confirm the day (C), confirm the juries of trials"
        " (T), expenses (E). D goes to another day; what you do then is done on that day."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("jury.undo", "screen.back")

    def __init__(self, date: str = "") -> None:
        """``date`` is another day to work on, ISO; the one in force stays without."""
        super().__init__()
        self._date = date

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="jury-counts", markup=False)
        yield Told("", id="jury-warned", markup=False)
        yield listed(self._entries())

    def on_mount(self) -> None:
        if self._date:
            self.desk.jury_day = dt.date.fromisoformat(self._date)
            self._date = ""
        self.query_one(MarkedList).highlighted = 0

    def on_screen_resume(self) -> None:
        self.query_one(MarkedList).focus()
        self.desk.store.warm()
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.on_mount()
        self.on_screen_resume()

    def renew(self) -> None:
        self.load()

    @reads
    async def load(self) -> None:
        """Show the figures of the day."""
        who = await jury_desk.acting_first(self.desk)
        shown = await self.desk.store.read(reading.day, who)
        self.say_day(who)
        self.query_one("#jury-counts", Static).update(jury_desk.figures(shown, self.size.width))
        self.query_one("#jury-warned", Static).update(_warnings(shown))

    def _entries(self) -> list[Entry]:
        """What the officer may do here."""
        user = self.desk.user
        found = [
            Entry(place.letter, _(place.label), place.name)
            for place in jury_places.PLACES
            if may(user, place.act)
        ]
        if may(user, Act.WORK_JURY):
            found.insert(2, Entry("O", _("Check everybody out"), OUT))
        found.append(Entry("D", _("Another day"), DAY))
        return found

    # -- keys -----------------------------------------------------------------------------

    @property
    def letters(self) -> list[Entry]:
        return self._entries()

    async def letter_pressed(self, entry: Entry) -> None:
        await self._chosen(entry.value)

    @on(MarkedList.OptionSelected)
    async def _entered(self, event: MarkedList.OptionSelected) -> None:
        await self._chosen(self._entries()[int(event.option.id or 0)].value)

    @says
    async def _chosen(self, answer: str) -> None:
        if answer == OUT:
            await jury_out.ask(self)
        elif answer == DAY:
            await self.ask_day()
        else:
            await self.app.push_screen(places.screen(answer))


def _warnings(shown: DayView) -> str:
    """What must not be overlooked, each in a line."""
    told = []
    if shown.previous_unconfirmed:
        words = _("NOT CONFIRMED: {date}. D goes to that day.")
        told.append(words.format(date=weekday(shown.previous_unconfirmed)))
    if shown.juries_unconfirmed:
        words = ngettext(
            "{count} juror on a trial is not confirmed for this day: T, then the trial.",
            "{count} jurors on trials are not confirmed for this day: T, then the trial.",
            shown.juries_unconfirmed,
        )
        told.append(words.format(count=number(shown.juries_unconfirmed)))
    return "\n".join(told)
