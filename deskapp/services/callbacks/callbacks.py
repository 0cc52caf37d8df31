"""Callbacks: booked for a contact, booked again, called off; why a hidden number was shown.

Source: enquiries sheet, sections 5, 9 and 13.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError, Problem
from deskapp.i18n import _, ngettext
from deskapp.roles import Act, User
from deskapp.services import drafts
from deskapp.services.callbacks import callback_cards, callback_lines, slot_loads, slots
from deskapp.services.callbacks.callback_lines import CallbackLine, State
from deskapp.services.callbacks.callback_words import STATE_LABELS
from deskapp.services.callbacks.slots import Diary, Kind, SlotRefusedError
from deskapp.services.enquiries import outcomes
from deskapp.services.persons import safe_contact
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.data.enquiry_tables import Callback

SLOT_FIELD = outcomes.ADDED + "slot"
"""Field of the contact form in which the slot is typed."""


@dataclass(frozen=True)
class Wish:
    """When somebody is to be rung back."""

    slot: dt.datetime
    """Local, without an offset."""
    kind: Kind = Kind.WINDOW
    over_reason: str = ""
    """Why a team leader goes beyond the capacity or the number of tries."""
    note: str = ""
    call_reason: str = ""
    """Why somebody is rung who said not to."""


def needs_call_reason(connection: Connection, person_id: str, *, user: User) -> bool:
    """Whether a reason must be given before a callback of this person is booked.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    return not safe_contact.line_for(connection, person_id, user=user).may_call


def book(
    session: Session, contact_id: str, wish: Wish, *, now: dt.datetime, user: User, diary: Diary
) -> CallbackLine:
    """Promise to ring back the person of a saved contact.

    Raises:
        SlotRefusedError: If the slot cannot be booked, or is full.
        FormProblemsError: If the person said not to be rung and no reason is given.
        NotFoundError: If there is no such contact.
        NotAllowedError: If the role may not take contacts, or not go beyond the limits.
    """
    from deskapp.data.enquiry_tables import Callback
    from deskapp.data.ids import new_id
    from deskapp.data.tables import Contact

    roles.require(user, Act.TAKE_CONTACT)
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFoundError(_("There is no such contact."))
    promised = callback_lines.of_contact(plain(session), contact_id, user=user)
    if any(line.state.live for line in promised):
        raise SlotRefusedError(_("This contact has a callback already. Book that one again."))
    call_reason = _call_reason(session, contact.person_id or "", wish.call_reason, user)
    _must_fit(session, wish, now=now, user=user, diary=diary)
    callback = Callback(
        id=new_id(),
        home_site=user.site,
        site=user.site,
        contact_id=contact_id,
        person_id=contact.person_id or "",
        slot=slots.key(wish.slot),
        starts_at=stamp(slots.starts_at(wish.slot)),
        kind=wish.kind.value,
        state=State.BOOKED.value,
        live=True,
        booked_by=user.id,
        booked_at=stamp(now),
        over_reason=one_line(wish.over_reason),
        call_reason=call_reason,
        note=one_line(wish.note),
    )
    session.add(callback)
    return _told(session, callback, user)


def book_again(
    session: Session,
    callback_id: str,
    wish: Wish,
    *,
    now: dt.datetime,
    user: User,
    diary: Diary,
    draft_id: str = "",
) -> CallbackLine:
    """Move a callback to another slot, also one that was missed; the form's draft goes.

    Raises:
        SlotRefusedError: If the slot cannot be booked, or is full.
        FormProblemsError: If the person said not to be rung and no reason is kept or given.
        NotAllowedError: If it was tried so often that a team leader must give a reason.
    """
    callback = opened(session, callback_id, user, State.BOOKED, State.MISSED, State.FAILED)
    tried = len(callback_cards.tries(plain(session), callback_id, user=user))
    if tried >= diary.attempts and not one_line(wish.over_reason):
        message = ngettext(
            "{count} try was made. A team leader can book one more, with a reason.",
            "{count} tries were made. A team leader can book one more, with a reason.",
            tried,
        )
        raise NotAllowedError(message.format(count=tried))
    given = wish.call_reason or callback.call_reason
    callback.call_reason = _call_reason(session, callback.person_id, given, user)
    _must_fit(session, wish, now=now, user=user, diary=diary, callback_id=callback_id)
    callback.slot = slots.key(wish.slot)
    callback.starts_at = stamp(slots.starts_at(wish.slot))
    callback.kind = wish.kind.value
    callback.over_reason = one_line(wish.over_reason) or callback.over_reason
    callback.note = one_line(wish.note) or callback.note
    drafts.drop(plain(session), draft_id)
    return moved(session, callback, State.BOOKED, user)


