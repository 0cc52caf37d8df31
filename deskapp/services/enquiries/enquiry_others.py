"""What a report of the enquiry desk tells besides its contacts.

Callbacks, markers past their review, risks and how soon somebody was told, articles used and
flagged, searches in vain.
Source: enquiries sheet, sections 9 and 14.
"""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass

from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services.casework.values import read_instant
from deskapp.services.enquiries.enquiry_asked import Asked
from deskapp.services.enquiries.enquiry_reports import check

MOST_ARTICLES = 10


@dataclass(frozen=True)
class Callbacks:
    """Callbacks promised in the range, and what became of those that fell due in it."""

    booked: int
    """Promised on these days, for whichever day."""
    due: int
    """Whose half hour lies in the range; cancelled ones are left out here and below."""
    kept: int
    """The first attempt began in time."""
    failed: int


@dataclass(frozen=True)
class Risks:
    """Risks and faults opened in the range that the Senior Person on Site had to be told of."""

    opened: int
    minutes: tuple[int, ...]
    """From each risk to the moment when the Senior Person on Site was told, shortest first."""

    @property
    def not_told(self) -> int:
        """Of how many the Senior Person on Site was not told yet."""
        return self.opened - len(self.minutes)

    @property
    def median(self) -> float | None:
        """Minutes in the middle; none where nobody was told."""
        return statistics.median(self.minutes) if self.minutes else None


@dataclass(frozen=True)
class Others:
    """What is told below the contacts."""

    callbacks: Callbacks
    markers_overdue: int
    """On the day of the report."""
    risks: Risks
    articles: tuple[tuple[str, int], ...]
    """Id of an article or script, and in how many contacts it was used; most used first."""
    flagged: int
    """How often one was flagged as wrong or unclear."""
    empty_searches: int
    """Searches at this desk that found nothing, by anybody: who searched is not kept."""


def count(connection: Connection, asked: Asked, *, user: User, today: dt.date) -> Others:
    """Everything besides the contacts, for the same days.

    Raises:
        NotAllowedError: If the role may not see the report.
    """
    check(asked, user=user)
    given = {
        "first": asked.days.first.isoformat(),
        "after": (asked.days.last + dt.timedelta(days=1)).isoformat(),
        "begin": asked.days.begin,
        "end": asked.days.end,
        "today": today.isoformat(),
        "site": user.site,
        "officer": user.id if asked.own else None,
    }
    [callbacks] = connection.execute(_CALLBACKS, given).fetchall()
    [(overdue,)] = connection.execute(_MARKERS, given).fetchall()
    risks = connection.execute(_RISKS, given).fetchall()
    articles = connection.execute(_ARTICLES, {**given, "most": MOST_ARTICLES}).fetchall()
    [(flagged,)] = connection.execute(_FLAGS, given).fetchall()
    [(empty_searches,)] = connection.execute(_SEARCHES, given).fetchall()
    return Others(
        callbacks=Callbacks(*callbacks),
        markers_overdue=overdue,
        risks=Risks(len(risks), tuple(sorted(_minutes(*row) for row in risks if row[1]))),
        articles=tuple((str(name), int(times)) for name, times in articles),
        flagged=flagged,
        empty_searches=empty_searches,
    )


def _minutes(opened_at: str, told_at: str) -> int:
    """Whole minutes; told before it was written down counts as at once."""
    spent = read_instant(told_at) - instant(opened_at)
    return max(0, int(spent.total_seconds() // 60))


# Whether a try began in time was decided when it began (``slots.Diary.is_on_time``).
_CALLBACKS = """
WITH booked AS (
    SELECT count(*) FROM callback AS b
    WHERE b.site = :site AND b.slot >= :first AND b.booked_at >= :begin AND b.booked_at < :end
    AND (:officer IS NULL OR b.booked_by = :officer)
), tried AS (
    SELECT b.state, (
        SELECT a.on_time FROM callback_attempt AS a
        WHERE a.callback_id = b.id AND a.result = 'attempting' AND NOT EXISTS (
            SELECT 1 FROM callback_attempt AS u WHERE u.callback_id = b.id
            AND u.contact_id = a.contact_id AND u.result = 'undone' AND u.hlc > a.hlc
        ) ORDER BY a.hlc, a.desk LIMIT 1
    ) AS on_time
    FROM callback AS b
    WHERE b.site = :site AND b.slot >= :first AND b.slot < :after AND b.state <> 'cancelled'
    AND (:officer IS NULL OR b.booked_by = :officer)
)
SELECT (SELECT * FROM booked), count(*), coalesce(sum(on_time), 0),
    coalesce(sum(state = 'failed'), 0) FROM tried
"""
_MARKERS = """
SELECT count(*) FROM marker WHERE ended_on = '' AND review_on > '' AND review_on < :today
"""
_RISKS = """
SELECT s.opened_at, (
    SELECT json_extract(e.answers, '$.spos_informed_at') FROM case_event AS e
    WHERE e.family_id = s.family_id AND e.case_id = s.id
    AND json_extract(e.answers, '$.spos_informed_at') IS NOT NULL
    ORDER BY e.hlc DESC, e.desk DESC LIMIT 1
) FROM case_state AS s
WHERE s.scheme IN ('building_risk', 'building_issue')
AND s.opened_at >= :begin AND s.opened_at < :end AND EXISTS (
    SELECT 1 FROM case_item AS i
    WHERE i.family_id = s.family_id AND i.case_id = s.id AND i.template = 'tell_spos'
)
"""
_ARTICLES = """
SELECT iif(used.type = 'object', json_extract(used.value, '$.id'), used.value) AS name, count(*)
FROM contact AS c, json_each(c.articles) AS used
WHERE c.started_at >= :begin AND c.started_at < :end AND c.site = :site
AND (:officer IS NULL OR c.officer_id = :officer) AND c.articles <> '[]'
GROUP BY name ORDER BY count(*) DESC, name LIMIT :most
"""
_FLAGS = """
SELECT count(*) FROM kb_flag AS f
WHERE f.closes = '' AND f.at >= :begin AND f.at < :end AND f.home_site = :site
AND (:officer IS NULL OR f.officer_id = :officer)
"""
_SEARCHES = """
SELECT coalesce(sum(empty), 0) FROM kb_search WHERE searched_on >= :first AND searched_on < :after
"""
