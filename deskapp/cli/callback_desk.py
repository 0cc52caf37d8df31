"""What the callback commands share: finding, booking and showing callbacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.cli import choices
from deskapp.cli.out import show, show_json
from deskapp.cli.unlock import Desk
from deskapp.clock import local, stamp
from deskapp.errors import NotFoundError
from deskapp.i18n import _, appointment
from deskapp.services import desk, lists, needs, typed
from deskapp.services.callbacks import (
    callback_cards,
    callback_contacts,
    callback_lines,
    callback_tries,
    callback_words,
    callbacks,
    diaries,
    slot_loads,
    slots,
)
from deskapp.services.callbacks.callback_cards import Card
from deskapp.services.callbacks.callback_lines import CallbackLine
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.callbacks.slots import SlotRefusedError
from deskapp.services.enquiries import contact_lines, outcomes, third_party
from deskapp.services.persons import known
from deskapp.text import compact


class CallbackDesk:
    """The callbacks of an open store."""

    def __init__(self, opened: Desk) -> None:
        self._store, self._user = opened.store, opened.user
        self._now = opened.clock.now()
        self._nation = desk.nation(opened.store.site)
        self._diary = diaries.of_nation(self._nation)

    def found(self, ref: str) -> CallbackLine:
        """The newest callback of the contact with this reference.

        Raises:
            NotFoundError: If there is no such contact, or it promised none.
        """
        lines = self._of(self._store.call_read(contact_lines.id_of_ref, ref))
        if not lines:
            raise NotFoundError(_("{ref} promised no callback.").format(ref=ref))
        return lines[0]

    def _of(self, contact_id: str) -> list[CallbackLine]:
        return self._store.call_read(callback_lines.of_contact, contact_id, user=self._user)

    def book(
        self, ref: str, at: str, kind: str, over_reason: str = "", call_reason: str = ""
    ) -> CallbackLine:
        """Book a callback of a contact, or the one it has again; without ``at`` as soon as can be.

        Raises:
            SlotRefusedError: With the next free half hour in a second line.
        """
        wish = Wish(self._wished(at), slots.read_kind(kind), over_reason, call_reason=call_reason)
        contact_id = self._store.call_read(contact_lines.id_of_ref, ref)
        lines = self._of(contact_id)
        again = bool(lines) and (lines[0].state.live or bool(over_reason))
        try:
            if again:
                return self._store.call_write(
                    callbacks.book_again,
                    lines[0].id,
                    wish,
                    now=self._now,
                    user=self._user,
                    diary=self._diary,
                )
            return self._store.call_write(
                callbacks.book, contact_id, wish, now=self._now, user=self._user, diary=self._diary
            )
        except SlotRefusedError as error:
            raise SlotRefusedError("\n".join((str(error), *self._offer(wish.slot)))) from error

    def _wished(self, at: str) -> dt.datetime:
        today = local(self._now)
        if at:
            return typed.wall_time(at, today=today.date())
        return self._next_free(today.replace(tzinfo=None)) or today.replace(tzinfo=None)

    def _next_free(self, wish: dt.datetime) -> dt.datetime | None:
        return self._store.call_read(
            slot_loads.next_free,
            wish,
            now=self._now,
            site=self._user.site,
            diary=self._diary,
        )

    def _offer(self, wish: dt.datetime) -> list[str]:
        free = self._next_free(wish)
        return [_("Next free: {slot}").format(slot=appointment(free))] if free else []

    def start(self, callback_id: str, reason: str, *, early: bool) -> CallbackLine:
        """Begin a try; its contact waits as a parked form. ``early`` gives it priority."""
        if early:
            self._store.call_write(callbacks.set_priority, callback_id, True, user=self._user)
        if reason:
            self._store.call_write(
                callbacks.show_number, callback_id, reason, now=self._now, user=self._user
            )
        card = self._store.call_read(callback_cards.card, callback_id, user=self._user)
        draft = callback_contacts.first_draft(card, now=self._now, user=self._user, parked=True)
        return self._store.call_write(
            callback_tries.start,
            callback_id,
            draft,
            now=self._now,
            user=self._user,
            diary=self._diary,
        )

    def finish(self, ref: str, given: Mapping[str, str]) -> CallbackLine:
        """Save the contact of the try under way.

        Raises:
            NotFoundError: If no try is under way.
        """
        line = self.found(ref)
        card = self._store.call_read(callback_cards.card, line.id, user=self._user)
        if card.open_try is None:
            message = _("Nobody is just ringing for {ref}. Begin with deskapp callback attempt.")
            raise NotFoundError(message.format(ref=line.ref))
        contact_id = card.open_try.contact_id
        self._store.call_write(
            callback_contacts.finish,
            contact_id,
            given,
            now=self._now,
            user=self._user,
            nation=self._nation,
        )
        return self._store.call_read(callback_lines.line, line.id, user=self._user)

    # -- showing --------------------------------------------------------------------------

    def show(self, line: CallbackLine, *, as_json: bool) -> None:
        """One callback as a line."""
        if as_json:
            show_json(self._json(line))
            return
        tries, load = f"{line.tries}/{self._diary.attempts}", f"{line.load}/{self._diary.capacity}"
        parts = (appointment(line.slot), self._state(line), line.ref, line.person_name, tries, load)
        show("  ".join(filter(None, parts)))
        show(f"  {line.safe.words}")

    def show_crowded(self, *, as_json: bool) -> None:
        """Half hours from today on that hold more than they may."""
        today = local(self._now).date()
        read = self._store.call_read
        for slot, load in read(slot_loads.crowded, today, diary=self._diary, user=self._user):
            if as_json:
                show_json({"slot": slots.key(slot), "load": load})
            else:
                show(f"{appointment(slot)}  {load}/{self._diary.capacity}")

    def show_card(self, callback_id: str, *, as_json: bool) -> None:
        """One callback with its tries."""
        card = self._store.call_read(callback_cards.card, callback_id, user=self._user)
        if as_json:
            show_json({**self._json(card.line), **_card_json(card)})
            return
        self.show(card.line, as_json=False)
        today = local(self._now).date()
        about = (card.line.person_id, compact(card.case_ref))
        for banner in self._store.call_read(
            known.about, *about, today=today, user=self._user
        ).banners:
            show(f"  ! {banner.words}")
        phone = callback_words.phone(card)
        topic = choices.label("topic", card.topic) if card.topic else ""
        for label, value in (
            (_("Phone"), phone),
            (_("Topic"), topic),
            (_("Case reference"), card.case_ref),
            (_("What was asked"), card.question),
            (_("Speaks for"), third_party.words(card.acting_for, card.authority)),
            (_("Needs"), needs.words(card.needs)),
            (_("Note"), card.note),
            (_("Beyond limits"), card.over_reason),
            (_(outcomes.CALL_REASON.label), card.call_reason),
            (_("Cancelled"), lists.worded(lists.CancelReason, card.end_reason)),
        ):
            if value:
                show(f"{label}: {value}")
        for each in card.tries:
            show(f"  {callback_words.told(each, today)}")

    def _state(self, line: CallbackLine) -> str:
        return callback_words.state(line, diary=self._diary, now=self._now)

    def _json(self, line: CallbackLine) -> dict[str, object]:
        return {
            "ref": line.ref,
            "slot": slots.key(line.slot),
            "starts_at": stamp(line.starts_at),
            "kind": line.kind.value,
            "state": line.state.value,
            "priority": line.priority,
            "person_name": line.person_name,
            "tries": line.tries,
            "load": line.load,
            "capacity": self._diary.capacity,
            "may_call": line.safe.may_call,
        }


def _card_json(card: Card) -> dict[str, object]:
    return {
        "phone": card.phone,
        "phone_hidden": card.hidden,
        "phone_withheld": card.withheld,
        "topic": card.topic,
        "case_ref": card.case_ref,
        "question": card.question,
        "note": card.note,
        "over_reason": card.over_reason,
        "call_reason": card.call_reason,
        "acting_for": card.acting_for,
        "authority": card.authority,
        "needs": list(card.needs),
        "end_reason": card.end_reason,
        "kept_on_time": card.kept_on_time,
        "attempts": [
            {
                "at": stamp(each.at),
                "ref": each.ref,
                "officer": each.officer_name,
                "on_time": each.on_time,
                "result": each.result.value,
            }
            for each in card.tries
        ],
    }
