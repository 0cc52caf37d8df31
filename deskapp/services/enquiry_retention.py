"""Which enquiries need no longer be kept: their years are over, and nothing holds them.

A contact is held while something promised in it is to do, and while a case or complaint that it is
linked with is kept: safeguarding and violence stay as long as their cases. What was searched for
and what was flagged holds no names and is not touched. Source: enquiries sheet, section 15.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, instant, local, stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, day
from deskapp.roles import Act, User
from deskapp.services import local_files
from deskapp.services.casework.due import add_months

RULES_FILE = "enquiry_retention.toml"
PROPOSED = "disposal"
"""Code of the event of a contact that proposes its disposal."""


class Rules(NamedTuple):
    """How long contacts are kept, and how many go in one step."""

    anonymous_years: int
    named_years: int
    at_once: int


class Ripe(NamedTuple):
    """A contact whose years are over."""

    id: str
    ref: str
    ended_at: dt.datetime
    person_id: str
    """Empty when nobody is linked."""
    proposed_by: str
    """Id of the officer who proposed it first; empty when nobody did."""
    proposer: str
    proposed_at: str
    """Stamp; empty when nobody did."""


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    for name in Rules._fields:
        value = file.entries.get(name)
        if type(value) is not int or not 1 <= value <= 1000:
            raise file.wrong(name)
    return Rules(*(file.entries[name] for name in Rules._fields))


def due(connection: Connection, kept: Rules, *, user: User, now: dt.datetime) -> list[Ripe]:
    """The contacts whose years are over and that nothing holds, the oldest first, for one step.

    Raises:
        NotAllowedError: If the role may not dispose of records.
    """
    roles.require(user, Act.MANAGE_CASES)
    today = local(now).date()
    rows = connection.execute(
        _RIPE,
        {
            "anonymous": _first_day_kept(today, kept.anonymous_years),
            "named": _first_day_kept(today, kept.named_years),
            "latest": _first_day_kept(today, min(kept[:2])),
            "proposed": PROPOSED,
            "most": kept.at_once,
        },
    ).fetchall()
    return [Ripe(row[0], row[1], instant(row[2]), *row[3:]) for row in rows]


def state_words(found: list[Ripe]) -> str:
    """What stands between these contacts and their end, in the language in use."""
    proposed = [each for each in found if each.proposed_by]
    words = []
    if waiting := len(found) - len(proposed):
        words.append(_("{count} may be proposed").format(count=waiting))
    for name in dict.fromkeys(each.proposer for each in proposed):
        of_them = [each for each in proposed if each.proposer == name]
        on = day(local(instant(of_them[0].proposed_at)).date())
        told = _("{count} proposed by {name} on {day}")
        words.append(told.format(count=len(of_them), name=name, day=on))
    return ", ".join(words)


def _first_day_kept(today: dt.date, years: int) -> str:
    """Stamp of the moment before which a contact must have begun for its years to be over."""
    return stamp(dt.datetime.combine(add_months(today, -12 * years), dt.time(), LONDON))


_RIPE = """
WITH pairs AS (
    SELECT from_id AS contact_id, to_id AS other, undone, hlc FROM record_link
    WHERE from_table = 'contact' AND to_table IN ('case_record', 'complaint')
    UNION ALL SELECT to_id, from_id, undone, hlc FROM record_link
    WHERE from_table IN ('case_record', 'complaint') AND to_table = 'contact'
), newest AS (
    SELECT contact_id, undone, max(hlc) FROM pairs GROUP BY contact_id, other
), linked AS MATERIALIZED (
    SELECT contact_id FROM newest WHERE NOT undone
)
SELECT c.id, c.ref, c.ended_at, coalesce(c.person_id, ''), coalesce(p.officer_id, ''),
    coalesce(o.name, p.officer_id, ''), coalesce(p.at, '')
FROM contact AS c
LEFT JOIN contact_event AS p ON p.id = (
    SELECT e.id FROM contact_event AS e WHERE e.contact_id = c.id AND e.code = :proposed
    ORDER BY e.hlc LIMIT 1
)
LEFT JOIN officer AS o ON o.id = p.officer_id
WHERE c.started_at < :latest
AND c.started_at < iif(c.person_id IS NULL AND c.person_name = '', :anonymous, :named)
AND c.id NOT IN linked
AND NOT EXISTS (
    SELECT 1 FROM follow_up AS f
    WHERE f.record_table = 'contact' AND f.record_id = c.id AND f.done_at = ''
)
AND NOT EXISTS (SELECT 1 FROM callback AS b WHERE b.contact_id = c.id AND b.live)
ORDER BY c.started_at, c.id LIMIT :most
"""
