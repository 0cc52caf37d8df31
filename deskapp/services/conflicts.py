"""Two values of one field, written at two desks without knowing of each other: which shall stand.

The newest stands until somebody decides; the other is never lost. A decision is a change like any
other: it travels, and a newer one may follow. Source: design sheet of sync, sections 3 and 6.
"""

from __future__ import annotations

import datetime as dt
import json
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data import shapes
from deskapp.data.connection import Connection
from deskapp.data.registry import JURY
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import N_, _, clock_time, day
from deskapp.roles import Act, User
from deskapp.services import kinds
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

KEPT, RESTORED = "kept", "restored"
ONLY_NOTED = {
    "event": N_("This was written once and stays as it is. Write a note instead."),
    "register": N_(
        "One record was made of both. Correct the day of the juror, then keep what stands."
    ),
    "claim": N_("Both stand. Open the record to book one of them again, then keep what stands."),
}
"""Kinds of conflicts where no value can be put back, and what to do instead."""
_REACHES = ("phone", "email", "postcode")
"""Fields of a person that may be withheld."""

LABELS: dict[str, dict[str, str]] = {
    "person": {
        "full_name": N_("Name"),
        "phone": N_("Phone"),
        "email": N_("Email"),
        "postcode": N_("Postcode"),
    },
    "officer": {
        "name": N_("Name"),
        "role": N_("Role"),
        "scheme_roles": N_("Scheme roles"),
        "team": N_("Team"),
    },
    "safe_contact": {
        "ok_to_call": N_("Call"),
        "ok_to_leave_message": N_("Leave a message"),
        "ok_to_say_hmcts": N_("Say HMCTS"),
        "ok_to_email": N_("Email"),
        "ok_to_post": N_("Post"),
        "times": N_("Times"),
        "note": N_("Note"),
    },
    "marker": {
        "review_on": N_("Review"),
        "ended_on": N_("Ended"),
        "approved_on": N_("Approved"),
    },
    "callback": {"slot": N_("Ring back"), "state": N_("State"), "note": N_("Note")},
    "booking": {
        "local_start": N_("From"),
        "local_end": N_("To"),
        "status": N_("State"),
        "supplier_ref": N_("Their reference"),
        "note": N_("Note"),
    },
    "follow_up": {"due_on": N_("Due"), "what": N_("What"), "done_at": N_("Done")},
    "case_record": {"owner_id": N_("Owner"), "external_refs": N_("Other references")},
    "attendance": {
        "kind": N_("What the day was"),
        "stage": N_("Stage"),
        "time_in": N_("Time in"),
        "time_out": N_("Time out"),
        "trial": N_("Trial"),
    },
    "juror_in_pool": {
        "status": N_("Status"),
        "next_on": N_("Next date"),
        "on_call": N_("On call"),
        "active": N_("In this pool"),
    },
    "attendance_expense": {"state": N_("State of the claim")},
    "kb_item": {"status": N_("Status"), "title": N_("Title"), "title_cy": N_("Welsh title")},
}
"""What a field is called; one that is not here goes by its name in the store."""


class ConflictLine(NamedTuple):
    """A conflict that waits, as it is listed."""

    id: str
    table: str
    row_id: str
    record: str
    """What the record is, and its reference or name."""
    field: str
    kind: str
    standing: str
    """The value that stands now, as people read it."""
    standing_by: str
    """Who gave it, and when."""
    other: str
    other_by: str
    place: tuple[str | int, ...]


def page(connection: Connection, want: Want, *, user: User) -> Page[ConflictLine]:
    """A page of what waits for a decision, the oldest first.

    Raises:
        NotAllowedError: If the role may not decide.
    """
    roles.require(user, Act.DECIDE_CONFLICTS)
    place, order = want.clause("opened_at, id")
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM conflict WHERE resolved_at = '' AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*want.place, want.limit),
    ).fetchall()
    return want.page([_line(connection, row) for row in rows])


def line(connection: Connection, conflict_id: str, *, user: User) -> ConflictLine:
    """One conflict that waits.

    Raises:
        NotAllowedError: If the role may not decide.
        NotFoundError: If there is none, or somebody has decided meanwhile.
    """
    roles.require(user, Act.DECIDE_CONFLICTS)
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM conflict WHERE id = ? AND resolved_at = ''", (conflict_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("Somebody has decided this meanwhile."))
    return _line(connection, row)


