"""The rows of the complaints desk: what was logged, what was done since, and what follows from it.

A complaint is the fold of its events. ``complaint`` is written once, when it is logged;
``complaint_state`` and ``complaint_stage`` hold what the fold gave, so that lists and reports need
not fold. Source: complaints sheet, section 2.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from deskapp.data.tables import Event, safe


class Complaint(Event, table=True):
    """A complaint as it was logged; what changed since stands in its events."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("complaint_by_ref", "ref_key"),
        Index("complaint_by_person", "person_id", "id"),
        Index("complaint_by_case", "case_key"),
        Index("complaint_by_phone", "phone_key"),
        Index("complaint_by_email", "email_key"),
        Index("complaint_by_name", "name_key"),
        Index("complaint_by_source", "from_table", "from_id"),
    )
    ref: str
    """Not unique: two desks may have made the same; the later one then gets a new one (alias)."""
    ref_key: str
    site: str
    """The handling office."""
    nation: str
    received_at: str
    """When it first reached any HMCTS channel."""
    channel: str
    jurisdiction: str
    case_ref: str = Field(default="", sa_column=safe())
    case_key: str = ""
    from_table: str = ""
    """Table of the record that it grew from, such as ``contact``; empty for none."""
    from_id: str = ""
    person_id: str = ""
    """The person record of the complainant; empty when anonymous."""
    anonymous: bool = False
    person_name: str = Field(default="", sa_column=safe())
    """As typed on this complaint, as are the next four."""
    address: str = Field(default="", sa_column=safe())
    postcode: str = Field(default="", sa_column=safe())
    email: str = Field(default="", sa_column=safe())
    phone: str = Field(default="", sa_column=safe())
    phone_key: str = ""
    """Digits of the phone number, to find duplicates; as are the next two."""
    email_key: str = ""
    name_key: str = ""
    """Folded name and postcode; empty unless both were given."""
    user_type: str
    acting_for: str = Field(default="", sa_column=safe())
    """On whose behalf a third party complains; empty when for themselves."""
    authority: str = ""
    needs: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of codes, as on a contact."""
    language: str = "unknown"
    summary: str = Field(sa_column=safe())
    details: str = Field(sa_column=safe())
    categories: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of codes, the main one first."""
    also: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object: answers to what the categories ask besides, ``CODE.name`` to value."""
    severity: str
    outcome_sought: str = Field(default="[]", sa_column=safe(default="[]"))
    loss: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object: pence, what for, evidence held, directly caused; empty when none is claimed."""
    about_staff: str = Field(default="", sa_column=safe())
    """For the author, the owner and team leaders only, and never for who is named in it."""
    flags: str = Field(default="[]", sa_column=safe(default="[]"))
    dues: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of the due date of stage 1, as ``deadlines.StageDue`` writes it."""


class ComplaintEvent(Event, table=True):
    """One thing that was done with a complaint; ``services.complaints.events`` says what it is."""

    __tablename__ = "complaint_event"
    __table_args__ = (Index("complaint_event_by_complaint", "complaint_id", "hlc"),)
    complaint_id: str
    stage: int = 0
    """The stage it was meant for, 1 to 3; 0 when it is about the complaint as a whole."""
    code: str
    role: str = ""
    """What the officer was then."""
    seen_hlc: int = 0
    """Clock of the newest event that the desk had of this complaint: what came between is news."""
    note: str = Field(default="", sa_column=safe())
    data: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of name to value."""
    restricted: str = Field(default="", sa_column=safe())
    """As ``about_staff`` of the complaint: what is said of a member of staff."""


