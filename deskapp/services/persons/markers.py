"""Markers: what must be known before one meets a person, in the words of the list alone.

A marker never stops a service. Past its review it says "was, review overdue" until a team leader
renews or ends it. One that a restricted case gives stands and ends with that case, and tells
nothing of it. Source: enquiries sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.paging import Page, Want
from deskapp.services.persons import marker_kinds, person_links
from deskapp.services.persons.marker_kinds import MarkerKind, Steps

_COLUMNS = (
    "m.id, m.code, m.words, m.person_id, m.case_key, m.set_on, m.approved_on, m.source, m.case_id,"
    " coalesce((SELECT i.due FROM case_item AS i WHERE i.family_id = m.case_id"
    " AND i.template = 'expire' AND i.open ORDER BY i.due_key LIMIT 1), m.review_on) AS review,"
    " coalesce(s.stage, '') AS stage, coalesce(s.closed_at, '') AS closed_at, m.ended_on,"
    " m.renew_reason"
)
_STATE = "LEFT JOIN case_state AS s ON s.id = m.case_id AND m.case_id <> ''"
_FROM = f"marker AS m {_STATE}"
PROPOSED_STAGE = "information"
"""Stage of a restricted case before its assessment (site and safety sheet, section 7)."""
_WAITING = (
    f"iif(m.case_id <> '', coalesce(s.stage, '') IN ('', '{PROPOSED_STAGE}'), m.approved_on = '')"
)
_NAME = (
    "coalesce((SELECT p.full_name FROM person AS p WHERE p.id = m.person_id"
    " AND m.person_id <> ''), m.case_key) AS name"
)
_TO_DECIDE = (
    f"marker AS m INDEXED BY marker_to_decide {_STATE}"
    " WHERE m.ended_on = '' AND (m.case_id <> '' OR m.approved_on = '')"
)
"""What stands outside of the order of reviews: proposals, and what a restricted case gives. They
are few, as each is somebody's work, and have an index of their own."""


@dataclass(frozen=True)
class MarkerLine:
    """One marker as it is kept."""

    id: str
    code: str
    flag: str
    """The words of the list that it was taken from."""
    person_id: str
    case_key: str
    set_on: dt.date
    waiting: bool
    """Whether somebody must still confirm or approve it."""
    source: str
    case_id: str
    renew_reason: str
    """Why it stands on since its last review."""
    review_on: dt.date | None
    ended: bool

    @property
    def kind(self) -> MarkerKind | None:
        """Its kind; none when only a later list knows the code."""
        try:
            return marker_kinds.by_code(self.code)
        except NotFoundError:
            return None

    def overdue(self, today: dt.date) -> bool:
        """Whether its review is past."""
        return self.review_on is not None and self.review_on < today

    def words(self, today: dt.date) -> str:
        """What officers are shown, in the language in use."""
        plain = self.kind.words if self.kind else self.flag
        if self.waiting:
            return _("{marker}, to be confirmed").format(marker=plain)
        if self.overdue(today):
            return _("{marker}: was, review overdue").format(marker=plain)
        return plain


@dataclass(frozen=True)
class Banner:
    """A marker as it stands above a form, in words; an icon may stand before them."""

    code: str
    words: str
    overdue: bool
    confidential_address: bool
    """Nobody may be told, shown or printed how to reach the person."""
    restricts: bool
    """Nothing of the case may be said by phone or chat (section 4)."""


