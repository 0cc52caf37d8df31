"""What waits on the first screen for those who approve local articles: decisions and reviews.

Shipped articles are never read for it: until when they are reviewed is kept once they were.

Source: knowledge sheet, section 6 (8 and 9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskapp.i18n import _, language, ngettext, number
from deskapp.roles import Act, may
from deskapp.services.nearness import due_words
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.knowledge.content import Library

KIND = "local"
"""What opens the record."""
LISTED, OVERDUE = "knowledge", "overdue"
"""What opens the list of the reviews that are overdue, and its name."""
_SHIPPED = "kb_reviews"
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


def keep_dates(connection: Connection, library: Library) -> None:
    """Keep until when what is shipped is reviewed, figures too; whoever reads them calls it."""
    items = [item.review_by for item in library.items() if not item.local]
    figures = [fact.review_by for fact in library.facts.values()]
    dates = " ".join(sorted(map(dt.date.isoformat, items + figures)))
    if dates != _kept_dates(connection):
        connection.execute(
            "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, ?)", (_SHIPPED, dates)
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
    return Lines([*lines, *_shipped(connection, today)])


def _shipped(connection: Connection, today: dt.date) -> Iterator[Line]:
    """One line for all shipped items that are past their review, by the first of them."""
    past = [each for each in _kept_dates(connection).split() if each < today.isoformat()]
    if past:
        many = ngettext(
            "{count} article, script or figure", "{count} articles, scripts and figures", len(past)
        )
        yield Line(
            LISTED,
            OVERDUE,
            due_words(_day(past[0]), today),
            _("Reviews overdue"),
            many.format(count=number(len(past))),
            (Group.BY_DAY, past[0], 2),
            urgent=True,
        )


def _kept_dates(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_SHIPPED,)).fetchone()
    return str(row[0]) if row else ""


def _called(title: str, title_cy: str, item: str) -> str:
    return (title_cy if language() == "cy" else "") or title or item


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
