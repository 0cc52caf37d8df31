"""The court directory for screens and commands: find a court, read it out, know its calendar.

Public data with dates that ships with deskapp; it needs no unlocked store.
"""

from __future__ import annotations

from deskapp.data import directory
from deskapp.data.directory import Court
from deskapp.services.courts.court_card import card
from deskapp.services.courts.court_index import Why
from deskapp.services.courts.court_search import Found, find, remark
from deskapp.services.courts.sites import by_key, site_nation

__all__ = ["Court", "Found", "Why", "by_key", "card", "every", "find", "remark", "site_nation"]


def every() -> tuple[Court, ...]:
    """All courts of the directory, open and closed, in the order of the file."""
    return directory.courts()
