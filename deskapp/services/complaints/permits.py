"""Who may make a move now, and why somebody may not: asked by screens and commands alike.

Source: complaints sheet, sections 4 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from deskapp import roles
from deskapp.i18n import _
from deskapp.roles import ROLE_LABELS, Act, Role
from deskapp.services.complaints import involved
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import CIT, Code
from deskapp.services.complaints.moves import MOVES, Move, Who, fits, is_early
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


class Offer(NamedTuple):
    """A move, and why it may not be made now; without a reason it may."""

    move: Move
    refusals: tuple[Refusal, ...]


def offers(complaint: Complaint, acting: Acting) -> tuple[Offer, ...]:
    """Every move that begins where the complaint stands, with why it may not be made by the
    person who asks; those that may come first. What somebody asks for too early is told as well."""
    found = [
        Offer(move, refusals(move, complaint, acting))
        for move in MOVES.values()
        if fits(move, complaint) or is_early(move, complaint)
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


def _not_here(move: Move, complaint: Complaint) -> str:
    stage = complaint.stage
    if is_early(move, complaint):
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
