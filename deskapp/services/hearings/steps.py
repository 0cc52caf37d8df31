"""What is recorded of a hearing on its day: its state, who is here, the jurors, a note.

Each is one event; saving it twice with the same id saves it once. Source: hearings sheet,
sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.hearings import codes, day, events, stored
from deskapp.services.hearings.codes import RefusedError
from deskapp.services.hearings.day import Day, MoveRefusedError, Presence, State
from deskapp.services.hearings.events import Code
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting

MOST_NOTE = 2000
MOST_JURORS = 99
CHANNELS = ("in_person", "telephone", "video", "on_paper", "not_attending")
"""How a party takes part. Source: section 1 [C]."""


def day_of(connection: Connection, hearing_id: str) -> Day:
    """The day of one hearing as it stands."""
    return day.fold(events.of(connection, [hearing_id]).get(hearing_id, ()))


def move(session: Session, acting: Acting, hearing_id: str, to: State, *, event_id: str) -> State:
    """Take a hearing to another state of its day; the state it then has.

    Raises:
        MoveRefusedError: If its state does not lead there.
        RefusedError: ``H_FINAL`` once it has a result, ``H_FUTURE_RESULT`` before its day.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    connection = _begin(session, acting, hearing_id)
    if not events.is_there(session, event_id):
        _check_open(connection, acting, hearing_id)
        day.check_move(day_of(connection, hearing_id), to)
        data = {"to": to.value, "back": False}
        events.add(session, acting, hearing_id, Code.MOVE, data, event_id=event_id)
    return day_of(connection, hearing_id).state


def back(session: Session, acting: Acting, hearing_id: str, *, event_id: str) -> State:
    """Take back the last step of the state, with a row in the history; the state it then has.

    Raises:
        MoveRefusedError: If there is no step to take back.
        RefusedError: ``H_FINAL`` once it has a result.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    connection = _begin(session, acting, hearing_id)
    if not events.is_there(session, event_id):
        _check_open(connection, acting, hearing_id)
        before = day_of(connection, hearing_id).step_before
        if before is None:
            raise MoveRefusedError(_("The hearing still waits: there is no step to take back."))
        data = {"to": before.value, "back": True}
        events.add(session, acting, hearing_id, Code.MOVE, data, event_id=event_id)
    return day_of(connection, hearing_id).state


def _begin(session: Session, acting: Acting, hearing_id: str) -> Connection:
    roles.require(acting.user, Act.RUN_HEARINGS)
    connection = plain(session)
    stored.get(connection, hearing_id)
    return connection


def _check_open(connection: Connection, acting: Acting, hearing_id: str) -> None:
    hearing = stored.get(connection, hearing_id)
    if day_of(connection, hearing_id).result is not None:
        raise RefusedError(codes.Code.FINAL)
    if hearing.day > acting.today:
        message = _("The day of this hearing is still to come.")
        raise RefusedError(codes.Code.FUTURE_RESULT, message)


def attend(
    session: Session,
    acting: Acting,
    hearing_id: str,
    party_key: str,
    presence: Presence,
    channel: str = "",
    *,
    event_id: str,
) -> None:
    """Record whether a party is here, attended or did not, and how.

    Raises:
        NotFoundError: If there is no such hearing or party.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    connection = _begin(session, acting, hearing_id)
    if party_key not in {each.key for each in stored.get(connection, hearing_id).parties}:
        raise NotFoundError(_("No such party takes part in this hearing."))
    data = {"party": party_key, "state": presence.value, "channel": channel}
    _add(session, acting, hearing_id, Code.PARTY, data, event_id)


def jurors(
    session: Session, acting: Acting, hearing_id: str, here: int, needed: int, *, event_id: str
) -> None:
    """Record how many jurors are here of those that are needed.

    Raises:
        FormProblemsError: If these are no such numbers.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    _begin(session, acting, hearing_id)
    if not (0 <= here <= MOST_JURORS and 0 <= needed <= MOST_JURORS):
        message = _("Enter whole numbers up to {most}, like 12 12")
        raise FormProblemsError([Problem("jurors", message.format(most=MOST_JURORS))])
    data = {"here": here, "needed": needed}
    _add(session, acting, hearing_id, Code.JURORS, data, event_id)


def note(session: Session, acting: Acting, hearing_id: str, text: str, *, event_id: str) -> None:
    """Add a note to the history of a hearing.

    Raises:
        FormProblemsError: If it is empty or too long.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    connection = _begin(session, acting, hearing_id)
    said = clean(text).strip()
    if not said:
        raise FormProblemsError([Problem("note", _("Enter the note."))])
    if len(said) > MOST_NOTE:
        raise FormProblemsError([Problem("note", _("Shorten the note to 2,000 characters."))])
    _add(session, acting, hearing_id, Code.NOTE, {}, event_id, said)
    form_drafts.drop(connection, event_id)


def _add(
    session: Session,
    acting: Acting,
    hearing_id: str,
    code: Code,
    data: Mapping[str, Any],
    event_id: str,
    said: str = "",
) -> None:
    if not events.is_there(session, event_id):
        events.add(session, acting, hearing_id, code, data, note=said, event_id=event_id)


def juror_numbers(text: str) -> tuple[int, int]:
    """How many jurors are here and needed, of ``12`` or ``11 12``.

    Raises:
        FormProblemsError: If these are no such numbers.
    """
    parts = one_line(text).replace("/", " ").split()
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() for part in parts):
        message = _("Enter whole numbers up to {most}, like 12 12")
        raise FormProblemsError([Problem("jurors", message.format(most=MOST_JURORS))])
    here, needed = int(parts[0][:9]), int(parts[-1][:9])
    return here, needed
