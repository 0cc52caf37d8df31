"""The rows of hearings: what stands on the day's lists, and the lists they came from.

Source: hearings sheet, sections 1, 2 and 6.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from deskapp.data.tables import Synced, safe


class Hearing(Synced, table=True):
    """One hearing. A list never deletes it: what is not listed any more says so."""

    __tablename__ = "hearing"
    __table_args__ = (
        Index("hearing_by_day", "site", "day", "room", "start", "id"),
        Index("hearing_by_case", "case_key", "day"),
        Index("hearing_by_list", "list_id"),
    )
    site: str
    day: str
    """Local day, ISO."""
    start: str = ""
    """Wall clock, ``HH:MM``; empty where the list gives none."""
    zone: str = "Europe/London"
    starts_at: str = ""
    """The same as an instant; empty where the list gives no start."""
    minutes: int | None = Field(default=None)
    """Planned length."""
    house: str = Field(default="", sa_column=safe())
    """Court house or venue in the words of the list."""
    room: str = Field(default="", sa_column=safe())
    case_ref: str = Field(default="", sa_column=safe())
    case_key: str = ""
    """Case reference as it is searched: letters and digits only."""
    case_name: str = Field(default="", sa_column=safe())
    hearing_type: str = Field(default="", sa_column=safe())
    description: str = Field(default="", sa_column=safe())
    channel: str = Field(default="", sa_column=safe())
    panel: str = Field(default="", sa_column=safe())
    sequence: str = Field(default="", sa_column=safe())
    """Which of several, like ``2 of 3``."""
    judiciary: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of names, the one who presides first."""
    note: str = Field(default="", sa_column=safe())
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    restriction: str = Field(default="", sa_column=safe())
    parties: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of role, name, masked and custody; of a masked person the masked name."""
    position: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How many stood before it in its sitting."""
    list_state: str = "listed"
    list_id: str = ""
    """The newest list it stood on; empty for one made by hand."""


class HearingList(Synced, table=True):
    """One import of a list."""

    __tablename__ = "hearing_list"
    __table_args__ = (
        Index("hearing_list_by_kind", "site", "kind", "imported_at"),
        Index("hearing_list_by_digest", "digest"),
    )
    site: str
    kind: str = Field(sa_column=safe())
    """What the list is; its revisions have the same."""
    first_on: str
    last_on: str
    version: str = Field(default="", sa_column=safe())
    published_at: str = ""
    imported_at: str
    imported_by: str
    digest: str
    """SHA-256 of the file, hexadecimal."""
    counts: str = "{}"
    """JSON object: read, new, updated, removed, moved, unchanged and rejected."""
    undone_at: str = ""
    """Instant; empty while it stands."""
    undone_by: str = ""


class HearingBefore(SQLModel, table=True):
    """A hearing as it was before an import touched it, to take the import back on this desk."""

    __tablename__ = "hearing_before"
    list_id: str = Field(primary_key=True)
    hearing_id: str = Field(primary_key=True)
    fields: str = Field(default="", sa_column=safe())
    """JSON object of what changed; empty for a hearing that the import made."""
    after: str = Field(default="", sa_column=safe())
    """JSON object of the same fields as the import left them."""
