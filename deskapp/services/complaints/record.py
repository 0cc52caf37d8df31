"""One complaint in full: what was logged, its stages, what may be done now, its history.

``look`` is the way to it for screens and commands: where something is said of a member of staff it
keeps who looked. Source: complaints sheet, sections 2 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.roles import Act, User
from deskapp.services.complaints import (
    covering,
    deadlines,
    fold,
    involved,
    lines,
    permits,
    presence,
    shown,
    stored,
)
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.deadlines import Explanation
from deskapp.services.complaints.events import LOOKS, Code, Event
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import Authority
from deskapp.services.complaints.permits import Offer
from deskapp.services.complaints.presence import Opened
from deskapp.services.complaints.shown import Entry, Given
from deskapp.services.complaints.state import Complaint, Stage
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeLine

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class ComplaintRecord:
    """A complaint as it stands at one moment, for one person."""

    line: ComplaintLine
    complaint: Complaint
    """The fold; ``about_staff`` is emptied unless the reader may see it."""
    given: Given
    about_staff: tuple[str, ...]
    """Empty too when the reader may not see it."""
    staff_hidden: bool
    """Something is said of a member of staff that the reader may not see."""
    safe: SafeLine
    offers: tuple[Offer, ...]
    history: tuple[Entry, ...]
    """Oldest first; who only looked is left out."""
    open_elsewhere: tuple[Opened, ...]
    """Who else has it open, as far as was exchanged."""
    views: tuple[Entry, ...]
    """Who looked; empty unless the reader may see what is said of staff."""
    duplicates: tuple[ComplaintLine, ...]
    """Complaints that are marked as duplicates of this one; their notes are shown beside it."""
    survivor: ComplaintLine | None
    may_disclose: bool
    """Not while the authority of a third party is not seen."""
    names: Mapping[str, str]
    """Officer id -> name, for owners and authors."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages, the first one first."""
        return self.complaint.stages


def look(
    session: Session, acting: Acting, complaint_id: str, *, opens: bool = False
) -> ComplaintRecord:
    """One complaint; that somebody looked is kept where something restricted stands in it.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who looks.
        complaint_id: At which complaint.
        opens: It stays open on the screen, so that colleagues are told.

    Raises:
        NotFoundError: If there is none with this id.
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    complaint = stored.complaint(plain(session), complaint_id)
    if complaint.about_staff:
        viewed = Event(
            id=new_id(),
            complaint=complaint_id,
            code=Code.VIEWED,
            at=acting.at,
            officer=acting.user.id,
            role=acting.user.role.value,
        )
        stored.add(session, viewed, site=acting.user.site)
    if opens and not complaint.status.ended:
        presence.note(session, acting, complaint_id)
    return record(plain(session), acting, complaint_id)


def record(connection: Connection, acting: Acting, complaint_id: str) -> ComplaintRecord:
    """One complaint without keeping who looked: for the person who just acted on it.

    Raises:
        NotFoundError: If there is none with this id.
        NotAllowedError: If the role may not read complaints.
    """
    user = acting.user
    kept = lines.line(connection, complaint_id, user=user)
    events = stored.events(connection, complaint_id)
    complaint = fold.fold(stored.logged(connection, complaint_id), events)
    cover = covering.cover(connection, complaint_id)
    sees = not complaint.about_staff or involved.may_see(complaint, user)
    names = dict(connection.execute("SELECT id, name FROM officer").fetchall())
    same = _duplicates_of(connection, complaint_id, user)
    entries = shown.of_events(events, complaint, names, cover, sees=sees)
    told = shown.covered(complaint, entries, cover, sees=sees)
    for each in same:
        entries += _notes_of(connection, each, names)
    entries.sort(key=lambda entry: entry.event.order)
    return ComplaintRecord(
        line=kept,
        complaint=told,
        given=shown.given(connection, complaint_id, cover),
        about_staff=told.about_staff,
        staff_hidden=not sees,
        safe=safe_contact.line_for(connection, kept.person_id, user=user),
        offers=permits.offers(complaint, acting),
        history=tuple(each for each in entries if each.event.code not in LOOKS),
        open_elsewhere=presence.elsewhere(connection, acting, events, names),
        views=tuple(each for each in entries if each.event.code == Code.VIEWED) if sees else (),
        duplicates=tuple(same),
        survivor=next(iter(lines.lines(connection, [complaint.survivor], user=user)), None),
        may_disclose=complaint.authority in ("", Authority.SEEN, Authority.NOT_NEEDED),
        names=names,
    )


def explain(record: ComplaintRecord, acting: Acting, number: int = 0) -> Explanation:
    """Why a stage (the last one for 0) is due when it is, day by day."""
    stage = record.stages[number - 1] if number else record.complaint.stage
    return deadlines.explain(
        acting.calendars, record.complaint.nation, stage.received_at, stage.due
    )


def _duplicates_of(connection: Connection, complaint_id: str, user: User) -> list[ComplaintLine]:
    rows = connection.execute(
        "SELECT l.from_id FROM record_link AS l WHERE l.to_table = 'complaint' AND l.to_id = ?"
        " AND l.from_table = 'complaint'",
        (complaint_id,),
    ).fetchall()
    ids = list(dict.fromkeys(str(row[0]) for row in rows))
    return [
        line
        for line in lines.lines(connection, ids, user=user)
        if stored.complaint(connection, line.id).survivor == complaint_id
    ]


def _notes_of(
    connection: Connection, duplicate: ComplaintLine, names: Mapping[str, str]
) -> list[Entry]:
    """What was done with a duplicate, to be shown together; never what is restricted in it."""
    kept = stored.complaint(connection, duplicate.id)
    cover = covering.cover(connection, duplicate.id)
    events = stored.events(connection, duplicate.id)
    found = shown.of_events(events, kept, names, cover, sees=False)
    return [
        entry._replace(of_ref=duplicate.ref) for entry in found if entry.event.code not in LOOKS
    ]
