"""A scheme as a drawing: its stages, and the actions that lead from one to another."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.vocabulary import PREVIOUS, STAY, Label
from deskapp.services.casework.words import shown
from deskapp.text import one_line


def dot(scheme: Scheme) -> Iterator[str]:
    """The lines of a drawing in the DOT language of Graphviz, in the language in use."""
    yield f"digraph {scheme.id} {{"
    for stage in scheme.stages:
        shape = "doublecircle" if stage.terminal else "box" if stage.initial else "ellipse"
        yield f"  {stage.id} [label={_quoted(stage.label)}, shape={shape}];"
    for action in scheme.actions:
        for stage in scheme.stages:
            if stage.id not in action.from_stages:
                continue
            to = stage.id if action.to in (STAY, PREVIOUS) else action.to
            style = ", style=dashed" if action.to == PREVIOUS else ""
            yield f"  {stage.id} -> {to} [label={_quoted(action.label)}{style}];"
    yield "}"


def _quoted(label: Label) -> str:
    text = one_line(shown(label)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
