"""What a step of a script is made of. Source: knowledge sheet, section 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from deskapp.services.knowledge.parts import Words


class NodeKind(StrEnum):
    """What a step of a script does."""

    SAY = "say"
    ASK = "ask"
    CHOICE = "choice"
    CHECK = "check"
    SIGNPOST = "signpost"
    ESCALATE = "escalate"
    END = "end"


@dataclass(frozen=True)
class Option:
    """One answer to a choice."""

    key: str
    label: Words
    next: str = ""
    goto_script: str = ""
    """Exactly one of these two is given."""
    set: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Test:
    """The question of a check: a field and one thing asked about it."""

    __test__ = False  # not one of pytest's

    field: str
    name: str
    """eq, in, missing, before, after or age_days_over."""
    value: Any
    """Text; texts; true or false; a day or days from today (twice); days."""


@dataclass(frozen=True)
class Node:
    """One step of a script; which fields count depends on its kind."""

    id: str
    kind: NodeKind
    say: Words = field(default_factory=dict)
    reply: Words = field(default_factory=dict)
    must_say: bool = False
    next: str = ""
    goto_script: str = ""
    collect: str = ""
    """The field that an ask fills, as ``enquiry.<name>``."""
    pattern: str = ""
    """Regular expression that the whole answer must match."""
    choices: tuple[tuple[str, Words], ...] = ()
    """Of an ask: values that are offered, with their labels."""
    required: bool = True
    options: tuple[Option, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    test: Test | None = None
    then: str = ""
    otherwise: str = ""
    """``else`` in the file."""
    article: str = ""
    contact: Words = field(default_factory=dict)
    to: str = ""
    """Role that an escalate names."""
    urgency: str = ""
    """now, today or soon."""
    outcome: str = ""
    result: str = ""
    follow_up_days: int = 0
    summary: Words = field(default_factory=dict)

    def targets(self) -> tuple[str, ...]:
        """Ids of the nodes that may come next."""
        after = (self.next, self.then, self.otherwise, *(each.next for each in self.options))
        return tuple(dict.fromkeys(filter(None, after)))

    def scripts(self) -> tuple[str, ...]:
        """Ids of the scripts that may come next."""
        after = (self.goto_script, *(option.goto_script for option in self.options))
        return tuple(dict.fromkeys(filter(None, after)))

    def texts(self) -> Iterator[tuple[str, Words]]:
        """Every text of the node in both languages, with the name of its field."""
        for name in ("say", "reply", "contact", "summary"):
            if getattr(self, name):
                yield name, getattr(self, name)
        for option in self.options:
            yield f"option {option.key}", option.label
        for value, label in self.choices:
            yield f"options {value}", label
