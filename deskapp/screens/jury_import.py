"""Pools and jurors from a file of the Bureau: read, looked at, and only then taken in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, number
from deskapp.screens import jury_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, reads, saves
from deskapp.services.jury import import_rows, importing
from deskapp.services.jury.acting import Acting, acting_on
from deskapp.services.jury.courts import NoCourtError
from deskapp.services.jury.import_rows import File, Finding
from deskapp.services.jury.import_steps import EFFECT_LABELS, Effect
from deskapp.services.jury.importing import Plan, Progress
from deskapp.widgets.record_page import RecordPage, headed, labelled
from deskapp.widgets.told import Told

NAMED = 200
"""How many rows that are refused are shown; the command line lists them all."""


class JuryImportScreen(DeskScreen[None]):
    """What a file would do, then doing it."""

    HEADING: ClassVar[str] = N_("Import pools and jurors")
    HELP: ClassVar[str] = N_(
        "Enter asks for the file that came from the Bureau: CSV in UTF-8 with a header. It is read"
        " and shown first: how many jurors are new or changed, and every row that cannot be used,"
        " with its line and the reason. F8 takes the good rows in, all of them or none. The same"
        " file again changes nothing. Bank details are never kept."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "jury.take", "screen.back")

    def __init__(self) -> None:
        super().__init__()
        self._file: File | None = None
        self._plan: Plan | None = None
        self._said = N_("Enter: choose the file. F8: take in what is shown.")
        self._step_id = new_id()

    def body(self) -> ComposeResult:
        yield Told(_(self._said), id="said", markup=False)
        yield RecordPage()

    async def on_mount(self) -> None:
        self.query_one(RecordPage).focus()
        await self.action_choose()

    async def relabel(self) -> None:
        await super().relabel()
        self._show()

    async def action_choose(self) -> None:
        """Ask for the file."""

        def named(name: str | None) -> None:
            if name:
                self.read_file(Path(name).expanduser().absolute())

        hint = _("Its whole name, with the folder")
        await self.app.push_screen(AskLine(_("Which file of the Bureau?"), hint), named)

    @reads
    async def read_file(self, path: Path) -> None:
        """Read a file and show what taking it in would do."""
        self._file = self._plan = None
        self._say(_("Reading the file."))
        file = await asyncio.to_thread(import_rows.read_file, path)
        who = await self._acting(file)
        self._plan = await self.desk.store.read(importing.plan, who, file, self._watched())
        self._file, self._step_id = file, new_id()
        self._show()

    async def _acting(self, file: File) -> Acting:
        """Who imports; on a desk that knows no court yet, for the court of the file."""
        try:
            return await jury_desk.acting_first(self.desk)
        except NoCourtError:
            if not file.rows:
                raise
        court = str(file.rows[0].of_pool["court"])
        desk, folder = self.desk, paths.settings_folder()
        return acting_on(desk.user, desk.clock.now(), folder, court=court)

    @saves
    async def action_take(self) -> None:
        """Take the good rows in, once they are shown."""
        await self.page_read()
        if self._file is None or self._plan is None:
            return
        file, self._file = self._file, None
        who = await self._acting(file)
        self._plan = await self.desk.store.write(
            importing.take, who, file, self._watched(), step_id=self._step_id
        )
        self._show()

    def _watched(self) -> Progress:
        """Shows how far the store has come; called in its thread."""
        loop = asyncio.get_running_loop()
        words = _("{done} of {all} rows")

        def told(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._say, words.format(done=number(done), all=number(total)))

        return told

    def _say(self, words: str) -> None:
        if self.stands:
            self.query_one("#said", Told).update(words)

    def _show(self) -> None:
        if self._plan is None or not self.stands:
            return
        waits = _("Nothing is stored yet. F8 takes the good rows in.")
        said = waits if self._file else _("Taken in.")
        self._say(said)
        self.query_one(RecordPage).show(*_parts(self._plan))


def _parts(plan: Plan) -> Iterator[Text]:
    counts = plan.counts
    told = [(_(EFFECT_LABELS[each]), number(counts[each.value])) for each in Effect]
    told += [
        (_("Twice in the file"), number(plan.doubles)),
        (_("Cannot be used"), number(counts["refused"])),
        (_("Columns not used"), ", ".join(plan.unused)),
    ]
    yield labelled(told)
    yield headed(_("Rows that cannot be used"), _findings(plan.findings))


def _findings(findings: list[Finding]) -> Iterator[str]:
    for each in findings[:NAMED]:
        words = _("Line {line}, {column}: {words}")
        yield words.format(line=number(each.row), column=each.column, words=each.words)
    more = len(findings) - NAMED
    if more > 0:
        yield _("and {count} more: deskapp jury import lists them").format(count=number(more))
