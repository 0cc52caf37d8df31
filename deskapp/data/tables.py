"""The rows of the store. A draft is checked by its service; a row only says how it is kept.

Columns shared by every synced table come from ``Synced`` and ``Event``; what travels, and how it is
merged, is declared in ``registry.py``. Instants are text as made by ``clock.stamp``.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from deskapp.data.columns import SafeText


def safe(*, default: str | None = "", nullable: bool = False) -> Column[str]:
    """A text column whose values pass the store's write gate."""
    return Column(SafeText(), nullable=nullable, server_default=default)


class Synced(SQLModel):
    """What every synced row carries."""

    id: str = Field(primary_key=True)
    home_site: str
    """Site that made the row; never changed."""
    sync_rev: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Central revision last merged; 0 when central has not sent the row."""


class Event(Synced):
    """A row that is written once; state is folded from events ordered by (hlc, desk)."""

    hlc: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Hybrid clock, set by the store at insert."""
    desk: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Desk that wrote the row, set by the store at insert."""
    at: str
    """Device clock when it was written; shown, never used for order."""
    officer_id: str
    """Who wrote it."""


class Officer(Synced, table=True):
    """A member of staff who uses this desk."""

    __tablename__ = "officer"
    name: str = Field(sa_column=safe())
    role: str
    scheme_roles: str = Field(default="", sa_column=safe())
    """Roles that casework schemes name, parted by spaces, beside the one of the app."""
    team: str = Field(default="", sa_column=safe())
    """What their team is called; empty without one."""


class Person(Synced, table=True):
    """Somebody who has been in contact; every part is as typed and may be empty."""

    __tablename__ = "person"
    full_name: str = Field(default="", sa_column=safe())
    phone: str = Field(default="", sa_column=safe())
    email: str = Field(default="", sa_column=safe())
    postcode: str = Field(default="", sa_column=safe())
    created_at: str


class Contact(Event, table=True):
    """One person reaching one officer once; written when its outcome is known, never before."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_by_time", "started_at", "id"),
        Index("contact_by_person", "person_id", "started_at", "id"),
        Index("contact_by_case", "case_key"),
        Index("contact_by_ref", "ref_key"),
    )
    ref: str
    ref_key: str
    """The reference without its hyphens."""
    site: str
    channel: str
    started_at: str
    ended_at: str
    wrapped_at: str
    handling_seconds: int
    suspect_time: bool = False
    """The clock went back or ran for over 12 hours: left out of averages."""
    user_type: str
    person_id: str | None = Field(default=None)
    person_name: str = Field(default="", sa_column=safe())
    """The name as typed on this contact."""
    phone: str = Field(default="", sa_column=safe())
    """As typed on this contact, as are the next two; the person may have other details."""
    email: str = Field(default="", sa_column=safe())
    postcode: str = Field(default="", sa_column=safe())
    case_ref: str = Field(default="", sa_column=safe())
    case_key: str = ""
    """Case reference as it is searched: letters and digits only."""
    topic: str
    subtopic: str = ""
    question: str = Field(default="", sa_column=safe())
    answer: str = Field(default="", sa_column=safe())
    disclosure: str
    language: str = "unknown"
    outcome: str
    extras: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of named values: what the outcome must add."""
    dissatisfied: str = "none"
    repeat_of: str | None = Field(default=None)
    dissatisfied_about: str = ""
    """Category of a complaint, when somebody was dissatisfied."""
    jurisdiction: str = ""
    acting_for: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object: for whom a third party speaks, and by what authority."""
    checked: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list: kinds of detail that were checked, never the answers."""
    needs: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of codes; ``none_stated`` is not the same as an empty list."""
    articles: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of what was opened, with its version."""
    markers_seen: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of the codes that stood on the screen."""
    hold_seconds: int = 0
    wrap_seconds: int = 0
    trail: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list: the scripts that were walked, with what was said and chosen."""


class ContactEvent(Event, table=True):
    """What was added to a contact after it was saved; the first text stays."""

    __tablename__ = "contact_event"
    __table_args__ = (Index("contact_event_by_contact", "contact_id", "hlc"),)
    contact_id: str
    code: str
    note: str = Field(default="", sa_column=safe())


class FollowUp(Synced, table=True):
    """Something promised about a record: a message passed on, an answer in writing."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("follow_up_by_due", "done_at", "due_on", "id"),
        Index("follow_up_by_record", "record_table", "record_id"),
    )
    record_table: str
    """Table of the record that it was promised on; any desk may promise something."""
    record_id: str
    kind: str
    what: str = Field(default="", sa_column=safe())
    due_on: str
    """Local day, ISO."""
    done_at: str = ""
    """Instant; empty while it is still to do."""
    done_by: str = ""


class Draft(SQLModel, table=True):
    """A form that is not finished: every key stroke ends here. Never leaves the desk."""

    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    form: str
    """Which form: ``contact`` and later desks' own."""
    officer_id: str
    started_at: str
    updated_at: str
    spent_seconds: int = 0
    """Seconds worked on it up to ``updated_at``, without time parked or after a crash."""
    parked: bool = False
    focus: str = ""
    """Name of the field that had the cursor."""
    body: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of field name to value."""


class LocalState(SQLModel, table=True):
    """Small things that this desk remembers, by name."""

    __tablename__ = "local_state"
    name: str = Field(primary_key=True)
    value: str = Field(default="", sa_column=safe())


class SyncState(SQLModel, table=True):
    """The one row that says who this desk is and how far its clock has ticked."""

    __tablename__ = "sync_state"
    id: int = Field(default=1, primary_key=True)
    desk_id: str
    site: str
    central_id: str | None = None
    schema_ver: str
    hlc: int = 0
    clock_offset_ms: int = 0
    applying: int = 0
    machine_mark: str = ""
    enrolled_at: str | None = None
    last_ok_at: str | None = None
    last_error: str | None = None


class Change(SQLModel, table=True):
    """One captured write, waiting for its exchange with the central database."""

    __tablename__ = "change_log"
    seq: int | None = Field(default=None, primary_key=True)
    change_id: str = Field(unique=True)
    txn: str
    hlc: int
    actor: str
    tbl: str
    row_id: str
    home_site: str
    op: str
    delta: str = Field(sa_column=Column(Text(), nullable=False))
    base_rev: int
    schema_ver: str
    wall_ms: int
    chain: bytes | None = Field(default=None, sa_column=Column(LargeBinary(), nullable=True))
    state: int = Field(default=0, index=True)
    delta_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary(), nullable=True))
    """Of the delta as it was written; set when it is sealed, and left when the row is erased."""
