"""The fold: from the events of a complaint, of whatever desks, to how it stands.

Events are taken in the order of (hlc, desk, id), never by a device clock. What is not possible when
its turn comes is kept and listed as a conflict; the first answer, close or request stands, of two
owners the last. Source: complaints sheet, section 9; design sheet of sync, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deskapp.services.complaints.changes import CHANGES
from deskapp.services.complaints.events import LOOKS, Code, Event, Logged
from deskapp.services.complaints.lists import Status
from deskapp.services.complaints.moves import MOVES, fits
from deskapp.services.complaints.state import Clash, Complaint, Conflict, Stage

_PASSIVE = LOOKS | {Code.DISPOSAL.value}
"""Events that do nothing with a complaint: it is kept no longer because of them."""


def fold(logged: Logged, events: Iterable[Event]) -> Complaint:
    """How a complaint stands after its events: the same for the same events, in whatever order."""
    complaint = begun(logged)
    for event in in_order(events):
        complaint = step(complaint, event)
    return complaint


def in_order(events: Iterable[Event]) -> list[Event]:
    """Each event once, in the order of the hybrid clocks."""
    by_id = {event.id: event for event in events}
    return sorted(by_id.values(), key=lambda event: event.order)


def begun(logged: Logged) -> Complaint:
    """A complaint as it was logged."""
    first = Stage(1, logged.received_at, logged.due, involved=frozenset({logged.officer}))
    return Complaint(
        logged=logged,
        ref=logged.ref,
        site=logged.site,
        nation=logged.nation,
        received_at=logged.received_at,
        stages=(first,),
        severity=logged.severity,
        categories=logged.categories,
        flags=logged.flags,
        authority=logged.authority,
        about_staff=(logged.about_staff,) if logged.about_staff else (),
        last_at=logged.at,
    )


def step(complaint: Complaint, event: Event) -> Complaint:
    """The complaint after one more event; one that is not possible is kept as a conflict."""
    if event.code not in _PASSIVE:  # a proposal to dispose of it is answered by whatever is done
        last = max(complaint.last_at or event.at, event.at)
        complaint = replace(complaint, last_at=last, proposed_by="", proposed_at=None)
    change = CHANGES.get(event.code)
    if change is None:  # a note, or something that only a newer desk knows
        return complaint
    clash = _clash(complaint, event)
    if clash is not None and clash is not Clash.TWO_OWNERS:
        return _in_conflict(complaint, event, clash)
    try:
        after = change(complaint, event)
    except (KeyError, ValueError):  # written by a newer desk, in a shape that is not known here
        return _in_conflict(complaint, event, Clash.NOT_POSSIBLE)
    return _in_conflict(after, event, clash) if clash else after


def _in_conflict(complaint: Complaint, event: Event, clash: Clash) -> Complaint:
    return replace(complaint, conflicts=(*complaint.conflicts, Conflict(event, clash)))


def _clash(complaint: Complaint, event: Event) -> Clash | None:
    """What stands against an event; of two owners it is only told."""
    code = Code(event.code)
    move = MOVES.get(code)
    if move is None or fits(move, complaint, event.stage):
        is_given = code in (Code.ASSIGN, Code.REASSIGN)
        late = is_given and event.seen_hlc < complaint.stage.assigned_hlc
        return Clash.TWO_OWNERS if late else None
    if code is Code.ASSIGN and fits(MOVES[Code.REASSIGN], complaint, event.stage):
        return Clash.TWO_OWNERS
    answered = _stage(complaint, event.stage)
    if code in (Code.RESPOND, Code.RESOLVE_ON_CONTACT) and answered and answered.answer:
        return Clash.SECOND_ANSWER
    if code is Code.CLOSE and complaint.status in (Status.CLOSED, Status.AWAITING_OPTIC):
        return Clash.SECOND_CLOSE
    wanted = {Code.ASK_REVIEW: 2, Code.ASK_CIT: 3}.get(code)
    if wanted and len(complaint.stages) >= wanted:
        return Clash.SECOND_REQUEST
    return Clash.NOT_POSSIBLE


def _stage(complaint: Complaint, number: int) -> Stage | None:
    return complaint.stages[number - 1] if 0 < number <= len(complaint.stages) else None
