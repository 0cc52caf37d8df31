"""What was promised on a record of any desk, and is still to do."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, clock_time, day
from deskapp.roles import Act, User, may
from deskapp.services import kinds
from deskapp.services.kinds import Known
from deskapp.services.nearness import due_words
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

if TYPE_CHECKING:
    from sqlmodel import Session

_COLUMNS = (
    "f.id, f.record_table, f.record_id, f.kind, f.what, f.due_on, f.done_at, coalesce(o.name, '')"
)
_FROM = "follow_up AS f LEFT JOIN officer AS o ON o.id = f.done_by"
LABELS = {"task": N_("Message"), "email": N_("Answer in writing")}


class FollowUpLine(NamedTuple):
    """Something promised, as lists show it."""

    id: str
    record_table: str
    """What it was promised on, as is its id."""
    record_id: str
    kind: str
    what: str
    due_on: dt.date
    ref: str
    """Reference of the record, and its title: of a contact the name of the person."""
    title: str
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
    """A page of what is still to do on records that the role may know of, the most urgent first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    tables = [table for table, kind in kinds.KINDS.items() if may(user, kind.act)]
    place, order = want.clause("f.due_on, f.id")
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE f.done_at = ''"
        " AND f.record_table IN (SELECT value FROM json_each(?))"
        f" AND {place} ORDER BY {order} LIMIT ?",
        (json.dumps(tables), *want.place, want.limit),
    ).fetchall()
    shown = want.page(rows)
    return Page(_lines(connection, shown.lines), shown.more)


def waiting(connection: Connection, asker: Asker) -> Lines:
    """What is promised and still to do, for the first screen: the most urgent first."""
    if not may(asker.user, Act.READ_CONTACTS):
        return Lines([])
    due = page(connection, Want(limit_rows=LINES), user=asker.user)
    left = open_count(connection) - len(due.lines) if due.more else 0
    return Lines([_waiting(line, asker.today) for line in due.lines], left)


def _waiting(line: FollowUpLine, today: dt.date) -> Line:
    return Line(
        line.record_table,
        line.record_id,
        due_words(line.due_on, today),
        ": ".join(filter(None, (label(line.kind), line.what))),
        f"{line.ref} {line.title}",
        (Group.BY_DAY, line.due_on.isoformat(), 1),
        urgent=line.due_on <= today,
    )


def open_count(connection: Connection) -> int:
    """How many follow-ups are still to do."""
    counted = "SELECT count(*) FROM follow_up WHERE done_at = ''"
    [(open_ones,)] = connection.execute(counted).fetchall()
    return int(open_ones)


def of_record(
    connection: Connection, table: str, record_id: str, *, user: User
) -> list[FollowUpLine]:
    """What was promised on one record, done or still to do.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE f.record_table = ? AND f.record_id = ?"
        " ORDER BY f.due_on, f.id LIMIT 50",
        (table, record_id),
    ).fetchall()
    return _lines(connection, rows)


def promise(
    session: Session,
    record_table: str,
    record_id: str,
    kind: str,
    what: str,
    due_on: dt.date,
    *,
    user: User,
) -> None:
    """Keep what was promised on a record; ``kind`` is one of ``LABELS``, the day is local."""
    from deskapp.data.ids import new_id
    from deskapp.data.tables import FollowUp

    session.add(
        FollowUp(
            id=new_id(),
            home_site=user.site,
            record_table=record_table,
            record_id=record_id,
            kind=kind,
            what=what,
            due_on=due_on.isoformat(),
        )
    )


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


def _lines(connection: Connection, rows: list[tuple[str, ...]]) -> list[FollowUpLine]:
    """The lines of rows as read; without those whose record is not here, or is for few only."""
    known = _known(connection, [(row[1], row[2]) for row in rows])
    about = {each: About(line.person_id, line.case_key) for each, line in known.items()}
    covers = withheld.covers_about(connection, about.values())
    lines = []
    for follow_up_id, table, record_id, kind, what, due_on, done_at, done_by in rows:
        record = known.get((table, record_id))
        if record is None:
            continue
        cover = covers.get(about[table, record_id], withheld.OPEN)
        lines.append(
            FollowUpLine(
                id=follow_up_id,
                record_table=table,
                record_id=record_id,
                kind=kind,
                what=cover.text(what),
                due_on=dt.date.fromisoformat(due_on),
                ref=record.ref,
                title=record.title,
                place=(due_on, follow_up_id),
                done_at=instant(done_at) if done_at else None,
                done_by=done_by,
            )
        )
    return lines


def _known(
    connection: Connection, records: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Known]:
    """What may be shown of records to everybody who may read their kind."""
    by_table: dict[str, list[str]] = {}
    for table, record_id in records:
        by_table.setdefault(table, []).append(record_id)
    return {
        (table, record_id): known
        for table, ids in by_table.items()
        for record_id, known in kinds.known(connection, table, ids).items()
        if not known.scheme
    }
