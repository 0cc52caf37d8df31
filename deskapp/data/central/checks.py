"""Whether what central keeps holds together, and how it stands. Reads only.

Source: design sheet of sync, sections 10 (I1, I7, I11) and 13 (S12).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deskapp.data.central import audit
from deskapp.data.central.connect import Central, central_errors
from deskapp.i18n import N_


class Fault(NamedTuple):
    """Something that does not hold."""

    check: str
    """A word for programs."""
    text: str
    """Untranslated."""
    where: str
    """Ids and numbers, never values."""


class Status(NamedTuple):
    """How central stands, in counts."""

    central_id: str
    schema_ver: str
    desks: int
    blocked: int
    waiting: int
    """Changes that were sent and not merged yet."""
    conflicts: int
    quarantined: int


_QUESTIONS = (
    (
        "feed",
        N_("A row differs from what desks are sent of it"),
        "SELECT i.home_site || ' ' || i.tbl || ' ' || i.id FROM item AS i LEFT JOIN feed AS f"
        " ON f.tbl = i.tbl AND f.row_id = i.id"
        " AND f.stream IN ('S:' || i.home_site, 'S:' || i.home_site || '.R')"
        " WHERE i.whole AND (f.op IS DISTINCT FROM 'P' OR (f.doc->>'rev')::bigint <> i.rev"
        " OR f.doc->'fields' <> i.fields)",
    ),
    (
        "head",
        N_("A stream ends elsewhere than it says"),
        "SELECT s.stream FROM sync_stream AS s LEFT JOIN feed AS f ON f.stream = s.stream"
        " GROUP BY s.stream, s.head HAVING coalesce(max(f.seq), 0) > s.head",
    ),
    (
        "inbox",
        N_("Changes of a desk have a gap"),
        "SELECT desk_id FROM sync_inbox GROUP BY desk_id"
        " HAVING max(seq) - min(seq) + 1 <> count(*)",
    ),
)


def faults(central: Central) -> Iterator[Fault]:
    """Everything that does not hold; nothing when all is well.

    Raises:
        CentralError: If the login may not look, or central cannot be reached.
    """
    with central_errors(), central.transaction(), central.cursor() as cursor:
        for site, n in list(audit.breaks(cursor)):
            yield Fault("audit", N_("The record of what was done was changed"), f"{site} {n}")
        for check, text, question in _QUESTIONS:
            for (where,) in cursor.execute(question).fetchall():
                yield Fault(check, text, f"{where}")


def status(central: Central) -> Status:
    """How central stands.

    Raises:
        CentralError: If the login may not look, or central cannot be reached.
    """
    with central_errors():
        row = central.execute(
            "SELECT central_id, schema_ver, (SELECT count(*) FROM sync_desk),"
            " (SELECT count(*) FROM sync_desk WHERE status = 'blocked'),"
            " (SELECT count(*) FROM sync_inbox AS i JOIN sync_desk AS d USING (desk_id)"
            "  WHERE i.seq > d.applied_seq),"
            " (SELECT count(*) FROM item WHERE tbl = 'conflict' AND fields->>'resolved_at' = ''),"
            " (SELECT count(*) FROM quarantine WHERE released_at IS NULL)"
            " FROM sync_central"
        ).fetchone()
    assert row is not None
    return Status(*row)
