"""Rules about the way through a script. Source: knowledge sheet, section 5, E8 to E12."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.enquiries import outcomes
from deskapp.services.knowledge import fields
from deskapp.services.knowledge.content import Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.nodes import Node, NodeKind, Option

PANE_KEYS = frozenset("bcpq?")
"""Back, copy, park, leave and help."""
EMERGENCY_KEY = "9"
"""The emergency services, in safety scripts."""
MOST_OPTIONS = 9
MADE_ON_SAVING = frozenset({"complaint", "record", "survivor"})
"""What outcomes add that does not exist before the contact is saved."""
_ESCALATED = frozenset({"name", "told_at", "team"})
_SOON = "soon"


def unreachable(script: Script) -> Iterator[Finding]:
    """E8: a node that no way from the start leads to."""
    reached = _reached(script, script.start)
    for node_id in script.nodes:
        if node_id not in reached:
            yield Finding("E8", script.file, node_id, _("No way from the start leads here."))


def no_way_out(script: Script) -> Iterator[Finding]:
    """E9: a node from which neither an end nor another script can be reached."""
    for node_id in script.nodes:
        after = [script.nodes[each] for each in _reached(script, node_id)]
        if not any(node.kind is NodeKind.END or node.scripts() for node in after):
            message = _("From here no end and no other script can be reached.")
            yield Finding("E9", script.file, node_id, message)


def _reached(script: Script, start: str) -> set[str]:
    """Ids of the nodes that can be reached from ``start``, itself too."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        node_id = waiting.pop()
        if node_id in script.nodes and node_id not in reached:
            reached.add(node_id)
            waiting += script.nodes[node_id].targets()
    return reached


def choices(script: Script) -> Iterator[Finding]:
    """E10: too few or too many options, or a key that cannot be used."""
    for node in script.nodes.values():
        if node.kind is not NodeKind.CHOICE:
            continue
        if not 2 <= len(node.options) <= MOST_OPTIONS:
            message = _("A choice has 2 to {most} options.").format(most=MOST_OPTIONS)
            yield Finding("E10", script.file, node.id, message)
        for message in _key_problems(script, node.options):
            yield Finding("E10", script.file, node.id, message)


def _key_problems(script: Script, options: tuple[Option, ...]) -> Iterator[str]:
    taken = PANE_KEYS | {EMERGENCY_KEY} if script.safety else PANE_KEYS
    seen: set[str] = set()
    for option in options:
        if len(option.key) != 1 or not option.key.isascii() or not option.key.isalnum():
            yield _("The key {key} is not one letter or digit.").format(key=option.key)
        elif option.key.lower() in seen:
            yield _("Two options have the key {key}.").format(key=option.key)
        elif option.key.lower() in taken:
            yield _("The pane uses the key {key}. Choose another.").format(key=option.key)
        seen.add(option.key.lower())


def endings(library: Library, script: Script) -> Iterator[Finding]:
    """E11: an end whose outcome does not exist, or which a path reaches without what it adds."""
    filled = _filled(library, script)
    for node in script.nodes.values():
        if node.kind is not NodeKind.END:
            continue
        try:
            outcome = outcomes.by_code(node.outcome)
        except NotFoundError:
            message = _("There is no outcome {code}.").format(code=node.outcome)
            yield Finding("E11", script.file, node.id, message)
            continue
        given = filled.get(node.id, frozenset()) | _fills(library, node)
        for need in outcome.needs:
            if need.name not in given | MADE_ON_SAVING and node.id in filled:
                message = _("{code} must add {need}; a path reaches it without.").format(
                    code=outcome.code, need=need.name
                )
                yield Finding("E11", script.file, node.id, message)


def _filled(library: Library, script: Script) -> Mapping[str, frozenset[str]]:
    """What every path to a node has filled of the needs of outcomes, by node.

    A node is looked at again whenever a path arrives that has filled less.
    """
    filled: dict[str, frozenset[str]] = {}
    waiting = deque([(script.start, frozenset[str]())])
    while waiting:
        node_id, before = waiting.popleft()
        node = script.nodes.get(node_id)
        if node is None or (node_id in filled and filled[node_id] <= before):
            continue
        filled[node_id] = filled.get(node_id, before) & before
        known = filled[node_id] | _fills(library, node)
        for option in node.options:
            waiting.append((option.next, known | _needs(library, option.set)))
        if node.test and node.test.name == "missing":
            tested = _needs(library, [node.test.field])
            there, gone = (node.otherwise, node.then)
            if node.test.value is False:
                there, gone = gone, there
            waiting += [(there, known | tested), (gone, known)]
        else:
            waiting += [(target, known) for target in (node.next, node.then, node.otherwise)]
    return filled


def _fills(library: Library, node: Node) -> frozenset[str]:
    """Names of the needs that a node fills by itself."""
    given = _needs(library, node.set)
    if node.collect and node.required:
        given |= _needs(library, [node.collect])
    if node.kind is NodeKind.SIGNPOST:
        given |= {"signpost"}
    if node.kind is NodeKind.ESCALATE:
        given |= _ESCALATED | (set() if node.urgency == _SOON else {"by_when"})
    if node.follow_up_days:
        given |= {"by_when", "within_days"}
    return given


def _needs(library: Library, names: Mapping[str, str] | list[str]) -> frozenset[str]:
    """Names of the needs of outcomes that these fields of scripts stand for."""
    form = library.fields.form
    values = (form.get(name.removeprefix(fields.PREFIX), "") for name in names)
    return frozenset(
        value.removeprefix(outcomes.ADDED) for value in values if value.startswith(outcomes.ADDED)
    )


def rings(library: Library) -> Iterator[Finding]:
    """E12: a script from which only other scripts are reached, round and round."""
    ending: set[str] = set()
    growing = True
    while growing:
        more = {
            script.id
            for script in library.scripts.values()
            if script.id not in ending and _can_end(script, ending)
        }
        ending |= more
        growing = bool(more)
    for script in library.scripts.values():
        after = {each for node in script.nodes.values() for each in node.scripts()}
        if script.id not in ending and after and after <= library.scripts.keys():
            message = _("It leads only to scripts that lead back: there is no end on the way.")
            yield Finding("E12", script.file, "", message)


def _can_end(script: Script, ending: set[str]) -> bool:
    nodes = [script.nodes[each] for each in _reached(script, script.start)]
    return any(node.kind is NodeKind.END or ending & set(node.scripts()) for node in nodes)
