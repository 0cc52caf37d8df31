"""Worklists of complaints, in keyset pages that an index gives in order; nothing is folded here.

The most urgent comes first: by the due date while an answer is owed, then what is only to be
closed. Source: complaints sheet, sections 2.1, 5 and 9.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import N_
from deskapp.roles import Act
from deskapp.services.choice import Choice
from deskapp.services.complaints import deadlines, lines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lines import NEVER, ORDER, ComplaintLine
from deskapp.services.complaints.lists import Status
from deskapp.services.dates import ONE_DAY
from deskapp.services.paging import Page, Want

_BOTH_SIDES = " {} "
_LAST = "\U0010ffff"


class Which(Choice):
    """Which complaints a worklist shows."""

    MINE = "mine", N_("Mine")
    TEAM = "team", N_("Team: all that are open")
    UNASSIGNED = "unassigned", N_("Nobody looks after them")
    OVERDUE = "overdue", N_("Overdue")
    DUE = "due", N_("Due within days")
    ALERTS = "alerts", N_("Alerts for the team leader")
    CONFLICTS = "conflicts", N_("Conflicts")
    STAGE1 = "stage1", N_("First answer")
    STAGE2 = "stage2", N_("Review")
    STAGE3 = "stage3", N_("Investigations team")
    UNACKNOWLEDGED = "unacknowledged", N_("To acknowledge")
    ANSWERED = "answered", N_("Answered, to be closed")
    AWAITING_OPTIC = "awaiting_optic", N_("Still to enter in OPTIC")
    CLOSED = "closed", N_("Closed")
    REDIRECTED = "redirected", N_("Redirected")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    DUPLICATE = "duplicate", N_("Duplicates")
    VOID = "void", N_("Void")


@dataclass(frozen=True)
class Narrow:
    """What a worklist is narrowed to; empty for everything."""

    category: str = ""
    severity: str = ""
    jurisdiction: str = ""
    flag: str = ""


EVERYTHING = Narrow()


def page(
    connection: Connection,
    want: Want,
    acting: Acting,
    which: Which,
    *,
    narrowed: Narrow = EVERYTHING,
) -> Page[ComplaintLine]:
    """A page of a worklist, the most urgent first; to acknowledge and to enter in OPTIC by receipt.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    condition, values = _condition(which, acting, want)
    narrowing, more = _narrowed(narrowed)
    columns = _order(which)
    place, order = want.clause(columns, newest_first=which in _NEWEST_FIRST)
    rows = connection.execute(
        f"SELECT {lines.COLUMNS}, {columns} FROM {lines.FROM} WHERE {condition} AND {narrowing}"
        f" AND {place} ORDER BY {order} LIMIT ?",
        (*values, *more, *want.place, want.limit),
    ).fetchall()
    return want.page(lines.covered(connection, [lines.of_row(row) for row in rows]))


def from_day(day: dt.date) -> Want:
    """The page of a worklist that begins with what is due on ``day`` or next after it."""
    return Want((day.isoformat(), "", ""))


def place_in(connection: Connection, complaint_id: str, which: Which) -> tuple[str | int, ...]:
    """Where a complaint stands in a worklist, to go on behind it.

    Raises:
        NotFoundError: If there is none with this id.
    """
    row = connection.execute(
        f"SELECT {_order(which)} FROM complaint_state AS s WHERE s.id = ?", (complaint_id,)
    ).fetchone()
    if row is None:
        raise stored.no_such_complaint()
    return row


