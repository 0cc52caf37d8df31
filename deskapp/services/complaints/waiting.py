"""Complaints on the first screen: what is near or late, and what a team leader must look at.

Nothing but the lists is read; rules and calendars are loaded only when a line needs them.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.services import kinds
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

if TYPE_CHECKING:
    from deskapp.services.complaints.acting import Acting

_COLUMNS = "id, ref, summary, due_on, due_key, nation, alert, in_conflict"
_ANY_OWN = "SELECT EXISTS (SELECT 1 FROM complaint_state WHERE owner_id = ? AND live = 1)"
_ANY_FOR_LEADERS = (
    "SELECT EXISTS (SELECT 1 FROM complaint_state WHERE alert = 1)"
    " OR EXISTS (SELECT 1 FROM complaint_state WHERE in_conflict = 1)"
    " OR EXISTS (SELECT 1 FROM complaint_state WHERE owner_id = '' AND live = 1)"
)
_OWN = (
    f"SELECT {_COLUMNS} FROM complaint_state WHERE owner_id = ? AND live = 1 AND due_key <= ?"
    " ORDER BY due_key, ref_key, id LIMIT ?"
)
_FOR_LEADERS = (
    f"SELECT {_COLUMNS} FROM complaint_state WHERE alert = 1"
    f" UNION SELECT {_COLUMNS} FROM complaint_state WHERE in_conflict = 1"
    f" UNION SELECT {_COLUMNS} FROM complaint_state WHERE owner_id = '' AND live = 1"
    " AND due_key <= ? ORDER BY due_key, ref, id LIMIT ?"
)


def any_open(connection: Connection) -> bool:
    """Whether a complaint of this desk is open, so that its date may have to be counted again."""
    return bool(
        connection.execute("SELECT 1 FROM complaint_state WHERE live = 1 LIMIT 1").fetchone()
    )


def lines(connection: Connection, asker: Asker) -> Lines:
    """The user's complaints that stand out by their due date; a leader's alerts, conflicts and
    what nobody looks after too."""
    if not may(asker.user, Act.READ_COMPLAINTS):
        return Lines([])
    leads = may(asker.user, Act.MANAGE_COMPLAINTS)
    if not _any(connection, asker.user.id, leads=leads):
        return Lines([])
    from deskapp import paths  # only for a start with complaints
    from deskapp.services.complaints import covering
    from deskapp.services.complaints.acting import acting_on
    from deskapp.services.persons.withheld import OPEN

    acting = acting_on(asker.user, asker.now, paths.settings_folder())
    until = _until(acting).isoformat()
    rows = connection.execute(_OWN, (asker.user.id, until, LINES)).fetchall()
    if leads:
        rows += connection.execute(_FOR_LEADERS, (until, LINES)).fetchall()
    unique = {row[0]: row for row in rows}
    covers = covering.covers(connection, unique)
    found = []
    for complaint_id, ref, summary, *more in unique.values():
        shown = covers.get(complaint_id, OPEN).text(summary)
        if line := _line(complaint_id, f"{ref} {shown}", *more, acting=acting):
            found.append(line)
    return Lines(found)


def _any(connection: Connection, officer_id: str, *, leads: bool) -> bool:
    """Whether there is anything that the date could make stand out."""
    [(own,)] = connection.execute(_ANY_OWN, (officer_id,)).fetchall()
    if own or not leads:
        return bool(own)
    [(for_leaders,)] = connection.execute(_ANY_FOR_LEADERS).fetchall()
    return bool(for_leaders)


def _until(acting: Acting) -> dt.date:
    """The last due date that stands out today, in whichever nation it is."""
    from deskapp.services.complaints import deadlines

    calendars, targets = acting.calendars.values(), acting.rules.targets
    return max(deadlines.last_amber(each, acting.today, targets) for each in calendars)


def _line(
    complaint_id: str,
    who: str,
    due: str,
    due_key: str,
    nation: str,
    alert: bool,
    in_conflict: bool,
    *,
    acting: Acting,
) -> Line | None:
    """One line; none for a complaint that does not stand out."""
    from deskapp.services.complaints import deadlines
    from deskapp.services.dates import Alarm

    due_on, calendar = dt.date.fromisoformat(due), acting.calendar(nation)
    owed, words = due_key == due, []
    if may(acting.user, Act.MANAGE_COMPLAINTS):
        words += [_("ALERT")] if alert else []
        words += [_("CONFLICT")] if in_conflict else []
    alarm = deadlines.alarm(calendar, due_on, acting.today, acting.rules.targets)
    if not words and not (owed and alarm is not Alarm.NONE):
        return None
    if owed:
        words.append(deadlines.near_words(calendar, due_on, acting.today))
    day = min(due_on, acting.today) if len(words) > owed else due_on
    return Line(
        kinds.COMPLAINT,
        complaint_id,
        ", ".join(words),
        _("Complaint"),
        who,
        (Group.BY_DAY, day.isoformat(), 0 if alarm is Alarm.OVERDUE and owed else 1),
        urgent=True,
    )