def cancel(session: Session, callback_id: str, reason: str, *, user: User) -> CallbackLine:
    """Call a callback off; its slot is free again.

    Raises:
        FormProblemsError: If no reason was given.
    """
    callback = opened(session, callback_id, user, State.BOOKED, State.MISSED)
    callback.end_reason = one_line(reason)
    if not callback.end_reason:
        raise FormProblemsError([Problem("reason", _("Enter why the callback is cancelled"))])
    return moved(session, callback, State.CANCELLED, user)


def set_priority(session: Session, callback_id: str, priority: bool, *, user: User) -> CallbackLine:
    """Let a callback be rung before the others, or no longer."""
    callback = opened(session, callback_id, user, State.BOOKED, State.MISSED)
    callback.priority = priority
    return _told(session, callback, user)


def show_number(
    session: Session,
    callback_id: str,
    reason: str,
    *,
    now: dt.datetime,
    user: User,
    draft_id: str = "",
) -> None:
    """Show ``user`` the number of somebody who said not to ring; the reason is kept as an event.

    Raises:
        FormProblemsError: If no reason was typed.
    """
    from deskapp.data.ids import new_id
    from deskapp.data.tables import ContactEvent

    callback = opened(session, callback_id, user, *State)
    reason = one_line(reason)
    if not reason:
        raise FormProblemsError([Problem("reason", _("Enter why you ring all the same"))])
    session.add(
        ContactEvent(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            contact_id=callback.contact_id,
            code=callback_cards.NUMBER_SHOWN,
            note=reason,
        )
    )
    drafts.drop(plain(session), draft_id)


def _call_reason(session: Session, person_id: str, given: str, user: User) -> str:
    """Why this person is rung all the same, as it is kept; it may be empty unless it is needed."""
    reason = one_line(given)
    if not reason and needs_call_reason(plain(session), person_id, user=user):
        need = outcomes.CALL_REASON
        raise FormProblemsError([Problem(need.name, _(need.message))])
    return reason


def _must_fit(
    session: Session,
    wish: Wish,
    *,
    now: dt.datetime,
    user: User,
    diary: Diary,
    callback_id: str = "",
) -> None:
    """Stop unless the slot may be booked and is not full, or a team leader gives a reason."""
    if one_line(wish.over_reason):
        roles.require(user, Act.EXCEED_CALLBACKS)
    diary.check(wish.slot, now=now)
    load = slot_loads.load(plain(session), wish.slot, site=user.site, but=callback_id)
    if load >= diary.capacity and not one_line(wish.over_reason):
        message = _("Choose another time, {time} is full")
        raise SlotRefusedError(message.format(time=slots.spoken_in_full(wish.slot.time())))


def opened(session: Session, callback_id: str, user: User, *states: State) -> Callback:
    """The row of a callback, if it is in one of these states.

    Raises:
        NotFoundError: If there is none with this id.
        NotAllowedError: If it is in another state, or the role may not take contacts.
    """
    from deskapp.data.enquiry_tables import Callback

    roles.require(user, Act.TAKE_CONTACT)
    callback = session.get(Callback, callback_id)
    if callback is None:
        raise NotFoundError(_("There is no such callback on this desk."))
    if callback.state not in states:
        label = _(STATE_LABELS[State(callback.state)])
        message = _("This callback cannot do that now. It is: {state}.")
        raise NotAllowedError(message.format(state=label))
    return callback


def moved(session: Session, callback: Callback, state: State, user: User) -> CallbackLine:
    """Put a callback into another state."""
    callback.state, callback.live = state.value, state.live
    return _told(session, callback, user)


def _told(session: Session, callback: Callback, user: User) -> CallbackLine:
    return callback_lines.line(plain(session), callback.id, user=user)
