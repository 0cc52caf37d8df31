"""Putting the details of a person right; contacts keep what was typed on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from deskapp.i18n import N_
from deskapp.screens.base import says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.safe_contact import FIRST
from deskapp.services import drafts
from deskapp.services.persons import person_details, persons
from deskapp.services.persons.person_details import DETAILS
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.app import DeskApp

WITHHELD = N_("withheld; type only what changes")
"""Untranslated; stands in a field whose value is not shown."""


class PersonFormScreen(FormScreen):
    """Name, phone, email and postcode of a person."""

    HEADING: ClassVar[str] = N_("Correct details")
    HELP: ClassVar[str] = N_(
        "Put right what is wrong or new; F8 saves. Contacts keep what was typed on them. What is"
        " withheld is not shown here either: leave it empty and it stays as it is."
    )

    def fields(self) -> Sequence[FormField]:
        hint = WITHHELD if self.draft.values.get("withheld") else ""
        return (
            FormField("full_name", N_("Name")),
            FormField("phone", N_("Phone"), hint=hint, card_check=False),
            FormField("email", N_("Email"), hint=hint, card_check=False),
            FormField("postcode", N_("Postcode"), hint=hint),
        )

    def _changed(self, values: Mapping[str, str]) -> dict[str, str]:
        return {
            name: values.get(name, "")
            for name in DETAILS
            if values.get(name, "") != values.get(FIRST + name, "")
        }

    @property
    def untouched(self) -> bool:
        return not self._changed(self.draft.values)

    async def save(self, values: Mapping[str, str]) -> str:
        person_id = values[drafts.RECORD]
        await self.desk.store.write(
            person_details.correct,
            person_id,
            self._changed(values),
            user=self.desk.user,
            draft_id=self.draft.id,
        )
        return person_id


@says
async def correct(desk: DeskApp, person_id: str) -> None:
    """Show the form of a person; one begun before is taken up again."""
    form = drafts.PERSON
    kept = await desk.begun(form, person_id)
    if kept is None:
        line = await desk.store.read(persons.get, person_id, user=desk.user)
        hidden = () if not line.withheld else ("phone", "email", "postcode")
        known = {name: "" if name in hidden else getattr(line, name) for name in DETAILS}
        first = {FIRST + name: value for name, value in known.items()}
        values = {drafts.RECORD: person_id, "withheld": "x" if hidden else "", **known, **first}
        kept = desk.new_draft(form, values)
    await desk.push_screen(PersonFormScreen(kept))
