"""Worklists of complaints, in keyset pages that an index gives in order; nothing is folded here.

The most urgent comes first: by the due date while an answer is owed, then what is only to be
closed. Source: complaints sheet, sections 2.1, 5 and 9.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from deskapp import roles
from deskapp.clock import instant
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.data.words import Forms
from deskapp.errors import NotFoundError
from deskapp.i18n import N_
from deskapp.roles import Act, User
from deskapp.services import mutations
from deskapp.services.choice import Choice
from deskapp.services.complaints import covering, deadlines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT
from deskapp.services.complaints.lists import Severity, StageStatus, Status
from deskapp.services.dates import ONE_DAY, Alarm, Nation
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import Cover
from deskapp.text import compact

_ORDER = "s.due_key, s.ref_key, s.id"
_LINE = (
    "s.id, s.ref, s.status, s.stage, s.stage_status, s.owner_id, coalesce(o.name, ''),"
    " s.severity, s.category, s.flags, s.jurisdiction, s.site, s.nation, s.received_at,"
    " s.due_on, s.due_key, s.provisional, s.revised_on, s.optic_status, s.optic_ref, s.optic_todo,"
    " s.alert, s.in_conflict, s.person_id, s.person_name, s.summary, s.last_at"
)
_FROM = "complaint_state AS s LEFT JOIN officer AS o ON o.id = s.owner_id"
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


@dataclass(frozen=True)
class ComplaintLine:
    """A complaint as lists show it; nothing of it is restricted."""

    id: str
    ref: str
    status: Status
    stage: int
    stage_status: StageStatus
    owner_id: str
    """Empty for nobody, ``CIT`` for the investigations team."""
    owner_name: str
    severity: str
    category: str
    """The main one."""
    flags: tuple[str, ...]
    jurisdiction: str
    site: str
    nation: Nation
    received_at: dt.datetime
    due_on: dt.date
    """Of the last stage, also once it is answered."""
    owed: bool
    """Whether an answer is owed: only then is it due."""
    provisional: bool
    revised_on: dt.date | None
    optic_status: str
    optic_ref: str
    optic_todo: bool
    alert: bool
    in_conflict: bool
    person_id: str
    person_name: str
    """Empty when anonymous."""
    summary: str
    last_at: dt.datetime
    place: tuple[str | int, ...]

    @property
    def major(self) -> bool:
        """Whether it is grave."""
        return self.severity == Severity.MAJOR


def near_words(line: ComplaintLine, acting: Acting) -> str:
    """How near the due date is, in words that need no colour; empty when nothing is owed."""
    if not line.owed:
        return ""
    return deadlines.near_words(acting.calendar(line.nation), line.due_on, acting.today)


def alarm(line: ComplaintLine, acting: Acting) -> Alarm:
    """How near the due date is; none when nothing is owed."""
    if not line.owed:
        return Alarm.NONE
    calendar = acting.calendar(line.nation)
    return deadlines.alarm(calendar, line.due_on, acting.today, acting.rules.targets)


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
        f"SELECT {_LINE}, {columns} FROM {_FROM} WHERE {condition} AND {narrowing} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *more, *want.place, want.limit),
    ).fetchall()
    return want.page(_covered(connection, [_line(row) for row in rows]))


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


def find(connection: Connection, want: Want, acting: Acting, words: str) -> Page[ComplaintLine]:
    """A page of the complaints that hold every word, the newest first; void ones too.

    A spoken reference finds its complaint whatever its spelling, the one it had before too; so does
    the reference of OPTIC. What is said of staff is never searched, and who matches only by what is
    withheld is left out.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    if refs.parse(words):
        try:
            found = stored.id_of_ref(connection, words)
        except NotFoundError:
            return Page([])
        return Page(lines(connection, [found], user=acting.user))
    by_optic = _by_optic(connection, words, acting.user)
    if by_optic:
        return Page(by_optic)
    page = _found(connection, want, words)
    return page if page.lines or page.more else _found(connection, want, words, mutations.searched)


def line(connection: Connection, complaint_id: str, *, user: User) -> ComplaintLine:
    """The line of one complaint.

    Raises:
        NotAllowedError: If the role may not read complaints.
        NotFoundError: If there is none with this id.
    """
    found = lines(connection, [complaint_id], user=user)
    if not found:
        raise stored.no_such_complaint()
    return found[0]


