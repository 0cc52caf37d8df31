"""Reports of the enquiry desk: contacts of a range of days, broken down by one thing.

The counting is done by SQLite, a piece of the range at a time, so that the reader is soon free
again for who is typing; what comes back are sums. Source: enquiries sheet, section 14.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services import local_files
from deskapp.services.days import Days, check_days
from deskapp.services.enquiries import outcomes
from deskapp.services.enquiries.enquiry_asked import Asked, By
from deskapp.services.enquiries.enquiry_figures import Figures, Groups
from deskapp.services.small_numbers import Mask

RULES_FILE = "enquiry_reports.toml"
PIECE_DAYS = 31

_LOCAL = "c.started_at, iif(c.started_at < :change, :before, :after)"
_COLUMNS = {
    By.CHANNEL: "c.channel",
    By.TOPIC: "c.topic",
    By.OUTCOME: "c.outcome",
    By.USER_TYPE: "c.user_type",
    By.LANGUAGE: "c.language",
    By.DAY: ":day",
    By.HALF_HOUR: (
        f"strftime('%H:', {_LOCAL}) || iif(strftime('%M', {_LOCAL}) < '30', '00', '30')"
    ),
    By.SITE: "c.site",
    By.TEAM: "coalesce((SELECT o.team FROM officer AS o WHERE o.id = c.officer_id), '')",
    By.OFFICER: "c.officer_id",
}
ABOUT_OFFICERS = frozenset({By.TEAM, By.OFFICER})
"""What tells how one officer works: a team can be one officer, or two of whom each knows the own
figures. Source: enquiries sheet, section 14."""


@dataclass(frozen=True)
class Rules:
    """What counts as answered at first contact, and which counts are hidden."""

    first_contact: tuple[str, ...]
    repeat_days: int
    not_answerable: tuple[str, ...]
    hide_up_to: int


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    for name in ("first_contact", "not_answerable"):
        listed = file.entries.get(name)
        if not isinstance(listed, list) or not all(isinstance(code, str) for code in listed):
            raise file.wrong(name)
    for name in ("repeat_days", "hide_up_to"):
        if type(file.entries.get(name)) is not int or file.entries[name] < 0:
            raise file.wrong(name)
    return Rules(
        tuple(file.entries["first_contact"]),
        file.entries["repeat_days"],
        tuple(file.entries["not_answerable"]),
        file.entries["hide_up_to"],
    )


def outside(asked: Asked, settings_folder: Path) -> Mask:
    """What is hidden in a report that leaves the desk; nothing in one of the reader's own contacts.

    Raises:
        SettingsError: If the file of rules cannot be used.
    """
    return Mask() if asked.own else Mask(rules(settings_folder).hide_up_to)


def check(asked: Asked, *, user: User) -> None:
    """Refuse a report that ``user`` may not see or that has no days.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the days are the wrong way round or too many.
    """
    if asked.by in ABOUT_OFFICERS and not asked.own:
        roles.require(user, Act.READ_OFFICER_FIGURES)
    check_days(asked.days, user=user)


def pieces(asked: Asked) -> Iterator[Days]:
    """The range in pieces that are counted one by one: days, or about months."""
    length = dt.timedelta(days=1 if asked.by is By.DAY else PIECE_DAYS)
    first = asked.days.first
    while first <= asked.days.last:
        last = min(first + length - dt.timedelta(days=1), asked.days.last)
        yield Days(first, last)
        first = last + dt.timedelta(days=1)


def count(connection: Connection, asked: Asked, piece: Days, rules: Rules, *, user: User) -> Groups:
    """The figures of one piece of the range, by what the report is broken down by.

    Times are counted by the second: what comes back is as long as the list of different times.

    Raises:
        NotAllowedError: If the role may not see it.
    """
    check(asked, user=user)
    until = Days(piece.first, piece.last + dt.timedelta(days=rules.repeat_days)).end
    rows = connection.execute(
        _COUNT.format(group=_COLUMNS[asked.by], scope=_scope(asked)),
        {
            "begin": piece.begin,
            "end": piece.end,
            "repeat_end": until,
            "repeat_days": rules.repeat_days,
            "day": piece.first.isoformat(),
            **piece.local_time._asdict(),
            "uncounted": json.dumps(sorted(outcomes.UNCOUNTED)),
            "first": json.dumps(rules.first_contact),
            "no_chance": json.dumps(rules.not_answerable),
            "site": user.site,
            "officer": user.id,
        },
    )
    groups: Groups = {}
    for row in rows:
        _take(groups.setdefault(str(row[0]), Figures()), row)
    return groups


def _scope(asked: Asked) -> str:
    scopes = ["c.site = :site"] if asked.by is not By.SITE else []
    return " AND ".join([*scopes, "c.officer_id = :officer"] if asked.own else scopes) or "TRUE"


_COUNT = """
WITH repeated AS MATERIALIZED (
    SELECT before.id FROM contact AS again JOIN contact AS before ON before.id = again.repeat_of
    WHERE again.started_at >= :begin AND again.started_at < :repeat_end
    AND again.outcome NOT IN (SELECT value FROM json_each(:uncounted))
    AND julianday(again.started_at) - julianday(before.started_at) BETWEEN 0 AND :repeat_days
)
SELECT {group} AS code, c.channel IN ('email', 'letter') AS written,
    iif(c.suspect_time, NULL, c.handling_seconds) AS seconds,
    count(*), sum(c.wrap_seconds),
    sum(c.outcome NOT IN (SELECT value FROM json_each(:no_chance))),
    sum(c.outcome IN (SELECT value FROM json_each(:first)) AND c.id NOT IN repeated),
    sum(c.outcome = 'NOID'), sum(c.outcome = 'NAUT'),
    sum(c.dissatisfied <> 'none'), sum(c.dissatisfied <> 'none' AND c.outcome = 'CPL')
FROM contact AS c
WHERE c.started_at >= :begin AND c.started_at < :end AND {scope}
AND c.outcome NOT IN (SELECT value FROM json_each(:uncounted))
GROUP BY code, written, seconds
"""


def _take(figures: Figures, row: tuple[int, ...]) -> None:
    """Add one row of ``_COUNT``."""
    _code, written, seconds, contacts, wrap_seconds, answerable, first = row[:7]
    figures.contacts += contacts
    if seconds is None:
        figures.suspect += contacts
    else:
        times = figures.written if written else figures.live
        times.by_seconds[seconds] += contacts
        times.wrap_seconds += wrap_seconds
    if not written:
        figures.answerable += answerable
        figures.answered_first += first
    figures.not_identified += row[7]
    figures.no_authority += row[8]
    figures.dissatisfied += row[9]
    figures.complained += row[10]
