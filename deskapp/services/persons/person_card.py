"""Everything known of a person that the screen, the command and the callback need at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import User
from deskapp.services.persons import markers, persons, safe_contact
from deskapp.services.persons.markers import Banner, MarkerLine
from deskapp.services.persons.persons import PersonLine
from deskapp.services.persons.safe_contact import SafeLine

ICON = "!"
"""Before the words of a marker, never alone."""


@dataclass(frozen=True)
class PersonCard:
    """A person with who is the same, how they may be reached and what must be known."""

    line: PersonLine
    linked: list[PersonLine]
    same: list[PersonLine]
    """Who may be the same: offered, never linked by itself."""
    safe: SafeLine
    banners: list[Banner]
    markers: list[MarkerLine]

    @property
    def number_hidden(self) -> bool:
        """Whether a reason must be typed before the phone number is shown."""
        return not self.safe.may_call and not any(
            banner.confidential_address for banner in self.banners
        )

    @property
    def contacts(self) -> int:
        """How many contacts the person had here, under whichever record."""
        return sum(each.contacts for each in (self.line, *self.linked))


def of(connection: Connection, person_id: str, *, today: dt.date, user: User) -> PersonCard:
    """The card of a person.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    return PersonCard(
        line=persons.get(connection, person_id, user=user),
        linked=persons.linked(connection, person_id, user=user),
        same=persons.may_be_the_same(connection, person_id, user=user),
        safe=safe_contact.line_for(connection, person_id, user=user),
        banners=markers.banners(connection, person_id, "", today=today, user=user),
        markers=markers.of_person(connection, person_id, user=user),
    )


def banner_words(banners: list[Banner]) -> str:
    """The markers in one line, each with its icon and its words."""
    return "  ".join(f"{ICON} {banner.words}" for banner in banners)


def name_and_hint(line: PersonLine) -> str:
    """A person in a few words."""
    return f"{line.full_name or _('not given')} ({persons.hint(line)})"
