"""Styles that are worked out once for all widgets that stand in the same place.

Textual matches every rule with every widget each time it is styled: when a screen is opened, when
the cursor goes from field to field. The same widget in the same place comes to the same end, so
that is kept: which rules may match it by its type, classes and id (its kind), and what they come to
by what stands above it and what state it is in (its place).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from textual.css._style_properties import (
    ColorProperty,
    ScrollbarColorProperty,
    StyleFlagsProperty,
)
from textual.css.model import CombinatorType, RuleSet, Selector, SelectorType
from textual.css.styles import RenderStyles, RulesMap, StylesBase
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

Key = tuple[type[DOMNode], str | None, frozenset[str]]
Place = tuple[object, ...]

_SYSTEM = "-textual-system"
"""The class that ``*`` leaves out."""


class Kind(NamedTuple):
    """What is the same for all widgets with the same type, id and classes."""

    rules: tuple[RuleSet, ...]
    """Those that may match; held here, for ``_ended`` knows them by their place in memory."""
    lasts: bool
    """Whether nothing matters but type, classes, id and state of a widget and those above it."""
    flags: dict[str, bool]
    """What Textual notes of the rules on each widget."""
    own_states: tuple[str, ...]
    states_above: tuple[str, ...]
    types_above: frozenset[str]
    classes_above: frozenset[str]
    ids_above: frozenset[str]
    ended: dict[Place, RulesMap]
    """What the rules came to."""

    def place(self, node: DOMNode) -> Place:
        """Everything else on which it depends what the rules come to."""
        own = tuple([node.has_pseudo_class(state) for state in self.own_states])
        if not (self.types_above or self.classes_above or self.ids_above):
            return own
        above: list[object] = [own]
        while isinstance((node := cast(DOMNode, node._parent)), DOMNode):
            above.append(self.types_above & node._css_type_names)
            above.append(self.classes_above & node._classes)
            above.append(node._id if node._id in self.ids_above else None)
            above.extend([node.has_pseudo_class(state) for state in self.states_above])
        return tuple(above)


_PAINTS = (ColorProperty, StyleFlagsProperty)
_COLOURS = {name for name, rule in vars(StylesBase).items() if isinstance(rule, _PAINTS)}
_SCROLLBAR_COLOURS = {
    name for name, rule in vars(StylesBase).items() if isinstance(rule, ScrollbarColorProperty)
}
"""They have the scrollbars of a widget drawn as well."""

_kinds: dict[tuple[int, ...], dict[Key, Kind]] = {}
"""For each set of rules that a style sheet may have."""
_ended: dict[tuple[object, ...], dict[Place, RulesMap]] = {}
"""What the rules of a kind came to, which lasts when a style sheet gets rules of other kinds."""


class KnownStyles(Stylesheet):
    """The style sheet of an application; the styles are those that Textual alone would give."""

    _kinds_of: list[RuleSet] | None = None
    _kinds: dict[Key, Kind]
    _ids: set[str]
    """Those that any rule names."""

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[Any, ...], RulesMap] | None = None,
    ) -> None:
        """Style one widget."""
        kind = self._kind(node)
        place = kind.place(node) if kind.lasts else ()
        ended = kind.ended.get(place) if kind.lasts else None
        if ended is not None:
            node.__dict__.update(kind.flags)
            _put(node, ended)
            self._process_component_classes(node)
            return
        super().apply(node, animate=animate, cache=cache)
        rules = node._css_styles._rules
        if kind.lasts and "transitions" not in rules:  # which go on after this
            kind.ended[place] = rules.copy()

    def _kind(self, node: DOMNode) -> Kind:
        if self._kinds_of is not self.rules:
            self._kinds_of = self.rules
            self._kinds = _kinds.setdefault(tuple(map(id, self.rules)), {})
            _own, _above = _selectors(self.rules)
            self._ids = {each.name for each in (*_own, *_above) if each.type is SelectorType.ID}
        name = node._id if node._id in self._ids else None
        key = (type(node), name, frozenset(node._classes))
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = _kind(self, node, key)
        return kind

    def _process_component_classes(self, node: DOMNode) -> None:
        """Style the parts of a widget that have been drawn; the others when they first are."""
        parts = node._component_styles
        if not isinstance(parts, Parts):
            if names := node._get_component_classes():
                node._component_styles = Parts(self, node, names)
            return
        changed = False
        for styles in parts.values():
            part = cast(DOMNode, styles.node)
            before = part._css_styles._updates
            self.apply(part)
            changed = changed or part._css_styles._updates != before
        if changed:
            node.refresh()


class Parts(dict[str, RenderStyles]):
    """The styles of the parts of a widget, by class; few of those that it has are ever drawn."""

    def __init__(self, sheet: KnownStyles, node: DOMNode, names: frozenset[str]) -> None:
        super().__init__()
        self._sheet, self._node, self._names = sheet, node, names

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __missing__(self, name: str) -> RenderStyles:
        """A part that is drawn for the first time."""
        if name not in self._names:
            raise KeyError(name)
        part = DOMNode(classes=name)
        part._attach(self._node)
        self[name] = part.styles
        self._sheet.apply(part)
        return part.styles


def _kind(sheet: Stylesheet, node: DOMNode, key: Key) -> Kind:
    names = sheet.rules_map.keys() & node._selector_names
    maybe = {id(rule) for name in names for rule in sheet.rules_map[name]}
    rules = tuple(rule for rule in sheet.rules if id(rule) in maybe)
    states: set[str] = set().union(*(rule.pseudo_classes for rule in rules))
    ordered = {"first-of-type", "last-of-type", "first-child", "last-child", "empty"}
    own, above = _selectors(rules)
    by = {
        kind: frozenset(each.name for each in above if each.type is kind) for kind in SelectorType
    }
    return Kind(
        rules,
        lasts=states.isdisjoint(sheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE),
        flags={
            "_has_hover_style": "hover" in states,
            "_has_focus_within": "focus-within" in states,
            "_has_order_style": not states.isdisjoint(ordered),
            "_has_odd_or_even": "odd" in states or "even" in states,
        },
        own_states=_states(own),
        states_above=_states(above),
        types_above=by[SelectorType.TYPE],
        classes_above=by[SelectorType.CLASS] | ({_SYSTEM} if above else set()),
        ids_above=by[SelectorType.ID],
        ended=_ended.setdefault((key, *map(id, rules)), {}),
    )


def _states(selectors: list[Selector]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*(each.pseudo_classes for each in selectors))))


def _selectors(rules: Iterable[RuleSet]) -> tuple[list[Selector], list[Selector]]:
    """What rules ask of a widget, and what of those above it."""
    own: list[Selector] = []
    above: list[Selector] = []
    for rule in rules:
        for selectors in rule.selector_set:
            at_widget = True
            for each in reversed(selectors.selectors):
                (own if at_widget else above).append(each)
                at_widget = at_widget and each.combinator is CombinatorType.SAME
    return own, above


def _put(node: DOMNode, rules: RulesMap) -> None:
    """Give a widget its styles."""
    styles = node._css_styles
    have, want = cast(dict[str, object], styles._rules), cast(dict[str, object], rules)
    changed = [name for name in have.keys() | want.keys() if have.get(name) != want.get(name)]
    if changed and not node._is_mounted:  # nothing of it is drawn yet
        have.clear()
        have.update(want)
        styles._updates += 1
    elif changed:
        # Each colour that is set has all that is in a widget drawn again; so the last one has.
        colours = sorted(_COLOURS.intersection(changed), key=_SCROLLBAR_COLOURS.__contains__)
        for name in colours[:-1]:
            styles.set_rule(name, want.get(name))
        for name in [name for name in changed if name not in colours[:-1]]:
            setattr(styles, name, want.get(name))
    node.notify_style_update()
