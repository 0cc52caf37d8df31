"""Complaints that may be the same one, offered before another is logged, never merged by itself.

Source: complaints sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.roles import Act
from deskapp.services.complaints import drafts, lines
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import Status
from deskapp.services.persons import withheld
from deskapp.text import compact, digits, fold, one_line

_SCORES = {"case_key": 4, "phone_key": 3, "email_key": 3, "name_key": 2}
"""What speaks for two complaints being one, and how much."""
_LEAST_PHONE = 6
_MOST = 50
"""Rows that are looked at for one reason."""


class Possible(NamedTuple):
    """A complaint that may be the same."""

    line: ComplaintLine
    score: int
    same: tuple[str, ...]
    """What is the same: ``case_key``, ``phone_key``, ``email_key`` or ``name_key``."""


def keys(name: str, phone: str, email: str, postcode: str) -> dict[str, str]:
    """What a complaint is compared by besides its case."""
    number = digits(phone)
    whole_name = " ".join(fold(one_line(name)).split())
    place = compact(postcode)
    return {
        "phone_key": number if len(number) >= _LEAST_PHONE else "",
        "email_key": fold(one_line(email)),
        "name_key": f"{whole_name}|{place}" if whole_name and place else "",
    }


def possible(
    connection: Connection, draft: ComplaintDraft, acting: Acting, *, but: str = ""
) -> list[Possible]:
    """At most five complaints received within 90 days that may be the same, the likeliest first.

    Void ones and duplicates are none. Somebody whose address is confidential is not found by how to
    reach them. ``but`` is the complaint that is compared.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    received = drafts.received_at(draft, acting) or acting.now
    wanted = {"case_key": compact(draft.case_ref)}
    if not draft.anonymous:
        wanted |= keys(draft.person_name, draft.phone, draft.email, draft.postcode)
    span = dt.timedelta(days=acting.rules.logging.duplicate_days)
    same: dict[str, list[str]] = {}
    for column, value in wanted.items():
        if value:
            for found in _found(connection, column, value, received - span, received + span):
                same.setdefault(found, []).append(column)
    same.pop(but, None)
    offered = [
        Possible(line, sum(_SCORES[column] for column in same[line.id]), tuple(same[line.id]))
        for line in lines.lines(connection, list(same), user=acting.user)
    ]
    shown = [each for each in offered if not _gives_away(connection, each)]
    shown.sort(key=lambda each: (-each.score, -each.line.received_at.timestamp(), each.line.id))
    return shown[: acting.rules.logging.duplicates_shown]


def _found(
    connection: Connection, column: str, value: str, since: dt.datetime, until: dt.datetime
) -> list[str]:
    rows = connection.execute(
        f"SELECT s.id FROM complaint AS c JOIN complaint_state AS s ON s.id = c.id"
        f" WHERE c.{column} = ? AND s.received_at BETWEEN ? AND ?"
        " AND s.status NOT IN (?, ?) ORDER BY s.id DESC LIMIT ?",
        (value, stamp(since), stamp(until), Status.VOID, Status.DUPLICATE, _MOST),
    )
    return [str(row[0]) for row in rows]


def _gives_away(connection: Connection, found: Possible) -> bool:
    """Whether it was found only by what is withheld: that it is the same would tell it."""
    cover = withheld.cover(connection, found.line.person_id)
    hidden = {"phone_key"} if cover.call else set()
    if cover.address:
        hidden = {"phone_key", "email_key", "name_key"}
    return bool(hidden) and set(found.same) <= hidden
