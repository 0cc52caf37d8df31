"""The list of what is due, item by item, in keyset pages that an index gives in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.services.casework import own_reports, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import when
from deskapp.services.casework.case_lists import LAST, end_of, last_key
from deskapp.services.casework.values import When, start_of
from deskapp.services.paging import Page, Want


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


def from_day(day: dt.date) -> Want:
    """The page of the list that begins with what is due on ``day`` or next after it."""
    return Want((stamp(start_of(day)), LAST))


def page(
    connection: Connection, want: Want, acting: Acting, until: dt.date, *, scheme: str = ""
) -> Page[DueLine]:
    """A page of the open items that are due up to ``until``, the most urgent first.

    ``scheme`` narrows it to the cases of one scheme.
    """
    place, order = want.clause("i.due_key, i.id")
    hidden, names = own_reports.seen(acting.book, acting.person)
    if scheme:
        hidden, names = f"{hidden} AND s.scheme = ?", [*names, scheme]
    rows = connection.execute(
        "SELECT i.id, i.case_id, s.ref, s.scheme, s.version, s.title, i.name, i.template, i.about,"
        " i.due, i.due_key FROM case_item AS i JOIN case_state AS s ON s.id = i.case_id"
        f" WHERE i.open = 1 AND i.due_key <= ? AND {hidden} AND {place} ORDER BY {order} LIMIT ?",
        (last_key(want, end_of(until)), *names, *want.place, want.limit),
    ).fetchall()
    lines = [_line(row) for row in rows]
    covers = withheld_texts.covers(connection, [each.case_id for each in lines])
    return want.page(
        [
            replace(each, title=cover.text(each.title), about=cover.text(each.about))
            if (cover := covers.get(each.case_id))
            else each
            for each in lines
        ]
    )


def _line(row: tuple[str, ...]) -> DueLine:
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
        due=when(due),
        overdue_at=instant(due_key),
        place=(due_key, item_id),
    )
