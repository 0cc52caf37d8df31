"""Which complaints and forms need no longer be kept; nothing goes by itself.

A complaint is held while it is open, while something promised on it is to do, and while a case that
it is linked with is kept. Source: complaints sheet, section 11; HMCTS's own schedule is unknown.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, day, number
from deskapp.roles import Act
from deskapp.services.complaints import deadlines, drafts, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.dates import add_months


class Ripe(NamedTuple):
    """A complaint whose years are over."""

    id: str
    ref: str
    last_on: dt.date
    """Local day of its last event."""
    ended_at: dt.datetime
    person_id: str
    proposed_by: str
    """Id of the officer who proposed its disposal; empty when nobody did."""
    proposer: str
    proposed_at: dt.datetime | None


class Form(NamedTuple):
    """A form that was left, or thrown away, and whose days are over."""

    table: str
    """``draft`` or ``complaint_discard``."""
    id: str
    since: dt.datetime


def due(connection: Connection, acting: Acting) -> list[Ripe]:
    """The complaints whose years are over and that nothing holds, the oldest first, for one step.

    Raises:
        NotAllowedError: If the role may not dispose of complaints.
    """
    roles.require(acting.user, Act.MANAGE_COMPLAINTS)
    kept = acting.rules.retention
    first_kept = add_months(acting.today, -12 * kept.closed_years)
    rows = connection.execute(_RIPE, (first_kept.isoformat(), kept.at_once)).fetchall()
    return [_ripe(connection, *row) for row in rows]


def forms(connection: Connection, acting: Acting) -> list[Form]:
    """Forms of complaints that were left untouched or thrown away long enough ago, of everybody.

    Raises:
        NotAllowedError: If the role may not dispose of complaints.
    """
    roles.require(acting.user, Act.MANAGE_COMPLAINTS)
    kept = acting.rules.retention
    left = stamp(acting.now - dt.timedelta(days=kept.draft_days))
    thrown = stamp(acting.now - dt.timedelta(days=kept.discard_days))
    rows = connection.execute(
        "SELECT 'draft', id, updated_at FROM draft WHERE form = ? AND updated_at < ?"
        " UNION ALL SELECT 'complaint_discard', id, discarded_at FROM complaint_discard"
        " WHERE discarded_at < ? ORDER BY 3, 2 LIMIT ?",
        (drafts.FORM, left, thrown, kept.at_once),
    ).fetchall()
    return [Form(table, form_id, instant(since)) for table, form_id, since in rows]


def state_words(ripe: Ripe) -> str:
    """What stands between a complaint and its end, in the language in use."""
    if ripe.proposed_at is None:
        return _("may be proposed")
    on = day(deadlines.day_of(ripe.proposed_at))
    return _("proposed by {name} on {day}").format(name=ripe.proposer, day=on)


def states_words(found: list[Ripe], left: list[Form], forms_proposed: bool) -> str:
    """The same of everything that is due at once."""
    waiting = sum(each.proposed_at is None for each in found)
    waiting += 0 if forms_proposed else len(left)
    proposed = len(found) + len(left) - waiting
    words = []
    if waiting:
        words.append(_("{count} may be proposed").format(count=number(waiting)))
    if proposed:
        words.append(_("{count} proposed").format(count=number(proposed)))
    return ", ".join(words)


def _ripe(
    connection: Connection, complaint_id: str, ref: str, last_on: str, ended_at: str, person_id: str
) -> Ripe:
    complaint = stored.complaint(connection, complaint_id)
    row = connection.execute(
        "SELECT name FROM officer WHERE id = ?", (complaint.proposed_by,)
    ).fetchone()
    return Ripe(
        id=complaint_id,
        ref=ref,
        last_on=dt.date.fromisoformat(last_on),
        ended_at=instant(ended_at),
        person_id=person_id,
        proposed_by=complaint.proposed_by,
        proposer=str(row[0]) if row else complaint.proposed_by,
        proposed_at=complaint.proposed_at,
    )


_RIPE = """
SELECT s.id, s.ref, s.destroy_key, s.closed_at, s.person_id FROM complaint_state AS s
WHERE s.destroy_key < ?
AND NOT EXISTS (
    SELECT 1 FROM follow_up AS f
    WHERE f.record_table = 'complaint' AND f.record_id = s.id AND f.done_at = ''
)
AND NOT EXISTS (
    SELECT 1 FROM (
        SELECT to_id AS other, undone, max(hlc) FROM (
            SELECT to_id, undone, hlc FROM record_link
            WHERE from_table = 'complaint' AND from_id = s.id AND to_table = 'case_record'
            UNION ALL SELECT from_id, undone, hlc FROM record_link
            WHERE to_table = 'complaint' AND to_id = s.id AND from_table = 'case_record'
        ) GROUP BY to_id
    ) WHERE NOT undone
)
ORDER BY s.destroy_key, s.id LIMIT ?
"""
