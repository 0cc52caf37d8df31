"""One hearing with everything that hangs on it: one key from the board to all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local
from deskapp.errors import NotFoundError
from deskapp.i18n import _, day, day_and_time, when
from deskapp.roles import Act
from deskapp.services import kinds
from deskapp.services.hearings import (
    board,
    covering,
    events,
    flags,
    ground_rules,
    readiness,
    results,
)
from deskapp.services.hearings import day as days
from deskapp.services.hearings.board import BoardLine
from deskapp.services.hearings.day import (
    PRESENCE_LABELS,
    READY_LABELS,
    STATE_LABELS,
    Presence,
    Ready,
    State,
)
from deskapp.services.hearings.events import LABELS, Code, Event
from deskapp.services.hearings.ground_rules import GroundRules
from deskapp.services.hearings.links import LINK_LABELS, LinkState
from deskapp.services.hearings.needs import STATUS_LABELS, Status
from deskapp.services.hearings.results import OUTCOME_LABELS, Outcome
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting

MOST_RELATED = 10
"""Records of one kind that are named; Find shows all."""


class Related(NamedTuple):
    """A record of the same case."""

    kind: str
    id: str
    words: str


@dataclass(frozen=True)
class HearingRecord:
    """Everything that is shown of one hearing."""

    line: BoardLine
    lacking: Mapping[str, str]
    """Id of a need -> what the room does not have of it, in words."""
    related: Sequence[Related]
    ground_rules: Sequence[GroundRules]
    """Of the case, the newest first."""
    history: Sequence[Event]
    """The newest first."""
    officers: Mapping[str, str]
    """Names by id."""
    taken: str
    """Version and import time of its list, in words; empty for one made by hand."""

    @property
    def needs_ground_rules(self) -> bool:
        """Whether an intermediary helps and nothing is known of a ground rules hearing."""
        return not self.ground_rules and ground_rules.needed(self.line.bearing)

    @property
    def party_names(self) -> dict[str, str]:
        """Name of each party by its key."""
        return {each.key: each.words for each in self.line.bearing.hearing.parties}


def read(connection: Connection, acting: Acting, hearing_id: str) -> HearingRecord:
    """One hearing with everything that hangs on it.

    Raises:
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    found = board.lines(connection, acting, [hearing_id])
    if not found:
        raise NotFoundError(_("There is no such hearing."))
    [line] = found
    cover = covering.cover(connection, hearing_id)
    happened = covering.events(events.of(connection, [hearing_id]).get(hearing_id, []), cover)
    return HearingRecord(
        line,
        readiness.checks(line.bearing, acting.settings),
        _related(connection, acting, line),
        ground_rules.of_case(connection, line.bearing.hearing),
        happened[::-1],
        dict(connection.execute("SELECT id, name FROM officer").fetchall()),
        _taken(connection, line.bearing.hearing.list_id, acting.today),
    )


def _taken(connection: Connection, list_id: str, today: dt.date) -> str:
    row = connection.execute(
        "SELECT version, imported_at FROM hearing_list WHERE id = ?", (list_id,)
    ).fetchone()
    if row is None:
        return ""
    at = when(local(instant(row[1])), today)
    version = one_line(row[0])
    if not version:
        return _("imported {when}").format(when=at)
    return _("version {version}, imported {when}").format(version=version, when=at)


