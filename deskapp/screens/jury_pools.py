"""The pools of a court, and the jurors of one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, day, number
from deskapp.roles import Act, may
from deskapp.screens import jury_desk, jury_next, jury_rows, records
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import kinds
from deskapp.services.jury import courts, pools
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.pools import PoolLine
from deskapp.services.jury.stages import STATUS_LABELS
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told


class PoolsScreen(PagedScreen, JuryScreen[None]):
    """Pools, the newest first; Enter shows the jurors of one."""

    HEADING: ClassVar[str] = N_("Pools")
    HELP: ClassVar[str] = N_(
        "The pools of this court, the newest first, with how many jurors stand where. Enter shows"
        " the jurors of a pool. A pool belongs to the Bureau until it is handed over: until then"
        " its jurors cannot be checked in. Pools come in with the import (Ctrl+G J, I)."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)
    OPENS: ClassVar[str] = records.POOL

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield RecordList(
            Column(N_("Pool"), 9),
            Column(N_("Starts"), 12),
            Column(N_("Whose"), 12),
            Column(N_("Jurors")),
            empty=N_("There are no pools yet. Import them: Ctrl+G J, then I."),
        )

    def on_screen_resume(self) -> None:
        self.records.focus()
        self.turn_page("start", Want())

    async def relabel(self) -> None:
        await super().relabel()
        self.on_screen_resume()

    async def read_page(self, want: Want, words: str) -> Rows:
        who = await jury_desk.acting_first(self.desk)
        page = await self.desk.store.read(pools.page, want, who)
        self.say_day(who)
        return Rows([_row(line) for line in page.lines], page.more)


class PoolScreen(PagedScreen, JuryScreen[None]):
    """The jurors of one pool, by name."""

    HEADING: ClassVar[str] = N_("Pool")
    HELP: ClassVar[str] = N_(
        "The jurors of this pool by name, with how they stand. Enter opens one. Ctrl+R hands a"
        " pool of the Bureau over to the court, sets the next date of everybody in it or puts all"
        " of them on call; F9 takes that back."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("record.more", "jury.undo", "screen.back")
    OPENS: ClassVar[str] = kinds.JUROR

    def __init__(self, pool: str) -> None:
        super().__init__()
        self._pool = pool

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="said", markup=False)
        yield RecordList(*jury_rows.COLUMNS, empty=N_("There is nobody in this pool."))

    def on_screen_resume(self) -> None:
        self.records.focus()
        if not self.records.keep_place():
            self.turn_page("start", Want())

    async def relabel(self) -> None:
        await super().relabel()
        self.on_screen_resume()

    async def read_page(self, want: Want, words: str) -> Rows:
        who, read = await jury_desk.acting_first(self.desk), self.desk.store.read
        page = await read(pools.members, want, who, self._pool)
        line = await read(pools.line, who, self._pool)
        self.say_day(who)
        self.query_one("#said", Told).update(" · ".join(_cells(line)))
        return Rows([jury_rows.row(each, who) for each in page.lines], page.more)

    async def action_more(self) -> None:
        """Ask what is to be done with the pool."""
        cannot = _("Your role cannot do this.")
        manages, works = may(self.desk.user, Act.IMPORT_JURY), may(self.desk.user, Act.WORK_JURY)
        hand_over = Entry(
            "H", _("Hand it over to the court"), "hand_over", "" if manages else cannot
        )
        entries = [hand_over, *jury_next.entries("" if works else cannot)]
        await self.desk.ask(_("What do you want to do?"), entries, self._more_chosen)

    @says
    async def _more_chosen(self, answer: str | None) -> None:
        if answer == "hand_over":
            self.hand_over()
        elif answer:
            await jury_next.ask(self, answer, Which.ALL, self._pool)

    def renew(self) -> None:
        self.turn_page("start", Want())

    @saves
    async def hand_over(self) -> None:
        """The court has the pool from now on."""
        who = await jury_desk.acting_first(self.desk)
        await self.desk.store.write(pools.hand_over, who, self._pool, step_id=new_id())
        self.notify(_("Handed over. Its jurors can be checked in here."), markup=False)
        self.turn_page("start", Want())


def _row(line: PoolLine) -> Row:
    return Row(line.number, _cells(line), place=line.place)


def _cells(line: PoolLine) -> tuple[str, ...]:
    whose = _("the Bureau") if line.owner == courts.BUREAU else _("the court")
    where = ", ".join(
        f"{_(STATUS_LABELS[status])} {number(count)}"
        for status, count in sorted(line.by_status.items())
        if count
    )
    return line.number, day(line.start_on), whose, where
