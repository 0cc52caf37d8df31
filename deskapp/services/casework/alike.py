"""Cases that may be there already: the same name and date of birth in the same scheme.

Source: site and safety sheet, section 10 (duplicate warning).
"""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.data.connection import Connection
from deskapp.services.casework import case_line, entry_checks, fold, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Field, Scheme
from deskapp.services.casework.values import FieldType, write
from deskapp.text import fold as folded

MOST_CASES = 50
_BORN_THEN = (
    "SELECT DISTINCT s.id FROM case_state AS s JOIN case_event AS e ON e.family_id = s.family_id"
    " WHERE s.scheme = ? AND json_extract(e.answers, ?) = ? LIMIT ?"
)


def found(
    connection: Connection, acting: Acting, scheme_id: str, values: Mapping[str, object]
) -> list[CaseLine]:
    """Cases of a scheme about somebody of the name and date of birth in ``values``.

    None of a scheme that asks for no date of birth, or that the person may not know of.
    """
    scheme = acting.book.in_force(scheme_id, acting.now.date())
    name, born = _name(scheme), _born(scheme)
    if not name or not born or not shelf.may_know(acting.book, scheme_id, acting.person):
        return []
    wanted = folded(str(values.get(name.id, ""))).split()
    day = str(values.get(born.id) or "")
    if not wanted or not day:
        return []
    rows = connection.execute(_BORN_THEN, (scheme_id, f"$.{born.id}", day, MOST_CASES)).fetchall()
    lines = []
    for (case_id,) in rows:
        facts = _facts(connection, acting, case_id)
        same_day = write(facts.value(born.id)) == day
        if same_day and folded(str(facts.value(name.id) or "")).split() == wanted:
            lines.append(case_line.of(connection, case_id))
    return lines


def _facts(connection: Connection, acting: Acting, case_id: str) -> CaseFacts:
    family_id = stored.case(connection, case_id).family_id
    family = fold.fold(acting.book, stored.events(connection, family_id), acting.at)
    return CaseFacts(acting.book, family, family.cases[case_id], acting.at)


def _name(scheme: Scheme) -> Field | None:
    return next((each for each in scheme.fields if each.type is FieldType.PARTY), None)


def _born(scheme: Scheme) -> Field | None:
    born = entry_checks.BIRTH_DATE
    return next((each for each in scheme.fields if each.check == born), None)
