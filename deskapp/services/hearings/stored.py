"""One hearing as the store has it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.hearings import needs, parties
from deskapp.services.hearings.parties import PartyLine
from deskapp.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskapp.data.connection import Connection
    from deskapp.roles import User

COLUMNS = (
    "h.id, h.site, h.day, h.start, h.starts_at, h.minutes, h.house, h.room, h.case_ref, h.case_key,"
    " h.case_name, h.hearing_type, h.description, h.channel, h.panel, h.sequence, h.judiciary,"
    " h.note, h.restricted, h.restriction, h.parties, h.list_state, h.list_id"
)


class Hearing(NamedTuple):
    """One hearing."""

    id: str
    site: str
    day: dt.date
    start: str
    """Wall clock; empty where the list gives none."""
    starts_at: dt.datetime | None
    minutes: int | None
    house: str
    room: str
    case_ref: str
    case_key: str
    case_name: str
    hearing_type: str
    description: str
    channel: str
    panel: str
    sequence: str
    judiciary: list[str]
    note: str
    restricted: bool
    restriction: str
    parties: list[PartyLine]
    list_state: str
    list_id: str

    @property
    def subject_key(self) -> str:
        """What its needs are kept under."""
        return needs.subject_key(self.id, self.case_key)

    @property
    def begins(self) -> str:
        """Wall clock, ``YYYY-MM-DDTHH:MM``; empty where the list gives no time."""
        return f"{self.day}T{self.start}" if self.start else ""

    @property
    def who(self) -> str:
        """The case, or who takes part."""
        return one_line(self.case_name) or ", ".join(each.name for each in self.parties)

    @property
    def words(self) -> str:
        """Time, room and case, as the hearing is spoken of."""
        told = (self.start or "--:--", self.room, self.case_ref, self.who)
        return "  ".join(part for each in told if (part := one_line(each)))


def of_row(row: Sequence[Any]) -> Hearing:
    """The hearing of a row of ``COLUMNS``."""
    found = dict(zip(Hearing._fields, row, strict=True))
    found["day"] = dt.date.fromisoformat(found["day"])
    found["starts_at"] = instant(found["starts_at"]) if found["starts_at"] else None
    found["judiciary"] = [one_line(str(name)) for name in json.loads(found["judiciary"] or "[]")]
    found["restricted"] = bool(found["restricted"])
    found["parties"] = parties.read(found["parties"])
    return Hearing(**found)


def get(connection: Connection, hearing_id: str) -> Hearing:
    """The hearing with this id, for services that asked who reads.

    Raises:
        NotFoundError: If there is none.
    """
    row = connection.execute(
        f"SELECT {COLUMNS} FROM hearing AS h WHERE h.id = ?", (hearing_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such hearing."))
    return of_row(row)


def read(connection: Connection, hearing_id: str, *, user: User) -> Hearing:
    """The hearing with this id.

    Raises:
        NotFoundError: If there is none.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    return get(connection, hearing_id)


def several(connection: Connection, hearing_ids: Sequence[str]) -> list[Hearing]:
    """These hearings, in the order given; those that are not there are left out."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM hearing AS h WHERE h.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(hearing_ids)),),
    ).fetchall()
    found = {row[0]: of_row(row) for row in rows}
    return [found[each] for each in hearing_ids if each in found]
