"""The one table of moves: from where, by whom, under what guard; asked by all, the fold too.

Source: complaints sheet, sections 4 and 6.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.complaints import guards
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT, Code
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.complaints.state import Complaint


class Who(StrEnum):
    """By whom a move may be made."""

    OFFICER = "officer"
    OWNER = "owner"
    """Who looks after it, a team leader, or anybody while nobody looks after it."""
    ANSWERER = "answerer"
    """Who may answer the last stage."""
    LEADER = "leader"
    MANAGER = "manager"
    AUTHOR = "author"
    """Who logged it, who looks after it, or a team leader."""


Guard = Callable[[Complaint, Acting], str]
"""What must be done first, in the language in use; empty when nothing."""


class Move(NamedTuple):
    """One move."""

    code: Code
    label: str
    """Untranslated."""
    who: Who
    statuses: frozenset[Status]
    stages: frozenset[StageStatus] = frozenset(StageStatus)
    """How the last stage may stand."""
    number: int = 0
    """The number of the last stage; 0 for any."""
    guard: Guard | None = None


def fits(move: Move, complaint: Complaint, stage: int = 0) -> bool:
    """Whether a complaint stands where a move begins; ``stage`` is the one it was meant for."""
    last = complaint.stage
    if stage and stage != last.number:
        return False
    status = last.status
    if status is StageStatus.RECEIVED and last.owner == CIT:  # it is theirs from the first moment
        status = StageStatus.IN_PROGRESS
    return (
        complaint.status in move.statuses
        and status in move.stages
        and move.number in (0, last.number)
        and (move.code not in _UNOWNED or not last.owner)
        and (move.code not in _OWNED or bool(last.owner))
    )


def is_early(move: Move, complaint: Complaint) -> bool:
    """Whether the next stage is asked for before the last one is answered."""
    stage = complaint.stage
    is_next = move.code in _NEXT_STAGE and move.number == stage.number
    return is_next and complaint.status is Status.OPEN and stage.answer is None


OPEN = frozenset({Status.OPEN})
_ALIVE = frozenset({Status.OPEN, Status.AWAITING_OPTIC, Status.CLOSED})
_ANY = frozenset(Status)
_NOT_VOID = _ANY - {Status.VOID}
_BEGUN = frozenset({StageStatus.IN_PROGRESS, StageStatus.HOLDING})
_UNANSWERED = frozenset(StageStatus) - {StageStatus.RESPONDED}
_ANSWERED = frozenset({StageStatus.RESPONDED})
STAGE_BOUND = frozenset(
    {
        Code.RESOLVE_ON_CONTACT,
        Code.ASSIGN,
        Code.REASSIGN,
        Code.ACKNOWLEDGE,
        Code.HOLDING_REPLY,
        Code.RESPOND,
        Code.ASK_REVIEW,
        Code.ASK_CIT,
        Code.CLOSE,
        Code.REOPEN,
    }
)
"""Moves that are meant for the stage they were made in, and for no later one."""
_NEXT_STAGE = frozenset({Code.ASK_REVIEW, Code.ASK_CIT})
_UNOWNED = frozenset({Code.ASSIGN})
_OWNED = frozenset({Code.REASSIGN})

_TABLE = (
    Move(Code.RESOLVE_ON_CONTACT, N_("Settle on the contact"), Who.OFFICER, OPEN,
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS}), 1, guards.minor_and_today),
    Move(Code.ASSIGN, N_("Give to somebody"), Who.OFFICER, OPEN,
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS})),
    Move(Code.REASSIGN, N_("Give to somebody else"), Who.LEADER, OPEN, _UNANSWERED),
    Move(Code.ACKNOWLEDGE, N_("Acknowledge"), Who.OFFICER, OPEN,
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS}), 0, guards.acknowledged_once),
    Move(Code.HOLDING_REPLY, N_("Send a holding reply"), Who.OWNER, OPEN, _BEGUN),
    Move(Code.RESPOND, N_("Answer"), Who.ANSWERER, OPEN, _BEGUN),
    Move(Code.CLOSE, N_("Close"), Who.OWNER, OPEN, _ANSWERED),
    Move(Code.OPTIC, N_("Entered in OPTIC"), Who.OFFICER, _ALIVE),
    Move(Code.ASK_REVIEW, N_("Review asked for"), Who.OFFICER, _ALIVE, _ANSWERED, 1),
    Move(Code.ASK_CIT, N_("Investigations team asked for"), Who.OFFICER, _ALIVE, _ANSWERED, 2,
         guards.pack_first),
    Move(Code.NOTE, N_("Add a note"), Who.OFFICER, _ANY),
    Move(Code.REDIRECT, N_("Redirect: not ours"), Who.OWNER, OPEN),
    Move(Code.REDIRECT_PART, N_("Redirect a part"), Who.OWNER, OPEN),
    Move(Code.WITHDRAW, N_("Withdraw"), Who.OWNER, OPEN),
    Move(Code.MARK_DUPLICATE, N_("Mark as a duplicate"), Who.OWNER, OPEN),
    Move(Code.UNDO_DUPLICATE, N_("No duplicate after all"), Who.LEADER,
         frozenset({Status.DUPLICATE})),
    Move(Code.REOPEN, N_("Reopen"), Who.LEADER,
         frozenset({Status.CLOSED, Status.AWAITING_OPTIC}), _ANSWERED),
    Move(Code.SEVERITY, N_("Change how grave it is"), Who.OFFICER, _ALIVE),
    Move(Code.CATEGORIES, N_("Change the categories"), Who.OFFICER, _ALIVE),
    Move(Code.FLAGS, N_("Set or take away flags"), Who.OFFICER, _ALIVE),
    Move(Code.AUTHORITY, N_("Authority to act"), Who.OFFICER, _ALIVE,
         guard=guards.someone_else_is_there),
    Move(Code.ABOUT_STAFF, N_("About a member of staff"), Who.AUTHOR, _ALIVE),
    Move(Code.EX_GRATIA_ASK, N_("Ask for an ex gratia payment"), Who.OFFICER, _ALIVE),
    Move(Code.EX_GRATIA_DECIDED, N_("Ex gratia payment decided"), Who.MANAGER, _ALIVE,
         guard=guards.asked_first),
    Move(Code.PLACE, N_("Put the office right"), Who.LEADER, _ALIVE),
    Move(Code.RECEIVED, N_("Put the receipt right"), Who.LEADER, _ALIVE),
    Move(Code.CORRECTED, N_("Correct an entry"), Who.OFFICER, _NOT_VOID),
    Move(Code.ATTACHED, N_("Say where a paper is kept"), Who.OFFICER, _NOT_VOID),
    Move(Code.ALERT_SEEN, N_("Alert seen"), Who.LEADER, _ALIVE, guard=guards.something_new),
    Move(Code.CONFLICT_SEEN, N_("Settle a conflict"), Who.LEADER, _ANY,
         guard=guards.conflict_there),
    Move(Code.VOID, N_("Make void: logged in error"), Who.LEADER, _NOT_VOID),
)  # fmt: skip
MOVES: dict[Code, Move] = {move.code: move for move in _TABLE}
"""Every move, in the order it is offered."""
