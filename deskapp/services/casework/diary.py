"""The diary: the bookings of judges, rooms and staff on some days, and where they overlap.

It is a query over the items of every case that may be seen: what an open booking says stands beside
it (``case_rows``), so that nothing is folded and the years before are not read. An overlap is a
warning, and nothing is refused for it.
Source: casework sheet, sections 1.7 and 2.6.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import local, stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotFoundError
from deskapp.i18n import _, clock_time, day
from deskapp.roles import Act
from deskapp.services.casework import answers as answers_of
from deskapp.services.casework import (
    bookings,
    cases,
    own_reports,
    shelf,
    values,
    withheld_texts,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.bookings import END, RESOURCE, START, Booking
from deskapp.services.casework.scheme import Template
from deskapp.services.casework.shown import value_text
from deskapp.services.casework.vocabulary import Status
from deskapp.services.casework.words import shown
from deskapp.services.persons.withheld import OPEN, Cover
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
    found: dict[str, Slot] = {}
    wanted: list[Booking] = []
    for slot in _booked(connection, acting, first, last):
        name = f"{slot.case_id}:{slot.item}"
        found[name] = slot
        same = " ".join(folded(slot.resource).split())
        wanted.append(Booking(same, slot.start, slot.end, name))
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
        for template in bookings.templates(scheme):
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


def _booked(
    connection: Connection, acting: Acting, first: dt.date, last: dt.date
) -> Iterator[Slot]:
    """Every open booking that touches some days."""
    hidden, names = own_reports.seen(acting.book, acting.person)
    rows = connection.execute(
        "SELECT i.case_id, s.ref, s.scheme, s.version, i.name, i.template, i.answers"
        " FROM case_item AS i INDEXED BY case_item_by_end JOIN case_state AS s ON s.id = i.case_id"
        f" WHERE i.ends_key <> '' AND i.ends_key > ? AND i.starts_key < ? AND {hidden}",
        (stamp(values.start_of(first)), stamp(values.start_of(last + values.ONE_DAY)), *names),
    ).fetchall()
    covers = withheld_texts.covers(connection, (row[0] for row in rows))
    for case_id, ref, scheme_id, version, name, template_id, answers in rows:
        template = acting.book.scheme(scheme_id, version).template_by_id[template_id]
        said = answers_of.filled({}, template.fields, json.loads(answers))
        yield _slot(case_id, ref, name, template, said, covers.get(case_id, OPEN))


def _schemes(acting: Acting) -> list[str]:
    """The schemes with bookings whose cases may be seen."""
    visible = shelf.visible(acting.book, acting.person)
    with_bookings = (each.id for each in shelf.newest(acting.book) if any(bookings.templates(each)))
    return [each for each in with_bookings if each in visible]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" for _value in values)


def _slot(
    case_id: str,
    ref: str,
    item: str,
    template: Template,
    said: Mapping[str, values.Value],
    cover: Cover,
) -> Slot:
    own = (each for each in template.fields if each.id not in bookings.TAKES)
    what = ", ".join(filter(None, (value_text(each, said.get(each.id)) for each in own)))
    start, end = said[START], said[END]
    assert isinstance(start, dt.datetime)
    assert isinstance(end, dt.datetime)
    return Slot(
        case_id,
        ref,
        item,
        cover.text(one_line(str(said[RESOURCE]))),
        local(start),
        local(end),
        cover.text(one_line(what)) or shown(template.label),
    )
