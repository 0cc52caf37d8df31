"""Who takes part in a hearing, as its list names them: of a masked person the masked name."""

from __future__ import annotations

import json
from typing import NamedTuple

from deskapp.text import fold, one_line

WHOLE_CASE = ""
"""Key of a need that is nobody's in particular."""


class PartyLine(NamedTuple):
    """One party."""

    key: str
    """What their needs and attendance are kept under: the folded name."""
    role: str
    """As the list has it; empty when it gives none."""
    name: str
    masked: bool
    custody: bool

    @property
    def words(self) -> str:
        """The party as it is read out."""
        return ": ".join(filter(None, (self.role, self.name)))


def key_of(name: str) -> str:
    """What a party of this name is kept under."""
    return " ".join(fold(name).split())


def read(stored: str) -> list[PartyLine]:
    """The parties of a hearing as its row keeps them, each name once."""
    found: dict[str, PartyLine] = {}
    for each in json.loads(stored or "[]"):
        name = one_line(str(each.get("name", "")))
        key = key_of(name)
        if key:
            line = PartyLine(
                key,
                one_line(str(each.get("role", ""))),
                name,
                bool(each.get("masked")),
                bool(each.get("custody")),
            )
            found.setdefault(key, line)
    return list(found.values())
