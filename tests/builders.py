"""Makes what tests need and do not care about; every person, case and number is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from deskapp.clock import Clock
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import desk as desk_service
from deskapp.services.dates import Nation
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_drafts, contacts
from deskapp.services.enquiries.call_clock import Span
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine

SITE = "fact:aberystwyth-justice-centre"


@dataclass
class SetClock:
    """A clock that stands still until the test moves it."""

    moment: dt.datetime = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)
    running_seconds: float = 1000.0

    @property
    def clock(self) -> Clock:
        """What the code under test is given."""
        return Clock(now=lambda: self.moment, monotonic=lambda: self.running_seconds)

    @property
    def today(self) -> dt.date:
        """The local day."""
        return self.clock.today()

    def passes(self, **length: float) -> None:
        """Let time go by, as ``passes(minutes=5)``."""
        step = dt.timedelta(**length)
        self.moment += step
        self.running_seconds += step.total_seconds()

    def shows(self, moment: dt.datetime) -> None:
        """Set the wall clock alone, as somebody does who corrects it."""
        self.moment = moment


def a_contact_draft(**given: Any) -> ContactDraft:
    """A call about a fine that was answered in full."""
    usual: dict[str, Any] = {"channel": "phone_in", "topic": "FIN", "outcome": "RES"}
    return ContactDraft(**{**usual, **given})


def a_draft(user: User, clock: SetClock, **given: Any) -> Draft:
    """A contact form that was begun now."""
    draft = Draft(
        id=new_id(),
        form="contact",
        officer_id=user.id,
        started_at=clock.moment,
        updated_at=clock.moment,
        values={"channel": "phone_in", "user_type": "not_given"},
    )
    return draft._replace(**given)


def a_span(clock: SetClock, minutes: float = 4) -> Span:
    """A contact of four minutes that ends now."""
    length = dt.timedelta(minutes=minutes)
    return Span(clock.moment - length, clock.moment, int(length.total_seconds()))


def save(
    store: Store,
    user: User,
    clock: SetClock,
    *,
    draft_id: str | None = None,
    span: Span | None = None,
    nation: str = Nation.ENGLAND_AND_WALES,
    **given: Any,
) -> ContactLine:
    """Save a contact through the service, as the screen and the command line do."""
    return store.call_write(
        contacts.log,
        draft_id or new_id(),
        a_contact_draft(**given),
        span=span or a_span(clock),
        user=user,
        nation=nation,
    )


def put_marker(store: Store, user: User, person_id: str, code: str) -> None:
    """Let a marker of a person arrive, as an exchange does."""

    def add(session: Session) -> None:
        from deskapp.data.enquiry_tables import Marker

        session.add(
            Marker(
                id=new_id(),
                home_site=user.site,
                person_id=person_id,
                code=code,
                set_by=user.id,
                set_on="2026-11-01",
                approved_by=user.id,
                approved_on="2026-11-01",
            )
        )

    store.call_write(add)


def officer_of(store: Store) -> User:
    """Who uses the desk, for whatever is read in their name."""
    return store.call_read(desk_service.user)


def messages(draft: ContactDraft, today: dt.date) -> Mapping[str, str]:
    """What must be put right, by field."""
    return dict(contact_drafts.problems(draft, today=today))
