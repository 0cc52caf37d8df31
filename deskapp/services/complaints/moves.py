"""The one table of moves: from where, by whom, under what guard; asked by all, the fold too.

Source: complaints sheet, sections 4 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from deskapp import roles
from deskapp.i18n import N_, _
from deskapp.roles import ROLE_LABELS, Act, Role
from deskapp.services.complaints import deadlines, involved
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT, Code
from deskapp.services.complaints.lists import Severity, StageStatus, Status
from deskapp.services.complaints.state import Complaint


class Why(StrEnum):
    """Why a move may not be made now."""

    STATUS = "status"
    """The complaint or its last stage does not stand where the move begins."""
    ROLE = "role"
    """Another role, or the owner, may make it: a panel, not an error."""
    PERSON = "person"
    """Involved before, or named in what is said of staff."""
    GUARD = "guard"
    """Something must be done first."""


class Refusal(NamedTuple):
    """Why a move may not be made, and the sentence to show, in the language in use."""

    why: Why
    words: str


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


class Offer(NamedTuple):
    """A move, and why it may not be made now; without a reason it may."""

    move: Move
    refusals: tuple[Refusal, ...]


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


def offers(complaint: Complaint, acting: Acting) -> tuple[Offer, ...]:
    """Every move that begins where the complaint stands, with why it may not be made by the
    person who asks; those that may come first. What somebody asks for too early is told as well."""
    found = [
        Offer(move, refusals(move, complaint, acting))
        for move in MOVES.values()
        if fits(move, complaint) or _is_early(move, complaint)
    ]
    return tuple(sorted(found, key=lambda offer: bool(offer.refusals)))


def refusals(move: Move, complaint: Complaint, acting: Acting) -> tuple[Refusal, ...]:
    """Why somebody may not make a move now; empty when they may."""
    return tuple(_refusals(move, complaint, acting))


def _refusals(move: Move, complaint: Complaint, acting: Acting) -> Iterator[Refusal]:
    if not fits(move, complaint):
        yield Refusal(Why.STATUS, _not_here(move, complaint))
        return
    if words := _not_yours(move, complaint, acting):
        yield Refusal(Why.ROLE, words)
    if words := _not_you(move, complaint, acting):
        yield Refusal(Why.PERSON, words)
    if move.guard and (words := move.guard(complaint, acting)):
        yield Refusal(Why.GUARD, words)


def _is_early(move: Move, complaint: Complaint) -> bool:
    """Whether the next stage is asked for before the last one is answered."""
    stage = complaint.stage
    is_next = move.code in _NEXT_STAGE and move.number == stage.number
    return is_next and complaint.status is Status.OPEN and stage.answer is None


def _not_here(move: Move, complaint: Complaint) -> str:
    stage = complaint.stage
    if _is_early(move, complaint):
        message = _("Stage {number} is not answered yet: note what they ask, and answer it first.")
        return message.format(number=stage.number)
    message = _("{move} is not possible: the complaint is {status}, stage {number} is {stage}.")
    return message.format(
        move=_(move.label),
        status=complaint.status.label.lower(),
        number=stage.number,
        stage=stage.status.label.lower(),
    )


def _not_yours(move: Move, complaint: Complaint, acting: Acting) -> str:
    """That another person or role must make a move; empty when it may be made."""
    user = acting.user
    is_leader = roles.may(user, Act.MANAGE_COMPLAINTS)
    match _who(move, complaint):
        case Who.OFFICER:
            allowed = roles.may(user, Act.WORK_COMPLAINTS)
        case Who.OWNER:
            free = not complaint.owner and roles.may(user, Act.WORK_COMPLAINTS)
            allowed = is_leader or free or user.id == complaint.owner
        case Who.AUTHOR:
            allowed = is_leader or user.id in (complaint.owner, complaint.logged.officer)
        case Who.ANSWERER:
            owner = complaint.stage.number == 1 and user.id == complaint.owner
            allowed = owner or roles.may(user, Act.REVIEW_COMPLAINTS)
        case Who.LEADER:
            allowed = is_leader
        case Who.MANAGER:
            allowed = roles.may(user, Act.DECIDE_EX_GRATIA)
    return "" if allowed else _("This is for: {who}.").format(who=_who_words(move, complaint))


def _who(move: Move, complaint: Complaint) -> Who:
    """By whom a move may be made now: what the investigations team did is entered by a leader."""
    of_cit = complaint.owner == CIT and move.code is Code.ACKNOWLEDGE
    return Who.LEADER if of_cit else move.who


def _who_words(move: Move, complaint: Complaint) -> str:
    able: tuple[Role, ...] = (Role.TEAM_LEADER, Role.MANAGER)
    if _who(move, complaint) is Who.OFFICER:
        able = tuple(role for role in Role if role in roles.MAY[Act.WORK_COMPLAINTS])
    elif move.who is Who.MANAGER:
        able = (Role.MANAGER,)
    named = [_(ROLE_LABELS[role]).lower() for role in able]
    answers_first = move.who is Who.ANSWERER and complaint.stage.number == 1
    if move.who in (Who.OWNER, Who.AUTHOR) or answers_first:
        named.insert(0, _("who looks after it"))
    return ", ".join(named)


def _not_you(move: Move, complaint: Complaint, acting: Acting) -> str:
    """That somebody was involved before, or is named in what is said of staff."""
    user, stage = acting.user, complaint.stage
    if move.who is not Who.ANSWERER:
        return ""
    if involved.is_named(user.name, complaint.about_staff):
        return _("You may be named in the complaint, so somebody else must answer it.")
    if involved.is_barred(complaint, stage.number, user.id, user.name):
        return _("You were involved in the first stage, so somebody else must review it.")
    return ""


# -- guards -------------------------------------------------------------------------------------


def _minor_and_today(complaint: Complaint, acting: Acting) -> str:
    if complaint.severity != Severity.MINOR:
        return _("Only a minor complaint can be settled on the contact.")
    calendar = acting.calendar(complaint.nation)
    if not deadlines.on_contact(calendar, complaint.received_at, acting.at):
        return _("It was received earlier: answer it instead.")
    return ""


def _acknowledged_once(complaint: Complaint, acting: Acting) -> str:
    return _("It is acknowledged already.") if complaint.stage.acknowledged_at else ""


def _pack_first(complaint: Complaint, acting: Acting) -> str:
    return "" if complaint.pack_made else _("Make the hand-over pack first.")


def _asked_first(complaint: Complaint, acting: Acting) -> str:
    return "" if complaint.ex_gratia else _("Nobody has asked for a payment.")


def _something_new(complaint: Complaint, acting: Acting) -> str:
    return "" if complaint.new_alerts else _("There is no alert.")


def _conflict_there(complaint: Complaint, acting: Acting) -> str:
    return "" if complaint.open_conflicts else _("There is no conflict.")


def _someone_else_is_there(complaint: Complaint, acting: Acting) -> str:
    if complaint.authority:
        return ""
    return _("The person complains for themselves.")


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
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS}), 1, _minor_and_today),
    Move(Code.ASSIGN, N_("Give to somebody"), Who.OFFICER, OPEN,
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS})),
    Move(Code.REASSIGN, N_("Give to somebody else"), Who.LEADER, OPEN, _UNANSWERED),
    Move(Code.ACKNOWLEDGE, N_("Acknowledge"), Who.OFFICER, OPEN,
         frozenset({StageStatus.RECEIVED, StageStatus.IN_PROGRESS}), 0, _acknowledged_once),
    Move(Code.HOLDING_REPLY, N_("Send a holding reply"), Who.OWNER, OPEN, _BEGUN),
    Move(Code.RESPOND, N_("Answer"), Who.ANSWERER, OPEN, _BEGUN),
    Move(Code.CLOSE, N_("Close"), Who.OWNER, OPEN, _ANSWERED),
    Move(Code.OPTIC, N_("Entered in OPTIC"), Who.OFFICER, _ALIVE),
    Move(Code.ASK_REVIEW, N_("Review asked for"), Who.OFFICER, _ALIVE, _ANSWERED, 1),
    Move(Code.ASK_CIT, N_("Investigations team asked for"), Who.OFFICER, _ALIVE, _ANSWERED, 2,
         _pack_first),
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
         guard=_someone_else_is_there),
    Move(Code.ABOUT_STAFF, N_("About a member of staff"), Who.AUTHOR, _ALIVE),
    Move(Code.EX_GRATIA_ASK, N_("Ask for an ex gratia payment"), Who.OFFICER, _ALIVE),
    Move(Code.EX_GRATIA_DECIDED, N_("Ex gratia payment decided"), Who.MANAGER, _ALIVE,
         guard=_asked_first),
    Move(Code.PLACE, N_("Put the office right"), Who.LEADER, _ALIVE),
    Move(Code.RECEIVED, N_("Put the receipt right"), Who.LEADER, _ALIVE),
    Move(Code.CORRECTED, N_("Correct an entry"), Who.OFFICER, _NOT_VOID),
    Move(Code.ATTACHED, N_("Say where a paper is kept"), Who.OFFICER, _NOT_VOID),
    Move(Code.ALERT_SEEN, N_("Alert seen"), Who.LEADER, _ALIVE, guard=_something_new),
    Move(Code.CONFLICT_SEEN, N_("Settle a conflict"), Who.LEADER, _ANY, guard=_conflict_there),
    Move(Code.VOID, N_("Make void: logged in error"), Who.LEADER, _NOT_VOID),
)  # fmt: skip
MOVES: dict[Code, Move] = {move.code: move for move in _TABLE}
"""Every move, in the order it is offered."""


def can_own(complaint: Complaint, officer_id: str, name: str) -> str:
    """Why somebody may not look after the last stage, in the language in use; empty when they may.

    A complaint about the team leader who would own it goes to somebody else.
    """
    if officer_id == CIT:
        return ""
    if involved.is_named(name, complaint.about_staff):
        return _("{name} may be named in the complaint: choose somebody else.").format(name=name)
    if involved.is_barred(complaint, complaint.stage.number, officer_id, name):
        message = _("{name} was involved in the first stage: choose somebody else to review it.")
        return message.format(name=name)
    return ""
