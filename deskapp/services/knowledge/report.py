"""How the knowledge is used at this desk: counts only, so that writers see what is missing.

Source: knowledge sheet, section 6 (9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.i18n import N_, _, day, language
from deskapp.roles import Act, User
from deskapp.services import exports
from deskapp.services.knowledge import (
    due,
    flags,
    local_items,
    local_keep,
    misses,
    naming,
    shelf,
    uses,
)
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.uses import Uses
from deskapp.services.small_numbers import Mask

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

DAYS = 90
MOST = 20
"""Lines of each part."""


class Line(NamedTuple):
    """One line of a part."""

    code: str
    """An id, or words that were searched for."""
    name: str
    """The same for people; a date or place where that tells more."""
    counts: tuple[int, ...] = ()


class Part(NamedTuple):
    """One table."""

    code: str
    heading: str
    columns: tuple[str, ...]
    """What the counts are, as programs name them."""
    lines: list[Line]


_HEADINGS = {
    "missing": N_("Searches that found nothing useful"),
    "top": N_("What is searched for most"),
    "used": N_("Used most"),
    "unused": N_("Live and never opened"),
    "helped": N_("Said not to help"),
    "flags": N_("Flagged"),
    "left": N_("Where scripts are left before their end"),
    "overdue": N_("Review overdue"),
    "welsh": N_("Welsh behind the English"),
    "waiting": N_("Local items that wait for approval"),
}
"""The parts in their order."""
_COUNTED = {
    "missing": ("empty", "distant", "reported", "unopened"),
    "top": ("searches",),
    "used": ("opened", "copied", "used"),
    "helped": ("unhelped", "used"),
    "flags": ("flags",),
    "left": ("left",),
}


def read(connection: Connection, *, user: User, today: dt.date) -> list[Part]:
    """Every part of the report, over the last 90 days.

    Raises:
        NotAllowedError: If the role may not see it.
    """
    roles.require(user, Act.READ_REPORTS)
    known, since = shelf.read(connection).library, today - dt.timedelta(days=DAYS)
    used = list(uses.of_items(connection, since))
    made = {
        "missing": _missing(connection, today),
        "top": _top(connection, since),
        "used": [
            Line(each.item, _title(known, each.item), (each.opened, each.copied, each.used))
            for each in used
            if each.opened + each.copied + each.used
        ],
        "unused": _unused(known, used),
        "helped": [
            Line(each.item, _title(known, each.item), (each.unhelped, each.used))
            for each in sorted(used, key=lambda each: -each.unhelped)
            if each.unhelped
        ],
        "flags": [
            Line(item, _title(known, item), (times,))
            for item, times in flags.counts(connection, since).items()
        ],
        "left": [
            Line(f"{each.item} {each.node}", _title(known, each.item), (each.left,))
            for each in uses.drop_offs(connection, since)
        ],
        "overdue": [
            Line(each.id, f"{naming.owner(each.owner)}, {day(each.review_by)}")
            for each in due.reviews(known, until=today - dt.timedelta(days=1))
        ],
        "welsh": list(_behind(known)),
        "waiting": [
            Line(line.item, line.called(language()))
            for line in local_items.lines(connection, user=user)
            if line.status is local_items.Status.REVIEW
        ],
    }
    return [
        Part(code, _(heading), _COUNTED.get(code, ()), made[code][:MOST])
        for code, heading in _HEADINGS.items()
    ]


def texts(parts: list[Part], mask: Mask) -> Iterator[str]:
    """The report as lines to read."""
    for part in parts:
        yield part.heading
        for line in part.lines:
            counts = " ".join(mask.count(count).rjust(5) for count in line.counts)
            yield "  " + "  ".join(filter(None, (counts, line.code, line.name)))
        if not part.lines:
            yield "  " + _("Nothing.")
        yield ""


def as_csv(parts: list[Part], mask: Mask) -> str:
    """The report as one table: part, what it is about, what is counted, how often."""
    rows = []
    for part in parts:
        for line in part.lines:
            columns = part.columns or ("",)
            counts = [mask.count(count) for count in line.counts] or [""]
            rows += [
                (part.code, line.code, line.name, column, count)
                for column, count in zip(columns, counts, strict=True)
            ]
    return exports.as_csv(("part", "about", "name", "counted", "count"), rows)


def as_data(parts: list[Part], mask: Mask) -> Iterator[dict[str, object]]:
    """The report for a program: an object for each line."""
    for part in parts:
        for line in part.lines:
            counts = {
                column: mask.count(count)
                for column, count in zip(part.columns, line.counts, strict=True)
            }
            yield {"part": part.code, "about": line.code, "name": line.name, **counts}


def _missing(connection: Connection, today: dt.date) -> list[Line]:
    return [
        Line(each.words, each.language, (each.empty, each.distant, each.reported, each.unopened))
        for each in misses.most(connection, today=today, limit=MOST)
    ]


def _top(connection: Connection, since: dt.date) -> list[Line]:
    times = "sum(empty + distant + opened + unopened)"
    rows = connection.execute(
        f"SELECT words, {times} FROM kb_search WHERE searched_on >= ? GROUP BY words"
        f" HAVING {times} > 0 ORDER BY {times} DESC, words LIMIT ?",
        (since.isoformat(), MOST),
    ).fetchall()
    return [Line(words, "", (count,)) for words, count in rows]


def _unused(known: Library, used: list[Uses]) -> list[Line]:
    seen = {each.item for each in used if each.opened + each.copied + each.used}
    return [Line(item.id, item.title(language())) for item in known.items() if item.id not in seen]


def _behind(known: Library) -> Iterator[Line]:
    for item in known.items():
        made_from = local_keep.translates(item)
        if made_from is None or made_from < item.version:
            yield Line(item.id, item.title(language()))


def _title(known: Library, item_id: str) -> str:
    if item_id in known.snippets:
        return known.snippets[item_id].title[language()]
    item = known.item(item_id)
    return item.title(language()) if item else ""
