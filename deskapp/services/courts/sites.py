"""The court that a desk belongs to, found without reading the whole directory: every start asks."""

from __future__ import annotations

from deskapp.data import directory
from deskapp.data.directory import Court
from deskapp.errors import NotFoundError
from deskapp.i18n import _, language
from deskapp.services.dates import Nation

_CALENDARS = {
    "England": Nation.ENGLAND_AND_WALES,
    "Wales": Nation.ENGLAND_AND_WALES,
    "Scotland": Nation.SCOTLAND,
    "Northern Ireland": Nation.NORTHERN_IRELAND,
}


def by_key(key: str) -> Court:
    """The court with the stable ``key``.

    Raises:
        NotFoundError: the directory has no such court.
    """
    court = directory.by_key(key)
    if court is None:
        message = _("There is no court with the key {key}. Search by its name.")
        raise NotFoundError(message.format(key=key))
    return court


def name(key: str) -> str:
    """What a court is called, in the language in use; its key where the directory has none."""
    court = directory.by_key(key)
    return court.shown_name(language()) if court else key


def phone(key: str) -> str:
    """The telephone of a court; empty where none was published."""
    court = directory.by_key(key)
    return court.phone if court else ""


def site_nation(court: Court) -> Nation | None:
    """Whose bank holidays ``court`` keeps; nothing where its nation was not published, as for
    many closed courts.
    """
    return _CALENDARS.get(court.nation)
