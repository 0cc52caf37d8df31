"""The daily list: what must be done at a site today, by when and by whom.

Its lines come from a file of the settings folder, or the shipped one. The list of a site and day
has the same id on every desk, so that it is opened once.
Source: casework sheet, sections 1.7 (fair allocation) and 2.5.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deskapp import i18n, paths, roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import SettingsError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import desk
from deskapp.services.casework import allocation, cases, fold, stored, worklist
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.allocation import Colleague
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import END_OF_TIME, day_of, overdue_from, start_of
from deskapp.services.casework.vocabulary import Label
from deskapp.services.casework.words import shown
from deskapp.services.casework.worklist import ItemLine
from deskapp.text import fold as folded
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

SCHEME, LINE, EXTRA = "daily_list", "line", "extra_line"
TEXT, BY_WHOM = "text", "allocated_to"
NAME = "daily_list.toml"
SHIPPED = paths.REFERENCE / NAME


class DailyLine(NamedTuple):
    """One thing that must be done every working day."""

    text: Label
    by: dt.time
    """Local time."""
    required: bool
    """The day cannot be closed without it, unless with a note."""


class Today(NamedTuple):
    """The list of a day as it stands."""

    case_id: str
    facts: CaseFacts
    lines: tuple[ItemLine, ...]
    """In order of time; those that are done as well."""


def rules(settings_folder: Path) -> list[DailyLine]:
    """The lines of every day: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    own = settings_folder / NAME
    try:
        given = tomllib.loads((own if own.exists() else SHIPPED).read_text("utf-8"))["line"]
        return [_line(each) for each in given]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = _("{file} must have lines with text in en and cy, by and required. Correct it.")
        raise SettingsError(message.format(file=own)) from error


def id_of(site: str, day: dt.date) -> str:
    """The id of the list of a site and day."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{SCHEME}:{site}:{day.isoformat()}"))


def today(connection: Connection, acting: Acting) -> Today | None:
    """The list of this site and day; ``None`` when nobody opened it yet.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    case_id = id_of(acting.user.site, day_of(acting.now))
    events = stored.events(connection, case_id)
    family = fold.fold(acting.book, events, acting.at)
    if case_id not in family.cases:
        return None
    facts = CaseFacts(acting.book, family, family.cases[case_id], acting.at)
    found = [each for each in worklist.item_lines(facts) if each.item.template in (LINE, EXTRA)]
    found.sort(key=lambda line: overdue_from(line.due.when) if line.due else END_OF_TIME)
    return Today(case_id, facts, tuple(found))


def open_day(session: Session, acting: Acting, lines: Sequence[DailyLine]) -> None:
    """Open the list of today with its lines; opening it twice opens it once.

    Raises:
        RefusedError: If the scheme refuses it.
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(acting.user, Act.WORK_CASES)
    on = day_of(acting.now)
    case_id = id_of(acting.user.site, on)
    if stored.events(plain(session), case_id):
        return
    site = desk.site_name(acting.user.site, i18n.language())
    cases.open_case(session, acting, case_id, SCHEME, {"site": site, "day": on.isoformat()})
    for number, line in enumerate(lines, start=1):
        cases.add_item(
            session,
            acting,
            case_id,
            LINE if line.required else EXTRA,
            {TEXT: shown(line.text)},
            due=start_of(on, line.by).isoformat(),
            item_id=f"{LINE}_{number}",
        )


def allocate(session: Session, acting: Acting, item: str, name: str) -> None:
    """Give a line of today to somebody.

    Raises:
        RefusedError: If the day is closed.
        NotFoundError: If the list is not open.
    """
    case_id = id_of(acting.user.site, day_of(acting.now))
    cases.fill_in(session, acting, case_id, {f"{item}.{BY_WHOM}": name})


def colleagues(connection: Connection, acting: Acting) -> list[Colleague]:
    """Everybody who can take a line; the lines they have today count as things to do.

    Raises:
        NotAllowedError: If the role may not work on cases.
    """
    found = today(connection, acting)
    lines = found.lines if found else ()
    taken = Counter(folded(by_whom(line.item)) for line in lines if line.item.is_open)
    return [
        each._replace(open_items=each.open_items + taken[folded(each.name)])
        for each in allocation.colleagues(connection, acting, SCHEME)
    ]


def text(item: Item, lines: Sequence[DailyLine]) -> str:
    """What a line of the list is, in the language in use where the rules still have it."""
    written = one_line(str(item.fields.get(TEXT) or ""))
    return next((shown(each.text) for each in lines if written in each.text), written)


def by_whom(item: Item) -> str:
    """Who a line was given to; empty for nobody."""
    return one_line(str(item.fields.get(BY_WHOM) or ""))


def _line(given: dict[str, object]) -> DailyLine:
    text, by, required = given["text"], given["by"], given["required"]
    if not isinstance(text, dict) or not isinstance(by, dt.time) or not isinstance(required, bool):
        raise TypeError
    return DailyLine(Label(str(text["en"]), str(text["cy"])), by, required)