def banners(
    connection: Connection, person_id: str, case_key: str, *, today: dt.date, user: User
) -> list[Banner]:
    """What stands about a person, about who is linked with them, and about a case.

    Each code once, the one whose review is not past before one that is; a restricted case that
    was not assessed yet says nothing here.

    Args:
        connection: Where it is read.
        person_id: Empty when nobody is known.
        case_key: Case reference, letters and digits only; empty when there is none.
        today: The local day.
        user: Who reads.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    persons = person_links.group(connection, person_id)
    found: dict[str, Banner] = {}
    for line in standing(connection, persons, case_key):
        kind = line.kind
        if line.waiting and (kind is None or kind.steps is Steps.CASE):
            continue
        banner = Banner(
            code=line.code,
            words=line.words(today),
            overdue=line.overdue(today),
            confidential_address=kind is not None and kind.withholds,
            restricts=kind is not None and kind.restricts,
        )
        if line.code not in found or found[line.code].overdue:
            found[line.code] = banner
    return list(found.values())


def standing(connection: Connection, persons: Iterable[str], case_key: str) -> list[MarkerLine]:
    """The markers of persons and of a case that were not ended, the oldest first."""
    given = [("person_id", each) for each in persons]
    if case_key:
        given.append(("case_key", case_key))
    lines = [
        _marker_line(row)
        for column, value in given
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.{column} = ? AND m.ended_on = ''"
            " ORDER BY m.id LIMIT 100",
            (value,),
        ).fetchall()
    ]
    return [line for line in {line.id: line for line in lines}.values() if not line.ended]


def get(connection: Connection, marker_id: str) -> MarkerLine:
    """One marker, ended or not, for those who work on it; it holds no words about a person.

    Raises:
        NotFoundError: If there is none with this id.
    """
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.id = ?", (marker_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such marker on this desk."))
    return _marker_line(row)


def of_person(connection: Connection, person_id: str, *, user: User) -> list[MarkerLine]:
    """The markers of a person and of who is linked with them, those to be confirmed too.

    What a restricted case has not made live yet is there only for those who decide on it.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    decides = roles.may(user, Act.DECIDE_MARKERS)
    lines = standing(connection, person_links.group(connection, person_id), "")
    return [line for line in lines if decides or not (line.waiting and line.case_id)]


@dataclass(frozen=True)
class DueMarker:
    """A marker that somebody must look at."""

    line: MarkerLine
    name: str
    """The person, or the case reference as it is searched."""
    place: tuple[str | int, ...]


def due(connection: Connection, want: Want, *, today: dt.date, user: User) -> Page[DueMarker]:
    """A page of what a team leader must look at: proposals, then reviews that are past or near.

    Raises:
        NotAllowedError: If the role may not decide on markers.
    """
    roles.require(user, Act.DECIDE_MARKERS)
    near = (today + dt.timedelta(days=marker_kinds.near_days())).isoformat()
    place, order = want.clause("known, review, id")
    by_review = _among_reviews(want)
    after, along = by_review.clause("m.review_on, m.id")
    rows = connection.execute(
        "SELECT *, review, id FROM ("
        f" SELECT * FROM (SELECT {_COLUMNS}, {_NAME}, NOT {_WAITING} AS known FROM {_TO_DECIDE})"
        f" WHERE closed_at = '' AND (NOT known OR substr(review, 1, 10) <= ?1)"
        f" UNION ALL SELECT * FROM (SELECT {_COLUMNS}, {_NAME}, 1 AS known FROM {_FROM}"
        " WHERE m.ended_on = '' AND m.case_id = '' AND m.approved_on <> ''"
        f" AND m.review_on > '' AND m.review_on <= ?1 AND {after} ORDER BY {along} LIMIT ?)"
        f") WHERE {place} ORDER BY {order} LIMIT ?",
        (near, *by_review.place, by_review.limit, *want.place, want.limit),
    ).fetchall()
    return want.page([DueMarker(_marker_line(row[:-4]), row[-4], row[-3:]) for row in rows])


def _among_reviews(want: Want) -> Want:
    """The page of the plain reviews that the page of the whole list may take rows from.

    Proposals stand before all of them.
    """
    if want.place[:1] == (True,):
        return want._replace(place=want.place[1:])
    none = want.place and want.backwards
    return want._replace(place=(), limit_rows=-1 if none else want.limit_rows)


def _marker_line(row: tuple[str, ...]) -> MarkerLine:
    """A marker from the columns that this module reads."""
    marker_id, code, flag, person_id, case_key, set_on, approved_on, source, case_id = row[:9]
    review_on, stage, closed_at, ended_on, renew_reason = row[9:]
    return MarkerLine(
        id=marker_id,
        code=code,
        flag=flag,
        person_id=person_id,
        case_key=case_key,
        set_on=dt.date.fromisoformat(set_on),
        waiting=stage in ("", PROPOSED_STAGE) if case_id else not approved_on,
        source=source,
        case_id=case_id,
        renew_reason=renew_reason,
        review_on=dt.date.fromisoformat(review_on[:10]) if review_on else None,
        ended=bool(ended_on or closed_at),
    )
