"""Days of jurors in the store: the one place that writes them, with what follows from them.

A step gives the day as it is afterwards; its row, the juror's next date, the claim of a confirmed
day and what is told of the step are written together. A record that is taken back stays as a row
that says nothing, because rows never go. Source: jury sheet, sections 5 and 9.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import stamp
from deskapp.services.jury import claim_days, history, lines, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Juror, Record, Step
from deskapp.services.jury.events import Code, Event
from deskapp.services.jury.history import NOTHING, Told
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.stages import CLAIMED, Status

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.jury_tables import Attendance, JurorInPool

BEFORE, AFTER = "before", "after"
MEMBER_BEFORE, MEMBER_AFTER = "member_before", "member_after"
STEP, JURORS = "step", "jurors"
"""The step for many that something told of a juror belongs to; the jurors of such a step."""
CALLED, NEXT, STATUS = "on_call", "next_on", "status"
TAKEN_BACK: Mapping[str, object] = {
    "kind": "",
    "stage": "",
    "time_in": "",
    "time_out": "",
    "on_trial": False,
    "trial": "",
    "audit_number": "",
}
"""What the row of a day says that was taken back."""


class Done(NamedTuple):
    """What a step made of one juror's day."""

    line: JurorLine
    """As it was before."""
    after: Step
    code: Code
    note: str = ""
    by_list: bool = False
    about: Mapping[str, object] = NOTHING
    """What else is told of it."""
    columns: Mapping[str, object] = NOTHING
    """What else changes in the membership."""


def write(session: Session, acting: Acting, done: Done, *, step_id: str) -> None:
    """Write what a step made of the day of one juror, and tell of it.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who took the step, on which day.
        done: What it made of the day.
        step_id: Of the step, and of what is told.
    """
    keep(session, acting, [done])
    history.add(session, acting, [_told(done, step_id)])
    session.flush()


def write_many(session: Session, acting: Acting, done: Sequence[Done], whole: Told) -> None:
    """Write what one step made of the days of many jurors; ``whole`` tells of it as a step."""
    keep(session, acting, done)
    jurors = [each.line.number for each in done]
    parts = [_told(each, row_ids.part(whole.id, each.line.number), whole.id) for each in done]
    history.add(session, acting, [whole._replace(data={**whole.data, JURORS: jurors}), *parts])
    session.flush()


def keep(session: Session, acting: Acting, done: Sequence[Done]) -> None:
    """Write days, memberships and claims, and tell nobody."""
    rows = _Rows.of(session, acting, [each.line for each in done])
    for each in done:
        rows.put(acting, each)
    session.flush()
    claimed = [
        each.line
        for each in done
        if {stage_of(each.line.record), stage_of(each.after.record)} & CLAIMED
    ]
    if not claimed:
        return
    held = _read_before(session, rows, claimed)  # else each is read anew when it is asked for
    with session.no_autoflush:
        for line in claimed:
            claim_days.follow(session, rows.id_of(line), acting.rules, site=line.home_site)
    del held


def _read_before(session: Session, rows: _Rows, claimed: Sequence[JurorLine]) -> list[object]:
    """Claims and jurors that are about to be asked for one by one, read at once and held."""
    from sqlmodel import col, select

    from deskapp.data.jury_tables import AttendanceExpense, Juror

    days = [rows.id_of(each) for each in claimed]
    jurors = [row_ids.juror(each.number) for each in claimed]
    return [
        *session.exec(select(AttendanceExpense).where(col(AttendanceExpense.id).in_(days))),
        *session.exec(select(Juror).where(col(Juror.id).in_(jurors))),
    ]


def _told(done: Done, event_id: str, step_id: str = "") -> Told:
    line, after = done.line, done.after
    data: dict[str, object] = {
        **done.about,
        BEFORE: written(line.record),
        AFTER: written(after.record),
        MEMBER_BEFORE: member(line.juror),
        MEMBER_AFTER: member(after.juror),
    }
    if done.by_list:
        data["by_list"] = True
    if step_id:
        data[STEP] = step_id
    return Told(event_id, done.code, line.number, line.pool, line.home_site, done.note, data)


