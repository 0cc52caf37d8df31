"""What each event changes, once nothing stands against it: the other half of the fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from deskapp.services.complaints import stage_changes
from deskapp.services.complaints.events import Code, Event
from deskapp.services.complaints.lists import OpticStatus, Severity, StageStatus, Status
from deskapp.services.complaints.stage_changes import due_in, happened_at
from deskapp.services.complaints.state import Complaint, ExGratia, Part
from deskapp.services.dates import Nation
from deskapp.text import clean


def _close(complaint: Complaint, event: Event) -> Complaint:
    waits = complaint.optic == OpticStatus.NOT_ENTERED
    status = Status.AWAITING_OPTIC if waits else Status.CLOSED
    return replace(complaint, status=status, ended_at=None if waits else event.at)


def _optic(complaint: Complaint, event: Event) -> Complaint:
    entered = replace(
        complaint,
        optic=OpticStatus(event.text("status")).value,
        optic_ref=event.text("ref"),
        optic_by=event.officer,
        optic_at=event.at,
    )
    if entered.status is Status.AWAITING_OPTIC and entered.optic != OpticStatus.NOT_ENTERED:
        return replace(entered, status=Status.CLOSED, ended_at=event.at)
    return entered


def _reopen(complaint: Complaint, event: Event) -> Complaint:
    stage = complaint.stage
    earlier = (*stage.earlier, *filter(None, (stage.answer,)))
    again = replace(
        stage,
        status=StageStatus.IN_PROGRESS,
        answer=None,
        earlier=earlier,
        due=stage.due._replace(working_days=-1),
    )
    return replace(complaint, status=Status.OPEN, ended_at=None).with_stage(again)


def _redirect(complaint: Complaint, event: Event) -> Complaint:
    part = Part(event.text("where"), event.text("body"), event.text("what"))
    return replace(complaint, status=Status.REDIRECTED, ended_at=event.at, redirected=part)


def _redirect_part(complaint: Complaint, event: Event) -> Complaint:
    part = Part(event.text("where"), event.text("body"), event.text("what"))
    return replace(complaint, parts=(*complaint.parts, part))


def _withdraw(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, status=Status.WITHDRAWN, ended_at=event.at)


def _mark_duplicate(complaint: Complaint, event: Event) -> Complaint:
    survivor = event.text("survivor")
    return replace(complaint, status=Status.DUPLICATE, ended_at=event.at, survivor=survivor)


def _undo_duplicate(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, status=Status.OPEN, ended_at=None, survivor="")


def _void(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, status=Status.VOID, ended_at=event.at)


def _corrected(complaint: Complaint, event: Event) -> Complaint:
    """Parts of an answer are put right; of anything else the words stand beside it."""
    right = event.data.get("answer")
    wrong = event.text("event")
    if not isinstance(right, Mapping):
        return complaint
    for stage in complaint.stages:
        if stage.answer and stage.answer.event_id == wrong:
            answer = stage.answer._replace(
                outcome=str(right.get("outcome", stage.answer.outcome)),
                root_cause=str(right.get("root_cause", stage.answer.root_cause)),
            )
            return complaint.with_stage(replace(stage, answer=answer))
    return complaint


def _severity(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, severity=Severity(event.text("severity")).value)


def _categories(complaint: Complaint, event: Event) -> Complaint:
    also = event.data.get("also")
    given = dict(also) if isinstance(also, Mapping) else {}
    return replace(
        complaint,
        categories=event.codes("categories"),
        also={**complaint.also, **given},
        flags=complaint.flags | set(event.codes("add")),
        severity=Severity(event.text("severity") or complaint.severity).value,
    )


def _place(complaint: Complaint, event: Event) -> Complaint:
    nation = Nation(event.text("nation")).value
    moved = replace(complaint, site=event.text("site"), nation=nation)
    return _recounted(moved, event)


def _received(complaint: Complaint, event: Event) -> Complaint:
    at = happened_at(event)
    first = replace(complaint.stages[0], received_at=at)
    return _recounted(replace(complaint, received_at=at).with_stage(first), event)


def _recounted(complaint: Complaint, event: Event) -> Complaint:
    """The complaint with the due dates that an event carries."""
    dues = event.data.get("dues")
    if not isinstance(dues, Mapping):
        return complaint
    for stage in complaint.stages:
        due = due_in(dues.get(str(stage.number)))
        if due is not None:
            taken = due.working_days if stage.answer else -1
            complaint = complaint.with_stage(replace(stage, due=due._replace(working_days=taken)))
    return complaint


def _recalculated(complaint: Complaint, event: Event) -> Complaint:
    """The same for a newer calendar, which leaves answered stages as they were."""
    after = _recounted(complaint, event)
    for stage in complaint.stages:
        if stage.answer:  # another desk had answered before the date was counted again
            after = after.with_stage(stage)
    return after


def _flags(complaint: Complaint, event: Event) -> Complaint:
    flags = (complaint.flags | set(event.codes("add"))) - set(event.codes("remove"))
    return replace(complaint, flags=frozenset(flags))


def _about_staff(complaint: Complaint, event: Event) -> Complaint:
    added = (event.restricted,) if event.restricted else ()
    return replace(complaint, about_staff=(*complaint.about_staff, *added))


def _authority(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, authority=event.text("authority"))


def _ex_gratia_ask(complaint: Complaint, event: Event) -> Complaint:
    asked = ExGratia(
        pence=_number(event, "pence"),
        what_for=event.text("what_for"),
        evidence=event.text("evidence") == "yes",
        direct=event.text("direct") == "yes",
    )
    return replace(complaint, ex_gratia=asked)


def _ex_gratia_decided(complaint: Complaint, event: Event) -> Complaint:
    asked = complaint.ex_gratia or ExGratia(0, "", False, False)
    granted = event.text("granted") == "yes"
    decided = asked._replace(granted=granted, granted_pence=_number(event, "pence"))
    return replace(complaint, ex_gratia=decided)


def _alert_seen(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, alerts_seen=complaint.alerts_seen | complaint.alerts)


def _conflict_seen(complaint: Complaint, event: Event) -> Complaint:
    settled = event.text("event")
    conflicts = tuple(
        each._replace(seen=each.seen or settled in ("", each.event.id))
        for each in complaint.conflicts
    )
    return replace(complaint, conflicts=conflicts)


def _pack(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, pack_made=True)


def _ref(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, ref=event.text("ref") or complaint.ref)


def _disposal(complaint: Complaint, event: Event) -> Complaint:
    return replace(complaint, proposed_by=event.officer, proposed_at=event.at)


CHANGES: Mapping[str, Callable[[Complaint, Event], Complaint]] = {
    Code.RESPOND: stage_changes.respond,
    Code.RESOLVE_ON_CONTACT: stage_changes.respond,
    Code.ASSIGN: stage_changes.assign,
    Code.REASSIGN: stage_changes.assign,
    Code.ACKNOWLEDGE: stage_changes.acknowledge,
    Code.HOLDING_REPLY: stage_changes.hold,
    Code.ASK_REVIEW: stage_changes.next_stage,
    Code.ASK_CIT: stage_changes.next_stage,
    Code.CLOSE: _close,
    Code.OPTIC: _optic,
    Code.REOPEN: _reopen,
    Code.REDIRECT: _redirect,
    Code.REDIRECT_PART: _redirect_part,
    Code.WITHDRAW: _withdraw,
    Code.MARK_DUPLICATE: _mark_duplicate,
    Code.UNDO_DUPLICATE: _undo_duplicate,
    Code.VOID: _void,
    Code.CORRECTED: _corrected,
    Code.SEVERITY: _severity,
    Code.CATEGORIES: _categories,
    Code.PLACE: _place,
    Code.RECEIVED: _received,
    Code.CLOCK: _received,
    Code.DUE_RECALCULATED: _recalculated,
    Code.FLAGS: _flags,
    Code.ABOUT_STAFF: _about_staff,
    Code.AUTHORITY: _authority,
    Code.EX_GRATIA_ASK: _ex_gratia_ask,
    Code.EX_GRATIA_DECIDED: _ex_gratia_decided,
    Code.ALERT_SEEN: _alert_seen,
    Code.CONFLICT_SEEN: _conflict_seen,
    Code.PACK: _pack,
    Code.REF: _ref,
    Code.DISPOSAL: _disposal,
}
"""Code -> what it changes; what is not in it is a note."""


def _number(event: Event, name: str) -> int:
    return int(clean(str(event.data.get(name) or 0)))
