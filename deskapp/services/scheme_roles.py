"""Roles that casework schemes name: who has which, given and taken after the desk is set up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, Role, User
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.worklist import REPORTER
from deskapp.text import fold, one_line

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class OfficerLine:
    """A member of staff with their roles."""

    id: str
    name: str
    role: Role
    scheme_roles: tuple[str, ...]


def officers(connection: Connection, *, user: User) -> list[OfficerLine]:
    """Everybody who uses a desk, by name.

    Raises:
        NotAllowedError: If the role may not give roles.
    """
    roles.require(user, Act.GIVE_ROLES)
    rows = connection.execute("SELECT id, name, role, scheme_roles FROM officer ORDER BY name, id")
    return [
        OfficerLine(officer_id, name, Role(role), tuple(names.split()))
        for officer_id, name, role, names in rows.fetchall()
    ]


def change(
    session: Session,
    book: Rulebook,
    officer: str,
    *,
    give: Collection[str] = (),
    take: Collection[str] = (),
    user: User,
) -> OfficerLine:
    """Give somebody roles of schemes, or take them away.

    Args:
        session: An open write transaction.
        book: The schemes; a role that none of them names cannot be given.
        officer: Their id, or their name if nobody else has it.
        give: Roles they have from now on.
        take: Roles they no longer have.
        user: Who decides.

    Raises:
        NotFoundError: If there is no such officer or role.
        NotAllowedError: If the role may not give roles.
    """
    from deskapp.data.tables import Officer

    found = _officer(officers(plain(session), user=user), officer)
    known = {role for scheme in book.schemes.values() for role in scheme.roles} - {REPORTER}
    if unknown := sorted(set(give) - known):
        message = _("No scheme names the role {role}. Use one of: {names}.")
        raise NotFoundError(
            message.format(role=one_line(unknown[0]), names=", ".join(sorted(known)))
        )
    names = tuple(sorted({*found.scheme_roles, *give}.difference(take)))
    session.get_one(Officer, found.id).scheme_roles = " ".join(names)
    return OfficerLine(found.id, found.name, found.role, names)


def _officer(lines: list[OfficerLine], named: str) -> OfficerLine:
    found = [line for line in lines if named == line.id or fold(one_line(named)) == fold(line.name)]
    if len(found) == 1:
        return found[0]
    message = _("Several officers are called {name}. Give the id of one.")
    if not found:
        message = _("There is no officer called {name} on this desk.")
    raise NotFoundError(message.format(name=one_line(named)))
