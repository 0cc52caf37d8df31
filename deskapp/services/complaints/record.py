"""One complaint in full: what was logged, its stages, what may be done now, its history.

``look`` is the way to it for screens and commands: where something is said of a member of staff it
keeps who looked. Source: complaints sheet, sections 2 and 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant
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
    moves,
    stored,
)
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.deadlines import Explanation
from deskapp.services.complaints.events import Code, Event
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import Authority
from deskapp.services.complaints.moves import Offer
from deskapp.services.complaints.state import Clash, Complaint, Part, Stage
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeLine
from deskapp.services.persons.withheld import Cover

if TYPE_CHECKING:
    from sqlmodel import Session


class Loss(NamedTuple):
    """Compensation that is asked for."""

    pence: int
    what_for: str
    evidence: bool
    direct: bool


@dataclass(frozen=True)
class Given:
    """What was logged, as it may be shown to the person who reads."""

    logged_at: dt.datetime
    logged_by: str
    """Name of the officer."""
    channel: str
    case_ref: str
    from_table: str
    from_id: str
    anonymous: bool
    person_id: str
    person_name: str
    user_type: str
    address: str
    """``withheld``, in the language in use, where it may not be shown; as the next three."""
    postcode: str
    email: str
    phone: str
    acting_for: str
    needs: tuple[str, ...]
    language: str
    summary: str
    details: str
    also: Mapping[str, str]
    """Answers to what the categories ask besides, by ``Also.name``."""
    outcome_sought: tuple[str, ...]
    loss: Loss | None


class Entry(NamedTuple):
    """An event of the history, as it may be shown."""

    event: Event
    """Its note is covered, and what is restricted is left out unless the reader may see it."""
    officer_name: str
    clash: Clash | None
    """It clashed with what another desk did."""
    of_ref: str = ""
    """Reference of the duplicate that it was written on; empty for the complaint itself."""


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


def look(session: Session, acting: Acting, complaint_id: str) -> ComplaintRecord:
    """One complaint; that somebody looked is kept where something restricted stands in it.

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
    entries = _entries(events, complaint, names, cover, sees=sees)
    shown = _covered(complaint, entries, cover, sees=sees)
    for each in same:
        entries += _notes_of(connection, each, names)
    entries.sort(key=lambda entry: entry.event.order)
    return ComplaintRecord(
        line=kept,
        complaint=shown,
        given=_given(connection, complaint_id, cover),
        about_staff=shown.about_staff,
        staff_hidden=not sees,
        safe=safe_contact.line_for(connection, kept.person_id, user=user),
        offers=moves.offers(complaint, acting),
        history=tuple(each for each in entries if each.event.code != Code.VIEWED),
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


def _covered(complaint: Complaint, entries: list[Entry], cover: Cover, *, sees: bool) -> Complaint:
    """The fold as it may be shown: free words covered, what is said of staff left out."""
    shown = {entry.event.id: entry.event for entry in entries}
    said = tuple(map(cover.text, complaint.about_staff)) if sees else ()
    payment = complaint.ex_gratia
    return replace(
        complaint,
        logged=replace(complaint.logged, about_staff=next(iter(said), "")),
        about_staff=said,
        stages=tuple(_covered_stage(stage, cover) for stage in complaint.stages),
        parts=tuple(_covered_part(part, cover) for part in complaint.parts),
        redirected=complaint.redirected and _covered_part(complaint.redirected, cover),
        conflicts=tuple(each._replace(event=shown[each.event.id]) for each in complaint.conflicts),
        ex_gratia=payment and payment._replace(what_for=cover.text(payment.what_for)),
    )


def _covered_stage(stage: Stage, cover: Cover) -> Stage:
    if stage.answer is None:
        return stage
    return replace(stage, answer=stage.answer._replace(note=cover.text(stage.answer.note)))


def _covered_part(part: Part, cover: Cover) -> Part:
    return part._replace(body=cover.text(part.body), what=cover.text(part.what))


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
    found = _entries(events, kept, names, cover, sees=False)
    return [
        entry._replace(of_ref=duplicate.ref) for entry in found if entry.event.code != Code.VIEWED
    ]


def _given(connection: Connection, complaint_id: str, cover: Cover) -> Given:
    [row] = connection.execute(
        "SELECT c.at, coalesce(o.name, ''), c.channel, c.case_ref, c.from_table, c.from_id,"
        " c.anonymous, c.person_id, c.person_name, c.user_type, c.address, c.postcode, c.email,"
        " c.phone, c.acting_for, c.needs, c.language, c.summary, c.details, c.also,"
        " c.outcome_sought, c.loss"
        " FROM complaint AS c LEFT JOIN officer AS o ON o.id = c.officer_id WHERE c.id = ?",
        (complaint_id,),
    ).fetchall()
    also = {name: cover.text(str(value)) for name, value in stored.json_object(row[19]).items()}
    return Given(
        logged_at=instant(row[0]),
        logged_by=row[1],
        channel=row[2],
        case_ref=cover.text(row[3]),
        from_table=row[4],
        from_id=row[5],
        anonymous=bool(row[6]),
        person_id=row[7],
        person_name=row[8],
        user_type=row[9],
        address=cover.postcode(row[10]),
        postcode=cover.postcode(row[11]),
        email=cover.email(row[12]),
        phone=cover.phone(row[13]),
        acting_for=cover.text(row[14]),
        needs=stored.json_codes(row[15]),
        language=row[16],
        summary=cover.text(row[17]),
        details=cover.text(row[18]),
        also=also,
        outcome_sought=stored.json_codes(row[20]),
        loss=_loss(stored.json_object(row[21]), cover),
    )


def _loss(kept: Mapping[str, object], cover: Cover) -> Loss | None:
    if not kept:
        return None
    pence = kept.get("pence")
    return Loss(
        pence=pence if isinstance(pence, int) else 0,
        what_for=cover.text(str(kept.get("what_for", ""))),
        evidence=kept.get("evidence") is True,
        direct=kept.get("direct") is True,
    )


def _entries(
    events: list[Event],
    complaint: Complaint,
    names: Mapping[str, str],
    cover: Cover,
    *,
    sees: bool,
) -> list[Entry]:
    clashes = {each.event.id: each.clash for each in complaint.conflicts}
    found = []
    for event in events:
        data = {name: _covered_value(value, cover) for name, value in event.data.items()}
        restricted = cover.text(event.restricted) if sees else ""
        shown = replace(event, note=cover.text(event.note), data=data, restricted=restricted)
        name = names.get(event.officer, "")
        found.append(Entry(shown, name, clashes.get(event.id)))
    return found


def _covered_value(value: object, cover: Cover) -> object:
    if isinstance(value, str):
        return cover.text(value)
    if isinstance(value, Mapping):
        return {name: _covered_value(each, cover) for name, each in value.items()}
    return value
