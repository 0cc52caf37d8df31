"""What a need that was not met gives to a complaint. Source: hearings sheet, section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.roles import User
from deskapp.services import kinds
from deskapp.services.hearings import covering, events, needs, stored
from deskapp.services.hearings.day import fold
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

CATEGORY = "ADJ"
"""The head of complaints under which an adjustment that was not made is counted."""


def handover(
    connection: Connection, hearing_id: str, need_id: str, *, user: User
) -> dict[str, str]:
    """The form of a complaint about a need that was not met at a hearing.

    Raises:
        NotFoundError: If there is no such hearing or need.
        NotAllowedError: If the role may not read hearings.
    """
    hearing = stored.read(connection, hearing_id, user=user)
    cover = covering.cover(connection, hearing_id)
    [need] = covering.needs([needs.get(connection, need_id, user=user)], cover)
    happened = events.of(connection, [hearing_id]).get(hearing_id, ())
    _state, why = fold(covering.events(happened, cover)).ticks.get(need_id, ("", ""))
    return {
        "from_table": kinds.HEARING,
        "from_id": hearing_id,
        "categories": CATEGORY,
        "case_ref": one_line(hearing.case_ref),
        "summary": need.words,
        "details": one_line(why),
    }
