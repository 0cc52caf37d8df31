"""What an import would do: which hearings are new, changed, moved or no longer listed.

Source: hearings sheet, section 6, rules 1 to 4.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, stamp
from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.hearings import standing
from deskapp.services.hearings.items import Item, ReadList, base_key, positions
from deskapp.services.hearings.matching import LISTED, Pair, matched, parties_text
from deskapp.text import compact

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

REMOVED = "removed_from_list"
_ROWS = uuid.UUID("5f0a4f0c-3d0f-5a7e-9d52-6d0f7c1b2e41")
"""Name space of the ids that two desks must make alike. Source: design sheet of sync, section 2."""
_UNSEEN = ("position",)
"""A hearing that only changed its place among others is the same to everybody."""


class Effect(StrEnum):
    """What an import does with a hearing."""

    NEW = "new"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


EFFECT_LABELS = {
    Effect.NEW: N_("New"),
    Effect.UPDATED: N_("Changed"),
    Effect.MOVED: N_("Moved"),
    Effect.UNCHANGED: N_("As it was"),
    Effect.REMOVED: N_("No longer listed"),
}


class DateRequiredError(DeskError):
    """The list does not say its day."""


class OlderListError(DeskError):
    """A newer version of the list was imported already."""


class Step(NamedTuple):
    """What happens to one hearing."""

    effect: Effect
    id: str
    """Of the hearing; for a new one made of its import key."""
    before: dict[str, Any]
    """What stands in the store; empty for a new one."""
    after: dict[str, Any]
    """What will stand there."""

    @property
    def changed(self) -> dict[str, Any]:
        """The fields that change, with what they were."""
        return {name: self.before[name] for name in self.after
                if self.before and self.before[name] != self.after[name]}  # fmt: skip


class Plan(NamedTuple):
    """Everything that an import would do."""

    listed: ReadList
    digest: str
    site: str
    days: list[str]
    steps: list[Step]
    again: bool
    """Whether this very file was the last import of this list."""

    def count(self, effect: Effect) -> int:
        """How many hearings it happens to."""
        return sum(step.effect is effect for step in self.steps)

    @property
    def counts(self) -> dict[str, int]:
        """What is reported of the import (rule 6)."""
        told = {effect.value: self.count(effect) for effect in Effect}
        rejected = self.listed.refused
        return {"read": len(self.listed.items) + rejected, **told, "rejected": rejected}


def plan(
    connection: Connection,
    listed: ReadList,
    digest: str,
    *,
    site: str,
    day: dt.date | None,
    user: User,
) -> Plan:
    """What importing the good items of a list would do now.

    Args:
        connection: The store.
        listed: The list as it was read.
        digest: Of its file.
        site: Key of the court.
        day: For items that do not say their day.
        user: Who asks.

    Raises:
        DateRequiredError: If an item says no day and none is given.
        OlderListError: If a newer version of the list was imported.
        NotAllowedError: If the role may not import lists.
    """
    roles.require(user, Act.IMPORT_LISTS)
    items = [item if item.day else item._replace(day=day) for item in listed.items]
    if not all(item.day for item in items):
        message = _("The list does not say its date. Give it with --date, like 2026-11-21.")
        raise DateRequiredError(message)
    days = sorted({str(item.day) for item in items})
    known = [row for each in days for row in standing.known(connection, site, each)]
    pairs = matched(items, known, listed.kind)
    newest = standing.newest(
        connection, site, listed.kind, {old["list_id"] for _new, old in pairs if old}
    )
    if newest and listed.published_at and newest["published_at"] > listed.published_at:
        message = _("A newer version of this list is in already. Nothing was changed.")
        raise OlderListError(message)
    steps = [
        _step(connection, site, item, position, old)
        for (item, old), position in zip(pairs, positions(items), strict=True)
    ]
    if not listed.refused:  # a row that was refused may be one that seems to be missing
        steps += _removed(pairs, known, listed.kind)
    again = newest is not None and newest["digest"] == digest
    return Plan(listed, digest, site, days, steps, again)


def _step(
    connection: Connection, site: str, item: Item, position: int, old: dict[str, Any] | None
) -> Step:
    after = _fields(item, position)
    if old is None:
        key = f"{site}\n{base_key(item)}\n{position}"
        return Step(
            Effect.NEW, standing.free_id(connection, str(uuid.uuid5(_ROWS, key))), {}, after
        )
    if old["list_state"] not in (LISTED, REMOVED):
        after["list_state"] = old["list_state"]  # what happened to it is not undone by a list
    step = Step(Effect.UNCHANGED, old["id"], old, after)
    changed = step.changed.keys() - set(_UNSEEN)
    if changed & {"room", "start", "house"}:
        return step._replace(effect=Effect.MOVED)
    return step._replace(effect=Effect.UPDATED) if changed else step


def _fields(item: Item, position: int) -> dict[str, Any]:
    assert item.day is not None  # plan() has asked
    starts_at = ""
    if item.start:
        starts_at = stamp(dt.datetime.combine(item.day, item.start, LONDON))
    taken = {name: getattr(item, name) for name in (
        "minutes", "house", "room", "case_ref", "case_name", "hearing_type", "description",
        "channel", "panel", "sequence", "note", "restricted", "restriction",
    )}  # fmt: skip
    return {
        **taken,
        "day": item.day.isoformat(),
        "start": item.start.isoformat("minutes") if item.start else "",
        "starts_at": starts_at,
        "case_key": compact(item.case_ref),
        "judiciary": json.dumps(item.judiciary, ensure_ascii=False),
        "parties": parties_text(item),
        "position": position,
        "list_state": LISTED,
    }


def _removed(pairs: list[Pair], known: list[dict[str, Any]], kind: str) -> list[Step]:
    """Hearings that stood on the lists which this one revises, and stand on it no longer.

    Two lists of one kind, such as civil and family, may be of one day: a list is only revised by
    one that has a hearing of it.
    """
    kept = {old["id"] for _item, old in pairs if old}
    revised = {old["list_id"] for _item, old in pairs if old and old["kind"] == kind}
    return [
        Step(Effect.REMOVED, row["id"], row, {"list_state": REMOVED})
        for row in known
        if row["list_id"] in revised and row["id"] not in kept and row["list_state"] == LISTED
    ]