def counts(connection: Connection, acting: Acting) -> dict[Which, int]:
    """How many complaints stand in the worklists that press, at most a hundred of each.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    found = {}
    for which in (Which.MINE, Which.OVERDUE, Which.DUE, Which.ALERTS, Which.CONFLICTS,
                  Which.AWAITING_OPTIC):  # fmt: skip
        condition, values = _condition(which, acting, Want())
        [(number,)] = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM complaint_state AS s WHERE {condition}"
            " LIMIT 100)",
            tuple(values),
        ).fetchall()
        found[which] = int(number)
    return found


# -- how they are asked --------------------------------------------------------------------------

_NEWEST_FIRST = frozenset(
    {Which.CLOSED, Which.REDIRECTED, Which.WITHDRAWN, Which.DUPLICATE, Which.VOID}
)
_ENDED = {
    Which.CLOSED: Status.CLOSED,
    Which.REDIRECTED: Status.REDIRECTED,
    Which.WITHDRAWN: Status.WITHDRAWN,
    Which.DUPLICATE: Status.DUPLICATE,
    Which.VOID: Status.VOID,
}
_STAGES = {Which.STAGE1: 1, Which.STAGE2: 2, Which.STAGE3: 3}


def _order(which: Which) -> str:
    if which in (Which.AWAITING_OPTIC, Which.UNACKNOWLEDGED):
        return "s.received_at, s.ref_key, s.id"
    return "s.received_at, s.id" if which in _ENDED else ORDER


def _condition(which: Which, acting: Acting, want: Want) -> tuple[str, list[Any]]:
    """The part of an index that a worklist is."""
    today = acting.today.isoformat()
    match which:
        case Which.MINE:
            return "s.owner_id = ? AND s.live = 1", [acting.user.id]
        case Which.UNASSIGNED:
            return "s.owner_id = '' AND s.live = 1", []
        case Which.OVERDUE:
            return "s.live = 1 AND s.due_key < ?", [_last(want, today)]
        case Which.DUE:
            return _due(acting, want)
        case Which.ANSWERED:
            return "s.live = 1 AND s.due_key = ?", [NEVER]
        case Which.ALERTS:
            return "s.alert = 1", []
        case Which.CONFLICTS:
            return "s.in_conflict = 1", []
        case Which.STAGE1 | Which.STAGE2 | Which.STAGE3:
            return "s.live = 1 AND s.stage = ?", [_STAGES[which]]
        case Which.UNACKNOWLEDGED:
            return "s.unacknowledged = 1", []
        case Which.AWAITING_OPTIC:
            return "s.optic_todo = 1", []
        case Which.TEAM:
            return "s.live = 1", []
        case _:
            return "s.status = ?", [_ENDED[which].value]


def _due(acting: Acting, want: Want) -> tuple[str, list[Any]]:
    """What stands out today and is not overdue: by the working days of its own nation."""
    targets = acting.rules.targets
    last = {
        nation: deadlines.last_amber(calendar, acting.today, targets).isoformat()
        for nation, calendar in acting.calendars.items()
    }
    by_nation = " OR ".join("s.nation = ? AND s.due_key <= ?" for _nation in last)
    values = [each for nation, day in last.items() for each in (nation.value, day)]
    after = (max(dt.date.fromisoformat(day) for day in last.values()) + ONE_DAY).isoformat()
    bounds = [acting.today.isoformat(), _last(want, after)]
    return f"s.live = 1 AND s.due_key >= ? AND s.due_key < ? AND ({by_nation})", [*bounds, *values]


def _last(want: Want, key: str) -> str:
    """The key before which a page ends, at its place if that is earlier.

    Of two upper bounds SQLite goes by one, and might read all that lies between them.
    """
    if want.backwards and want.place:
        return min(key, str(want.place[0]) + _LAST)
    return key


def _narrowed(narrowed: Narrow) -> tuple[str, list[str]]:
    parts, values = ["TRUE"], []
    for column in ("severity", "jurisdiction"):
        if value := getattr(narrowed, column):
            parts.append(f"+s.{column} = ?")
            values.append(value)
    for column, value in (("categories", narrowed.category), ("flags", narrowed.flag)):
        if value:
            parts.append(f"instr(s.{column}, ?) > 0")
            values.append(_BOTH_SIDES.format(value))
    return " AND ".join(parts), values
