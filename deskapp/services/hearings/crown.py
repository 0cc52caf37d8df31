"""Crown Court lists: the daily list, and the firm list with a date for each court list.

Of a masked person only the masked name leaves this module for an item; where the real name stands
in a note of the hearing, the masked name takes its place. Source: hearings sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.hearings.items import Code, Finding, Item, Party
from deskapp.services.hearings.shapes import Object, Shape, text, texts

ROOTS = ("DailyList", "FirmList")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(\.\d+)?)?", re.ASCII)
_NAME_PARTS = ("CitizenNameTitle", "CitizenNameForename", "CitizenNameSurname", "CitizenNameSuffix")
_OPEN = ("no", "false", "")
"""What says that somebody is not masked; any other word masks."""
_SHORTEST_NAME = 3
"""A shorter surname in a note would blank parts of other words too."""


class Person(NamedTuple):
    """Somebody of a Crown list before it is decided what may be kept."""

    role: str
    name: str
    masked_name: str
    masked: bool
    hidden: tuple[str, ...]
    """Every form of the real name, the longest first."""

    @property
    def party(self) -> Party:
        """What may be kept."""
        return Party(self.role, self.masked_name if self.masked else self.name, masked=self.masked)


class Sitting(NamedTuple):
    """Where and when hearings are listed."""

    path: str
    house: str
    room: str
    day: dt.date | None
    start: dt.time | None
    own: Object


class Crown:
    """One Crown list, walked through once.

    Args:
        document: The file, an object with one of ``ROOTS``.
    """

    def __init__(self, document: Object) -> None:
        self._shape = Shape()
        self._times: list[Finding] = []
        self.root = next(name for name in ROOTS if name in document)
        top = self._shape.one(document, self.root, "")
        self.header = self._shape.one(top, "ListHeader", self.root)
        self.reserves = len(list(self._shape.each(top, "ReserveList", self.root)))
        self.houses: list[str] = []
        self.sittings: list[Sitting] = []
        for path, part in self._shape.each(top, "CourtLists", self.root):
            self._list(part, path)
        self.hearings = [
            (sitting, path, hearing)
            for sitting in self.sittings
            for path, hearing in self._shape.each(sitting.own, "Hearings", sitting.path)
        ]
        self.people = [people(self._shape, own, path) for _sitting, path, own in self.hearings]
        self.items = [
            self._item(*hearing, persons)
            for hearing, persons in zip(self.hearings, self.people, strict=True)
        ]

    @property
    def findings(self) -> list[Finding]:
        """What cannot be read."""
        return [*self._shape.findings, *self._times]

    def _list(self, part: Object, path: str) -> None:
        house = text(self._shape.one(part, "CourtHouse", path), "CourtHouseName")
        self.houses.append(house)
        if self.root == "FirmList":
            day = self._day(text(part, "SittingDate"), f"{path}.SittingDate")
        else:
            day = self._day(text(self.header, "StartDate"), f"{self.root}.ListHeader.StartDate")
        for at, own in self._shape.each(part, "Sittings", path):
            start = self._start(own, at)
            room = text(own, "CourtRoomNumber")
            self.sittings.append(Sitting(at, house, room, day, start, own))

    def _day(self, written: str, path: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            reason = _("The list does not say its day like 2026-11-21.")
            finding = Finding(Code.TIME if written else Code.DATE_REQUIRED, path, reason)
            if finding not in self._times:
                self._times.append(finding)
            return None

    def _start(self, sitting: Object, path: str) -> dt.time | None:
        written = text(sitting, "SittingAt")
        found = _CLOCK.fullmatch(written)
        if found:
            return dt.time(int(found[1]), int(found[2]))
        if written or sitting.get("SittingAt"):
            reason = _("{field} is not a time like 10:30:00.").format(field="SittingAt")
            self._times.append(Finding(Code.TIME, f"{path}.SittingAt", reason))
        return None

    def _item(self, sitting: Sitting, path: str, hearing: Object, persons: list[Person]) -> Item:
        details = self._shape.one(hearing, "HearingDetails", path)
        described = text(details, "HearingDescription")
        notes = [
            text(hearing, "TimeMarkingNote"),
            text(hearing, "ListNote"),
            text(sitting.own, "SittingNote"),
        ]
        respondents = [Party("respondent", name) for name in texts(hearing, "Respondent")]
        case_ref = text(hearing, "CaseNumber", "CaseNumberCaTH")
        if not (case_ref or persons):
            reason = _("There is no case number, no name and no party.")
            self._shape.findings.append(Finding(Code.COLUMNS, path, reason))
        return Item(
            where=path,
            house=sitting.house,
            room=sitting.room,
            day=sitting.day,
            start=sitting.start,
            case_ref=case_ref,
            hearing_type=text(details, "HearingType") or _without_names(described, persons),
            description=_without_names(described, persons),
            judiciary=tuple(_judges(self._shape, sitting)),
            note="\n".join(_without_names(note, persons) for note in notes if note),
            parties=(
                *(person.party for person in persons),
                *(one._replace(name=_without_names(one.name, persons)) for one in respondents),
            ),
        )


def people(shape: Shape, hearing: Object, path: str) -> list[Person]:
    """The prosecution advocate and the defendants of a hearing."""
    prosecution = shape.one(hearing, "Prosecution", path)
    found = []
    if prosecution.get("Advocate") is not None:
        advocate = shape.one(prosecution, "Advocate", f"{path}.Prosecution")
        found.append(_person(shape, advocate, path, "prosecution advocate"))
    for at, defendant in shape.each(hearing, "Defendants", path):
        found.append(_person(shape, defendant, at, "defendant"))
    return found


def _person(shape: Shape, own: Object, path: str, role: str) -> Person:
    details = shape.one(own, "PersonalDetails", path)
    written = shape.one(details, "Name", path)
    surname = text(written, "CitizenNameSurname")
    forenames = " ".join(texts(written, "CitizenNameForename"))
    name = _whole(written)
    short = f"{forenames} {surname}".strip()
    forms = {name, short, text(written, "CitizenNameRequestedName"), surname, forenames}
    long_enough = (form for form in forms if len(form) >= _SHORTEST_NAME)
    flag = details.get("IsMasked")
    masked = flag is True or text(details, "IsMasked").strip().casefold() not in _OPEN
    hidden = tuple(sorted(long_enough, key=len, reverse=True)) if masked else ()
    return Person(role, name, text(details, "MaskedName"), masked, hidden)


def _whole(written: Object) -> str:
    return " ".join(part for name in _NAME_PARTS for part in texts(written, name))


def _judges(shape: Shape, sitting: Sitting) -> Iterator[str]:
    judiciary = shape.one(sitting.own, "Judiciary", sitting.path)
    judge = shape.one(judiciary, "Judge", sitting.path)
    for own in (judge, *(each for _at, each in shape.each(judiciary, "Justice", sitting.path))):
        name = text(own, "CitizenNameRequestedName") or _whole(own)
        if name:
            yield name


def _without_names(note: str, persons: list[Person]) -> str:
    for person in persons:
        for form in person.hidden:
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, form.split())) + r"(?!\w)"
            shown = person.masked_name.replace("\\", r"\\")  # a template, not a name, for re.sub
            note = re.sub(pattern, shown, note, flags=re.IGNORECASE)
    return note
