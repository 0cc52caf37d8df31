"""Whether everything and everybody that a hearing needs is there: one line, computed, never kept.

Source: hearings sheet, section 2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_, _
from deskapp.services.hearings import rooms
from deskapp.services.hearings.booked import BookedLine
from deskapp.services.hearings.channels import is_remote
from deskapp.services.hearings.day import BEGUN, DONE, OVER, Day, Presence, Ready
from deskapp.services.hearings.flags import Does, Group
from deskapp.services.hearings.links import LinkLine, LinkState
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.settings import Settings
from deskapp.services.hearings.stored import Hearing


class Kind(StrEnum):
    """What is looked at."""

    INTERPRETER = "interpreter"
    MEASURES = "measures"
    NEEDS = "needs"
    LINK = "link"
    JURORS = "jurors"
    PARTIES = "parties"


KIND_LABELS = {
    Kind.INTERPRETER: N_("Interp"),
    Kind.MEASURES: N_("Measures"),
    Kind.NEEDS: N_("Needs"),
    Kind.LINK: N_("Link"),
    Kind.JURORS: N_("Jurors"),
    Kind.PARTIES: N_("Parties"),
}
"""Short: the line has one for each."""
MISSING_LABELS = {
    Kind.INTERPRETER: N_("interpreter"),
    Kind.MEASURES: N_("special measures"),
    Kind.NEEDS: N_("adjustments"),
    Kind.LINK: N_("video link"),
    Kind.JURORS: N_("jurors"),
    Kind.PARTIES: N_("parties"),
}
ONLY_ON_THE_DAY = frozenset({Kind.JURORS, Kind.PARTIES})
"""What cannot be missing on the day before."""


class Part(NamedTuple):
    """One thing that is needed."""

    kind: Kind
    ready: int
    needed: int

    @property
    def missing(self) -> bool:
        """Whether something of it is not ready."""
        return self.ready < self.needed

    @property
    def label(self) -> str:
        """What it is called, in few letters."""
        return _(KIND_LABELS[self.kind])

    @property
    def words(self) -> str:
        """It and how far it is, such as ``Interp 0/1``."""
        return f"{self.label} {self.ready}/{self.needed}"


@dataclass(frozen=True)
class Bearing:
    """Everything that hangs on a hearing."""

    hearing: Hearing
    day: Day
    needs: Sequence[NeedLine] = ()
    bookings: Sequence[BookedLine] = ()
    links: Sequence[LinkLine] = ()
    facilities: frozenset[str] | None = None
    """What is in its room; ``None`` while nobody said."""
    on_trial: tuple[int, int] = (0, 0)
    """Jurors of the trial with its case number who were recorded today, and how many there are."""

    @property
    def jurors(self) -> tuple[int, int]:
        """Here, and how many are needed: what was counted in the room, else by the jury desk."""
        return self.day.jurors if any(self.day.jurors) else self.on_trial

    @property
    def standing(self) -> list[NeedLine]:
        """Needs that were not refused and not taken back."""
        return [each for each in self.needs if each.stands]

    def to_arrange(self, group: Group | None) -> list[NeedLine]:
        """Needs for which the desk does more than book: of a group, or of the others."""
        return [
            each
            for each in self.standing
            if each.does in (Does.ROOM, Does.TEST, Does.TICK)
            and (_group(each) is Group.MEASURE) is (group is Group.MEASURE)
        ]

    def unbooked(self) -> list[NeedLine]:
        """Needs that a booking must meet and none does."""
        met = {each.need_id for each in self.bookings if each.counts}
        free = [each for each in self.bookings if each.counts and not each.need_id]
        wanting = []
        for need in self.standing:
            if need.does is not Does.BOOK or need.id in met:
                continue
            same = next((each for each in free if _meets(each, need)), None)
            if same is None:
                wanting.append(need)
            else:
                free.remove(same)
        return wanting

    def is_ready(self, need: NeedLine) -> bool:
        """Whether somebody said that a need is met for this hearing."""
        return self.day.ticks.get(need.id, (Ready.TODO, ""))[0] in DONE


def _group(need: NeedLine) -> Group:
    return need.kind.group if need.kind else Group.OTHER


def _meets(booking: BookedLine, need: NeedLine) -> bool:
    kind, language = need.kind.books if need.kind else ("", "")
    wanted = need.language_code or language
    return booking.kind == kind and (not wanted or booking.language_code == wanted)


def parts(bearing: Bearing) -> list[Part]:
    """What is needed and how much of it is ready; what is not needed is left out."""
    return [part for part in _parts(bearing) if part.needed]


def _parts(bearing: Bearing) -> Iterator[Part]:
    wanted = [each for each in bearing.bookings if each.counts]
    come = sum(each.is_there(bearing.hearing.begins) for each in wanted)
    yield Part(Kind.INTERPRETER, come, len(wanted) + len(bearing.unbooked()))
    for kind, group in ((Kind.MEASURES, Group.MEASURE), (Kind.NEEDS, None)):
        due = bearing.to_arrange(group)
        yield Part(kind, sum(map(bearing.is_ready, due)), len(due))
    remote = is_remote(bearing.hearing.channel)
    tested = sum(each.outcome is LinkState.OK for each in bearing.links)
    yield Part(Kind.LINK, tested, len(bearing.links) or int(remote))
    here, needed = bearing.jurors
    yield Part(Kind.JURORS, here, needed)
    present = (Presence.HERE, Presence.ATTENDED)
    came = sum(
        bearing.day.parties.get(each.key, (Presence.EXPECTED, ""))[0] in present
        for each in bearing.hearing.parties
    )
    yield Part(Kind.PARTIES, came, len(bearing.hearing.parties))


def line(found: Sequence[Part]) -> str:
    """The readiness line."""
    return "  ".join(part.words for part in found)


def missing(found: Sequence[Part], *, on_the_day: bool) -> list[Part]:
    """What is not ready; before the day nobody can be there yet."""
    return [
        part for part in found if part.missing and (on_the_day or part.kind not in ONLY_ON_THE_DAY)
    ]


def missing_words(found: Sequence[Part]) -> str:
    """What is missing, in words."""
    return ", ".join(_(MISSING_LABELS[part.kind]) for part in found)


def is_red(bearing: Bearing, found: Sequence[Part], now: dt.datetime, settings: Settings) -> bool:
    """Whether something needed is missing and the start is near or past.

    Once a hearing was called on nobody waits any more, and a hearing that is off needs nothing.
    """
    hearing, day = bearing.hearing, bearing.day
    if hearing.starts_at is None or day.state in BEGUN | OVER or hearing.list_state != "listed":
        return False
    near = hearing.starts_at - dt.timedelta(minutes=settings.red_minutes)
    return now >= near and any(part.missing for part in found)


def checks(bearing: Bearing, settings: Settings) -> dict[str, str]:
    """Id of a need -> what the room lacks of what it asks for."""
    found = {
        each.id: rooms.lacking(each, bearing.facilities, settings) for each in bearing.standing
    }
    return {need_id: words for need_id, words in found.items() if words}
