"""Every person of the desk by name, in pages; a surname, the last word, is what is looked up."""

from __future__ import annotations

from typing import NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services.paging import Page, Want
from deskapp.services.persons import persons
from deskapp.services.persons.persons import PersonLine
from deskapp.text import fold


class PersonPlace(NamedTuple):
    """A person, and where they stand in the list."""

    line: PersonLine
    place: tuple[str | int, ...]


def page(connection: Connection, want: Want, *, user: User) -> Page[PersonPlace]:
    """A page of those who gave a name, by name.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    sql, values = _query(want)
    rows = connection.execute(sql, values).fetchall()
    known = {
        line.id: line for line in persons.lines(connection, [row[1] for row in rows], user=user)
    }
    return want.page([PersonPlace(known[row[1]], row) for row in rows])


def _query(want: Want) -> tuple[str, tuple[str | int, ...]]:
    """The names and ids of a page.

    The place is given by its name alone too: SQLite begins at a pair of values only where both
    are columns, and the name is worked out.
    """
    place, order = want.clause("name_key(full_name), id")
    bounds = ["name_key(full_name) > ''"]
    if want.place and want.backwards:
        bounds += ["name_key(full_name) <= ?", place]
    elif want.place:
        bounds = ["+name_key(full_name) > ''", "name_key(full_name) >= ?", place]
    return (
        f"SELECT name_key(full_name), id FROM person WHERE {' AND '.join(bounds)}"
        f" ORDER BY {order} LIMIT ?",
        (*want.place[:1], *want.place, want.limit),
    )


def starting(text: str) -> Want:
    """The page that begins with the first name that ``text`` begins, or with what follows it."""
    return Want((" ".join(fold(text).split()), ""))


def about(connection: Connection) -> int:
    """About how many persons there are, without counting them."""
    [(newest,)] = connection.execute("SELECT coalesce(max(rowid), 0) FROM person").fetchall()
    return int(newest)
