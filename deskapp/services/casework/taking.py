"""How one thing is done with a case: an event is made, followed, and kept with what it changes.

It asks the fold, keeps the event and rewrites how the family stands, or refuses with every reason
and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.roles import Act
from deskapp.services.casework import case_line, fold, own_reports, projection, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.events import Event, Kind
from deskapp.services.casework.refused import refused
from deskapp.services.casework.state import Family
from deskapp.services.casework.stored import Kept
from deskapp.text import clean, cleaned

if TYPE_CHECKING:
    from sqlmodel import Session

Answers = Mapping[str, object]
NO_ANSWERS: Answers = {}


def take(session: Session, acting: Acting, case_id: str, kind: Kind, **given: object) -> CaseLine:
    """Follow one event of a case that is there, and keep it with what it changes."""
    roles.require(acting.user, Act.WORK_CASES)
    connection = plain(session)
    kept = known(connection, acting, case_id)
    events = stored.events(connection, kept.family_id)
    before = fold.folded(acting.book, events)
    if case_id not in before.cases:
        raise stored.no_such_case()
    event = event_of(acting, case_id, kind, **given)
    after = followed(acting, before, event)
    for child in after.cases.keys() - before.cases.keys():
        scheme = acting.book.scheme(after.cases[child].scheme, after.cases[child].version)
        stored.open_record(
            session, child, scheme, family_id=kept.family_id, user=acting.user, now=acting.at
        )
    stored.add(session, event, family_id=kept.family_id, site=acting.user.site)
    projection.write(connection, acting.book, kept.family_id, after, acting.at)
    return case_line.of(connection, case_id)


def followed(acting: Acting, before: Family, event: Event) -> Family:
    """The family after ``event``.

    Raises:
        RefusedError: If it is refused.
    """
    after = fold.step(acting.book, before, event)
    if len(after.conflicts) > len(before.conflicts):
        reasons = after.conflicts[-1].reasons
        raise refused(acting.book, replace(after, conflicts=before.conflicts), event, reasons)
    return after


def event_of(acting: Acting, case_id: str, kind: Kind, **given: object) -> Event:
    values = given.pop("values", NO_ANSWERS)
    assert isinstance(values, Mapping)
    texts = {name: clean(text) if isinstance(text, str) else text for name, text in given.items()}
    event = Event(id=new_id(), case=case_id, kind=kind, at=acting.at, by=acting.person)
    # mypy cannot see that the names are those of texts.
    return replace(event, values=cleaned(values), **texts)  # type: ignore[arg-type]


def known(connection: Connection, acting: Acting, case_id: str, *, reads: bool = False) -> Kept:
    """What is written down of a case that this person may know of, or ``reads`` as its reporter.

    Raises:
        NotFoundError: If there is none.
    """
    kept = stored.case(connection, case_id)
    if shelf.may_know(acting.book, kept.scheme, acting.person):
        return kept
    if reads and own_reports.may_read(connection, acting.book, kept, acting.person):
        return kept
    raise stored.no_such_case()


def write_anew(connection: Connection, acting: Acting, family_id: str) -> None:
    family = fold.folded(acting.book, stored.events(connection, family_id))
    projection.write(connection, acting.book, family_id, family, acting.at)
