"""What is still to be entered in OPTIC, in words; and how a reference of OPTIC looks.

The list is the worklist ``AWAITING_OPTIC`` of ``lines``; entering is the move ``Code.OPTIC``.
Source: complaints sheet, sections 1, 2.1 (optic_status) and 4.
"""

from __future__ import annotations

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act, User
from deskapp.services.complaints.rules import Rules
from deskapp.text import digits


def count(connection: Connection, *, user: User) -> int:
    """How many complaints are still to be entered.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(user, Act.READ_COMPLAINTS)
    sql = "SELECT count(*) FROM complaint_state WHERE optic_todo = 1"
    [(waiting,)] = connection.execute(sql).fetchall()
    return int(waiting)


def warning(ref: str, rules: Rules) -> str:
    """What is odd about a reference of OPTIC, in the language in use; empty when nothing.

    An odd one is kept all the same: its shape is known of one system alone.
    """
    wanted = rules.logging.optic_ref_digits
    if ref == digits(ref) and len(ref) == wanted:
        return ""
    return ngettext(
        "An OPTIC reference usually has {count} digit. Check it; it is kept as you typed it.",
        "An OPTIC reference usually has {count} digits. Check it; it is kept as you typed it.",
        wanted,
    ).format(count=number(wanted))


def waiting_words(waiting: int) -> str:
    """How many are still to be entered, in words."""
    if not waiting:
        return _("Everything is in OPTIC.")
    return ngettext(
        "{count} complaint is still to be entered in OPTIC.",
        "{count} complaints are still to be entered in OPTIC.",
        waiting,
    ).format(count=number(waiting))
