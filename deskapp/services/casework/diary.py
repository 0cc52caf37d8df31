"""The diary: the bookings of judges, rooms and staff on some days, and where they overlap.

It is a query over every case with bookings that may be seen; only families that have an open one
are folded. An overlap is a warning, and nothing is refused for it.
Source: casework sheet, sections 1.7 and 2.6.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotFoundError
from deskapp.i18n import _, clock_time, day
from deskapp.roles import Act
from deskapp.services.casework import bookings, cases, fold, shelf, stored, values
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.bookings import END, RESOURCE, START, Booking
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Scheme, Template
from deskapp.services.casework.shown import value_text
from deskapp.services.casework.state import Item
from deskapp.services.casework.vocabulary import ItemKind, Status
from deskapp.services.casework.words import shown
from deskapp.text import fold as folded
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


class Slot(NamedTuple):
    """A booking as the diary shows it; its times are those of London."""

    case_id: str
    ref: str
    item: str
    resource: str
    start: dt.datetime
    end: dt.datetime
    what: str
    """What it is for, in the language in use."""
    overlaps: tuple[str, ...] = ()
    """The times of the other bookings of the same judge, room or person then."""

    @property
    def times(self) -> str:
        """From when to when; the day as well where it ends on another one."""
        until = clock_time(self.end)
        if self.end.date() != self.start.date():
            until = f"{day(self.end.date())} {until}"
        return f"{clock_time(self.start)}-{until}"


class DiaryLine(NamedTuple):
    """A case that bookings can be added to."""

    case_id: str
    template: str
    title: str
    """Whose diary it is, and of which scheme."""
    of: str
    """Whose it is; empty when the case does not say."""


def slots(connection: Connection, acting: Acting, first: dt.date, last: dt.date) -> list[Slot]:
    """The open bookings that touch the days from ``first`` to ``last``, in order of time.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    since, until = values.start_of(first), values.start_of(last + values.ONE_DAY)
    found: dict[str, Slot] = {}
    wanted: list[Booking] = []
    for ref, facts, item in _booked(connection, acting):
        booking = Booking.of(item)
        if booking and booking.start < until and booking.end > since:
            name = f"{facts.case.id}:{item.name}"
            found[name] = _slot(ref, facts, item, booking)
            same = " ".join(folded(booking.resource).split())
            wanted.append(booking._replace(resource=same, item=name))
    others: dict[str, list[str]] = defaultdict(list)
    for one, two in bookings.overlaps(wanted):
        others[one.item].append(two.item)
        others[two.item].append(one.item)
    told = (
        slot._replace(overlaps=tuple(found[other].times for other in others[name]))
        for name, slot in found.items()
    )
    return sorted(told, key=attrgetter("start", "resource", "item"))


def diaries(connection: Connection, acting: Acting) -> list[DiaryLine]:
    """The open cases that bookings can be added to, by name.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(acting.user, Act.WORK_CASES)
    names = _schemes(acting)
    rows = connection.execute(
        "SELECT id, scheme, version, title FROM case_state"
        f" WHERE scheme IN ({_marks(names)}) AND closed_at = '' ORDER BY id",
        names,
    )
    found = []
    for case_id, scheme_id, version, title in rows.fetchall():
        scheme = acting.book.scheme(scheme_id, version)
        for template in _templates(scheme):
            if template.many:
                label = " ".join(filter(None, (title, f"({shown(scheme.label)})")))
                found.append(DiaryLine(case_id, template.id, label, title))
    return sorted(found, key=lambda line: line.title.casefold())


def move(
    session: Session, acting: Acting, case_id: str, item_name: str, start: dt.datetime
) -> None:
    """Move a booking: it is made again from ``start`` on, as long as before, and the old one ends.

    Raises:
        NotFoundError: If there is no such booking that is still open.
        RefusedError: If the scheme refuses it.
        NotAllowedError: If the role may not work on cases.
    """
    record = cases.look(session, acting, case_id)
    item = record.facts.case.item(item_name)
    booking = Booking.of(item) if item else None
    if item is None or booking is None:
        raise NotFoundError(_("This booking is over, or was moved already."))
    template = record.scheme.template_by_id[item.template]
    given = {name: values.write(value) for name, value in item.fields.items()}
    given |= _times(start, start + (booking.end - booking.start))
    cases.add_item(session, acting, case_id, template.id, given, item_id=new_id())
    ended = next(each.id for each in template.outcomes if each.status is Status.WAIVED)
    cases.close_item(session, acting, case_id, item.name, ended)


def _times(start: dt.datetime, end: dt.datetime) -> Mapping[str, object]:
    return {START: values.write(start), END: values.write(end)}


def _booked(connection: Connection, acting: Acting) -> Iterator[tuple[str, CaseFacts, Item]]:
    """Every open booking with its case and the reference of that.

    Those are few, whatever happened before: each is somebody's time that is still to come, or
    waits for its outcome. When it is stands in the events alone, so their families are folded.
    """
    for family_id in _families(connection, acting):
        family = fold.fold(acting.book, stored.events(connection, family_id), acting.at)
        refs = {kept.id: kept.ref for kept in stored.family(connection, family_id)}
        for case in family.cases.values():
            if not shelf.may_know(acting.book, case.scheme, acting.person):
                continue
            facts = CaseFacts(acting.book, family, case, acting.at)
            for template in _templates(facts.scheme):
                for item in case.of_template(template.id):
                    yield refs[case.id], facts, item


def _families(connection: Connection, acting: Acting) -> list[str]:
    """The families of the live cases that may be seen and have a booking that is open."""
    names = _schemes(acting)
    versions = acting.book.schemes.values()
    templates = {template.id for scheme in versions for template in _templates(scheme)}
    rows = connection.execute(
        f"SELECT family_id FROM case_state AS s WHERE scheme IN ({_marks(names)}) AND live = 1"
        " AND closed_at = '' AND EXISTS (SELECT 1 FROM case_item AS i WHERE i.open"
        f" AND i.family_id = s.family_id AND i.template IN ({_marks(templates)}))",
        (*names, *templates),
    )
    return sorted({str(family_id) for (family_id,) in rows.fetchall()})


def _schemes(acting: Acting) -> list[str]:
    """The schemes with bookings whose cases may be seen."""
    visible = shelf.visible(acting.book, acting.person)
    with_bookings = (each.id for each in shelf.newest(acting.book) if any(_templates(each)))
    return [each for each in with_bookings if each in visible]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" for _value in values)


def _templates(scheme: Scheme) -> Iterator[Template]:
    """The items of a scheme that take somebody, or a room, from one moment to another."""
    for template in scheme.templates:
        if template.kind is ItemKind.BOOKING and all(map(template.field, (RESOURCE, START, END))):
            yield template


def _slot(ref: str, facts: CaseFacts, item: Item, booking: Booking) -> Slot:
    template = facts.scheme.template_by_id[item.template]
    own = (each for each in template.fields if each.id not in (RESOURCE, START, END))
    what = ", ".join(filter(None, (value_text(each, item.fields.get(each.id)) for each in own)))
    return Slot(
        facts.case.id,
        ref,
        item.name,
        one_line(booking.resource),
        local(booking.start),
        local(booking.end),
        one_line(what) or shown(template.label),
    )
