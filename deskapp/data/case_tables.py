"""The rows of casework: what is written down of a case, and what is worked out from it.

A case is the fold of its events. ``case_record`` holds what no event says; ``case_state`` and
``case_item`` hold what the fold gave, so that a list need not fold (registry: ``derived``).
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from deskapp.data.tables import Event, Synced, safe


class CaseRecord(Synced, table=True):
    """One thing being followed: its name, its family and who looks after it."""

    __tablename__ = "case_record"  # CASE alone is a word of SQL
    __table_args__ = (
        Index("case_record_by_family", "family_id"),
        Index("case_record_by_ref", "ref_key"),
    )
    ref: str
    ref_key: str
    """The reference without its hyphens."""
    scheme: str
    family_id: str
    """Id of the first case of the family; cases that actions open belong to it."""
    owner_id: str
    """The officer who looks after it."""
    external_refs: str = Field(default="", sa_column=safe())
    """What other systems call it, as typed."""
    created_at: str


class CaseEvent(Event, table=True):
    """One thing that was done with a case; ``services.casework.events`` says what it means."""

    __tablename__ = "case_event"
    __table_args__ = (Index("case_event_by_family", "family_id", "hlc"),)
    family_id: str
    case_id: str
    kind: str
    roles: str = Field(default="", sa_column=safe())
    """What the officer was then, parted by spaces."""
    what: str = Field(default="", sa_column=safe())
    version: int = 0
    answers: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of field name to value."""
    note: str = Field(default="", sa_column=safe())
    name: str = Field(default="", sa_column=safe())
    outcome: str = Field(default="", sa_column=safe())
    due: str = Field(default="", sa_column=safe())
    child_id: str = ""
    parent_id: str = ""


class SchemeFile(Synced, table=True):
    """One version of a scheme that was installed here, or came from another desk."""

    __tablename__ = "scheme_file"
    scheme: str
    version: int
    body: str = Field(sa_column=safe())
    """The file as it was installed, TOML."""
    letters: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of name to text: the letter templates that came with it."""
    installed_by: str
    installed_at: str


class PurgeLog(Event, table=True):
    """That a row was erased, by what rule and by which two people; nothing about anybody.

    Source: design sheet of sync, section 7.
    """

    __tablename__ = "purge_log"
    tbl: str
    row_id: str
    ref: str
    """The reference that the record had."""
    scheme: str
    version: int
    """Its retention rule was the one of this version of the scheme."""
    closed_at: str
    proposed_by: str
    """The officer who proposed it; ``officer_id`` confirmed it."""
    proposed_at: str


class CaseState(SQLModel, table=True):
    """How a case stands until ``turns_key``; worklists read nothing else."""

    __tablename__ = "case_state"
    __table_args__ = (
        Index("case_by_due", "live", "due_key", "priority", "ref_key"),
        Index("case_by_list", "list", "due_key", "priority", "ref_key"),
        Index("case_by_owner", "owner_id", "live", "due_key", "priority", "ref_key"),
        Index("case_by_scheme", "scheme", "live", "due_key", "priority", "ref_key"),
        Index("case_by_family", "family_id"),
        Index("case_by_turn", "turns_key"),
        Index("case_by_destroy", "destroy_key"),
        Index(
            "case_by_conflict",
            "due_key",
            "priority",
            "ref_key",
            sqlite_where=text("conflicts > 0"),
        ),
    )
    id: str = Field(primary_key=True)
    family_id: str
    ref: str
    ref_key: str
    scheme: str
    version: int
    stage: str
    list: str
    """``todo`` or ``waiting``; ``done`` when nothing is left to do."""
    live: bool
    """Something is left to do."""
    owner_id: str
    title: str = Field(default="", sa_column=safe())
    """Whom or what it is about; never a sensitive field."""
    external_refs: str = Field(default="", sa_column=safe())
    priority: str
    """As it is sorted: what has none comes last."""
    due: str
    """Local day, or instant; empty when nothing is due."""
    due_key: str
    """Stamp of the moment from which it is overdue; text order is the order of the list."""
    soon_key: str
    """Stamp of the moment from which it is near."""
    conflicts: int
    opened_at: str
    closed_at: str
    """Empty while it is open."""
    turns_key: str
    """Stamp of the moment from which time alone may change it: till then this row is right."""
    destroy_key: str
    """Stamp of the moment from which it may be disposed of, if nothing holds it."""
    case_keys: str = Field(default="", sa_column=safe())
    """Court cases that it is about, parted by spaces: letters and digits of their references."""


class CaseItem(SQLModel, table=True):
    """How an item of a case stands."""

    __tablename__ = "case_item"
    __table_args__ = (
        Index("case_item_by_due", "open", "due_key", "id"),
        Index("case_item_by_family", "family_id"),
        # A diary reads what ends after its first day, never the years before.
        Index("case_item_by_end", "ends_key", "starts_key", sqlite_where=text("ends_key <> ''")),
    )
    id: str = Field(primary_key=True)
    """The same on every desk that opens it (``item_id``)."""
    family_id: str
    case_id: str
    name: str
    template: str
    status: str
    open: bool
    outcome: str = Field(default="", sa_column=safe())
    about: str = Field(default="", sa_column=safe())
    """The first of its own texts, which tells it from others of its kind."""
    due: str
    due_key: str
    starts_key: str = Field(default="", sa_column=safe())
    """Stamp of the moment from which an open booking takes somebody or a room; else empty."""
    ends_key: str = Field(default="", sa_column=safe())
    """Stamp of the moment until which it does."""
    answers: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of what an open booking says; nothing sensitive but whom it takes."""
