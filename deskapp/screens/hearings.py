"""The hearing-day board: what is on, where, and whether everybody who must be there is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import ClassVar

from deskapp.errors import DeskError
from deskapp.i18n import N_, _, weekday, when
from deskapp.roles import Act, may
from deskapp.screens import hearing_desk, hearing_list, hearing_moves, hearing_start
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.paged import Rows
from deskapp.screens.pick import Line, Pick
from deskapp.screens.worklists import Worklists
from deskapp.services import kinds, typed
from deskapp.services.hearings import board, finding, rooms
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.board import EVERYTHING, BoardLine, Narrow, Which
from deskapp.services.paging import PAGE_ROWS, Want
from deskapp.widgets.record_list import Column, Row

LOOSE = "loose"
"""The list of bookings whose hearing is off or elsewhere."""
NONE = {
    Which.ALL: N_("No hearing is listed. Ctrl+N imports a list, Ctrl+R shows another day."),
    Which.MISSING: N_("Nothing is missing."),
    Which.RISK: N_("Everything that can be arranged for the next working day is."),
    Which.TO_RESULT: N_("Every hearing has a result. Ctrl+R closes the day."),
}
NONE_LOOSE = N_("No booking hangs on a hearing that is off or elsewhere.")
NARROWED = N_("There are none of these. Ctrl+R 0 shows all again.")
DAY, ROOM, NEED, ALL = "day", "room", "need", "all_again"
"""Answers that narrow the board down, or widen it."""
UNDO = "undo"
"""Takes the newest import back."""


class HearingsScreen(Worklists):
    """Today's hearings by room and time; what needs somebody now says so in words."""

    HEADING: ClassVar[str] = N_("Hearings")
    HELP: ClassVar[str] = N_(
        "The hearings of a day by room and time, with what is ready of what each needs:"
        " interpreters, special measures, adjustments, video link, jurors, parties. Within half an"
        " hour of the start the line says MISSING and what. Under See stand letters: E somebody"
        " may need help to leave the building, M special measures, S see the team leader before"
        " you meet anybody.\n\nLeft and Right go to another list: all, where something is missing,"
        " at risk on the next working day, without a result. Ctrl+R leads to bookings whose hearing"
        " is off or moved, to another day, to one room or one need only, to the rooms, the figures,"
        " taking an import back and closing the day. Enter opens a hearing with everything that"
        " hangs on it. F9 changes the state of the marked one, F5 shows the day sheet, Ctrl+N"
        " imports a list. Type in the box to find a hearing by case, name or room."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "list.pick",
        "hearing.state",
        "hearing.sheet",
        "hearing.take",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new", "app.find")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.ALL: ("A", N_("All")),
        Which.MISSING: ("M", N_("Missing")),
        Which.RISK: ("K", N_("At risk tomorrow")),
        Which.TO_RESULT: ("W", N_("Without a result")),
    }
    ASIDE: ClassVar[Mapping[str, tuple[str, str]]] = {
        LOOSE: ("B", N_("Bookings on removed or moved hearings")),
    }
    HINT: ClassVar[str] = N_("Case number, name or room")
    EMPTY: ClassVar[str] = N_("The hearings are being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = hearing_list.COLUMNS
    OPENS: ClassVar[str] = kinds.HEARING

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._narrowed = EVERYTHING
        self._day: dt.date | None = None
        """The day that was asked for; ``None`` for the one that the list begins with."""
        self._shown: dict[str, BoardLine] = {}

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        if not self.records.keep_place():
            self.search()

    # -- which list -----------------------------------------------------------------------

    @property
    def subject(self) -> Hashable:
        return self.words, self.list_name, self._narrowed, self._day

    def day_shown(self, acting: Acting) -> dt.date:
        """The day whose hearings the list shows."""
        if self._day is not None:
            return self._day
        risk = self.list_name == Which.RISK
        return acting.next_working_day(acting.user.site) if risk else acting.today

    def more_entries(self) -> list[Entry]:
        """What the list can be narrowed down to, and what else the desk has."""
        leads = may(self.desk.user, Act.MANAGE_HEARINGS)
        found = [
            Entry("D", _("Another day"), DAY),
            Entry("R", _("One room only"), ROOM),
            Entry("N", _("One need only"), NEED),
            Entry("0", _("All of today again"), ALL),
            Entry("F", _("What is in the rooms"), hearing_start.ROOMS),
            Entry("G", _("Figures of hearing days"), hearing_start.FIGURES),
        ]
        if may(self.desk.user, Act.IMPORT_LISTS):
            found.append(Entry("U", _("Take the last import back"), UNDO))
        return [*found, Entry("C", _("Close the day"), hearing_start.CLOSE)] if leads else found

    @says
    async def list_answered(self, answer: str | None) -> None:
        acting = hearing_desk.acting(self.desk)
        on = self.day_shown(acting)
        if answer == DAY:
            await self._ask_day()
        elif answer == ROOM:
            await self._pick_room(on)
        elif answer == NEED:
            await self._pick_need(acting, on)
        elif answer == ALL:
            self._day, self._narrowed = None, EVERYTHING
            self.show_list(Which.ALL)
        elif answer == UNDO:
            await hearing_start.ask_undo(self.desk, self.load)
        elif answer in hearing_start.ELSEWHERE:
            await hearing_start.show(self.desk, str(answer), on)
        else:
            await super().list_answered(answer)

    async def _ask_day(self) -> None:
        @says
        async def typed_day(screen: HearingsScreen, text: str | None) -> None:
            if text:
                screen._day = typed.day(text, today=screen.desk.clock.today())
                screen.show_list(Which.ALL if screen.list_name == LOOSE else screen.list_name)

        async def answered(text: str | None) -> None:
            await typed_day(self, text)

        hint = _("Like today, Tue or 30 11")
        await self.app.push_screen(AskLine(_("Which day?"), hint), answered)

    async def _pick_room(self, on: dt.date) -> None:
        iso = on.isoformat()
        read, user = self.desk.store.read, self.desk.user
        found = await read(rooms.listed, user.site, iso, iso, user=user)
        lines = [Line(each.key, each.name) for each in found]

        def picked(key: str | None) -> None:
            if key:
                self._narrow(replace(self._narrowed, room=key))

        await self.app.push_screen(Pick(_("Which room?"), lines), picked)

    async def _pick_need(self, acting: Acting, on: dt.date) -> None:
        found = await self.desk.store.read(board.wanted, acting, acting.user.site, on)

        def picked(code: str | None) -> None:
            if code:
                self._narrow(replace(self._narrowed, need=code))

        lines = [Line(code, label) for code, label in found]
        await self.app.push_screen(Pick(_("Which need?"), lines), picked)

    def _narrow(self, narrowed: Narrow) -> None:
        self._narrowed = narrowed
        self.show_list(Which.ALL if self.list_name == LOOSE else self.list_name)

    # -- what is in it --------------------------------------------------------------------

    async def read_page(self, want: Want, words: str) -> Rows:
        asked = self.subject
        acting = await hearing_desk.acting_first(self.desk)
        if self.list_name == LOOSE and not words:
            found, more = await hearing_list.loose_rows(self.desk), False
        else:
            lines, more = await self._read_lines(acting, want, words)
            self._shown |= {line.id: line for line in lines}
            found = [hearing_list.row(line) for line in lines]
        told = await self._day_words(acting)
        if asked == self.subject:
            self.say_lists(_("Hearings with these words") if words else "", told)
            self.records.empty_text = self._empty_text(words)
        return Rows(found, more)

    async def _read_lines(
        self, acting: Acting, want: Want, words: str
    ) -> tuple[list[BoardLine], bool]:
        read, site, on = self.desk.store.read, acting.user.site, self.day_shown(acting)
        if words:
            found = await read(finding.find, acting, site, on, words, limit_rows=PAGE_ROWS)
            return found, False
        which = Which(self.list_name)
        page = await read(board.page, want, acting, site, on, which, narrowed=self._narrowed)
        return page.lines, page.more

    async def _day_words(self, acting: Acting) -> str:
        """The day, its newest list, and what the board is narrowed down to."""
        on = self.day_shown(acting)
        newest = await self.desk.store.read(board.newest_list, acting.user.site, on)
        told = [weekday(on)]
        if newest:
            version, at = newest
            words = _("list {version}, imported {when}") if version else _("list imported {when}")
            told.append(words.format(version=version, when=when(at, acting.today)))
        if self._narrowed != EVERYTHING:
            what = ", ".join(filter(None, (self._narrowed.room, self._need_words())))
            told.append(_("Only: {what}").format(what=what))
        return "   ".join(told)

    def _need_words(self) -> str:
        return board.need_label(self._narrowed.need) if self._narrowed.need else ""

    def _empty_text(self, words: str) -> str:
        if words:
            return self.NO_MATCH
        if self.list_name == LOOSE:
            return NONE_LOOSE
        return NARROWED if self._narrowed != EVERYTHING else NONE[Which(self.list_name)]

    # -- what is done with it -------------------------------------------------------------

    async def choose(self, row: Row) -> None:
        if self.list_name == LOOSE and " " in row.key:
            hearing_id, _space, booking_id = row.key.partition(" ")
            await hearing_start.ask_loose(self.desk, hearing_id, booking_id)
        else:
            await super().choose(row)

    @says
    async def action_state(self) -> None:
        """Ask for the next state of the marked hearing."""
        row = self.records.current
        line = self._shown.get(row.key) if row else None
        if line is None:
            raise DeskError(_("Mark a hearing."))
        await hearing_moves.ask_state(self, line)

    def load(self) -> None:
        """Show the board as it stands now."""
        self.search()

    @says
    async def action_sheet(self) -> None:
        """Show the day sheet, to print or save."""
        on = self.day_shown(hearing_desk.acting(self.desk))
        await hearing_start.show(self.desk, hearing_start.SHEET, on)

    @says
    async def action_take_list(self) -> None:
        """Ask for the file of a list."""
        await hearing_start.ask_list(self.desk, self._taken)

    def _taken(self, first_on: dt.date | None) -> None:
        """Show the day that was imported."""
        if first_on is not None:
            self._day = None if first_on == self.desk.clock.today() else first_on
            self._narrowed = EVERYTHING
            self.show_list(Which.ALL)