def decide(
    session: Session, conflict_id: str, *, restore: bool, user: User, now: dt.datetime
) -> ConflictLine:
    """Let what stands stand, or put the other value back; the decision travels.

    Raises:
        NotAllowedError: If the role may not decide.
        NotFoundError: If somebody has decided meanwhile.
        DeskError: If the value cannot be put back because it was written once.
    """
    connection = plain(session)
    found = line(connection, conflict_id, user=user)
    if restore:
        if found.kind in ONLY_NOTED:
            raise DeskError(_(ONLY_NOTED[found.kind]))
        _put_back(connection, conflict_id)
    connection.execute(
        "UPDATE conflict SET resolved_by = ?, resolved_at = ?, resolution = ? WHERE id = ?",
        (user.id, stamp(now), RESTORED if restore else KEPT, conflict_id),
    )
    return found


def settle(
    connection: Connection, table: str, row_id: str, *, user: User, now: dt.datetime
) -> None:
    """What a record was one too many of has been decided on the record itself: it stands.

    Raises:
        NotAllowedError: If the role may not decide.
    """
    roles.require(user, Act.DECIDE_CONFLICTS)
    connection.execute(
        "UPDATE conflict SET resolved_by = ?, resolved_at = ?, resolution = ?"
        " WHERE tbl = ? AND row_id = ? AND kind = 'claim' AND resolved_at = ''",
        (user.id, stamp(now), KEPT, table, row_id),
    )


def _put_back(connection: Connection, conflict_id: str) -> None:
    """Write the value that had lost. Names are looked up, never taken from what was sent (S4)."""
    [(table, field, row_id, value)] = connection.execute(
        "SELECT tbl, field, row_id, losing FROM conflict WHERE id = ?", (conflict_id,)
    ).fetchall()
    shape = shapes.shapes().get(table)
    if shape is None or field not in shape.fields:
        raise DeskError(_("A newer deskapp wrote this. Install the newest one to decide it."))
    connection.execute(f"UPDATE {table} SET {field} = ? WHERE id = ?", (json.loads(value), row_id))


_COLUMNS = (
    "id, tbl, row_id, field, kind, winning, winning_by, winning_at, losing, losing_by, losing_at,"
    " opened_at"
)


def _line(connection: Connection, row: tuple[Any, ...]) -> ConflictLine:
    (conflict_id, table, row_id, field, kind, winning, winning_by, winning_at, losing, losing_by,
     losing_at, opened_at) = row  # fmt: skip
    known = kinds.known(connection, table, [row_id]).get(row_id)
    label = kinds.label(table) if table in kinds.KINDS else table
    about = About(known.person_id, known.case_key) if known else About()
    cover = withheld.cover_about(connection, about)
    hidden = cover.address and field in _REACHES
    name = LABELS.get(table, {}).get(field)
    return ConflictLine(
        conflict_id,
        table,
        row_id,
        one_line(f"{label} {(known.ref or known.title) if known else ''}"),
        _(name) if name else field,
        kind,
        _("withheld") if hidden else cover.text(_worded(table, field, winning)),
        _by(connection, winning_by, winning_at),
        _("withheld") if hidden else cover.text(_other(table, field, kind, losing)),
        _by(connection, losing_by, losing_at),
        (opened_at, conflict_id),
    )


def _other(table: str, field: str, kind: str, losing: str) -> str:
    """The value that does not stand; of what is full or in doubt, why somebody is asked."""
    return _("one too many") if kind == "claim" else _worded(table, field, losing)


def _worded(table: str, field: str, written: str) -> str:
    """A value in words where it is a code of the jury desk, as the doubts about a day are."""
    value = json.loads(written)
    labels = _codes(field) if table in JURY else {}
    return _(labels[value]) if value in labels else _shown(written)


def _codes(field: str) -> dict[str | int, str]:
    """What the codes in a field of the jury desk are called, untranslated."""
    from deskapp.services.jury import merging, pay, stages

    found: list[tuple[StrEnum | IntEnum, str]] = [*merging.DOUBT_LABELS.items()]
    if field == "status":
        found += stages.STATUS_LABELS.items()
    elif field == "kind":
        found += pay.DAY_KIND_LABELS.items()
    elif field == "stage":
        found += stages.STAGE_LABELS.items()
    return {code.value: label for code, label in found}


def _shown(written: str) -> str:
    """A value as people read it."""
    value = json.loads(written)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return one_line(f"{value}") if value not in (None, "") else _("(empty)")


def _by(connection: Connection, officer_id: str, at: str) -> str:
    row = connection.execute("SELECT name FROM officer WHERE id = ?", (officer_id,)).fetchone()
    moment = local(instant(at))
    name = one_line(row[0]) if row and row[0] else _("Officer of another desk")
    return _("{name}, {day} {time}").format(
        name=name, day=day(moment.date()), time=clock_time(moment)
    )
