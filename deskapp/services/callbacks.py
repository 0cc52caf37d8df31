"""Callbacks: booked with a contact, tried by contacts of their own, until somebody is reached.

How the contact of a try ends says what became of it, in the transaction that saves it.
Source: enquiries sheet, sections 5, 9 and 13.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError, Problem
from deskapp.i18n import _, ngettext
from deskapp.roles import Act, User
from deskapp.services import callback_lines, diaries, drafts, outcomes, slots
from deskapp.services.callback_lines import CallbackLine, Result, State
from deskapp.services.callback_words import STATE_LABELS
from deskapp.services.drafts import Draft
from deskapp.services.slots import Diary, Kind, SlotRefusedError
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

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


def book(
    session: Session, contact_id: str, wish: Wish, *, now: dt.datetime, user: User, diary: Diary
) -> CallbackLine:
    """Promise to ring back the person of a saved contact.

    Raises:
        SlotRefusedError: If the slot cannot be booked, or is full.
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
        NotAllowedError: If it was tried so often that a team leader must give a reason.
    """
    callback = _open(session, callback_id, user, State.BOOKED, State.MISSED, State.FAILED)
    tried = len(callback_lines.tries(plain(session), callback_id, user=user))
    if tried >= diary.attempts and not one_line(wish.over_reason):
        message = ngettext(
            "{count} try was made. A team leader can book one more, with a reason.",
            "{count} tries were made. A team leader can book one more, with a reason.",
            tried,
        )
        raise NotAllowedError(message.format(count=tried))
    _must_fit(session, wish, now=now, user=user, diary=diary, callback_id=callback_id)
    callback.slot = slots.key(wish.slot)
    callback.starts_at = stamp(slots.starts_at(wish.slot))
    callback.kind = wish.kind.value
    callback.over_reason = one_line(wish.over_reason) or callback.over_reason
    callback.note = one_line(wish.note) or callback.note
    drafts.drop(plain(session), draft_id)
    return _moved(session, callback, State.BOOKED, user)


def start(
    session: Session,
    callback_id: str,
    draft: Draft,
    *,
    now: dt.datetime,
    user: User,
    diary: Diary,
) -> CallbackLine:
    """Begin a try: ``draft`` is kept as the form of its phone_out contact.

    Raises:
        NotAllowedError: If the person said not to ring and no reason is kept, however urgent.
    """
    callback = _open(session, callback_id, user, State.BOOKED, State.MISSED)
    if callback_lines.card(plain(session), callback_id, user=user).hidden:
        raise NotAllowedError(_("The person said not to ring. Enter why you ring all the same."))
    slot, kind = dt.datetime.fromisoformat(callback.slot), Kind(callback.kind)
    on_time = diary.is_on_time(slot, kind, now)
    _event(session, callback_id, draft.id, Result.ATTEMPTING, now=now, user=user, on_time=on_time)
    drafts.keep(plain(session), draft)
    return _moved(session, callback, State.ATTEMPTING, user)


def reached(session: Session, callback_id: str, *, now: dt.datetime, user: User) -> CallbackLine:
    """The try that is under way reached the person: the callback is done."""
    callback = _open(session, callback_id, user, State.ATTEMPTING)
    _ended(session, callback_id, Result.REACHED, now=now, user=user)
    return _moved(session, callback, State.DONE, user)


def missed(
    session: Session, callback_id: str, *, now: dt.datetime, user: User, diary: Diary
) -> CallbackLine:
    """The try that is under way reached nobody: book again, or after the last try it failed."""
    callback = _open(session, callback_id, user, State.ATTEMPTING)
    _ended(session, callback_id, Result.MISSED, now=now, user=user)
    tried = len(callback_lines.tries(plain(session), callback_id, user=user))
    state = State.FAILED if tried >= diary.attempts else State.MISSED
    return _moved(session, callback, state, user)


def cancel(session: Session, callback_id: str, reason: str, *, user: User) -> CallbackLine:
    """Call a callback off; its slot is free again.

    Raises:
        FormProblemsError: If no reason was given.
    """
    callback = _open(session, callback_id, user, State.BOOKED, State.MISSED)
    callback.end_reason = one_line(reason)
    if not callback.end_reason:
        raise FormProblemsError([Problem("reason", _("Enter why the callback is cancelled"))])
    return _moved(session, callback, State.CANCELLED, user)


def undo(session: Session, callback_id: str, *, now: dt.datetime, user: User) -> CallbackLine:
    """Take the last step back: a result, a try in which nobody rang, or a cancellation."""
    ended = (State.ATTEMPTING, State.MISSED, State.FAILED, State.DONE, State.CANCELLED)
    callback = _open(session, callback_id, user, *ended)
    state = State(callback.state)
    if state is State.CANCELLED:
        callback.end_reason = ""
        return _moved(session, callback, State.BOOKED, user)
    last = callback_lines.tries(plain(session), callback_id, user=user)[-1]
    under_way = state is State.ATTEMPTING
    result = Result.UNDONE if under_way else Result.ATTEMPTING
    _event(session, callback_id, last.contact_id, result, now=now, user=user)
    return _moved(session, callback, State.BOOKED if under_way else State.ATTEMPTING, user)


def set_priority(session: Session, callback_id: str, priority: bool, *, user: User) -> CallbackLine:
    """Let a callback be rung before the others, or no longer."""
    callback = _open(session, callback_id, user, State.BOOKED, State.MISSED)
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

    callback = _open(session, callback_id, user, *State)
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
            code=callback_lines.NUMBER_SHOWN,
            note=reason,
        )
    )
    drafts.drop(plain(session), draft_id)


def after_contact(
    session: Session,
    contact_id: str,
    outcome: str,
    extras: Mapping[str, str],
    *,
    now: dt.datetime,
    user: User,
    nation: str,
) -> None:
    """Do what a contact that is just saved means: book what it promised, end the try it was.

    Args:
        session: The transaction that saves the contact.
        contact_id: The saved contact.
        outcome: Code of how it ended.
        extras: What the outcome added, as it is kept.
        now: When it ended.
        user: Who took it.
        nation: Whose working days count.

    Raises:
        FormProblemsError: If the slot cannot be booked, or became full while it was typed.
    """
    tried = _tried_by(session, contact_id)
    books = outcome == outcomes.CALLBACK
    if not (tried or books) or outcome in outcomes.UNCOUNTED:
        return
    diary = diaries.of_nation(nation)
    if tried and (books or outcome in outcomes.UNREACHED):
        missed(session, tried, now=now, user=user, diary=diary)
    elif tried:
        reached(session, tried, now=now, user=user)
    if not books:
        return
    wish = Wish(dt.datetime.fromisoformat(extras["slot"]), Kind(extras["kind"]))
    try:
        if tried:
            book_again(session, tried, wish, now=now, user=user, diary=diary)
        else:
            book(session, contact_id, wish, now=now, user=user, diary=diary)
    except (SlotRefusedError, NotAllowedError) as error:
        raise FormProblemsError([Problem(SLOT_FIELD, str(error))]) from error


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
    load = callback_lines.load(plain(session), wish.slot, site=user.site, but=callback_id)
    if load >= diary.capacity and not one_line(wish.over_reason):
        message = _("Choose another time, {time} is full")
        raise SlotRefusedError(message.format(time=slots.spoken_in_full(wish.slot.time())))


def _open(session: Session, callback_id: str, user: User, *states: State) -> Callback:
    """The callback, if it is in one of these states.

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


