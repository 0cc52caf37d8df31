"""Who is the senior person on site: booked for half-days, known at every moment, kept afterwards.

What is asked in danger waits for no scheme: reading is plain SQL on the events of the bookings.
Where two bookings meet, the one made last counts. Source: site and safety sheet, section 1.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, instant, local
from deskapp.data.connection import Connection
from deskapp.i18n import N_, _, clock_time, day, weekday
from deskapp.roles import Act, User
from deskapp.services import local_files
from deskapp.services.casework import values
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.services.dates import Calendar

SCHEME, SENIOR, ON_DUTY = "spos", "senior_person", "on_duty"
TELL = "tell_spos"
"""Item of the schemes that stays open until the senior person was told."""
RULES_FILE = "spos.toml"


class Half(StrEnum):
    """Which part of a day is booked."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


HALF_LABELS = {Half.MORNING: N_("Morning"), Half.AFTERNOON: N_("Afternoon")}


class Rules(NamedTuple):
    """How the days are divided."""

    midday: dt.time
    days_ahead: int


class Duty(NamedTuple):
    """A booking."""

    name: str
    phone: str
    start: dt.datetime
    end: dt.datetime
    case_id: str

    @property
    def words(self) -> str:
        """Name and phone number, and until when."""
        return _("{who}, until {time}").format(who=self.who, time=until(self.end))

    @property
    def who(self) -> str:
        """Name and phone number."""
        return " ".join(filter(None, (self.name, self.phone)))


class Untold(NamedTuple):
    """A case of which the senior person on site was not told yet."""

    case_id: str
    ref: str
    opened_at: dt.datetime


class Shift(NamedTuple):
    """A half-day, and who is booked for it."""

    day: dt.date
    half: Half
    duty: Duty | None

    @property
    def label(self) -> str:
        """Day and half, in the language in use."""
        return f"{weekday(self.day)}, {_(HALF_LABELS[self.half]).lower()}"

    @property
    def who(self) -> str:
        """Name and phone number of who is booked; empty for nobody."""
        return self.duty.who if self.duty else ""


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    midday, ahead = file.entries.get("midday"), file.entries.get("days_ahead")
    if not isinstance(midday, dt.time):
        raise file.wrong("midday")
    if type(ahead) is not int or ahead < 1:
        raise file.wrong("days_ahead")
    return Rules(midday, ahead)


def span(on: dt.date, half: Half, midday: dt.time) -> tuple[dt.datetime, dt.datetime]:
    """From when to when a half-day goes: to midday, or from midday to midnight, local time."""
    middle = values.start_of(on, midday)
    if half is Half.MORNING:
        return values.start_of(on), middle
    return middle, values.start_of(on + values.ONE_DAY)


def until(end: dt.datetime) -> str:
    """The end of a booking in words; midnight is the end of its day."""
    at = local(end)
    return day(at.date() - values.ONE_DAY) if at.time() == dt.time() else clock_time(at)


def now_words(duty: Duty | None) -> str:
    """Who is senior person on site now; with nobody booked, whom to tell instead."""
    if duty is None:
        return _("NOBODY IS BOOKED as senior person on site: tell the delivery manager.")
    return _("Senior person on site now: {who}").format(who=duty.words)


def told(duty: Duty | None) -> str:
    """Whose name is kept as told; with nobody booked it is the delivery manager."""
    return duty.name if duty else _("Delivery manager")


def on_duty(connection: Connection, now: dt.datetime, *, user: User) -> Duty | None:
    """The senior person of the user's site at this moment; ``None`` when nobody is booked.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    return covering(bookings(connection, now, user=user), now)


def bookings(connection: Connection, since: dt.datetime, *, user: User) -> list[Duty]:
    """The bookings of the user's site that end after ``since``, in the order they were made.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(user, Act.READ_CASES)
    rows = connection.execute(
        "SELECT e.family_id, e.answers FROM case_state AS s"
        " JOIN case_record AS r ON r.id = s.id AND r.home_site = ?"
        " JOIN case_event AS e ON e.family_id = s.family_id"
        " JOIN case_item AS i ON i.family_id = s.family_id AND i.case_id = e.case_id"
        " AND i.name = e.name"
        " WHERE s.scheme = ? AND e.kind = 'add' AND e.what = ? AND i.open"
        " AND json_extract(e.answers, '$.end') >= ? ORDER BY e.hlc, e.desk",
        # A local day before: an end may be kept with any offset.
        (user.site, SCHEME, ON_DUTY, f"{local(since).date() - values.ONE_DAY}"),
    ).fetchall()
    about = {case_id: _fields(connection, case_id) for case_id, _answers in rows}
    found = (_duty(case_id, json.loads(text), about[case_id]) for case_id, text in rows)
    return [
        duty
        for duty in found
        if duty and duty.end > since and about[duty.case_id].get("duty") == SENIOR
    ]


