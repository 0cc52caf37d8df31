"""How a complaint stands: what the fold gives. Source: complaints sheet, sections 2 and 4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.complaints.deadlines import StageDue
from deskapp.services.complaints.events import Event, Logged
from deskapp.services.complaints.lists import (
    Flag,
    OpticStatus,
    Severity,
    StageStatus,
    Status,
)

ALERTING = frozenset(
    {
        Flag.DATA_BREACH,
        Flag.DISCRIMINATION,
        Flag.SAFEGUARDING,
        Flag.MEDIA_INTEREST,
        Flag.MP_INVOLVED,
    }
)
"""Flags that go to the team leader's queue at once. Source: complaints sheet, section 6."""


class Clash(StrEnum):
    """Why an event changed nothing when it was folded in, or what it clashed with."""

    SECOND_ANSWER = "second_answer"
    SECOND_CLOSE = "second_close"
    SECOND_REQUEST = "second_request"
    TWO_OWNERS = "two_owners"
    """Both were written without knowledge of the other; the last one counts."""
    NOT_POSSIBLE = "not_possible"


CLASH_LABELS = {
    Clash.SECOND_ANSWER: N_("A second answer: the first one counts"),
    Clash.SECOND_CLOSE: N_("Closed a second time: the first one counts"),
    Clash.SECOND_REQUEST: N_("Asked for a second time: the first one counts"),
    Clash.TWO_OWNERS: N_("Given to two people at once: the last one counts"),
    Clash.NOT_POSSIBLE: N_("Not possible as it stood by then: it changed nothing"),
}


class Conflict(NamedTuple):
    """An event that clashes with what another desk did."""

    event: Event
    clash: Clash
    seen: bool = False
    """A team leader has settled it."""


class Answer(NamedTuple):
    """What was answered to a stage."""

    event_id: str
    at: dt.datetime
    officer: str
    channel: str
    outcome: str
    root_cause: str
    redress: tuple[str, ...]
    lateness: str
    next_step_told: bool
    note: str


@dataclass(frozen=True)
class Stage:
    """One round of handling, with a clock of its own."""

    number: int
    received_at: dt.datetime
    due: StageDue
    status: StageStatus = StageStatus.RECEIVED
    owner: str = ""
    assigned_hlc: int = 0
    involved: frozenset[str] = frozenset()
    """Who wrote, answered or owned it."""
    acknowledged_at: dt.datetime | None = None
    acknowledged_by_channel: str = ""
    holding_at: dt.datetime | None = None
    revised_on: dt.date | None = None
    answer: Answer | None = None
    """The one that stands; none again after a reopening."""
    earlier: tuple[Answer, ...] = ()
    """Answers from before a reopening."""

    @property
    def silent(self) -> bool:
        """Whether it was neither acknowledged nor held, so that who complained heard nothing."""
        begun = self.status in (StageStatus.RECEIVED, StageStatus.IN_PROGRESS)
        return begun and self.acknowledged_at is None

    @property
    def on_time(self) -> bool:
        """Whether the answer that stands came in time."""
        from deskapp.services.complaints import deadlines

        return self.answer is not None and deadlines.is_met(self.due.due_on, self.answer.at)


class ExGratia(NamedTuple):
    """A payment that was asked for, and what was decided elsewhere."""

    pence: int
    what_for: str
    evidence: bool
    direct: bool
    """Whether the loss came directly from an administrative error."""
    granted: bool | None = None
    granted_pence: int = 0


class Part(NamedTuple):
    """A part of a mixed complaint that is not ours."""

    where: str
    body: str
    what: str


@dataclass(frozen=True)
class Complaint:
    """A complaint after its events."""

    logged: Logged
    ref: str
    site: str
    nation: str
    received_at: dt.datetime
    stages: tuple[Stage, ...]
    severity: str
    categories: tuple[str, ...]
    flags: frozenset[str]
    authority: str
    status: Status = Status.OPEN
    also: Mapping[str, str] = field(default_factory=dict)
    """Answers that later changes of the categories gave besides."""
    about_staff: tuple[str, ...] = ()
    """What is said of members of staff, the first text and what was added."""
    optic: str = OpticStatus.NOT_ENTERED.value
    optic_ref: str = ""
    optic_by: str = ""
    optic_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    """When it was closed, redirected, withdrawn, marked or made void."""
    survivor: str = ""
    """Id of the complaint that it is a duplicate of."""
    redirected: Part | None = None
    parts: tuple[Part, ...] = ()
    ex_gratia: ExGratia | None = None
    pack_made: bool = False
    """The hand-over pack was made since the review was answered."""
    alerts_seen: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    proposed_by: str = ""
    """Who proposed its disposal, when it was last proposed."""
    proposed_at: dt.datetime | None = None
    last_at: dt.datetime | None = None
    """Of the last event that did something: looking is none."""

    @property
    def id(self) -> str:
        """The id of the complaint."""
        return self.logged.id

    @property
    def stage(self) -> Stage:
        """The last stage."""
        return self.stages[-1]

    @property
    def owner(self) -> str:
        """Who looks after the last stage; empty for nobody."""
        return self.stage.owner

    @property
    def owed(self) -> bool:
        """Whether an answer is owed: it is open and its last stage is not answered."""
        return self.status is Status.OPEN and self.stage.status is not StageStatus.RESPONDED

    @property
    def alerts(self) -> frozenset[str]:
        """What a team leader must know: ``major``, and flags."""
        grave = {Severity.MAJOR.value} if self.severity == Severity.MAJOR else set()
        return frozenset(grave | {flag for flag in self.flags if flag in ALERTING})

    @property
    def new_alerts(self) -> frozenset[str]:
        """Those that no team leader has seen yet; none of what is at an end."""
        return frozenset() if self.status.ended else self.alerts - self.alerts_seen

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """Clashes that nobody has settled."""
        return tuple(each for each in self.conflicts if not each.seen)

    def with_stage(self, stage: Stage) -> Complaint:
        """The complaint with this stage in place of the one of its number, or behind the last."""
        before = self.stages[: stage.number - 1]
        return replace(self, stages=(*before, stage, *self.stages[stage.number :]))
