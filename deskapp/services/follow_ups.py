"""What was promised and is still to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, clock_time, day
from deskapp.roles import Act, User
from deskapp.services import withheld
from deskapp.services.paging import Page, Want
from deskapp.services.withheld import Cover

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
    done_at: dt.datetime | None = None
    """None while it is still to do."""
    done_by: str = ""
    """Name of who marked it as done, where this desk knows them."""


def label(kind: str) -> str:
    """What a kind of follow-up is called, in the language in use."""
    return _(LABELS[kind])


def told(line: FollowUpLine) -> str:
    """What was promised, for when, and when and by whom it was done, in one line."""
    parts = [label(line.kind), line.what, _("by {day}").format(day=day(line.due_on))]
    if line.done_at is not None:
        at = local(line.done_at)
        moment = f"{day(at.date())} {clock_time(at)}"
        done = _("done {moment} by {name}") if line.done_by else _("done {moment}")
        parts.append(done.format(moment=moment, name=line.done_by))
    return ", ".join(filter(None, parts))


def page(connection: Connection, want: Want, *, user: User) -> Page[FollowUpLine]:
    """A page of what is still to do, the most urgent first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    place, order = want.clause("f.due_on, f.id")
    rows = connection.execute(
        "SELECT f.id, f.contact_id, f.kind, f.what, f.due_on, c.ref, c.person_name, c.person_id"
        " FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id"
        f" WHERE f.done_at = '' AND {place} ORDER BY {order} LIMIT ?",
        (*want.place, want.limit),
    ).fetchall()
    covers = withheld.covers(connection, [row[-1] for row in rows])
    return want.page([_line(row[:-1], covers.get(row[-1], withheld.OPEN)) for row in rows])


def open_count(connection: Connection) -> int:
    """How many follow-ups are still to do."""
    counted = "SELECT count(*) FROM follow_up WHERE done_at = ''"
    [(open_ones,)] = connection.execute(counted).fetchall()
    return int(open_ones)


def of_contact(connection: Connection, contact_id: str, *, user: User) -> list[FollowUpLine]:
    """What one contact promised, done or still to do.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT f.id, f.contact_id, f.kind, f.what, f.due_on, c.ref, c.person_name, f.done_at,"
        " coalesce(o.name, ''), c.person_id"
        " FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id"
        " LEFT JOIN officer AS o ON o.id = f.done_by"
        " WHERE f.contact_id = ? ORDER BY f.due_on, f.id LIMIT 50",
        (contact_id,),
    ).fetchall()
    cover = withheld.cover(connection, rows[0][-1]) if rows else withheld.OPEN
    return [
        replace(_line(row[:7], cover), done_at=instant(row[7]) if row[7] else None, done_by=row[8])
        for row in rows
    ]


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


def _line(row: tuple[str, ...], cover: Cover) -> FollowUpLine:
    follow_up_id, contact_id, kind, what, due_on, ref, person_name = row
    return FollowUpLine(
        id=follow_up_id,
        contact_id=contact_id,
        kind=kind,
        what=cover.text(what),
        due_on=dt.date.fromisoformat(due_on),
        ref=ref,
        person_name=person_name,
        place=(due_on, follow_up_id),
    )
