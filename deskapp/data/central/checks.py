"""Whether what central keeps holds together, and how it stands. Reads only.

Source: design sheet of sync, sections 10 (I1, I7, I11) and 13 (S12).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deskapp.data.central import audit
from deskapp.data.central.connect import Central, central_errors
from deskapp.errors import CentralError
from deskapp.i18n import N_, _


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


_ANOTHER = N_("The record of what was done is another than when its end was kept")
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


def heads(central: Central) -> list[str]:
    """Where the record of what was done ends for each site, a line each; for ``faults``.

    Raises:
        CentralError: If the login may not look, or central cannot be reached.
    """
    with central_errors(), central.cursor() as cursor:
        return [
            json.dumps({"site": site, "n": head.n, "hash": head.hash.hex()})
            for site, head in audit.heads(cursor)
        ]


def _read_head(line: str) -> tuple[str, audit.Head]:
    """A line of ``heads``.

    Raises:
        CentralError: If it is none.
    """
    try:
        told = json.loads(line)
        return f"{told['site']}", audit.Head(int(told["n"]), bytes.fromhex(told["hash"]))
    except (ValueError, KeyError, TypeError):
        raise CentralError(
            _("This is not what deskapp central heads has printed. Nothing was checked.")
        ) from None


def faults(central: Central, kept: Iterable[str] = ()) -> Iterator[Fault]:
    """Everything that does not hold; nothing when all is well.

    Args:
        central: Speaks as the owner.
        kept: Lines that ``heads`` gave at any time before; whoever owns the database could write
            all chains anew, but not these.

    Raises:
        CentralError: If the login may not look, central cannot be reached, or a line is none.
    """
    known = [_read_head(line) for line in kept if line.strip()]
    with central_errors(), central.transaction(), central.cursor() as cursor:
        for site, n in list(audit.breaks(cursor)):
            yield Fault("audit", N_("The record of what was done was changed"), f"{site} {n}")
        for site, head in known:
            if not audit.holds(cursor, site, head):
                yield Fault("heads", _ANOTHER, f"{site} {head.n}")
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
