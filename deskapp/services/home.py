"""What the first screen shows: unfinished forms, what is due, how the exchange stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.clock import LONDON, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, day, language, ngettext, number
from deskapp.roles import Act, User, may
from deskapp.services import desk, drafts, follow_ups
from deskapp.services.desk import Exchange
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.paging import Page, Want

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
    ref: str
    """Reference of the saved contact that it is about; empty where it becomes one itself."""


@dataclass(frozen=True)
class Home:
    """Everything the first screen shows."""

    unfinished: list[Unfinished]
    due: list[FollowUpLine]
    more_due: int
    contacts_today: int
    exchange: Exchange


def look(connection: Connection, *, user: User, today: dt.date) -> Home:
    """What waits for ``user`` on ``today`` (the local day); what is due where they may read it."""
    due: Page[FollowUpLine] = Page([])
    if may(user, Act.READ_CONTACTS):
        due = follow_ups.page(connection, Want(limit_rows=DUE_ROWS), user=user)
    return Home(
        unfinished=[_unfinished(connection, each) for each in drafts.waiting(connection, user.id)],
        due=due.lines,
        more_due=follow_ups.open_count(connection) - len(due.lines) if due.more else 0,
        contacts_today=_contacts_on(connection, user.id, today),
        exchange=desk.exchange(connection),
    )


def due_words(due_on: dt.date, today: dt.date) -> str:
    """How near a day is, in words that need no colour."""
    days = (due_on - today).days
    if days < 0:
        late = ngettext("OVERDUE {count} day", "OVERDUE {count} days", -days)
        return late.format(count=number(-days))
    return _("today") if days == 0 else day(due_on)


def _unfinished(connection: Connection, draft: drafts.Draft) -> Unfinished:
    about = draft.values.get(drafts.RECORD, "")
    kept = connection.execute("SELECT ref FROM contact WHERE id = ?", (about,)).fetchone()
    return Unfinished(
        id=draft.id,
        what=drafts.label(draft.form),
        started_at=draft.started_at,
        parked=draft.parked,
        person_name=draft.values.get("person_name", ""),
        topic_label=_topic_label(draft.values.get("topic", "")),
        ref=kept[0] if kept else "",
    )


def _topic_label(code: str) -> str:
    if not code:
        return ""
    from deskapp.services import topics  # only for a form with a topic: a start seldom has one

    return topics.label(code, language())


def _contacts_on(connection: Connection, officer_id: str, today: dt.date) -> int:
    begin = dt.datetime.combine(today, dt.time(), LONDON)
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), LONDON)
    taken = connection.execute(
        "SELECT outcome, count(*) FROM contact"
        " WHERE started_at >= ? AND started_at < ? AND officer_id = ? GROUP BY outcome",
        (stamp(begin), stamp(end), officer_id),
    ).fetchall()
    if not taken:
        return 0
    from deskapp.services import outcomes  # not needed for the first page of a quiet morning

    return sum(count for outcome, count in taken if outcome not in outcomes.UNCOUNTED)
