"""A screen with one form whose every key stroke is kept: what contacts and later desks build on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.screens import addresses, card_numbers
from deskapp.screens.base import DeskScreen, Entry, saves, say_saved, says
from deskapp.screens.keeper import DraftKeeper
from deskapp.services import cards, drafts
from deskapp.services.drafts import Draft
from deskapp.services.persons import known, withheld
from deskapp.services.persons.withheld import OPEN, Cover
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm

WARNED_SECONDS = 60
"""How long a warning that nothing can be kept stays on the screen."""


class FormScreen(DeskScreen[str]):
    """Shows a draft as a form, keeps it, checks and saves it; dismisses with the saved row's id.

    The draft is the one state: a crash, a park, another desk and the language key all leave the
    screen and build it again from there.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park")

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.interrupted_at = ""
        """Time of the last key stroke, in words, where a crash or a lost line interrupted it."""
        self._resumed = 0.0
        self._spent_before = draft.spent_seconds
        self._keeper: DraftKeeper | None = None
        self._next_warning = 0.0
        self._numbers_kept: set[str] = set()
        self._address_kept = False

    # -- what a desk gives ----------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        """The fields, in the order of the job."""
        raise NotImplementedError

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        """What must be put right before saving; none unless the desk says so."""
        return []

    async def ready(self) -> bool:
        """Whether nothing must be asked before saving; false when a question is on the screen,
        whose answer saves or leaves the officer in the form.

        What looks like a payment card number is asked about in every form; so is the confidential
        address of the person it is about.
        """
        if self._card_fields:
            await card_numbers.ask(self.desk, self._card_answered)
            return False
        if not self._address_kept and await self._address_fields():
            await addresses.ask(self.desk, self._address_answered)
            return False
        return True

    @property
    def free_texts(self) -> list[str]:
        """Names of the values that hold words of the officer's own, phone and email left out."""
        return [spec.free_text for spec in self.fields() if spec.free_text]

    @property
    def _card_fields(self) -> list[str]:
        """Fields with what looks like a card number and was not said to be none."""
        values = self.values
        return [
            name
            for name in cards.fields(values, self.free_texts)
            if {*cards.find(values[name])} - self._numbers_kept
        ]

    async def _card_answered(self, answer: str | None) -> None:
        if not answer:
            return
        values = self.values
        if answer == card_numbers.BLANK:
            blanked = {name: cards.blank(values[name]) for name in self._card_fields}
            self.change(**blanked)  # those of an earlier outcome stand in no editor
            self.form.put(blanked)
        else:
            self._numbers_kept.update(
                number for name in self._card_fields for number in cards.find(values[name])
            )
        await self.action_save()

    async def cover(self) -> Cover:
        """What must not be shown of whom the form is about, and of others in their case."""
        about = withheld.about_of(self.values)
        return await self.desk.store.read(withheld.cover_about, about) if any(about) else OPEN

    async def _address_fields(self) -> dict[str, str]:
        """Texts that say how to reach somebody with a confidential address, without that."""
        cover, values = await self.cover(), self.values
        names = set(self.free_texts) - set(known.REACHED_BY)
        blanked = {name: cover.text(values.get(name, "")) for name in names if cover.hides_matches}
        return {name: text for name, text in blanked.items() if text != values.get(name, "")}

    @says
    async def _address_answered(self, answer: str | None) -> None:
        if not answer:
            return
        self._address_kept = answer == addresses.KEEP
        if not self._address_kept:
            blanked = await self._address_fields()
            self.change(**blanked)
            self.form.put(blanked)
        await self.action_save()

    async def save(self, values: Mapping[str, str]) -> str:
        """Save and return the id of the row; raises FormProblemsError."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show what follows from the values in the draft; called after each change."""

    def saved(self, row_id: str) -> None:
        """Tell the officer that it is saved."""
        say_saved(self.app, drafts.label(self.draft.form))

    # -- building -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield RecordForm(self.fields(), self.draft.values)

    @property
    def values(self) -> dict[str, str]:
        """Everything kept with the draft and everything in the form."""
        return {**self.draft.values, **self.form.values}

    @property
    def form(self) -> RecordForm:
        """The form on this screen."""
        return self.query_one(RecordForm)

    async def on_mount(self) -> None:
        self._resumed = self.desk.clock.monotonic()
        left = self.desk.left_running.pop(self.draft.id, self._resumed)
        self._spent_before += int(self._resumed - left)
        self._keeper = DraftKeeper(self.desk.store, self.storing_failed)
        if not self.untouched:
            self.keep(parked=False)
        self.back_to_field()

    def on_screen_resume(self) -> None:
        """What stood beside the form is gone: it has the whole width again."""
        self.remove_class("-beside")

    def back_to_field(self) -> None:
        """Put the cursor where it was when the draft was last kept."""
        first = self.fields()[0].name
        self.form.focus_field(self.draft.focus or first)

    async def relabel(self) -> None:
        self.take()
        await super().relabel()
        self.back_to_field()

    # -- keeping --------------------------------------------------------------------------

    @property
    def spent_seconds(self) -> int:
        """Seconds worked on the form, parked and lost times left out."""
        return self._spent_before + int(self.desk.clock.monotonic() - self._resumed)

    def count_seconds(self, seconds: int) -> None:
        """Count time that was worked without the form, such as during a lost line."""
        self._spent_before += seconds

    def keep(self, *, parked: bool) -> None:
        """Store the draft as it stands."""
        assert self._keeper is not None
        self.draft = self.draft._replace(
            parked=parked,
            updated_at=self.desk.clock.now(),
            spent_seconds=self.spent_seconds,
        )
        self._keeper.keep(self.draft)

    def change(self, **values: str) -> None:
        """Set values that stand in no editor, such as the outcome, and keep them."""
        self.draft = self.draft._replace(values={**self.draft.values, **values})
        self.keep(parked=False)

    def take(self) -> None:
        """Take over what stands in the editors, the last letter too: some keys overtake it."""
        for form in self.query(RecordForm):
            values = {**self.draft.values, **form.values}
            self.draft = self.draft._replace(values=values)

    async def flush(self) -> bool:
        """Wait until what was typed is on the disk; false when the disk refuses it."""
        if self._keeper is None:
            return True
        await self._keeper.settle()
        return not self._keeper.failed

    def storing_failed(self, message: str) -> None:
        """What is typed cannot be kept: say it loudly, once a minute; the words stay here."""
        now = self.desk.clock.monotonic()
        if message and now >= self._next_warning:
            self._next_warning = now + WARNED_SECONDS
            self.notify(message, severity="error", markup=False, timeout=WARNED_SECONDS)
        elif not message:
            self._next_warning = 0.0

    @on(RecordForm.Changed)
    def _form_changed(self, event: RecordForm.Changed) -> None:
        if self.saving:
            return
        hidden = {
            name: value for name, value in self.draft.values.items() if name not in event.values
        }
        self.draft = self.draft._replace(values={**hidden, **event.values}, focus=event.focus)
        if not self.untouched:
            self.keep(parked=False)
        self.changed()
        self.keep_typing_clear()

    # -- leaving --------------------------------------------------------------------------

    async def action_back(self) -> None:
        """Park the form; one in which nothing was typed is forgotten."""
        if await self.leave(parked=True):
            self.dismiss("")

    async def leave(self, *, parked: bool) -> bool:
        """Store the form for later, or forget it when nothing was typed.

        False when the disk refuses: then the words are nowhere but here, and the form must stay.
        """
        assert self._keeper is not None
        self.take()
        if self.untouched:
            return await self._keeper.forget(self.draft.id)
        self.keep(parked=parked)
        if not parked:
            self.desk.left_running[self.draft.id] = self.desk.clock.monotonic()
        return await self.flush()

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed or chosen."""
        return self.draft.empty

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        self.take()
        if self.untouched:
            await self.action_back()
            return
        entries = [Entry("Y", _("Yes, throw it away"), "yes"), Entry("N", _("No, keep it"), "")]
        await self.desk.ask(_("Throw away what you typed here?"), entries, self._discarded)

    async def _discarded(self, answer: str | None) -> None:
        assert self._keeper is not None
        if answer and await self._keeper.forget(self.draft.id):
            self.dismiss("")

    @says
    async def action_save(self) -> None:
        """Check and save; pressed twice it saves once."""
        self.form.settle()
        self.take()
        if not self.problems(self.values):
            self.form.show_problems([])  # what was put right is not told beside a question
        if await self.ready():
            self.finish()

    @saves
    async def finish(self) -> None:
        """Save the draft; on a problem the form stays as it is and says what to do."""
        values = self.values
        found = self.problems(values)
        self.form.show_problems(found)
        if found or self.saving:
            return
        self.saving = True
        try:
            await self.flush()
            row_id = await self.save(values)
        except FormProblemsError as error:
            self.form.show_problems(error.problems)
            self.save_failed()
        else:
            self.saved(row_id)
            self.dismiss(row_id)

    def not_saved(self, error: DeskError) -> None:
        super().not_saved(error)
        self.save_failed()

    def save_failed(self) -> None:
        """Go on typing; what was typed during the save is kept as well."""
        self.saving = False
        self.take()
        self.keep(parked=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """During a save nothing leaves, saves again or discards."""
        return not self.saving and super().check_action(action, parameters)
