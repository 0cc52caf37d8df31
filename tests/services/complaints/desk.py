"""One officer of an office who works alone, by whatever bank holidays the test gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import bank_holidays
from deskapp.services.bank_holidays import Calendars
from deskapp.services.complaints import act, log, record
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.record import ComplaintRecord
from tests.services.complaints.office import ANSWER, ComplaintOffice, a_complaint_draft


@dataclass
class Hand:
    """Who works; what is left out of a complaint or an answer is as in ``office``."""

    office: ComplaintOffice
    user: User
    calendars: Calendars = field(default_factory=bank_holidays.shipped)

    @property
    def store(self) -> Store:
        """The store of the desk."""
        return self.office.store

    @property
    def acting(self) -> Acting:
        """Who acts now."""
        return replace(self.office.acting(self.user), calendars=self.calendars)

    def log(self, **given: Any) -> str:
        """Log a complaint and return its id."""
        draft = a_complaint_draft(**given)
        return self.store.call_write(log.log, self.acting, new_id(), draft).id

    def take(self, complaint_id: str, code: Code, **values: str) -> ComplaintLine:
        """Make one move."""
        return self.store.call_write(
            act.take, self.acting, complaint_id, code, values, event_id=new_id()
        )

    def answer(self, complaint_id: str, **values: str) -> ComplaintLine:
        """Take a complaint and answer its stage."""
        if not self.record(complaint_id).complaint.owner:
            self.take(complaint_id, Code.ASSIGN)
        return self.take(complaint_id, Code.RESPOND, **{**ANSWER, **values})

    def record(self, complaint_id: str) -> ComplaintRecord:
        """The complaint in full."""
        return self.store.call_read(record.record, self.acting, complaint_id)

    def read(self, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Ask the store."""
        return self.store.call_read(verb, *given, **named)

    def on(self, day: str) -> None:
        """Let it be ten o'clock of a day."""
        self.office.clock.shows(dt.datetime.fromisoformat(f"{day}T10:00:00+00:00"))
