"""What waits on the first screen for those who approve local articles: decisions and reviews.

Source: knowledge sheet, section 6 (8 and 9).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.i18n import _, language
from deskapp.roles import Act, may
from deskapp.services.nearness import due_words
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

KIND = "local"
"""What opens the record."""
_WAITING = (
    "SELECT id, title, title_cy, item FROM kb_item i WHERE status = 'review' AND NOT EXISTS"
    " (SELECT 1 FROM kb_version v WHERE v.item_id = i.id AND v.officer_id = ?"
    " AND v.version > i.live_version AND v.move IN ('drafted', 'edited', 'restored'))"
    " ORDER BY title, id LIMIT ?"
)
_REVIEWS = (
    "SELECT id, title, title_cy, item, review_by FROM kb_item"
    " WHERE live_version > 0 AND review_by <> '' AND review_by <= ? ORDER BY review_by, id LIMIT ?"
)


def waiting(connection: Connection, asker: Asker) -> Lines:
    """Local items that the user may approve, and those whose review is due."""
    if not may(asker.user, Act.APPROVE_KNOWLEDGE):
        return Lines([])
    today = asker.today
    submitted = connection.execute(_WAITING, (asker.user.id, LINES)).fetchall()
    due = connection.execute(_REVIEWS, (today.isoformat(), LINES)).fetchall()
    lines = [
        Line(
            KIND,
            row[0],
            _("Waits for approval"),
            _("Local article"),
            _called(*row[1:4]),
            (Group.BY_DAY, today.isoformat(), 0),
        )
        for row in submitted
    ]
    lines += [
        Line(
            KIND,
            row[0],
            due_words(_day(row[4]), today),
            _("Review of a local article"),
            _called(*row[1:4]),
            (Group.BY_DAY, row[4], 2),
            urgent=row[4] < today.isoformat(),
        )
        for row in due
    ]
    return Lines(lines)


def _called(title: str, title_cy: str, item: str) -> str:
    return (title_cy if language() == "cy" else "") or title or item


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
