"""What the first screen shows: unfinished forms, what is due, how the exchange stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.clock import LONDON, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, day, language, ngettext, number
from deskapp.services import desk, drafts, follow_ups
from deskapp.services.desk import Exchange
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.paging import Want

DUE_ROWS = 50


@dataclass(frozen=True)
class Unfinished:
    """A form that is open or parked."""

    id: str
    what: str
    started_at: dt.datetime
    parked: bool
    person_name: str
    topic_label: str


@dataclass(frozen=True)
class Home:
    """Everything the first screen shows."""

    unfinished: list[Unfinished]
    due: list[FollowUpLine]
    more_due: int
    contacts_today: int
    exchange: Exchange


def look(connection: Connection, *, officer_id: str, today: dt.date) -> Home:
    """What waits for this officer on ``today`` (the local day)."""
    due = follow_ups.page(connection, Want(limit_rows=DUE_ROWS))
    waiting = drafts.waiting(connection, officer_id)
    return Home(
        unfinished=[_unfinished(draft) for draft in waiting],
        due=due.lines,
        more_due=follow_ups.open_count(connection) - len(due.lines) if due.more else 0,
        contacts_today=_contacts_on(connection, officer_id, today),
        exchange=desk.exchange(connection),
    )


def due_words(due_on: dt.date, today: dt.date) -> str:
    """How near a day is, in words that need no colour."""
    days = (due_on - today).days
    if days < 0:
        late = ngettext("OVERDUE {count} day", "OVERDUE {count} days", -days)
        return late.format(count=number(-days))
    return _("today") if days == 0 else day(due_on)


def _unfinished(draft: drafts.Draft) -> Unfinished:
    return Unfinished(
        id=draft.id,
        what=_("Contact") if draft.form == drafts.CONTACT else _("Note"),
        started_at=draft.started_at,
        parked=draft.parked,
        person_name=draft.values.get("person_name", ""),
        topic_label=_topic_label(draft.values.get("topic", "")),
    )


def _topic_label(code: str) -> str:
    if not code:
        return ""
    from deskapp.services import topics  # read only for a form with a topic: a start seldom has one

    return topics.by_code(code).label(language())


def _contacts_on(connection: Connection, officer_id: str, today: dt.date) -> int:
    begin = dt.datetime.combine(today, dt.time(), LONDON)
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), LONDON)
    [(taken,)] = connection.execute(
        "SELECT count(*) FROM contact WHERE started_at >= ? AND started_at < ? AND officer_id = ?",
        (stamp(begin), stamp(end), officer_id),
    ).fetchall()
    return int(taken)
