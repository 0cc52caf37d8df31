"""The court directory for screens and commands: find a court, read it out, know its calendar.

Public data with dates that ships with deskapp; it needs no unlocked store.
"""

from __future__ import annotations

from deskapp.data import directory
from deskapp.data.directory import Court
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.court_card import card
from deskapp.services.court_index import Why
from deskapp.services.court_search import Found, find
from deskapp.services.dates import Nation

__all__ = ["Court", "Found", "Why", "by_key", "card", "every", "find", "site_nation"]

_CALENDARS = {
    "England": Nation.ENGLAND_AND_WALES,
    "Wales": Nation.ENGLAND_AND_WALES,
    "Scotland": Nation.SCOTLAND,
    "Northern Ireland": Nation.NORTHERN_IRELAND,
}


def every() -> tuple[Court, ...]:
    """All courts of the directory, open and closed, in the order of the file."""
    return directory.courts()


def by_key(key: str) -> Court:
    """The court with the stable ``key``.

    Raises:
        NotFoundError: the directory has no such court.
    """
    try:
        return directory.by_key()[key]
    except KeyError:
        raise NotFoundError(
            _("There is no court with the key {key}. Search by its name.").format(key=key)
        ) from None


def site_nation(court: Court) -> Nation | None:
    """Whose bank holidays ``court`` keeps; nothing where its nation was not published, as for
    many closed courts.
    """
    return _CALENDARS.get(court.nation)
