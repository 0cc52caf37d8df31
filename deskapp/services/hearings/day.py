"""The day of one hearing: its state, who is here, what is ready and how it ended.

It is folded from the events of every desk. Two rooms that wrote offline merge: what leads further
on stands, and only a step back that was meant takes a state away. Source: hearings sheet,
section 2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deskapp.clock import local
from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.services.hearings.events import Code, Event


class State(StrEnum):
    """How far a hearing is, on its day."""

    WAITING = "waiting"
    PARTIES_READY = "parties_ready"
    NOT_REACHED = "not_reached"
    CALLED_ON = "called_on"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    FINISHED = "finished"


STATE_LABELS = {
    State.WAITING: N_("Waiting"),
    State.PARTIES_READY: N_("Parties ready"),
    State.NOT_REACHED: N_("Not reached"),
    State.CALLED_ON: N_("Called on"),
    State.IN_PROGRESS: N_("In progress"),
    State.PAUSED: N_("Paused"),
    State.FINISHED: N_("Finished"),
}
MOVES: Mapping[State, tuple[State, ...]] = {
    State.WAITING: (State.PARTIES_READY, State.NOT_REACHED),
    State.PARTIES_READY: (State.CALLED_ON, State.NOT_REACHED),
    State.NOT_REACHED: (),
    State.CALLED_ON: (State.IN_PROGRESS,),
    State.IN_PROGRESS: (State.FINISHED, State.PAUSED),
    State.PAUSED: (State.IN_PROGRESS, State.FINISHED),
    State.FINISHED: (),
}
"""Where each state leads; the usual way first."""
_RANK = {state: rank for rank, state in enumerate(State)} | {
    State.PAUSED: list(State).index(State.IN_PROGRESS)
}
OVER = frozenset({State.FINISHED, State.NOT_REACHED})
BEGUN = frozenset({State.CALLED_ON, State.IN_PROGRESS, State.PAUSED, State.FINISHED})


class Presence(StrEnum):
    """Whether a party is there."""

    HERE = "here"
    ATTENDED = "attended"
    DID_NOT_ATTEND = "did_not_attend"
    EXPECTED = "expected"
    """Taken back: nobody knows yet."""


PRESENCE_LABELS = {
    Presence.HERE: N_("here"),
    Presence.ATTENDED: N_("attended"),
    Presence.DID_NOT_ATTEND: N_("did not attend"),
    Presence.EXPECTED: N_("not here yet"),
}


class Ready(StrEnum):
    """What was done about a need for one hearing."""

    TODO = "todo"
    ARRANGED = "arranged"
    READY = "ready"
    PROVIDED = "provided"
    NOT_PROVIDED = "not_provided"


READY_LABELS = {
    Ready.TODO: N_("to do"),
    Ready.ARRANGED: N_("arranged"),
    Ready.READY: N_("ready"),
    Ready.PROVIDED: N_("provided"),
    Ready.NOT_PROVIDED: N_("NOT PROVIDED"),
}
DONE = frozenset({Ready.READY, Ready.PROVIDED})


class MoveRefusedError(DeskError):
    """The day of a hearing does not lead from its state to that one."""


@dataclass(frozen=True)
class Moved:
    """One change of the state."""

    to: State
    at: dt.datetime
    before: State


@dataclass
class Day:
    """What is known of the day of one hearing."""

    state: State = State.WAITING
    moves: list[Moved] = field(default_factory=list)
    """Those that led to the state, in their order; one that was taken back is gone."""
    parties: dict[str, tuple[Presence, str]] = field(default_factory=dict)
    """Key of the party -> whether it is there, and its channel."""
    ticks: dict[str, tuple[Ready, str]] = field(default_factory=dict)
    """Id of a need -> what was done about it, and why not."""
    jurors: tuple[int, int] = (0, 0)
    """Here, and how many are needed."""
    result: Event | None = None
    """The newest result or correction."""

    @property
    def next_states(self) -> tuple[State, ...]:
        """Where the state can go from here."""
        return MOVES[self.state]

    @property
    def step_before(self) -> State | None:
        """The state before the last step; none at the start."""
        return self.moves[-1].before if self.moves else None

    @property
    def started_at(self) -> dt.datetime | None:
        """When it was first in progress, London wall clock to the minute."""
        return _first(self.moves, State.IN_PROGRESS)

    @property
    def ended_at(self) -> dt.datetime | None:
        """When it was finished, as ``started_at``."""
        return _first(self.moves, State.FINISHED)

    @property
    def pauses(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """From each pause to where it went on."""
        found, paused = [], None
        for each in self.moves:
            if each.to is State.PAUSED:
                paused = paused or _minute(each.at)
            elif paused is not None:
                found.append((paused, _minute(each.at)))
                paused = None
        return [(begin, end) for begin, end in found if begin < end]


def _minute(at: dt.datetime) -> dt.datetime:
    return local(at).replace(second=0, microsecond=0)


def _first(moves: Iterable[Moved], state: State) -> dt.datetime | None:
    return next((_minute(each.at) for each in moves if each.to is state), None)


def fold(events: Iterable[Event]) -> Day:
    """The day that the events of one hearing make, given in the order of all desks."""
    day = Day()
    for event in events:
        if event.code == Code.MOVE:
            _move(day, event)
        elif event.code == Code.PARTY and event.text("state") in list(Presence):
            state = Presence(event.text("state"))
            day.parties[event.text("party")] = (state, event.text("channel"))
        elif event.code == Code.TICK and event.text("state") in list(Ready):
            day.ticks[event.text("need")] = (Ready(event.text("state")), event.note)
        elif event.code == Code.JURORS:
            day.jurors = (_whole(event, "here"), _whole(event, "needed"))
        elif event.code in (Code.RESULT, Code.CORRECT):
            day.result = event
    return day


def _whole(event: Event, name: str) -> int:
    value = event.data.get(name)
    return value if isinstance(value, int) else 0


def _move(day: Day, event: Event) -> None:
    if event.text("to") not in list(State):
        return
    to = State(event.text("to"))
    if event.data.get("back"):
        if day.step_before is to:
            day.moves.pop()
            day.state = to
    elif _RANK[to] >= _RANK[day.state] and to is not day.state:
        day.moves.append(Moved(to, event.at, day.state))
        day.state = to


def check_move(day: Day, to: State) -> None:
    """Make sure that the state leads there.

    Raises:
        MoveRefusedError: Naming the present state.
    """
    if to not in day.next_states:
        message = _("The hearing is: {state}. From there it cannot go to: {to}.")
        told = message.format(state=_(STATE_LABELS[day.state]), to=_(STATE_LABELS[to]))
        raise MoveRefusedError(told)
