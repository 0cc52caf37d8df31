"""What a team leader must look at: markers that are proposed, and reviews that are past or near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, reads, saves, say_saved
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import kinds
from deskapp.services.nearness import due_words
from deskapp.services.paging import Want
from deskapp.services.persons import marker_work, markers
from deskapp.services.persons.markers import DueMarker
from deskapp.text import one_line
from deskapp.widgets.record_list import Column, RecordList, Row

RISKS = (("L", N_("Low"), "low"), ("M", N_("Medium"), "medium"), ("H", N_("High"), "high"))
"""What the assessment of the restricted case asks (site and safety sheet, section 7)."""


class MarkersScreen(PagedScreen):
    """Proposals first, then by the day of the review; Enter asks what to do."""

    HEADING: ClassVar[str] = N_("Markers")
    HELP: ClassVar[str] = N_(
        "Markers that wait for you: proposals first, then those whose review is past or near."
        " Enter asks what to do with the marked one: approve it, renew it, end it, or see the"
        " person. Past its review a marker says so to everybody until you renew or end it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self) -> None:
        super().__init__()
        self._due: dict[str, DueMarker] = {}

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Review"), 16),
            Column(N_("Marker")),
            Column(N_("Who or which case")),
            empty=N_("No marker waits for you."),
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

    async def read_page(self, want: Want, words: str) -> Rows:
        today, user = self.desk.clock.today(), self.desk.user
        page = await self.desk.store.read(markers.due, want, today=today, user=user)
        self._due |= {each.line.id: each for each in page.lines}
        return Rows([self._row(each) for each in page.lines], page.more)

    def _row(self, each: DueMarker) -> Row:
        line, today = each.line, self.desk.clock.today()
        state = _("proposed")
        if line.review_on and not line.waiting:
            state = due_words(line.review_on, today)
        overdue = "overdue" if line.overdue(today) and not line.waiting else ""
        called = line.kind.called if line.kind else line.flag
        return Row(line.id, (state, called, each.name), place=each.place, mark=overdue)

    async def choose(self, row: Row) -> None:
        due = self._due[row.key]
        entries = [Entry("E", _("End it; say why"), "end")]
        if due.line.waiting:
            entries.insert(0, Entry("A", _("Approve: it is live from now on"), "approve"))
        else:
            entries.insert(0, Entry("R", _("Renew: it stands on; say why"), "renew"))
        if due.line.person_id:
            entries.append(Entry("P", _("See the person"), "person"))

        async def answered(what: str | None) -> None:
            await self._do(due, what or "")

        question = _("What is to be done with it?")
        if reason := due.line.renew_reason:
            question = _("Renewed before: {reason}. What is to be done with it?").format(
                reason=one_line(reason)
            )
        await self.desk.ask(question, entries, answered)

    async def _do(self, due: DueMarker, what: str) -> None:
        line = due.line
        if what == "person":
            self.desk.open(kinds.PERSON, line.person_id)
        elif what == "approve" and line.case_id:
            risks = [Entry(letter, _(label), value) for letter, label, value in RISKS]
            await self.desk.ask(_("How high is the risk?"), risks, self._assessed(line.id))
        elif what == "approve":
            self.settle(marker_work.approve, line.id)
        elif what == "end":
            await self._ask(_("Why does it end?"), self._reasoned(marker_work.end, line.id))
        elif what == "renew" and line.kind and line.kind.order:
            await self._ask(_("When does the order end now?"), self._ordered(line.id))
        elif what == "renew":
            await self._ask(_("Why does it stand on?"), self._reasoned(marker_work.renew, line.id))

    def _assessed(self, marker_id: str) -> Callable[[str | None], None]:
        def answered(risk: str | None) -> None:
            if risk:
                self.settle(marker_work.approve, marker_id, values={"risk": risk})

        return answered

    def _reasoned(self, verb: Callable[..., Any], marker_id: str) -> Callable[[str], Any]:
        return lambda reason: self.settle(verb, marker_id, reason)

    def _ordered(self, marker_id: str) -> Callable[[str], Any]:
        note = _("New end of the order")
        return lambda until: self.settle(marker_work.renew, marker_id, note, until=until)

    async def _ask(self, question: str, answered: Callable[[str], Any]) -> None:
        def given(text: str | None) -> None:
            if text:
                answered(text)

        hint = _("Kept with your name and the time")
        await self.app.push_screen(AskLine(question, hint), given)

    @saves
    async def settle(self, verb: Callable[..., Any], *given: str, **more: Any) -> None:
        """Do it now, or say why it cannot be done."""
        desk = self.desk
        await desk.store.write(verb, *given, now=desk.clock.now(), user=desk.user, **more)
        say_saved(self.app, _("Marker"))
        self.load()
