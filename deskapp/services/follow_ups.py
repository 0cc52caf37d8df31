"""What was promised and is still to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from sqlmodel import Session

LABELS = {"task": N_("Message"), "email": N_("Answer in writing")}


@dataclass(frozen=True)
class FollowUpLine:
    """Something promised, as lists show it."""

    id: str
    contact_id: str
    kind: str
    what: str
    due_on: dt.date
    ref: str
    person_name: str
    place: tuple[str | int, ...]


def label(kind: str) -> str:
    """What a kind of follow-up is called, in the language in use."""
    return _(LABELS[kind])


def page(connection: Connection, want: Want) -> Page[FollowUpLine]:
    """A page of what is still to do, the most urgent first."""
    place, order = want.clause("f.due_on, f.id")
    rows = connection.execute(
        "SELECT f.id, f.contact_id, f.kind, f.what, f.due_on, c.ref, c.person_name"
        " FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id"
        f" WHERE f.done_at = '' AND {place} ORDER BY {order} LIMIT ?",
        (*want.place, want.limit),
    ).fetchall()
    return want.page([_line(row) for row in rows])


def open_count(connection: Connection) -> int:
    """How many follow-ups are still to do."""
    counted = "SELECT count(*) FROM follow_up WHERE done_at = ''"
    [(open_ones,)] = connection.execute(counted).fetchall()
    return int(open_ones)


def of_contact(connection: Connection, contact_id: str) -> list[tuple[FollowUpLine, str]]:
    """What one contact promised, each with the stamp when it was done (empty: still to do)."""
    rows = connection.execute(
        "SELECT f.id, f.contact_id, f.kind, f.what, f.due_on, c.ref, c.person_name, f.done_at"
        " FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id"
        " WHERE f.contact_id = ? ORDER BY f.due_on, f.id LIMIT 50",
        (contact_id,),
    ).fetchall()
    return [(_line(row[:7]), row[7]) for row in rows]


def set_done(
    session: Session, follow_up_id: str, done: bool, *, now: dt.datetime, user: User
) -> None:
    """Mark a follow-up as done, or as still to do after all.

    Raises:
        NotFoundError: If there is none with this id.
        NotAllowedError: If the role may not.
    """
    from deskapp.data.tables import FollowUp

    roles.require(user, Act.FINISH_FOLLOW_UP)
    row = session.get(FollowUp, follow_up_id)
    if row is None:
        raise NotFoundError(_("There is no such follow-up on this desk."))
    row.done_at = stamp(now) if done else ""
    row.done_by = user.id if done else ""


def _line(row: tuple[str, ...]) -> FollowUpLine:
    follow_up_id, contact_id, kind, what, due_on, ref, person_name = row
    return FollowUpLine(
        id=follow_up_id,
        contact_id=contact_id,
        kind=kind,
        what=what,
        due_on=dt.date.fromisoformat(due_on),
        ref=ref,
        person_name=person_name,
        place=(due_on, follow_up_id),
    )
