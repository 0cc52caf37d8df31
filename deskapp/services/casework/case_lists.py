"""Worklists, in keyset pages that an index gives in order.

Overdue comes first, then what is due next, priority and reference; nothing is folded here.
Source: casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from operator import attrgetter

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services.casework import case_line, own_reports
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.values import ONE_DAY, day_of, start_of
from deskapp.services.paging import Page, Want

_ORDER = "s.due_key, s.priority, s.ref_key"
MOST_OF_TEAM = 100
LAST = "\U0010ffff"
"""Behind every other text: what was due up to the day before is overdue from its last moment on."""


class Which(StrEnum):
    """Which cases a worklist shows."""

    OPEN = "open"
    TODO = "todo"
    WAITING = "waiting"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    MINE = "mine"
    TEAM = "team"
    DONE = "done"
    CONFLICT = "conflict"


def page(
    connection: Connection, want: Want, acting: Acting, which: Which, *, scheme: str = ""
) -> Page[CaseLine]:
    """A page of a worklist; cases that the reader may not know of are not in it.

    That of a team is what everybody in the team of the reader looks after; that of conflicts holds
    the cases, ended ones too, with something of another desk that could not be followed.
    ``scheme`` narrows it to the cases of one scheme.
    """
    team = _team(connection, acting) if which is Which.TEAM else []
    conditions = [_condition(which, acting, want)] if not team else map(_of, team)
    rows = [
        row
        for condition, values in conditions
        for row in _rows(connection, want, acting, which, scheme, condition, values)
    ]
    lines = [case_line.from_row(row) for row in rows]
    if team:  # each colleague's part comes in order; the page is the first of them all
        lines.sort(key=attrgetter("place"), reverse=want.backwards)
    return want.page(case_line.covered(connection, lines[: want.limit]))


def _rows(
    connection: Connection,
    want: Want,
    acting: Acting,
    which: Which,
    scheme: str,
    condition: str,
    values: list[str],
) -> list[tuple[str, ...]]:
    if scheme:
        condition, values = _of_scheme(which, condition), [*values, scheme]
    place, order = want.clause(_ORDER)
    hidden, names = own_reports.seen(acting.book, acting.person)
    return connection.execute(
        f"SELECT {case_line.COLUMNS} FROM {case_line.TABLES}"
        f" WHERE {condition} AND {hidden} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *names, *want.place, want.limit),
    ).fetchall()


def _team(connection: Connection, acting: Acting) -> list[str]:
    """Everybody in the team of a person; nobody when they are in none."""
    rows = connection.execute(
        "SELECT id FROM officer WHERE team <> '' AND team ="
        " (SELECT team FROM officer WHERE id = ?) ORDER BY id LIMIT ?",
        (acting.person.id, MOST_OF_TEAM),
    ).fetchall()
    return [officer_id for (officer_id,) in rows]


def _of(officer_id: str) -> tuple[str, list[str]]:
    """What somebody looks after: the part of an index that it is."""
    return "s.owner_id = ? AND s.live = 1", [officer_id]


def from_day(day: dt.date) -> Want:
    """The page of a worklist that begins with what is due on ``day`` or next after it."""
    return Want((stamp(start_of(day)), LAST, LAST))


def officers(connection: Connection, *, user: User) -> list[tuple[str, str]]:
    """Id and name of everybody on this desk who can look after a case, by name.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(user, Act.WORK_CASES)
    return connection.execute("SELECT id, name FROM officer ORDER BY name LIMIT 500").fetchall()


def _condition(which: Which, acting: Acting, want: Want) -> tuple[str, list[str]]:
    """The part of an index that a worklist is, up to the place of ``want``."""
    now, tomorrow = stamp(acting.now), end_of(day_of(acting.now))
    match which:
        case Which.TODO | Which.WAITING | Which.DONE:
            return "s.list = ?", [which.value]
        case Which.OVERDUE:
            return "s.live = 1 AND s.due_key <= ?", [last_key(want, now)]
        case Which.TODAY:
            bounds = [now, last_key(want, tomorrow)]
            return "s.live = 1 AND s.due_key > ? AND s.due_key <= ?", bounds
        case Which.SOON:
            bounds = [tomorrow, last_key(want, _last_soon(acting)), now]
            return "s.live = 1 AND s.due_key > ? AND s.due_key <= ? AND s.soon_key <= ?", bounds
        case Which.MINE:
            return _of(acting.person.id)
        case Which.CONFLICT:
            return "s.conflicts > 0", []
        case Which.OPEN | Which.TEAM:  # whoever is in no team works with everybody
            return "s.live = 1", []


def last_key(want: Want, key: str) -> str:
    """The last key of a page, at its place if that is earlier.

    Of two upper bounds SQLite goes by one, and might read all that lies between them.
    """
    return min(key, str(want.place[0])) if want.backwards and want.place else key


def _of_scheme(which: Which, condition: str) -> str:
    """A worklist narrowed to one scheme, in the order of the index of schemes.

    By the index of lists a scheme with few cases would be looked for among those of every other.
    """
    if which is Which.CONFLICT:
        return f"{condition} AND s.scheme = ?"
    live = which is not Which.DONE
    return f"{condition.replace('s.list', '+s.list')} AND s.live = {live:d} AND s.scheme = ?"


def _last_soon(acting: Acting) -> str:
    """Nothing with a later key is near by any scheme, so that the search ends there."""
    most = max((scheme.soon for scheme in acting.book.schemes.values()), default=0)
    day = acting.book.calendar.add_working_days(day_of(acting.now), most + 1)
    return end_of(day)


def end_of(day: dt.date) -> str:
    """The key of what is due on ``day``: it is overdue from the end of it."""
    return stamp(start_of(day + ONE_DAY))
