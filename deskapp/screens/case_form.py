"""A form of a case, built from its scheme: opening one, an action, an item, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.errors import Problem
from deskapp.i18n import N_, _, language
from deskapp.screens.base import Entry, reads, say_saved, says
from deskapp.screens.case_fields import SOUGHT, form_field, typed_as
from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts
from deskapp.services.casework import (
    alike,
    case_find,
    cases,
    form_answers,
    forms,
    withheld_texts,
)
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.forms import Form, Verb
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import FieldType
from deskapp.services.drafts import Draft
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from deskapp.services.persons.withheld import Cover
from deskapp.widgets.choice import ROWS_OFFERED, Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told


class CaseFormScreen(FormScreen):
    """What a step with a case asks for. F8 takes the step, Esc keeps the form for later."""

    HEADING: ClassVar[str] = N_("Case form")
    HELP: ClassVar[str] = N_(
        "Fill in what is known and press F8. Fields that do not apply are not shown; they appear"
        " when another answer calls for them. Dates are understood as 30 11 2026, 30 Nov, Friday"
        " or today. In a list type any word of the answer, or press Down to see them. For a person"
        " or a case those of this desk are offered: Down and Enter take one, or your own words"
        " stand.\n\nEsc keeps the form for later; Home shows it. Ctrl+T throws it away."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft, form: Form | None = None, *, is_new: bool = False) -> None:
        super().__init__(draft)
        self._asked = form
        """What is asked; a draft that is taken up later finds it in ``on_mount``."""
        self._first = _words(draft.values) if is_new else None
        """What stood in a form that is begun now; ``None`` once anything was typed."""
        self._saved_ref = ""
        self._may_be_alike = False
        """The officer said that the case is to be opened beside one like it."""

    async def cover(self) -> Cover:
        case_id = self.draft.values.get(drafts.RECORD, "")
        return await self.desk.store.read(withheld_texts.cover, case_id)

    def fields(self) -> Sequence[FormField]:
        if not self._asked:
            return []
        needed = self._asked.needed
        return [replace(form_field(each), needed=each.id in needed) for each in self._asked.fields]

    def body(self) -> ComposeResult:
        heading = (self._asked.case, self._asked.title) if self._asked else ()
        yield Told(": ".join(filter(None, heading)), id="state", markup=False)
        yield from super().body()

    async def on_mount(self) -> None:
        if self._asked is None:
            await self._renew_form()
            if not self._asked:
                self.call_later(self.dismiss, "")
                return
            await self.recompose()
        self._remember_title()
        await super().on_mount()
        self.changed()

    async def relabel(self) -> None:
        if self._asked:
            await self._renew_form()
            self._remember_title()
        await super().relabel()
        self.changed()

    @says
    async def _renew_form(self) -> None:
        """Read what is asked, in the language in use."""
        self._asked = await self._read_form()

    def _remember_title(self) -> None:
        """What the form is, for the list of what waits: that is shown before any scheme is read."""
        assert self._asked is not None
        titles = {drafts.title_name(language()): self._asked.title}
        self.draft = self.draft._replace(values={**self.draft.values, **titles})

    async def _read_form(self) -> Form:
        """The form that the draft is of, in the language in use.

        Raises:
            DeskError: If the case is gone, or does not have what the form is about any more.
        """
        acting = await self.desk.acting()
        _case, verb, what = self.draft.form.split(":", 2)
        if verb == Verb.OPEN:
            return forms.opening(acting, what)
        case_id = self.draft.values[drafts.RECORD]
        record: CaseRecord = await self.desk.store.write(cases.look, acting, case_id)
        return forms.about(record, acting, Verb(verb), what)

    # -- what is typed --------------------------------------------------------------------

    def back_to_field(self) -> None:
        """A case that is being opened begins with the first field that nothing stands in."""
        if self._asked and self._asked.verb is Verb.OPEN and not self.draft.focus:
            held = self.draft.values
            empty = (each.id for each in self._asked.fields if not held.get(each.id))
            self.draft = self.draft._replace(focus=next(empty, ""))
        super().back_to_field()

    @property
    def untouched(self) -> bool:
        return self._first == _words(self.draft.values)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each field: the id of what was chosen, or the words."""
        values = self.values
        names = [each.id for each in self._asked.fields] if self._asked else []
        chosen = {name: values.get(name) or values.get(typed_as(name), "") for name in names}
        return {**values, **chosen}

    def changed(self) -> None:
        if self._asked:
            names = form_answers.visible(self._asked, self.texts, self.desk.clock.now())
            self.form.show_only(names)

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        for field in self._asked.fields if self._asked else ():
            if field.id == event.choice.name and field.type in SOUGHT:
                self.offer(field, event.choice)

    @reads
    async def offer(self, field: Field, choice: Choice) -> None:
        """Offer the persons or cases of the store that match what was typed."""
        text = choice.text.strip()
        found = await (self._cases(text) if field.type is FieldType.CASE else self._persons(text))
        if choice.text.strip() == text:  # else a later key asked for others
            choice.offer(found)

    async def _persons(self, text: str) -> list[Offer]:
        if not text or not self.desk.reads_contacts:
            return []
        known = await self.desk.store.read(persons.find, text, user=self.desk.user)
        return [Offer(each.full_name, each.full_name, persons.hint(each)) for each in known]

    async def _cases(self, text: str) -> list[Offer]:
        acting = await self.desk.acting()
        want = Want(limit_rows=ROWS_OFFERED)
        found = await self.desk.store.read(case_find.find, want, acting, text)
        return [Offer(each.ref, each.ref, each.title) for each in found.lines]

    # -- saving ---------------------------------------------------------------------------

    async def ready(self) -> bool:
        """Ask before a case is opened beside one about the same person."""
        if not await super().ready():
            return False
        form = self._asked
        if form is None or form.verb is not Verb.OPEN or self._may_be_alike:
            return True
        acting = await self.desk.acting()
        given = form_answers.readable(form, self.texts, acting.now)
        found = await self.desk.store.read(alike.found, acting, form.what, given)
        if not found:
            return True
        names = ", ".join(filter(None, (f"{each.ref} {each.title}".strip() for each in found)))
        question = _("The same name and date of birth: {cases}.").format(cases=names)
        entries = [
            Entry("O", _("Open this one all the same"), "yes"),
            Entry("N", _("No, go back to the form"), ""),
        ]
        await self.desk.ask(question, entries, self._alike_answered)
        return False

    async def _alike_answered(self, answer: str | None) -> None:
        if answer:
            self._may_be_alike = True
            await self.action_save()

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        assert self._asked is not None
        return form_answers.problems(self._asked, self.texts, self.desk.clock.now())

    async def save(self, values: Mapping[str, str]) -> str:
        assert self._asked is not None
        acting = await self.desk.acting()
        draft = self.draft._replace(values=self.texts)
        line = await self.desk.store.write(form_answers.save, acting, self._asked, draft)
        self._saved_ref = line.ref
        return line.id

    def saved(self, row_id: str) -> None:
        assert self._asked is not None
        ref, titles = self._saved_ref, {language(): self._asked.title}
        self.desk.last_saved = lambda: f"{ref} {titles.get(language(), '')}".strip()
        say_saved(self.app, self.desk.last_saved())


def _words(values: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields: what was picked, or the words; nothing the screen keeps."""
    found = {}
    for name, text in values.items():
        field = name.removeprefix(typed_as(""))
        is_picked = field != name and values.get(field)
        if text and not is_picked and not name.startswith(drafts.title_name("")):
            found[field] = text
    return found
