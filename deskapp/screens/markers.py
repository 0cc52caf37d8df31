"""What a team leader must look at: markers that are proposed, and reviews that are past or near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.screens import contact_list
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, saves
from deskapp.services import home, marker_work, markers
from deskapp.services.markers import DueMarker
from deskapp.services.paging import Page, Want
from deskapp.text import one_line
from deskapp.widgets.record_list import Column, RecordList, Row

RISKS = (("L", N_("Low"), "low"), ("M", N_("Medium"), "medium"), ("H", N_("High"), "high"))
"""What the assessment of the restricted case asks (site and safety sheet, section 7)."""


class MarkersScreen(DeskScreen[None]):
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
        today, user = self.desk.clock.today(), self.desk.user
        page = await self.desk.store.read(markers.due, Want(), today=today, user=user)
        records = self.query_one(RecordList)
        marked = records.current
        records.show(self._rows(page), more=page.more)
        if marked is not None:
            records.keep_cursor(marked.key)
        records.focus()

    @on(RecordList.PageWanted)
    @reads
    async def turn_page(self, event: RecordList.PageWanted) -> None:
        """Read the page that the list asks for."""
        today, user = self.desk.clock.today(), self.desk.user
        want = contact_list.want(event)
        page = await self.desk.store.read(markers.due, want, today=today, user=user)
        records = self.query_one(RecordList)
        if event.edge in ("after", "before"):
            records.extend(event.edge, self._rows(page), more=page.more)
        else:
            records.show(self._rows(page), more=page.more, edge=event.edge)

    def _rows(self, page: Page[DueMarker]) -> list[Row]:
        self._due |= {each.line.id: each for each in page.lines}
        return [self._row(each) for each in page.lines]

    def _row(self, each: DueMarker) -> Row:
        line, today = each.line, self.desk.clock.today()
        state = _("proposed")
        if line.review_on and not line.waiting:
            state = home.due_words(line.review_on, today)
        overdue = "overdue" if line.overdue(today) and not line.waiting else ""
        called = line.kind.called if line.kind else line.flag
        return Row(line.id, (state, called, each.name), place=each.place, mark=overdue)

    @on(RecordList.Chosen)
    async def _chosen(self, event: RecordList.Chosen) -> None:
        due = self._due[event.row.key]
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
            self.desk.open_person(line.person_id)
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
        self.notify(_("Marker changed"), markup=False)
        self.load()
