"""The emergency services, one key away at every step of a safety script.

Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from deskapp.i18n import _
from deskapp.services.knowledge.content import Script
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import Step, Walk

ROLE = "emergency"
"""Role of ``fields.toml`` that a script escalates to."""


def words(script: Script, language: str) -> str:
    """What to do first: as the script itself says it, else what holds for every one."""
    for node in script.nodes.values():
        if node.kind is NodeKind.ESCALATE and node.to == ROLE and language in node.say:
            return node.say[language]
    return _("Ring 999 now. Tell them where the person is. Stay with the person.")


def rung(walk: Walk, *, now: dt.datetime) -> Walk:
    """The same walk at the same step, with the time at which the emergency services were rung."""
    step = Step(walk.script.id, walk.script.version, walk.node.id, "", now, emergency=True)
    return replace(walk, trail=(*walk.trail, step))


def withdrawn(walk: Walk) -> Walk:
    """The walk without the last time that was noted so: the key was meant for something else."""
    at = max((at for at, each in enumerate(walk.trail) if each.emergency), default=None)
    if at is None:
        return walk
    return replace(walk, trail=(*walk.trail[:at], *walk.trail[at + 1 :]))
