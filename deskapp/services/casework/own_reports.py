"""Cases of a restricted scheme that somebody reported: whoever did may read their own report.

A scheme says so with ``reporter`` among its roles, which nobody is given.
Source: site and safety sheet, section 11.
"""

from __future__ import annotations

from deskapp.data.connection import Connection
from deskapp.services.casework import shelf
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Person
from deskapp.services.casework.stored import Kept
from deskapp.services.casework.worklist import REPORTER

_REPORTED = (
    "EXISTS (SELECT 1 FROM case_event AS e WHERE e.family_id = {case}.family_id"
    " AND e.officer_id = ? AND (e.kind = 'open' AND e.case_id = {case}.id"
    " OR e.child_id = {case}.id))"
)


def may_read(connection: Connection, book: Rulebook, kept: Kept, person: Person) -> bool:
    """Whether somebody reported a case of a scheme that lets them read it afterwards."""
    if kept.scheme not in _schemes(book, person):
        return False
    condition = _REPORTED.format(case="r")
    row = connection.execute(
        f"SELECT 1 FROM case_record AS r WHERE r.id = ? AND {condition}", (kept.id, person.id)
    ).fetchone()
    return row is not None


def seen(book: Rulebook, person: Person) -> tuple[str, list[str]]:
    """The condition of lists, on ``case_state AS s``, that hides what is not for somebody."""
    names, own = shelf.visible(book, person), _schemes(book, person)
    # The plus keeps the planner on the index that gives the order.
    condition = f"+s.scheme IN ({_marks(names)})"
    if not own:
        return condition, [*names]
    reported = _REPORTED.format(case="s")
    return f"({condition} OR +s.scheme IN ({_marks(own)}) AND {reported})", [
        *names,
        *own,
        person.id,
    ]


def _schemes(book: Rulebook, person: Person) -> list[str]:
    return [
        each.id
        for each in shelf.newest(book)
        if not shelf.may_know(book, each.id, person)
        and all(REPORTER in version.roles for version in shelf.versions(book, each.id))
    ]


def _marks(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join("?" for _name in names)
