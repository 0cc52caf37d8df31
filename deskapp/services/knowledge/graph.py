"""A script drawn as indented text: what leads to what, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import _
from deskapp.services.knowledge.content import Script
from deskapp.services.knowledge.nodes import Node, NodeKind

INDENT = "  "


def lines(script: Script, language: str) -> Iterator[str]:
    """The flow of a script from its start, a node a line; a node shown before is named only."""
    yield f"{script.id}  {script.title(language)}"
    yield from _from(script, script.start, language, depth=1, shown=set())


def _from(
    script: Script, node_id: str, language: str, *, depth: int, shown: set[str]
) -> Iterator[str]:
    """Node after node while there is one way on; each branch is one step further in."""
    while node_id:
        indent = INDENT * depth
        if node_id in shown or node_id not in script.nodes:
            yield f"{indent}-> {node_id}"
            return
        shown.add(node_id)
        node = script.nodes[node_id]
        yield f"{indent}{_told(node, language)}"
        for answer, target, goto in _branches(node, language):
            yield f"{indent}{INDENT}{answer}:" + (f" -> {goto}" if goto else "")
            yield from _from(script, target, language, depth=depth + 2, shown=shown)
        if node.goto_script:
            yield f"{indent}-> {node.goto_script}"
        node_id = node.next


def _branches(node: Node, language: str) -> Iterator[tuple[str, str, str]]:
    """Answer, next node and next script of each way on, where there are several."""
    for option in node.options:
        label = option.label.get(language, "")
        yield f"{option.key} {label}", option.next, option.goto_script
    if node.kind is NodeKind.CHECK:
        yield _("yes"), node.then, ""
        yield _("no"), node.otherwise, ""


def _told(node: Node, language: str) -> str:
    """A node in one line: its id, kind and what it works on."""
    parts = [node.id, f"[{node.kind.value}]"]
    if node.must_say:
        parts.append(_("must be said"))
    if node.test:
        parts.append(f"{node.test.field} {node.test.name} {node.test.value}")
    parts += [node.collect, node.article, node.contact.get(language, ""), node.to, node.urgency]
    parts += [node.outcome, node.result]
    return " ".join(filter(None, parts))
