"""Disposal of bookings: one leader proposes, another confirms, and they are erased for good.

A line without personal data stays of each. A booking is held while something promised on it is to
do and while a complaint about it is open. A person goes with the last thing that is kept of them.
Source: design sheet of sync, section 7; how long is a setting of the site.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import erasing
from deskapp.services.dates import add_months
from deskapp.services.enquiries import enquiry_disposal
from deskapp.services.erasing import Erased
from deskapp.services.interpreters import steps
from deskapp.services.interpreters.act import needed

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.services.interpreters.acting import Acting

KIND = "booking"
"""What stands in the log of what was erased in place of a scheme."""
AT_ONCE = 500
"""Bookings of one step."""


class Ripe(NamedTuple):
    """A booking whose months are over."""

    id: str
    ref: str
    ended_at: dt.datetime
    person_id: str
    proposed_by: str
    """Id of the officer who proposed it; empty when nobody did."""
    proposed_at: str


def due(connection: Connection, acting: Acting) -> list[Ripe]:
    """The bookings of the court whose months are over and that nothing holds, the oldest first.

    Raises:
        NotAllowedError: If the role may not dispose of bookings.
    """
    roles.require(acting.user, Act.MANAGE_BOOKINGS)
    first_kept = add_months(acting.today, -acting.settings.retention_months)
    rows = connection.execute(_RIPE, (acting.user.site, first_kept.isoformat(), AT_ONCE)).fetchall()
    return [Ripe(row[0], row[1], instant(row[2]), *row[3:]) for row in rows]


def propose(session: Session, acting: Acting, reason: str) -> int:
    """Propose what is due and was not proposed yet; how many they are.

    Raises:
        FormProblemsError: If there is no reason.
        NotAllowedError: If the role may not dispose of bookings.
    """
    told = needed(reason, _("Enter why they need no longer be kept"), field="note")
    waiting = [each for each in due(plain(session), acting) if not each.proposed_by]
    for each in waiting:
        booking = steps.opened(session, each.id)
        steps.write(session, acting, booking, steps.DISPOSAL, event_id=new_id(), reason=told)
    return len(waiting)


def confirm(session: Session, acting: Acting) -> int:
    """Erase what is due and what somebody else proposed; how many they were.

    Raises:
        NotErasedError: If nobody else proposed any.
        NotAllowedError: If the role may not dispose of bookings.
    """
    connection = plain(session)
    found = due(connection, acting)
    going = erasing.to_confirm(found, acting.user)
    _keep(session, acting, going)
    ids = [each.id for each in going]
    purge.erase(connection, enquiry_disposal.rows_of(connection, _OF_BOOKINGS, ids))
    enquiry_disposal.erase_persons(connection, {each.person_id for each in going})
    return len(going)


def _keep(session: Session, acting: Acting, going: list[Ripe]) -> None:
    """Write down what is erased, by whom and by whom it was proposed."""
    gone = (
        Erased(
            "booking", each.id, each.ref, KIND, each.ended_at, each.proposed_by, each.proposed_at
        )
        for each in going
    )
    erasing.write_down(session, gone, user=acting.user, now=acting.at)


_ASKED = "IN (SELECT value FROM json_each(?1))"
_OF_BOOKINGS = (
    ("booking_event", f"booking_id {_ASKED}"),
    ("timesheet", f"booking_id {_ASKED}"),
    ("booking_hearing", f"booking_id {_ASKED}"),
    ("follow_up", f"record_table = 'booking' AND record_id {_ASKED}"),
    ("record_link", f"from_table = 'booking' AND from_id {_ASKED}"),
    ("record_link", f"to_table = 'booking' AND to_id {_ASKED}"),
    ("draft", f"json_extract(body, '$.{form_drafts.RECORD}') {_ASKED}"),
    ("booking", f"id {_ASKED}"),
)
"""Everything that is kept of bookings, they themselves last."""
_RIPE = """
SELECT b.id, b.ref, b.ends_at, b.person_id, coalesce(e.officer_id, ''), coalesce(e.at, '')
FROM booking AS b LEFT JOIN booking_event AS e ON e.id = (
    SELECT id FROM booking_event WHERE booking_id = b.id AND code = 'disposal'
    ORDER BY hlc DESC LIMIT 1
)
WHERE b.site = ? AND b.starts_at < ?
AND NOT EXISTS (
    SELECT 1 FROM follow_up AS f
    WHERE f.record_table = 'booking' AND f.record_id = b.id AND f.done_at = ''
)
AND NOT EXISTS (
    SELECT 1 FROM complaint AS c JOIN complaint_state AS s ON s.id = c.id
    WHERE c.from_table = 'booking' AND c.from_id = b.id AND s.live = 1
)
ORDER BY b.starts_at, b.id LIMIT ?
"""
