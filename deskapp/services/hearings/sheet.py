"""The day sheet of a court: every hearing with what must be ready for it, for paper.

Of markers paper shows symbols alone, never the words: E evacuation help, M measures, S see the
team leader. Source: hearings sheet, section 4; site and safety sheet, section 9.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.i18n import _, weekday
from deskapp.roles import Act
from deskapp.services.hearings import bearings, board, booked, order
from deskapp.services.hearings.board import LISTED
from deskapp.services.hearings.day import READY_LABELS, STATE_LABELS, Ready
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.lines import STATE_LABELS as LIST_LABELS
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.readiness import Bearing
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting

WIDTH = 78
_INDENT = 7


def write(
    connection: Connection, acting: Acting, site: str, on: dt.date, site_name: str
) -> list[str]:
    """The lines of the sheet.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    ids = [each[-1] for each in order.of_day(connection, site, on)]
    legend = _("E evacuation help   M measures   S see the team leader")
    found: list[str] = [f"{site_name}  {weekday(on)}", legend]
    room = None
    for begin in range(0, len(ids), bearings.AT_ONCE):
        for line in board.lines(connection, acting, ids[begin : begin + bearings.AT_ONCE]):
            bearing = line.bearing
            if bearing.hearing.list_state == "removed_from_list":
                continue
            if bearing.hearing.room != room:
                room = bearing.hearing.room
                found += ["", one_line(room) or _("No room given"), "-" * WIDTH]
            found += _hearing(bearing, line.marks)
    loose = booked.without_hearing(connection, site, on, user=acting.user)
    if loose:
        found += ["", _("Booked without a hearing"), "-" * WIDTH]
        for booking in loose:
            found += [*_indented(booking.words), *_indented(_signatures())]
    if room is None and not loose:
        found.append(_("No hearing is listed on this day."))
    return found


def _hearing(bearing: Bearing, marks: str) -> Iterator[str]:
    hearing = bearing.hearing
    state = (
        _(STATE_LABELS[bearing.day.state])
        if hearing.list_state == LISTED
        else _(LIST_LABELS.get(hearing.list_state, hearing.list_state))
    )
    told = (one_line(hearing.case_ref), one_line(hearing.hearing_type), state, marks)
    yield f"{hearing.start or '--:--':<5}  {'  '.join(filter(None, told))}"
    yield from _indented(hearing.who)
    if hearing.restricted:
        yield from _indented(_("Restriction on reporting"))
    for booking in bearing.bookings:
        if booking.counts:
            yield from _indented(booking.told_at(bearing.hearing.begins))
            yield from _indented(_signatures())
    for need in bearing.standing:
        if need.does not in (Does.BOOK, Does.ALERT):
            yield from _indented(f"[ ] {need.whose}: {need.words} ({ready(bearing, need)})")
    for link in bearing.links:
        yield from _indented(link.words)


def _signatures() -> str:
    return _("arrived ______  released ______  signed ____________________")


def ready(bearing: Bearing, need: NeedLine) -> str:
    """What was done about a need, in words."""
    return _(READY_LABELS[bearing.day.ticks.get(need.id, (Ready.TODO, ""))[0]])


def _indented(text: str) -> Iterator[str]:
    from textwrap import wrap

    for line in wrap(text, WIDTH - _INDENT):
        yield " " * _INDENT + line
