"""Schemes of one's own that were installed: kept in the store, so that every desk has them.

A version is never changed: cases follow it. A change is a higher version that takes effect later.
Source: casework sheet, section 1.2; design sheet of sync, section 3.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.casework import checks, letter_files, loader
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.letter_files import Templates
from deskapp.services.casework.loader import SchemeError
from deskapp.services.casework.scheme import Scheme
from deskapp.text import clean

if TYPE_CHECKING:
    from sqlmodel import Session

_SPACE = uuid.UUID("6f3b1c52-8d0e-4a57-9c1d-2f6e0b7a9d41")
"""Two desks that install the same version make the same row."""


class NotInstalledError(DeskError):
    """A scheme file has nothing wrong by itself, but cannot be used beside what is here."""


@dataclass(frozen=True)
class Installed:
    """A version that was installed."""

    scheme: Scheme
    body: str
    letters: Mapping[str, str]


def all_of(connection: Connection) -> list[Installed]:
    """Every installed version; one that this deskapp cannot use is left out."""
    rows = connection.execute("SELECT body, letters FROM scheme_file ORDER BY scheme, version")
    read = (_read(body, letters) for body, letters in rows.fetchall())
    return [each for each in read if each]


def install(session: Session, acting: Acting, text: str, name: str, templates: Templates) -> Scheme:
    """Install a version of a scheme with its letters; installing it again changes nothing.

    Args:
        session: An open write transaction.
        acting: Who installs it, with the schemes that are known here.
        text: The scheme file.
        name: What the file is called, for findings.
        templates: Gives the letter templates that it names.

    Raises:
        SchemeError: With every finding, if anything is wrong with the file.
        NotInstalledError: If it does not fit to the schemes that are here.
        NotAllowedError: If the role may not install schemes.
    """
    from deskapp.data.case_tables import SchemeFile

    roles.require(acting.user, Act.INSTALL_SCHEMES)
    scheme, body = loader.parse(text, name, templates), clean(text)
    here = all_of(plain(session))
    if any(each.body == body for each in here):
        return scheme
    others = [*loader.shipped(), *(each.scheme for each in here)]
    if problems := list(_problems(scheme, others, {key for key, _v in acting.book.schemes})):
        raise NotInstalledError("\n".join(problems))
    session.add(
        SchemeFile(
            id=str(uuid.uuid5(_SPACE, f"{scheme.id}:{scheme.version}")),
            home_site=acting.user.site,
            scheme=scheme.id,
            version=scheme.version,
            body=body,
            letters=json.dumps(_letters(scheme, templates), ensure_ascii=False),
            installed_by=acting.user.id,
            installed_at=stamp(acting.now),
        )
    )
    return scheme


def _problems(scheme: Scheme, others: Iterable[Scheme], known: set[str]) -> Iterator[str]:
    """Why a scheme cannot stand beside those that ship or are installed."""
    for other in others:
        if other.id != scheme.id:
            if other.prefix == scheme.prefix:
                message = _("The prefix {prefix} is that of the scheme {scheme}. Use another one.")
                yield message.format(prefix=scheme.prefix, scheme=other.id)
        elif scheme.version <= other.version:
            message = _("Version {version} of {scheme} is here. Give the file a higher version.")
            yield message.format(version=other.version, scheme=scheme.id)
        elif scheme.effective_from <= other.effective_from:
            message = _("Version {version} takes effect on {day}. Let this one take effect later.")
            yield message.format(version=other.version, day=other.effective_from.isoformat())
    if unknown := checks.unknown_in_parents(scheme, [*others, scheme]):
        message = _("No case that opens this one has an action called {names}.")
        yield message.format(names=", ".join(unknown))
    if unknown := checks.unknown_schemes(scheme, known | {scheme.id}):
        yield _("There is no scheme called {names}.").format(names=", ".join(unknown))


def _letters(scheme: Scheme, templates: Templates) -> dict[str, str]:
    """The templates that a scheme names and that do not ship."""
    names = {name for letter in scheme.letters for name in (letter.en, letter.cy)}
    found = {name: templates(name) or "" for name in sorted(names)}
    return {name: clean(text) for name, text in found.items() if text != letter_files.shipped(name)}


@lru_cache(maxsize=256)
def _read(body: str, letters: str) -> Installed | None:
    try:
        scheme = loader.parse(body, "scheme_file")
        own = json.loads(letters)
    except (SchemeError, ValueError):
        return None
    return Installed(scheme, body, own if isinstance(own, dict) else {})
