"""What must not be shown of jurors: how to reach somebody whose address is confidential.

A juror is no person record; who rings gives the juror number as the reference of their case. The
stricter is shown: where a caller with that number has a confidential address, nothing of how to
reach the juror is. Source: enquiries sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deskapp.data.connection import Connection
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import OPEN, About, Cover


def covers(connection: Connection, numbers: Iterable[str]) -> Mapping[str, Cover]:
    """By juror number; a juror of whom nothing is covered is not in it."""
    found = withheld.covers_about(connection, [About(case_key=number) for number in numbers])
    return {each.case_key: cover._replace(address=True) for each, cover in found.items()}


def cover(connection: Connection, number: str) -> Cover:
    """The same for one juror."""
    return covers(connection, [number]).get(number, OPEN)
