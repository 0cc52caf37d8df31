"""What the desk knows to put into the places of a reply: officer, court, person, date.

Source: knowledge sheet, section 4 (variables).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from deskapp.data.directory import Court
from deskapp.i18n import day, speaking
from deskapp.services.courts import sites
from deskapp.services.dates import Calendar
from deskapp.services.enquiries.contact_drafts import COLLECTED
from deskapp.services.enquiries.outcomes import ADDED
from deskapp.services.enquiries.turnaround import Table
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.text import fold

_COURT = f"{COLLECTED}court"
"""Value of a contact in which scripts keep which court it is about."""
_BY_WHEN = f"{ADDED}by_when"


class Desk(NamedTuple):
    """Who answers, where and when."""

    officer: str
    site: str
    """Key of the court that the desk belongs to."""
    now: dt.datetime
    calendar: Calendar
    table: Table
    """How long papers take."""


def known(
    desk: Desk, values: Mapping[str, str], item: Article | Script, library: Library, language: str
) -> dict[str, str]:
    """What variables stand for, by the names of ``variables.GAPS``; unknown ones are empty.

    May read the court directory: not for the thread that draws.

    Args:
        desk: Who answers.
        values: Of the form of the contact; empty where none is open.
        item: What the reply belongs to.
        library: For the scripts of an article.
        language: Of the reply.
    """
    court = court_of(values, desk.site)
    due = due_day(desk, values, item, library)
    with speaking(language):
        return {
            "officer.name": desk.officer,
            "court.name": court.shown_name(language) if court else values[_COURT],
            "court.phone": _phone(court, language) if court else "",
            "court.email": court.email if court else "",
            "case_ref": values.get("case_ref", ""),
            "user.name": values.get("person_name", ""),
            "due_date": day(due) if due else "",
        }


def court_of(values: Mapping[str, str], site: str) -> Court | None:
    """The court that a contact is about, else that of the desk.

    None where the contact names one that is not in the directory, or that could be several: then
    nobody is sent to another court.
    """
    named = values.get(_COURT, "").strip()
    if not named:
        return sites.by_key(site)
    from deskapp.services.courts import court_search  # it reads the whole directory

    found = [each.court for each in court_search.find(named, limit=2, open_only=True)]
    same = [each for each in found if fold(named) in (fold(each.name), fold(each.name_cy))]
    sure = same or (found if len(found) == 1 else [])
    return sure[0] if sure else None


def due_day(
    desk: Desk, values: Mapping[str, str], item: Article | Script, library: Library
) -> dt.date | None:
    """By when something is to be done: as the contact promises, else in the days of the script of
    this matter, else in those that such papers take.

    None where the desk does not know.
    """
    if promised := values.get(_BY_WHEN, ""):
        return _iso_day(promised)
    days = {*_days_of_scripts(item, library)}
    if not days:
        topics = {*item.topics, values.get("topic", "")}
        days = {each.working_days for each in desk.table.processes if topics & {*each.topics}}
    target_days = days.pop() if len(days) == 1 else 0
    return desk.calendar.due(desk.now, target_days).due_date if target_days else None


def _days_of_scripts(item: Article | Script, library: Library) -> Iterator[int]:
    """The working days in which the ends of its script, or of those it goes with, follow up."""
    names = item.scripts if isinstance(item, Article) else ()
    found = [library.scripts[name] for name in names if name in library.scripts]
    for script in [item] if isinstance(item, Script) else found:
        yield from (node.follow_up_days for node in script.nodes.values() if node.follow_up_days)


def _phone(court: Court, language: str) -> str:
    """The most general number; that for Welsh speakers where Welsh is spoken."""
    general = next((line.value for line in court.phones), "")
    return (language == "cy" and court.welsh_phone) or general


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:  # still being typed
        return None
