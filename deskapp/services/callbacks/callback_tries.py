"""Tries to ring somebody back: each is a contact, and how that ends says what became of it.

Source: enquiries sheet, sections 5 and 9.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.clock import local, stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotAllowedError, Problem
from deskapp.i18n import _, appointment
from deskapp.roles import User
from deskapp.services import drafts
from deskapp.services.callbacks import callback_cards, callbacks, diaries
from deskapp.services.callbacks.callback_lines import CallbackLine, Result, State
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.callbacks.slots import Diary, Kind, SlotRefusedError
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import outcomes

if TYPE_CHECKING:
    from sqlmodel import Session


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
        NotAllowedError: If the person said not to ring and no reason is kept, however urgent; if
            the number is withheld with a confidential address; or if another day was promised and
            nobody gave it priority.
    """
    callback = callbacks.opened(session, callback_id, user, State.BOOKED, State.MISSED)
    card = callback_cards.card(plain(session), callback_id, user=user)
    if card.withheld:
        raise NotAllowedError(
            _(
                "The number is withheld: this address is confidential. Write instead, and cancel"
                " the callback with that reason."
            )
        )
    if card.hidden:
        raise NotAllowedError(_("The person said not to ring. Enter why you ring all the same."))
    slot, kind = dt.datetime.fromisoformat(callback.slot), Kind(callback.kind)
    if State(callback.state) is State.BOOKED and not callback.priority:
        _must_be_its_day(slot, now)
    on_time = diary.is_on_time(slot, kind, now)
    _event(session, callback_id, draft.id, Result.ATTEMPTING, now=now, user=user, on_time=on_time)
    drafts.keep(plain(session), draft)
    return callbacks.moved(session, callback, State.ATTEMPTING, user)


def _must_be_its_day(slot: dt.datetime, now: dt.datetime) -> None:
    """Stop a call on a day before the one that was promised: then it may not be safe to ring.

    Source: enquiries sheet, section 9: a callback becomes due before it is attempted.
    """
    if local(now).date() < slot.date():
        message = _(
            "This call is promised for {slot}. To ring on an earlier day give it priority, or book"
            " another time: F9."
        )
        raise NotAllowedError(message.format(slot=appointment(slot)))


def reached(session: Session, callback_id: str, *, now: dt.datetime, user: User) -> CallbackLine:
    """The try that is under way reached the person: the callback is done."""
    callback = callbacks.opened(session, callback_id, user, State.ATTEMPTING)
    _ended(session, callback_id, Result.REACHED, now=now, user=user)
    return callbacks.moved(session, callback, State.DONE, user)


def missed(
    session: Session, callback_id: str, *, now: dt.datetime, user: User, diary: Diary
) -> CallbackLine:
    """The try that is under way reached nobody: book again, or after the last try it failed."""
    callback = callbacks.opened(session, callback_id, user, State.ATTEMPTING)
    _ended(session, callback_id, Result.MISSED, now=now, user=user)
    tried = len(callback_cards.tries(plain(session), callback_id, user=user))
    state = State.FAILED if tried >= diary.attempts else State.MISSED
    return callbacks.moved(session, callback, state, user)


def undo(session: Session, callback_id: str, *, now: dt.datetime, user: User) -> CallbackLine:
    """Take the last step back: a result, a try in which nobody rang, or a cancellation."""
    ended = (State.ATTEMPTING, State.MISSED, State.FAILED, State.DONE, State.CANCELLED)
    callback = callbacks.opened(session, callback_id, user, *ended)
    state = State(callback.state)
    if state is State.CANCELLED:
        callback.end_reason = ""
        return callbacks.moved(session, callback, State.BOOKED, user)
    last = callback_cards.tries(plain(session), callback_id, user=user)[-1]
    under_way = state is State.ATTEMPTING
    result = Result.UNDONE if under_way else Result.ATTEMPTING
    _event(session, callback_id, last.contact_id, result, now=now, user=user)
    return callbacks.moved(session, callback, State.BOOKED if under_way else State.ATTEMPTING, user)


def after_contact(
    session: Session,
    contact_id: str,
    outcome: str,
    extras: Mapping[str, str],
    *,
    call_reason: str,
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
        call_reason: Why somebody is rung who said not to; empty where nobody asked.
        now: When it ended.
        user: Who took it.
        nation: Whose working days count.

    Raises:
        FormProblemsError: If the slot cannot be booked, became full while it was typed, or if the
            person said not to be rung and there is no reason.
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
    slot, kind = dt.datetime.fromisoformat(extras["slot"]), Kind(extras["kind"])
    wish = Wish(slot, kind, call_reason=call_reason)
    try:
        if tried:
            callbacks.book_again(session, tried, wish, now=now, user=user, diary=diary)
        else:
            callbacks.book(session, contact_id, wish, now=now, user=user, diary=diary)
    except (SlotRefusedError, NotAllowedError) as error:
        raise FormProblemsError([Problem(callbacks.SLOT_FIELD, str(error))]) from error
    except FormProblemsError as error:
        added = [each._replace(field=outcomes.ADDED + each.field) for each in error.problems]
        raise FormProblemsError(added) from error


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
    last = callback_cards.tries(plain(session), callback_id, user=user)[-1]
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
