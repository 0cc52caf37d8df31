"""The hearing-day board: one line for each hearing, by room and time, with its readiness.

The order of a day is read from an index alone; what hangs on a hearing is read for the page that
is shown. Source: hearings sheet, section 2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.hearings import bearings, flags, order, readiness, rooms
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.day import OVER, STATE_LABELS
from deskapp.services.hearings.lines import STATE_LABELS as LIST_LABELS
from deskapp.services.hearings.readiness import Bearing, Kind, Part
from deskapp.services.paging import Page, Want
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

LISTED = "listed"


class Which(StrEnum):
    """The lists of the board."""

    ALL = "all"
    MISSING = "missing"
    RISK = "risk"
    """Of the next working day."""
    TO_RESULT = "to_result"


@dataclass(frozen=True)
class Narrow:
    """What a list is narrowed down to."""

    room: str = ""
    """Key of a room."""
    need: str = ""
    """A flag, or ``interpreter``, ``link``; empty for all."""


EVERYTHING = Narrow()


class BoardLine(NamedTuple):
    """One hearing on the board."""

    bearing: Bearing
    parts: list[Part]
    missing: list[Part]
    red: bool
    warnings: list[str]
    """What must be known before anybody is met, in words."""
    marks: str
    """The same as lists and paper have it: E evacuation help, M measures, S see team leader."""
    place: tuple[str, str, str]

    @property
    def id(self) -> str:
        """Of the hearing."""
        return self.bearing.hearing.id

    @property
    def state(self) -> str:
        """How it stands, in a word or two: what the list says, where that is not as usual."""
        hearing = self.bearing.hearing
        if hearing.list_state != LISTED:
            return _(LIST_LABELS.get(hearing.list_state, hearing.list_state))
        return _(STATE_LABELS[self.bearing.day.state])

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.bearing.day.state in OVER or self.bearing.hearing.list_state != LISTED

    @property
    def readiness(self) -> str:
        """What is missing, in words, where the start is near; else what is ready of what."""
        if self.is_over:
            return ""
        if self.red:
            return _("MISSING: {what}").format(what=readiness.missing_words(self.missing))
        return readiness.line(self.parts)

    @property
    def brief(self) -> str:
        """The same in few letters: what is missing alone, or that all is ready."""
        if self.is_over:
            return ""
        if self.red:
            kinds = ", ".join(part.label for part in self.missing)
            return _("MISSING: {what}").format(what=kinds)
        return readiness.line(self.missing) or (_("ready") if self.parts else "")

    @property
    def words(self) -> str:
        """The line as it is read out."""
        told = (self.bearing.hearing.words, self.state, *self.warnings, self.readiness)
        return "  ".join(filter(None, told))


def lines(connection: Connection, acting: Acting, hearing_ids: Sequence[str]) -> list[BoardLine]:
    """These hearings as they stand on the board."""
    return _lines(connection, acting, bearings.read(connection, acting, hearing_ids))


def _lines(connection: Connection, acting: Acting, found: Sequence[Bearing]) -> list[BoardLine]:
    linked = bearings.linked_schemes(connection, [each.hearing.id for each in found])
    return [
        _line(connection, acting, each, linked.get(each.hearing.id, frozenset())) for each in found
    ]


def _line(
    connection: Connection, acting: Acting, bearing: Bearing, linked: frozenset[str]
) -> BoardLine:
    found = readiness.parts(bearing)
    standing = bearings.banners(connection, acting, bearing)
    return BoardLine(
        bearing,
        found,
        readiness.missing(found, on_the_day=bearing.hearing.day <= acting.today),
        readiness.is_red(bearing, found, acting.now, acting.settings),
        [banner.words for banner in standing],
        bearings.marks(bearing, standing, linked),
        order.place(bearing.hearing.room, bearing.hearing.start, bearing.hearing.id),
    )


def newest_list(connection: Connection, site: str, on: dt.date) -> tuple[str, dt.datetime] | None:
    """Version and local import time of the newest list of a day; none where there was none."""
    row = connection.execute(
        "SELECT version, imported_at FROM hearing_list WHERE site = ? AND first_on <= ?"
        " AND last_on >= ? AND undone_at = '' ORDER BY imported_at DESC LIMIT 1",
        (site, on.isoformat(), on.isoformat()),
    ).fetchone()
    return (one_line(row[0]), local(instant(row[1]))) if row else None


def page(
    connection: Connection,
    want: Want,
    acting: Acting,
    site: str,
    on: dt.date,
    which: Which = Which.ALL,
    *,
    narrowed: Narrow = EVERYTHING,
) -> Page[BoardLine]:
    """A page of one list of one day at one court.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    places = order.of_day(connection, site, on)
    if narrowed.room:
        places = [each for each in places if each[0] == rooms.sort_key(narrowed.room)]
    if which is Which.ALL and not narrowed.need:
        chosen = order.page(places, want)
        found = lines(connection, acting, [each[-1] for each in chosen.lines])
        return Page(found, chosen.more)
    return _sifted(connection, want, acting, places, which, narrowed)


def _sifted(
    connection: Connection,
    want: Want,
    acting: Acting,
    places: Sequence[tuple[str, str, str]],
    which: Which,
    narrowed: Narrow,
) -> Page[BoardLine]:
    """A page of the lines that belong to a list which must look at every hearing."""
    along = order.from_place(places, want)
    found: list[Bearing] = []
    for bearing in bearings.each(connection, acting, [each[-1] for each in along]):
        if _belongs(bearing, which, acting) and _has(bearing, narrowed.need):
            found.append(bearing)
            if len(found) == want.limit:
                break
    return want.page(_lines(connection, acting, found))


def _belongs(bearing: Bearing, which: Which, acting: Acting) -> bool:
    if which is Which.ALL:
        return True
    hearing = bearing.hearing
    if hearing.list_state != LISTED:
        return False
    if which is Which.TO_RESULT:
        return bearing.day.result is None
    if bearing.day.state in OVER:
        return False
    on_the_day = hearing.day <= acting.today
    return bool(readiness.missing(readiness.parts(bearing), on_the_day=on_the_day))


def _has(bearing: Bearing, need: str) -> bool:
    if not need:
        return True
    if need in list(Kind):
        return any(part.kind == need for part in readiness.parts(bearing))
    return any(each.flag == need for each in bearing.standing)


def wanted(connection: Connection, acting: Acting, site: str, on: dt.date) -> list[tuple[str, str]]:
    """What the hearings of a day ask for: code and words, to narrow the board down to one.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    ids = [each[-1] for each in order.of_day(connection, site, on)]
    kinds: set[str] = set()
    codes: set[str] = set()
    for bearing in bearings.each(connection, acting, ids):
        kinds |= {part.kind.value for part in readiness.parts(bearing)}
        codes |= {each.flag for each in bearing.standing}
    told = [(kind.value, need_label(kind)) for kind in Kind if kind in kinds]
    return told + sorted(((code, need_label(code)) for code in codes), key=lambda each: each[1])


def need_label(need: str) -> str:
    """What a list was narrowed down to is called."""
    if need in list(Kind):
        return _(readiness.MISSING_LABELS[Kind(need)])
    return flags.label(need)
