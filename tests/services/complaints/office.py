"""An office of several people at one store, who log complaints and make moves. All are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import Officer
from deskapp.roles import Role, User
from deskapp.services.complaints import act, log, record, stored
from deskapp.services.complaints.acting import Acting, acting_on
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.state import Complaint
from tests.builders import SetClock

NO_SETTINGS = Path("/nonexistent-settings")
ANSWER = {
    "outcome": "upheld",
    "root_cause": "process",
    "redress": "apology",
    "channel": "email",
    "next_step_told": "yes",
}


def a_complaint_draft(**given: Any) -> ComplaintDraft:
    """A complaint about slow answers, received today by phone."""
    usual: dict[str, Any] = {
        "received_on": "today",
        "channel": "phone",
        "jurisdiction": "civil",
        "person_name": "Ann Example",
        "summary": "Letters were not answered",
        "details": "Wrote three times since August and heard nothing.",
        "categories": "COR",
    }
    return ComplaintDraft(**{**usual, **given})


@dataclass
class ComplaintOffice:
    """Who works here; ``user`` is whose hand is at the keyboard."""

    store: Store
    clock: SetClock
    officer: User
    leader: User = field(init=False)
    other_leader: User = field(init=False)
    manager: User = field(init=False)
    colleague: User = field(init=False)
    administrator: User = field(init=False)

    def __post_init__(self) -> None:
        self.leader = self._user("Lena Lead", Role.TEAM_LEADER)
        self.other_leader = self._user("Otto Second", Role.TEAM_LEADER)
        self.manager = self._user("Mona Manages", Role.MANAGER)
        self.colleague = self._user("Carl Beside", Role.OFFICER)
        self.administrator = self._user("Ada Admin", Role.ADMINISTRATOR)
        self.store.call_write(self._hire)

    def _user(self, name: str, role: Role) -> User:
        return User(new_id(), name, role, self.officer.site)

    def _hire(self, session: Session) -> None:
        leaders = (self.leader, self.other_leader)
        for user in (*leaders, self.manager, self.colleague, self.administrator):
            name, role = user.name, user.role.value
            session.add(Officer(id=user.id, home_site=user.site, name=name, role=role))

    def acting(self, user: User | None = None) -> Acting:
        """Who acts, now, by what ships."""
        return acting_on(user or self.officer, self.clock.moment, NO_SETTINGS)

    def log(
        self, user: User | None = None, /, *, draft_id: str = "", **given: Any
    ) -> ComplaintLine:
        """Log a complaint."""
        draft = a_complaint_draft(**given)
        return self.store.call_write(log.log, self.acting(user), draft_id or new_id(), draft)

    def take(
        self, user: User, complaint_id: str, code: Code, *, event_id: str = "", **values: str
    ) -> ComplaintLine:
        """Make a move."""
        return self.store.call_write(
            act.take, self.acting(user), complaint_id, code, values, event_id=event_id or new_id()
        )

    def answer(self, user: User, complaint_id: str, **values: str) -> ComplaintLine:
        """Answer the last stage."""
        return self.take(user, complaint_id, Code.RESPOND, **{**ANSWER, **values})

    def stands(self, complaint_id: str) -> Complaint:
        """How a complaint stands."""
        return self.store.call_read(stored.complaint, complaint_id)

    def look(self, user: User, complaint_id: str) -> ComplaintRecord:
        """Open the record."""
        return self.store.call_write(record.look, self.acting(user), complaint_id)

    def reviewed(self, **given: Any) -> str:
        """Id of a complaint that the officer answered and of which a review is asked for."""
        line = self.log(owner=self.officer.id, **given)
        self.answer(self.officer, line.id)
        self.take(self.officer, line.id, Code.ASK_REVIEW)
        return line.id


def day(text: str) -> dt.date:
    """A day, as ISO has it."""
    return dt.date.fromisoformat(text)
