"""The rows of the interpreter desk: who can be asked, who was asked for when, and what came of it.

Source: interpreter sheet, sections 3, 4 and 8.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field

from deskapp.data.tables import Event, Synced, safe


class Interpreter(Synced, table=True):
    """Somebody who can be asked for; no home address is kept."""

    __tablename__ = "interpreter"
    __table_args__ = (
        Index("interpreter_by_name", "name_key", "id"),
        Index("interpreter_listed", "active", "name_key", "id"),
        Index("interpreter_by_key", "key"),
        Index("interpreter_by_expiry", "active", "expires_on", "id"),
    )
    key: str
    """Who it is at every court: the registration without spaces, or the id where there is none."""
    name: str = Field(sa_column=safe())
    name_key: str
    """Folded, to sort and search."""
    supplier: str = Field(default="", sa_column=safe())
    kinds: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of kinds of bookings."""
    languages: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of codes of ``languages.csv``."""
    registration: str = Field(default="", sa_column=safe())
    """Register and number, such as ``NRPSI 12345``."""
    expires_on: str = ""
    """Local day of the registration's end; empty when it is not known."""
    gender: str = ""
    phone: str = Field(default="", sa_column=safe())
    email: str = Field(default="", sa_column=safe())
    note: str = Field(default="", sa_column=safe())
    active: bool = Field(default=True, sa_column_kwargs={"server_default": text("1")})


class InterpreterAway(Synced, table=True):
    """Days on which an interpreter is not available, both ends included."""

    __tablename__ = "interpreter_away"
    __table_args__ = (Index("interpreter_away_by_interpreter", "interpreter_id", "last_on"),)
    interpreter_id: str
    first_on: str
    last_on: str
    part: str
    note: str = Field(default="", sa_column=safe())
    taken_back_at: str = ""
    """Instant; empty while it stands."""


class Booking(Synced, table=True):
    """A request for one professional at one court on one day; ``booking_event`` is its history."""

    __tablename__ = "booking"
    __table_args__ = (
        Index("booking_by_ref", "ref_key"),
        Index("booking_by_day", "site", "day", "starts_at", "id"),
        Index("booking_by_status", "site", "status", "starts_at", "id"),
        Index("booking_by_interpreter", "interpreter_key", "until", "starts_at", "status"),
        Index("booking_by_reference", "reference_key"),
        Index(
            "booking_by_conflict",
            "site",
            "starts_at",
            "id",
            sqlite_where=text("conflict > '' AND seen_by = ''"),
        ),
        Index("booking_by_series", "series_id"),
        Index("booking_by_parent", "parent_id"),
        Index("booking_by_person", "person_id", "starts_at", "id"),
        Index("booking_by_start", "site", "starts_at", "id"),
        Index("booking_by_moment", "starts_at"),
    )
    ref: str
    """Not unique: two desks may have made the same; the later one then gets a new one (alias)."""
    ref_key: str
    site: str
    kind: str
    route: str
    mode: str
    language_code: str = ""
    other_language: str = Field(default="", sa_column=safe())
    dialect_note: str = Field(default="", sa_column=safe())
    gender: str = ""
    """Which is asked for: ``none``, ``female`` or ``male``."""
    avoid: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of interpreter ids: not these."""
    for_role: str = ""
    for_name: str = Field(default="", sa_column=safe())
    """The party, as the list names it."""
    person_id: str = ""
    need_id: str = ""
    """The support need that it meets; empty for none."""
    jurisdiction: str = ""
    assessment_done: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    room: str = Field(default="", sa_column=safe())
    day: str
    """Local day of the start, ISO."""
    local_start: str
    """Wall clock, ``YYYY-MM-DDTHH:MM``."""
    local_end: str
    zone: str = "Europe/London"
    starts_at: str
    """The same as instants."""
    ends_at: str
    overnight: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    interpreters: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """How many are asked for."""
    team_of: str = ""
    """The booking whose second person this one is for; empty for none."""
    supplier: str = Field(default="", sa_column=safe())
    supplier_ref: str = Field(default="", sa_column=safe())
    reference_key: str = ""
    """The reference as it is searched: letters and digits only."""
    interpreter_id: str = ""
    interpreter_key: str = ""
    """``key`` of the interpreter."""
    assigned_at: str = ""
    status: str
    requested_by: str
    requested_at: str = ""
    """When it was sent; empty for a draft."""
    cost_code: str = Field(default="", sa_column=safe())
    off_contract_reason: str = Field(default="", sa_column=safe())
    allowed_by: str = Field(default="", sa_column=safe())
    """The judge who allowed a friend or relative."""
    allowed_on: str = ""
    note: str = Field(default="", sa_column=safe())
    parent_id: str = ""
    """The booking that it replaces; empty for none."""
    series_id: str = ""
    """The first of its series; empty for one that stands alone."""
    cancel_class: str = ""
    cancel_reason: str = ""
    arrived_at: str = ""
    identity: str = ""
    """How the identity was checked."""
    breaks: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of pairs of instants; the end of the last is empty while it goes on."""
    released_at: str = ""
    until: str
    """When the interpreter is free again: the release, or else the end."""
    conflict: str = ""
    """What the exchange found; a code of ``double_booked.Told``."""
    conflict_at: str = ""
    conflict_with: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of booking id, site and why: a code as in ``conflict``, which has the gravest."""
    lost_id: str = ""
    """Which interpreter it lost to another booking, as are the next; to restore who came."""
    lost_key: str = ""
    seen_by: str = ""
    """Which team leader looked at the conflict; empty while it waits."""


class BookingHearing(Synced, table=True):
    """One hearing that a booking is for; its id follows from both."""

    __tablename__ = "booking_hearing"
    __table_args__ = (
        Index("booking_hearing_by_booking", "booking_id"),
        Index("booking_hearing_by_hearing", "hearing_id"),
    )
    booking_id: str
    hearing_id: str
    ended_at: str = ""
    """Instant from which it is not for that hearing any more; empty while it is."""


class BookingEvent(Event, table=True):
    """One thing that was done with a booking."""

    __tablename__ = "booking_event"
    __table_args__ = (Index("booking_event_by_booking", "booking_id", "hlc"),)
    booking_id: str
    code: str
    before: str = ""
    """The status before and after."""
    after: str = ""
    role: str = ""
    reason: str = Field(default="", sa_column=safe())
    data: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of what changed: name to old and new value."""


class Timesheet(Event, table=True):
    """A signed timesheet. A corrected one is another row; the old one stays."""

    __tablename__ = "timesheet"
    __table_args__ = (Index("timesheet_by_booking", "booking_id", "hlc"),)
    booking_id: str
    mode: str
    booked_start: str
    booked_end: str
    arrived_at: str
    released_at: str
    breaks: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of pairs of instants."""
    identity: str
    travel_note: str = Field(default="", sa_column=safe())
    """As the interpreter claims it; not checked."""
    signed_name: str = Field(default="", sa_column=safe())
    """Name of the officer."""
    signed_role: str = ""
    signed_at: str
    acknowledged_by: str = Field(default="", sa_column=safe())
    """Name of the interpreter who agreed; empty when they did not."""
    hearings: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of hearing ids that were served."""
    comments: str = Field(default="", sa_column=safe())
    concern: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    """A concern about quality."""
    customer_absent: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    figures: str = "{}"
    """JSON object: late, attended, breaks, worked, overrun and charge minutes."""
    corrects: str = ""
    """The sheet that it replaces; empty for the first."""
