"""What must stand above a contact while it runs: how to reach the person, markers, promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.data.connection import Connection
from deskapp.i18n import _, ngettext, number
from deskapp.roles import User
from deskapp.services.persons import markers, promised, safe_contact
from deskapp.services.persons.markers import Banner
from deskapp.services.persons.safe_contact import SafeLine
from deskapp.text import one_line

REACHED_BY = ("phone", "email", "postcode")
"""The fields of a contact that say how to reach the person."""


@dataclass(frozen=True)
class Known:
    """How a person may be reached, and what to know about them and their case."""

    safe: SafeLine
    banners: tuple[Banner, ...]
    promised: tuple[str, ...]
    """What they still wait for, the most urgent first, in the language of the screen."""

    @property
    def promise(self) -> str:
        """The most urgent promise in one line, and how many there are besides; empty for none."""
        if not self.promised:
            return ""
        first, *others = self.promised
        words = _("Waits for: {promise}").format(promise=one_line(first))
        if not others:
            return words
        more = ngettext("{count} more promise", "{count} more promises", len(others))
        return f"{words} · {more.format(count=number(len(others)))}"

    @property
    def restricted(self) -> bool:
        """Whether nothing may be said by phone or chat."""
        return any(banner.restricts for banner in self.banners)

    @property
    def withheld(self) -> tuple[str, ...]:
        """Names of the fields that nobody is shown."""
        if any(banner.confidential_address for banner in self.banners):
            return REACHED_BY
        return () if self.safe.may_call else REACHED_BY[:1]


def about(
    connection: Connection, person_id: str, case_key: str, *, today: dt.date, user: User
) -> Known:
    """What is known of a person and a case, either of which may be empty.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    return Known(
        safe_contact.line_for(connection, person_id, user=user),
        tuple(markers.banners(connection, person_id, case_key, today=today, user=user)),
        promised.to(connection, person_id, case_key, today=today, user=user),
    )