def untold(connection: Connection, *, user: User, limit_rows: int = 9) -> list[Untold]:
    """Cases of the user's site of which the senior person was not told, the most urgent first.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(user, Act.READ_CASES)
    rows = connection.execute(
        "SELECT s.id, s.ref, s.opened_at FROM case_item AS i"
        " JOIN case_state AS s ON s.id = i.case_id"
        " JOIN case_record AS r ON r.id = s.id AND r.home_site = ?"
        " WHERE i.open = 1 AND i.template = ? AND s.closed_at = ''"
        " ORDER BY i.due_key, i.id LIMIT ?",
        (user.site, TELL, limit_rows),
    ).fetchall()
    return [Untold(case_id, ref, instant(opened)) for case_id, ref, opened in rows]


def shifts(
    connection: Connection, now: dt.datetime, *, calendar: Calendar, rules: Rules, user: User
) -> list[Shift]:
    """The half-days of today and of the working days ahead, with who is booked.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    booked = bookings(connection, now, user=user)
    first = local(now).date()
    days = [first, *(calendar.add_working_days(first, n) for n in range(1, rules.days_ahead + 1))]
    return [
        Shift(on, half, covering(booked, max(start, now)))
        for on in days
        for half, (start, end) in ((half, span(on, half, rules.midday)) for half in Half)
        if end > now
    ]


def people(connection: Connection, *, user: User) -> dict[str, str]:
    """Who was senior person here before, with their phone number.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(user, Act.READ_CASES)
    known = (_fields(connection, case_id) for case_id in _cases(connection, user.site))
    return {
        one_line(str(each.get("person", ""))): one_line(str(each.get("phone", "")))
        for each in known
        if each.get("duty") == SENIOR
    }


def case_of(connection: Connection, name: str, *, user: User) -> str:
    """Id of the running case that holds somebody's bookings; empty when there is none."""
    for case_id in _cases(connection, user.site):
        about = _fields(connection, case_id)
        if about.get("duty") == SENIOR and one_line(str(about.get("person", ""))) == name:
            return case_id
    return ""


def covering(booked: list[Duty], moment: dt.datetime) -> Duty | None:
    """Who is on duty at a moment: of the bookings, in the order they were made, the last."""
    found = [duty for duty in booked if duty.start <= moment < duty.end]
    return found[-1] if found else None


def _cases(connection: Connection, site: str) -> Iterator[str]:
    rows = connection.execute(
        "SELECT s.id FROM case_state AS s JOIN case_record AS r ON r.id = s.id"
        " WHERE s.scheme = ? AND s.closed_at = '' AND r.home_site = ? ORDER BY s.ref_key",
        (SCHEME, site),
    ).fetchall()
    return (case_id for (case_id,) in rows)


def _fields(connection: Connection, case_id: str) -> dict[str, object]:
    """What the case of a person says about them, the last word of each field."""
    rows = connection.execute(
        "SELECT answers FROM case_event WHERE family_id = ? AND kind IN ('open', 'set', 'do')"
        " ORDER BY hlc, desk",
        (case_id,),
    ).fetchall()
    said: dict[str, object] = {}
    for (answers,) in rows:
        said |= json.loads(answers)
    return said


def _duty(case_id: str, booked: dict[str, object], about: dict[str, object]) -> Duty | None:
    try:
        start, end = (values.read_instant(booked.get(name)) for name in ("start", "end"))
    except ValueError:  # not complete yet
        return None
    name = one_line(str(booked.get("resource", "")))
    phone = one_line(str(about.get("phone", "")))
    return Duty(name, phone, start.astimezone(LONDON), end.astimezone(LONDON), case_id)
