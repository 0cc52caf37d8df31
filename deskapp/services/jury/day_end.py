"""The end of the day on one page, and confirming it; trial juries on their own.

Source: jury sheet, sections 5.5 and 5.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _, clock_time
from deskapp.roles import Act
from deskapp.services.jury import confirming, days, history, lines, reading, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Record, Step
from deskapp.services.jury.counts import Place
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.days import Done
from deskapp.services.jury.events import Code
from deskapp.services.jury.history import Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import OPEN, Stage

if TYPE_CHECKING:
    from sqlmodel import Session

LATE_NAMED = 5
"""How many jurors are named who came in after everybody is to have left."""
_AUDIT, _CONFIRMED, _ABSENT = "audit_number", "confirmed", "absent"


@dataclass(frozen=True)
class DayEnd:
    """Everybody of the day, each once but those on call, as confirming it now would take them."""

    attended: tuple[JurorLine, ...]
    """Checked out: will be confirmed."""
    not_out: tuple[JurorLine, ...]
    """Still checked in: will be confirmed with a time out that is asked once."""
    absent: tuple[JurorLine, ...]
    """Due here without a record: will be recorded as absent."""
    confirmed: tuple[JurorLine, ...]
    absent_already: tuple[JurorLine, ...]
    on_trial: tuple[JurorLine, ...]
    untouched: tuple[JurorLine, ...]
    """Expected, but neither confirmed nor absent: on a panel without a record, for example."""
    on_call: tuple[JurorLine, ...]
    """At most a thousand; nobody touches them."""
    previous_unconfirmed: dt.date | None
    """The working day before, when something of it is not confirmed."""


class Confirmed(NamedTuple):
    """A day or a jury that was confirmed."""

    audit_number: str
    confirmed: list[str]
    absent: list[str]


def look(connection: Connection, acting: Acting) -> DayEnd:
    """Who is what when the date in force is confirmed at the court in force.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    there = reading.expected(connection, acting)
    end = confirming.confirm_day(acting.court, acting.date, [each.member for each in there])
    confirmed, absent = set(end.confirmed), set(end.absent)

    def those(*places: Place, among: Collection[str] | None = None) -> tuple[JurorLine, ...]:
        return tuple(
            each
            for each in there
            if each.where in places and (among is None or each.number in among)
        )

    left = {each.number for each in there} - confirmed - absent
    called = reading.numbers(connection, acting, Which.ON_CALL)[:1000]
    return DayEnd(
        attended=those(Place.OUT, among=confirmed),
        not_out=those(Place.IN, among=confirmed),
        absent=those(Place.NOT_CHECKED_IN, among=absent),
        confirmed=those(Place.CONFIRMED),
        absent_already=those(Place.ABSENT),
        on_trial=those(Place.ON_TRIAL),
        untouched=those(Place.IN, Place.OUT, Place.NOT_CHECKED_IN, among=left),
        on_call=tuple(lines.of_numbers(connection, acting, called)),
        previous_unconfirmed=reading.previous_unconfirmed(connection, acting),
    )


