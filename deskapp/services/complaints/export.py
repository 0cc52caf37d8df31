"""Complaints as a table for other programs: whose list it is hangs on the role.

An officer takes out their own open list, team leaders and managers the team's, an administrator
everything without free text. What is said of a member of staff, names and how to reach somebody are
in no export; the account of the person only for who leads, and only when asked for.
Source: complaints sheet, sections 6 and 10.
"""

from __future__ import annotations

from collections.abc import Iterator

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import NotAllowedError
from deskapp.i18n import _
from deskapp.roles import Act, User, may
from deskapp.services import exports
from deskapp.services.complaints import covering
from deskapp.services.persons.withheld import OPEN

PIECE_ROWS = 500
COLUMNS = (
    *("ref", "received_on", "site", "nation", "channel", "jurisdiction", "categories", "severity"),
    *("flags", "status", "stage", "stage_status", "due_on", "provisional", "revised_on"),
    *("optic_status", "optic_ref", "closed_at"),
)
SUMMARY, DETAILS = "summary", "details"


def as_csv(connection: Connection, *, user: User, details: bool = False) -> str:
    """The table that a role may take out: one header row, ISO dates.

    Raises:
        NotAllowedError: If the role may not export, or may not have the accounts of the people.
    """
    roles.require(user, Act.EXPORT_COMPLAINTS)
    texts = _texts(user, details=details)
    return exports.as_csv((*COLUMNS, *texts), _rows(connection, user, texts))


def _texts(user: User, *, details: bool) -> tuple[str, ...]:
    """The columns of free text."""
    if details and not may(user, Act.MANAGE_COMPLAINTS):
        raise NotAllowedError(
            _("Only team leaders and managers take out what people told. Leave out --details.")
        )
    if not may(user, Act.READ_COMPLAINTS):
        return ()
    return (SUMMARY, DETAILS) if details else (SUMMARY,)


def _rows(connection: Connection, user: User, texts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    scope, values = _scope(user)
    columns = ", ".join(f"s.{name}" for name in COLUMNS)
    after = ""
    while True:
        rows = connection.execute(
            f"SELECT s.id, s.summary, c.details, {columns}"
            " FROM complaint_state AS s JOIN complaint AS c ON c.id = s.id"
            f" WHERE s.id > ? AND {scope} ORDER BY s.id LIMIT ?",
            (after, *values, PIECE_ROWS),
        ).fetchall()
        if not rows:
            return
        covers = covering.covers(connection, [row[0] for row in rows])
        for complaint_id, summary, account, *told in rows:
            cover = covers.get(complaint_id, OPEN)
            free = {SUMMARY: summary, DETAILS: account}
            yield (*map(_cell, told), *(cover.text(free[name]) for name in texts))
        after = rows[-1][0]


def _scope(user: User) -> tuple[str, tuple[str, ...]]:
    if not may(user, Act.READ_COMPLAINTS):
        return "TRUE", ()
    if may(user, Act.MANAGE_COMPLAINTS):
        return "s.site = ?", (user.site,)
    return "s.owner_id = ? AND s.live = 1", (user.id,)


def _cell(value: object) -> str:
    return str(value).strip()
