"""What stands out in a list of bookings, in words that need no colour, and what to do next.

Source: interpreter sheet, section 4 (screen cues).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp.i18n import N_, _
from deskapp.services.interpreters import double_booked, notice
from deskapp.services.interpreters.bookings import AHEAD, Status

if TYPE_CHECKING:
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine


class Level(IntEnum):
    """How much something stands out."""

    NONE = 0
    AMBER = 1
    RED = 2


class Cue(NamedTuple):
    """What stands out, and how much."""

    level: Level
    words: str
    """Empty where nothing does."""


NEXT_STEPS = (
    N_("Ask off contract: make a new booking with that route and say why."),
    N_("Ask whether it can be done by video or telephone."),
    N_("Tell the judge before the hearing begins."),
)
"""What can be done when the supplier cannot fill a booking."""


def cue(line: BookingLine, acting: Acting) -> Cue:
    """What stands out of a booking now."""
    if line.conflict:
        return Cue(Level.RED, double_booked.words(line.conflict))
    removed = [each for each in line.hearings if each.list_state in _REMOVED]
    live = line.status in AHEAD
    if live and line.hearings and len(removed) == len(line.hearings):
        return Cue(Level.AMBER, _("The hearing is not listed any more: cancel it or move it"))
    if live and line.missed and line.ends_at > acting.now:
        return Cue(Level.AMBER, missed(line))
    ahead = (line.day - acting.today).days
    match line.status:
        case Status.REQUESTED | Status.DRAFT if ahead >= 0:
            return _asked(line, acting, ahead)
        case Status.ASSIGNED if ahead >= 0:
            return _assigned(line, acting, ahead)
        case Status.CONFIRMED if line.starts_at < acting.now < line.ends_at:
            return Cue(Level.RED, _("Has not arrived"))
        case Status.UNFILLED if line.ends_at > acting.now:
            return Cue(Level.RED, _("Nobody comes: off contract, remote, or tell the judge"))
        case Status.IN_ATTENDANCE if line.released_at or line.ends_at < acting.now:
            return Cue(Level.AMBER, _("Timesheet not signed"))
        case Status.FULFILLED if not line.acknowledged:
            return Cue(Level.AMBER, _("Not agreed by the interpreter"))
    return Cue(Level.NONE, "")


_REMOVED = ("removed_from_list", "cancelled", "vacated")


def missed(line: BookingLine) -> str:
    """That a booking is not for the time of its hearing; empty where it is."""
    times = ", ".join(dict.fromkeys(each.start for each in line.missed))
    return _("NOT AT THE TIME of its hearing: {times}").format(times=times) if times else ""


def _asked(line: BookingLine, acting: Acting, ahead: int) -> Cue:
    told = _("Not sent") if line.status is Status.DRAFT else _("Nobody named yet")
    if ahead == 0:
        return Cue(Level.RED, _("TODAY: {what}").format(what=told))
    days = notice.working_days_ahead(line.starts_at, acting.now, acting.calendar(line.site))
    if days <= acting.settings.asked_amber_working_days:
        return Cue(Level.AMBER, _("{what}: ring the supplier").format(what=told))
    return Cue(Level.NONE, "")


def _assigned(line: BookingLine, acting: Acting, ahead: int) -> Cue:
    """Not confirmed on the eve, which is the last working day before."""
    if ahead == 0 and line.starts_at < acting.now < line.ends_at:
        return Cue(Level.RED, _("Has not arrived"))
    days = notice.working_days_ahead(line.starts_at, acting.now, acting.calendar(line.site))
    if ahead == 0 or days <= 1:
        return Cue(Level.AMBER, _("Not confirmed"))
    return Cue(Level.NONE, "")
