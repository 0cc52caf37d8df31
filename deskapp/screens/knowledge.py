"""The knowledge of this site: local articles, flags, searches in vain, reviews that are overdue."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.roles import Act, require
from deskapp.screens import knowledge_lists, local_form, looking_up
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, saves, say_saved, says
from deskapp.screens.knowledge_lists import FACT, FLAGS, ITEMS, LISTS, MISSES, NONE
from deskapp.screens.local_item import LocalItemScreen
from deskapp.screens.paged import Rows
from deskapp.screens.pick import Pick
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import drafts
from deskapp.services.knowledge import flags, library, local_items
from deskapp.services.knowledge.local_texts import ARTICLE, SCRIPT, Texts
from deskapp.services.paging import Want
from deskapp.text import words as words_of
from deskapp.widgets.record_list import Column, Row
from deskapp.widgets.told import Told

_COPY = "copy"


class KnowledgeScreen(SearchScreen):
    """What is written here, and what should be."""

    HEADING: ClassVar[str] = N_("Knowledge")
    HELP: ClassVar[str] = N_(
        "What this site writes beside the shipped articles and scripts. Ctrl+R goes to another"
        " list: local articles, flags that officers set, searches that found nothing useful,"
        " reviews that are overdue. Type in the box to narrow a list down. Enter opens a local"
        " article, answers a flag, makes an article of a search, copies an overdue article to put"
        " it right here, or shows what quotes an overdue figure. Ctrl+N writes a new one."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "knowledge.write", "screen.back")
    AUTO_FOCUS: ClassVar[str] = "RecordList"
    HINT: ClassVar[str] = N_("Words of the title, id or note")
    EMPTY: ClassVar[str] = N_("The list is being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("What"), 22),
        Column(N_("Article, script or words")),
        Column(N_("More")),
    )

    def __init__(self, words: str = "") -> None:
        """``words`` stand in the box; the name of a list opens that list."""
        super().__init__("" if words in LISTS else words)
        self._list = words if words in LISTS else ITEMS

    def body(self) -> ComposeResult:
        yield Told("", id="lists", markup=False)
        yield from super().body()

    def on_screen_resume(self) -> None:
        self.search()

    @property
    def subject(self) -> Hashable:
        return self.words, self._list

    # -- which list -----------------------------------------------------------------------

    async def action_pick_list(self) -> None:
        """Ask which list is to be shown."""
        entries = [Entry(letter, _(label), name) for name, (letter, label) in LISTS.items()]
        await self.desk.ask(_("Which list?"), entries, self._list_answered)

    def _list_answered(self, name: str | None) -> None:
        if name:
            self._list = name
            self.box.value = ""
            self.records.rows = []
            self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        asked = self.subject
        rows = await knowledge_lists.rows(self.desk, self._list)
        if asked == self.subject:
            self.query_one("#lists", Static).update(self._lists_line())
        wanted = words_of(words)
        return Rows([row for row in rows if _has(row, wanted)])

    def name_nothing(self, words: str) -> None:
        self.records.empty_text = self.NO_MATCH if words else NONE[self._list]

    def _lists_line(self) -> Text:
        return Text("  ").join(
            Text(_(label), style="reverse" if name == self._list else "")
            for name, (_letter, label) in LISTS.items()
        )

    # -- what is done ---------------------------------------------------------------------

    @says
    async def _open(self, key: str) -> None:
        if self._list == ITEMS:
            await self.app.push_screen(LocalItemScreen(key))
        elif self._list == FLAGS:
            await self._answer_flag(*key.split(":", 1))
        elif self._list == MISSES:
            entries = [Entry("M", _("Make an article of these words"), key)]
            await self.desk.ask(_("Nothing useful was found for them."), entries, self._make)
        elif key.startswith(FACT):
            await self._show_quoting(key.removeprefix(FACT))
        else:
            await self._open_item(key)

    async def _show_quoting(self, fact_id: str) -> None:
        """A figure is put right in the release; until then, see who reads it out where."""

        def chosen(value: str | None) -> None:
            if value:
                self.desk.open(*value.split(":", 1))

        question = _("{id} is quoted in").format(id=fact_id)
        lines = await knowledge_lists.quoting(self.desk, fact_id)
        await self.app.push_screen(Pick(question, lines), chosen)

    async def choose(self, row: Row) -> None:
        await self._open(row.key)

    async def _answer_flag(self, flag_id: str, item_id: str) -> None:
        entries = [
            Entry("D", _("Say what was done about it"), "done"),
            Entry("O", _("Open it, or copy the shipped one to put it right here"), "open"),
        ]

        async def answered(what: str | None) -> None:
            if what == "open":
                await self._open_item(item_id)
            elif what == "done":
                asked = AskLine(_("What was done?"), _("Kept with your name and the time"))
                await self.app.push_screen(asked, lambda note: self._answered(flag_id, note))

        await self.desk.ask(_("What is to be done with it?"), entries, answered)

    def _answered(self, flag_id: str, note: str | None) -> None:
        if note:
            self.close_flag(flag_id, note)

    @saves
    async def close_flag(self, flag_id: str, note: str) -> None:
        """Keep what was done about a flag."""
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(flags.close, flag_id, new_id(), note, now=now, user=user)
        say_saved(self.app, _("Flag"))
        self.search()

    @says
    async def _make(self, words: str | None) -> None:
        if words:
            await self._write(local_form.begin(self.desk, ARTICLE, title=words))

    @says
    async def _open_item(self, item_id: str) -> None:
        """Show the local item of an id; of a shipped one write a local copy."""
        row_id = await self.desk.store.read(local_items.row_of, item_id)
        if row_id:
            await self.app.push_screen(LocalItemScreen(row_id))
            return
        item = (await looking_up.shelf_of(self.desk)).library.item(item_id)
        if item is None or item.local:
            self.notify(_("There is no such article or script."), markup=False)
            return
        texts = await asyncio.to_thread(library.texts_of, item)
        await self._write(
            local_form.copy(self.desk, item.kind, item.id, item.version, Texts(*texts))
        )

    @says
    async def action_write(self) -> None:
        """Ask what is to be written; what was begun before is taken up again."""
        require(self.desk.user, Act.WRITE_KNOWLEDGE)
        running = await self.desk.begun(drafts.KNOWLEDGE)
        if running is not None:
            await self.app.push_screen(local_form.LocalFormScreen(running))
            return
        entries = [
            Entry("A", _("A new article"), ARTICLE),
            Entry("S", _("A new script"), SCRIPT),
            Entry("C", _("A copy of a shipped one, to be changed here"), _COPY),
        ]
        await self.desk.ask(_("What do you want to write?"), entries, self._new)

    @says
    async def _new(self, kind: str | None) -> None:
        if kind == _COPY:
            asked = AskLine(_("Id of the shipped article or script"), _("Such as jury-defer"))
            await self.app.push_screen(asked, self._copied)
        elif kind:
            await self._write(local_form.begin(self.desk, kind))

    async def _copied(self, item_id: str | None) -> None:
        if item_id:
            await self._open_item(item_id.strip())

    async def _write(self, form: local_form.LocalFormScreen) -> None:
        require(self.desk.user, Act.WRITE_KNOWLEDGE)

        def written(row_id: str | None) -> None:
            if row_id:
                self.app.push_screen(LocalItemScreen(row_id))

        await self.app.push_screen(form, written)


def _has(row: Row, wanted: list[str]) -> bool:
    said = " ".join(words_of(" ".join(row.cells)))
    return all(word in said for word in wanted)
