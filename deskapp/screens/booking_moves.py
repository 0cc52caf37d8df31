"""What is done with a booking on its record: a letter, then at most a question and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.errors import DeskError, FormProblemsError
from deskapp.i18n import N_, _, clock_time, day
from deskapp.screens import booking_assign, booking_start, filled_in, interpreter_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, saves, say_saved, says
from deskapp.screens.booking_complaint import BookingComplaintScreen
from deskapp.screens.booking_fields import lettered
from deskapp.screens.lettered import LetteredRecord
from deskapp.services import drafts
from deskapp.services.interpreters import act, attendance, codes, notice, sheet_drafts, signing
from deskapp.services.interpreters.bookings import IDENTITY_LABELS
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.notice import CANCEL_LABELS, CANCEL_REASONS
from deskapp.services.interpreters.record import BookingRecord
from deskapp.services.interpreters.twice import FOLD_LABELS

IDENTITY_LETTERS = "crpkv"
EARLIER = "earlier"
REASON_LETTERS = "gavlpwrdo"
"""Of the reasons of a cancellation, in their order."""
_ASKED = {
    Event.SUPPLIER_CANNOT_FILL: (act.cannot_fill, N_("What did the supplier say?"), True),
    Event.SUPPLIER_WITHDRAWS: (act.withdraw, N_("What did the supplier say?"), True),
    Event.MARK_NO_SHOW: (act.no_show, N_("Was anything heard of the interpreter?"), False),
    Event.REOPEN: (act.reopen, N_("Why is it asked for again?"), False),
    Event.CORRECT: (signing.correct, N_("What is wrong with the timesheet?"), True),
}
"""Events that ask for a line: what they do, the question, and whether it must be answered."""

Work = Callable[..., BookingLine]


class BookingMoves(LetteredRecord):
    """A record of a booking on which the events of its life are brought about."""

    shown: BookingRecord | None = None
    """None until it was read."""

    async def bring_about(self, event: Event) -> None:
        """Bring an event about, asking what it needs.

        Raises:
            DeskError: If it cannot be.
        """
        assert self.shown is not None
        line = self.shown.line
        match event:
            case Event.SEND:
                self.act(act.send)
            case Event.ASSIGN:
                await self._name_who_comes(line)
            case Event.CONFIRM:
                await self._confirm(line)
            case Event.CANCEL_BY_COURT:
                await self._cancel(line)
            case Event.ARRIVE:
                await self._arrive()
            case Event.SIGN_OFF | Event.CUSTOMER_ABSENT:
                await self._timesheet(event)
            case _:
                work, question, needed = _ASKED[event]
                hint = "" if needed else _("May stay empty")
                await self.ask_line(_(question), partial(self.act, work), hint=hint)

    async def ask_line(
        self, question: str, then: Callable[[str], Any], *, hint: str = "", text: str = ""
    ) -> None:
        """Ask for a line of text, already translated; ``then`` gets it. Esc changes nothing."""

        def answered(typed: str | None) -> None:
            if typed is not None:
                then(typed)

        await self.app.push_screen(AskLine(question, hint, text), answered)

    # -- each event -----------------------------------------------------------------------

    @says
    async def _name_who_comes(self, line: BookingLine) -> None:
        from deskapp.screens.booking_assign import AssignScreen

        kept = await self.desk.begun(drafts.BOOKING_ASSIGN, line.id)
        first = booking_assign.first_values(line)
        draft = kept or self.desk.new_draft(drafts.BOOKING_ASSIGN, first)
        await self.app.push_screen(AssignScreen(draft))

    async def _confirm(self, line: BookingLine) -> None:
        if line.supplier_ref:
            self.act(act.confirm)
            return
        question = _("Reference of the supplier, which the interpreter asks for on the day")
        await self.ask_line(question, self._confirmed, hint=_("May stay empty"))

    def _confirmed(self, supplier_ref: str) -> None:
        self.act(act.confirm, supplier_ref=supplier_ref)

    async def _cancel(self, line: BookingLine) -> None:
        """Say how late it is and ask why; never an amount of money."""
        acting = interpreter_desk.acting(self.desk)
        settings, calendar = acting.settings, acting.calendar(line.site)
        cutoff = notice.cutoff(
            line.starts_at,
            settings.cancel_working_days_before,
            settings.cancel_cutoff_time,
            calendar,
        )
        how_late = notice.cancel_class(line.starts_at, acting.now, cutoff)
        question = _("{how_late}: in time was until {day} {time}. Why is it cancelled?").format(
            how_late=_(CANCEL_LABELS[how_late]),
            day=day(local(cutoff).date()),
            time=clock_time(local(cutoff)),
        )
        reasons = zip(REASON_LETTERS, CANCEL_REASONS.items(), strict=True)
        entries = [Entry(letter.upper(), _(label), code) for letter, (code, label) in reasons]

        async def answered(reason: str | None) -> None:
            if reason == act.OTHER:
                await self.ask_line(
                    _("Why is it cancelled?"), partial(self.act, act.cancel, reason)
                )
            elif reason:
                self.act(act.cancel, reason, "")

        await self.desk.ask(question, entries, answered)

    async def _arrive(self) -> None:
        """Ask how it was checked who came; they are here from now on, or from when is typed."""
        entries = lettered(IDENTITY_LABELS, IDENTITY_LETTERS)
        earlier = Entry("0", _("They came earlier: type when"), EARLIER)
        question = _("Here now. How was the identity checked?")
        await self.desk.ask(question, [*entries, earlier], self._arrived)

    async def _arrived(self, identity: str | None) -> None:
        if identity == EARLIER:
            await self.ask_line(_("When did they come?"), self._came, hint=_("Like 9:50"))
        elif identity:
            self.act(attendance.arrive, identity=identity)

    def _came(self, at: str) -> None:
        """Ask how the identity of somebody was checked who came at a time."""

        def answered(identity: str | None) -> None:
            if identity:
                self.act(attendance.arrive, identity=identity, at=at)

        entries = lettered(IDENTITY_LABELS, IDENTITY_LETTERS)
        question = _("How was the identity checked?")
        self.call_later(self.desk.ask, question, entries, answered)

    @says
    async def _timesheet(self, event: Event) -> None:
        from deskapp.screens import timesheet_form

        form = f"{drafts.TIMESHEET}:{event}"
        kept = await self.desk.begun(form, self.record_id)
        if kept is None:
            acting, read = interpreter_desk.acting(self.desk), self.desk.store.read
            sheet = await read(sheet_drafts.as_draft, self.record_id, acting)
            kept = self.desk.new_draft(form, timesheet_form.first_values(self.record_id, sheet))
        await self.app.push_screen(timesheet_form.TimesheetScreen(kept))

    async def agree(self) -> None:
        """Take the agreement of the interpreter to a timesheet that was signed before."""
        assert self.shown is not None
        question = _("The interpreter looks at the timesheet and agrees. Name:")
        await self.ask_line(
            question, partial(self.act, signing.acknowledge), text=self.shown.line.interpreter
        )

    @says
    async def complain(self) -> None:
        """Show the form of a complaint; one about the booking goes on in the complaints desk."""
        form = drafts.BOOKING_COMPLAINT
        kept = await self.desk.begun(form, self.record_id)
        first = {**filled_in.begun({}), drafts.RECORD: self.record_id}
        screen = BookingComplaintScreen(kept or self.desk.new_draft(form, first))

        await self.app.push_screen(screen, partial(self._complained, screen))

    @says
    async def _complained(self, form: BookingComplaintScreen, booking_id: str | None) -> None:
        if booking_id and form.goes_on:
            await booking_start.complain(self.desk, booking_id, form.values["details"])

    async def _ask_which(self, work: Work, named: Mapping[str, str]) -> None:
        """Ask which of two is meant, where the clocks show a typed time twice."""

        def answered(fold: str | None) -> None:
            if fold:
                self.act(work, **{**named, "fold": fold})

        entries = lettered(FOLD_LABELS, "fs")
        await self.desk.ask(codes.words(Code.TIME_AMBIGUOUS), entries, answered)

    # -- writing --------------------------------------------------------------------------

    @saves
    async def act(self, work: Work, *given: str, **named: str) -> None:
        """Write one step, and show the booking as it is then."""
        acting = interpreter_desk.acting(self.desk)
        try:
            line = await self.desk.store.write(
                work, acting, self.record_id, *given, event_id=new_id(), **named
            )
        except FormProblemsError as error:
            told = dict.fromkeys(each.message for each in error.problems)
            if codes.words(Code.TIME_AMBIGUOUS) in told and "at" in named:
                await self._ask_which(work, named)
                return
            raise DeskError("\n".join(told)) from error
        say_saved(self.app, f"{line.ref} {line.state}")
        self.load()
