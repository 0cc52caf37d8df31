"""One attendance that two desks recorded apart: which record comes out of both.

The row has the same id on every desk, so what arrives is merged and never replaced. The function
gives the same whatever comes first, and the same again when something comes twice.
Source: jury sheet, section 9; kind ``register`` of the sync design.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.stages import CLAIMED, MAY_ATTEND, Stage, Status

ROWS = uuid.UUID("0b7c3f0a-6a3e-5d43-9a4e-3c1f5f0f6a52")
"""Name space of the ids of rows that are made of numbers."""
_RANK = {
    None: 0,
    Stage.CHECKED_IN: 1,
    Stage.CHECKED_OUT: 2,
    Stage.EXPENSE_ENTERED: 3,
    Stage.EXPENSE_EDITED: 4,
    Stage.EXPENSE_AUTHORISED: 5,
}


class Doubt(StrEnum):
    """Why somebody must look at a merged attendance."""

    CONFIRMED_BEFORE = "CONFIRMED_BEFORE"
    """The day was confirmed; other times that came later were not taken over."""
    STATUS_CHANGED = "STATUS_CHANGED"
    """The juror may not attend any more."""
    KIND_DIFFERS = "KIND_DIFFERS"
    """One desk saw the juror, the other recorded something else."""


DOUBT_LABELS = {
    Doubt.CONFIRMED_BEFORE: N_("Other times came after the day was confirmed"),
    Doubt.STATUS_CHANGED: N_("Attended, though the status was changed since"),
    Doubt.KIND_DIFFERS: N_("Two desks recorded different things"),
}


@dataclass(frozen=True)
class Entry:
    """An attendance and who recorded it."""

    record: Record
    authors: frozenset[str]


class Merged(NamedTuple):
    """What comes out of two records of one attendance."""

    entry: Entry
    doubts: tuple[Doubt, ...]


def row_id(juror: str, date: dt.date, court: str) -> str:
    """The id of an attendance: the same wherever it is recorded."""
    return str(uuid.uuid5(ROWS, f"{juror}|{date.isoformat()}|{court}"))


def merge(central: Entry, arriving: Entry, status: Status) -> Merged:
    """One record of two: earliest time in, latest time out, both authors.

    A confirmed record stays as it is. ``status`` is the juror's at the centre.
    """
    high, low = sorted((central, arriving), key=_weight, reverse=True)
    doubts = tuple(_doubts(high.record, low.record, status))
    same_kind = high.record.kind is low.record.kind
    settled = high.record.stage in CLAIMED or not same_kind
    record = high.record if settled else _joined(high.record, low.record)
    return Merged(Entry(record, central.authors | arriving.authors), doubts)


def _weight(entry: Entry) -> tuple[int, bool, int, str]:
    """A confirmed record counts most, then who was seen, then the record further on.

    The text decides only so that one of two always does.
    """
    record, rank = entry.record, _RANK[entry.record.stage]
    confirmed = rank if record.stage in CLAIMED else 0
    return confirmed, record.kind is DayKind.ATTENDANCE, rank, str(record)


def _doubts(high: Record, low: Record, status: Status) -> Iterator[Doubt]:
    if status not in MAY_ATTEND:
        yield Doubt.STATUS_CHANGED
    if high.kind is not low.kind:
        yield Doubt.KIND_DIFFERS
    elif high.stage in CLAIMED and not _says_no_more(high, low):
        yield Doubt.CONFIRMED_BEFORE


def _says_no_more(high: Record, low: Record) -> bool:
    """Whether every time of the lower record is that of the higher one."""
    return low.time_in in (None, high.time_in) and low.time_out in (None, high.time_out)


def _joined(high: Record, low: Record) -> Record:
    return replace(
        high,
        time_in=min(_times(high.time_in, low.time_in), default=None),
        time_out=max(_times(high.time_out, low.time_out), default=None),
        on_trial=high.on_trial or low.on_trial,
        trial=max(high.trial, low.trial),
    )


def _times(*times: dt.time | None) -> list[dt.time]:
    return [time for time in times if time is not None]
