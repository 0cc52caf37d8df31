"""Hearing rooms: what is in them, and whether that is what a need asks for.

Source: hearings sheet, section 5.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.settings import Settings
from deskapp.text import fold, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting

FACILITIES = {
    "AF-WS": N_("Witness screen"),
    "AF-WR": N_("Witness room"),
    "AF-VC": N_("Video conferencing"),
    "AF-VF": N_("Video facility"),
    "AF-PVL": N_("Prison video link"),
    "AF-SD": N_("Secure dock"),
    "AF-ICC": N_("In camera court"),
    "AF-SSC": N_("Same-sex courtroom"),
    "AF-IDC": N_("Immigration detention centre"),
    "step_free": N_("Step-free access"),
    "hearing_loop": N_("Hearing loop"),
    "infrared": N_("Infrared receivers"),
    "adjustable_chair": N_("Adjustable chair"),
    "private_wait": N_("Private waiting area"),
}
"""What a room can have; untranslated."""
_ROOMS = uuid.UUID("0d1c7f36-2f0e-5c8b-8a53-6c3d0f6a9b11")
"""Name space of the ids that two desks must make alike."""
_DIGITS = re.compile(r"\d+")
_WIDTH = 6
"""Digits of the largest number of a room, so that 10 sorts behind 9."""


class UnknownFacilityError(DeskError):
    """A facility that is not in the list."""


class RoomLine(NamedTuple):
    """One room."""

    name: str
    key: str
    facilities: frozenset[str] | None
    """Codes; ``None`` while nobody said what is in it."""

    @property
    def words(self) -> str:
        """What is in it."""
        if self.facilities is None:
            return _("nobody said yet what is in it")
        known = (_(label) for code, label in FACILITIES.items() if code in self.facilities)
        return ", ".join(known) or _("nothing of the list")


def sort_key(name: str) -> str:
    """What rooms are sorted by: folded, numbers by their value."""
    return _DIGITS.sub(lambda found: found[0].zfill(_WIDTH), " ".join(fold(name).split()))


def key_of(name: str) -> str:
    """What a room is known by."""
    return " ".join(fold(name).split())


def room_id(site: str, name: str) -> str:
    """The id of a room, the same at every desk."""
    return str(uuid.uuid5(_ROOMS, f"{site}\n{key_of(name)}"))


def known(connection: Connection, site: str) -> dict[str, frozenset[str]]:
    """What is in the rooms of a court, by the key of the room."""
    rows = connection.execute(
        "SELECT name_key, facilities FROM room WHERE site = ?", (site,)
    ).fetchall()
    return {key: frozenset(json.loads(codes or "[]")) for key, codes in rows}


def listed(
    connection: Connection, site: str, first: str, last: str, *, user: User
) -> list[RoomLine]:
    """The rooms of a court: those that something is said of, and those of its lists of some days.

    Args:
        connection: Where they are read.
        site: The court.
        first: ISO day from which lists are looked through.
        last: The last such day.
        user: Who reads.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    rows = connection.execute(
        "SELECT name, name_key, facilities FROM room WHERE site = ?", (site,)
    ).fetchall()
    found = {key: RoomLine(name, key, frozenset(json.loads(codes))) for name, key, codes in rows}
    named = connection.execute(
        "SELECT DISTINCT room FROM hearing WHERE site = ? AND day BETWEEN ? AND ?",
        (site, first, last),
    ).fetchall()
    for (name,) in named:
        if shown := one_line(name):
            found.setdefault(key_of(shown), RoomLine(shown, key_of(shown), None))
    return sorted(found.values(), key=lambda room: (sort_key(room.name), room.name))


def equip(
    session: Session, acting: Acting, site: str, name: str, facilities: Iterable[str]
) -> None:
    """Say what is in a room; what was said before is replaced.

    Raises:
        UnknownFacilityError: If one of the codes is not in the list.
        NotAllowedError: If the role may not enter needs.
    """
    from deskapp.data.day_tables import Room

    roles.require(acting.user, Act.WORK_NEEDS)
    codes = list(facilities)
    for code in codes:
        if code not in FACILITIES:
            message = _("No room can have {code}. Use some of: {codes}.")
            told = message.format(code=one_line(code), codes=" ".join(FACILITIES))
            raise UnknownFacilityError(told)
    ordered = [code for code in FACILITIES if code in codes]
    own = room_id(site, name)
    room = session.get(Room, own)
    if room is None:
        room = Room(
            id=own, home_site=acting.user.site, site=site, name=one_line(name),
            name_key=key_of(name),
        )  # fmt: skip
        session.add(room)
    room.facilities = json.dumps(ordered)


def lacking(need: NeedLine, facilities: frozenset[str] | None, settings: Settings) -> str:
    """What the room does not have of what a need asks for, in words; empty where it has it.

    Args:
        need: The need.
        facilities: What is in the room; ``None`` while nobody knows.
        settings: Which facilities meet which action.
    """
    wanted = wanted_by(need, settings.facilities_for)
    if not wanted or (facilities is not None and facilities & wanted):
        return ""
    names = " / ".join(_(FACILITIES.get(code, code)) for code in FACILITIES if code in wanted)
    if facilities is None:
        return _("look whether the room has: {what}").format(what=names)
    return _("THE ROOM HAS NO {what}").format(what=names)


def wanted_by(need: NeedLine, facilities_for: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Codes of facilities of which a need asks for one; none where it is only a line to tick."""
    if need.kind is None or need.does not in (Does.ROOM, Does.TEST):
        return frozenset()
    return facilities_for.get(need.kind.action, frozenset())
