"""The HMCTS-wide list of support flags: what somebody may need, and what the desk does about it.

Source: ``data/reference/support_flags.csv``; hearings sheet, section 4.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from deskapp import i18n
from deskapp.i18n import N_
from deskapp.services.local_files import SHIPPED

if TYPE_CHECKING:
    from deskapp.services.matching import Matcher

OTHER = "OT0001"
"""What the list does not have; its words are the value."""
WITH_LANGUAGE = frozenset({"PF0015", "RA0042"})
RESTRICTED = frozenset({"PF0004", "PF0021"})
"""Kept as restricted cases: a marker tells of them here, and their facts stay there."""
CASE_ITSELF = "CF"
"""How the codes of flags begin that are about the case and nobody's need."""


class Group(StrEnum):
    """What kind of need; the first two are never mixed with security flags."""

    ADJUSTMENT = "reasonable adjustment"
    MEASURE = "special measure"
    OTHER = "other"


GROUP_LABELS = {
    Group.ADJUSTMENT: N_("Reasonable adjustments"),
    Group.MEASURE: N_("Special measures, by direction of the court"),
    Group.OTHER: N_("Other needs"),
}


class Does(StrEnum):
    """What follows from a need."""

    BOOK = "book"
    """A booking of the interpreter desk."""
    ROOM = "room"
    """Something the room must have."""
    TEST = "test"
    """A link or a playback that is tested before."""
    ALERT = "alert"
    """Those in the room must know."""
    TICK = "tick"
    """A line to tick."""
    NOTHING = ""
    """It stays with the person."""


class Flag(NamedTuple):
    """One line of the list."""

    code: str
    parent: str
    name: str
    welsh_name: str
    group: Group
    hearing_relevant: bool
    comment_required: bool
    default_status: str
    action: str
    """As the list has it, such as ``room:screen``; empty for none."""

    @property
    def label(self) -> str:
        """Its name in the language in use; English where the list has no other."""
        return (i18n.language() == "cy" and self.welsh_name) or self.name

    @property
    def does(self) -> Does:
        """What the desk does about it."""
        head = self.action.partition(":")[0].partition("(")[0]
        if head.startswith("book_"):
            return Does.BOOK
        return _DOES.get(head, Does.TICK)

    @property
    def books(self) -> tuple[str, str]:
        """Kind of booking and its language, which may be empty; both are for what is no booking."""
        head, _colon, language = self.action.partition(":")
        kind = head.partition("(")[0]
        return (kind.removeprefix("book_"), language) if kind.startswith("book_") else ("", "")


_DOES = {
    "room": Does.ROOM,
    "equipment": Does.ROOM,
    "channel": Does.ROOM,
    "custody": Does.ROOM,
    "link_test": Does.TEST,
    "playback_test": Does.TEST,
    "alert": Does.ALERT,
    "": Does.NOTHING,
}


@cache
def flags() -> Mapping[str, Flag]:
    """Every flag by its code, headings too, in the order of the list."""
    with (SHIPPED / "support_flags.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: _flag(row) for row in csv.DictReader(file)})


def _flag(row: Mapping[str, str]) -> Flag:
    return Flag(
        code=row["code"],
        parent=row["parent"],
        name=row["name"],
        welsh_name=row["welsh_name"],
        group=Group(row["kind"]),
        hearing_relevant=row["hearing_relevant"] == "Y",
        comment_required=row["comment_required"] == "Y",
        default_status=row["default_status"],
        action=row["desk_action"],
    )


@cache
def headings() -> frozenset[str]:
    """Codes that only stand above others."""
    return frozenset(flag.parent for flag in flags().values())


def label(code: str) -> str:
    """What a code is called; the code itself where only a later list knows it."""
    flag = flags().get(code)
    return flag.label if flag else code


@cache
def _matcher() -> Matcher[Flag]:
    from deskapp.services.matching import Entry, Matcher

    return Matcher(
        Entry(flag, flag.code, tuple(filter(None, (flag.name, flag.welsh_name))))
        for flag in flags().values()
        if flag.code not in headings() | RESTRICTED
    )


def find(text: str) -> Sequence[Flag]:
    """The flags that words in either language, or a code, stand for; best first."""
    return _matcher().find(text)
