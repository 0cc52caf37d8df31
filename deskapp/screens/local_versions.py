"""The versions of a local item: who, when and why; to read, to compare and to take again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult

from deskapp.clock import local
from deskapp.i18n import N_, _, day_and_time
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, saves, say_saved
from deskapp.screens.page_screen import PageScreen
from deskapp.services.knowledge import changes, local_items, local_write
from deskapp.services.knowledge.local_items import LocalItem, VersionLine
from deskapp.services.knowledge.local_texts import Texts
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.record_page import headed


class VersionsScreen(DeskScreen[None]):
    """Everything that was done with one local item, the newest first."""

    HEADING: ClassVar[str] = N_("Versions")
    HELP: ClassVar[str] = N_(
        "Everything that was done, the newest first, with who, when and why. Nothing of it is ever"
        " changed. Enter asks what to do with the marked one: read its text, see what it changed or"
        " what changed since, or take its text again as a new draft."
    )

    def __init__(self, row_id: str) -> None:
        super().__init__()
        self._row_id = row_id
        self._found: LocalItem | None = None

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Version"), 7),
            Column(N_("What was done"), 22),
            Column(N_("When"), 18),
            Column(N_("Who"), 14),
            Column(N_("Why")),
            empty=N_("There are no versions."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the versions as they are now."""
        read, user = self.desk.store.read, self.desk.user
        self._found = await read(local_items.item, self._row_id, user=user)
        records = self.query_one(RecordList)
        records.renew([_row(each) for each in self._found.versions])
        records.focus()

    @on(RecordList.Chosen)
    async def _chosen(self, event: RecordList.Chosen) -> None:
        chosen = self._with_text(event.row.key)
        if chosen is None:
            self.notify(_("No text was written in this step."), markup=False)
            return
        entries = [
            Entry("R", _("Read it"), "read"),
            Entry("B", _("What it changed: compared with the one before"), "before"),
            Entry("N", _("What changed since: compared with the newest"), "newest"),
            Entry("T", _("Take its text again as a new draft; say why"), "take"),
        ]

        async def answered(what: str | None) -> None:
            await self._do(chosen.id, what or "")

        await self.desk.ask(_("What is to be done with it?"), entries, answered)

    def _with_text(self, version_id: str) -> VersionLine | None:
        versions = self._found.versions if self._found else ()
        return next((each for each in versions if each.id == version_id and each.has_text), None)

    async def _do(self, version_id: str, what: str) -> None:
        if what == "take":
            why = AskLine(_("Why is it taken again?"), _("Kept with your name and the time"))
            await self.app.push_screen(why, lambda given: self._taken(version_id, given))
        elif what:
            await self.app.push_screen(DifferenceScreen(self._row_id, version_id, what))

    def _taken(self, version_id: str, why: str | None) -> None:
        if why:
            self.take(version_id, why)

    @saves
    async def take(self, version_id: str, why: str) -> None:
        """Take the text of an older version again."""
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(
            local_write.restore, self._row_id, version_id, why, now=now, user=user
        )
        say_saved(self.app, _("Draft; put it forward when it is ready"))
        self.load()


class DifferenceScreen(PageScreen):
    """The text of a version, or what differs between two."""

    HEADING: ClassVar[str] = N_("Differences")
    HELP: ClassVar[str] = N_(
        "A line that went has a minus before it, a line that came has a plus. The languages stand"
        " one below the other."
    )

    def __init__(self, row_id: str, version_id: str = "", how: str = "live") -> None:
        super().__init__()
        self._row_id, self._version_id, self._how = row_id, version_id, how

    async def parts(self) -> Iterable[Text]:
        read, user = self.desk.store.read, self.desk.user
        found = await read(local_items.item, self._row_id, user=user)
        ids = [each for each in self._compared(found) if each]
        texts = [await read(local_items.texts_of, each, user=user) for each in ids]
        if self._how == "read":
            return [Text(text) for text in texts[-1] if text]
        old, new = texts if len(texts) > 1 else (Texts(""), texts[0])
        return _differing(old, new)

    def _compared(self, found: LocalItem) -> tuple[str, str]:
        """Ids of the version before and the one after; the first may be none."""
        written = [each for each in found.versions if each.has_text]
        if self._how == "live":
            live = (each.id for each in written if each.version == found.line.live_version)
            return next(live, ""), written[0].id
        if self._how == "newest":
            return self._version_id, written[0].id
        names = [each.id for each in written]
        before = names[names.index(self._version_id) + 1 :]
        return (before[0] if before else ""), self._version_id


def _differing(old: Texts, new: Texts) -> Iterator[Text]:
    same = True
    for heading, before, after in (
        (_("English"), old.text, new.text),
        (_("Welsh"), old.welsh, new.welsh),
    ):
        if before != after:
            same = False
            yield headed(heading, changes.of_texts(before, after))
    if same:
        yield Text(_("Nothing differs."))


def _row(version: VersionLine) -> Row:
    move = _(local_items.MOVE_LABELS[version.move])
    at = day_and_time(local(version.at))
    cells = (str(version.version), move, at, version.officer_name, version.why)
    return Row(version.id, cells)
