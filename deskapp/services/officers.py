"""Members of staff: the roles that casework schemes name, and the team they are in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import Act, Role, User
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.worklist import REPORTER
from deskapp.text import fold, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

MOST_OF_TEAM = 40


@dataclass(frozen=True)
class OfficerLine:
    """A member of staff with their roles and team."""

    id: str
    name: str
    role: Role
    scheme_roles: tuple[str, ...]
    team: str
    """What their team is called; empty without one."""


def everybody(connection: Connection, *, user: User) -> list[OfficerLine]:
    """Everybody who uses a desk, by name.

    Raises:
        NotAllowedError: If the role may not give roles.
    """
    roles.require(user, Act.GIVE_ROLES)
    rows = connection.execute(
        "SELECT id, name, role, scheme_roles, team FROM officer ORDER BY name, id"
    )
    return [
        OfficerLine(officer_id, name, Role(role), tuple(names.split()), team)
        for officer_id, name, role, names, team in rows.fetchall()
    ]


def change_roles(
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

    found = _officer(everybody(plain(session), user=user), officer)
    known = {role for scheme in book.schemes.values() for role in scheme.roles} - {REPORTER}
    if unknown := sorted(set(give) - known):
        message = _("No scheme names the role {role}. Use one of: {names}.")
        raise NotFoundError(
            message.format(role=one_line(unknown[0]), names=", ".join(sorted(known)))
        )
    names = tuple(sorted({*found.scheme_roles, *give}.difference(take)))
    session.get_one(Officer, found.id).scheme_roles = " ".join(names)
    return replace(found, scheme_roles=names)


def put_into_team(session: Session, officer: str, team: str, *, user: User) -> OfficerLine:
    """Say which team somebody is in, for the reports by team.

    A team that somebody else is in already keeps the spelling that it has.

    Args:
        session: An open write transaction.
        officer: Their id, or their name if nobody else has it.
        team: What it is called; empty for none.
        user: Who decides.

    Raises:
        NotFoundError: If there is no such officer.
        NotAllowedError: If the role may not give roles.
        FormProblemsError: If the name of the team is too long.
    """
    from deskapp.data.tables import Officer

    lines = everybody(plain(session), user=user)
    found, wanted = _officer(lines, officer), one_line(team).strip()
    if len(wanted) > MOST_OF_TEAM:
        message = _("Give the team a name of {count} characters or fewer.")
        raise FormProblemsError([Problem("team", message.format(count=MOST_OF_TEAM))])
    spelt = next((line.team for line in lines if fold(line.team) == fold(wanted)), wanted)
    session.get_one(Officer, found.id).team = spelt
    return replace(found, team=spelt)


def _officer(lines: list[OfficerLine], named: str) -> OfficerLine:
    found = [line for line in lines if named == line.id or fold(one_line(named)) == fold(line.name)]
    if len(found) == 1:
        return found[0]
    message = _("Several officers are called {name}. Give the id of one.")
    if not found:
        message = _("There is no officer called {name} on this desk.")
    raise NotFoundError(message.format(name=one_line(named)))
