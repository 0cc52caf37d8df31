"""The import of a list: what it would do is seen before anything is changed, and can be undone."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from deskapp.i18n import N_, _, language, ngettext, number, weekday
from deskapp.screens import hearing_desk, hearing_start
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, saves, say_saved, says
from deskapp.services import exports, typed
from deskapp.services.desk import site_name
from deskapp.services.hearings import imports, planning, reading
from deskapp.services.hearings.planning import EFFECT_LABELS, Effect, Plan, Step
from deskapp.services.hearings.reading import File
from deskapp.text import one_line
from deskapp.widgets.record_page import RecordPage, headed, labelled
from deskapp.widgets.told import Told

MOST_TOLD = 200
"""Findings and hearings that are told one by one."""
MOST_NEW = 20
"""New hearings that are told: enough to see that it is the right list."""


class HearingImportScreen(DeskScreen[dt.date]):
    """What a list would do; F8 does it. It gives the first day of what was imported."""

    HEADING: ClassVar[str] = N_("Import a list")
    HELP: ClassVar[str] = N_(
        "What importing the list would do: how many hearings are new, changed, moved or no longer"
        " listed, and each that moves or goes. F8 imports it, all of it or nothing. Rows that"
        " cannot be used are told with their place and reason; F8 then asks whether the good rows"
        " are taken, and no hearing is taken off the list.\n\nNothing is ever deleted: bookings"
        " and needs stay with their hearing. Bookings whose hearing moved or is off stand in a list"
        " of their own: Ctrl+R on the board. After an import, F9 here takes it back as long as"
        " nothing was changed since; later Ctrl+R U on the board does."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "hearing.undo", "screen.back")

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = exports.path_of(path)
        self._file: File | None = None
        self._plan: Plan | None = None
        self._day: dt.date | None = None
        self._list_id = ""

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordPage()

    def on_mount(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @property
    def _site(self) -> str:
        return self.desk.user.site

    @reads
    async def load(self) -> None:
        """Read the file and show what importing it would do."""
        self._say(_("The list is being read."))
        if self._file is None:
            self._file = await asyncio.to_thread(reading.read_file, Path(self._path))
        page = self.query_one(RecordPage)
        page.focus()
        listed = self._file.listed
        if listed.asks_date and self._day is None and listed.items:
            await self._ask_day()
            return
        if listed.items and not self._list_id:
            self._plan = await self.desk.store.read(
                planning.plan, listed, self._file.digest,
                site=self._site, day=self._day, user=self.desk.user,
            )  # fmt: skip
        page.show(*self._parts())
        self._say(self._words())

    def _say(self, words: str) -> None:
        self.query_one("#said", Told).update(words)

    def _words(self) -> str:
        if self._list_id:
            return _("Imported. F9 takes it back.")
        if self._plan is None:
            return _("Nothing of this file can be used.")
        if self._plan.again:
            return _("This list is in already. F8 would change nothing but what is shown here.")
        return _("Nothing is changed yet. F8 imports the list.")

    async def _ask_day(self) -> None:
        async def answered(text: str | None) -> None:
            if not text:
                self.dismiss()
            else:
                await self._day_typed(text)

        hint = _("The list does not say its day. Like today, Tue or 30 11")
        await self.app.push_screen(AskLine(_("Of which day is the list?"), hint), answered)

    @says
    async def _day_typed(self, text: str) -> None:
        try:
            self._day = typed.day(text, today=self.desk.clock.today())
        finally:
            self.load()

    # -- what is shown --------------------------------------------------------------------

    def _parts(self) -> Iterator[Text]:
        assert self._file is not None
        yield labelled([(_("File"), one_line(str(self._path)))])
        if self._plan is not None:
            yield labelled(self._counts(self._plan))
            new = [each for each in self._plan.steps if each.effect is Effect.NEW]
            yield headed(_("New hearings, the first of them"), map(_new_words, new[:MOST_NEW]))
            told = [each for each in self._plan.steps if each.effect in _TOLD]
            yield headed(_("Moved or no longer listed"), map(_step_words, told[:MOST_TOLD]))
        findings = self._file.listed.findings
        refused = (
            f"{each.where + ': ' if each.where else ''}{each.reason} ({each.code})"
            for each in findings[:MOST_TOLD]
        )
        yield headed(_("Refused"), refused)

    def _counts(self, plan: Plan) -> Iterator[tuple[str, str]]:
        yield _("Version"), one_line(plan.listed.version)
        yield _("Days"), ", ".join(weekday(dt.date.fromisoformat(each)) for each in plan.days)
        houses = dict.fromkeys(one_line(each.house) for each in plan.listed.items if each.house)
        yield _("Court of the list"), ", ".join(houses)
        yield _("Imported for"), site_name(self._site, language())
        yield _("Read"), number(plan.counts["read"])
        for effect in Effect:
            yield _(EFFECT_LABELS[effect]), number(plan.count(effect))
        yield _("Refused"), number(plan.listed.refused)

    # -- what is done ---------------------------------------------------------------------

    async def action_back(self) -> None:
        """Leave for the board of the day that was imported."""
        taken = self._plan.days if self._plan is not None and self._list_id else []
        self.dismiss(dt.date.fromisoformat(taken[0]) if taken else None)

    @says
    async def action_save(self) -> None:
        """Import the list; where rows were refused, ask whether the good ones are taken."""
        if self._plan is None or self._list_id or self._file is None:
            return
        if not self._file.listed.findings:
            self.take()
            return
        count = len(self._file.listed.items)
        good = ngettext("Take the {count} good row", "Take the {count} good rows", count)
        entries = [
            Entry("G", good.format(count=number(count)), "good"),
            Entry("N", _("No: ask for a new list"), ""),
        ]

        def answered(answer: str | None) -> None:
            if answer:
                self.take()

        await self.desk.ask(_("Some of it cannot be used."), entries, answered)

    @saves
    async def take(self) -> None:
        """Import the list and say how far it is on the way."""
        assert self._file is not None
        acting, told = hearing_desk.acting(self.desk), self._say

        def progress(done: int, total: int) -> None:
            words = _("{done} of {total} hearings")
            told_words = words.format(done=number(done), total=number(total))
            self.app.call_from_thread(told, told_words)

        plan, list_id = await self.desk.store.write(
            imports.take, self._file, site=self._site, day=self._day, now=acting.now,
            user=acting.user, progress=progress, undo_days=acting.settings.undo_days,
        )  # fmt: skip
        self._plan, self._list_id = plan, list_id
        if list_id:
            say_saved(self.app, _("list of hearings"))
        else:
            self.notify(_("This list is in already. Nothing was changed."), markup=False)
        self.load()

    @saves
    async def action_undo(self) -> None:
        """Take the import back."""
        if not self._list_id:
            self.notify(_("Nothing was imported here that could be taken back."), markup=False)
            return
        now, user = self.desk.clock.now(), self.desk.user
        count = await self.desk.store.write(imports.undo, self._list_id, now=now, user=user)
        self._list_id = ""
        hearing_start.say_undone(self, count)
        self.load()


_TOLD = (Effect.MOVED, Effect.REMOVED)


def _new_words(step: Step) -> str:
    told = (step.after["start"] or "--:--", step.after["room"], step.after["case_ref"])
    return "  ".join(part for each in told if (part := one_line(each)))


def _step_words(step: Step) -> str:
    now = {**step.before, **step.after}
    told = [
        _(EFFECT_LABELS[step.effect]),
        one_line(now["case_ref"]),
        f"{step.before['start'] or '--:--'} {one_line(step.before['room'])}",
    ]
    if step.effect is Effect.MOVED:
        told.append(f"> {now['start'] or '--:--'} {one_line(now['room'])}")
    return "  ".join(told)
