"""Trials as they are read: lists, panels and juries, and the draws that anybody can make again.

Source: jury sheet, section 5.6.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, NamedTuple

from deskapp import roles
from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services.choice import Choice
from deskapp.services.jury import ballot, lines
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.ballot import Draw
from deskapp.services.jury.lines import JurorLine
from deskapp.services.paging import Page, Want
from deskapp.text import cleaned


class Outcome(Choice):
    """What became of a juror who was drawn."""

    PANEL = "panel", N_("On the panel")
    JUROR = "juror", N_("Sworn")
    NOT_USED = "not_used", N_("Not used")
    CHALLENGED = "challenged", N_("Challenged")
    RETURNED = "returned", N_("Returned")


class TrialLine(NamedTuple):
    """A trial as it is listed."""

    id: str
    number: str
    court: str
    name: str
    judge: str
    room: str
    start_on: dt.date
    ended_on: dt.date | None
    panel: int
    """How many are on its panel now."""
    jury: int
    """How many are sworn on it now."""
    place: tuple[str | int, ...]


class MemberLine(NamedTuple):
    """A juror who was drawn for a trial."""

    juror: JurorLine
    order: int
    """In the order of the ballot, counted from 1."""
    outcome: Outcome
    drawn_on: dt.date
    sworn_on: dt.date | None
    back_on: dt.date | None


class DrawLine(NamedTuple):
    """A draw as it was kept."""

    id: str
    at: dt.datetime
    officer: str
    """Name of who drew."""
    asked: int
    pools: tuple[str, ...]
    """Those that were chosen; empty for all."""
    draw: Draw
    fair: bool
    """It comes out again from its own seed and candidates."""


class TrialRecord(NamedTuple):
    """Everything of a trial."""

    line: TrialLine
    members: tuple[MemberLine, ...]
    draws: tuple[DrawLine, ...]


_ORDER = "m.number, m.id"
_LINE = (
    "m.id, m.number, m.court, m.name, m.judge, m.room, m.start_on, m.ended_on,"
    " (SELECT count(*) FROM trial_juror AS t WHERE t.trial_id = m.id AND t.outcome = 'panel'),"
    " (SELECT count(*) FROM trial_juror AS t WHERE t.trial_id = m.id AND t.outcome = 'juror')"
)
_DRAW = (
    "SELECT d.id, d.at, coalesce(o.name, ''), d.asked, d.pools, d.seed, d.candidates, d.drawn"
    " FROM jury_draw AS d LEFT JOIN officer AS o ON o.id = d.officer_id"
)


def page(
    connection: Connection, want: Want, acting: Acting, *, ended: bool = False
) -> Page[TrialLine]:
    """A page of the trials of the court in force that run, or that have ended, by number.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    columns = f"m.ended_on, {_ORDER}" if ended else _ORDER
    place, order = want.clause(columns, newest_first=ended)
    which = "m.ended_on > ''" if ended else "m.ended_on = ''"
    rows = connection.execute(
        f"SELECT {_LINE}, {columns} FROM trial AS m WHERE m.court = ? AND {which} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (acting.court, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(row) for row in rows])


def line(connection: Connection, acting: Acting, trial_id: str) -> TrialLine:
    """One trial.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        NotFoundError: If there is none with this id.
    """
    roles.require(acting.user, Act.READ_JURY)
    row = connection.execute(
        f"SELECT {_LINE}, {_ORDER} FROM trial AS m WHERE m.id = ?", (trial_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such trial on this desk."))
    return _line(row)


def record(connection: Connection, acting: Acting, trial_id: str) -> TrialRecord:
    """Everything of a trial, its jurors in the order of the ballot, its newest draw first.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        NotFoundError: If there is none with this id.
    """
    rows = connection.execute(
        "SELECT juror, place, outcome, drawn_on, sworn_on, back_on FROM trial_juror"
        " WHERE trial_id = ? ORDER BY place, juror",
        (trial_id,),
    ).fetchall()
    numbers = [row[0] for row in rows]
    known = {each.number: each for each in lines.of_numbers(connection, acting, numbers)}
    drawn = connection.execute(
        f"{_DRAW} WHERE d.trial_id = ? ORDER BY d.hlc DESC", (trial_id,)
    ).fetchall()
    members = tuple(_member(known[row[0]], row) for row in rows if row[0] in known)
    return TrialRecord(line(connection, acting, trial_id), members, tuple(map(_draw, drawn)))


def draw(connection: Connection, acting: Acting, draw_id: str) -> DrawLine:
    """One draw.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        NotFoundError: If there is none with this id.
    """
    roles.require(acting.user, Act.READ_JURY)
    row = connection.execute(f"{_DRAW} WHERE d.id = ?", (draw_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such draw on this desk."))
    return _draw(row)


def unfair_draws(connection: Connection, *, newest: int = 200) -> int:
    """How many of the newest draws do not come out again from their own seed and candidates."""
    rows = connection.execute(f"{_DRAW} ORDER BY d.rowid DESC LIMIT ?", (newest,)).fetchall()
    return sum(not _draw(row).fair for row in rows)


def _line(row: tuple[Any, ...]) -> TrialLine:
    trial_id, number, court, name, judge, room, start, ended, panel, jury, *place = row
    return TrialLine(
        trial_id,
        number,
        court,
        name,
        judge,
        room,
        dt.date.fromisoformat(start),
        lines.date(ended),
        panel,
        jury,
        tuple(place),
    )


def _member(juror: JurorLine, row: tuple[Any, ...]) -> MemberLine:
    _number, order, outcome, drawn_on, sworn_on, back_on = row
    return MemberLine(
        juror,
        order,
        Outcome(outcome),
        dt.date.fromisoformat(drawn_on),
        lines.date(sworn_on),
        lines.date(back_on),
    )


def _draw(row: tuple[Any, ...]) -> DrawLine:
    draw_id, at, officer, asked, pools, seed, candidates, drawn = row
    kept = Draw(seed, _listed(candidates), _listed(drawn))
    return DrawLine(
        draw_id,
        instant(at),
        officer,
        asked,
        _listed(pools),
        kept,
        ballot.is_fair(kept),
    )


def _listed(text: str) -> tuple[str, ...]:
    """A kept list of numbers."""
    return tuple(map(str, cleaned(json.loads(text))))
