"""What the keys of a booking do: a letter for each event of its life and for all else."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import N_, _
from deskapp.roles import Act, User, may
from deskapp.screens.base import Entry
from deskapp.services.interpreters import steps
from deskapp.services.interpreters.bookings import AHEAD, FINAL, Status
from deskapp.services.interpreters.codes import Code, words
from deskapp.services.interpreters.life import EVENT_LABELS, MOVES, Event
from deskapp.services.interpreters.record import BookingRecord

LETTERS = {
    Event.SEND: "S",
    Event.ASSIGN: "I",
    Event.SUPPLIER_CANNOT_FILL: "U",
    Event.CANCEL_BY_COURT: "X",
    Event.CONFIRM: "F",
    Event.SUPPLIER_WITHDRAWS: "W",
    Event.ARRIVE: "A",
    Event.MARK_NO_SHOW: "N",
    Event.SIGN_OFF: "S",
    Event.CUSTOMER_ABSENT: "M",
    Event.REOPEN: "R",
    Event.CORRECT: "K",
}
"""The letter of each event; of two that share one, never both begin where a booking stands."""
_FIRST = (Event.SEND, Event.ASSIGN, Event.CONFIRM, Event.ARRIVE, Event.SIGN_OFF, Event.REOPEN)
"""What usually comes next stands before everything else."""
CHANGE, SECOND, LINK, UNLINK, REPLACE = "change", "second", "link", "unlink", "replace"
BREAK, BACK, RELEASE, AGREE, PAPER = "break", "back", "release", "agree", "paper"
COMPLAIN, PROVEN, DECIDE, GO, SCRIPT = "complain", "proven", "decide", "go", "script"
_OTHERS = {
    CHANGE: ("E", N_("Change")),
    SECOND: ("2", N_("Ask for a second person")),
    LINK: ("H", N_("Add a hearing")),
    UNLINK: ("O", N_("Take a hearing off")),
    REPLACE: ("B", N_("Book again in its place")),
    BREAK: ("B", N_("Break begins")),
    BACK: ("B", N_("Back from the break")),
    RELEASE: ("L", N_("Released: may go")),
    AGREE: ("G", N_("The interpreter agrees to the timesheet")),
    PAPER: ("T", N_("Timesheet and job reference, to print")),
    COMPLAIN: ("P", N_("Complaint")),
    PROVEN: ("V", N_("Was a complaint proven?")),
    DECIDE: ("D", N_("The double booking is settled")),
    GO: ("1", N_("Go to a hearing or booking that belongs to it")),
    SCRIPT: ("9", N_("What to know: who is entitled, how to book")),
}
"""What else can be done: its letter and untranslated name."""
AGAIN = FINAL - {Status.FULFILLED, Status.CUSTOMER_DID_NOT_ATTEND}
"""Nobody came: another booking may take its place."""


def entries(shown: BookingRecord, user: User, open_complaints: bool) -> list[Entry]:
    """Everything that begins where the booking stands, the possible first."""
    found = [
        Entry(
            LETTERS[event],
            _(EVENT_LABELS[event]),
            event.value,
            "" if event in shown.may else _why_not(event, user),
        )
        for status, event in MOVES
        if status is shown.line.status
    ]
    found += [
        Entry(_OTHERS[name][0], _(_OTHERS[name][1]), name)
        for name in _others(shown, user, open_complaints=open_complaints)
    ]
    return sorted(found, key=lambda entry: (bool(entry.why_not), entry.value not in _FIRST))


def _why_not(event: Event, user: User) -> str:
    """Why an event that begins here cannot be brought about now."""
    act = Act.WORK_BOOKINGS
    if event is Event.CORRECT:
        act = Act.MANAGE_BOOKINGS
    elif event in steps.NOT_BEFORE_THE_DAY:
        act = Act.ATTEND_BOOKINGS
    if not may(user, act):
        return words(Code.ROLE)
    if event in steps.NOT_BEFORE_THE_DAY:
        return steps.too_early()
    return _("The hearing has begun: book again in its place.")


def _others(shown: BookingRecord, user: User, *, open_complaints: bool) -> Iterator[str]:
    line = shown.line
    works, here = may(user, Act.WORK_BOOKINGS), line.status is Status.IN_ATTENDANCE
    if works and line.status in AHEAD:
        yield from (CHANGE, SECOND)
    if works and line.status in AHEAD | {Status.IN_ATTENDANCE}:
        yield LINK
        if len(line.hearings) > 1:
            yield UNLINK
    if works and line.status in AGAIN:
        yield REPLACE
    if here and may(user, Act.ATTEND_BOOKINGS):
        if shown.breaks and shown.breaks[-1][1] is None:
            yield BACK
        elif line.released_at is None:
            yield BREAK
        if line.released_at is None:
            yield RELEASE
    if shown.sheets and not shown.sheets[0].acknowledged_by and not here:
        yield AGREE
    if line.status not in (Status.DRAFT, Status.REQUESTED):
        yield PAPER
    if line.status is not Status.DRAFT and may(user, Act.ATTEND_BOOKINGS):
        yield COMPLAIN
    if may(user, Act.MANAGE_BOOKINGS):
        if open_complaints:
            yield PROVEN
        if line.conflict and not shown.seen_by:
            yield DECIDE
    if line.hearings or shown.replaced_by or shown.team or line.parent_id:
        yield GO
    yield SCRIPT
