"""The rows of the enquiry desk beside the contact itself.

How somebody may be reached, what must be known before one meets them, when they are rung back, and
what belongs together. Source: enquiries sheet, sections 5, 6, 9 and 15.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field

from deskapp.data.tables import Event, Synced, safe


class SafeContact(Synced, table=True):
    """How a person may be reached. Each answer is ``yes``, ``no`` or empty for not asked."""

    __tablename__ = "safe_contact"
    __table_args__ = (Index("safe_contact_by_person", "person_id"),)
    person_id: str
    ok_to_call: str = ""
    ok_to_leave_message: str = ""
    ok_to_say_hmcts: str = ""
    ok_to_email: str = ""
    ok_to_post: str = ""
    times: str = Field(default="", sa_column=safe())
    code_word: str = Field(default="", sa_column=safe())
    """Never in a list, a report or an export."""
    note: str = Field(default="", sa_column=safe())


class Marker(Synced, table=True):
    """Something to know before one meets a person, or speaks about a case."""

    __tablename__ = "marker"
    __table_args__ = (
        Index("marker_by_person", "person_id", "ended_on"),
        Index("marker_by_case", "case_key", "ended_on"),
        Index("marker_by_review", "ended_on", "review_on", "id"),
        Index(
            "marker_to_decide",
            "id",
            sqlite_where=text("ended_on = '' AND (case_id <> '' OR approved_on = '')"),
        ),
    )
    person_id: str = ""
    case_key: str = ""
    """Case reference, letters and digits only, of a marker of a case."""
    code: str
    """HMCTS flag code."""
    words: str = Field(default="", sa_column=safe())
    """The flag's words in the list it was taken from."""
    list_version: str = ""
    set_by: str
    set_on: str
    approved_by: str = ""
    """Second officer of a two-step marker; empty while it is only proposed."""
    approved_on: str = ""
    review_on: str = ""
    """Local day; empty for a marker that never lapses alone."""
    ended_by: str = ""
    ended_on: str = ""
    """Local day; empty while it stands."""
    end_reason: str = Field(default="", sa_column=safe())
    renew_reason: str = Field(default="", sa_column=safe())
    """Why it stands on, as its last review said."""
    source: str = Field(default="", sa_column=safe())
    """The order, its date, or who said so."""
    case_id: str = ""
    """The restricted case that gives it, if one does."""


class Callback(Synced, table=True):
    """A promise to ring somebody in one half hour of a working day."""

    __tablename__ = "callback"
    __table_args__ = (
        Index("callback_by_slot", "site", "slot", "id"),
        Index("callback_by_state", "live", "starts_at", "id"),
        Index("callback_by_contact", "contact_id"),
        Index("callback_by_person", "person_id"),
    )
    site: str
    contact_id: str
    """The contact that promised it."""
    person_id: str = ""
    slot: str
    """Local day and half hour, ``YYYY-MM-DDTHH:MM``."""
    zone: str = "Europe/London"
    starts_at: str
    """The same as an instant."""
    kind: str
    """``window`` or ``about``."""
    state: str
    """A ``callback_lines.State``."""
    live: bool
    """Something is left to do."""
    priority: bool = False
    booked_by: str
    booked_at: str
    over_reason: str = Field(default="", sa_column=safe())
    """Why a team leader booked more than the slot holds, or a fourth attempt."""
    call_reason: str = Field(default="", sa_column=safe())
    """Why somebody is rung who said not to; asked before it is booked."""
    note: str = Field(default="", sa_column=safe())
    end_reason: str = Field(default="", sa_column=safe())


class CallbackAttempt(Event, table=True):
    """One try to ring somebody back; each is a contact of its own."""

    __tablename__ = "callback_attempt"
    __table_args__ = (
        Index("callback_attempt_by_callback", "callback_id", "hlc"),
        Index("callback_attempt_by_contact", "contact_id"),
    )
    callback_id: str
    contact_id: str = ""
    """The phone_out contact of this try."""
    result: str
    """``attempting``, ``reached``, ``missed`` or ``undone``; the newest of a contact counts."""
    on_time: bool = False
    """Whether the try began when it was promised; told by the event that began it."""
    note: str = Field(default="", sa_column=safe())


class RecordLink(Event, table=True):
    """Two records that belong together, or no longer do: the newest event of a pair counts."""

    __tablename__ = "record_link"
    __table_args__ = (
        Index("record_link_by_from", "from_table", "from_id"),
        Index("record_link_by_to", "to_table", "to_id"),
    )
    from_table: str
    from_id: str
    to_table: str
    to_id: str
    undone: bool = False
    reason: str = Field(default="", sa_column=safe())
