"""Who sits at this desk, and how the desk stands with the central database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import instant, local
from deskapp.data.change_state import RECEIVED_UPTO
from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import Role, User
from deskapp.services.courts import sites
from deskapp.services.dates import Nation
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

NAME_LIMIT = 80
_OFFICER = "officer"
_DEMONSTRATION = "demonstration"


class Exchange(NamedTuple):
    """How the desk stands with the central database."""

    joined: bool
    pending: int
    """Changes kept here that central has not received."""
    last_ok_on: dt.date | None
    """Local day of the last exchange that worked."""


def set_up(
    session: Session,
    name: str,
    *,
    role: Role,
    site: str,
    scheme_roles: frozenset[str] = frozenset(),
    demonstration: bool = False,
) -> User:
    """Make the first user of a fresh store.

    ``scheme_roles`` are what casework schemes call them, beside their role.

    Raises:
        FormProblemsError: If the name is empty or too long.
    """
    from sqlmodel import update

    from deskapp.data.ids import new_id
    from deskapp.data.tables import LocalState, Officer, SyncState

    found = name_problems(name)
    if found:
        raise FormProblemsError(found)
    name = one_line(name)
    session.execute(update(SyncState).values(site=site))
    officer = Officer(
        id=new_id(),
        home_site=site,
        name=name,
        role=role.value,
        scheme_roles=" ".join(sorted(scheme_roles)),
    )
    session.add(officer)
    session.merge(LocalState(name=_OFFICER, value=officer.id))
    if demonstration:
        session.merge(LocalState(name=_DEMONSTRATION, value="1"))
    return User(officer.id, name, role, site, scheme_roles)


def name_problems(name: str) -> list[Problem]:
    """What is wrong with the name of a user."""
    name = one_line(name)
    if not name:
        return [Problem("name", _("Enter your name"))]
    if len(name) > NAME_LIMIT:
        message = _("Your name must be {limit} characters or less").format(limit=NAME_LIMIT)
        return [Problem("name", message)]
    return []


def user(connection: Connection) -> User:
    """The person who uses this desk.

    Raises:
        NotFoundError: If the first start was not finished.
    """
    row = connection.execute(
        "SELECT o.id, o.name, o.role, s.site, o.scheme_roles FROM local_state AS l"
        " JOIN officer AS o ON o.id = l.value JOIN sync_state AS s WHERE l.name = ?",
        (_OFFICER,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("This desk has no user yet. Start deskapp to set it up."))
    return User(row[0], row[1], Role(row[2]), row[3], frozenset(row[4].split()))


def site(connection: Connection) -> str:
    """Key of the court that this desk belongs to."""
    [(key,)] = connection.execute("SELECT site FROM sync_state").fetchall()
    return str(key)


def nation(site: str) -> Nation:
    """Whose working days count at a site; England and Wales where the directory does not know."""
    return sites.site_nation(sites.by_key(site)) or Nation.ENGLAND_AND_WALES


def site_name(site: str, language: str) -> str:
    """What the site is called."""
    return sites.by_key(site).shown_name(language)


def is_demonstration(connection: Connection) -> bool:
    """Whether the store holds invented data only."""
    row = connection.execute(
        "SELECT 1 FROM local_state WHERE name = ?", (_DEMONSTRATION,)
    ).fetchone()
    return row is not None


def exchange(connection: Connection) -> Exchange:
    """How the desk stands with the central database, without counting the log."""
    [row] = connection.execute(
        "SELECT central_id, last_ok_at, (SELECT coalesce(max(seq), 0) FROM change_log)"
        f" - {RECEIVED_UPTO} FROM sync_state"
    ).fetchall()
    central_id, last_ok_at, pending = row
    last_ok_on = local(instant(last_ok_at)).date() if last_ok_at else None
    return Exchange(central_id is not None, pending, last_ok_on)
