"""The worklists of the day: who is due, in, out, absent, on trial, on call, and everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import jury_desk, jury_next, jury_rows
from deskapp.screens.base import Entry, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.paged import Rows
from deskapp.screens.worklists import Worklists
from deskapp.services import kinds
from deskapp.services.jury import reading, searching
from deskapp.services.jury.day_lists import Which
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column


class JuryListsScreen(Worklists, JuryScreen[None]):
    """Jurors of the day in force; Enter opens one."""

    HEADING: ClassVar[str] = N_("Jurors")
    HELP: ClassVar[str] = N_(
        "Left and Right go to another list of the day, Ctrl+R to every list and to another day."
        " Type in the box to find a juror by number, name, pool, OPTIC number or trial; Enter"
        " opens the juror. Under Ctrl+R, S sets the next date of everybody in the list that is"
        " shown, U puts all of them on call; F9 takes that back."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "jury.undo", "screen.back")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.EXPECTED: ("E", N_("Expected")),
        Which.NOT_IN: ("N", N_("Not in")),
        Which.IN: ("I", N_("In")),
        Which.OUT: ("O", N_("Out")),
        Which.CONFIRMED: ("C", N_("Confirmed")),
        Which.ABSENT: ("A", N_("Absent")),
        Which.ON_TRIAL: ("T", N_("Trial")),
        Which.ON_CALL: ("L", N_("On call")),
    }
    ASIDE: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.NEXT: ("D", N_("Due later")),
        Which.NO_DATE: ("X", N_("No next date, or one that is past")),
        Which.ALL: ("J", N_("All jurors of this court")),
    }
    HINT: ClassVar[str] = N_("Number, name, pool, OPTIC number or trial")
    EMPTY: ClassVar[str] = N_("There is nobody in this list. Ctrl+R shows another one.")
    COLUMNS: ClassVar[tuple[Column, ...]] = jury_rows.COLUMNS
    OPENS: ClassVar[str] = kinds.JUROR

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield from super().body()

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.search()

    def renew(self) -> None:
        self.show_list(self.list_name)

    async def read_page(self, want: Want, words: str) -> Rows:
        asked, which = self.subject, Which(self.list_name)
        who, read = await jury_desk.acting_first(self.desk), self.desk.store.read
        if words:
            page = await read(searching.find, want, who, words)
        else:
            page = await read(reading.page, want, who, which)
        if asked == self.subject:
            self.say_day(who)
            self.say_lists(_("Every juror of this court with these words") if words else "")
        return Rows([jury_rows.row(line, who) for line in page.lines], page.more)

    def more_entries(self) -> list[Entry]:
        works = may(self.desk.user, Act.WORK_JURY)
        why_not = "" if works else _("Your role cannot do this.")
        return [Entry("G", _("Another day"), "day"), *jury_next.entries(why_not)]

    @says
    async def list_answered(self, answer: str | None) -> None:
        if answer == "day":
            await self.ask_day()
        elif answer in (jury_next.DATE, jury_next.ON_CALL):
            await jury_next.ask(self, answer, Which(self.list_name))
        else:
            await super().list_answered(answer)
