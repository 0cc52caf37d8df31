"""What must not be shown in the texts of hearings: how to reach anybody in the case.

Source: enquiries sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp.services.hearings import stored
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import OPEN, About, Cover

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.hearings.events import Event
    from deskapp.services.hearings.links import LinkLine
    from deskapp.services.hearings.needs import NeedLine
    from deskapp.services.hearings.stored import Hearing


def covers(connection: Connection, hearings: Iterable[Hearing]) -> Mapping[str, Cover]:
    """By the id of the hearing; one in which nothing is covered is not in it."""
    about = {each.id: About(case_key=each.subject_key) for each in hearings}
    found = withheld.covers_about(connection, about.values())
    return {hearing_id: found[each] for hearing_id, each in about.items() if each in found}


def cover(connection: Connection, hearing_id: str) -> Cover:
    """The same for one hearing.

    Raises:
        NotFoundError: If there is none.
    """
    return covers(connection, [stored.get(connection, hearing_id)]).get(hearing_id, OPEN)


def hearing(shown: Hearing, cover: Cover) -> Hearing:
    """A hearing as it may be shown."""
    return shown._replace(
        case_name=cover.text(shown.case_name),
        description=cover.text(shown.description),
        note=cover.text(shown.note),
    )


def events(happened: Iterable[Event], cover: Cover) -> list[Event]:
    """What happened, as it may be shown."""
    return [
        replace(each, note=cover.text(each.note), data=cover.anywhere(each.data))
        for each in happened
    ]


def needs(found: Iterable[NeedLine], cover: Cover) -> list[NeedLine]:
    """Needs as they may be shown."""
    return [
        each._replace(
            party_name=cover.text(each.party_name),
            value=cover.text(each.value),
            other_language=cover.text(each.other_language),
            comment=cover.text(each.comment),
            requested_by=cover.text(each.requested_by),
            decided_by=cover.text(each.decided_by),
            named=cover.text(each.named),
        )
        for each in found
    ]


def links(found: Iterable[LinkLine], cover: Cover) -> list[LinkLine]:
    """Video links as they may be shown."""
    return [
        each._replace(address=cover.text(each.address), note=cover.text(each.note))
        for each in found
    ]
