"""Complaints in the store: what was logged and its events, as the fold reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deskapp.clock import instant, stamp
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.complaints import deadlines, fold
from deskapp.services.complaints.deadlines import StageDue
from deskapp.services.complaints.events import Event, Logged
from deskapp.services.complaints.state import Complaint
from deskapp.text import clean, cleaned, compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

_LOGGED = (
    "id, ref, hlc, desk, at, officer_id, site, nation, received_at, channel, jurisdiction,"
    " severity, categories, flags, authority, dues, about_staff"
)
_EVENT = (
    "id, complaint_id, code, at, officer_id, role, stage, hlc, desk, seen_hlc, note, data,"
    " restricted"
)


def no_such_complaint() -> NotFoundError:
    """What is said of a complaint that is not here."""
    return NotFoundError(_("There is no such complaint on this desk."))


def complaint(connection: Connection, complaint_id: str) -> Complaint:
    """A complaint as it stands, folded from everything that is here.

    Raises:
        NotFoundError: If there is none with this id.
    """
    return fold.fold(logged(connection, complaint_id), events(connection, complaint_id))


def logged(connection: Connection, complaint_id: str) -> Logged:
    """What was logged.

    Raises:
        NotFoundError: If there is none with this id.
    """
    row = connection.execute(
        f"SELECT {_LOGGED} FROM complaint WHERE id = ?", (complaint_id,)
    ).fetchone()
    if row is None:
        raise no_such_complaint()
    due = deadlines.read(json_object(row[15]))
    received_at = instant(row[8])
    return Logged(
        id=row[0],
        ref=row[1],
        hlc=row[2],
        desk=row[3],
        at=instant(row[4]),
        officer=row[5],
        site=row[6],
        nation=row[7],
        received_at=received_at,
        channel=row[9],
        jurisdiction=row[10],
        severity=row[11],
        categories=json_codes(row[12]),
        flags=frozenset(json_codes(row[13])),
        authority=row[14],
        due=due or StageDue(received_at.date(), 1, "", True),
        about_staff=row[16],
    )


def events(connection: Connection, complaint_id: str) -> list[Event]:
    """Every event of a complaint, in the order of the fold."""
    rows = connection.execute(
        f"SELECT {_EVENT} FROM complaint_event WHERE complaint_id = ? ORDER BY hlc, desk, id",
        (complaint_id,),
    )
    return [_event(row) for row in rows]


def has_event(connection: Connection, event_id: str) -> bool:
    """Whether an event was written already: a form that is saved twice is saved once."""
    row = connection.execute("SELECT 1 FROM complaint_event WHERE id = ?", (event_id,)).fetchone()
    return row is not None


def add(session: Session, event: Event, *, site: str) -> None:
    """Write down an event; the store gives it its place among those of all desks."""
    from deskapp.data.complaint_tables import ComplaintEvent
    from deskapp.data.sessions import plain

    row = plain(session).execute(
        "SELECT max(hlc) FROM (SELECT hlc FROM complaint WHERE id = ?1"
        " UNION ALL SELECT hlc FROM complaint_event WHERE complaint_id = ?1)",
        (event.complaint,),
    ).fetchone()  # fmt: skip
    session.add(
        ComplaintEvent(
            id=event.id,
            home_site=site,
            at=stamp(event.at),
            officer_id=event.officer,
            complaint_id=event.complaint,
            stage=event.stage,
            code=event.code,
            role=event.role,
            seen_hlc=(row and row[0]) or 0,
            note=event.note,
            data=json.dumps(event.data, ensure_ascii=False),
            restricted=event.restricted,
        )
    )
    session.flush()


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the complaint with this spoken reference, the one it has or had.

    Raises:
        NotFoundError: If ``text`` is no reference, or no complaint here has it.
    """
    ref = refs.parse(text)
    if ref is None:
        raise NotFoundError(_("Enter the whole reference, like C-7KM-4X9-3CK. Check each letter."))
    found = refs.id_of(connection, "complaint_state", ref) or refs.id_of(
        connection, "complaint", ref
    )
    if found is None:
        message = _("No complaint on this desk has the reference {ref}.")
        raise NotFoundError(message.format(ref=one_line(text)))
    return found


def ref_taken(connection: Connection, ref: str) -> bool:
    """Whether a complaint here has or had this reference."""
    row = connection.execute(
        "SELECT 1 FROM complaint WHERE ref_key = ?1"
        " UNION ALL SELECT 1 FROM complaint_state WHERE ref_key = ?1",
        (compact(ref),),
    ).fetchone()
    return row is not None


def json_codes(text: str) -> tuple[str, ...]:
    """The codes of a stored JSON list; escapes in JSON pass the gate of the connection."""
    listed = json.loads(text)
    return tuple(clean(str(code)) for code in listed) if isinstance(listed, list) else ()


def json_object(text: str) -> dict[str, object]:
    """A stored JSON object, cleaned all the way down."""
    found = json.loads(text)
    return cleaned(found) if isinstance(found, dict) else {}


def _event(row: tuple[str, ...]) -> Event:
    return Event(
        id=row[0],
        complaint=row[1],
        code=row[2],
        at=instant(row[3]),
        officer=row[4],
        role=row[5],
        stage=int(row[6]),
        hlc=int(row[7]),
        desk=row[8],
        seen_hlc=int(row[9]),
        note=row[10],
        data=json_object(row[11]),
        restricted=row[12],
    )
