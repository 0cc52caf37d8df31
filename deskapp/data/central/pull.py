"""What a desk fetches: of each of its streams the rows behind its cursor, on one view of central.

Source: design sheet of sync, section 6 (PULL).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from deskapp.data.central.connect import Central, central_errors
from deskapp.data.central.hello import Cursor

PAGE = 5_000


class Fetched(NamedTuple):
    """A row of a feed."""

    stream: str
    seq: int
    tbl: str
    row_id: str
    op: str
    doc: str


class End(NamedTuple):
    """Where the streams ended when they were fetched, all on one view."""

    applied_seq: int
    """Everything of this desk up to here is in the rows that were fetched."""
    cursors: dict[str, Cursor]


Keep = Callable[[list[Fetched], End], None]
"""Stores a page, so that a cut costs one page."""


def pull(
    central: Central,
    desk_id: str,
    cursors: dict[str, Cursor],
    keep: Keep,
) -> End:
    """Fetch what is behind the cursors, a page at a time.

    Args:
        central: Speaks as a desk.
        desk_id: This desk.
        cursors: Of every stream that is read.
        keep: Called with each page.

    Raises:
        CentralError: If the connection is lost; the pages that were kept stay.
    """
    # One view: with a newer feed than applied_seq an edit of one's own would come back older.
    with central_errors(), central.transaction():
        end = _end(central, desk_id, list(cursors))
        for stream, cursor in cursors.items():
            for page in _pages(central, stream, cursor.seq):
                keep(page, end)
    return end


def _pages(central: Central, stream: str, after: int) -> Iterator[list[Fetched]]:
    page: list[Fetched] = []
    with (
        central.cursor() as cursor,
        cursor.copy(
            "COPY (SELECT stream, seq, tbl, row_id, op, doc::text FROM feed"
            " WHERE stream = %s AND seq > %s ORDER BY seq) TO STDOUT",
            (stream, after),
        ) as copy,
    ):
        copy.set_types(["text", "int8", "text", "text", "text", "text"])
        for row in copy.rows():
            page.append(Fetched(*row))
            if len(page) == PAGE:
                yield page
                page = []
    if page:
        yield page


def _end(central: Central, desk_id: str, streams: list[str]) -> End:
    with central.pipeline():
        central.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        applied = central.execute(
            "SELECT applied_seq FROM sync_desk WHERE desk_id = %s", (desk_id,)
        )
        heads = central.execute(
            "SELECT stream, head, mark FROM sync_stream WHERE stream = ANY(%s)", (streams,)
        )
        row, known = applied.fetchone(), {name: Cursor(*at) for name, *at in heads}
    return End(row[0] if row else 0, {name: known.get(name, Cursor(0, "")) for name in streams})
