"""The rows of the knowledge pane."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Field, SQLModel


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
    empty: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often it found nothing."""
    distant: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often nothing came close."""
    reported: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often an officer said that the article is missing."""
