"""How somebody may be reached: asked in six short fields, from a contact, a person, a callback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from deskapp.errors import Problem
from deskapp.i18n import N_, _
from deskapp.screens.base import says
from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts
from deskapp.services.persons import safe_contact, withheld
from deskapp.services.persons.safe_contact import ANSWER_LABELS, ANSWERS, SafeAnswers
from deskapp.services.persons.withheld import Cover
from deskapp.text import fold
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.app import DeskApp

FIRST = "first_"
"""Before the names of what stood in a form when it was opened."""


def _offers(text: str) -> list[Offer]:
    return [
        Offer(code, _(label))
        for code, label in ANSWER_LABELS.items()
        if code and (fold(_(label)).startswith(fold(text)) or code.startswith(fold(text)))
    ]


def _question(name: str, label: str) -> FormField:
    return FormField(
        name,
        label,
        "choice",
        hint=N_("y or n; empty when it was not asked"),
        typed_as=f"{name}_typed",
        find=_offers,
        label_of=lambda code: _(ANSWER_LABELS[code]),
    )


FIELDS = (
    _question("ok_to_call", N_("Ring them")),
    _question("ok_to_leave_message", N_("Leave a message")),
    _question("ok_to_say_hmcts", N_("Say HMCTS")),
    _question("ok_to_email", N_("Email them")),
    _question("ok_to_post", N_("Send post")),
    FormField("times", N_("Times"), hint=N_("When it is safe, in their words")),
    FormField("code_word", N_("Code word"), hint=N_("Shown nowhere but here")),
    FormField("note", N_("Note"), "words", rows=3),
)


class SafeContactScreen(FormScreen):
    """What a person said about being reached."""

    HEADING: ClassVar[str] = N_("Safe contact")
    HELP: ClassVar[str] = N_(
        "Ask before you ring, write or leave a message: somebody else may hear or read it. Leave"
        " empty what was not asked; then no message is left and HMCTS is not named. Where they"
        " must not be rung, their number is hidden until a reason is typed.\n\nWhere desks kept"
        " different answers the stricter one is shown, until a team leader saves what is right."
    )

    def fields(self) -> Sequence[FormField]:
        return FIELDS

    @property
    def untouched(self) -> bool:
        values = self.draft.values
        return all(values.get(name, "") == values.get(FIRST + name, "") for name in _names())

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        unclear = [
            Problem(name, _("Choose yes, no or not asked"))
            for name in ANSWERS
            if values.get(f"{name}_typed", "").strip() and not values.get(name)
        ]
        return unclear or safe_contact.problems(SafeAnswers.from_values(values))

    async def cover(self) -> Cover:
        return await self.desk.store.read(withheld.cover, self.draft.values[drafts.RECORD])

    async def save(self, values: Mapping[str, str]) -> str:
        await self.desk.store.write(
            safe_contact.save,
            values[drafts.RECORD],
            SafeAnswers.from_values(values),
            user=self.desk.user,
            draft_id=self.draft.id,
        )
        return values[drafts.RECORD]


def _names() -> list[str]:
    return list(SafeAnswers._fields)


@says
async def edit(desk: DeskApp, person_id: str) -> None:
    """Show the form for a person, with what is known; one begun before is taken up again."""
    form = drafts.SAFE_CONTACT
    kept = await desk.begun(form, person_id)
    if kept is None:
        answers = await desk.store.read(safe_contact.answers, person_id, user=desk.user)
        known = answers._asdict()
        first = {FIRST + name: value for name, value in known.items()}
        kept = desk.new_draft(form, {drafts.RECORD: person_id, **known, **first})
    await desk.push_screen(SafeContactScreen(kept))
