"""Nested lists: civil, family, magistrates' and the tribunals' strategic lists.

Source: hearings sheet, section 6, nested JSON; counting rules of the sample lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from deskapp.i18n import _
from deskapp.services.hearings import checks
from deskapp.services.hearings.items import Code, Finding, Item, Party
from deskapp.services.hearings.shapes import Object, Shape, text, texts

ITEMS = ("case", "application")
NAMES = ("individualForenames", "individualMiddleName", "individualSurname")


class Sitting(NamedTuple):
    """A sitting and where it stands."""

    path: str
    house: str
    room: str
    session: Object
    own: Object
    start: dt.datetime | None
    """Wall clock in London; nothing where the list has none that can be read."""
    end: dt.datetime | None


class Nested:
    """One nested list, walked through once.

    Args:
        document: The file, an object with ``courtLists``.
    """

    def __init__(self, document: Object) -> None:
        self._shape = Shape()
        self._times: list[Finding] = []
        self.houses: list[str] = []
        self.rooms: list[tuple[str, str]] = []
        self.sessions: list[Object] = []
        self.sittings: list[Sitting] = []
        self.empty = 0
        """Sessions without sittings and sittings without hearings."""
        for path, part in self._shape.each(document, "courtLists", ""):
            self._house(part, path)
        self.elements = [
            (sitting, path, hearing)
            for sitting in self.sittings
            for path, hearing in self._shape.each(sitting.own, "hearing", sitting.path)
        ]
        self.items = [item for element in self.elements for item in self._items(*element)]

    @property
    def findings(self) -> list[Finding]:
        """What cannot be read."""
        return [*self._shape.findings, *self._times]

    def _house(self, part: Object, path: str) -> None:
        house = self._shape.one(part, "courtHouse", path)
        name = text(house, "courtHouseName") or text(part, "courtListName")
        self.houses.append(name)
        for room_path, room in self._shape.each(house, "courtRoom", f"{path}.courtHouse"):
            called = text(room, "courtRoomName")
            self.rooms.append((name, called))
            for at, session in self._shape.each(room, "session", room_path):
                self.sessions.append(session)
                self._session(session, at, name, called)

    def _session(self, session: Object, path: str, house: str, room: str) -> None:
        sittings = list(self._shape.each(session, "sittings", path))
        self.empty += not sittings
        for at, sitting in sittings:
            self.empty += not sitting.get("hearing")
            start = self._instant(sitting, "sittingStart", at)
            end = self._instant(sitting, "sittingEnd", at)
            self.sittings.append(Sitting(at, house, room, session, sitting, start, end))

    def _instant(self, sitting: Object, name: str, path: str) -> dt.datetime | None:
        written = text(sitting, name)
        if not written and not sitting.get(name):
            return None
        try:
            return checks.local_instant(written)
        except (ValueError, OverflowError):
            reason = _("{field} is not a time like 2026-11-21T10:30:00Z.").format(field=name)
            self._times.append(Finding(Code.TIME, f"{path}.{name}", reason))
            return None

    def _items(self, sitting: Sitting, path: str, hearing: Object) -> Iterator[Item]:
        shared = _parties(self._shape, hearing, path)
        for kind in ITEMS:
            for at, own in self._shape.each(hearing, kind, path):
                if sitting.start is None and not sitting.own.get("sittingStart"):
                    reason = _("The hearing has no start. Ask for a new list.")
                    self._times.append(Finding(Code.TIME, at, reason))
                parties = (*_parties(self._shape, own, at), *shared)
                item = self._item(sitting, hearing, own, at, parties)
                if not (item.case_ref or item.case_name or parties):
                    reason = _("There is no case number, no name and no party.")
                    self._shape.findings.append(Finding(Code.COLUMNS, at, reason))
                yield item

    def _item(
        self, sitting: Sitting, hearing: Object, own: Object, at: str, parties: tuple[Party, ...]
    ) -> Item:
        start, end = sitting.start, sitting.end
        restricted, words = restriction(self._shape, own, at)
        notes = [text(own, "applicationType"), text(own, "caseType")]
        return Item(
            where=at,
            house=sitting.house,
            room=sitting.room,
            day=start.date() if start else None,
            start=start.time() if start else None,
            minutes=_minutes(start, end),
            case_ref=text(own, "caseNumber", "caseUrn", "applicationReference"),
            case_name=text(own, "caseName"),
            hearing_type=text(hearing, "hearingType"),
            channel=next(iter(channels(sitting, hearing)), ""),
            panel=text(hearing, "panel"),
            sequence=text(own, "caseSequenceIndicator"),
            judiciary=tuple(judges(self._shape, sitting)),
            note="\n".join(note for note in notes if note),
            restriction="\n".join(words),
            restricted=restricted,
            parties=parties,
        )

    def all_parties(self) -> Iterator[Party]:
        """Everybody on hearing, case and application level, once each."""
        shape = Shape()
        for _sitting, path, hearing in self.elements:
            yield from _parties(shape, hearing, path)
            for kind in ITEMS:
                for at, own in shape.each(hearing, kind, path):
                    yield from _parties(shape, own, at)

    def judiciary(self) -> set[str]:
        """The names of all who judge."""
        sessions = [(session, "") for session in self.sessions]
        sittings = [(sitting.own, "") for sitting in self.sittings]
        shape = Shape()
        return {
            name
            for part, path in (*sessions, *sittings)
            for _at, judge in shape.each(part, "judiciary", path)
            if (name := text(judge, "johKnownAs"))
        }


def _minutes(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    if start is None or end is None or end <= start:
        return None
    between = end.astimezone(dt.UTC) - start.astimezone(dt.UTC)  # real ones, also across a change
    return int(between.total_seconds()) // 60


def channels(sitting: Sitting, hearing: Object) -> list[str]:
    """How a hearing is held: what the sitting says, else the hearing, else the session."""
    return (
        texts(sitting.own, "channel")
        or texts(hearing, "channel")
        or texts(sitting.session, "sessionChannel")
    )


def judges(shape: Shape, sitting: Sitting) -> list[str]:
    """Who judges in a sitting, the one who presides first; each once."""
    found = [
        *shape.each(sitting.own, "judiciary", sitting.path),
        *shape.each(sitting.session, "judiciary", sitting.path),
    ]
    found.sort(key=lambda one: one[1].get("isPresiding") is not True)
    return list(dict.fromkeys(name for _at, own in found if (name := text(own, "johKnownAs"))))


def restriction(shape: Shape, own: Object, at: str) -> tuple[bool, list[str]]:
    """Whether a restriction is true or filled on a case or an offence of a party; its words."""
    parts = [own]
    for path, party in shape.each(own, "party", at):
        parts += [offence for _at, offence in shape.each(party, "offence", path)]
    fields = [
        (name, value)
        for part in parts
        for name, value in part.items()
        if "restriction" in name.casefold() and _filled(value)
    ]
    words = [line for name, value in fields for line in texts({name: value}, name)]
    return bool(fields), list(dict.fromkeys(words))


def _filled(value: Any) -> bool:
    if isinstance(value, list):
        return any(_filled(each) for each in value if not isinstance(each, list))
    return bool(value.strip() if isinstance(value, str) else value)


def _parties(shape: Shape, own: Object, at: str) -> tuple[Party, ...]:
    return tuple(_party(shape, party, path) for path, party in shape.each(own, "party", at))


def _party(shape: Shape, party: Object, path: str) -> Party:
    person = shape.one(party, "individualDetails", path)
    body = shape.one(party, "organisationDetails", path)
    name = " ".join(part for part in (text(person, "title"), *_names(person)) if part)
    return Party(
        text(party, "partyRole"),
        name or text(body, "organisationName"),
        custody=person.get("inCustody") is True,
    )


def _names(person: Object) -> list[str]:
    return [text(person, name) for name in NAMES]
