"""What must not be shown in the texts of bookings: how to reach whom they are for.

Source: enquiries sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About, Cover
from deskapp.text import compact

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.history import History
    from deskapp.services.interpreters.lines import BookingLine
    from deskapp.services.interpreters.signed import SignedSheet


def cover(connection: Connection, line: BookingLine) -> Cover:
    """What must not be shown of the person and of everybody in the cases of the booking."""
    cases = [compact(each.case_ref) for each in line.hearings] or [""]
    about = [About(line.person_id, case_key) for case_key in cases]
    found = list(withheld.covers_about(connection, about).values())
    values = {value for each in found for value in each.values}
    return Cover(
        any(each.address for each in found),
        any(each.call for each in found),
        tuple(sorted(values, key=len, reverse=True)),
    )


def sheet(signed: SignedSheet, cover: Cover) -> SignedSheet:
    """A timesheet as it may be shown."""
    return replace(
        signed,
        travel_note=cover.text(signed.travel_note),
        comments=cover.text(signed.comments),
    )


def history(steps: Iterable[History], cover: Cover) -> list[History]:
    """What was done, as it may be shown."""
    return [
        replace(each, reason=cover.text(each.reason), changes=cover.anywhere(each.changes))
        for each in steps
    ]
