"""What must stand above a contact while it runs: how to reach the person, and their markers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services import markers, safe_contact
from deskapp.services.markers import Banner
from deskapp.services.safe_contact import SafeLine

REACHED_BY = ("phone", "email", "postcode")
"""The fields of a contact that say how to reach the person."""


@dataclass(frozen=True)
class Known:
    """How a person may be reached, and what to know about them and their case."""

    safe: SafeLine
    banners: tuple[Banner, ...]

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
    )
