"""A booking as the rules see it: kinds, routes, states, and when its interpreter is occupied.

Source: interpreter sheet, sections 2 to 4 and 6.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.interpreters.wall import Span


class Kind(StrEnum):
    """What kind of help is booked."""

    SPOKEN = "spoken"
    SIGN = "sign"
    INTERMEDIARY = "intermediary"


class Route(StrEnum):
    """Who supplies it."""

    CONTRACT = "contract"
    WELSH_UNIT = "welsh_unit"
    OFF_CONTRACT = "off_contract"
    WITNESS_SCHEME = "witness_scheme"
    PARTY_ARRANGED = "party_arranged"
    BY_PERMISSION = "by_permission"


class Mode(StrEnum):
    """How the interpreter takes part."""

    F2F = "f2f"
    VIDEO = "video"
    TELEPHONE = "telephone"


class ForRole(StrEnum):
    """For whom."""

    DEFENDANT = "defendant"
    PARTY = "party"
    WITNESS = "witness"
    JUROR = "juror"


class Gender(StrEnum):
    """Which interpreter is asked for."""

    NONE = "none"
    FEMALE = "female"
    MALE = "male"


class Identity(StrEnum):
    """How it was checked who came."""

    CARD = "card"
    REGISTER = "register"
    PHOTO = "photo"
    KNOWN = "known"
    REMOTE = "remote"


class Status(StrEnum):
    """How far a booking has come."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ASSIGNED = "assigned"
    CONFIRMED = "confirmed"
    IN_ATTENDANCE = "in_attendance"
    FULFILLED = "fulfilled"
    CUSTOMER_DID_NOT_ATTEND = "customer_did_not_attend"
    SUPPLIER_DID_NOT_ATTEND = "supplier_did_not_attend"
    CANCELLED_BY_COURT = "cancelled_by_court"
    UNFILLED = "unfilled"


PLANNED = frozenset({Status.ASSIGNED, Status.CONFIRMED})
"""Somebody is to come."""
ATTENDED = frozenset({Status.IN_ATTENDANCE, Status.FULFILLED, Status.CUSTOMER_DID_NOT_ATTEND})
"""Somebody came: a fact."""
AHEAD = PLANNED | {Status.DRAFT, Status.REQUESTED}
"""Nobody has come yet, and somebody still may."""
HOLDING = PLANNED | ATTENDED
"""The interpreter is not free."""
FINAL = frozenset(
    {
        Status.FULFILLED,
        Status.CUSTOMER_DID_NOT_ATTEND,
        Status.SUPPLIER_DID_NOT_ATTEND,
        Status.CANCELLED_BY_COURT,
        Status.UNFILLED,
    }
)

KIND_LABELS = {
    Kind.SPOKEN: N_("Spoken language"),
    Kind.SIGN: N_("Sign language"),
    Kind.INTERMEDIARY: N_("Intermediary"),
}
ROUTE_LABELS = {
    Route.CONTRACT: N_("Under the contract"),
    Route.WELSH_UNIT: N_("Welsh Language Unit"),
    Route.OFF_CONTRACT: N_("Off contract"),
    Route.WITNESS_SCHEME: N_("Witness scheme (police or CPS)"),
    Route.PARTY_ARRANGED: N_("Arranged by the side"),
    Route.BY_PERMISSION: N_("Friend or relative, allowed by the judge"),
}
MODE_LABELS = {
    Mode.F2F: N_("Face to face"),
    Mode.VIDEO: N_("Video"),
    Mode.TELEPHONE: N_("Telephone"),
}
FOR_ROLE_LABELS = {
    ForRole.DEFENDANT: N_("Defendant"),
    ForRole.PARTY: N_("Party"),
    ForRole.WITNESS: N_("Witness"),
    ForRole.JUROR: N_("Juror"),
}
GENDER_LABELS = {
    Gender.NONE: N_("Either"),
    Gender.FEMALE: N_("Female"),
    Gender.MALE: N_("Male"),
}
IDENTITY_LABELS = {
    Identity.CARD: N_("Identity card of the supplier"),
    Identity.REGISTER: N_("Registration card"),
    Identity.PHOTO: N_("Passport or driving licence"),
    Identity.KNOWN: N_("Known to the officer"),
    Identity.REMOTE: N_("Seen or heard by video or telephone"),
}
STATUS_LABELS = {
    Status.DRAFT: N_("Draft"),
    Status.REQUESTED: N_("Requested"),
    Status.ASSIGNED: N_("Assigned"),
    Status.CONFIRMED: N_("Confirmed"),
    Status.IN_ATTENDANCE: N_("Here"),
    Status.FULFILLED: N_("Fulfilled"),
    Status.CUSTOMER_DID_NOT_ATTEND: N_("Customer did not attend"),
    Status.SUPPLIER_DID_NOT_ATTEND: N_("Interpreter did not come"),
    Status.CANCELLED_BY_COURT: N_("Cancelled by the court"),
    Status.UNFILLED: N_("Unfilled"),
}


@dataclass(frozen=True)
class Booking:
    """What must be known of a booking to see whom it occupies, when and where."""

    id: str
    interpreter_id: str | None
    status: Status
    start: dt.datetime
    end: dt.datetime
    site: str = ""
    mode: Mode = Mode.F2F
    released_at: dt.datetime | None = None
    supplier_ref: str = ""
    assigned_at: dt.datetime | None = None

    @property
    def occupied(self) -> Span:
        """When the interpreter is not free: up to the release once somebody has left."""
        released = self.released_at if self.status in ATTENDED else None
        return Span(self.start, released or self.end)

    @property
    def holds(self) -> bool:
        """Whether it keeps an interpreter from other bookings."""
        return self.status in HOLDING and self.interpreter_id is not None

    def clashes(self, other: Booking) -> bool:
        """Whether both keep the same interpreter at the same time."""
        return (
            self.id != other.id
            and self.holds
            and other.holds
            and self.interpreter_id == other.interpreter_id
            and self.occupied.shared(other.occupied) > 0
        )
