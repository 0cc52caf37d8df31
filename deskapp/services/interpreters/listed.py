"""What a hearing on a list says of the booking that it needs.

Source: hearings sheet, sections 1 and 6; interpreter sheet, section 5.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.i18n import clock_time
from deskapp.services.interpreters.bookings import ForRole, Mode
from deskapp.services.interpreters.wall import MINUTE
from deskapp.text import fold

if TYPE_CHECKING:
    from deskapp.services.interpreters.settings import Settings

_ROLES = {
    ForRole.DEFENDANT: ("defendant", "accused", "appellant"),
    ForRole.WITNESS: ("witness", "victim"),
}
"""What a list calls them."""


def times(start: str, minutes: int | None, mode: Mode, settings: Settings) -> tuple[str, str]:
    """From when to when an interpreter is wanted, by the clock; never shorter than is booked."""
    if not start:
        session = settings.session_all_day
        return clock_time(session.start), clock_time(session.end)
    begins = dt.time.fromisoformat(start)
    if minutes is None:
        ends = settings.session_from(begins).end
        if ends > begins:
            return start, clock_time(ends)
    length = max(minutes or 0, settings.minimum_minutes[mode]) * MINUTE
    day = dt.datetime.combine(dt.date.min, begins)
    return start, clock_time(day + length) if (day + length).date() == day.date() else "00:00"


def end(start: dt.datetime, end: dt.datetime) -> str:
    """The end as it is typed: with its day only where the start does not tell it."""
    days = (end.date() - start.date()).days
    told = not days or (days == 1 and end.time() <= start.time())
    return clock_time(end) if told else f"{end.date()} {clock_time(end)}"


def mode(channel: str) -> Mode:
    """How the interpreter takes part, by the channel of the hearing."""
    words = fold(channel)
    if "phone" in words or "tele" in words:
        return Mode.TELEPHONE
    return Mode.VIDEO if "video" in words or "remote" in words or "cvp" in words else Mode.F2F


def role(listed: str) -> str:
    """Whom a party is booked for; empty where the list does not say."""
    words = fold(listed)
    for each, names in _ROLES.items():
        if any(name in words for name in names):
            return each.value
    return ForRole.PARTY.value if words else ""


def jurisdiction(panel: str, list_kind: str) -> str:
    """What the list tells of the jurisdiction; empty where it does not."""
    kind = fold(list_kind)
    if "crown" in kind or "firm" in kind:
        return "criminal_crown"
    if panel or "magistrates" in kind:
        return "criminal_magistrates"
    for name in ("civil", "family", "tribunal"):
        if name in kind:
            return name
    return ""
