"""An entry as it is ranked: what is kept of it in an index, unpacked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from deskapp.services.knowledge.packing import PER_MILLE


@dataclass(slots=True)
class Doc:
    """An entry as it is ranked."""

    id: str
    key: str
    language: str
    kind: str
    title: str
    phrases: list[tuple[str, tuple[str, ...]]]
    """The title and each of the users' words: as written, and as stems."""
    in_phrases: dict[str, tuple[int, ...]]
    """Stem -> numbers of the phrases it stands in."""
    weights: list[float]
    """What all words of each phrase count; filled when first asked for."""
    strength: dict[str, float]
    """Stem -> how much the entry is about it, below 1."""
    links: tuple[str, ...]
    safety: bool
    staff: bool
    review_by: dt.date
    local: bool


def unpacked(item: str, language: str, body: Mapping[str, Any]) -> Doc:
    """An item in one language, of what ``packing`` kept of it."""
    safety, staff, local = body["flags"]
    stems_of = [tuple(map(intern, stems.split())) for stems in body["stems"]]
    phrases = list(zip(body["phrases"], stems_of, strict=True))
    in_phrases: dict[str, tuple[int, ...]] = {}
    for number, (_text, stems) in enumerate(phrases):
        for word in dict.fromkeys(stems):
            in_phrases[word] = (*in_phrases.get(word, ()), number)
    strength: dict[str, float] = {}
    for each, words in body["strength"].items():
        strength |= dict.fromkeys(map(intern, words.split()), int(each) / PER_MILLE)
    return Doc(
        id=item,
        key=body["key"],
        language=language,
        kind=body["kind"],
        title=body["title"],
        phrases=phrases,
        in_phrases=in_phrases,
        weights=[],
        strength=strength,
        links=tuple(body["links"]),
        safety=safety,
        staff=staff,
        review_by=dt.date.fromisoformat(body["review_by"]),
        local=local,
    )
