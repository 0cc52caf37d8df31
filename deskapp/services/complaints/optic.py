"""How much is still to be entered in OPTIC, in words.

The list is the worklist ``AWAITING_OPTIC`` of ``lines``; entering is the move ``Code.OPTIC``.
Source: complaints sheet, sections 1, 2.1 (optic_status) and 4.
"""

from __future__ import annotations

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, User


def count(connection: Connection, *, user: User) -> int:
    """How many complaints are still to be entered.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(user, Act.READ_COMPLAINTS)
    sql = "SELECT count(*) FROM complaint_state WHERE optic_todo = 1"
    [(waiting,)] = connection.execute(sql).fetchall()
    return int(waiting)


def waiting_words(waiting: int) -> str:
    """How many are still to be entered, in words."""
    if not waiting:
        return _("Everything is in OPTIC.")
    return ngettext(
        "{count} complaint is still to be entered in OPTIC.",
        "{count} complaints are still to be entered in OPTIC.",
        waiting,
    ).format(count=number(waiting))
