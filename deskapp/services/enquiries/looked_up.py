"""Which articles and scripts were used in a contact: with the draft, and with the saved contact.

Source: enquiries sheet, section 2 (articles); knowledge sheet, section 4.
"""

from __future__ import annotations

import json
from typing import NamedTuple

VALUE = "articles"
"""Name of the value in the draft of a contact."""


class LookedUp(NamedTuple):
    """An article or script that was read, copied or put in."""

    id: str
    version: int


def added(kept: str, item_id: str, version: int) -> str:
    """The value of the draft with one more; each item and version stands there once."""
    return " ".join(dict.fromkeys([*kept.split(), f"{item_id}@{version}"]))


def of_draft(kept: str) -> tuple[LookedUp, ...]:
    """The items of a draft, in the order they were looked up."""
    parts = (each.rpartition("@") for each in kept.split())
    return tuple(LookedUp(name, int(version)) for name, _at, version in parts)


def stored(kept: str) -> str:
    """The value of a draft as it is stored with the contact."""
    return json.dumps([each._asdict() for each in of_draft(kept)])


def of_contact(text: str) -> tuple[LookedUp, ...]:
    """The items of a saved contact; a desk that kept ids alone knew no version."""
    return tuple(
        LookedUp(each["id"], each["version"]) if isinstance(each, dict) else LookedUp(each, 0)
        for each in json.loads(text)
    )
