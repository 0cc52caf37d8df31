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
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import markers
from deskapp.services.hearings import (
    booked,
    day,
    events,
    flags,
    links,
    needs,
    order,
    readiness,
    rooms,
    stored,
)
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.day import OVER, STATE_LABELS
from deskapp.services.hearings.lines import STATE_LABELS as LIST_LABELS
from deskapp.services.hearings.readiness import Bearing, Kind, Part
from deskapp.services.markers import Banner
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

AT_ONCE = 500
"""Hearings whose readiness is worked out at a time when a list must look at all."""
LISTED = "listed"
PVP = "PF0021"


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
        """What is missing, in words, where the start is near; else the line of what is ready."""
        if self.is_over:
            return ""
        if self.red:
            return _("MISSING: {what}").format(what=readiness.missing_words(self.missing))
        return readiness.line(self.parts)

    @property
    def words(self) -> str:
        """The line as it is read out."""
        told = (self.bearing.hearing.words, self.state, *self.warnings, self.readiness)
        return "  ".join(filter(None, told))


def bearings(connection: Connection, acting: Acting, hearing_ids: Sequence[str]) -> list[Bearing]:
    """Everything that hangs on hearings, in the order given, in a few reads for all of them."""
    hearings = stored.several(connection, hearing_ids)
    ids = [each.id for each in hearings]
    happened = events.of(connection, ids)
    subjects = [(each.id, each.subject_key) for each in hearings]
    needed = needs.of_hearings(connection, subjects, user=acting.user)
    bookings = booked.of_hearings(connection, ids, user=acting.user)
    linked = links.of_hearings(connection, ids, user=acting.user)
    known = {site: rooms.known(connection, site) for site in {each.site for each in hearings}}
    return [
        Bearing(
            each,
            day.fold(happened.get(each.id, ())),
            needs.shown_at_hearing(needed[each.id]),
            bookings.get(each.id, ()),
            linked.get(each.id, ()),
            known[each.site].get(rooms.key_of(each.room)),
        )
        for each in hearings
    ]


def lines(connection: Connection, acting: Acting, hearing_ids: Sequence[str]) -> list[BoardLine]:
    """These hearings as they stand on the board."""
    return [_line(connection, acting, each) for each in bearings(connection, acting, hearing_ids)]


def _line(connection: Connection, acting: Acting, bearing: Bearing) -> BoardLine:
    found = readiness.parts(bearing)
    return BoardLine(
        bearing,
        found,
        readiness.missing(found, on_the_day=bearing.hearing.day <= acting.today),
        readiness.is_red(bearing, found, acting.now, acting.settings),
        warnings(connection, acting, bearing),
        order.place(bearing.hearing.room, bearing.hearing.start, bearing.hearing.id),
    )


def warnings(connection: Connection, acting: Acting, bearing: Bearing) -> list[str]:
    """What stands about the case and its people, the potentially violent first.

    The facts stay in the restricted case; here are the words of its marker alone.
    """
    found = banners(connection, acting, bearing)
    return [banner.words for banner in sorted(found, key=lambda banner: banner.code != PVP)]


def banners(connection: Connection, acting: Acting, bearing: Bearing) -> list[Banner]:
    """The markers of the case of a hearing and of those whose needs are known, each once."""
    hearing = bearing.hearing
    persons = dict.fromkeys(each.person_id for each in bearing.needs if each.person_id)
    found: dict[str, Banner] = {}
    for person_id in persons or ("",):
        standing = markers.banners(
            connection, person_id, hearing.case_key, today=acting.today, user=acting.user
        )
        found.update({banner.code: banner for banner in standing})
    return list(found.values())


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
    found: list[BoardLine] = []
    for begin in range(0, len(along), AT_ONCE):
        some = [each[-1] for each in along[begin : begin + AT_ONCE]]
        for bearing in bearings(connection, acting, some):
            if _belongs(bearing, which, acting) and _has(bearing, narrowed.need):
                found.append(_line(connection, acting, bearing))
                if len(found) == want.limit:
                    return want.page(found)
    return want.page(found)


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
    for begin in range(0, len(ids), AT_ONCE):
        for bearing in bearings(connection, acting, ids[begin : begin + AT_ONCE]):
            kinds |= {part.kind.value for part in readiness.parts(bearing)}
            codes |= {each.flag for each in bearing.standing}
    told = [(kind.value, _(readiness.MISSING_LABELS[kind])) for kind in Kind if kind in kinds]
    return told + sorted(((code, flags.label(code)) for code in codes), key=lambda each: each[1])
