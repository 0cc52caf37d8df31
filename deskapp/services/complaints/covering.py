"""What must not be shown in the texts of complaints: how to reach anybody in the case.

Source: enquiries sheet, section 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from deskapp.data.connection import Connection
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import OPEN, About, Cover


def covers(connection: Connection, complaint_ids: Iterable[str]) -> Mapping[str, Cover]:
    """By id; a complaint in which nothing is covered is not in it."""
    rows = connection.execute(
        "SELECT s.id, s.person_id, c.case_key FROM complaint_state AS s"
        " JOIN complaint AS c ON c.id = s.id WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(complaint_ids)),),
    ).fetchall()
    about = {complaint_id: About(*each) for complaint_id, *each in rows}
    found = withheld.covers_about(connection, about.values())
    return {complaint_id: found[each] for complaint_id, each in about.items() if each in found}


def cover(connection: Connection, complaint_id: str) -> Cover:
    """The same for one complaint."""
    return covers(connection, [complaint_id]).get(complaint_id, OPEN)