def _moved(session: Session, callback: Callback, state: State, user: User) -> CallbackLine:
    callback.state, callback.live = state.value, state.live
    return _told(session, callback, user)


def _told(session: Session, callback: Callback, user: User) -> CallbackLine:
    return callback_lines.line(plain(session), callback.id, user=user)


def _tried_by(session: Session, contact_id: str) -> str:
    """The callback whose try under way this contact is; empty when it is none."""
    row = (
        plain(session)
        .execute(
            "SELECT b.id FROM callback_attempt AS a JOIN callback AS b ON b.id = a.callback_id"
            " WHERE a.contact_id = ? AND b.state = 'attempting' LIMIT 1",
            (contact_id,),
        )
        .fetchone()
    )
    return str(row[0]) if row else ""


def _ended(
    session: Session, callback_id: str, result: Result, *, now: dt.datetime, user: User
) -> None:
    last = callback_lines.tries(plain(session), callback_id, user=user)[-1]
    _event(session, callback_id, last.contact_id, result, now=now, user=user)


def _event(
    session: Session,
    callback_id: str,
    contact_id: str,
    result: Result,
    *,
    now: dt.datetime,
    user: User,
    on_time: bool = False,
) -> None:
    from deskapp.data.enquiry_tables import CallbackAttempt
    from deskapp.data.ids import new_id

    session.add(
        CallbackAttempt(
            id=new_id(),
            home_site=user.site,
            at=stamp(now),
            officer_id=user.id,
            callback_id=callback_id,
            contact_id=contact_id,
            result=result.value,
            on_time=on_time,
        )
    )
    session.flush()
