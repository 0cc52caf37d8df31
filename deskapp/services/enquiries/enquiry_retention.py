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
from deskapp.services.dates import add_months

RULES_FILE = "enquiry_retention.toml"
PROPOSED = "disposal"
"""Code of the event of a contact that proposes its disposal."""


class Rules(NamedTuple):
    """How long contacts are kept, what goes before, and how many go in one step."""

    anonymous_years: int
    named_years: int
    secrets_months: int
    """Of code words and kinds of security detail."""
    at_once: int


class Ripe(NamedTuple):
    """A contact whose period is over."""

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
    if file.entries["secrets_months"] > 12 * min(file.entries[name] for name in Rules._fields[:2]):
        raise file.wrong("secrets_months")
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
            "anonymous": first_day_kept(today, 12 * kept.anonymous_years),
            "named": first_day_kept(today, 12 * kept.named_years),
            "latest": first_day_kept(today, 12 * min(kept[:2])),
            "proposed": PROPOSED,
            "most": kept.at_once,
        },
    ).fetchall()
    return [ripe(row) for row in rows]


def ripe(row: tuple[str, ...]) -> Ripe:
    """What the columns ``RIPE_COLUMNS`` say of a contact."""
    return Ripe(row[0], row[1], instant(row[2]), *row[3:])


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


def first_day_kept(today: dt.date, months: int) -> str:
    """Stamp of the moment before which a contact must have begun for its months to be over."""
    return stamp(dt.datetime.combine(add_months(today, -months), dt.time(), LONDON))


RIPE_COLUMNS = """
SELECT c.id, c.ref, c.ended_at, coalesce(c.person_id, ''), coalesce(p.officer_id, ''),
    coalesce(o.name, p.officer_id, ''), coalesce(p.at, '')
"""
PROPOSALS = """
LEFT JOIN contact_event AS p ON p.id = (
    SELECT e.id FROM contact_event AS e WHERE e.contact_id = c.id AND e.code = :proposed
    ORDER BY e.hlc LIMIT 1
)
LEFT JOIN officer AS o ON o.id = p.officer_id
"""
"""Who proposed first what is to become of a contact ``c``."""
_RIPE = f"""
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
{RIPE_COLUMNS} FROM contact AS c {PROPOSALS}
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
