"""What every reader of a list gives: one item for each hearing, and what was refused.

Names of masked persons, dates of birth, addresses, offences and prisoner numbers have no place
here, so nothing that is made of an item can keep them. Source: hearings sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from deskapp.text import clean


class Code(StrEnum):
    """Why a list, or an item of it, is refused; the codes of section 7."""

    TIME = "L_TIME"
    TAG = "L_TAG"
    COLUMNS = "L_COLUMNS"
    DATE_REQUIRED = "L_DATE_REQUIRED"


class Finding(NamedTuple):
    """One thing to put right; it never repeats what stood in the list."""

    code: Code
    where: str
    """Row of a table, or path inside a JSON file; empty for the whole file."""
    reason: str
    """Already translated."""


class Party(NamedTuple):
    """Somebody who takes part in a hearing."""

    role: str
    """As the list has it; empty when it gives none."""
    name: str
    """What may be shown; of a masked person the masked name."""
    masked: bool = False
    custody: bool = False


class Item(NamedTuple):
    """One hearing as a list has it; texts are clean, otherwise as written."""

    where: str
    house: str = ""
    room: str = ""
    day: dt.date | None = None
    start: dt.time | None = None
    """Wall clock in London, to the minute."""
    minutes: int | None = None
    case_ref: str = ""
    case_name: str = ""
    hearing_type: str = ""
    description: str = ""
    """What a coded type means, in words of the list."""
    channel: str = ""
    panel: str = ""
    sequence: str = ""
    judiciary: tuple[str, ...] = ()
    """The one who presides first."""
    note: str = ""
    restriction: str = ""
    restricted: bool = False
    parties: tuple[Party, ...] = ()
    section: str = ""
    """Name of the array in a file with several."""


@dataclass(frozen=True)
class ReadList:
    """A list as it was read."""

    shape: str
    """``nested``, ``flat``, ``crown``, ``csv`` or ``xlsx``."""
    kind: str
    """What the list is, as far as the file tells; revisions of one list have the same."""
    items: list[Item] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: int = 0
    """Items that were left out because of the findings."""
    expected: Mapping[str, object] = field(default_factory=dict)
    """The counts of the file, by the counting rules of the sample lists."""
    version: str = ""
    published_at: str = ""
    asks_date: bool = False
    """Whether no item says its day."""


def key_text(text: str) -> str:
    """``text`` as it stands in an import key: case and space folded."""
    return " ".join(clean(text).casefold().split())


def base_key(item: Item) -> str:
    """The import key of ``item`` without its position.

    Source: hearings sheet, section 6, rule 1.
    """
    when = f"{item.day or ''}T{item.start.isoformat('minutes') if item.start else ''}"
    parts = (item.house, item.room, when, item.case_ref, item.hearing_type)
    return "\n".join(key_text(part) for part in parts)


def positions(items: Iterable[Item]) -> list[int]:
    """For each item how many stand before it in its sitting: the same room, day and start."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for item in items:
        sitting = (key_text(item.house), key_text(item.room), item.day, item.start)
        found.append(seen[sitting])
        seen[sitting] += 1
    return found


def shared_keys(items: Iterable[Item]) -> tuple[int, int]:
    """How many keys without position there are, and how many items share theirs with another."""
    keys = Counter(base_key(item) for item in items)
    return len(keys), sum(count for count in keys.values() if count > 1)
