"""A text as it goes on paper: read it here, then into a file, to the clipboard or the printer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import work
from textual.app import ComposeResult

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, says
from deskapp.services import exports, printer
from deskapp.widgets.record_page import RecordPage
from deskapp.widgets.told import Told

FILE, COPY, PRINT = "file", "copy", "print"


class Paper(NamedTuple):
    """A text that can leave the screen."""

    text: str
    name: str
    """Of its file, ``.txt`` or ``.csv``, and of its print job; nothing about a person."""


class PaperScreen(DeskScreen[None]):
    """Shows one text; subclasses say where it comes from."""

    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "screen.back")
    WIDE: ClassVar[str] = N_("F8: into a file, to the clipboard or the printer.")
    """Untranslated; stands above the text."""

    def __init__(self) -> None:
        super().__init__()
        self._paper: Paper | None = None

    def body(self) -> ComposeResult:
        yield Told(_(self.WIDE), id="reading", markup=False)
        yield RecordPage(further=0)

    def on_mount(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    async def paper(self) -> Paper:
        """The text as it stands now.

        Raises:
            DeskError: If there is none; the screen then closes and says so.
        """
        raise NotImplementedError

    @reads
    async def load(self) -> None:
        """Show the text; without one there is nothing to stay for."""
        page = self.query_one(RecordPage)
        page.focus()
        try:
            self._paper = await self.paper()
        except DeskError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=15)
            self.dismiss()
            return
        page.show(Text(self._paper.text))
        page.scroll_home(animate=False)

    # -- where it goes --------------------------------------------------------------------

    @property
    def ways(self) -> list[Entry]:
        """Where the text can go."""
        return [
            Entry("F", _("Into a file"), FILE),
            Entry("C", _("To the clipboard"), COPY),
            Entry("P", _("To the printer"), PRINT),
        ]

    @says
    async def action_save(self) -> None:
        """Ask where the text is to go."""
        if self._paper:
            await self.desk.ask(_("Where to?"), self.ways, self.way_chosen)

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the text."""
        paper = self.outgoing
        if paper is None:
            return
        if way == FILE:
            await self.ask_file(paper)
        elif way == COPY:
            self._copy(paper)
        elif way == PRINT:
            self.print_out(paper)

    @property
    def outgoing(self) -> Paper | None:
        """The text as it leaves the screen: as it is shown, unless a subclass leaves out more."""
        return self._paper

    def went_out(self, way: str) -> None:
        """Called once a text has left the screen; ``way`` is ``FILE``, ``COPY`` or ``PRINT``."""

    def _copy(self, paper: Paper) -> None:
        if self.desk.profile.modern:
            self.app.copy_to_clipboard(paper.text)
            told = _("Copied. If nothing arrives, this terminal forbids it: write a file instead.")
            self.went_out(COPY)
        else:
            told = _("This terminal has no clipboard. Write a file, or mark the text here.")
        self.app.notify(told, markup=False)

    @work(exclusive=True, group="print")
    async def print_out(self, paper: Paper) -> None:
        """Print a text; the screen stays alive while the printer is asked."""
        try:
            await asyncio.to_thread(printer.send, paper.text, paper.name)
        except DeskError as error:
            self.app.notify(str(error), severity="error", markup=False)
        else:
            self.app.notify(_("Sent to the printer: {name}").format(name=paper.name), markup=False)
            self.went_out(PRINT)

    async def ask_file(self, paper: Paper) -> None:
        """Ask for the name of a file and write a text there."""

        def named(name: str | None) -> None:
            if name:
                self.write(Path(name).expanduser().absolute(), paper.text)

        hint = _("Only you will be able to read it.")
        await self.app.push_screen(AskLine(_("Write to which file?"), hint, paper.name), named)

    @work(exclusive=True, group="save")
    async def write(self, path: Path, text: str, *, replace: bool = False) -> None:
        """Write a file; ask before one is replaced."""
        try:
            exports.write(path, text, overwrite=replace)
        except exports.FileThereError:
            await self._ask_replace(path, text)
        except DeskError as error:
            self.app.notify(str(error), severity="error", markup=False)
        else:
            told = _("Written to {file}. Only you can read it.").format(file=path)
            self.app.notify(told, markup=False)
            self.went_out(FILE)

    async def _ask_replace(self, path: Path, text: str) -> None:
        entries = [Entry("R", _("Replace the file"), "replace"), Entry("N", _("No, keep it"), "")]

        def answered(yes: str | None) -> None:
            if yes:
                self.write(path, text, replace=True)

        question = _("There is a file {file} already.").format(file=path)
        await self.desk.ask(question, entries, answered)
