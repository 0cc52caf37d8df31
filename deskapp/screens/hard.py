"""The forms of the hard minutes: what to do stands above them, the words below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import Problem
from deskapp.i18n import N_, _
from deskapp.screens import hard_after
from deskapp.screens.base import say_saved
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.picks import pick
from deskapp.services import drafts
from deskapp.services.casework.values import FieldType
from deskapp.services.drafts import Draft
from deskapp.services.hard import hard, hard_records
from deskapp.services.hard.hard import Asked
from deskapp.services.hard.hard_records import CONTACT_ID, FROM_TABLE, Made
from deskapp.widgets.form_field import FormField
from deskapp.widgets.told import Told

WORDS_ROWS = 3


class HardScreen(FormScreen):
    """One form of the F4 menu; saved it is a case, linked to the contact it was begun in."""

    HEADING: ClassVar[str] = N_("Urgent record")
    HELP: ClassVar[str] = N_(
        "Do first what the line at the top says, then write. Two or three answers are enough; what"
        " is not known yet can be added later to the case. Write facts: what was seen and heard,"
        " their own words in quotes.\n\nF8 saves. Esc keeps the form for later: it waits on the"
        " first screen. A contact that is open stays open, and the record is linked to it."
    )

    def __init__(self, draft: Draft, *, is_new: bool = False) -> None:
        super().__init__(draft)
        self._first = dict(draft.values) if is_new else {}
        """What was known before anybody typed."""
        self.case_form = hard.form(draft.form.partition(":")[2])
        self._made: Made | None = None

    def body(self) -> ComposeResult:
        yield Static(hard.worded(self.case_form.label), id="today", markup=False)
        yield Told(self.case_form.advice(self.draft.values), id="said", markup=False)
        yield from super().body()

    def _asked(self) -> list[Asked]:
        return hard.asked(self.desk.book, self.case_form, self.desk.clock.today())

    def fields(self) -> Sequence[FormField]:
        return [_form_field(each) for each in self._asked()]

    @property
    def untouched(self) -> bool:
        values = self.draft.values
        shown = {CONTACT_ID, FROM_TABLE, *(name + hard.TYPED for name in self._first)}
        return not any(
            value != self._first.get(name, "")
            for name, value in values.items()
            if name not in shown
        )

    def changed(self) -> None:
        self.query_one("#said", Static).update(self.case_form.advice(self.draft.values))

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        now = self.desk.clock.now()
        return hard.problems(self._asked(), self.case_form, values, now=now)

    async def save(self, values: Mapping[str, str]) -> str:
        self._made = await self.desk.store.write(
            hard_records.save, await self.desk.acting(), self.draft.id, self.case_form, values
        )
        return self._made.case_id

    def saved(self, row_id: str) -> None:
        assert self._made is not None
        ref, label = self._made.ref, self.case_form.label
        self.desk.last_saved = lambda: f"{ref} {hard.worded(label)}"
        say_saved(self.app, ref)
        self.desk.call_later(hard_after.recorded, self.desk, self._made)


class ToldScreen(FormScreen):
    """When and how the senior person on site was told of a case."""

    HEADING: ClassVar[str] = N_("Senior person told")
    HELP: ClassVar[str] = N_(
        "Enter when you told the senior person on site, and whom. The record cannot be closed"
        " without it. F8 saves."
    )

    def fields(self) -> Sequence[FormField]:
        return (
            FormField("told_at", N_("Told at"), hint=N_("Like 9:05 or 1430")),
            FormField("name", N_("Whom")),
            pick("how", _("How"), [(code, _(label)) for code, label in hard_records.HOW]),
            FormField("reply", N_("What they said"), "words", rows=WORDS_ROWS),
        )

    @property
    def untouched(self) -> bool:
        values = self.draft.values
        return not any(values.get(name) for name in ("told_at", "how", "reply"))

    async def save(self, values: Mapping[str, str]) -> str:
        case_id = values[drafts.RECORD]
        await self.desk.store.write(
            hard_records.tell, await self.desk.acting(), self.draft.id, case_id, values
        )
        return case_id

    def saved(self, row_id: str) -> None:
        self.app.notify(_("Kept: the senior person on site was told."), markup=False)


def _form_field(each: Asked) -> FormField:
    if each.options:
        return pick(each.name, each.label, each.options)
    if each.type is FieldType.NOTE:
        return FormField(each.name, each.label, "words", rows=WORDS_ROWS)
    hint = N_("Like 9:05 or 1430") if each.type is FieldType.DATETIME else ""
    return FormField(each.name, each.label, hint=hint)
