"""What the first screen shows: unfinished forms, what is due, how the exchange stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.clock import LONDON, instant, local, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, clock_time, day, language, ngettext, number
from deskapp.roles import Act, User, may
from deskapp.services import desk, drafts, follow_ups
from deskapp.services.desk import Exchange
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.paging import Page, Want

if TYPE_CHECKING:
    from deskapp.services.callback_lines import CallbackLine

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
    """Reference of the contact or case that it is about; empty where it becomes one itself."""


@dataclass(frozen=True)
class CaseDue:
    """A case of the user with something due."""

    id: str
    ref: str
    title: str
    due: dt.date
    """A local day, or an instant."""
    overdue_at: dt.datetime


@dataclass(frozen=True)
class Home:
    """Everything the first screen shows."""

    unfinished: list[Unfinished]
    due: list[FollowUpLine]
    more_due: int
    callbacks: list[CallbackLine]
    """What is left to ring up to the end of the day, the first to ring first."""
    cases: list[CaseDue]
    """Cases that the user looks after and that are due, the most urgent first."""
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
        callbacks=_callbacks(connection, user, today),
        cases=_cases_due(connection, user, today),
        contacts_today=_contacts_on(connection, user.id, today),
        exchange=desk.exchange(connection),
    )


def _cases_due(connection: Connection, user: User, today: dt.date) -> list[CaseDue]:
    """From the list that every event keeps up to date: no scheme is read for the first page."""
    if not may(user, Act.READ_CASES):
        return []
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), LONDON)
    rows = connection.execute(
        "SELECT id, ref, title, due, due_key FROM case_state"
        " WHERE owner_id = ? AND live = 1 AND due_key <= ? ORDER BY due_key, priority, ref_key"
        " LIMIT ?",
        (user.id, stamp(end), DUE_ROWS),
    )
    found = rows.fetchall()
    if not found:
        return []
    from deskapp.services.casework import withheld_texts

    covers = withheld_texts.covers(connection, [case_id for case_id, *_more in found])
    return [
        CaseDue(
            case_id,
            ref,
            covers[case_id].text(title) if case_id in covers else title,
            _due(due),
            instant(due_key),
        )
        for case_id, ref, title, due, due_key in found
    ]


def _due(written: str) -> dt.date:
    """A due as it is kept: a local day, or an instant."""
    return instant(written) if "T" in written else dt.date.fromisoformat(written)


def due_words(due_on: dt.date, today: dt.date) -> str:
    """How near a day is, in words that need no colour."""
    days = (due_on - today).days
    if days < 0:
        late = ngettext("OVERDUE {count} day", "OVERDUE {count} days", -days)
        return late.format(count=number(-days))
    return _("today") if days == 0 else day(due_on)


def due_text(when: dt.date, overdue_at: dt.datetime, now: dt.datetime) -> str:
    """How near a due is, a local day or an instant, in words that need no colour.

    What is a day or more late is told without its time, which would read as part of the length.
    """
    today, due_on = local(now).date(), local_day(when)
    if now >= overdue_at and due_on == today:
        return _("OVERDUE since {time}").format(time=clock_time(local(overdue_at)))
    words = due_words(due_on, today)
    if isinstance(when, dt.datetime) and due_on >= today:
        return f"{words} {clock_time(local(when))}"
    return words


def local_day(when: dt.date) -> dt.date:
    """The local day of a due, which is a day already or an instant."""
    return local(when).date() if isinstance(when, dt.datetime) else when


def _unfinished(connection: Connection, draft: drafts.Draft) -> Unfinished:
    about = draft.values.get(drafts.RECORD, "")
    kept = connection.execute(
        "SELECT ref FROM contact WHERE id = ?1 UNION ALL SELECT ref FROM case_record WHERE id = ?1"
        " UNION ALL SELECT c.ref FROM callback AS b JOIN contact AS c ON c.id = b.contact_id"
        " WHERE b.id = ?1",
        (about,),
    ).fetchone()
    title = draft.values.get(drafts.title_name(language()), "")
    return Unfinished(
        id=draft.id,
        what=": ".join(filter(None, (drafts.label(draft.form), title))),
        started_at=draft.started_at,
        parked=draft.parked,
        person_name=draft.values.get("person_name", ""),
        topic_label=_topic_label(draft.values.get("topic", "")),
        ref=kept[0] if kept else "",
    )


def _callbacks(connection: Connection, user: User, today: dt.date) -> list[CallbackLine]:
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), LONDON)
    some = connection.execute(
        "SELECT 1 FROM callback WHERE live = 1 AND starts_at < ? LIMIT 1", (stamp(end),)
    ).fetchone()
    if some is None or not may(user, Act.READ_CONTACTS):
        return []
    from deskapp.services import callback_lines  # read only on a day with somebody to ring back

    return callback_lines.left_until(connection, end, user=user, limit_rows=DUE_ROWS)


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
