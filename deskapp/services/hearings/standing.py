"""What stands in the store before a list is imported.

Source: hearings sheet, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

FIELDS = (
    "day", "start", "starts_at", "minutes", "house", "room", "case_ref", "case_key", "case_name",
    "hearing_type", "description", "channel", "panel", "sequence", "judiciary", "note",
    "restricted", "restriction", "parties", "position", "list_state",
)  # fmt: skip
"""What a list says of a hearing."""


def known(connection: Connection, site: str, day: str) -> list[dict[str, Any]]:
    """Every hearing of a day at one court, with the kind of the list it stands on."""
    columns = ("id", "list_id", *FIELDS)
    rows = connection.execute(
        f"SELECT {', '.join(f'h.{name}' for name in columns)}, coalesce(l.kind, '')"
        " FROM hearing AS h LEFT JOIN hearing_list AS l ON l.id = h.list_id"
        " WHERE h.site = ? AND h.day = ? ORDER BY h.position, h.id",
        (site, day),
    ).fetchall()
    found = [dict(zip((*columns, "kind"), row, strict=True)) for row in rows]
    for row in found:
        row["restricted"] = bool(row["restricted"])
    return found


def newest(
    connection: Connection, site: str, kind: str, list_ids: Iterable[str]
) -> dict[str, str] | None:
    """The last import among the lists that hearings stood on; nothing when it is another list."""
    rows = [
        connection.execute(
            "SELECT imported_at, published_at, digest FROM hearing_list"
            " WHERE id = ? AND site = ? AND kind = ? AND undone_at = ''",
            (list_id, site, kind),
        ).fetchone()
        for list_id in sorted(list_ids)
    ]
    last = max((row for row in rows if row), default=None)
    return dict(zip(("imported_at", "published_at", "digest"), last, strict=True)) if last else None


def free_id(connection: Connection, wanted: str) -> str:
    """The id made of the key, another one where a hearing that was moved has taken it."""
    from deskapp.data.ids import new_id

    taken = connection.execute("SELECT 1 FROM hearing WHERE id = ?", (wanted,)).fetchone()
    return new_id() if taken else wanted
