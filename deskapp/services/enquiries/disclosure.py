"""How much may be said to somebody: computed from the kinds of detail that were checked.

Source: enquiries sheet, section 4; the kinds and the levels are data, in
``data/reference/identity.toml``. Only kinds are ever kept, never what somebody answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from deskapp.services import worded
from deskapp.services.lists import Disclosure
from deskapp.services.worded import Items

_FILE = "identity.toml"


class Tried(StrEnum):
    """What came of asking for one kind of detail."""

    MATCHED = "yes"
    MATCHED_AGAIN = "again"
    """At the second try; the first counts as failed."""
    FAILED = "no"


@dataclass(frozen=True)
class Rules:
    """What the levels need."""

    failed_tries: int
    limited: frozenset[str]
    further_for_case: int


Checks = Mapping[str, Tried]
"""What was asked for: kind of detail -> what came of it."""


@cache
def kinds() -> Items:
    """The kinds of detail, in the order they are asked for."""
    return worded.items(worded.read(_FILE))


@cache
def rules() -> Rules:
    """The levels' rules."""
    said = worded.read(_FILE)
    return Rules(said["failed_tries"], frozenset(said["limited"]), said["further_for_case"])


def read(text: str) -> dict[str, Tried]:
    """The checks of a form, written as ``case_ref:yes birth_date:no``.

    What this desk does not know is left out: it cannot raise the level.
    """
    pairs = (pair.partition(":") for pair in text.split())
    return {
        code: Tried(tried)
        for code, _colon, tried in pairs
        if code in kinds() and tried in frozenset(Tried)
    }


def written(checks: Mapping[str, str]) -> str:
    """Checks as a form keeps them; kinds that were not asked for are left out."""
    return " ".join(f"{code}:{tried}" for code, tried in checks.items() if tried)


def matched(checks: Checks) -> list[str]:
    """The kinds that matched."""
    return [code for code, tried in checks.items() if tried is not Tried.FAILED]


def unconfirmed(checks: Checks) -> bool:
    """Whether so many tries failed that the identity is not confirmed."""
    failed = sum(tried is not Tried.MATCHED for tried in checks.values())
    return failed >= rules().failed_tries


def level(checks: Checks, *, restricted: bool, authorised: bool) -> Disclosure:
    """How much may be said.

    Args:
        checks: What was asked for.
        restricted: Whether a marker of the person or the case forbids saying anything.
        authorised: Whether the person speaks for themselves or may speak for somebody else.
    """
    if restricted:
        return Disclosure.RESTRICTED
    agreed = frozenset(matched(checks))
    if unconfirmed(checks) or not authorised or not rules().limited <= agreed:
        return Disclosure.GENERAL
    if len(agreed - rules().limited) >= rules().further_for_case:
        return Disclosure.CASE
    return Disclosure.LIMITED


def asked(checks: Checks) -> str:
    """The kinds that were asked for, in words; without what came of each."""
    return words(checks)


def words(codes: Iterable[str]) -> str:
    """Kinds as people read them."""
    return ", ".join(kinds().label(code) for code in codes)
