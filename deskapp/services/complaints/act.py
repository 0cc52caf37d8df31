"""Making a move: everything is checked in one place, written once, and the lists follow.

``take`` is for people; ``write_event`` is for what the desk itself writes down beside a move.
Source: complaints sheet, sections 4 to 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, Exit
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.complaints import (
    answers,
    consequences,
    lines,
    moves,
    permits,
    projection,
    stored,
)
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code, Event
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.moves import MOVES
from deskapp.services.complaints.permits import Refusal, Why

if TYPE_CHECKING:
    from sqlmodel import Session

NOTHING: Mapping[str, str] = {}


class RefusedError(DeskError):
    """A move may not be made now; ``refusals`` say why."""

    exit_code = Exit.NOT_ALLOWED

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("\n".join(each.words for each in refusals))
        self.refusals = refusals

    @property
    def is_about_role(self) -> bool:
        """Whether somebody else could make it: shown as a panel, not as an error."""
        return all(each.why in (Why.ROLE, Why.PERSON) for each in self.refusals)


def take(
    session: Session,
    acting: Acting,
    complaint_id: str,
    code: Code,
    values: Mapping[str, str] = NOTHING,
    *,
    event_id: str,
) -> ComplaintLine:
    """Make one move; making it twice with the same id makes it once.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who makes it.
        complaint_id: Of which complaint.
        code: One of ``MOVES``.
        values: What was answered to what it asks (``asks.ASKS``), as typed or chosen.
        event_id: Id of its stored form, or a new one; the form is forgotten.

    Raises:
        RefusedError: With every reason why it may not be made.
        FormProblemsError: With everything to put right in the answers.
        NotFoundError: If there is no such complaint.
        NotAllowedError: If the role may not work on complaints.
    """
    roles.require(acting.user, Act.WORK_COMPLAINTS)
    connection = plain(session)
    if not stored.has_event(connection, event_id):
        complaint = stored.complaint(connection, complaint_id)
        found = permits.refusals(MOVES[code], complaint, acting)
        if found:
            raise RefusedError(found)
        given = answers.read(connection, complaint, code, values, acting)
        written = consequences.prepared(connection, complaint, code, given, acting)
        event = Event(
            id=event_id,
            complaint=complaint_id,
            code=code,
            at=acting.at,
            officer=acting.user.id,
            role=acting.user.role.value,
            stage=complaint.stage.number if code in moves.STAGE_BOUND else 0,
            note=written.note,
            data=written.data,
            restricted=written.restricted,
        )
        stored.add(session, event, site=acting.user.site)
        projection.write(connection, complaint_id)
        consequences.after(session, acting, complaint, code, written)
    form_drafts.drop(connection, event_id)
    return lines.line(connection, complaint_id, user=acting.user)


def write_event(
    session: Session,
    acting: Acting,
    complaint_id: str,
    code: Code,
    data: Mapping[str, object],
    *,
    event_id: str,
    stage: int = 0,
    note: str = "",
) -> None:
    """Write down what the desk itself did: a letter or pack was made, a date counted again.

    Writing it twice with the same id writes it once.

    Raises:
        NotFoundError: If there is no such complaint.
    """
    connection = plain(session)
    if stored.has_event(connection, event_id):
        return
    stored.logged(connection, complaint_id)
    event = Event(
        id=event_id,
        complaint=complaint_id,
        code=code,
        at=acting.at,
        officer=acting.user.id,
        role=acting.user.role.value,
        stage=stage,
        note=note,
        data=data,
    )
    stored.add(session, event, site=acting.user.site)
    projection.write(connection, complaint_id)
