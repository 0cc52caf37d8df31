"""One local article or script: how it stands, what the rules say, its text, and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import N_, _, day, day_and_time, language
from deskapp.roles import Act, may
from deskapp.screens import local_form, looking_up
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, reads, saves, say_saved, says
from deskapp.screens.local_versions import DifferenceScreen, VersionsScreen
from deskapp.screens.page_screen import PageScreen
from deskapp.services import drafts
from deskapp.services.knowledge import (
    flags,
    local_check,
    local_decide,
    local_items,
    naming,
    notices,
)
from deskapp.services.knowledge.flags import FlagLine
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.local_items import LocalItem, LocalLine, Status
from deskapp.services.knowledge.notices import Reader
from deskapp.services.knowledge.shelf import Shelf
from deskapp.widgets.record_page import RecordPage, headed, labelled


class LocalItemScreen(PageScreen):
    """A local item to read and to decide about."""

    HEADING: ClassVar[str] = N_("Local article")
    HELP: ClassVar[str] = N_(
        "Enter asks what is to be done: change it, put it forward, approve it, send it back,"
        " withdraw it, or see its versions and what differs. Below stands what the rules want put"
        " right; with such a line it cannot be put forward. Nobody approves what they wrote."
        " Officers are shown the version that was approved last. One that is for staff only is a"
        " notice: it stands on everybody's first screen until they say that they have read it, and"
        " whoever approves sees here who has not."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "screen.back")

    def __init__(self, row_id: str) -> None:
        super().__init__()
        self._row_id = row_id
        self._found: LocalItem | None = None
        self._flags: list[FlagLine] = []
        self._readers: list[Reader] = []
        self._known: Shelf | None = None
        self._checked: Checked | None = None

    @reads
    async def load(self) -> None:
        """Show the item as it is now, then what the rules say of it."""
        await self.show_page()
        if self._found and self._checked is None:
            self._checked = await self._check(self._found)
            self.query_one(RecordPage).show(*self._parts(self._found))

    async def parts(self) -> Iterable[Text]:
        desk = self.desk
        found = await desk.store.read(local_items.item, self._row_id, user=desk.user)
        if self._found is None or self._found.texts != found.texts:
            self._checked = None
        self._found = found
        self._known = await looking_up.shelf_of(desk)
        self._flags = await desk.store.read(
            flags.standing, user=desk.user, item=found.line.shown_id
        )
        if may(desk.user, Act.APPROVE_KNOWLEDGE):
            self._readers = await desk.store.read(notices.readers, self._row_id, user=desk.user)
        return self._parts(found)

    async def _check(self, found: LocalItem) -> Checked:
        known = await looking_up.shelf_of(self.desk)
        line, today = found.line, self.desk.clock.today()
        return await asyncio.to_thread(
            local_check.run, line.kind, line.item, found.texts, line.version, known, today=today
        )

    def _parts(self, found: LocalItem) -> Iterator[Text]:
        yield _told(found.line, self._known)
        yield headed(_("What the rules say"), self._rules(found))
        yield headed(_("Flags"), map(_flag, self._flags))
        if self._readers:
            told = (f"{each.told()}  {each.name}" for each in self._readers)
            yield headed(_("Who has read it"), told)
        yield headed(_("What was done"), map(_version, found.versions[:5]))
        yield headed(_("Text"), found.texts.text.splitlines())
        yield headed(_("Welsh text"), found.texts.welsh.splitlines())

    def _rules(self, found: LocalItem) -> Iterator[str]:
        if self._checked is None:
            yield _("The rules are being asked.")
            return
        for finding in self._checked.findings:
            yield local_check.told(finding, found.line.kind, found.texts)
        if not self._checked.findings:
            yield _("Nothing to put right.")

    # -- what is done ---------------------------------------------------------------------

    async def action_act(self) -> None:
        """Ask what is to be done with it."""
        if self._found is not None:
            entries = list(self._entries(self._found.line))
            await self.desk.ask(_("What is to be done with it?"), entries, self._answered)

    def _entries(self, line: LocalLine) -> Iterator[Entry]:
        yield Entry("C", _("Change it"), "change")
        if line.status is Status.DRAFT:
            yield Entry("P", _("Put it forward for approval"), "submit")
        if line.status is Status.REVIEW:
            if may(self.desk.user, Act.APPROVE_KNOWLEDGE):
                yield Entry("A", _("Approve: officers are shown it from now on"), "approve")
            yield Entry("S", _("Send it back; say why"), "send_back")
        if line.status is not Status.WITHDRAWN and may(self.desk.user, Act.APPROVE_KNOWLEDGE):
            yield Entry("W", _("Withdraw it; say why"), "withdraw")
        yield Entry("V", _("Versions: read, compare, take one again"), "versions")
        if line.live_version and line.live_version != line.version:
            yield Entry("D", _("What differs from what officers are shown"), "difference")

    @says
    async def _answered(self, what: str | None) -> None:
        asked = {
            "send_back": (local_decide.send_back, _("Why is it sent back?")),
            "withdraw": (local_decide.withdraw, _("Why is it withdrawn?")),
        }
        if what in asked:
            verb, question = asked[what]
            await self._ask(question, lambda why: self.decide(verb, why))
        elif what == "submit":
            self.decide_checked(local_decide.submit)
        elif what == "approve":
            self.decide_checked(local_decide.approve)
        elif what == "change":
            await self._change()
        elif what == "versions":
            await self.app.push_screen(VersionsScreen(self._row_id))
        elif what == "difference":
            await self.app.push_screen(DifferenceScreen(self._row_id))

    async def _ask(self, question: str, answered: Callable[[str], Any]) -> None:
        def given(why: str | None) -> None:
            if why:
                answered(why)

        hint = _("Kept with your name and the time")
        await self.app.push_screen(AskLine(question, hint), given)

    async def _change(self) -> None:
        """Show the form; one begun before is taken up again."""
        kept = await self.desk.begun(drafts.KNOWLEDGE, self._row_id)
        if kept is not None:
            await self.app.push_screen(local_form.LocalFormScreen(kept))
        elif self._found is not None:
            line, texts = self._found.line, self._found.texts
            form = local_form.change(self.desk, line.id, line.kind, line.version, texts)
            await self.app.push_screen(form)

    @saves
    async def decide(self, verb: Callable[..., Any], why: str) -> None:
        """Do it with a reason, or say why it cannot be done."""
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(verb, self._row_id, why, now=now, user=user)
        self._said()

    @saves
    async def decide_checked(self, verb: Callable[..., Any]) -> None:
        """Do what the rules must let pass first."""
        if self._found is None:
            return
        checked = self._checked or await self._check(self._found)
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(verb, self._row_id, "", checked, now=now, user=user)
        self._said()

    def _said(self) -> None:
        say_saved(self.app, _("Local article"))
        self.load()


def _told(line: LocalLine, known: Shelf | None) -> Text:
    shown = _("version {version}").format(version=line.live_version)
    based = ""
    if line.based_on:
        based = _("{id}, version {version}").format(id=line.based_on, version=line.based_version)
        shipped = known.library.item(line.based_on) if known else None
        if shipped is not None and shipped.version != line.based_version:
            based += ". " + _("THE SHIPPED ONE IS NEWER: {version}").format(version=shipped.version)
    return labelled(
        [
            (_("Title"), line.called(language())),
            (_("Id"), line.item),
            (_("Status"), _(local_items.STATUS_LABELS[line.status])),
            (_("Version"), str(line.version)),
            (_("Officers see"), shown if line.live_version else _("nothing of it")),
            (_("Owner"), naming.owner(line.owner)),
            (_("Review by"), day(line.review_by) if line.review_by else ""),
            (_("Made from"), based),
        ]
    )


def _flag(flag: FlagLine) -> str:
    return " ".join(filter(None, (_(flags.LABELS[flag.kind]) + ":", flag.note)))


def _version(version: local_items.VersionLine) -> str:
    at = day_and_time(local(version.at))
    move = _(local_items.MOVE_LABELS[version.move])
    told = f"{version.version}  {move}, {at}, {version.officer_name}"
    return f"{told}: {version.why}" if version.why else told
