"""Finding a booking by its reference, that of the supplier, or the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data import refs
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.interpreters.lines import COLUMNS, FROM, BookingLine, of_rows
from deskapp.services.interpreters.worklists import ORDER
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection


def find(connection: Connection, text: str, *, user: User, limit_rows: int) -> list[BookingLine]:
    """The bookings with this reference, ours or the supplier's, or for a hearing of this case.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    key = compact(text)
    if not key:
        return []
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM {FROM} WHERE b.id IN ("
        "SELECT id FROM booking WHERE ref_key = ?1 UNION"
        " SELECT id FROM booking WHERE reference_key = ?1 UNION"
        " SELECT l.booking_id FROM hearing AS h JOIN booking_hearing AS l ON l.hearing_id = h.id"
        f" WHERE h.case_key = ?1 AND l.ended_at = '') ORDER BY {ORDER} LIMIT ?2",
        (key, limit_rows),
    ).fetchall()
    return of_rows(rows)


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the booking with this reference, ours or the supplier's.

    Raises:
        NotFoundError: If no booking, or more than one, goes by it.
    """
    own = refs.id_of(connection, "booking", text)
    if own is not None:
        return own
    rows = connection.execute(
        "SELECT id FROM booking WHERE reference_key = ? LIMIT 2", (compact(text) or "-",)
    ).fetchall()
    if len(rows) != 1:
        message = _("No booking on this desk goes by the reference {ref}. Check each letter.")
        if rows:
            message = _("Several bookings have the reference {ref}. Enter our own, like {own}.")
        raise NotFoundError(message.format(ref=one_line(text), own="B-7KM-4X9-3CK"))
    return str(rows[0][0])
