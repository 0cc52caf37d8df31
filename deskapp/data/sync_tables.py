"""The rows of the exchange on the desk: how far it has read, what waits, what clashed.

Source: design sheet of sync, sections 4 and 5 (conflict).
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from deskapp.data.tables import Synced, safe


class SyncCursor(SQLModel, table=True):
    """How far this desk has read one stream."""

    __tablename__ = "sync_cursor"
    stream: str = Field(primary_key=True)
    seq: int
    mark: str
    """Random token of that place; another one there means that central went back in time."""
    staged_seq: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Where the stream ended when the rows that wait were fetched; 0 when none waits."""
    staged_mark: str = Field(default="", sa_column_kwargs={"server_default": ""})


class PullStage(SQLModel, table=True):
    """A row that was fetched and not yet taken in; a cut leaves it for the next run."""

    __tablename__ = "pull_stage"
    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    tbl: str
    row_id: str
    op: str
    """``P`` put, ``R`` no longer ours to see, ``X`` erased."""
    doc: str = Field(sa_column=Column(Text(), nullable=False))


class SyncRun(SQLModel, table=True):
    """How one exchange went; counts only."""

    __tablename__ = "sync_run"
    started_at: str = Field(primary_key=True)
    ended_at: str
    who: str
    """The officer who asked for it; empty for the timer."""
    pushed: int
    applied: int
    pulled: int
    conflicts: int
    quarantined: int
    skew_ms: int
    central_at: str
    """Instant by central's clock; empty when it did not answer."""
    applied_seq: int
    """Changes of this desk up to here were merged at central then."""
    outcome: str
    """``done``, or the code of what stopped it."""


class Conflict(Synced, table=True):
    """Two values of one field that were written without knowing of each other.

    Central opens it, a person closes it; the decision travels as any other change.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        Index("conflict_by_open", "resolved_at", "opened_at", "id"),
        Index("conflict_by_row", "row_id"),
        Index("conflict_by_kind", "kind", "tbl"),
    )
    tbl: str
    row_id: str
    field: str
    kind: str
    """``field``, ``event``, ``claim`` or ``reference``."""
    losing: str = Field(default="null", sa_column=safe(default="null"))
    """JSON of the value that did not stand."""
    losing_by: str = ""
    losing_desk: str = ""
    losing_at: str = ""
    winning: str = Field(default="null", sa_column=safe(default="null"))
    winning_by: str = ""
    winning_desk: str = ""
    winning_at: str = ""
    opened_at: str
    resolved_by: str = ""
    resolved_at: str = ""
    """Instant; empty while nobody has decided."""
    resolution: str = ""
    """``kept`` what stands, or ``restored`` what had lost."""
