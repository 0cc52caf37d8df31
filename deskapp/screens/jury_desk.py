"""What every screen of the jury desk shares: who acts on which day, and saying so."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, clock_time, day, ngettext, number, weekday
from deskapp.screens import jury_told
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, R, saves, says
from deskapp.services import typed
from deskapp.services.jury import courts, noticing, reading, scans
from deskapp.services.jury.acting import Acting, acting_on
from deskapp.services.jury.counts import PLACE_LABELS, Place
from deskapp.services.jury.reading import DayView
from deskapp.services.jury.scans import Undone
from deskapp.widgets.told import Told

if TYPE_CHECKING:
    from deskapp.app import DeskApp

DAYS_NAMED = 4
"""How many days that are not confirmed are named where another day is asked for."""
_NOTHING = ("", 0)
_PLACES = (
    Place.IN, Place.OUT, Place.CONFIRMED, Place.NOT_CHECKED_IN, Place.ABSENT, Place.ON_TRIAL,
)  # fmt: skip
TIME_HINT = N_("Like 905 or 16:30")
"""What stands beside a time that holds for many."""


def acting(desk: DeskApp) -> Acting:
    """Who acts now, on the day in force, by the rules of this computer, which are read once.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    folder = paths.settings_folder()
    return acting_on(desk.user, desk.clock.now(), folder, court=desk.jury_court, date=desk.jury_day)


async def acting_first(desk: DeskApp) -> Acting:
    """The same for the first screen that asks: what is not read yet is read beside the keys.

    Raises:
        NoCourtError: If nothing says which court this is.
        SettingsError: If a file of the settings folder cannot be used.
    """
    if not desk.jury_court:
        folder = paths.settings_folder()
        desk.jury_court = await desk.store.read(courts.court_of, desk.user.site, folder)
    return await asyncio.to_thread(acting, desk)


def day_words(who: Acting) -> str:
    """The day in force, and in words how far it is from today."""
    words, days = weekday(who.date), (who.today - who.date).days
    if not days:
        return _("{date}, today").format(date=words)
    if days < 0:
        return _("DAY TO COME: {date}").format(date=words)
    ago = ngettext("{count} day ago", "{count} days ago", days).format(count=number(days))
    past = _("PAST DAY: {date}, {ago}").format(date=words, ago=ago)
    return _("{day}, LOCKED").format(day=past) if who.desk.locked else past


def figures(shown: DayView, width: int) -> str:
    """Everybody expected, and below it the places where they are, in columns that fit ``width``."""
    first = [(_("Expected"), shown.expected), (_("On call"), shown.on_call)]
    places = [_place(shown, each) for each in _PLACES]
    for columns in (3, 2):
        rows = [first, *(places[at : at + columns] for at in range(0, len(places), columns))]
        lines = _in_columns(rows)
        if max(map(len, lines)) <= width:
            break
    return "\n".join(lines)


def _in_columns(rows: Sequence[Sequence[tuple[str, int]]]) -> list[str]:
    widths = [
        max(len(label) for label, _count in column)
        for column in zip_longest(*rows, fillvalue=_NOTHING)
    ]
    return [
        "  ".join(
            f"{label:<{width}} {number(count):>5}"
            for (label, count), width in zip(row, widths, strict=False)
        )
        for row in rows
    ]


def _place(shown: DayView, place: Place) -> tuple[str, int]:
    return _(PLACE_LABELS[place]), shown.counts[place]


def time_given(text: str, who: Acting) -> dt.time:
    """The time that was typed for many; empty is now, on today alone.

    Raises:
        NotUnderstoodError: If it is none, or the day is another one and needs its time.
    """
    if text.strip():
        return typed.clock_time(text)
    if who.date != who.today:
        raise NoTimeError()
    return who.time


def time_first(who: Acting) -> str:
    """What stands in a field for a time: now, where the day is today."""
    return clock_time(who.time) if who.date == who.today else ""


class NoTimeError(typed.NotUnderstoodError):
    """The time of another day is not now."""

    def __str__(self) -> str:
        return _("This is another day. Type the time, such as 905.")


class JuryScreen(DeskScreen[R]):
    """A screen about one day at court: the day in force stands above everything."""

    def day_line(self) -> ComposeResult:
        """The line of the day in force."""
        yield Told("", id="jury-day", markup=False)

    def say_day(self, who: Acting) -> None:
        """Say which day is in force, and at which court."""
        line = self.query_one("#jury-day", Told)
        line.update(f"{day_words(who)} · {who.court_name}")
        line.set_class(who.date != who.today, "-past")

    @says
    async def ask_day(self) -> None:
        """Ask for another day; those that are not confirmed are named."""
        who = await acting_first(self.desk)
        left = await self.desk.store.read(reading.unconfirmed_days, who.on(who.today))
        days = ", ".join(day(date) for date, _count in left[:DAYS_NAMED])
        hint = _("Like 16 11, or today; that alone changes nothing")
        if days:
            hint = _("Not confirmed: {days}").format(days=days)
        await self.app.push_screen(AskLine(_("Which day?"), hint), self._day_given)

    @says
    async def _day_given(self, text: str | None) -> None:
        if not text:
            return
        today = self.desk.clock.today()
        given = typed.day(text, today=today)
        self.desk.jury_day = None if given == today else given
        self.day_changed()

    def day_changed(self) -> None:
        """Show the other day."""
        self.renew()

    def renew(self) -> None:
        """Show the day as it stands now."""

    async def meant(self, who: Acting, time: dt.time, go: Callable[[], object]) -> None:
        """Go on with a time that holds for many; one that is still to come needs a yes."""
        notices = list(noticing.of_time(who, time))
        if not notices:
            go()
            return

        def answered(answer: str | None) -> None:
            if answer:
                go()

        entries = [Entry("Y", _("Yes, go on with that time"), "yes"), Entry("N", _("No"), "")]
        question = _("{notice} Is that time meant?").format(notice=notices[0])
        await self.desk.ask(question, entries, answered)

    # -- taking back ----------------------------------------------------------------------

    @says
    async def action_undo(self) -> None:
        """Take the officer's last step of this day back; one for many is asked about first."""
        who = await acting_first(self.desk)
        step = await self.desk.store.read(scans.to_undo, who)
        if len(step.jurors) < 2:
            self.take_back()
            return
        entries = [Entry("Y", _("Yes, take it back"), "yes"), Entry("N", _("No, keep it"), "")]

        def answered(answer: str | None) -> None:
            if answer:
                self.take_back()

        words = ngettext(
            "{what}: take this back for {count} juror?",
            "{what}: take this back for {count} jurors?",
            len(step.jurors),
        )
        question = words.format(what=step.code.label, count=number(len(step.jurors)))
        await self.desk.ask(question, entries, answered)

    @saves
    async def take_back(self) -> None:
        """Take the last step back, and say which it was."""
        who = await acting_first(self.desk)
        undone = await self.desk.store.write(scans.undo, who, step_id=new_id())
        self.told_undone(undone)
        self.renew()

    def told_undone(self, undone: Undone) -> None:
        """Say what was taken back."""
        self.notify(jury_told.undone(undone).plain, markup=False)
