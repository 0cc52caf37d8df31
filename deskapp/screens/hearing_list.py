"""What lists of hearings share: their columns and rows, and what they give to Find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.i18n import N_, _, day
from deskapp.roles import Act, may
from deskapp.screens import hearing_desk
from deskapp.screens.found import FOUND_ROWS, finds, rows
from deskapp.services import kinds
from deskapp.services.hearings import finding, loose
from deskapp.services.hearings.board import BoardLine
from deskapp.services.hearings.loose import LooseLine
from deskapp.text import one_line
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

ROOM_WIDTH = 12
COLUMNS = (
    Column(N_("Time"), 5),
    Column(N_("Room"), ROOM_WIDTH),
    Column(N_("See"), 3),
    Column(N_("Case and who")),
    Column(N_("State"), 13, wide=18),
    Column(N_("Ready"), 26, wide=44),
)


def row(line: BoardLine) -> Row:
    """A hearing as a row of the board."""
    hearing = line.bearing.hearing
    cells = (
        hearing.start or "--:--",
        room(hearing.room),
        line.marks,
        f"{one_line(hearing.case_ref)} {hearing.who}",
        line.state,
        line.brief,
    )
    return Row(line.id, cells, place=line.place, mark="overdue" if line.red else "")


def loose_row(line: LooseLine) -> Row:
    """A booking that hangs loose as a row of the board: what was booked, and why it is loose."""
    cells = (
        line.local_start[11:],
        room(line.booked_room),
        "",
        f"{one_line(line.case_ref)} {line.interpreter}",
        line.booked.partition("  ")[2],
        line.state,
    )
    return Row(f"{line.hearing_id} {line.booking_id}", cells, mark="overdue")


def room(name: str) -> str:
    """A room in few letters: its end is kept, for there stands the number."""
    shown = one_line(name)
    return shown if len(shown) <= ROOM_WIDTH else "…" + shown[1 - ROOM_WIDTH :]


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Hearings, for Find: of today by case or name, of a case number on any day."""
    if not may(desk.user, Act.READ_HEARINGS):
        return []
    acting = await hearing_desk.acting_first(desk)
    known = await desk.store.read(
        finding.find, acting, desk.user.site, acting.today, words, limit_rows=FOUND_ROWS
    )
    told = [
        (
            line.id,
            f"{one_line(line.bearing.hearing.case_ref)} {line.bearing.hearing.who}",
            f"{day(line.bearing.hearing.day)} {line.bearing.hearing.start} {line.state}",
        )
        for line in known
    ]
    return rows(kinds.HEARING, _("Hearing"), told)


async def loose_rows(desk: DeskApp) -> list[Row]:
    """The bookings that hang loose, from today on."""
    acting = hearing_desk.acting(desk)
    return [loose_row(each) for each in await desk.store.read(loose.page, acting, desk.user.site)]
