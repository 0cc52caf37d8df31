"""What most contacts do not need, as it was kept: identity, needs, scripts, the time spent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from deskapp.data.connection import Connection
from deskapp.services.enquiries import looked_up, third_party
from deskapp.services.enquiries.looked_up import LookedUp
from deskapp.services.persons.withheld import Cover
from deskapp.text import clean


@dataclass(frozen=True)
class Recorded:
    """What most contacts do not need: identity, needs, third parties, how the time was spent."""

    subtopic: str
    jurisdiction: str
    language: str
    disclosure: str
    checked: tuple[str, ...]
    """Kinds of detail that matched; never an answer."""
    acting_for: str
    authority: str
    """Empty when the person spoke for themselves."""
    needs: tuple[str, ...]
    dissatisfied: str
    dissatisfied_about: str
    repeat_of: str
    """Reference of the contact that it repeats; empty for none."""
    markers_seen: tuple[str, ...]
    trail: tuple[Run, ...]
    articles: tuple[LookedUp, ...]
    hold_seconds: int
    wrap_seconds: int
    suspect_time: bool


class Run(NamedTuple):
    """A script that was walked during a contact."""

    script: str
    version: int
    ended: bool
    lines: tuple[str, ...]
    """What was said and answered, as it was worded then."""


def read(connection: Connection, contact_id: str, cover: Cover) -> Recorded:
    """What was recorded with a contact, as far as it may be shown."""
    [row] = connection.execute(
        "SELECT c.subtopic, c.jurisdiction, c.language, c.disclosure, c.checked, c.acting_for,"
        " c.needs, c.dissatisfied, c.dissatisfied_about, coalesce(r.ref, ''), c.markers_seen,"
        " c.hold_seconds, c.wrap_seconds, c.suspect_time, c.trail, c.articles"
        " FROM contact AS c LEFT JOIN contact AS r ON r.id = c.repeat_of WHERE c.id = ?",
        (contact_id,),
    ).fetchall()
    acting_for, authority = third_party.read(row[5])
    return Recorded(
        subtopic=row[0],
        jurisdiction=row[1],
        language=row[2],
        disclosure=row[3],
        checked=_codes(row[4]),
        acting_for=cover.text(acting_for),
        authority=authority,
        needs=_codes(row[6]),
        dissatisfied=row[7],
        dissatisfied_about=row[8],
        repeat_of=row[9],
        markers_seen=_codes(row[10]),
        hold_seconds=row[11],
        wrap_seconds=row[12],
        suspect_time=bool(row[13]),
        trail=tuple(_run(run, cover) for run in json.loads(row[14])),
        articles=looked_up.of_contact(row[15]),
    )


def _run(kept: Mapping[str, Any], cover: Cover) -> Run:
    lines = tuple(cover.text(clean(str(line))) for line in kept.get("lines", ()))
    script = clean(str(kept.get("script", "")))
    return Run(script, int(kept.get("version", 0)), bool(kept.get("ended")), lines)


def _codes(stored: str) -> tuple[str, ...]:
    """The codes of a stored JSON list."""
    return tuple(clean(str(code)) for code in json.loads(stored))
