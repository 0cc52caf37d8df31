"""What a move brings with it: counted dates, links, the clock of the complaint that survives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.services import desk, kinds, links
from deskapp.services.complaints import answers, deadlines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.asks import Given
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Channel
from deskapp.services.complaints.state import Complaint
from deskapp.services.links import Link

if TYPE_CHECKING:
    from sqlmodel import Session


def prepared(
    connection: Connection, complaint: Complaint, code: Code, given: Given, acting: Acting
) -> Given:
    """The answers with what is worked out from them: the one place where a move gets its dates."""
    data = dict(given.data)
    match code:
        case Code.RESPOND | Code.RESOLVE_ON_CONTACT:
            if code is Code.RESOLVE_ON_CONTACT:
                data |= {"channel": Channel(complaint.logged.channel).value}
                data |= {"next_step_told": "yes"}
            stage, on = complaint.stage, given.on or acting.at
            due = deadlines.answered(
                stage.due, acting.calendars, complaint.nation, stage.received_at, on
            )
            data |= {"due": due.kept()}
        case Code.ASK_REVIEW | Code.ASK_CIT:
            number = len(complaint.stages) + 1
            target = acting.rules.targets.of_stage(number)
            on = given.on or acting.at
            due = deadlines.stage_due(acting.calendars, complaint.nation, on, target)
            data |= {"due": due.kept()}
        case Code.CORRECTED:
            parts = {name: data.pop(name) for name in ("outcome", "root_cause") if name in data}
            data |= {"answer": parts} if parts else {}
        case Code.OPTIC:
            data |= {"status": answers.optic_status(data)}
        case Code.PLACE:
            site = str(data["site"])
            data.setdefault("nation", desk.nation(site).value)
            data |= {"dues": dues(complaint, acting, nation=str(data["nation"]))}
        case Code.RECEIVED:
            data |= {"dues": dues(complaint, acting, received_at=given.on)}
    return given._replace(data=data)


def after(session: Session, acting: Acting, complaint: Complaint, code: Code, given: Given) -> None:
    """What is written besides the event: links, and the clock of the one that survives."""
    if code is Code.MARK_DUPLICATE:
        survivor = str(given.data["survivor"])
        links.link(
            session, kinds.COMPLAINT, complaint.id, kinds.COMPLAINT, survivor,
            user=acting.user, now=acting.at,
        )  # fmt: skip
        other = stored.complaint(plain(session), survivor)
        if complaint.received_at < other.received_at:
            _set_clock(session, acting, other, complaint.received_at)
    elif code is Code.UNDO_DUPLICATE:
        pair = Link(kinds.COMPLAINT, complaint.id), Link(kinds.COMPLAINT, complaint.survivor)
        links.unlink(session, *pair, reason=given.note, user=acting.user, now=acting.at)
        _give_back_clock(session, acting, complaint)


def dues(
    complaint: Complaint,
    acting: Acting,
    *,
    nation: str = "",
    received_at: dt.datetime | None = None,
    open_only: bool = False,
) -> dict[str, dict[str, object]]:
    """The due dates of the stages counted anew, by number, as an event carries them.

    Args:
        complaint: As it stands.
        acting: Whose calendars count.
        nation: Another nation, for ``place``.
        received_at: Another moment of receipt; it moves the first stage alone.
        open_only: Leave answered stages as they were, as for a new calendar (rule 8).
    """
    counted: dict[str, dict[str, object]] = {}
    for stage in complaint.stages:
        if open_only and stage.answer:
            continue
        first = stage.number == 1 and received_at is not None
        due = deadlines.recounted(
            acting.calendars,
            nation or complaint.nation,
            received_at if first and received_at else stage.received_at,
            stage.due,
            stage.answer.at if stage.answer else None,
        )
        counted[str(stage.number)] = due.kept()
    return counted


def _set_clock(
    session: Session, acting: Acting, complaint: Complaint, received_at: dt.datetime
) -> None:
    """The earlier receipt of two duplicates governs the clock of the one that survives."""
    from deskapp.services.complaints import act

    data: Mapping[str, object] = {
        "on": stamp(received_at),
        "dues": dues(complaint, acting, received_at=received_at),
    }
    act.write_event(session, acting, complaint.id, Code.CLOCK, data, event_id=new_id())


def _give_back_clock(session: Session, acting: Acting, duplicate: Complaint) -> None:
    """The survivor counts from its own receipt again, or from that of its other duplicates."""
    connection = plain(session)
    events = stored.events(connection, duplicate.survivor)
    survivor = stored.complaint(connection, duplicate.survivor)
    own = stored.logged(connection, duplicate.survivor).received_at
    for event in events:
        if event.code == Code.RECEIVED:
            own = instant(event.text("on"))
    rows = connection.execute(
        "SELECT DISTINCT from_id FROM record_link"
        " WHERE from_table = 'complaint' AND to_table = 'complaint' AND to_id = ?",
        (duplicate.survivor,),
    ).fetchall()
    others = [stored.complaint(connection, str(row[0])) for row in rows]
    receipts = [each.received_at for each in others if each.survivor == duplicate.survivor]
    back = min((own, *receipts))
    if back != survivor.received_at:
        _set_clock(session, acting, survivor, back)
