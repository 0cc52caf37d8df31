"""Who might take a case next: a suggestion, from what everybody has to do already.

Source: casework sheet, section 1.7 (fair allocation).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, Role, User
from deskapp.services.casework import sampling, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.sampling import Load
from deskapp.text import fold, one_line


class Colleague(NamedTuple):
    """Somebody who may look after a case, with what they have."""

    id: str
    name: str
    open_items: int
    """Open items of the cases they look after; each weighs the same."""
    last_at: str
    """Stamp of when the newest of their cases was opened; empty when they have none."""


def colleagues(connection: Connection, acting: Acting, scheme: str) -> list[Colleague]:
    """Everybody who works on cases here and may know of those of ``scheme``, by name.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(acting.user, Act.WORK_CASES)
    rows = connection.execute(
        "SELECT o.id, o.name, o.role, o.scheme_roles,"
        " (SELECT count(*) FROM case_state AS s JOIN case_item AS i ON i.family_id = s.family_id"
        "  AND i.case_id = s.id WHERE s.owner_id = o.id AND s.live = 1 AND i.open = 1),"
        " (SELECT coalesce(max(opened_at), '') FROM case_state WHERE owner_id = o.id)"
        " FROM officer AS o ORDER BY o.name, o.id"
    ).fetchall()
    found = []
    for officer_id, name, role, names, open_items, last_at in rows:
        user = User(officer_id, name, Role(role), acting.user.site, frozenset(names.split()))
        person = Acting(user, acting.now, acting.book).person
        if roles.may(user, Act.WORK_CASES) and shelf.may_know(acting.book, scheme, person):
            found.append(Colleague(officer_id, name, int(open_items), last_at))
    return found


def suggested(found: Iterable[Colleague]) -> Colleague | None:
    """Who might take the next case: the least to do, then the longest without, then by name."""
    by_id = {each.id: each for each in found}
    loads = (
        Load(
            f"{each.name}\0{each.id}",
            Decimal(each.open_items),
            instant(each.last_at) if each.last_at else None,
        )
        for each in by_id.values()
    )
    name = sampling.suggested(loads)
    return by_id[name.rpartition("\0")[2]] if name else None


def named(found: Iterable[Colleague], text: str) -> Colleague:
    """The colleague of that id or name.

    Raises:
        NotFoundError: If there is none, or more than one.
    """
    lines = [each for each in found if text == each.id or fold(one_line(text)) == fold(each.name)]
    if len(lines) == 1:
        return lines[0]
    message = _("Several officers are called {name}. Give the id of one.")
    if not lines:
        message = _("Nobody called {name} can look after this case.")
    raise NotFoundError(message.format(name=one_line(text)))
