"""A complaint: where it stands and what may be done with it, by whom."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import complaint_actions, complaint_desk, complaint_page, complaint_papers
from deskapp.screens.base import Entry, RecordScreen, reads, saves, say_saved, says
from deskapp.screens.pick import Line, Pick
from deskapp.services import drafts, kinds, link_lines
from deskapp.services.complaints import act, involved, record
from deskapp.services.complaints.asks import ASKS
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Status
from deskapp.services.complaints.moves import MOVES, Offer, Why
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.link_lines import LinkLine
from deskapp.services.links import Link
from deskapp.widgets.record_page import RecordPage

ASSIGNS = (Code.ASSIGN, Code.REASSIGN)


class ComplaintRecordScreen(RecordScreen):
    """One complaint; its letters and figures do what they stand before."""

    HEADING: ClassVar[str] = N_("Complaint record")
    HELP: ClassVar[str] = N_(
        "The letters under What may be done are keys; below them stands what cannot be done now and"
        " why. Enter shows everything that can be done, the rare as well: redirect, split, put"
        " right, flags, authority, duplicates. F9 explains the due date day by day. F5 adds a note."
        " Ctrl+R shows who changed what, and what two desks did that clashes. Ctrl+O shows the"
        " person. 1 has letters, the OPTIC fields and the hand-over pack.\n\nNothing is ever"
        " deleted: every step stays in the history, with who took it and when. What is said about"
        " staff is seen by few, and who looked is kept."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "case.act",
        "complaint.dates",
        "complaint.changes",
        "record.note",
        "record.person",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new", "app.go", "record.person")

    def __init__(self, complaint_id: str) -> None:
        super().__init__()
        self._complaint_id = complaint_id
        self._shown: ComplaintRecord | None = None
        self._links: list[LinkLine] = []
        self._entries: list[Entry] = []

    def body(self) -> ComposeResult:
        yield RecordPage()

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Read the complaint again; that somebody looked is kept once."""
        acting = await complaint_desk.acting_first(self.desk)
        if self._shown is None:
            shown = await self.desk.store.write(record.look, acting, self._complaint_id)
        else:
            shown = await self.desk.store.read(record.record, acting, self._complaint_id)
        link = Link(kinds.COMPLAINT, self._complaint_id)
        of_cases = await self.desk.acting()
        self._links = await self.desk.store.read(link_lines.lines, of_cases, link)
        self._shown = shown
        moves = complaint_actions.entries(shown.offers, acting.user)
        others = complaint_actions.elsewhere(shown, self._links)
        self._entries = sorted([*moves, *others], key=lambda entry: bool(entry.why_not))
        on_page = complaint_actions.on_page(self._entries)
        page = self.query_one(RecordPage)
        page.show(*complaint_page.parts(shown, acting, on_page, self._links))
        page.focus()

    # -- keys -----------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """A letter or figure of the page does what it stands before."""
        pressed = (event.character or "").upper()
        for entry in self._entries:
            if pressed and pressed == entry.letter:
                event.stop()
                await self._chosen(entry.value)

    async def action_act(self) -> None:
        """Show everything that can be done, and why something cannot."""
        if self._shown:
            await self.desk.ask(_("What do you want to do?"), self._entries, self._chosen)

    async def action_note(self) -> None:
        """Add a note to the history."""
        await self._chosen(Code.NOTE)

    async def action_dates(self) -> None:
        """Explain the due date day by day."""
        from deskapp.screens.complaint_dates import ComplaintDatesScreen

        await self.app.push_screen(ComplaintDatesScreen(self._complaint_id))

    async def action_changes(self) -> None:
        """Show who changed what, and what clashes."""
        from deskapp.screens.complaint_changes import ComplaintChangesScreen

        await self.app.push_screen(ComplaintChangesScreen(self._complaint_id))

    def action_person(self) -> None:
        """Show the person who complains."""
        if self._shown and self._shown.given.person_id:
            self.desk.open(kinds.PERSON, self._shown.given.person_id)
        else:
            self.notify(_("Nobody is named on this complaint."), markup=False)

    @says
    async def _chosen(self, answer: str | None) -> None:
        if not answer or not self._shown:
            return
        if answer == complaint_actions.PAPERS:
            await complaint_papers.ask(self.desk, self._complaint_id)
        elif answer == complaint_actions.LINKED:
            await self._pick_linked()
        elif answer.startswith(complaint_actions.OFFERS):
            await complaint_actions.offer(self.desk, self._shown, answer)
        else:
            await self._move(self._shown, Code(answer))

    # -- moves ----------------------------------------------------------------------------

    async def _move(self, shown: ComplaintRecord, code: Code) -> None:
        """Make a move, ask what it needs, or say why it cannot be made and by whom it can."""
        offer = next((each for each in shown.offers if each.move.code is code), None)
        if offer is None:
            return
        if offer.refusals:
            await self._refuse(shown, offer)
        elif code is Code.ASSIGN:
            await self._assign(shown)
        elif ASKS[code]:
            await self._begin(shown, code)
        else:
            await self._confirm(code)

    async def _refuse(self, shown: ComplaintRecord, offer: Offer) -> None:
        """Say why not; where somebody else could, who that is."""
        words = " ".join(each.words for each in offer.refusals)
        if any(each.why in (Why.PERSON, Why.ROLE) for each in offer.refusals):
            await self._tell_who(shown, words)
        else:
            self.notify(words, severity="warning", markup=False)

    async def _tell_who(self, shown: ComplaintRecord, why: str) -> None:
        """Say who can do what this person cannot; a team leader gives it to one of them at once."""
        number = shown.complaint.stage.number
        able = await self.desk.store.read(involved.able, shown.complaint, number)
        others = [each for each in able if each[0] != self.desk.user.id]
        given = next(
            (each.move.code for each in shown.offers
             if each.move.code in ASSIGNS and not each.refusals),
            None,
        )  # fmt: skip
        entries = [
            Entry(str(at), name, officer_id) for at, (officer_id, name) in enumerate(others[:9], 1)
        ]
        if not entries:
            entries = [Entry("N", _("Nobody on this desk: ask a team leader elsewhere"), "")]
        question = _("{why} These can:").format(why=why)

        async def picked(officer_id: str | None) -> None:
            if officer_id and given is Code.ASSIGN:
                self.act(Code.ASSIGN, owner=officer_id)
            elif officer_id and given is Code.REASSIGN:
                await self._begin(shown, Code.REASSIGN, owner=officer_id)
            elif officer_id:
                told = _("Tell {name}: a team leader gives it to somebody.")
                self.notify(told.format(name=dict(others)[officer_id]), markup=False)

        await self.desk.ask(question, entries, picked)

    async def _assign(self, shown: ComplaintRecord) -> None:
        """Take it, or let a team leader pick who looks after it."""
        user, number = self.desk.user, shown.complaint.stage.number
        able = await self.desk.store.read(involved.able, shown.complaint, number)
        if not may(user, Act.MANAGE_COMPLAINTS):
            if user.id in dict(able):
                self.act(Code.ASSIGN)
            else:
                await self._tell_who(shown, _("You cannot answer this stage."))
            return

        def picked(officer_id: str | None) -> None:
            if officer_id:
                self.act(Code.ASSIGN, owner=officer_id)

        lines = [Line(officer_id, name) for officer_id, name in able]
        await self.app.push_screen(Pick(_("Who looks after it from now on?"), lines), picked)

    async def _confirm(self, code: Code) -> None:
        """Make a move that asks for nothing, after a yes."""
        title = _(MOVES[code].label)
        entries = [Entry("Y", title, "yes"), Entry("N", _("No, not now"), "")]
        question = _("{what}: this stays in the history. Go on?").format(what=title)

        def yes(answer: str | None) -> None:
            if answer:
                self.act(code)

        await self.desk.ask(question, entries, yes)

    @says
    async def _begin(self, shown: ComplaintRecord, code: Code, **texts: str) -> None:
        """Show the form of a move, or take up the one begun before."""
        from deskapp.screens.complaint_move import ComplaintMoveScreen, first_values

        name = f"{drafts.COMPLAINT_MOVE}:{code}"
        kept = await self.desk.begun(name, self._complaint_id)
        first = {**first_values(shown, code), **texts, drafts.RECORD: self._complaint_id}
        draft = kept or self.desk.new_draft(name, first)

        async def closed(row_id: str | None) -> None:
            if row_id:
                await self._after(code)

        screen = ComplaintMoveScreen(draft, shown, is_new=kept is None)
        await self.app.push_screen(screen, closed)

    @saves
    async def act(self, code: Code, **values: str) -> None:
        """Make a move that needs no form."""
        acting = complaint_desk.acting(self.desk)
        line = await self.desk.store.write(
            act.take, acting, self._complaint_id, code, values, event_id=new_id()
        )
        say_saved(self.app, f"{line.ref} {_(MOVES[code].label)}")
        self.load()
        await self._after(code)

    @says
    async def _after(self, code: Code) -> None:
        """Offer what usually follows: an answer is closed, what is closed is entered in OPTIC."""
        acting = complaint_desk.acting(self.desk)
        shown = await self.desk.store.read(record.record, acting, self._complaint_id)
        self._shown = shown
        if code in (Code.RESPOND, Code.RESOLVE_ON_CONTACT):
            entries = [
                Entry("Y", _("Close it"), Code.CLOSE),
                Entry("N", _("No: leave it open, the person may come back"), ""),
            ]
            await self.desk.ask(_("Answered. Close it now?"), entries, self._close)
        elif code is Code.CLOSE and shown.complaint.status is Status.AWAITING_OPTIC:
            entries = [
                Entry("E", _("Enter its OPTIC reference, or why it is not needed"), Code.OPTIC),
                Entry("L", _("Later: it waits in the list of OPTIC"), ""),
            ]
            question = _("Closed, and still to be entered in OPTIC.")
            await self.desk.ask(question, entries, self._chosen)

    async def _close(self, answer: str | None) -> None:
        if answer:
            self.act(Code.CLOSE)

    async def _pick_linked(self) -> None:
        """Go to what belongs together with it; a single one needs no question."""
        lines = [
            Line(f"{each.link.table}:{each.link.id}", f"{each.ref} {each.title}")
            for each in self._links
            if each.link.id
        ]

        def picked(what: str | None) -> None:
            table, _colon, record_id = (what or "").partition(":")
            if record_id:
                self.desk.open(table, record_id)

        if len(lines) == 1:
            picked(lines[0].value)
        else:
            await self.app.push_screen(Pick(_("Which one?"), lines), picked)
