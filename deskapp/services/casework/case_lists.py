"""Worklists and the list of what is due, in keyset pages that an index gives in order.

Overdue comes first, then what is due next, priority and reference; nothing is folded here.
Source: casework sheet, section 1.4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.roles import Act, User
from deskapp.services import withheld
from deskapp.services.casework import stored, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.projection import NEVER
from deskapp.services.casework.shelf import visible
from deskapp.services.casework.values import ONE_DAY, When, day_of, start_of
from deskapp.services.paging import Page, Want
from deskapp.services.withheld import OPEN

_ORDER = "s.due_key, s.priority, s.ref_key"
_LINE = (
    "s.id, s.ref, s.scheme, s.version, s.stage, s.title, s.due, s.due_key, s.owner_id,"
    " coalesce(o.name, ''), s.conflicts, s.closed_at, s.priority, s.ref_key"
)
_LAST = "\U0010ffff"
"""Behind every other text: what was due up to the day before is overdue from its last moment on."""
_FROM = "case_state AS s LEFT JOIN officer AS o ON o.id = s.owner_id"


class Which(StrEnum):
    """Which cases a worklist shows."""

    OPEN = "open"
    TODO = "todo"
    WAITING = "waiting"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    MINE = "mine"
    DONE = "done"


@dataclass(frozen=True)
class CaseLine:
    """A case as lists show it."""

    id: str
    ref: str
    scheme: str
    version: int
    stage: str
    title: str
    due: When | None
    """What is due next: a local day, or an instant."""
    overdue_at: dt.datetime | None
    """From when that is overdue."""
    owner_id: str
    owner_name: str
    conflicts: int
    closed: bool
    place: tuple[str | int, ...]


@dataclass(frozen=True)
class DueLine:
    """An item that is due, as the list of what is due shows it."""

    id: str
    case_id: str
    ref: str
    scheme: str
    version: int
    title: str
    name: str
    template: str
    about: str
    due: When
    overdue_at: dt.datetime
    place: tuple[str | int, ...]


def page(
    connection: Connection, want: Want, acting: Acting, which: Which, *, scheme: str = ""
) -> Page[CaseLine]:
    """A page of a worklist; cases that the reader may not know of are not in it.

    ``scheme`` narrows it to the cases of one scheme.
    """
    condition, values = _condition(which, acting, want)
    if scheme:
        condition, values = _of_scheme(which, condition), [*values, scheme]
    place, order = want.clause(_ORDER)
    hidden, names = _seen(acting)
    rows = connection.execute(
        f"SELECT {_LINE} FROM {_FROM} WHERE {condition} AND {hidden} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *names, *want.place, want.limit),
    ).fetchall()
    return want.page(_covered(connection, [_line(row) for row in rows]))


def from_day(day: dt.date) -> Want:
    """The page of a worklist that begins with what is due on ``day`` or next after it."""
    return Want((stamp(start_of(day)), _LAST, _LAST))


def items_from_day(day: dt.date) -> Want:
    """As ``from_day`` for the list of what is due."""
    return Want((stamp(start_of(day)), _LAST))


def find(connection: Connection, want: Want, acting: Acting, words: str) -> Page[CaseLine]:
    """A page of the cases that hold every word in reference, title or other systems' names.

    A spoken reference finds its case whatever its spelling, and one that had it before. A case that
    matches only by what is withheld of a person is left out; a page of nothing else is skipped.
    """
    hidden, names = _seen(acting)
    ref = refs.parse(words)
    if ref is not None:
        rows = connection.execute(
            f"SELECT {_LINE} FROM {_FROM} WHERE {hidden}"
            " AND s.id IN (SELECT value FROM json_each(?))",
            (*names, json.dumps(refs.ids_of(connection, "case_record", ref))),
        ).fetchall()
        return Page(_covered(connection, [_line(row) for row in rows]))
    narrowed = narrow(connection, "case_state_words", words, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, w.rowid FROM case_state_words AS w JOIN case_state AS s ON s.id = w.id"
        " LEFT JOIN officer AS o ON o.id = s.owner_id"
        f" WHERE case_state_words MATCH ? AND {hidden} AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *names, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    page = want.page([_line(row[:-1], place=(row[-1],)) for row in rows])
    covers = withheld_texts.covers(connection, [each.id for each in page.lines])
    if not covers:
        return page
    found = [
        replace(each, title=cover.text(each.title))
        for each in page.lines
        if not (cover := covers.get(each.id, OPEN)).address
        or withheld.found_by(words, *map(cover.text, _searched(connection, each.id)))
    ]
    if page.lines and not found and page.more:
        last = page.lines[0 if want.backwards else -1]
        return find(connection, replace(want, place=last.place), acting, words)
    return Page(found, page.more)


def due_page(
    connection: Connection, want: Want, acting: Acting, until: dt.date, *, scheme: str = ""
) -> Page[DueLine]:
    """A page of the open items that are due up to ``until``, the most urgent first.

    ``scheme`` narrows it to the cases of one scheme.
    """
    place, order = want.clause("i.due_key, i.id")
    hidden, names = _seen(acting)
    if scheme:
        hidden, names = f"{hidden} AND s.scheme = ?", [*names, scheme]
    rows = connection.execute(
        "SELECT i.id, i.case_id, s.ref, s.scheme, s.version, s.title, i.name, i.template, i.about,"
        " i.due, i.due_key FROM case_item AS i JOIN case_state AS s ON s.id = i.case_id"
        f" WHERE i.open = 1 AND i.due_key <= ? AND {hidden} AND {place} ORDER BY {order} LIMIT ?",
        (_last(want, _end_of(until)), *names, *want.place, want.limit),
    ).fetchall()
    lines = [_due_line(row) for row in rows]
    covers = withheld_texts.covers(connection, [each.case_id for each in lines])
    return want.page(
        [
            replace(each, title=cover.text(each.title), about=cover.text(each.about))
            if (cover := covers.get(each.case_id))
            else each
            for each in lines
        ]
    )


def line(connection: Connection, case_id: str) -> CaseLine:
    """The line of one case.

    Raises:
        NotFoundError: If there is none with this id.
    """
    row = connection.execute(f"SELECT {_LINE} FROM {_FROM} WHERE s.id = ?", (case_id,)).fetchone()
    if row is None:
        raise stored.no_such_case()
    return _covered(connection, [_line(row)])[0]


def officers(connection: Connection, *, user: User) -> list[tuple[str, str]]:
    """Id and name of everybody on this desk who can look after a case, by name.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(user, Act.WORK_CASES)
    return connection.execute("SELECT id, name FROM officer ORDER BY name LIMIT 500").fetchall()