def _related(connection: Connection, acting: Acting, line: BoardLine) -> list[Related]:
    """Other hearings, contacts and complaints of the case, the newest first."""
    hearing = line.bearing.hearing
    if not hearing.case_key:
        return []
    found = [
        Related(kinds.HEARING, row[0], f"{day(dt.date.fromisoformat(row[1]))} {row[2]} {row[3]}")
        for row in connection.execute(
            "SELECT id, day, start, room FROM hearing WHERE case_key = ? AND id <> ?"
            " AND NOT (list_state = 'removed_from_list' AND list_id = '')"
            " ORDER BY day DESC, start DESC LIMIT ?",
            (hearing.case_key, hearing.id, MOST_RELATED),
        )
    ]
    if roles.may(acting.user, Act.READ_CONTACTS):
        rows = connection.execute(
            "SELECT id, ref, started_at FROM contact WHERE case_key = ? ORDER BY id DESC LIMIT ?",
            (hearing.case_key, MOST_RELATED),
        )
        found += [Related(kinds.CONTACT, row[0], f"{row[1]} {_moment(row[2])}") for row in rows]
    if roles.may(acting.user, Act.READ_COMPLAINTS):
        rows = connection.execute(
            "SELECT id, ref, received_at FROM complaint WHERE case_key = ?"
            " ORDER BY id DESC LIMIT ?",
            (hearing.case_key, MOST_RELATED),
        )
        found += [Related(kinds.COMPLAINT, row[0], f"{row[1]} {_moment(row[2])}") for row in rows]
    return found


def _moment(stamped: str) -> str:
    return day_and_time(local(instant(stamped)))


# -- history --------------------------------------------------------------------------------------


def history_words(record: HearingRecord, event: Event) -> str:
    """One line of the history, in the language in use."""
    who = record.officers.get(event.officer_id, event.officer_id)
    known = event.code in list(Code)
    label = _(LABELS[Code(event.code)]) if known else event.code
    told = (
        day_and_time(local(event.at)),
        one_line(who),
        label,
        _what(record, event) if known else "",
        one_line(event.note),
    )
    return "  ".join(filter(None, told))


def _what(record: HearingRecord, event: Event) -> str:
    match event.code:
        case Code.MOVE:
            return _moved(event)
        case Code.PARTY:
            name = record.party_names.get(event.text("party"), event.text("party"))
            state = event.text("state")
            return (
                f"{name}: {_(PRESENCE_LABELS[Presence(state)])}"
                if state in list(Presence)
                else name
            )
        case Code.TICK:
            return f"{flags.label(event.text('flag'))}: {_ready(event.text('state'))}"
        case Code.NEED:
            return f"{flags.label(event.text('flag'))}: {_status(event.text('after'))}"
        case Code.LINK:
            outcome = event.text("outcome")
            known = outcome in list(LinkState)
            return _(LINK_LABELS[LinkState(outcome)]) if known else _("taken off")
        case Code.JURORS:
            return f"{event.data.get('here')}/{event.data.get('needed')}"
        case Code.RESULT | Code.CORRECT:
            return result_words(event)
        case Code.NEXT:
            return _next(event)
    return ""


def _moved(event: Event) -> str:
    to = event.text("to")
    label = _(STATE_LABELS[State(to)]) if to in list(State) else to
    return _("back to: {state}").format(state=label) if event.data.get("back") else label


def _ready(state: str) -> str:
    return _(READY_LABELS[Ready(state)]) if state in list(Ready) else state


def _status(state: str) -> str:
    return _(STATUS_LABELS[Status(state)]) if state in list(Status) else state


def _next(event: Event) -> str:
    try:
        on = day(dt.date.fromisoformat(event.text("day")))
    except ValueError:
        return ""
    words = _("goes on from {day}") if event.data.get("from") else _("goes on {day}")
    return words.format(day=on)


def result_words(event: Event) -> str:
    """A result as it is read out."""
    outcome = event.text("result")
    label = _(OUTCOME_LABELS[Outcome(outcome)]) if outcome in list(Outcome) else outcome
    times = "-".join(filter(None, (event.text("start"), event.text("end"))))
    pauses = event.data.get("pauses") or []
    told = (
        label,
        results.reason_label(outcome, event.text("reason")),
        one_line(event.text("reason_text")),
        times,
        _("pauses {pauses}").format(pauses=", ".join("-".join(map(str, each)) for each in pauses))
        if pauses
        else "",
    )
    return ", ".join(filter(None, told))


def presence_words(day: days.Day, party_key: str) -> str:
    """Whether a party is there, and how."""
    presence, channel = day.parties.get(party_key, (Presence.EXPECTED, ""))
    return ", ".join(filter(None, (_(PRESENCE_LABELS[presence]), one_line(channel))))
