"""What happened to hearings, as it is kept: written once, never changed.

Source: hearings sheet, sections 2 to 4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from deskapp.clock import instant, stamp
from deskapp.i18n import N_
from deskapp.text import cleaned

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


class Code(StrEnum):
    """What happened; in brackets what its data hold."""

    MOVE = "move"
    """The day state (to, back)."""
    PARTY = "party"
    """Whether a party is here, attended or did not (party, state, channel)."""
    TICK = "tick"
    """What was done about a need for this hearing (need, state)."""
    NEED = "need"
    """A need was entered or its status changed (need, flag, before, after)."""
    LINK = "link"
    """A video link was entered or tested (link, outcome)."""
    JURORS = "jurors"
    """How many jurors are needed and here (needed, here)."""
    RESULT = "result"
    """How it ended: the fields of ``results.Result``."""
    CORRECT = "correct"
    """The same, put right by a team leader."""
    NEXT = "next"
    """It goes on at another hearing, or comes from one (hearing, carried)."""
    MOVED = "moved"
    """Its bookings were carried over to another hearing (hearing, bookings)."""
    GROUND_RULES = "ground_rules"
    """What was agreed for an intermediary (held_on, attended, rules)."""
    NOTE = "note"
    CLOSE = "close"
    """The day was closed; it belongs to ``day_key``, not to a hearing."""


LABELS = {
    Code.MOVE: N_("State of the day"),
    Code.PARTY: N_("Party"),
    Code.TICK: N_("Need"),
    Code.NEED: N_("Need"),
    Code.LINK: N_("Video link"),
    Code.JURORS: N_("Jurors"),
    Code.RESULT: N_("Hearing result"),
    Code.CORRECT: N_("Result corrected"),
    Code.NEXT: N_("Next hearing"),
    Code.MOVED: N_("Bookings carried over"),
    Code.GROUND_RULES: N_("Ground rules"),
    Code.NOTE: N_("Note"),
    Code.CLOSE: N_("Day closed"),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    id: str
    hearing_id: str
    code: str
    """A ``Code``, or one that only a newer desk knows."""
    at: dt.datetime
    """Device clock; shown, never used for order."""
    officer_id: str
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text of its data; empty where there is none."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""


def day_key(site: str, day: dt.date) -> str:
    """Under what the events of a whole day at one court are kept."""
    return f"day:{site}:{day.isoformat()}"


def of(connection: Connection, hearing_ids: Iterable[str]) -> dict[str, list[Event]]:
    """The events of hearings by their id, in the order of all desks."""
    rows = connection.execute(
        "SELECT id, hearing_id, code, at, officer_id, note, data FROM hearing_event"
        " WHERE hearing_id IN (SELECT value FROM json_each(?)) ORDER BY hearing_id, hlc, desk, id",
        (json.dumps(list(hearing_ids)),),
    ).fetchall()
    found: dict[str, list[Event]] = defaultdict(list)
    for event_id, hearing_id, code, at, officer_id, note, data in rows:
        found[hearing_id].append(
            Event(event_id, hearing_id, code, instant(at), officer_id, note, _object(data))
        )
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return cleaned(found) if isinstance(found, dict) else {}


def is_there(session: Session, event_id: str) -> bool:
    """Whether this step was saved already."""
    from deskapp.data.day_tables import HearingEvent

    return session.get(HearingEvent, event_id) is not None


def add(
    session: Session,
    acting: Acting,
    hearing_id: str,
    code: Code,
    data: Mapping[str, Any],
    *,
    note: str = "",
    event_id: str = "",
) -> None:
    """Write down what happened; ``event_id`` is a new one unless given."""
    from deskapp.data.day_tables import HearingEvent
    from deskapp.data.ids import new_id

    session.add(
        HearingEvent(
            id=event_id or new_id(),
            home_site=acting.user.site,
            at=stamp(acting.now),
            officer_id=acting.user.id,
            role=acting.user.role.value,
            hearing_id=hearing_id,
            code=code.value,
            note=note,
            data=json.dumps(dict(data), ensure_ascii=False),
        )
    )
    session.flush()
