"""Cases in the store: the rows of a family, and its events as the fold reads them.

A family is a case with every case that its actions opened; its events are folded together.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import instant, stamp
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.services.casework.events import Event, Kind, Person
from deskapp.services.casework.scheme import Scheme
from deskapp.text import cleaned, compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

_COLUMNS = "id, family_id, ref, scheme, owner_id, external_refs"
_EVENT = (
    "id, case_id, kind, at, officer_id, roles, hlc, desk, what, version, answers, note, name,"
    " outcome, due, child_id, parent_id"
)


class Kept(NamedTuple):
    """What is written down of a case beside its events."""

    id: str
    family_id: str
    ref: str
    scheme: str
    owner_id: str
    external_refs: str


def no_such_case() -> NotFoundError:
    """What is said of a case that is not there, or that the person may not know of."""
    return NotFoundError(_("There is no such case on this desk."))


def case(connection: Connection, case_id: str) -> Kept:
    """One case.

    Raises:
        NotFoundError: If there is none with this id.
    """
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM case_record WHERE id = ?", (case_id,)
    ).fetchone()
    if row is None:
        raise no_such_case()
    return Kept(*row)


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the case with this spoken reference, however it is spelt.

    Raises:
        NotFoundError: If ``text`` is no reference, or no case here has it.
    """
    found = refs.id_of(connection, "case_record", text)
    if found is None:
        message = _("No case on this desk has the reference {ref}. Check each letter.")
        raise NotFoundError(message.format(ref=one_line(text)))
    return found


def family(connection: Connection, family_id: str) -> list[Kept]:
    """Every case of a family."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM case_record WHERE family_id = ? ORDER BY id", (family_id,)
    )
    return [Kept(*row) for row in rows]


def events(connection: Connection, family_id: str) -> list[Event]:
    """Every event of a family."""
    rows = connection.execute(
        f"SELECT {_EVENT} FROM case_event WHERE family_id = ? ORDER BY hlc, desk", (family_id,)
    )
    return [_event(row) for row in rows]


def open_record(
    session: Session,
    case_id: str,
    scheme: Scheme,
    *,
    family_id: str,
    user: User,
    now: dt.datetime,
    external_refs: str = "",
) -> None:
    """Write down a case under a new reference; who opens it looks after it."""
    from deskapp.data.case_tables import CaseRecord
    from deskapp.data.sessions import plain

    ref = refs.new_ref(scheme.prefix)
    while _ref_taken(plain(session), ref):
        ref = refs.new_ref(scheme.prefix)
    session.add(
        CaseRecord(
            id=case_id,
            home_site=user.site,
            ref=ref,
            ref_key=compact(ref),
            scheme=scheme.id,
            family_id=family_id,
            owner_id=user.id,
            external_refs=one_line(external_refs),
            created_at=stamp(now),
        )
    )
    session.flush()


def add(session: Session, event: Event, *, family_id: str, site: str) -> None:
    """Write down an event; the store gives it its place among those of all desks."""
    from deskapp.data.case_tables import CaseEvent

    session.add(
        CaseEvent(
            id=event.id,
            home_site=site,
            at=stamp(event.at),
            officer_id=event.by.id,
            family_id=family_id,
            case_id=event.case,
            kind=event.kind.value,
            roles=" ".join(sorted(event.by.roles)),
            what=event.what,
            version=event.version,
            answers=json.dumps(event.values, ensure_ascii=False),
            note=event.note,
            name=event.name,
            outcome=event.outcome,
            due=event.due,
            child_id=event.child,
            parent_id=event.parent,
        )
    )
    session.flush()


def _ref_taken(connection: Connection, ref: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM case_record WHERE ref_key = ?", (compact(ref),)
    ).fetchone()
    return row is not None


def _event(row: tuple[str, ...]) -> Event:
    event_id, case_id, kind, at, officer_id, roles, hlc, desk, what, version = row[:10]
    answers, note, name, outcome, due, child_id, parent_id = row[10:]
    return Event(
        id=event_id,
        case=case_id,
        kind=Kind(kind),
        at=instant(at),
        by=Person(officer_id, frozenset(roles.split())),
        hlc=int(hlc),
        desk=desk,
        what=what,
        version=int(version),
        values=cleaned(json.loads(answers)),  # escapes in JSON pass the gate of the connection
        note=note,
        name=name,
        outcome=outcome,
        due=due,
        child=child_id,
        parent=parent_id,
    )
