"""Letter templates: what one may say, what it names, and its text with the values of a record.

A template is plain text with ``{{ name }}``, ``{% if %}`` and ``{% for each in items.ITEM %}``, and
nothing beyond that: no calls, no sums, no reaching into values. Jinja does the rest in a sandbox.

Source: casework sheet, section 1.2 (letter); deskapp adds the list of what is permitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.text import clean

MOST_LETTERS = 50_000
"""Characters of a letter; a longer one is no letter."""

_PERMITTED = (
    nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand,
)  # fmt: skip


class LetterError(DeskError):
    """A letter cannot be written."""


class EmptyFieldError(Exception):
    """A template writes a field that is empty; the text of the error is its name."""


class Empty(Undefined):
    """A field that is empty: it may be asked for with ``if``, but not written."""

    def __init__(self, name: str) -> None:
        super().__init__(hint=name)

    def __str__(self) -> str:
        self._fail_with_undefined_error()


class _Environment(ImmutableSandboxedEnvironment):
    """Values are looked up in mappings and nowhere else."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A named value of a mapping; nothing of the object itself."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)


class Named(NamedTuple):
    """What a template names."""

    fields: frozenset[str]
    """Of the record, or of the item that the letter is about."""
    items: Mapping[str, frozenset[str]]
    """Items that it goes through, to what it names of each."""
    problems: tuple[str, ...]
    """What is not permitted in it, in words."""


def written(template: str, values: Mapping[str, object]) -> str:
    """The text of a template with ``values``, without empty lines at its ends.

    Raises:
        EmptyFieldError: If a field that it needs is empty.
        LetterError: If it says what is not permitted, or too much.
    """
    if problems := named(template).problems:
        raise LetterError("\n".join(problems))
    parts: list[str] = []
    size = 0
    try:
        for part in _environment().from_string(template).generate(dict(values)):
            parts.append(part)
            size += len(part)
            if size > MOST_LETTERS:
                raise LetterError(_("The letter would be too long. Write a shorter template."))
    except TemplateError as error:
        raise EmptyFieldError(error.message) from error
    return clean("".join(parts)).strip()


def named(template: str) -> Named:
    """What a template names, and what in it is not permitted."""
    try:
        tree = _environment().parse(template)
    except TemplateSyntaxError as error:
        line = _("Line {line}: {reason}").format(line=error.lineno, reason=error.message)
        return Named(frozenset(), {}, (line,))
    loops = dict(filter(None, map(_goes, tree.find_all(nodes.For))))
    fields: set[str] = set()
    items: dict[str, set[str]] = {item: set() for item in loops.values()}
    problems = []
    for node, above in _every(tree):
        match node:
            case nodes.Getattr(node=nodes.Name(name=name), attr=field) if name in loops:
                items[loops[name]].add(field)
            case nodes.Name(name=name) if isinstance(above, nodes.Getattr | nodes.For):
                pass  # told with what stands around it
            case nodes.Name(name=name) if name not in loops:
                fields.add(name)
            case nodes.For() if _goes(node):
                pass
            case nodes.Getattr() if isinstance(above, nodes.For) and _goes(above):
                pass
            case nodes.Name() | nodes.Getattr() | nodes.For():
                problems.append(node.lineno)
            case _ if not isinstance(node, _PERMITTED):
                problems.append(node.lineno)
    unknown = _("Line {line}: letters know fields, if and for over items only")
    return Named(
        frozenset(fields),
        {item: frozenset(names) for item, names in items.items()},
        tuple(unknown.format(line=line) for line in dict.fromkeys(problems)),
    )


def is_draft(template: str) -> bool:
    """Whether a template begins with a comment: it is kept for a translator to look at.

    What goes out never shows it.
    """
    return template.startswith("{#")


def _goes(loop: nodes.For) -> tuple[str, str] | None:
    """The variable and the item of a loop that goes once through the items of one kind.

    A loop within a loop, or one that does more, is not permitted.
    """
    inner = any(True for _loop in loop.find_all(nodes.For))
    if inner or loop.recursive or loop.test or loop.else_:
        return None
    match loop.target, loop.iter:
        case nodes.Name(name=name), nodes.Getattr(node=nodes.Name(name="items"), attr=item):
            return name, item
    return None


def _every(node: nodes.Node) -> Iterator[tuple[nodes.Node, nodes.Node]]:
    """Each part of a template with the part around it."""
    for child in node.iter_child_nodes():
        yield child, node
        yield from _every(child)


@cache
def _environment() -> _Environment:
    environment = _Environment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    for names in (environment.filters, environment.tests, environment.globals):
        names.clear()
    return environment