def lines(connection: Connection, ids: Iterable[str], *, user: User) -> list[ComplaintLine]:
    """The lines of the complaints with these ids that are here, in no order.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(user, Act.READ_COMPLAINTS)
    rows = connection.execute(
        f"SELECT {_LINE}, {_ORDER} FROM {_FROM} WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    return _covered(connection, [_line(row) for row in rows])


def grown_from(
    connection: Connection, table: str, record_id: str, *, user: User
) -> list[ComplaintLine]:
    """The complaints that were logged from a record, such as a contact, the newest first.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    rows = connection.execute(
        "SELECT id FROM complaint WHERE from_table = ? AND from_id = ? LIMIT 50",
        (table, record_id),
    ).fetchall()
    found = lines(connection, [row[0] for row in rows], user=user)
    return sorted(found, key=lambda each: each.id, reverse=True)


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
    return "s.received_at, s.id" if which in _ENDED else _ORDER


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
            return "s.live = 1 AND s.due_key = ?", [_NEVER]
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


_NEVER = "9999-12-31"


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


def _by_optic(connection: Connection, words: str, user: User) -> list[ComplaintLine]:
    rows = connection.execute(
        "SELECT id FROM complaint_state WHERE optic_key = ? AND optic_key <> '' LIMIT 9",
        (compact(words),),
    ).fetchall()
    return lines(connection, [row[0] for row in rows], user=user)


def _found(
    connection: Connection, want: Want, words: str, forms: Forms | None = None
) -> Page[ComplaintLine]:
    """Matches in the order they were logged, the newest first."""
    narrowed = narrow(connection, "complaint_words", words, forms, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, w.rowid FROM complaint_words AS w"
        f" JOIN complaint_state AS s ON s.id = w.id LEFT JOIN officer AS o ON o.id = s.owner_id"
        f" WHERE complaint_words MATCH ? AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    page = want.page([_line(row) for row in rows])
    covers = covering.covers(connection, [each.id for each in page.lines])
    if not covers:
        return page
    shown = [
        each
        for each in page.lines
        if not (cover := covers.get(each.id, withheld.OPEN)).hides_matches
        or withheld.found_by(words, *_searched(connection, each.id, cover))
    ]
    if page.lines and not shown and page.more:
        last = page.lines[0 if want.backwards else -1]
        return _found(connection, want._replace(place=last.place), words, forms)
    return Page(_covered(connection, shown), page.more)


def _searched(connection: Connection, complaint_id: str, cover: Cover) -> tuple[str, ...]:
    """What a complaint is found by, as far as it may be shown."""
    [(phone, email, postcode, *texts)] = connection.execute(
        "SELECT phone, email, postcode, ref, ref_key, person_name, acting_for, case_ref, case_key,"
        " summary, details FROM complaint WHERE id = ?",
        (complaint_id,),
    ).fetchall()
    reached = (cover.phone(phone), cover.email(email), cover.postcode(postcode))
    return (*reached, *map(compact, reached), *map(cover.text, texts))


def _covered(connection: Connection, found: list[ComplaintLine]) -> list[ComplaintLine]:
    """The lines as they may be shown: a summary may hold what is withheld of a person."""
    covers = covering.covers(connection, [each.id for each in found])
    if not covers:
        return found
    return [
        replace(each, summary=cover.text(each.summary)) if (cover := covers.get(each.id)) else each
        for each in found
    ]


def _line(row: tuple[Any, ...]) -> ComplaintLine:
    due_key = row[15]
    return ComplaintLine(
        id=row[0],
        ref=row[1],
        status=Status(row[2]),
        stage=row[3],
        stage_status=StageStatus(row[4]),
        owner_id=row[5],
        owner_name=row[6] or (CIT if row[5] == CIT else ""),
        severity=row[7],
        category=row[8],
        flags=tuple(row[9].split()),
        jurisdiction=row[10],
        site=row[11],
        nation=Nation(row[12]),
        received_at=instant(row[13]),
        due_on=dt.date.fromisoformat(row[14]),
        owed=due_key != _NEVER,
        provisional=bool(row[16]),
        revised_on=dt.date.fromisoformat(row[17]) if row[17] else None,
        optic_status=row[18],
        optic_ref=row[19],
        optic_todo=bool(row[20]),
        alert=bool(row[21]),
        in_conflict=bool(row[22]),
        person_id=row[23],
        person_name=row[24],
        summary=row[25],
        last_at=instant(row[26]),
        place=tuple(row[27:]),
    )
