"""What must not be shown in the texts of a case: how to reach a person whom it is about.

A case is about a person when it is linked with them or with a contact they had, when it gives
them a marker, or when they are in the court case that it names; the cases of one family are about
the same people. The store keeps every word.
Source: enquiries sheet, section 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp.data.connection import Connection
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import OPEN, About, Cover

if TYPE_CHECKING:
    from deskapp.services.casework.events import Event

_PERSONS = """
WITH asked AS (
    SELECT s.id AS asked, f.id AS id FROM case_record AS s
    JOIN case_record AS f ON f.family_id = s.family_id
    WHERE s.id IN (SELECT value FROM json_each(?))
), ends AS (
    SELECT asked, to_table AS side, to_id AS other, undone, hlc FROM asked
    JOIN record_link ON from_table = 'case_record' AND from_id = asked.id
    UNION ALL SELECT asked, from_table, from_id, undone, hlc FROM asked
    JOIN record_link ON to_table = 'case_record' AND to_id = asked.id
), linked AS (
    SELECT asked, side, other, undone, max(hlc) FROM ends GROUP BY asked, side, other
)
SELECT asked, other FROM linked WHERE side = 'person' AND NOT undone
UNION SELECT asked, c.person_id FROM linked JOIN contact AS c ON c.id = other
WHERE side = 'contact' AND NOT undone AND c.person_id IS NOT NULL
UNION SELECT asked, m.person_id FROM asked JOIN marker AS m ON m.case_id = asked.id
WHERE m.person_id <> ''
"""
_COURT_CASES = (
    "SELECT s.id, f.case_keys FROM case_state AS s JOIN case_state AS f"
    " ON f.family_id = s.family_id WHERE f.case_keys <> ''"
    " AND s.id IN (SELECT value FROM json_each(?))"
)


def covers(connection: Connection, case_ids: Iterable[str]) -> Mapping[str, Cover]:
    """What must not be shown in the texts of cases, by id; a case without anything is not in it."""
    asked = sorted(set(case_ids))
    if not asked:
        return {}
    found = _of_court_cases(connection, asked)
    rows = connection.execute(_PERSONS, (json.dumps(asked),)).fetchall()
    of_persons = withheld.covers(connection, {person_id for _case_id, person_id in rows})
    for case_id, person_id in rows:
        if person_id in of_persons:
            found[case_id] = _both(found.get(case_id, OPEN), of_persons[person_id])
    return found


def _of_court_cases(connection: Connection, asked: Sequence[str]) -> dict[str, Cover]:
    """What is covered for the sake of those who are in the court cases that a family names."""
    rows = connection.execute(_COURT_CASES, (json.dumps(asked),)).fetchall()
    named = [(case_id, About("", key)) for case_id, keys in rows for key in keys.split()]
    covers = withheld.covers_about(connection, {about for _case_id, about in named})
    found: dict[str, Cover] = {}
    for case_id, about in named:
        if about in covers:
            found[case_id] = _both(found.get(case_id, OPEN), covers[about])
    return found


def cover(connection: Connection, case_id: str) -> Cover:
    """What must not be shown in the texts of one case."""
    return covers(connection, [case_id]).get(case_id, OPEN)


def covered(events: Sequence[Event], cover: Cover) -> list[Event]:
    """The events of a case as they may be shown."""
    if not cover.values:
        return list(events)
    return [
        replace(
            event,
            values=cover.anywhere(event.values),
            note=cover.text(event.note),
        )
        for event in events
    ]


def _both(one: Cover, other: Cover) -> Cover:
    values = sorted({*one.values, *other.values}, key=len, reverse=True)
    return Cover(
        one.address or other.address,
        one.call or other.call,
        tuple(values),
        one.others or other.others,
    )
