"""What may be disposed of: cases whose period is over and that nothing holds.

Nothing is destroyed here, and nothing destroys itself. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.roles import Act
from deskapp.services.casework import case_lists, fold, retention, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_lists import CaseLine
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.retention import Keep
from deskapp.services.casework.values import day_of


class Ripe(NamedTuple):
    """A case whose period is over."""

    line: CaseLine
    due_on: dt.date
    """From when it may be disposed of."""
    held: tuple[str, ...]
    """Why it may not be yet; empty when two people may decide."""


def due(connection: Connection, acting: Acting) -> list[Ripe]:
    """The cases whose period is over, with what holds them; the longest over first.

    Raises:
        NotAllowedError: If the role may not hold cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    names = shelf.visible(acting.book, acting.person)
    rows = connection.execute(
        "SELECT id, family_id FROM case_state WHERE list = 'done' AND closed_at <> ''"
        f" AND closed_at < ? AND scheme IN ({', '.join('?' for _name in names)})",
        (stamp(acting.now), *names),
    ).fetchall()
    found = (_ripe(connection, acting, case_id, family_id) for case_id, family_id in rows)
    return sorted(filter(None, found), key=lambda ripe: (ripe.due_on, ripe.line.ref))


def _ripe(connection: Connection, acting: Acting, case_id: str, family_id: str) -> Ripe | None:
    try:
        family = fold.fold(acting.book, stored.events(connection, family_id), acting.at)
    except NotFoundError:  # its scheme is not here, so nobody can say when its period is over
        return None
    facts = CaseFacts(acting.book, family, family.cases[case_id], acting.at)
    when = retention.destroy_due(facts)
    if when is None or not set(retention.reasons_to_keep(facts)) <= {Keep.HOLD}:
        return None
    held = tuple(sorted(facts.case.holds))
    return Ripe(case_lists.line(connection, case_id), day_of(when), held)
