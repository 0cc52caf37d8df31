"""The hearings of one day as lists show them: by room, then by time.

Source: hearings sheet, sections 1 and 2.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, when
from deskapp.roles import Act, User
from deskapp.services.hearings import order
from deskapp.services.paging import Page, Want
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

STATE_LABELS = {
    "listed": N_("Listed"),
    "removed_from_list": N_("NO LONGER LISTED"),
    "cancelled": N_("Cancelled"),
    "vacated": N_("Vacated"),
    "awaiting_result": N_("Waits for a result"),
    "completed": N_("Completed"),
    "adjourned": N_("Adjourned"),
}
"""What the list states are called."""
MOST_EXPORTED = 10_000
"""Hearings in one file; a busy day has 2,000."""
EXPORTED = (
    "id", "day", "start", "minutes", "house", "room", "case_ref", "hearing_type", "channel",
    "panel", "sequence", "restricted", "list_state", "version", "imported_at",
)  # fmt: skip
"""Columns of an export; nobody exports names by default (section 9)."""
COLUMNS = (
    "h.id, h.day, h.start, h.minutes, h.house, h.room, h.case_ref, h.case_name, h.hearing_type,"
    " h.channel, h.panel, h.sequence, h.restricted, h.list_state, h.parties,"
    " coalesce(l.version, ''), coalesce(l.imported_at, '')"
)


class HearingLine(NamedTuple):
    """A hearing in a list."""

    id: str
    day: str
    start: str
    minutes: int | None
    house: str
    room: str
    case_ref: str
    case_name: str
    hearing_type: str
    channel: str
    panel: str
    sequence: str
    restricted: bool
    list_state: str
    parties: str
    """JSON list."""
    version: str
    """Of the list it stands on."""
    imported_at: str

    @property
    def who(self) -> str:
        """The case, or who takes part."""
        if self.case_name.strip():
            return one_line(self.case_name)
        names = (str(party["name"]) for party in json.loads(self.parties))
        return one_line(", ".join(dict.fromkeys(name for name in names if name)))

    @property
    def words(self) -> str:
        """The line as it is read out."""
        state = "" if self.list_state == "listed" else _(STATE_LABELS[self.list_state])
        told = (
            state,
            self.start or "--:--",
            self.room,
            self.case_ref,
            self.who,
            self.hearing_type,
            _("Restriction on reporting") if self.restricted else "",
        )
        return "  ".join(part for each in told if (part := one_line(each)))

    @property
    def exported(self) -> dict[str, Any]:
        """What may leave deskapp: no names."""
        values = self._asdict()
        return {name: values[name] for name in EXPORTED}


def taken(found: Sequence[HearingLine], today: dt.date) -> str:
    """Version and import time of the newest list among these; empty when none has one."""
    newest = max(found, key=lambda line: line.imported_at, default=None)
    if newest is None or not newest.imported_at:
        return ""
    at = when(local(instant(newest.imported_at)), today)
    version = one_line(newest.version)
    if not version:
        return _("Newest list imported {when}.").format(when=at)
    return _("Newest list: version {version}, imported {when}.").format(version=version, when=at)


def of_day(
    connection: Connection, site: str, day: dt.date, want: Want, *, user: User
) -> Page[HearingLine]:
    """The hearings of a day at one court, by room and time.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    chosen = order.page(order.of_day(connection, site, day), want)
    ids = [each[-1] for each in chosen.lines]
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM hearing AS h LEFT JOIN hearing_list AS l ON l.id = h.list_id"
        " WHERE h.id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    ).fetchall()
    found = {row[0]: HearingLine._make((*row[:12], bool(row[12]), *row[13:])) for row in rows}
    return Page([found[each] for each in ids if each in found], chosen.more)


def place_of(connection: Connection, hearing_id: str, *, user: User) -> tuple[str | int, ...]:
    """Where a hearing stands in the list of its day.

    Raises:
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    row = connection.execute(
        "SELECT room, start, id FROM hearing WHERE id = ?", (hearing_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such hearing."))
    return order.place(*row)
