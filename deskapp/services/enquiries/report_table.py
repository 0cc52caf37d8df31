"""A report of the enquiry desk put together: its rows with their names, its total, the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _, clock_time, day, language
from deskapp.roles import User
from deskapp.services import lists
from deskapp.services.courts.sites import by_key
from deskapp.services.enquiries import enquiry_figures, enquiry_others, enquiry_reports, outcomes
from deskapp.services.enquiries import topics as topic_list
from deskapp.services.enquiries.enquiry_asked import Asked, By
from deskapp.services.enquiries.enquiry_figures import Figures, Groups
from deskapp.services.enquiries.enquiry_others import Others


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """Everything a report tells."""

    asked: Asked
    site: str
    """Key of the site it is about."""
    rows: tuple[Row, ...]
    """The largest first; days and half hours in their order."""
    total: Figures
    others: Others


def put_together(
    connection: Connection, asked: Asked, groups: Groups, *, user: User, today: dt.date
) -> Report:
    """The report of figures that were counted, with everything besides the contacts.

    Raises:
        NotAllowedError: If the role may not see it.
    """
    others = enquiry_others.count(connection, asked, user=user, today=today)
    named = _officers(connection) if asked.by is By.OFFICER else {}
    if asked.by is By.HALF_HOUR:
        groups = _without_gaps(groups)
    rows = [Row(code, named.get(code) or _name(asked.by, code), groups[code]) for code in groups]
    if asked.by in (By.DAY, By.HALF_HOUR):
        rows.sort(key=lambda row: row.code)
    else:
        rows.sort(key=lambda row: (-row.figures.contacts, row.name))
    whole = enquiry_figures.total(groups)
    return Report(asked, user.site, tuple(rows), whole, others)


def _without_gaps(groups: Groups) -> Groups:
    """Every half hour from the first to the last with a contact, so that a lull can be seen."""
    day = (f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))
    first, last = min(groups, default="24:00"), max(groups, default="")
    return {each: groups.get(each, Figures()) for each in day if first <= each <= last}


def read(connection: Connection, asked: Asked, *, user: User, today: dt.date) -> Report:
    """The whole report at once, for who can wait.

    Raises:
        NotAllowedError: If the role may not see it.
        FormProblemsError: If the range has no days or too many.
    """
    from deskapp import paths

    rules = enquiry_reports.rules(paths.settings_folder())
    enquiry_reports.check(asked, user=user)
    groups: Groups = {}
    for piece in enquiry_reports.pieces(asked):
        found = enquiry_reports.count(connection, asked, piece, rules, user=user)
        enquiry_figures.add(groups, found)
    return put_together(connection, asked, groups, user=user, today=today)


def _officers(connection: Connection) -> dict[str, str]:
    rows: list[tuple[str, str]] = connection.execute("SELECT id, name FROM officer").fetchall()
    return dict(rows)


_NAMES: dict[By, Callable[[str], str]] = {
    By.CHANNEL: lambda code: lists.channel(code).label,
    By.TOPIC: lambda code: topic_list.by_code(code).label(language()),
    By.OUTCOME: lambda code: _(outcomes.by_code(code).label).partition(":")[0],
    By.USER_TYPE: lambda code: lists.user_type(code).label,
    By.LANGUAGE: lambda code: lists.ServiceLanguage(code).label,
    By.DAY: lambda code: day(dt.date.fromisoformat(code)),
    By.HALF_HOUR: lambda code: clock_time(dt.time.fromisoformat(code)),
    By.SITE: lambda code: by_key(code).shown_name(language()),
    By.TEAM: lambda code: code or _("In no team"),
    By.OFFICER: lambda code: _("Officer of another desk"),
}


def _name(by: By, code: str) -> str:
    """What a code is called; the code itself where a newer desk made it."""
    try:
        return _NAMES[by](code)
    except (NotFoundError, ValueError):
        return code
