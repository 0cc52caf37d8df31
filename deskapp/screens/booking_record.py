"""A booking: how it stands, what may be done with it now, and everything that was done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import booking_actions, booking_page, booking_start, interpreter_desk
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.booking_moves import BookingMoves, Work
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds
from deskapp.services.hearings import lines as hearing_lines
from deskapp.services.interpreters import (
    act,
    attendance,
    book,
    changing,
    codes,
    complaints,
    drafts,
    filling,
    record,
)
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.life import Event
from deskapp.services.interpreters.record import BookingRecord
from deskapp.services.paging import Want

UNSURE = frozenset({Status.DRAFT, Status.REQUESTED})
"""Nobody is named yet: what speaks against a request can still be changed."""
MOST_OFFERED = 200
"""Hearings of the day that can be added."""


class BookingScreen(BookingMoves):
    """One booking; its letters do what they stand before."""

    HEADING: ClassVar[str] = N_("Booking record")
    HELP: ClassVar[str] = N_(
        "The letters under What may be done are keys; below them stands what cannot be done now and"
        " why. Enter shows everything. On the day: A the interpreter has arrived, B a break begins"
        " or ends, L they may go, S both sign the timesheet, N nobody came, M the customer did not"
        " come. T shows the timesheet with the job reference to print.\n\nS sends a draft, I enters"
        " who comes, F confirms, X cancels and shows how late that is. Interpreters are shared by"
        " adding a hearing with H, never by a second booking. What has ended is not used again: B"
        " books in its place, both stay linked. A team leader corrects a signed timesheet with K;"
        " the old one stays. Nothing is ever deleted."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "contact.script", "screen.back")

    async def parts(self) -> Sequence[Text]:
        acting, read = interpreter_desk.acting(self.desk), self.desk.store.read
        shown = await read(record.record, self.record_id, acting)
        waiting = await read(complaints.open_ones, self.record_id, user=self.desk.user)
        self.shown = shown
        self.entries = booking_actions.entries(shown, self.desk.user, open_complaints=bool(waiting))
        warned = await self._look_at(shown, acting)
        return list(booking_page.parts(shown, acting, self.entries, warned))

    async def _look_at(self, shown: BookingRecord, acting: Acting) -> list[str]:
        """What should be looked at before the day; of a draft also what stops the request."""
        status = shown.line.status
        if status not in UNSURE or not may(self.desk.user, Act.WORK_BOOKINGS):
            return []
        draft = await self.desk.store.read(filling.as_draft, self.record_id, acting)
        found = drafts.check(draft, acting)
        stops = found.errors if status is Status.DRAFT else []
        return [codes.words(code) for code in (*stops, *found.warnings)]

    async def action_script(self) -> None:
        """Show what to know about interpreters and who is entitled to one."""
        booking_start.show_script(self.desk)

    # -- what was chosen ------------------------------------------------------------------

    async def chosen(self, answer: str) -> None:
        assert self.shown is not None
        if answer in list(Event):
            await self.bring_about(Event(answer))
        elif answer == booking_actions.CHANGE:
            await booking_start.change(self.desk, self.shown.line)
        elif answer == booking_actions.REPLACE:
            await booking_start.replace(self.desk, self.shown.line)
        elif answer == booking_actions.PAPER:
            from deskapp.screens.timesheet_paper import TimesheetPaperScreen

            await self.app.push_screen(TimesheetPaperScreen(self.record_id))
        elif answer == booking_actions.SCRIPT:
            await self.action_script()
        else:
            await self._by_question(answer)

    async def _by_question(self, answer: str) -> None:
        """Do what is asked for by a question, or needs none."""
        match answer:
            case booking_actions.SECOND:
                self.act(book.second)
            case booking_actions.BREAK | booking_actions.BACK:
                self.act(attendance.take_break)
            case booking_actions.RELEASE:
                self.act(attendance.release)
            case booking_actions.LINK:
                await self._pick_hearing()
            case booking_actions.UNLINK:
                await self._pick_served()
            case booking_actions.AGREE:
                await self.agree()
            case booking_actions.COMPLAIN:
                await self.complain()
            case booking_actions.PROVEN:
                await self._ask_proven()
            case booking_actions.DECIDE:
                await self._ask_settled()
            case booking_actions.GO:
                await self._pick_linked()

    # -- hearings -------------------------------------------------------------------------

    @says
    async def _pick_hearing(self) -> None:
        """Ask which hearing of that day the interpreter serves as well."""
        assert self.shown is not None
        line = self.shown.line
        want = Want(limit_rows=MOST_OFFERED)
        page = await self.desk.store.read(
            hearing_lines.of_day, line.site, line.day, want, user=self.desk.user
        )
        served = {each.hearing_id for each in line.hearings}
        offered = [Line(each.id, each.words) for each in page.lines if each.id not in served]
        await self._pick(_("Which hearing of that day as well?"), offered, changing.add_hearing)

    async def _pick_served(self) -> None:
        assert self.shown is not None
        served = self.shown.line.hearings
        offered = [Line(each.hearing_id, booking_page.served_words(each)) for each in served]
        await self._pick(_("Which hearing no longer?"), offered, changing.take_off_hearing)

    async def _pick(self, question: str, offered: list[Line], work: Work) -> None:
        def picked(hearing_id: str | None) -> None:
            if hearing_id:
                self.act(work, hearing_id)

        await self.app.push_screen(Pick(question, offered), picked)

    async def _pick_linked(self) -> None:
        """Go to a hearing or booking that belongs to it; a single one needs no question."""
        assert self.shown is not None
        line = self.shown.line
        found = [
            Line(f"{kinds.HEARING}:{each.hearing_id}", booking_page.served_words(each))
            for each in line.hearings
        ]
        others = [*self.shown.replaced_by, *self.shown.team]
        found += [
            Line(f"{kinds.BOOKING}:{each.id}", booking_page.kin_words(each)) for each in others
        ]
        if line.parent_id:
            found.append(Line(f"{kinds.BOOKING}:{line.parent_id}", _("The booking it replaces")))

        def picked(what: str | None) -> None:
            kind, _colon, record_id = (what or "").partition(":")
            if record_id:
                self.desk.open(kind, record_id)

        if len(found) == 1:
            picked(found[0].value)
        else:
            await self.app.push_screen(Pick(_("Which one?"), found), picked)

    # -- team leaders ---------------------------------------------------------------------

    async def _ask_settled(self) -> None:
        question = _("What was agreed with the other court?")
        await self.ask_line(question, partial(self.act, act.decide_conflict))

    @says
    async def _ask_proven(self) -> None:
        """Ask whether the oldest complaint that is open was proven, and why."""
        read, user = self.desk.store.read, self.desk.user
        [complaint_id, *_others] = await read(complaints.open_ones, self.record_id, user=user)
        entries = [
            Entry("Y", _("Yes: it is counted"), "yes"),
            Entry("N", _("No: it was not proven"), "no"),
        ]

        async def answered(answer: str | None) -> None:
            if answer:
                then = partial(self.decide, complaint_id, answer == "yes")
                await self.ask_line(_("On what does that rest?"), then)

        await self.desk.ask(_("Was the complaint proven?"), entries, answered)

    @saves
    async def decide(self, complaint_id: str, proven: bool, reason: str) -> None:
        """Write down whether a complaint was proven."""
        await self.desk.store.write(
            complaints.decide,
            interpreter_desk.acting(self.desk),
            self.record_id,
            complaint_id,
            proven=proven,
            reason=reason,
            event_id=new_id(),
        )
        self.load()
