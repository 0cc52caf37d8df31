"""What two desks wrote into one field; a team leader says which value stands."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.screens import records
from deskapp.screens.base import Entry, reads, saves, say_saved
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import conflicts
from deskapp.services.conflicts import ConflictLine
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList, Row


class ConflictsScreen(PagedScreen):
    """The oldest first; Enter shows both values and asks."""

    HEADING: ClassVar[str] = N_("Written twice")
    HELP: ClassVar[str] = N_(
        "Two desks that could not reach each other wrote into the same field of a record. The value"
        " that was written last stands; the other is kept here until you decide. Enter shows both,"
        " who wrote them and when. Your decision goes to every desk with the next exchange."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._first = first
        """Id of a conflict that is asked about at once."""
        self._lines: dict[str, ConflictLine] = {}

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Record")),
            Column(N_("Field"), 16),
            Column(N_("Stands"), 20),
            Column(N_("The other"), 20),
            empty=N_("Nothing was written twice. Nothing waits for you here."),
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
            await self._ask(await self.desk.store.read(conflicts.line, first, user=self.desk.user))

    async def read_page(self, want: Want, words: str) -> Rows:
        page = await self.desk.store.read(conflicts.page, want, user=self.desk.user)
        self._lines |= {line.id: line for line in page.lines}
        return Rows([_row(line) for line in page.lines], page.more)

    async def choose(self, row: Row) -> None:
        await self._ask(self._lines[row.key])

    async def _ask(self, line: ConflictLine) -> None:
        entries = [Entry("K", _("Keep what stands"), "keep")]
        if line.kind not in conflicts.ONLY_NOTED:
            entries.append(Entry("U", _("Use the other value"), "restore"))
        if records.known(line.table):
            entries.append(Entry("O", _("Open the record"), "open"))
        question = _(
            "{record}, {field}\n\nStands: {standing}\n  {standing_by}\n\n"
            "The other: {other}\n  {other_by}"
        ).format(**line._asdict())

        def answered(answer: str | None) -> None:
            if answer == "open":
                self.desk.open(line.table, line.row_id)
            elif answer:
                self._decide(line, restore=answer == "restore")

        await self.desk.ask(question, entries, answered)

    @saves
    async def _decide(self, line: ConflictLine, *, restore: bool) -> None:
        await self.desk.store.write(
            conflicts.decide,
            line.id,
            restore=restore,
            user=self.desk.user,
            now=self.desk.clock.now(),
        )
        say_saved(self, line.record)
        self.load()


def _row(line: ConflictLine) -> Row:
    return Row(line.id, (line.record, line.field, line.standing, line.other), place=line.place)