def confirm(
    session: Session, acting: Acting, time_out: dt.time | None = None, *, step_id: str
) -> Confirmed:
    """Confirm the date in force for the jurors in waiting; late entries can be confirmed again.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who confirms, which day, at which court.
        time_out: For everybody who is still checked in.
        step_id: Of the step; the audit number follows from it.

    Raises:
        RefusedError: ``FUTURE_DATE``, ``DAY_LOCKED`` or ``CHECK_OUT_NOT_AFTER_CHECK_IN``.
        FormProblemsError: If somebody is still checked in and no time out is given.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if known := _known(connection, step_id):
        return known
    confirming.may_confirm(acting.desk)
    there = {each.number: each for each in reading.expected(connection, acting)}
    members = [each.member for each in there.values()]
    end = confirming.confirm_day(acting.court, acting.date, members)
    if time_out is None and any(_is_in(there[number]) for number in end.confirmed):
        message = _("Enter when those who are still checked in left")
        raise FormProblemsError([Problem("time_out", message)])
    _must_be_later(time_out, [there[number] for number in end.confirmed])
    number = row_ids.audit_number(confirming.IN_WAITING, step_id)
    done = [_confirmed(there[each], number, time_out or dt.time.max) for each in end.confirmed]
    done += [_absent(there[each]) for each in end.absent]
    return _write(session, acting, Code.CONFIRMED, step_id, number, done)


def confirm_trial(
    session: Session,
    acting: Acting,
    trial_id: str,
    times: tuple[dt.time, dt.time],
    *,
    absent: Collection[str] = (),
    step_id: str,
) -> Confirmed:
    """Confirm the date in force for the jury of a trial; ``times`` fill only what is missing.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who confirms, which day, at which court.
        trial_id: Of the trial.
        times: In and out, for those who were not scanned.
        absent: Numbers of sworn jurors who did not come.
        step_id: Of the step; the audit number follows from it.

    Raises:
        RefusedError: ``FUTURE_DATE``, ``DAY_LOCKED``, ``CHECK_OUT_NOT_AFTER_CHECK_IN``;
            ``NOT_ON_TRIAL`` when nobody, or not the one named as absent, was sworn on it that
            day; ``ATTENDANCE_CONFIRMED`` when everybody's day is confirmed;
            ``ABSENT_BUT_HERE`` when one named as absent was recorded as here.
        NotAllowedError: If the role may not work on jury service.
    """
    roles.require(acting.user, Act.WORK_JURY)
    connection = plain(session)
    if known := _known(connection, step_id):
        return known
    confirming.may_confirm(acting.desk)
    sworn = sworn_on(connection, acting, trial_id)
    strangers = sorted(set(absent) - {each.number for each in sworn})
    if not sworn or strangers:
        raise RefusedError(Refusal.NOT_ON_TRIAL, number=", ".join(strangers))
    if here := [each.number for each in sworn if each.number in absent and each.record]:
        raise RefusedError(Refusal.ABSENT_BUT_HERE, number=", ".join(here))
    waiting = [each for each in sworn if not _is_settled(each.record)]
    if not waiting:
        raise RefusedError(Refusal.ATTENDANCE_CONFIRMED)
    number = row_ids.audit_number(confirming.ON_TRIAL, step_id)
    done = []
    for each in waiting:
        if each.number in absent:
            done.append(_absent(each))
            continue
        after = confirming.on_jury(each.record, each.trial, number, times)
        done.append(Done(each, Step(each.juror, after), Code.JURY_CONFIRMED))
    return _write(session, acting, Code.JURY_CONFIRMED, step_id, number, done)


def sworn_on(connection: Connection, acting: Acting, trial_id: str) -> list[JurorLine]:
    """The jury of a trial on the date in force, in the order of the ballot."""
    rows = connection.execute(
        "SELECT juror FROM trial_juror WHERE trial_id = ? AND sworn_on <> '' AND sworn_on <= ?"
        " AND (back_on = '' OR back_on > ?) ORDER BY place, juror",
        (trial_id, acting.date.isoformat(), acting.date.isoformat()),
    ).fetchall()
    return lines.of_numbers(connection, acting, [row[0] for row in rows])


def _must_be_later(time_out: dt.time | None, lines_of_day: Iterable[JurorLine]) -> None:
    """Refuse a time out before somebody came in, and name who that was."""
    if time_out is None:
        return
    late = [
        f"{clock_time(line.record.time_in)} ({line.number})"
        for line in lines_of_day
        if line.record and _is_in(line) and line.record.time_in and line.record.time_in >= time_out
    ]
    if late:
        named = ", ".join((*late[:LATE_NAMED], *(["..."] if late[LATE_NAMED:] else [])))
        raise RefusedError(Refusal.CHECK_OUT_NOT_AFTER_CHECK_IN, time=named)


def _confirmed(line: JurorLine, number: str, time_out: dt.time) -> Done:
    assert line.record is not None  # who has none is absent
    after = confirming.confirmed(line.record, number, time_out)
    by_list = line.by_list or _is_in(line)
    return Done(line, Step(line.juror, after), Code.CONFIRMED, by_list=by_list)


def _absent(line: JurorLine) -> Done:
    return Done(line, Step(line.juror, confirming.absent()), Code.ABSENT)


def _is_in(line: JurorLine) -> bool:
    return line.record is not None and line.record.stage is Stage.CHECKED_IN


def _is_settled(record: Record | None) -> bool:
    return record is not None and record.stage not in OPEN


def _write(
    session: Session, acting: Acting, code: Code, step_id: str, number: str, done: list[Done]
) -> Confirmed:
    confirmed = [each.line.number for each in done if each.code is code]
    absent = [each.line.number for each in done if each.code is not code]
    data = {_AUDIT: number, _CONFIRMED: confirmed, _ABSENT: absent}
    days.write_many(session, acting, done, Told(step_id, code, data=data))
    return Confirmed(number, confirmed, absent)


def _known(connection: Connection, step_id: str) -> Confirmed | None:
    """What the step did when it was taken before."""
    event = history.get(connection, step_id)
    if event is None:
        return None
    confirmed, absent = event.data[_CONFIRMED], event.data[_ABSENT]
    assert isinstance(confirmed, list)
    assert isinstance(absent, list)
    return Confirmed(str(event.data[_AUDIT]), list(confirmed), list(absent))
