"""Making a move on the record of a complaint: its form, its refusal with who can, what follows."""

from __future__ import annotations

from deskapp.data.ids import new_id
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.screens import complaint_asked, complaint_desk
from deskapp.screens.base import Entry, saves, say_saved, says
from deskapp.screens.lettered import LetteredRecord
from deskapp.screens.pick import Line, Pick
from deskapp.services import drafts
from deskapp.services.complaints import act, involved, record
from deskapp.services.complaints.asks import ASKS
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Status
from deskapp.services.complaints.moves import MOVES
from deskapp.services.complaints.permits import Offer, Why
from deskapp.services.complaints.record import ComplaintRecord

ASSIGNS = (Code.ASSIGN, Code.REASSIGN)


class Moves(LetteredRecord):
    """A record of a complaint on which moves are made."""

    shown: ComplaintRecord | None = None
    """None until it was read."""

    async def make_move(self, shown: ComplaintRecord, code: Code) -> None:
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
        from deskapp.screens.complaint_move import ComplaintMoveScreen

        name = f"{drafts.COMPLAINT_MOVE}:{code}"
        kept = await self.desk.begun(name, self.record_id)
        first = {
            **complaint_asked.first_values(shown, code, complaint_desk.acting(self.desk)),
            **texts,
            drafts.RECORD: self.record_id,
        }
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
            act.take, acting, self.record_id, code, values, event_id=new_id()
        )
        say_saved(self.app, f"{line.ref} {_(MOVES[code].label)}")
        self.load()
        await self._after(code)

    @says
    async def _after(self, code: Code) -> None:
        """Offer what usually follows: an answer is closed, what is closed is entered in OPTIC."""
        acting = complaint_desk.acting(self.desk)
        shown = await self.desk.store.read(record.record, acting, self.record_id)
        self.shown = shown
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
            await self.desk.ask(question, entries, self._optic)

    async def _close(self, answer: str | None) -> None:
        if answer:
            self.act(Code.CLOSE)

    @says
    async def _optic(self, answer: str | None) -> None:
        if answer and self.shown:
            await self.make_move(self.shown, Code.OPTIC)
