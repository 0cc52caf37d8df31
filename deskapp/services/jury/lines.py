"""Jurors as the lists of a day show them, and as the rules know them.

Source: jury sheet, sections 2, 5 and 10.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act
from deskapp.services.jury import counts, courts
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.attendance import Juror, Record
from deskapp.services.jury.confirming import Member
from deskapp.services.jury.counts import Place
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage, Status


@dataclass(frozen=True)
class JurorLine:
    """A juror in a pool, with what is recorded of the date in force at the court in force."""

    number: str
    member_id: str
    title: str
    first_name: str
    last_name: str
    date_of_birth: dt.date | None
    welsh: bool
    adjustment: str
    """Code; ``N`` for none."""
    adjustment_text: str
    optic_ref: str
    identity: str
    """Code of what showed who they are; empty while nobody looked."""
    police_check: str
    pool: str
    court: str
    """Of the pool."""
    owner: str
    """Code of the court that has the pool now."""
    status: Status
    active: bool
    next_on: dt.date | None
    on_call: bool
    service_start: dt.date
    original_start: dt.date
    deferrals: int
    completed_on: dt.date | None
    home_site: str
    here: bool
    """Of this court or another of its group, and handed over by the Bureau."""
    trial: str
    """Number of the trial whose panel or jury they are on that day; empty for none."""
    empanelled: bool
    """Sworn on it."""
    record: Record | None
    by_list: bool
    travel_minutes: int
    place: tuple[str | int, ...] = ()
    """Where it stands in the list it was read for."""

    @property
    def name(self) -> str:
        """As it is called out."""
        return " ".join(filter(None, (self.title, self.first_name, self.last_name)))

    @property
    def juror(self) -> Juror:
        """As the rules know them."""
        return Juror(
            self.status,
            self.service_start,
            self.next_on,
            self.on_call,
            self.here,
            self.empanelled,
        )

    @property
    def where(self) -> Place:
        """Where they are, if they were expected."""
        return counts.place(self.member)

    @property
    def member(self) -> Member:
        """As the end of the day knows them."""
        return Member(self.number, self.court, self.juror, self.record)

    @property
    def identity_due(self) -> bool:
        """Whether somebody must still look at who they are."""
        return not self.identity


_MEMBER = (
    "m.id, m.juror, m.pool, m.court, m.status, m.active, m.next_on, m.on_call, m.service_start,"
    " m.original_start, m.deferrals, m.completed_on, m.home_site, coalesce(p.owner, m.court),"
    " j.title, j.first_name, j.last_name, j.date_of_birth, j.welsh, j.adjustment,"
    " j.adjustment_text, j.optic_ref, j.identity, j.police_check, j.travel_minutes"
)
_ASKED = "IN (SELECT value FROM json_each(?1))"
_MEMBERS = (
    f"SELECT {_MEMBER} FROM juror_in_pool AS m JOIN juror AS j ON j.number = m.juror"
    f" LEFT JOIN jury_pool AS p ON p.number = m.pool WHERE m.juror {_ASKED}"
)
RECORD = "kind, stage, time_in, time_out, on_trial, trial, audit_number"
_RECORDS = (
    f"SELECT juror, by_list, travel_minutes, {RECORD} FROM attendance"
    f" WHERE juror {_ASKED} AND day = ?2 AND court = ?3 AND kind <> ''"
)
ON_IT = (
    "t.drawn_on <= ?2 AND (t.back_on = '' OR t.back_on > ?2)"
    " AND t.outcome NOT IN ('not_used', 'challenged')"
)
"""Of ``trial_juror`` AS t: on the panel or jury on day ?2."""
SWORN = "t.sworn_on <> '' AND t.sworn_on <= ?2 AND (t.back_on = '' OR t.back_on > ?2)"
_TRIALS = (
    f"SELECT t.juror, t.trial, {SWORN} FROM trial_juror AS t WHERE t.juror {_ASKED} AND {ON_IT}"
)


def find(connection: Connection, acting: Acting, number: str) -> JurorLine | None:
    """The juror with this number; ``None`` when nobody here has it.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    found = of_numbers(connection, acting, [number])
    return found[0] if found else None


