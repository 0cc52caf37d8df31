"""The life of a booking: which event leads from which state to which, and who may bring it about.

Source: interpreter sheet, sections 1 and 4.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from deskapp.errors import DeskError, Exit
from deskapp.i18n import N_, _
from deskapp.roles import Role
from deskapp.services.interpreters.bookings import STATUS_LABELS, Status
from deskapp.services.interpreters.codes import Code, words


class Event(StrEnum):
    """What happens to a booking."""

    SEND = "send"
    ASSIGN = "assign"
    SUPPLIER_CANNOT_FILL = "supplier_cannot_fill"
    CANCEL_BY_COURT = "cancel_by_court"
    CONFIRM = "confirm"
    SUPPLIER_WITHDRAWS = "supplier_withdraws"
    ARRIVE = "arrive"
    MARK_NO_SHOW = "mark_no_show"
    SIGN_OFF = "sign_off"
    CUSTOMER_ABSENT = "customer_absent"
    REOPEN = "reopen"
    CORRECT = "correct"


EVENT_LABELS = {
    Event.SEND: N_("Send the request"),
    Event.ASSIGN: N_("Enter the interpreter"),
    Event.SUPPLIER_CANNOT_FILL: N_("The supplier cannot fill it"),
    Event.CANCEL_BY_COURT: N_("Cancel"),
    Event.CONFIRM: N_("Confirm"),
    Event.SUPPLIER_WITHDRAWS: N_("The supplier withdraws"),
    Event.ARRIVE: N_("Arrived"),
    Event.MARK_NO_SHOW: N_("Did not come"),
    Event.SIGN_OFF: N_("Sign the timesheet"),
    Event.CUSTOMER_ABSENT: N_("The customer did not come"),
    Event.REOPEN: N_("Ask again"),
    Event.CORRECT: N_("Correct the timesheet"),
}

MOVES = {
    (Status.DRAFT, Event.SEND): Status.REQUESTED,
    (Status.REQUESTED, Event.ASSIGN): Status.ASSIGNED,
    (Status.REQUESTED, Event.SUPPLIER_CANNOT_FILL): Status.UNFILLED,
    (Status.REQUESTED, Event.CANCEL_BY_COURT): Status.CANCELLED_BY_COURT,
    (Status.ASSIGNED, Event.CANCEL_BY_COURT): Status.CANCELLED_BY_COURT,
    (Status.CONFIRMED, Event.CANCEL_BY_COURT): Status.CANCELLED_BY_COURT,
    (Status.ASSIGNED, Event.CONFIRM): Status.CONFIRMED,
    (Status.ASSIGNED, Event.SUPPLIER_WITHDRAWS): Status.REQUESTED,
    (Status.CONFIRMED, Event.SUPPLIER_WITHDRAWS): Status.REQUESTED,
    (Status.ASSIGNED, Event.ARRIVE): Status.IN_ATTENDANCE,
    (Status.CONFIRMED, Event.ARRIVE): Status.IN_ATTENDANCE,
    (Status.ASSIGNED, Event.MARK_NO_SHOW): Status.SUPPLIER_DID_NOT_ATTEND,
    (Status.CONFIRMED, Event.MARK_NO_SHOW): Status.SUPPLIER_DID_NOT_ATTEND,
    (Status.IN_ATTENDANCE, Event.SIGN_OFF): Status.FULFILLED,
    (Status.IN_ATTENDANCE, Event.CUSTOMER_ABSENT): Status.CUSTOMER_DID_NOT_ATTEND,
    (Status.UNFILLED, Event.REOPEN): Status.REQUESTED,
    (Status.FULFILLED, Event.CORRECT): Status.IN_ATTENDANCE,
}
"""Everything else is refused."""

_ON_THE_DAY = frozenset({Event.ARRIVE, Event.MARK_NO_SHOW, Event.SIGN_OFF, Event.CUSTOMER_ABSENT})
_LEADS = frozenset(Event)
MAY = {
    Role.HEARING_ROOM: _ON_THE_DAY,
    Role.OFFICER: _LEADS - {Event.CORRECT},
    Role.TEAM_LEADER: _LEADS,
    Role.MANAGER: _LEADS,
}
"""Who may bring about what; a role that is not named may nothing."""


class RefusedError(DeskError):
    """An event is not possible; nothing was changed."""

    def __init__(self, code: Code, told: str = "") -> None:
        super().__init__(" ".join(filter(None, (words(code), told))))
        self.code = code
        self.exit_code = Exit.NOT_ALLOWED if code is Code.ROLE else Exit.DATA


def after(
    status: Status,
    event: Event,
    *,
    role: Role,
    start: dt.datetime | None = None,
    now: dt.datetime | None = None,
) -> Status:
    """The state after an event.

    A request is opened again only before the start of the hearing, when both instants are given.
    What else an event needs is checked where it is entered: ``validation``, ``conflicts`` and
    ``timesheets``.

    Raises:
        RefusedError: ``E_TRANSITION`` or ``E_ROLE``.
    """
    if (status, event) not in MOVES:
        told = _("It is: {status}.").format(status=_(STATUS_LABELS[status]))
        raise RefusedError(Code.TRANSITION, told)
    if event not in MAY.get(role, frozenset()):
        raise RefusedError(Code.ROLE)
    if event is Event.REOPEN and start is not None and now is not None and now >= start:
        raise RefusedError(Code.TRANSITION, _("The hearing has begun: make a new booking."))
    return MOVES[status, event]


def possible(status: Status, role: Role) -> list[Event]:
    """What somebody of a role may do with a booking, for a screen to offer."""
    may = MAY.get(role, frozenset())
    return [event for event in Event if (status, event) in MOVES and event in may]
