"""What central could not take; a team leader has it sent again, or says that it is done with."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.screens import records
from deskapp.screens.base import Entry, reads, saves, say_saved
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import set_aside
from deskapp.services.paging import Want
from deskapp.services.set_aside import AsideLine
from deskapp.widgets.record_list import Column, RecordList, Row


class SetAsideScreen(PagedScreen):
    """The oldest first; Enter says why and asks what to do."""

    HEADING: ClassVar[str] = N_("Not taken by central")
    HELP: ClassVar[str] = N_(
        "The central database could not use these changes. They stand in the records of this desk"
        " and reach no other. Enter says why, and what to do; it can then be sent again as it"
        " stands now, or taken off this list."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._first = first
        """Number of a change that is asked about at once."""
        self._lines: dict[str, AsideLine] = {}

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Record")),
            Column(N_("Written"), 26),
            Column(N_("By"), 26, wide=44),
            empty=N_("Central has taken everything. Nothing waits for you here."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show what waits now."""
        await self.show_first()
        self.records.focus()
        if first := self._first:
            self._first = ""
            read = self.desk.store.read
            await self._ask(await read(set_aside.line, int(first), user=self.desk.user))

    async def read_page(self, want: Want, words: str) -> Rows:
        page = await self.desk.store.read(set_aside.page, want, user=self.desk.user)
        self._lines |= {f"{line.seq}": line for line in page.lines}
        return Rows([_row(line) for line in page.lines], page.more)

    async def choose(self, row: Row) -> None:
        await self._ask(self._lines[row.key])

    async def _ask(self, line: AsideLine) -> None:
        entries = [
            Entry("S", _("Send it again as it stands now"), "again"),
            Entry("T", _("Take it off this list: it is not needed, or entered again"), "off"),
        ]
        if records.known(line.table):
            entries.append(Entry("O", _("Open the record"), "open"))
        question = _("{record}\n{fields}\n  {by}\n\n{reason}.").format(**line._asdict())

        def answered(answer: str | None) -> None:
            if answer == "open":
                self.desk.open(line.table, line.row_id)
            elif answer:
                self._settle(line, again=answer == "again")

        await self.desk.ask(question, entries, answered)

    @saves
    async def _settle(self, line: AsideLine, *, again: bool) -> None:
        await self.desk.store.write(set_aside.settle, line.seq, again=again, user=self.desk.user)
        say_saved(self, line.record)
        self.load()


def _row(line: AsideLine) -> Row:
    return Row(f"{line.seq}", (line.record, line.fields, line.by), place=line.place)