def written(record: Record | None) -> dict[str, object] | None:
    """A record as it is kept beside what was done."""
    if record is None:
        return None
    return {
        "kind": record.kind.value,
        "stage": stage_text(record),
        "time_in": clock(record.time_in),
        "time_out": clock(record.time_out),
        "on_trial": record.on_trial,
        "trial": record.trial,
        "audit_number": record.audit_number,
    }


def read(kept: object) -> Record | None:
    """What ``written`` gave."""
    return lines.record(kept.values()) if isinstance(kept, Mapping) else None


def member(juror: Juror) -> dict[str, object]:
    """What a step may change of a membership, as it is kept beside what was done."""
    next_on = juror.next_date.isoformat() if juror.next_date else ""
    return {STATUS: int(juror.status), NEXT: next_on, CALLED: juror.on_call}


def member_of(kept: object, juror: Juror) -> Juror:
    """``juror`` with what ``member`` kept."""
    if not isinstance(kept, Mapping):
        return juror
    next_on = lines.date(str(kept[NEXT]))
    status = Status(int(kept[STATUS]))
    return replace(juror, status=status, next_date=next_on, on_call=bool(kept[CALLED]))


def jurors_of(event: Event) -> tuple[str, ...]:
    """The jurors of a step, be it for many or for one."""
    listed = event.data.get(JURORS, [event.juror])
    assert isinstance(listed, list)
    return tuple(map(str, listed))


def clock(time: dt.time | None) -> str:
    """A wall clock time as the store keeps it."""
    return time.isoformat("minutes") if time else ""


def stage_text(record: Record) -> str:
    """The stage as the store keeps it; empty on a day absent."""
    return record.stage.value if record.stage else ""


def stage_of(record: Record | None) -> object:
    """The stage of a day, if there is a record of it."""
    return record.stage if record else None


class _Rows(NamedTuple):
    """The rows of a day that a step writes, read at once."""

    session: Session
    days: dict[str, Attendance]
    members: dict[str, JurorInPool]
    court: str
    date: dt.date

    @classmethod
    def of(cls, session: Session, acting: Acting, wanted: Sequence[JurorLine]) -> _Rows:
        """The rows of these jurors."""
        from sqlmodel import col, select

        from deskapp.data.jury_tables import Attendance, JurorInPool

        rows = cls(session, {}, {}, acting.court, acting.date)
        days = [rows.id_of(each) for each in wanted]
        members = [each.member_id for each in wanted]
        for day in session.exec(select(Attendance).where(col(Attendance.id).in_(days))):
            rows.days[day.id] = day
        for member in session.exec(select(JurorInPool).where(col(JurorInPool.id).in_(members))):
            rows.members[member.id] = member
        return rows

    def id_of(self, line: JurorLine) -> str:
        """Of the day of a juror."""
        return row_ids.attendance(line.number, self.date, self.court)

    def put(self, acting: Acting, done: Done) -> None:
        """Write the day and, where the step changed it, the membership."""
        line, after = done.line, done.after
        if after.record != line.record:
            self._put_day(acting, done)
        changed = {**member(after.juror), **done.columns}
        if done.columns or changed != member(line.juror):
            row = self.members[line.member_id]
            for name, value in changed.items():
                setattr(row, name, value)
            self.session.add(row)

    def _put_day(self, acting: Acting, done: Done) -> None:
        from deskapp.data.jury_tables import Attendance

        line, row_id = done.line, self.id_of(done.line)
        row = self.days.get(row_id)
        if row is None:
            row = Attendance(
                id=row_id,
                home_site=line.home_site,
                juror=line.number,
                day=self.date.isoformat(),
                court=self.court,
                pool=line.pool,
                recorded_at="",
            )
            self.days[row_id] = row
        for name, value in (written(done.after.record) or TAKEN_BACK).items():
            setattr(row, name, value)
        row.pool = line.pool
        row.by_list = done.by_list or (row.by_list and line.record is not None)
        row.recorded_by = " ".join(sorted({*row.recorded_by.split(), acting.user.id}))
        row.recorded_at = stamp(acting.at)
        self.session.add(row)
