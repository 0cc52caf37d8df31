"""Ground rules hearings: what was agreed for a case in which an intermediary helps.

They are kept at the hearing where they were agreed, and stand at every hearing of the case: so the
trial has them. Source: hearings sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _, day
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import typed
from deskapp.services.hearings import covering, events, stored
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.readiness import Bearing
from deskapp.services.interpreters.bookings import Kind
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting
    from deskapp.services.hearings.stored import Hearing

LIMITS = {"attended": 200, "rules": 2000}
"""Longest text of each field in characters."""


class GroundRules(NamedTuple):
    """One ground rules hearing."""

    held_on: dt.date
    attended: str
    rules: str

    @property
    def words(self) -> str:
        """When it was, who was there and what was agreed, as it is read out."""
        return f"{day(self.held_on)}  {one_line(self.attended)}: {self.rules}"


def keep(
    session: Session,
    acting: Acting,
    hearing_id: str,
    values: Mapping[str, str],
    *,
    event_id: str,
) -> None:
    """Write down what was agreed; ``values`` are ``held_on``, ``attended`` and ``rules``, as typed.

    The same step again changes nothing.

    Raises:
        FormProblemsError: With everything to put right.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    roles.require(acting.user, Act.RUN_HEARINGS)
    stored.get(plain(session), hearing_id)
    problems: list[Problem] = []
    held_on = ""
    try:
        held = typed.day(values.get("held_on", ""), today=acting.today)
        held_on = held.isoformat()
        if held > acting.today:
            problems.append(Problem("held_on", _("That day has not come yet. Enter it then.")))
    except DeskError as error:
        problems.append(Problem("held_on", str(error)))
    said = {name: clean(values.get(name, "")).strip() for name in LIMITS}
    if not said["attended"]:
        problems.append(Problem("attended", _("Enter who attended")))
    if not said["rules"]:
        problems.append(Problem("rules", _("Enter the rules that were agreed")))
    for name, limit in LIMITS.items():
        if len(said[name]) > limit:
            message = _("Write at most {limit} characters").format(limit=limit)
            problems.append(Problem(name, message))
    if problems:
        raise FormProblemsError(problems)
    if not events.is_there(session, event_id):
        data = {"held_on": held_on, **said}
        events.add(session, acting, hearing_id, Code.GROUND_RULES, data, event_id=event_id)
    form_drafts.drop(plain(session), event_id)


def of_case(connection: Connection, hearing: Hearing) -> list[GroundRules]:
    """Those of the case of a hearing, the newest first, for services that asked who reads."""
    rows = connection.execute(
        "SELECT e.hearing_id FROM hearing AS h JOIN hearing_event AS e ON e.hearing_id = h.id"
        " WHERE (h.id = ?1 OR (h.case_key = ?2 AND ?2 <> '')) AND e.code = ?3",
        (hearing.id, hearing.case_key, Code.GROUND_RULES.value),
    ).fetchall()
    happened = events.of(connection, dict.fromkeys(row[0] for row in rows))
    found = [each for of_one in happened.values() for each in of_one]
    shown = covering.events(found, covering.cover(connection, hearing.id))
    read = [_read(each) for each in shown if each.code == Code.GROUND_RULES]
    return sorted(filter(None, read), key=lambda each: each.held_on, reverse=True)


def _read(event: events.Event) -> GroundRules | None:
    try:
        held_on = dt.date.fromisoformat(event.text("held_on"))
    except ValueError:
        return None
    return GroundRules(held_on, event.text("attended"), event.text("rules"))


def needed(bearing: Bearing) -> bool:
    """Whether an intermediary helps at a hearing, or is to."""
    booked = any(each.counts and each.kind is Kind.INTERMEDIARY for each in bearing.bookings)
    wanted = any(
        need.kind is not None and need.kind.books[0] == Kind.INTERMEDIARY
        for need in bearing.standing
    )
    return booked or wanted
