"""What officers are shown: the shipped content, and beside it what this site wrote and approved.

A local item never takes the place of a shipped one: its id begins with ``local:``. Heavy at first
asking, then kept until something local changes: not for the thread that draws.
Source: knowledge sheet, section 6 (8).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp.services.knowledge import entry, indexed, library, local_texts, search
from deskapp.services.knowledge.content import LOCAL, Article, Library, Script
from deskapp.services.knowledge.local_texts import Texts

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.knowledge.index import Index

_LIVE = "SELECT id, live_version FROM kb_item WHERE live_version > 0 ORDER BY id"
_TEXT = (
    "SELECT i.item, i.kind, v.text, v.welsh FROM kb_item i JOIN kb_version v ON v.item_id = i.id"
    " WHERE i.{by} = ? AND v.version = ? AND v.text != '' ORDER BY v.hlc DESC, v.desk DESC LIMIT 1"
)


@dataclass(frozen=True)
class Shelf:
    """Everything an officer may find, with what searches it."""

    library: Library
    indexes: tuple[Index, ...]
    """The first is that of the shipped content."""


class _Kept(NamedTuple):
    live: tuple[tuple[str, int], ...]
    shelf: Shelf


_lock = threading.Lock()
_kept: dict[str, _Kept] = {}
"""The last shelf, under one name: rows of two stores never have the same ids."""


def read(connection: Connection) -> Shelf:
    """The shelf as it stands; what is local and unchanged is not read again."""
    live = tuple((row[0], row[1]) for row in connection.execute(_LIVE).fetchall())
    with _lock:
        kept = _kept.get("")
        if kept is None or kept.live != live:
            kept = _kept[""] = _Kept(live, _made(connection, live))
        return kept.shelf


def library_at(connection: Connection, versions: Iterable[tuple[str, int]]) -> Library:
    """The content with local items as they were: a walk that was begun goes on with its own.

    Args:
        connection: To read from.
        versions: Ids, shipped ones too, with the versions that are wanted; what this desk does not
            have stays as it is now.
    """
    scripts = dict(read(connection).library.scripts)
    for item_id, version in versions:
        if item_id.startswith(LOCAL):
            found = _item(connection, "item", item_id.removeprefix(LOCAL), version)
            if isinstance(found, Script):
                scripts[item_id] = found
    return replace(read(connection).library, scripts=scripts)


def library_of(*items: Article | Script) -> Library:
    """Nothing but these items."""
    return Library(
        articles={item.id: item for item in items if isinstance(item, Article)},
        scripts={item.id: item for item in items if isinstance(item, Script)},
    )


def _made(connection: Connection, live: Iterable[tuple[str, int]]) -> Shelf:
    shipped = library.shipped()
    found = [_item(connection, "id", row_id, version) for row_id, version in live]
    items = [item for item in found if item]
    if not items:
        return Shelf(shipped, (search.shipped(),))
    local = library_of(*items)
    joined = replace(
        shipped,
        articles={**shipped.articles, **local.articles},
        scripts={**shipped.scripts, **local.scripts},
    )
    first = search.shipped()
    return Shelf(joined, (first, indexed.of(entry.of(local), beside=first)))


def _item(connection: Connection, by: str, name: str, version: int) -> Article | Script | None:
    """One local item of one version under its local id; None where its text cannot be read."""
    row = connection.execute(_TEXT.format(by=by), (name, version)).fetchone()
    if row is None:
        return None
    item_id, kind, text, welsh = row
    made = local_texts.read(kind, item_id, Texts(text, welsh)).item
    return local_texts.live(made, LOCAL + item_id) if made else None
