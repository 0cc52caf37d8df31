"""Changes of this desk that central could not take: what they were, why, and what to do.

They stand here and reach nobody else until somebody says them again, or that they are not needed.
Source: design sheet of sync, section 11 (F11).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant_of_ms, local
from deskapp.data import logged, outbox
from deskapp.data.change_state import State
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, clock_time, day
from deskapp.roles import Act, User
from deskapp.services import conflicts, kinds
from deskapp.services.paging import Page, Want
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

_VERSION = N_("Central does not know this yet: have it upgraded, then send it again")
_BROKEN = N_("Its form is damaged: enter it again in the record")
REASONS = {
    "unknown_table": _VERSION,
    "unknown_field": _VERSION,
    "not_member": N_("This desk may not write records of that site: ask an administrator"),
    "too_long": N_("It is too long: shorten it in the record"),
    "no_reference": N_("Its reference is given to others: ask an administrator"),
}
"""Why, by the code of central, and what to do."""


class AsideLine(NamedTuple):
    """A change that central could not take."""

    seq: int
    table: str
    row_id: str
    record: str
    """What the record is, and its reference or name."""
    fields: str
    """What was written, by name."""
    by: str
    """Who wrote it, and when."""
    reason: str
    """Why it was not taken, and what to do."""
    place: tuple[str | int, ...]


def page(connection: Connection, want: Want, *, user: User) -> Page[AsideLine]:
    """A page of what was set aside and nobody has looked after yet, the oldest first.

    Raises:
        NotAllowedError: If the role may not decide what is sent.
    """
    roles.require(user, Act.DECIDE_CONFLICTS)
    place, order = want.clause("seq")
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM change_log WHERE state = ? AND {place} ORDER BY {order} LIMIT ?",
        (State.QUARANTINED.value, *want.place, want.limit),
    ).fetchall()
    codes = outbox.codes(connection)
    return want.page([_line(connection, row, codes) for row in rows])


def line(connection: Connection, seq: int, *, user: User) -> AsideLine:
    """One change that was set aside.

    Raises:
        NotAllowedError: If the role may not decide what is sent.
        NotFoundError: If there is none, or somebody has looked after it.
    """
    roles.require(user, Act.DECIDE_CONFLICTS)
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM change_log WHERE seq = ? AND state = ?",
        (seq, State.QUARANTINED.value),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("This was looked after meanwhile."))
    return _line(connection, row, outbox.codes(connection))


def settle(session: Session, seq: int, *, again: bool, user: User) -> AsideLine:
    """Take a change off the list; with ``again`` what it wrote is sent once more as it stands now.

    Raises:
        NotAllowedError: If the role may not decide what is sent.
        NotFoundError: If somebody has looked after it meanwhile.
    """
    connection = plain(session)
    found = line(connection, seq, user=user)
    if again:
        logged.say_again(connection, seq)
    connection.execute("UPDATE change_log SET state = ? WHERE seq = ?", (State.SETTLED.value, seq))
    return found


_COLUMNS = "seq, tbl, row_id, delta, actor, wall_ms"


def _line(connection: Connection, row: tuple[Any, ...], codes: dict[int, str]) -> AsideLine:
    seq, table, row_id, delta, actor, wall_ms = row
    known = kinds.known(connection, table, [row_id]).get(row_id)
    label = kinds.label(table) if table in kinds.KINDS else table
    names = conflicts.LABELS.get(table, {})
    written = [_(names[name]) if name in names else name for name in json.loads(delta)]
    return AsideLine(
        seq,
        table,
        row_id,
        one_line(f"{label} {(known.ref or known.title) if known else ''}"),
        one_line(", ".join(written)),
        _by(connection, actor, wall_ms),
        _(REASONS.get(codes.get(seq, ""), _BROKEN)),
        (seq,),
    )


def _by(connection: Connection, officer_id: str, wall_ms: int) -> str:
    row = connection.execute("SELECT name FROM officer WHERE id = ?", (officer_id,)).fetchone()
    moment = local(instant_of_ms(wall_ms))
    return _("{name}, {day} {time}").format(
        name=one_line(row[0]) if row else "deskapp",
        day=day(moment.date()),
        time=clock_time(moment),
    )
