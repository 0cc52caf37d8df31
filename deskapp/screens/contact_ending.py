"""How a running contact ends: its outcome, what that must add, saved once or discarded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.screens import abuse, callback_form, complaint_start, hard_menu
from deskapp.screens.base import Entry, saves, say_saved, says
from deskapp.screens.contact_more import RecordMore
from deskapp.services import kinds, lists
from deskapp.services.callbacks import callback_contacts
from deskapp.services.complaints import lines
from deskapp.services.enquiries import contact_drafts, contacts, endings, outcomes, repeats
from deskapp.services.enquiries.call_clock import CallClock, Span
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.hard import hard_records

ABOUT = {"topic", "question"}
"""Fields that some outcomes need nothing in."""
COMPLAINT = f"{outcomes.ADDED}complaint"
"""Name of the value that holds the reference of the complaint."""


class Ending(RecordMore):
    """A contact form with F9, F8 and Ctrl+T."""

    _another = False
    """Whether the officer said that this is no duplicate."""
    _saved: ContactLine | None = None

    async def action_outcome(self) -> None:
        """Ask how the contact ended, without saving yet."""
        await self._ask_outcome(self._ended)

    async def _ask_outcome(self, answered: Callable[[str | None], Awaitable[None]]) -> None:
        """Offer the outcomes; what the contact itself suggests stands first."""
        self.take()
        suggested = endings.suggested(self.draft.values)
        offered = sorted(outcomes.offered(), key=lambda item: item.code not in suggested)
        entries = [Entry(item.letter, _(item.label), item.code) for item in offered]
        await self.desk.ask(_("How did the contact end?"), entries, answered)

    async def _first_added(self, code: str) -> dict[str, str]:
        """What an outcome's fields begin with, where it is known already."""
        if code == outcomes.CALLBACK:
            return await callback_form.suggested(self.desk)
        if code in hard_records.OUTCOMES:
            return await self._record_of(code)
        if code == endings.COMPLAINT:
            return await self._complaint_of()
        return endings.first_added(code, self.values)

    async def _record_of(self, code: str) -> dict[str, str]:
        """The record that was made during this contact, where an outcome must have one."""
        read, user = self.desk.store.read, self.desk.user
        ref = await read(hard_records.made_in, self.draft.id, code, user=user)
        return {"add_record": ref} if ref else {}

    async def _complaint_of(self) -> dict[str, str]:
        """The complaint that was made of this contact before, by its reference."""
        read, user = self.desk.store.read, self.desk.user
        made = await read(lines.grown_from, kinds.CONTACT, self.draft.id, user=user)
        return {COMPLAINT: made[0].ref} if made else {}

    @says
    async def complaint_made(self, ref: str) -> None:
        """End the contact with the complaint that was just made of it, and save it."""
        self.change(**{"outcome": endings.COMPLAINT, COMPLAINT: ref})
        await self.show_added()
        await self.action_save()

    @says
    async def record_made(self, ref: str) -> None:
        """Keep the record that was just made during this contact."""
        self.take()
        self.change(made=ref)
        code = self.draft.values.get("outcome", "")
        if code in hard_records.OUTCOMES and not self.draft.values.get("add_record"):
            self.change(**await self._record_of(code))
            await self.show_added()

    @says
    async def _ended(self, code: str | None) -> None:
        if code:
            await self._end(code)

    async def _end(self, code: str) -> None:
        """Keep the outcome and show what it must add."""
        values = self.values
        first = {
            name: text
            for name, text in (await self._first_added(code)).items()
            if not values.get(name)
        }
        clock = CallClock.of(values).end(self.spent_seconds, self.desk.clock.now())
        self.change(outcome=code, **first, **clock.values)
        await self.show_added()
        for need in outcomes.by_code(code).needs[:1]:
            self.form.focus_field(f"add_{need.name}")
        if code in hard_records.OUTCOMES and not self.values.get("add_record"):
            await hard_menu.lead(self.desk, code)
        if code == endings.COMPLAINT and not self.values.get(COMPLAINT):
            await complaint_start.from_running(self.desk, self)

    @says
    async def _ended_and_save(self, code: str | None) -> None:
        if not code:
            return
        await self._end(code)
        values = self.values
        has_record = (code in hard_records.OUTCOMES and values.get("add_record")) or (
            code == endings.COMPLAINT and values.get(COMPLAINT)
        )
        if has_record or not outcomes.by_code(code).needs:
            await self.action_save()

    async def ready(self) -> bool:
        """Ask how it ended, when that is not known yet."""
        values = self.values
        found = self.problems(values)
        unpicked = values.get("topic_typed") and not values.get("topic")
        ends_first = not unpicked and contact_drafts.ended_first(ContactDraft.from_values(values))
        if found and not (ends_first and {each.field for each in found} <= ABOUT):
            return True
        if not values.get("outcome"):
            await self._ask_outcome(self._ended_and_save)
            return False
        return not await self._ask_duplicate() and await super().ready()

    async def _ask_duplicate(self) -> bool:
        """Ask whether this is the contact that was saved minutes ago; false when there is none."""
        draft = ContactDraft.from_values(self.values)
        is_try = callback_contacts.CALLBACK_ID in self.draft.values  # each is a contact of its own
        if self._another or is_try or draft.outcome in outcomes.UNCOUNTED:
            return False
        line = await self.desk.store.read(
            repeats.possible_duplicate,
            draft,
            started_at=self.draft.started_at,
            user=self.desk.user,
        )
        if line is None:
            return False
        entries = [
            Entry("A", _("Another contact: save it"), "another"),
            Entry("S", _("The same: save it as a duplicate"), line.ref),
        ]
        question = _("You saved {ref} about the same a few minutes ago. Is this the same contact?")
        await self.desk.ask(question.format(ref=line.ref), entries, self._duplicate_answered)
        return True

    async def _duplicate_answered(self, answer: str | None) -> None:
        if not answer:
            return
        if answer == "another":
            self._another = True
        else:
            self.change(**endings.duplicate_of(answer))
            await self.show_added()
        await self.action_save()

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        draft, today = ContactDraft.from_values(values), self.desk.clock.today()
        found = contact_drafts.problems(draft, today=today)
        return [problem for problem in found if problem.field != "outcome"]  # ``ready`` asks for it

    def _span(self) -> Span:
        clock = CallClock.of(self.draft.values)
        return clock.span(self.draft.started_at, self.spent_seconds, self.desk.clock.now())

    async def save(self, values: Mapping[str, str]) -> str:
        try:
            line = await self.desk.store.write(
                contacts.log,
                self.draft.id,
                ContactDraft.from_values(values),
                span=self._span(),
                user=self.desk.user,
                nation=self.desk.nation,
            )
        except FormProblemsError as error:
            await callback_form.offer_instead(self, error, values)
            raise
        self._saved = line
        return line.id

    def saved(self, row_id: str) -> None:
        if self.draft.values.get("outcome") == outcomes.ENDED:
            self.desk.call_later(abuse.after_ending, self.desk, row_id)
        assert self._saved is not None
        self.desk.last_saved = partial(_words, self._saved)
        say_saved(self.app, _words(self._saved))

    async def action_discard(self) -> None:
        """Close a contact that should not have been opened; it stays in the list, with why."""
        self.take()
        if self.untouched:
            await self.action_back()
            return
        reasons = lists.lettered(lists.DiscardReason)
        entries = [Entry(letter, reason.label, reason) for letter, reason in reasons]
        await self.desk.ask(_("Why do you discard it?"), entries, self._discard_answered)

    def _discard_answered(self, reason: str | None) -> None:
        if reason:
            self.discard(reason)

    @saves
    async def discard(self, reason: str) -> None:
        """Save the contact as discarded."""
        self.saving = True
        draft = ContactDraft.from_values(self.values)
        await self.flush()
        await self.desk.store.write(
            contacts.discard,
            self.draft.id,
            draft,
            reason,
            span=self._span(),
            user=self.desk.user,
        )
        self.app.notify(_("Discarded. It stays in the list of the day."), markup=False)
        self.dismiss("")


def _words(line: ContactLine) -> str:
    return f"{line.ref} {_(outcomes.by_code(line.outcome).label)}"
