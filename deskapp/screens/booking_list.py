"""What lists of bookings share: their columns and rows, and what they give to Find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import N_, _, appointment
from deskapp.roles import Act, may
from deskapp.screens import interpreter_desk
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.services import kinds
from deskapp.services.interpreters import finding
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.cues import Level, cue
from deskapp.services.interpreters.lines import BookingLine
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COLUMNS = (
    Column(N_("When and where"), 24, wide=32),
    Column(N_("Language"), 11, wide=22),
    Column(N_("What stands out, or state")),
    Column(N_("Who comes"), 15, wide=26, optional=True),
)


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Bookings, for Find."""
    if not may(desk.user, Act.READ_BOOKINGS):
        return []
    acting = await interpreter_desk.acting_first(desk)
    limit = FOUND_ROWS + 1
    known = await desk.store.read(finding.find, words, user=desk.user, limit_rows=limit)
    told = []
    for line in known[:FOUND_ROWS]:
        time, language, state, who = row(line, acting).cells
        what = f"{line.ref} {language} {time}"
        told.append((line.id, what, ", ".join(filter(None, (state, who)))))
    more = [all_of_them("bookings", _("Booking"), words)] if len(known) > FOUND_ROWS else []
    return rows(kinds.BOOKING, _("Booking"), told) + more


def row(line: BookingLine, acting: Acting) -> Row:
    """A booking as a row of a list."""
    stands_out = cue(line, acting)
    cells = (when(line, acting), line.language, stands_out.words or line.state, line.interpreter)
    mark = "overdue" if stands_out.level is Level.RED else ""
    return Row(line.id, cells, place=line.place, mark=mark)


def when(line: BookingLine, acting: Acting) -> str:
    """When a booking is, by the clock, and where: from when to when today, else the day."""
    times = f"{line.start:%H:%M}-{line.end:%H:%M}"
    if line.day != acting.today:
        times = appointment(local(line.starts_at))
    return f"{times} {line.room}".rstrip()
