"""Due dates of open complaints counted again after a newer bank-holiday list came into force.

Only what is still owed an answer is counted again, and only by a later list: desks with different
lists never argue. Source: complaints sheet, section 5, rules 7 and 8.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import _, day
from deskapp.roles import Act, User
from deskapp.services.complaints import act, behind, deadlines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code

if TYPE_CHECKING:
    from sqlmodel import Session

AT_ONCE = 100
"""Complaints of one transaction: the writer is soon free for who saves."""


class Recounted(NamedTuple):
    """What became of the due date of one complaint."""

    ref: str
    old: dt.date
    new: dt.date
    provisional: bool
    """It still rests on bank holidays that are not known."""

    @property
    def moved(self) -> bool:
        """Whether it is another day now."""
        return self.old != self.new


def some(session: Session, acting: Acting) -> list[Recounted]:
    """Count the next complaints again, each with an event; call it until nothing is left.

    Whoever has deskapp open may do it: what comes out is the list's doing, not theirs.
    """
    from deskapp.data.sessions import plain

    found = behind.waiting(plain(session), acting.calendars, limit=AT_ONCE)
    return [_recount(session, acting, complaint_id) for complaint_id in found]


def _recount(session: Session, acting: Acting, complaint_id: str) -> Recounted:
    from deskapp.data.ids import new_id
    from deskapp.data.sessions import plain

    complaint = stored.complaint(plain(session), complaint_id)
    stage = complaint.stage
    new = deadlines.recounted(acting.calendars, complaint.nation, stage.received_at, stage.due)
    number = str(stage.number)
    act.write_event(
        session,
        acting,
        complaint_id,
        Code.DUE_RECALCULATED,
        {"dues": {number: new.kept()}, "old": {number: stage.due.kept()}},
        event_id=new_id(),
        stage=stage.number,
    )
    return Recounted(complaint.ref, stage.due.due_on, new.due_on, new.provisional)


def provisional(connection: Connection, *, user: User) -> list[tuple[str, dt.date]]:
    """Reference and due date of what is owed an answer on a date that is not firm, the first first.

    It tells nothing about anybody, so that an administrator may ask too.

    Raises:
        NotAllowedError: If the role may not.
    """
    roles.require(user, Act.EXPORT_COMPLAINTS)
    rows = connection.execute(
        "SELECT ref, due_on FROM complaint_state WHERE live = 1 AND provisional = 1"
        " AND due_key = due_on ORDER BY due_key, ref_key, id"
    )
    return [(ref, dt.date.fromisoformat(due_on)) for ref, due_on in rows.fetchall()]


def words(line: Recounted) -> str:
    """To where a due date moved, in the language in use."""
    told = _("{ref}: due on {new} instead of {old}")
    return told.format(ref=line.ref, new=day(line.new), old=day(line.old))


def provisional_words(ref: str, due_on: dt.date) -> str:
    """That a due date is not firm, in the language in use."""
    return _("{ref}: due on {day}, PROVISIONAL").format(ref=ref, day=day(due_on))
