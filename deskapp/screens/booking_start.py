"""How a booking is begun: from the list, from a hearing, in place of one that failed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from deskapp.i18n import _, day
from deskapp.roles import Act, require
from deskapp.screens import filled_in, interpreter_desk
from deskapp.screens.base import Entry, says
from deskapp.services import drafts, kinds
from deskapp.services.drafts import Draft
from deskapp.services.hearings import stored as hearings
from deskapp.services.hearings.stored import Hearing
from deskapp.services.interpreters import complaints, filling, lines
from deskapp.services.interpreters.bookings import Kind
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.lines import BookingLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

SCRIPT = "interpreter-booking-desk"
"""The article with what to know and who is entitled; deskapp does not decide that."""
MOST_PARTIES = 8
ANOTHER = "another"
"""Answers that another booking is wanted for a hearing."""


def show_script(desk: DeskApp) -> None:
    """Show what to know about interpreters and who is entitled to one."""
    desk.open("article", SCRIPT)


@says
async def begin(desk: DeskApp) -> None:
    """Show the form of a booking that hangs on no hearing yet, or the one begun before."""
    require(desk.user, Act.WORK_BOOKINGS)
    waiting = await desk.store.read(drafts.waiting, desk.user.id)
    own = [
        each
        for each in waiting
        if each.form == drafts.BOOKING
        and not each.values.get("hearings")
        and not each.values.get(drafts.RECORD)
    ]
    first = {"day": day(desk.clock.today())} if not own else {}
    await _show(desk, own[-1] if own else _new(desk, BookingDraft(), **first))


@says
async def for_hearing(desk: DeskApp, hearing_id: str) -> None:
    """Show the form of a booking for a hearing, filled in; whom it is for is asked where there are
    several. Where the hearing has a booking already, that is offered first.
    """
    require(desk.user, Act.WORK_BOOKINGS)
    there = await desk.store.read(lines.of_hearings, [hearing_id], user=desk.user)
    booked = there.get(hearing_id, [])
    if not booked:
        await _ask_party(desk, hearing_id)
        return
    entries = [
        Entry(str(at), f"{line.ref} {line.language}, {line.state}", line.id)
        for at, line in enumerate(booked[:9], 1)
    ]
    entries.append(Entry("B", _("Book another"), ANOTHER))

    await desk.ask(
        _("This hearing has a booking already."), entries, partial(_another, desk, hearing_id)
    )


@says
async def _another(desk: DeskApp, hearing_id: str, answer: str | None) -> None:
    """Open a booking that is there, or book another."""
    if answer == ANOTHER:
        await _ask_party(desk, hearing_id)
    elif answer:
        desk.open(kinds.BOOKING, answer)


async def _ask_party(desk: DeskApp, hearing_id: str) -> None:
    """Ask whom it is for, where the list names several."""
    hearing = await desk.store.read(hearings.read, hearing_id, user=desk.user)
    if len(hearing.parties) < 2:
        await _show_for(desk, hearing, 0)
        return
    named = enumerate(hearing.parties[:MOST_PARTIES], 1)
    entries = [Entry(str(at), party.words, str(at)) for at, party in named]
    entries.append(Entry("0", _("Somebody else"), "0"))

    async def answered(answer: str | None) -> None:
        if answer:
            await _show_for(desk, hearing, int(answer) - 1)

    await desk.ask(_("For whom?"), entries, answered)


@says
async def _show_for(desk: DeskApp, hearing: Hearing, party: int) -> None:
    waiting = await desk.store.read(drafts.waiting, desk.user.id)
    begun = [
        each
        for each in waiting
        if each.form == drafts.BOOKING and each.values.get("hearings") == hearing.id
    ]
    if begun:
        await _show(desk, begun[-1])
        return
    acting = interpreter_desk.acting(desk)
    draft = await desk.store.read(filling.for_hearing, hearing.id, acting, party=party)
    await _show(desk, _new(desk, draft, about=hearing.words))


@says
async def change(desk: DeskApp, line: BookingLine) -> None:
    """Show the form of a booking that is there, to change it."""
    await _from_booking(desk, line, replaces=False)


@says
async def replace(desk: DeskApp, line: BookingLine) -> None:
    """Show the form of a booking in place of one that failed."""
    await _from_booking(desk, line, replaces=True)


async def _from_booking(desk: DeskApp, line: BookingLine, *, replaces: bool) -> None:
    require(desk.user, Act.WORK_BOOKINGS)
    kept = None if replaces else await desk.begun(drafts.BOOKING, line.id)
    if kept is None:
        acting = interpreter_desk.acting(desk)
        known = await desk.store.read(
            filling.again if replaces else filling.as_draft, line.id, acting
        )
        about = "  ".join(
            " ".join(filter(None, (each.start, each.room, each.case_ref))) for each in line.hearings
        )
        kept = _new(desk, known, about=about, **({} if replaces else {drafts.RECORD: line.id}))
    await _show(desk, kept)


async def complain(desk: DeskApp, booking_id: str, details: str) -> None:
    """Show the form of a complaint to HMCTS about a booking, with what was written down."""
    from deskapp.screens import complaint_start

    values = await desk.store.read(complaints.handover, booking_id, details, user=desk.user)
    await complaint_start.from_values(desk, values)


def _new(desk: DeskApp, draft: BookingDraft, **values: str) -> Draft:
    """A form that begins with a booking; days stand in it as people write them."""
    known = {name: value for name, value in vars(draft).items() if value}
    if not draft.language and draft.kind == Kind.SPOKEN:
        del known["kind"]  # it follows the language, which is typed now
    if draft.day:
        known["day"] = day(dt.date.fromisoformat(draft.day))
    kept = {name: value for name, value in values.items() if name == drafts.RECORD}
    shown = {name: value for name, value in values.items() if name != drafts.RECORD}
    return desk.new_draft(drafts.BOOKING, {**filled_in.begun({**known, **shown}), **kept})


async def _show(desk: DeskApp, draft: Draft) -> None:
    from deskapp.screens.booking_form import BookingFormScreen

    async def closed(booking_id: str | None) -> None:
        if booking_id and not draft.values.get(drafts.RECORD):
            desk.open(kinds.BOOKING, booking_id)

    await desk.push_screen(BookingFormScreen(draft), closed)
