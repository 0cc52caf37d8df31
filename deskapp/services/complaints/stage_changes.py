"""What events change about the last stage of a complaint, once nothing stands against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from deskapp.clock import instant
from deskapp.services.complaints import deadlines
from deskapp.services.complaints.deadlines import StageDue
from deskapp.services.complaints.events import CIT, Code, Event
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.complaints.state import Answer, Complaint, Stage


def respond(complaint: Complaint, event: Event) -> Complaint:
    """An answer to the last stage."""
    stage = complaint.stage
    answer = Answer(
        event_id=event.id,
        at=happened_at(event),
        officer=event.officer,
        channel=event.text("channel"),
        outcome=event.text("outcome"),
        root_cause=event.text("root_cause"),
        redress=event.codes("redress"),
        lateness=event.text("lateness"),
        next_step_told=event.text("next_step_told") == "yes",
        note=event.note,
    )
    taken = due_in(event.data.get("due"))
    due = stage.due._replace(working_days=taken.working_days) if taken else stage.due
    return complaint.with_stage(
        replace(
            stage,
            status=StageStatus.RESPONDED,
            owner=stage.owner or event.officer,
            answer=answer,
            due=due,
            involved=stage.involved | {event.officer},
        )
    )


def assign(complaint: Complaint, event: Event) -> Complaint:
    """Who looks after the last stage."""
    owner = event.text("owner")
    stage = complaint.stage
    begun_now = stage.status is StageStatus.RECEIVED
    return complaint.with_stage(
        replace(
            stage,
            owner=owner,
            status=StageStatus.IN_PROGRESS if begun_now else stage.status,
            assigned_hlc=event.hlc,
            involved=stage.involved | {owner},
        )
    )


def acknowledge(complaint: Complaint, event: Event) -> Complaint:
    """The person was told that it arrived."""
    stage = complaint.stage
    return complaint.with_stage(
        replace(
            stage,
            acknowledged_at=happened_at(event),
            acknowledged_by_channel=event.text("channel"),
            involved=stage.involved | {event.officer},
        )
    )


def hold(complaint: Complaint, event: Event) -> Complaint:
    """The person was told that the answer comes later, and when."""
    stage = complaint.stage
    return complaint.with_stage(
        replace(
            stage,
            status=StageStatus.HOLDING,
            holding_at=happened_at(event),
            revised_on=dt.date.fromisoformat(event.text("revised_on")),
            involved=stage.involved | {event.officer},
        )
    )


def next_stage(complaint: Complaint, event: Event) -> Complaint:
    """A review, or the investigations team, is asked for."""
    due = due_in(event.data["due"])
    if due is None:
        raise ValueError("a stage without a due date")
    number = len(complaint.stages) + 1
    owner = CIT if event.code == Code.ASK_CIT else ""
    stage = Stage(number, happened_at(event), due, owner=owner)
    after = replace(complaint, status=Status.OPEN, ended_at=None, pack_made=False)
    return after.with_stage(stage)


def happened_at(event: Event) -> dt.datetime:
    """When it happened, which may be before it was written down."""
    return instant(event.text("on")) if event.text("on") else event.at


def due_in(kept: object) -> StageDue | None:
    """A due date among the data of an event; none where there is none."""
    return deadlines.read(kept) if isinstance(kept, Mapping) else None