class ComplaintState(SQLModel, table=True):
    """How a complaint stands; worklists and Find read nothing else."""

    __tablename__ = "complaint_state"
    __table_args__ = (
        Index("complaint_state_by_ref", "ref_key"),
        Index("complaint_state_by_due", "live", "due_key", "ref_key", "id"),
        Index("complaint_state_by_owner", "owner_id", "live", "due_key", "ref_key", "id"),
        Index("complaint_state_by_status", "status", "received_at", "id"),
        Index("complaint_state_by_stage", "live", "stage", "due_key", "ref_key", "id"),
        Index("complaint_state_by_alert", "alert", "due_key", "ref_key", "id"),
        Index("complaint_state_by_conflict", "in_conflict", "due_key", "ref_key", "id"),
        Index("complaint_state_by_optic", "optic_todo", "received_at", "ref_key", "id"),
        Index("complaint_state_by_optic_ref", "optic_key"),
        Index("complaint_state_by_silence", "unacknowledged", "received_at", "ref_key", "id"),
        Index("complaint_state_by_received", "received_at", "id"),
        Index("complaint_state_by_destroy", "destroy_key"),
    )
    id: str = Field(primary_key=True)
    ref: str
    ref_key: str
    """Its reference now; the one it was logged under stays as an alias."""
    site: str
    nation: str
    status: str
    stage: int
    stage_status: str
    live: bool
    """It is open."""
    owner_id: str
    """Who looks after its last stage; empty for nobody, ``CIT`` for the investigations team."""
    logged_by: str
    severity: str
    category: str
    """The main one."""
    categories: str = Field(sa_column=safe())
    """All of them, parted by spaces, with one in front and behind."""
    flags: str = Field(sa_column=safe())
    """The same of its flags."""
    jurisdiction: str
    channel: str
    received_at: str
    received_on: str
    """London day."""
    due_on: str
    """Local day on which the last stage is due; empty before any date is known."""
    due_key: str
    """What lists are sorted by: the due date while an answer is owed, else behind all that are."""
    provisional: bool
    revised_on: str
    optic_status: str
    optic_ref: str = Field(sa_column=safe())
    optic_key: str
    optic_todo: bool
    """It is still to be entered in OPTIC."""
    alert: bool
    """A team leader must know of it and has not said yet that they do."""
    in_conflict: bool
    restricted: bool
    """Something is said of a member of staff."""
    person_id: str
    person_name: str = Field(sa_column=safe())
    summary: str = Field(sa_column=safe())
    closed_at: str
    """Empty while it is not at an end."""
    last_at: str
    """Device time of its newest event."""
    destroy_key: str
    """Local day of its last event once it is at an end, else behind every day."""
    unacknowledged: bool = Field(sa_column_kwargs={"server_default": text("0")})
    """Who complained is named, and has not heard yet that the complaint or request arrived."""


class ComplaintStage(SQLModel, table=True):
    """How one stage of a complaint stands; reports read it together with the state."""

    __tablename__ = "complaint_stage"
    __table_args__ = (
        Index("complaint_stage_by_complaint", "complaint_id", "number"),
        Index("complaint_stage_by_received", "received_on"),
        Index("complaint_stage_by_responded", "responded_on"),
        Index("complaint_stage_by_calendar", "answered", "calendar_version"),
    )
    id: str = Field(primary_key=True)
    """Id of the complaint, a colon and the number."""
    complaint_id: str
    number: int
    status: str
    answered: bool
    owner_id: str
    received_at: str
    received_on: str
    target_days: int
    due_on: str
    provisional: bool
    calendar_version: str
    acknowledged_at: str
    holding_at: str
    revised_on: str
    responded_at: str
    responded_on: str
    """London day; empty while it is not answered."""
    responded_by: str
    response_channel: str
    on_time: bool
    working_days: int
    """Taken; -1 while it is not answered."""
    outcome: str
    root_cause: str
    redress: str = Field(sa_column=safe())
    """Codes parted by spaces."""
    lateness: str = Field(sa_column=safe())


class ComplaintDiscard(SQLModel, table=True):
    """A form that was begun and thrown away; never leaves the desk, kept for a while."""

    __tablename__ = "complaint_discard"
    id: str = Field(primary_key=True)
    """The id that its draft had."""
    officer_id: str
    started_at: str
    discarded_at: str
    reason: str = Field(sa_column=safe())
    body: str = Field(default="{}", sa_column=safe(default="{}"))
