"""What texts and scripts may name: dated facts, fields of the form, roles.

Source: knowledge sheet, sections 3 and 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.services.knowledge.parts import Words


@dataclass(frozen=True)
class Period:
    """What a fact was from one day on."""

    start: dt.date
    value: Words
    end: dt.date | None = None
    """The last day, where it is known."""


@dataclass(frozen=True)
class Fact:
    """A figure, phone number or address that texts use as ``{fact.<id>}``."""

    id: str
    unit: str
    source: str
    volatile: bool
    review_by: dt.date
    periods: tuple[Period, ...]
    disputed: bool = False
    """Sources differ: no value is shown until somebody confirms one."""
    seen: tuple[tuple[Words, str], ...] = ()
    """Of a disputed fact: what was seen, and in which source."""
    note: Words = field(default_factory=dict)
    confirmed_on: dt.date | None = None
    """When somebody made sure of it at its owner; None for what was only read somewhere."""


@dataclass(frozen=True)
class Extra:
    """Something a script collects that the contact form has no field for."""

    name: str
    kind: str
    """text, day, time, yes_no or choice."""
    label: Words
    options: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Fields:
    """What scripts may collect or set, and whom they may escalate to."""

    form: Mapping[str, str] = field(default_factory=dict)
    """Name in scripts -> value of the contact form."""
    extras: Mapping[str, Extra] = field(default_factory=dict)
    roles: Mapping[str, Words] = field(default_factory=dict)
    """Code of a role -> what it is called."""
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    """Name in scripts -> a value that scripts set -> how people read it."""

    def __contains__(self, name: str) -> bool:
        return name in self.form or name in self.extras
