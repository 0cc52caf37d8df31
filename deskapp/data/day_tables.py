"""The rows of a hearing day: what happened, what people need, links and rooms.

Source: hearings sheet, sections 2 to 5.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field

from deskapp.data.tables import Event, Synced, safe


class HearingEvent(Event, table=True):
    """One thing that happened to a hearing on its day; two rooms that write offline merge."""

    __tablename__ = "hearing_event"
    __table_args__ = (Index("hearing_event_by_hearing", "hearing_id", "hlc"),)
    hearing_id: str
    code: str
    role: str = ""
    note: str = Field(default="", sa_column=safe())
    data: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of name to value."""


class SupportNeed(Synced, table=True):
    """What somebody needs to take part. It belongs to the person and follows them."""

    __tablename__ = "support_need"
    __table_args__ = (
        Index("support_need_by_case", "case_key", "party_key"),
        Index("support_need_by_person", "person_id"),
    )
    person_id: str = ""
    """The person record; empty when only the party of a case is known."""
    case_key: str = ""
    case_ref: str = Field(default="", sa_column=safe())
    party_key: str = ""
    """Folded name of the party."""
    party_name: str = Field(default="", sa_column=safe())
    """As the list names it: of a masked person the masked name."""
    party_role: str = Field(default="", sa_column=safe())
    hearing_id: str = ""
    """The hearing it was entered for."""
    flag: str
    """Code of ``support_flags.csv``."""
    value: str = Field(default="", sa_column=safe())
    """Size, colour or whatever the flag leaves open."""
    language_code: str = ""
    other_language: str = Field(default="", sa_column=safe())
    comment: str = Field(default="", sa_column=safe())
    status: str
    requested_by: str = Field(default="", sa_column=safe())
    decided_by: str = Field(default="", sa_column=safe())
    decided_at: str = ""
    named: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of those whom somebody must be screened from."""
    made_at: str
    made_by: str
    changed_at: str = ""
    changed_by: str = ""


class VideoLink(Synced, table=True):
    """A link of a hearing and whether it was tested."""

    __tablename__ = "video_link"
    __table_args__ = (Index("video_link_by_hearing", "hearing_id"),)
    hearing_id: str
    kind: str = Field(sa_column=safe())
    address: str = Field(default="", sa_column=safe())
    outcome: str = "not_tested"
    tested_at: str = ""
    tested_by: str = ""
    note: str = Field(default="", sa_column=safe())
    removed: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})


class Room(Synced, table=True):
    """A hearing room and what is in it; its id follows from site and name."""

    __tablename__ = "room"
    __table_args__ = (Index("room_by_site", "site", "name_key"),)
    site: str
    name: str = Field(sa_column=safe())
    name_key: str
    facilities: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of codes."""
