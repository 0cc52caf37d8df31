"""Walking a script: which step stands, what was answered, what was filled on the way.

A walk is a value. Each step forward gives a new one, ``back`` the one before; what a step filled
goes with it. Nothing is written: the officer confirms the form. Source: knowledge sheet, section 4.

    walk = begin(library, "s-jury-defer", language="en", today=today, calendar=calendar)
    walk = walk.forward("123456789", now=now)
    walk.node.say["en"], walk.values, walk.ending
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.dates import Calendar
from deskapp.services.knowledge import answers, conditions
from deskapp.services.knowledge.content import Library, Script
from deskapp.services.knowledge.nodes import Node, NodeKind
from deskapp.text import one_line

EMERGENCY_KEY = "9"
"""The emergency services, on every node of a safety script."""


@dataclass(frozen=True)
class Step:
    """One step that was taken."""

    script: str
    version: int
    node: str
    answer: str
    """What was answered: a key, a text, whom the officer told; may be empty."""
    at: dt.datetime
    """The instant, in UTC."""
    filled: Mapping[str, str] = field(default_factory=dict)
    """What it filled: names of ``fields.toml`` and their values."""
    said: bool = True
    reason: str = ""
    """Why the words of the node were not said, where they should have been."""
    emergency: bool = False
    """Whether only the emergency services were called here; going back leaves that standing."""


@dataclass(frozen=True)
class Ending:
    """How a walk ended: what the form is offered."""

    outcome: str
    result: str
    summary: str
    follow_up_days: int
    """Working days; 0 for none."""


@dataclass(frozen=True)
class Walk:
    """Where somebody is in a script, and how they came there."""

    library: Library
    script: Script
    node: Node
    """Never a ``check``: those are passed in silence."""
    language: str
    """In which the person is spoken to."""
    today: dt.date
    calendar: Calendar
    """Whose working days promises count in."""
    known: Mapping[str, str] = field(default_factory=dict)
    """What the form held before, by names of ``fields.toml``."""
    trail: tuple[Step, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """What is known by now: of the form, then of each step; an end adds its own."""
        values = dict(self.known)
        for step in self.trail:
            values |= step.filled
        return values | self._of_end()

    @property
    def filled(self) -> dict[str, str]:
        """What the walk itself filled."""
        filled: dict[str, str] = {}
        for step in self.trail:
            filled |= step.filled
        return filled | self._of_end()

    @property
    def ending(self) -> Ending | None:
        """How it ended; None while it goes on."""
        if self.node.kind is not NodeKind.END:
            return None
        summary = self.node.summary.get(self.language, "")
        return Ending(self.node.outcome, self.node.result, summary, self.node.follow_up_days)

    def forward(self, answer: str = "", *, now: dt.datetime) -> Walk:
        """The walk after this answer.

        Args:
            answer: The key of an option, what was asked for, or whom the officer told.
            now: The instant, in UTC.

        Raises:
            AnswerError: If the answer cannot be used; the sentence says what to enter.
        """
        if self.ending:
            return self
        taken = answers.taken(self.library, self.node, answer, self.language, now=now)
        step = self._step(taken.answer, now, taken.filled)
        return self._after(step, taken.next, taken.goto_script)

    def skip(self, reason: str = "", *, now: dt.datetime) -> Walk:
        """The walk after the words of this node were left out.

        Raises:
            AnswerError: If they must be said and no reason is given, or if it wants an answer.
        """
        if self.node.kind not in (NodeKind.SAY, NodeKind.SIGNPOST):
            raise answers.AnswerError(_("This step cannot be skipped. Answer it, or go back."))
        reason = one_line(reason)
        if self.node.must_say and not reason:
            raise answers.AnswerError(_("Enter why this was not said"))
        step = replace(self._step("", now, self.node.set), said=False, reason=reason)
        return self._after(step, self.node.next, self.node.goto_script)

    def back(self) -> Walk:
        """The walk before the last step, without what that filled; the same one at the start."""
        at = max((at for at, each in enumerate(self.trail) if not each.emergency), default=None)
        if at is None:
            return self
        last, left = self.trail[at], (*self.trail[:at], *self.trail[at + 1 :])
        script = self.library.scripts[last.script]
        return replace(self, script=script, node=script.nodes[last.node], trail=left)

    def _step(self, answer: str, now: dt.datetime, filled: Mapping[str, str]) -> Step:
        short = answers.short_names(filled)
        return Step(self.script.id, self.script.version, self.node.id, answer, now, short)

    def _after(self, step: Step, node_id: str, goto_script: str) -> Walk:
        script = _script(self.library, goto_script) if goto_script else self.script
        moved = replace(self, script=script, trail=(*self.trail, step))
        return moved._standing(script.start if goto_script else node_id)

    def _standing(self, node_id: str) -> Walk:
        """This walk at a node, or at the first behind it that is no check.

        Raises:
            NotFoundError: If the script leads to a node that does not exist, or round and round.
        """
        known = replace(self, node=Node(node_id, NodeKind.SAY)).values
        for _passed in self.script.nodes:
            node = self.script.nodes.get(node_id)
            if node is None:
                break
            if node.test is None:
                return replace(self, node=node)
            holds = conditions.holds(node.test, known, today=self.today)
            node_id = node.then if holds else node.otherwise
        raise NotFoundError(_("This script has a fault and cannot go on. Go back, or leave it."))

    def _of_end(self) -> dict[str, str]:
        return answers.of_end(self.node, self.today, self.calendar) if self.ending else {}


def begin(
    library: Library,
    script_id: str,
    *,
    language: str,
    today: dt.date,
    calendar: Calendar,
    known: Mapping[str, str] | None = None,
) -> Walk:
    """A walk at the start of a script.

    Args:
        library: Where the script is.
        script_id: Which one.
        language: In which the person is spoken to.
        today: The local day.
        calendar: Whose working days promises count in.
        known: What the form holds, by names of ``fields.toml``.

    Raises:
        NotFoundError: If there is no such script, or it cannot begin.
    """
    script = _script(library, script_id)
    empty = Node("", NodeKind.SAY)
    walk = Walk(library, script, empty, language, today, calendar, dict(known or {}))
    return walk._standing(script.start)


def _script(library: Library, script_id: str) -> Script:
    found = library.item(script_id)
    if isinstance(found, Script):
        return found
    message = _("There is no script called {name}.")
    raise NotFoundError(message.format(name=one_line(script_id)))