def officer_name(connection: Connection, officer_id: str) -> str:
    """What somebody is called; the id where this desk does not know them."""
    row = connection.execute("SELECT name FROM officer WHERE id = ?", (officer_id,)).fetchone()
    return str(row[0]) if row else officer_id


def _condition(which: Which, acting: Acting, want: Want) -> tuple[str, list[str]]:
    """The part of an index that a worklist is, up to the place of ``want``."""
    now, tomorrow = stamp(acting.now), _end_of(day_of(acting.now))
    match which:
        case Which.TODO | Which.WAITING | Which.DONE:
            return "s.list = ?", [which.value]
        case Which.OVERDUE:
            return "s.live = 1 AND s.due_key <= ?", [_last(want, now)]
        case Which.TODAY:
            return "s.live = 1 AND s.due_key > ? AND s.due_key <= ?", [now, _last(want, tomorrow)]
        case Which.SOON:
            bounds = [tomorrow, _last(want, _last_soon(acting)), now]
            return "s.live = 1 AND s.due_key > ? AND s.due_key <= ? AND s.soon_key <= ?", bounds
        case Which.MINE:
            return "s.owner_id = ? AND s.live = 1", [acting.person.id]
        case Which.OPEN:
            return "s.live = 1", []


def _last(want: Want, key: str) -> str:
    """The last key of a page, at its place if that is earlier.

    Of two upper bounds SQLite goes by one, and might read all that lies between them.
    """
    return min(key, str(want.place[0])) if want.backwards and want.place else key


def _of_scheme(which: Which, condition: str) -> str:
    """A worklist narrowed to one scheme, in the order of the index of schemes.

    By the index of lists a scheme with few cases would be looked for among those of every other.
    """
    live = which is not Which.DONE
    return f"{condition.replace('s.list', '+s.list')} AND s.live = {live:d} AND s.scheme = ?"


def _searched(connection: Connection, case_id: str) -> tuple[str, ...]:
    """What a case is found by."""
    [row] = connection.execute(
        "SELECT ref, ref_key, title, external_refs FROM case_state WHERE id = ?", (case_id,)
    ).fetchall()
    return row


def _last_soon(acting: Acting) -> str:
    """Nothing with a later key is near by any scheme, so that the search ends there."""
    most = max((scheme.soon for scheme in acting.book.schemes.values()), default=0)
    day = acting.book.calendar.add_working_days(day_of(acting.now), most + 1)
    return _end_of(day)


def _seen(acting: Acting) -> tuple[str, Sequence[str]]:
    """The condition that hides the cases of restricted schemes from others."""
    names = visible(acting.book, acting.person)
    # The plus keeps the planner on the index that gives the order.
    return f"+s.scheme IN ({', '.join('?' for _name in names)})", names


def _end_of(day: dt.date) -> str:
    return stamp(start_of(day + ONE_DAY))


def _line(row: tuple[str, ...], place: tuple[str | int, ...] = ()) -> CaseLine:
    (case_id, ref, scheme, version, stage, title, due, due_key, owner_id, owner_name) = row[:10]
    conflicts, closed_at, priority, ref_key = row[10:14]
    return CaseLine(
        id=case_id,
        ref=ref,
        scheme=scheme,
        version=int(version),
        stage=stage,
        title=title,
        due=_when(due) if due else None,
        overdue_at=None if due_key == NEVER else instant(due_key),
        owner_id=owner_id,
        owner_name=owner_name,
        conflicts=int(conflicts),
        closed=bool(closed_at),
        place=place or (due_key, priority, ref_key),
    )


def _due_line(row: tuple[str, ...]) -> DueLine:
    item_id, case_id, ref, scheme, version, title, name, template, about, due, due_key = row
    return DueLine(
        id=item_id,
        case_id=case_id,
        ref=ref,
        scheme=scheme,
        version=int(version),
        title=title,
        name=name,
        template=template,
        about=about,
        due=_when(due),
        overdue_at=instant(due_key),
        place=(due_key, item_id),
    )


def _covered(connection: Connection, lines: list[CaseLine]) -> list[CaseLine]:
    """The lines as they may be shown: a title may hold what is withheld of a person."""
    covers = withheld_texts.covers(connection, [each.id for each in lines])
    if not covers:
        return lines
    return [
        replace(each, title=cover.text(each.title)) if (cover := covers.get(each.id)) else each
        for each in lines
    ]


def _when(written: str) -> When:
    return instant(written) if "T" in written else dt.date.fromisoformat(written)
