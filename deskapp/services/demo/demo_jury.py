"""Invented jurors: two pools and one that the Bureau still has, days at court, a trial that runs.

Everything is done by the services of the jury desk, at the times at which it would have been done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from deskapp import paths
from deskapp.clock import LONDON
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.roles import User
from deskapp.services import exports
from deskapp.services.demo import demo_people
from deskapp.services.jury import (
    by_list,
    day_end,
    doing,
    import_rows,
    importing,
    lines,
    panels,
    reading,
    scans,
    trials,
)
from deskapp.services.jury.acting import Acting, acting_on
from deskapp.services.jury.asks import Do
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.trial_lines import Outcome
from deskapp.services.jury.trials import TrialDraft

if TYPE_CHECKING:
    from sqlmodel import Session

COURT = "411"
SERVED, STARTING, COMING = 22, 20, 6
"""Jurors of the pool that has served for days, of the one that starts, and of the Bureau's."""
_DAYS_SERVED = 6
_ON_PANEL, _ON_JURY = 15, 12
_HEADER = (
    "juror_number", "pool_number", "owner", "start_date", "jurors_asked", "first_name",
    "last_name", "title", "date_of_birth", "phone", "email", "postcode", "welsh_speaker",
    "adjustment", "adjustment_text", "police_check", "optic_reference", "status", "deferrals",
)  # fmt: skip
_ADJUSTMENTS = (
    ("H", "Hearing loop"), ("W", "Ramp at the side door"), ("D", "Nuts"), ("R", "Large print"),
)  # fmt: skip
_PARTIES = "R v Invented and Other"


def fill(session: Session, user: User, random: Random, now: dt.datetime) -> None:
    """Put the invented jurors into the store, in the caller's transaction."""
    _Court(session, user, random, now).fill()


