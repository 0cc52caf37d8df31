"""Jurors with confirmed days, and who claims for them: what the tests of expenses share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskapp.clock import stamp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import local_files
from deskapp.services.jury import (
    claim_days,
    claim_entry,
    claim_rows,
    claim_state,
    claiming,
    merging,
    row_ids,
)
from deskapp.services.jury.acting import Acting, acting_on
from deskapp.services.jury.claim_state import Basis, Claim, ClaimDay
from deskapp.services.jury.claim_writes import Written
from deskapp.services.jury.stages import Stage, Status
from tests.builders import SetClock

if TYPE_CHECKING:
    from sqlmodel import Session

COURT, POOL, JUROR = "457", "457261101", "100000001"
MONDAY = dt.date(2026, 11, 9)


@dataclass
class ClaimsOffice:
    """An officer, and a manager who approves; times stand still unless the clock is moved."""

    store: Store
    user: User
    clock: SetClock

    @property
    def basis(self) -> Basis:
        """The rules and rates that ship."""
        return claim_state.basis(local_files.SHIPPED)

    @property
    def manager(self) -> User:
        """Somebody else, who may approve."""
        return self.user._replace(id=f"{self.user.id}-m", name="Gwen Sample", role=Role.MANAGER)

    def acting(self, user: User | None = None) -> Acting:
        """The officer, or somebody else, now."""
        return acting_on(user or self.user, self.clock.moment, local_files.SHIPPED, court=COURT)

    # -- jurors and days ------------------------------------------------------------------

    def juror(self, number: str = JUROR, **given: Any) -> str:
        """A juror in the pool, who responded."""
        self.store.call_write(_add_juror, number, self.user.site, given)
        return number

    def day(
        self,
        number: str = JUROR,
        date: dt.date = MONDAY,
        time_in: str = "09:00",
        time_out: str = "15:00",
        **given: Any,
    ) -> str:
        """A confirmed day of a juror with its draft claim; the id of both."""
        columns = {
            "kind": "attendance",
            "stage": Stage.EXPENSE_ENTERED.value,
            "time_in": time_in,
            "time_out": time_out,
            "audit_number": "P000000001",
            **given,
        }
        day_id = merging.row_id(number, date, columns.get("court", COURT))
        self.store.call_write(
            _put_day, day_id, number, date, columns, self.basis, self.user.site, self.clock.moment
        )
        return day_id

    def not_attended(self, number: str = JUROR, date: dt.date = MONDAY) -> str:
        """A day that is paid though not at court."""
        return self.day(number, date, "", "", kind="non_attendance")

    # -- claims ---------------------------------------------------------------------------

    def claim(self, number: str = JUROR) -> Claim:
        """Everything that a juror claims."""
        return self.store.call_read(claim_rows.claim, number, self.basis, user=self.user)

    def of(self, day_id: str) -> ClaimDay:
        """One day with its claim."""
        return self.store.call_read(claim_rows.one_day, day_id, self.basis)

    def enter(self, day_id: str, user: User | None = None, **typed: str) -> ClaimDay:
        """Type something for a day, and leave the rest as it stands."""
        known = self.of(day_id)
        values: Mapping[str, str] = {**claim_entry.values_of(known), **typed}
        return self.store.call_write(
            claiming.enter,
            self.acting(user),
            self.basis,
            day_id,
            claim_entry.read(values, known),
            seen=known.seen,
            step_id=new_id(),
        )

    def submit(self, number: str = JUROR, user: User | None = None) -> Any:
        """Hand in every day in draft."""
        seen = claim_state.seen(self.claim(number).to_submit)
        return self.store.call_write(
            claiming.submit, self.acting(user), self.basis, number, seen, step_id=new_id()
        )

    def approve(self, number: str = JUROR, user: User | None = None) -> list[Written]:
        """Approve everything that waits, as the manager."""
        seen = claim_state.seen(self.claim(number).to_approve)
        return self.store.call_write(
            claiming.approve,
            self.acting(user or self.manager),
            self.basis,
            number,
            seen,
            step_id=new_id(),
        )


def _add_juror(session: Session, number: str, site: str, given: Mapping[str, Any]) -> None:
    from deskapp.data.jury_tables import Juror, JurorInPool, JuryPool

    if session.get(JuryPool, row_ids.pool(POOL)) is None:
        session.add(
            JuryPool(
                id=row_ids.pool(POOL), home_site=site, number=POOL, court=COURT, owner=COURT,
                start_on=MONDAY.isoformat(),
            )
        )  # fmt: skip
    names = {"first_name": "Ann", "last_name": f"Example{number[-3:]}"}
    session.add(
        Juror(id=row_ids.juror(number), home_site=site, number=number, **{**names, **given})
    )
    session.add(
        JurorInPool(
            id=row_ids.membership(number, POOL), home_site=site, juror=number, pool=POOL,
            court=COURT, status=Status.RESPONDED, active=True, service_start=MONDAY.isoformat(),
            original_start=MONDAY.isoformat(),
        )
    )  # fmt: skip


def _put_day(
    session: Session,
    day_id: str,
    number: str,
    date: dt.date,
    columns: Mapping[str, Any],
    basis: Basis,
    site: str,
    now: dt.datetime,
) -> None:
    from deskapp.data.jury_tables import Attendance

    day = session.get(Attendance, day_id)
    if day is None:
        day = Attendance(
            id=day_id, home_site=site, juror=number, day=date.isoformat(), court=COURT, pool=POOL,
            recorded_at=stamp(now),
        )  # fmt: skip
    for name, value in columns.items():
        setattr(day, name, value)
    session.add(day)
    claim_days.follow(session, day_id, basis.rules, site=site)
