"""Giving a hearing its result.

Source: hearings sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.hearings import (
    booked,
    carrying,
    codes,
    events,
    going_on,
    result_reading,
    results,
    steps,
    stored,
)
from deskapp.services.hearings.codes import RefusedError
from deskapp.services.hearings.day import State
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.going_on import Given
from deskapp.services.hearings.results import NONE_BOOKED, Outcome, Result
from deskapp.services.hearings.stored import Hearing

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


def first_values(connection: Connection, acting: Acting, hearing_id: str) -> dict[str, str]:
    """What a form of a result begins with: the times that the day itself recorded.

    Raises:
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not read hearings.
    """
    hearing = stored.read(connection, hearing_id, user=acting.user)
    day = steps.day_of(connection, hearing_id)
    if day.result is not None:
        kept = dict(day.result.data)
        pauses = ", ".join("-".join(pair) for pair in kept.pop("pauses", []))
        return {**{name: str(value) for name, value in kept.items()}, "pauses": pauses}
    if day.state is State.NOT_REACHED:
        return {
            "result": Outcome.ADJOURNED.value,
            "reason": results.NO_TIME,
            "next_room": hearing.room,
        }
    pauses = ", ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in day.pauses)
    now = local(acting.now).replace(second=0, microsecond=0)
    going_on_now = day.started_at is not None and day.started_at < now
    ended = day.ended_at or (now if going_on_now else None)
    return {
        "start": f"{day.started_at:%H:%M}" if day.started_at else "",
        "end": f"{ended:%H:%M}" if ended else "",
        "pauses": pauses,
        "next_room": hearing.room,
    }


def give(
    session: Session,
    acting: Acting,
    hearing_id: str,
    values: Mapping[str, str],
    *,
    event_id: str,
) -> Given:
    """Enter how a hearing ended; entering it twice with the same id enters it once.

    A hearing that has a result is corrected, by a team leader and with the old one kept.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who enters it.
        hearing_id: Which hearing.
        values: What ``results.read`` asks for; ``why`` of a correction.
        event_id: Id of its stored form, or a new one; the form is forgotten.

    Raises:
        RefusedError: ``H_FINAL``, ``H_FUTURE_RESULT``.
        FormProblemsError: With everything to put right.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    roles.require(acting.user, Act.RUN_HEARINGS)
    connection = plain(session)
    if events.is_there(session, event_id):
        return Given()
    hearing = stored.get(connection, hearing_id)
    corrects = steps.day_of(connection, hearing_id).result is not None
    problems = list(_reason_of_correction(acting, values)) if corrects else []
    check_day(hearing, acting)
    result = _read(connection, acting, hearing, values, problems)
    kept = {**result.kept, "room": hearing.room}
    code = Code.CORRECT if corrects else Code.RESULT
    why = values.get("why", "").strip() if corrects else ""
    events.add(session, acting, hearing_id, code, kept, note=why, event_id=event_id)
    _set_state(session, hearing_id, result.outcome)
    form_drafts.drop(connection, event_id)
    if result.booking and result.booking != NONE_BOOKED:
        why = results.reason_label(result.outcome, result.reason)
        carrying.failed(session, acting, result.booking, result.booking_outcome, why)
    if result.next is None:
        return Given()
    return going_on.make_next(session, acting, hearing, result.next)


def _reason_of_correction(acting: Acting, values: Mapping[str, str]) -> list[Problem]:
    if not roles.may(acting.user, Act.MANAGE_HEARINGS):
        raise RefusedError(codes.Code.FINAL)
    why = values.get("why", "").strip()
    if not why:
        return [Problem("why", _("Say why the result is corrected."))]
    if len(why) > results.MOST_TEXT:
        return [codes.problem("why", codes.Code.COMMENT_TOO_LONG)]
    return []


def check_day(hearing: Hearing, acting: Acting) -> None:
    """Make sure that a hearing can have a result.

    Raises:
        RefusedError: ``H_FUTURE_RESULT``.
    """
    if hearing.day > acting.today:
        raise RefusedError(codes.Code.FUTURE_RESULT)


def check_final(hearing: Hearing, acting: Acting) -> None:
    """Make sure that the user can still give a hearing its result.

    Raises:
        RefusedError: ``H_FINAL``.
    """
    final = hearing.list_state in list(Outcome)
    if final and not roles.may(acting.user, Act.MANAGE_HEARINGS):
        raise RefusedError(codes.Code.FINAL)


def _read(
    connection: Connection,
    acting: Acting,
    hearing: Hearing,
    values: Mapping[str, str],
    problems: list[Problem],
) -> Result:
    try:
        result = result_reading.read(
            values,
            planned_minutes=hearing.minutes,
            settings=acting.settings,
            today=acting.today,
        )
    except FormProblemsError as error:
        raise FormProblemsError([*problems, *error.problems]) from error
    if result.booking and result.booking != NONE_BOOKED:
        of_it = booked.of_hearings(connection, [hearing.id], user=acting.user)
        if result.booking not in {each.id for each in of_it.get(hearing.id, ())}:
            problems.append(Problem("booking", _("Select the booking that failed.")))
    now = local(acting.now).replace(tzinfo=None)
    if result.end and dt.datetime.combine(hearing.day, result.end) > now:
        problems.append(Problem("end", _("This time is still to come. Correct it.")))
    if problems:
        raise FormProblemsError(problems)
    return result


def _set_state(session: Session, hearing_id: str, outcome: Outcome) -> None:
    from deskapp.data.hearing_tables import Hearing as Row

    session.get_one(Row, hearing_id).list_state = outcome.value