class _Court:
    """A court, from the day on which the first pool started."""

    def __init__(self, session: Session, user: User, random: Random, now: dt.datetime) -> None:
        self._session, self._user, self._random, self._now = session, user, random, now
        self._acting = acting_on(user, now, paths.settings_folder(), court=COURT)
        today = self._acting.calendar.working_day_on_or_after(self._acting.today)
        before = self._acting.calendar.add_working_days
        self._today = today
        self._past = [before(today, -back) for back in range(_DAYS_SERVED, 0, -1)]

    def fill(self) -> None:
        """Import the pools, then live through the days."""
        content = exports.as_csv(_HEADER, self._rows()).encode()
        early = self._at(self._past[0], 8)
        importing.take(self._session, early, import_rows.read(content), step_id=self._id(early))
        self._earnings()
        first, second, *more = self._past
        self._first_day(first)
        trial_id = self._trial_begins(second)
        for date in more:
            self._ordinary_day(date, trial_id)
        self._before_today()

    # -- people ----------------------------------------------------------------------------

    def _rows(self) -> Iterator[list[str]]:
        pools = (
            (self._past[0], COURT, SERVED), (self._today, COURT, STARTING),
            (self._acting.calendar.add_working_days(self._today, 5), "400", COMING),
        )  # fmt: skip
        number = 641_500_000 + self._random.randrange(1000)
        for order, (start, owner, count) in enumerate(pools, start=1):
            pool = f"{COURT}{start:%y%m}{order:02d}"
            for _juror in range(count):
                number += self._random.randrange(1, 90)
                yield [f"{number:09d}", pool, owner, start.isoformat(), f"{count}",
                       *self._person(), "1" if owner != COURT else "2", "0"]  # fmt: skip

    def _person(self) -> list[str]:
        chance = self._random
        person = demo_people.person(chance)
        given, _space, family = person.full_name.partition(" ")
        born = dt.date(1951, 1, 1) + dt.timedelta(days=chance.randrange(52 * 365))
        code, words = chance.choice(_ADJUSTMENTS) if chance.random() < 0.15 else ("N", "")
        return [
            given[:20],
            family[:25],
            chance.choice(("", "", "Ms", "Mr", "Dr")),
            born.isoformat(),
            person.phone or demo_people.phone(chance),
            person.email,
            person.postcode,
            "yes" if chance.random() < 0.2 else "no",
            code,
            words,
            chance.choice(("passed", "passed", "in_progress")),
            f"{chance.randrange(10**8):08d}" if code != "N" else "",
        ]

    def _earnings(self) -> None:
        """Usual loss of earnings of about half of them."""
        connection = plain(self._session)
        rows = connection.execute("SELECT id FROM juror ORDER BY id").fetchall()
        connection.executemany(
            "UPDATE juror SET loss_pence = ?, travel_minutes = ? WHERE id = ?",
            [
                (self._random.randrange(4500, 12000, 50), self._random.randrange(20, 90, 5), row_id)
                for (row_id,) in rows
                if self._random.random() < 0.5
            ],
        )

    # -- days ------------------------------------------------------------------------------

    def _at(self, date: dt.date, hour: int, minute: int = 0) -> Acting:
        moment = dt.datetime.combine(date, dt.time(hour, minute), LONDON).astimezone(dt.UTC)
        return replace(self._acting, now=min(moment, self._now), date=date)

    def _id(self, acting: Acting) -> str:
        return new_id(int(acting.now.timestamp() * 1000), self._random.randbytes)

    def _come(self, date: dt.date, missing: int = 0) -> None:
        """Most are scanned as they come, a few do not come."""
        due = reading.numbers(plain(self._session), self._at(date, 9), Which.NOT_IN)
        for number in due[missing:]:
            acting = self._at(date, 9, self._random.randrange(1, 40))
            step = self._id(acting)
            scans.check_in(self._session, acting, number, acting.time, step_id=step)
            proof = self._random.choice("PPDDU")
            if date == self._past[0]:
                again = self._id(acting)
                scans.identity(self._session, acting, number, proof, step_id=again)

    def _leave(self, date: dt.date) -> None:
        acting = self._at(date, 16, 10)
        by_list.check_out_all(
            self._session, acting, dt.time(16, 10), with_panels=True, step_id=self._id(acting)
        )
        day_end.confirm(self._session, acting, step_id=self._id(acting))

    def _first_day(self, date: dt.date) -> None:
        self._come(date, missing=2)
        self._leave(date)

    def _trial_begins(self, date: dt.date) -> str:
        self._come(date)
        acting = self._at(date, 10, 30)
        draft = TrialDraft(f"T{date:%Y}0{self._random.randrange(100, 999)}", _PARTIES,
                           "HHJ Invented", "Court 2")  # fmt: skip
        line = trials.open_trial(self._session, acting, draft, step_id=self._id(acting))
        drawn = trials.draw_panel(
            self._session, acting, line.id, _ON_PANEL, seed=self._random.randbytes(16).hex(),
            step_id=self._id(acting),
        )  # fmt: skip
        sworn, left = drawn.draw.drawn[:_ON_JURY], drawn.draw.drawn[_ON_JURY:]
        panels.empanel(self._session, acting, line.id, sworn, step_id=self._id(acting))
        panels.send_back(self._session, acting, line.id, left[:1], Outcome.CHALLENGED,
                         step_id=self._id(acting))  # fmt: skip
        panels.send_back(self._session, acting, line.id, left[1:], Outcome.NOT_USED,
                         step_id=self._id(acting))  # fmt: skip
        self._jury(date, line.id)
        self._leave(date)
        return line.id

    def _ordinary_day(self, date: dt.date, trial_id: str) -> None:
        self._come(date)
        self._jury(date, trial_id)
        self._leave(date)

    def _jury(self, date: dt.date, trial_id: str) -> None:
        acting = self._at(date, 16, 30)
        times = (dt.time(9, 45), dt.time(16, 15))
        day_end.confirm_trial(self._session, acting, trial_id, times, step_id=self._id(acting))

    def _before_today(self) -> None:
        """What was done before anybody came today: some are on call, one asked to serve later."""
        acting = self._at(self._past[-1], 17)
        due = reading.numbers(plain(self._session), acting.on(self._today), Which.NOT_IN)
        starting = [each for each in due if self._starts_today(acting, each)]
        later = self._acting.calendar.add_working_days(self._today, 60)
        for number, what, values in (
            (starting[0], Do.ON_CALL, {}),
            (starting[1], Do.ON_CALL, {}),
            (starting[2], Do.DEFER, {"reason": "Y", "new_date": later.isoformat()}),
            (starting[3], Do.EXCUSE, {"reason": "M"}),
            (starting[4], Do.CONTACT, {"about": "LA", "note": "Train is late, comes at ten."}),
        ):
            doing.do(self._session, acting, number, what, values, step_id=self._id(acting))

    def _starts_today(self, acting: Acting, number: str) -> bool:
        line = lines.line(plain(self._session), acting, number)
        return line.service_start == self._today
