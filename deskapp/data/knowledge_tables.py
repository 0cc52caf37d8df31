"""The rows of the knowledge pane."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from deskapp.data.tables import Event, Synced, safe


def counted() -> int:
    """A column that counts from nothing."""
    column: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    return column


class KnowledgeSearch(SQLModel, table=True):
    """Words that found nothing useful on one day, with how often; never leaves the desk."""

    __tablename__ = "kb_search"
    searched_on: str = Field(primary_key=True)
    """Local day."""
    words: str = Field(primary_key=True)
    """Without numbers, addresses and names of people."""
    language: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    """Topic of the contact on the screen; empty without one."""
    empty: int = counted()
    """How often it found nothing."""
    distant: int = counted()
    """How often nothing came close."""
    reported: int = counted()
    """How often an officer said that the article is missing."""
    opened: int = counted()
    """How often something that it found was opened."""
    unopened: int = counted()
    """How often nothing that it found was opened."""


class KnowledgeUse(SQLModel, table=True):
    """How often an item was used on one day; never leaves the desk."""

    __tablename__ = "kb_use"
    used_on: str = Field(primary_key=True)
    """Local day."""
    item: str = Field(primary_key=True)
    node: str = Field(primary_key=True)
    """Of a script: where it was left; empty for the item itself."""
    opened: int = counted()
    copied: int = counted()
    used: int = counted()
    """How often an officer said that it helped, or a script was walked to an end."""
    unhelped: int = counted()
    left: int = counted()
    """How often a script was left at this node before an end."""


class KnowledgeItem(Synced, table=True):
    """An article or script written at this site."""

    __tablename__ = "kb_item"
    __table_args__ = (Index("kb_item_by_name", "item", "id"),)
    item: str
    """Its id among the articles and scripts, without a mark of its being local."""
    kind: str
    """``article`` or ``script``."""
    status: str
    """``draft``, ``review``, ``live`` or ``withdrawn``: how its newest text stands."""
    version: int
    """Of its newest text."""
    live_version: int = counted()
    """The version that officers are shown; 0 for none."""
    owner: str
    """Role of whoever reviews it."""
    review_by: str
    """Local day."""
    title: str = Field(default="", sa_column=safe())
    title_cy: str = Field(default="", sa_column=safe())
    based_on: str = ""
    """Id of the shipped item it was made from; empty for none."""
    based_version: int = counted()
    notice: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    """Whether what officers are shown is for staff only: each of them says that they read it."""


class KnowledgeVersion(Event, table=True):
    """One move of a local item with its whole text: who, when and why."""

    __tablename__ = "kb_version"
    __table_args__ = (Index("kb_version_by_item", "item_id", "hlc"),)
    item_id: str
    """Row of the item."""
    version: int
    move: str
    """What was done: ``drafted``, ``edited``, ``submitted`` and so on."""
    why: str = Field(default="", sa_column=safe())
    text: str = Field(default="", sa_column=safe())
    """English file of an article, or the one file of a script; empty where it did not change."""
    welsh: str = Field(default="", sa_column=safe())
    """Welsh file of an article."""


class KnowledgeRead(Event, table=True):
    """That an officer has read a version of a notice to staff."""

    __tablename__ = "kb_read"
    __table_args__ = (Index("kb_read_by_item", "item_id", "officer_id", "version"),)
    item_id: str
    """Row of the item."""
    version: int


class KnowledgeFlag(Event, table=True):
    """What an officer found wrong in an item."""

    __tablename__ = "kb_flag"
    __table_args__ = (Index("kb_flag_by_item", "item", "hlc"),)
    item: str
    version: int
    kind: str
    note: str = Field(default="", sa_column=safe())
    language: str
    closes: str = ""
    """Id of the flag that this one answers."""