def line(connection: Connection, acting: Acting, number: str) -> JurorLine:
    """The juror with this number.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        RefusedError: ``JUROR_NOT_FOUND``.
    """
    found = find(connection, acting, number)
    if found is None:
        raise RefusedError(Refusal.JUROR_NOT_FOUND)
    return found


def of_numbers(connection: Connection, acting: Acting, numbers: Iterable[str]) -> list[JurorLine]:
    """The jurors with these numbers that are here, in the order given.

    Of several memberships the one that counts at this court is shown, else one of its group.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    asked = list(numbers)
    as_json, day = json.dumps(asked), acting.date.isoformat()
    members: dict[str, tuple[Any, ...]] = {}
    for row in connection.execute(_MEMBERS, (as_json,)).fetchall():
        known = members.get(row[1])
        if known is None or _counts_more(row, acting) > _counts_more(known, acting):
            members[row[1]] = row
    if not members:
        return []
    rows = connection.execute(_RECORDS, (as_json, day, acting.court)).fetchall()
    records = {juror: (bool(by_list), travel, record(row)) for juror, by_list, travel, *row in rows}
    trials = {
        juror: (trial, bool(sworn))
        for juror, trial, sworn in connection.execute(_TRIALS, (as_json, day)).fetchall()
    }
    return [
        _line(members[number], acting, records.get(number), trials.get(number))
        for number in dict.fromkeys(asked)
        if number in members
    ]


def record(row: Iterable[Any]) -> Record:
    """What the columns of ``RECORD`` say."""
    kind, stage, time_in, time_out, on_trial, trial, audit_number = row
    return Record(
        Stage(stage) if stage else None,
        DayKind(kind),
        time(time_in),
        time(time_out),
        bool(on_trial),
        trial,
        audit_number,
    )


def time(text: str) -> dt.time | None:
    """A wall clock time of the store; empty text is none."""
    return dt.time.fromisoformat(text) if text else None


def date(text: str) -> dt.date | None:
    """A local day of the store; empty text is none."""
    return dt.date.fromisoformat(text) if text else None


def at(line: JurorLine, place: tuple[str | int, ...]) -> JurorLine:
    """The line with where it stands in its list."""
    return replace(line, place=place)


def _counts_more(row: tuple[Any, ...], acting: Acting) -> tuple[bool, bool, bool, str]:
    court, active, start = row[3], bool(row[5]), row[8]
    return active and court == acting.court, active and court in acting.group, active, start


def _line(
    row: tuple[Any, ...],
    acting: Acting,
    recorded: tuple[bool, int, Record] | None,
    on_trial: tuple[str, bool] | None,
) -> JurorLine:
    by_list, travel, record = recorded or (False, row[24], None)
    trial, empanelled = on_trial or ("", False)
    return JurorLine(
        number=row[1],
        member_id=row[0],
        pool=row[2],
        court=row[3],
        status=Status(row[4]),
        active=bool(row[5]),
        next_on=date(row[6]),
        on_call=bool(row[7]),
        service_start=dt.date.fromisoformat(row[8]),
        original_start=dt.date.fromisoformat(row[9]),
        deferrals=row[10],
        completed_on=date(row[11]),
        home_site=row[12],
        owner=row[13],
        here=row[3] in acting.group and row[13] != courts.BUREAU,
        title=row[14],
        first_name=row[15],
        last_name=row[16],
        date_of_birth=date(row[17]),
        welsh=bool(row[18]),
        adjustment=row[19],
        adjustment_text=row[20],
        optic_ref=row[21],
        identity=row[22],
        police_check=row[23],
        travel_minutes=travel,
        trial=trial,
        empanelled=empanelled,
        record=record,
        by_list=by_list,
    )
