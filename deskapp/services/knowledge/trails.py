"""A walk as text: to be taken up again later, and to be kept with the contact.

Source: knowledge sheet, section 4; enquiries sheet, section 10.2.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from deskapp.clock import instant, local, stamp
from deskapp.errors import DeskError
from deskapp.i18n import _, clock_time
from deskapp.services import cards
from deskapp.services.dates import Calendar
from deskapp.services.knowledge import variables
from deskapp.services.knowledge import walk as walks
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.nodes import Node
from deskapp.services.knowledge.walk import Step, Walk


class ScriptChangedError(DeskError):
    """The script is another one now, so the walk cannot go on where it stood."""


def dumps(walk: Walk) -> str:
    """A walk as one line of text, for a draft."""
    steps = [{**asdict(step), "at": stamp(step.at)} for step in walk.trail]
    kept = {
        "script": walk.script.id,
        "version": walk.script.version,
        "node": walk.node.id,
        "language": walk.language,
        "known": dict(walk.known),
        "steps": steps,
    }
    return json.dumps(kept, ensure_ascii=False)


def versions(text: str) -> set[tuple[str, int]]:
    """Ids and versions of the scripts of a walk that ``dumps`` made a text of."""
    kept = json.loads(text)
    return {(each["script"], each["version"]) for each in (kept, *kept["steps"])}


def loads(
    text: str,
    library: Library,
    *,
    today: dt.date,
    calendar: Calendar,
    known: Mapping[str, str] | None = None,
) -> Walk:
    """The walk that ``dumps`` made a text of.

    Args:
        text: As it was kept.
        library: Where its scripts are.
        today: The local day.
        calendar: Whose working days promises count in.
        known: What the form holds now; None: what it held when the walk began.

    Raises:
        ScriptChangedError: If one of its scripts has another version now; what was answered can
            still be read in the text.
    """
    kept = json.loads(text)
    steps = tuple(Step(**{**step, "at": instant(step["at"])}) for step in kept["steps"])
    for script_id, version in versions(text):
        script = library.scripts.get(script_id)
        if script is None or script.version != version:
            raise ScriptChangedError(_("The script has changed since. Start it again."))
    begun = walks.begin(
        library,
        kept["script"],
        language=kept["language"],
        today=today,
        calendar=calendar,
        known=kept["known"] if known is None else known,
    )
    return replace(begun, node=begun.script.nodes[kept["node"]], trail=steps)


def told(walk: Walk) -> Iterator[str]:
    """What was done, a line for each step, for the record of the contact.

    The scripts come first with their versions, so that an old contact can be read with what was
    said then.
    """
    scripts = dict.fromkeys((step.script, step.version) for step in walk.trail)
    scripts[walk.script.id, walk.script.version] = None
    yield ", ".join(
        _("{script} version {version}").format(script=script, version=version)
        for script, version in scripts
    )
    for step in walk.trail:
        answer = _answer(walk, step)
        words = (f"{step.node}:", _words(walk, step), f"[{answer}]" if answer else "")
        yield " ".join(filter(None, (clock_time(local(step.at)), *words))).rstrip(":")
    if walk.ending:
        yield f"{walk.ending.outcome} {walk.ending.result}".strip()


def run(walk: Walk) -> dict[str, Any]:
    """What a contact keeps of a walk: script, version, the step it stands at, what was done."""
    return {
        "script": walk.script.id,
        "version": walk.script.version,
        "node": walk.node.id,
        "ended": walk.ending is not None,
        "lines": [cards.blank(line) for line in told(walk)],
    }


def _words(walk: Walk, step: Step) -> str:
    """What was said at a step, with the figures of its day; nothing where it was left out."""
    if step.emergency or not step.said:
        return ""
    text = _node(walk, step).say.get(walk.language, "")
    return variables.fill(text, {}, walk.language, known=walk.library.facts, on=walk.today).text


def _answer(walk: Walk, step: Step) -> str:
    """An answer in words: the label of an option, or why something was not said."""
    if step.emergency:
        return _("emergency services rung")
    if not step.said:
        return _("not said: {reason}").format(reason=step.reason) if step.reason else _("not said")
    labels = {option.key: option.label for option in _node(walk, step).options}
    return labels.get(step.answer, {}).get(walk.language, step.answer)


def _node(walk: Walk, step: Step) -> Node:
    return walk.library.scripts[step.script].nodes[step.node]
