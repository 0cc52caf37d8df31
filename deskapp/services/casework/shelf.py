"""The schemes of this desk: those that ship, those of its settings folder, those installed.

A scheme of one's own lies in ``schemes`` in the settings folder and works once nothing is wrong
with it; ``deskapp scheme lint`` says what is. Source: casework sheet, sections 1.2 and 1.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock

from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services import bank_holidays, desk
from deskapp.services.casework import installed, letter_files, loader
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Person
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.vocabulary import Subject, Visibility
from deskapp.services.casework.worklist import may_see
from deskapp.services.dates import Nation

OWN_FOLDER = "schemes"
_READING = Lock()


def rulebook(settings_folder: Path, nation: Nation) -> Rulebook:
    """Every scheme that can be used here, with the working days of ``nation``.

    Files are read once, and who asks meanwhile waits; a new one is used from the next start.

    Raises:
        SettingsError: If a scheme file or the bank-holiday list cannot be used.
    """
    with _READING:
        return _read(settings_folder, nation)


@cache
def _read(settings_folder: Path, nation: Nation) -> Rulebook:
    calendar = bank_holidays.in_force(settings_folder)[nation]
    shipped = loader.shipped()
    own = loader.load_all((settings_folder / OWN_FOLDER).glob("*.toml"), beside=shipped)
    book = Rulebook.of((*shipped, *own), calendar)
    return replace(book, letters=letter_files.own(settings_folder))


def on_desk(connection: Connection, settings_folder: Path, nation: Nation) -> Rulebook:
    """As ``rulebook``, with the schemes that were installed; they win over a file not yet so.

    Raises:
        SettingsError: If a scheme file or the bank-holiday list cannot be used.
    """
    book = rulebook(settings_folder, nation)
    here = installed.all_of(connection)
    schemes = {(each.scheme.id, each.scheme.version): each.scheme for each in here}
    letters = {name: text for each in here for name, text in each.letters.items()}
    return replace(book, schemes={**book.schemes, **schemes}, letters={**letters, **book.letters})


def acting_on(
    connection: Connection, user: User, now: dt.datetime, settings_folder: Path
) -> Acting:
    """Somebody who acts on cases now, by every scheme that this desk knows.

    Raises:
        SettingsError: If a scheme file or the bank-holiday list cannot be used.
    """
    return Acting(user, now, on_desk(connection, settings_folder, desk.nation(user.site)))


def newest(book: Rulebook) -> Iterator[Scheme]:
    """The last version of each scheme, by id."""
    last = dict(sorted(book.schemes))
    return (book.schemes[name, version] for name, version in last.items())


def visible(book: Rulebook, person: Person) -> tuple[str, ...]:
    """The ids of the schemes whose cases may be shown to somebody."""
    return tuple(scheme.id for scheme in newest(book) if may_know(book, scheme.id, person))


def may_know(book: Rulebook, scheme: str, person: Person) -> bool:
    """Whether somebody may know of the cases of a scheme: the strictest version counts."""
    return all(may_see(each, person) for each in versions(book, scheme))


def may_hear_of(book: Rulebook, scheme: str) -> bool:
    """Whether those who may not see the cases of a scheme are told that there is one.

    A scheme says so with a person as its subject: who meets that person must know whom to ask.
    """
    return any(
        each.visibility is Visibility.RESTRICTED and each.subject is Subject.PERSON
        for each in versions(book, scheme)
    )


def versions(book: Rulebook, scheme: str) -> list[Scheme]:
    """Every version of one scheme."""
    return [each for each in book.schemes.values() if each.id == scheme]
