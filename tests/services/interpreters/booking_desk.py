"""A desk with hearings, interpreters and bookings, for tests that need no screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from deskapp import paths
from deskapp.clock import LONDON, stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.interpreters import (
    absences,
    act,
    assigning,
    attendance,
    book,
    record,
    registering,
    signing,
)
from deskapp.services.interpreters.absences import AwayDraft
from deskapp.services.interpreters.acting import Acting, acting_on
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.record import BookingRecord
from deskapp.services.interpreters.registering import InterpreterDraft
from deskapp.services.interpreters.sheet_drafts import SheetDraft
from tests.builders import SITE, SetClock

DAY = "2026-12-02"
"""A Wednesday, ten working days after the clock of the tests."""


@dataclass
class BookingDesk:
    """Who works, at one store."""

    store: Store
    clock: SetClock
    user: User

    @property
    def acting(self) -> Acting:
        """Who acts now."""
        return acting_on(self.user, self.clock.moment, paths.settings_folder())

    def as_role(self, role: Role) -> BookingDesk:
        """The same desk with somebody of another role."""
        return replace(self, user=self.user._replace(role=role))

    def read(self, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Ask the store."""
        return self.store.call_read(verb, *given, **named)

    def write(self, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Write as who acts now."""
        return self.store.call_write(verb, self.acting, *given, **named)

    def hearing(self, **given: Any) -> str:
        """A hearing on a list; its id."""
        values: dict[str, Any] = {
            "id": new_id(),
            "home_site": SITE,
            "site": SITE,
            "day": DAY,
            "start": "10:00",
            "minutes": 60,
            "room": "Court 1",
            "case_ref": "ZZ26P0001",
            "case_key": "ZZ26P0001",
            "list_state": "listed",
            "zone": "Europe/London",
            "list_id": "",
            "parties": '[{"role": "Defendant", "name": "Ann Example"}]',
            **given,
        }
        begins = dt.datetime.fromisoformat(f"{values['day']}T{values['start'] or '00:00'}")
        values["starts_at"] = stamp(begins.replace(tzinfo=LONDON)) if values["start"] else ""
        names = ", ".join(values)
        places = ", ".join("?" for _name in values)
        self.store.call_jot(
            Connection.execute,
            f"INSERT INTO hearing ({names}) VALUES ({places})",
            tuple(values.values()),
        )
        return str(values["id"])

    def interpreter(self, name: str = "Marta Przyklad", **given: Any) -> str:
        """Somebody of the register; their id."""
        interpreter_id = new_id()
        typed = {"languages": "Polish", "supplier": "Example Languages", **given}
        draft = InterpreterDraft(name=name, **typed)
        self.write(registering.add, draft, interpreter_id=interpreter_id)
        return interpreter_id

    def away(self, interpreter_id: str, **given: str) -> None:
        """Somebody is not available."""
        self.write(absences.add_away, interpreter_id, AwayDraft(**given), away_id=new_id())

    def booked(self, **given: Any) -> BookingLine:
        """A request for two hours of Polish that was sent."""
        line: BookingLine = self.write(book.book, a_booking(**given), booking_id=new_id())
        return line

    def assigned(self, interpreter_id: str = "", **given: Any) -> BookingLine:
        """A request with an interpreter."""
        return self.take(
            assigning.assign, self.booked(**given), interpreter_id or self.interpreter()
        )

    def confirmed(self, interpreter_id: str = "", **given: Any) -> BookingLine:
        """A request with an interpreter who is confirmed."""
        return self.take(act.confirm, self.assigned(interpreter_id, **given))

    def arrived(self, interpreter_id: str = "", **given: Any) -> BookingLine:
        """Somebody who came at the booked start; the clock shows it."""
        line = self.confirmed(interpreter_id, **given)
        self.clock.shows(line.starts_at)
        return self.take(attendance.arrive, line)

    def signed(self, interpreter_id: str = "", **given: Any) -> BookingLine:
        """A timesheet that was signed at the booked end; the clock shows it."""
        line = self.arrived(interpreter_id, **given)
        self.clock.shows(line.ends_at)
        return self.take(signing.sign_off, line, SheetDraft())

    def take(
        self, verb: Callable[..., BookingLine], line: BookingLine, *given: Any, **named: Any
    ) -> BookingLine:
        """One step of a booking."""
        after: BookingLine = self.write(verb, line.id, *given, event_id=new_id(), **named)
        return after

    def drafted(self, **given: Any) -> BookingLine:
        """A draft that was not sent."""
        line: BookingLine = self.write(book.save, a_booking(**given), booking_id=new_id())
        return line

    def record(self, line: BookingLine) -> BookingRecord:
        """The booking in full."""
        found: BookingRecord = self.read(record.record, line.id, self.acting)
        return found


def a_booking(**given: Any) -> BookingDraft:
    """Two hours of Polish face to face."""
    usual = {"language": "pol", "day": DAY, "start": "10:00", "end": "12:00"}
    return BookingDraft(**{**usual, **given})
