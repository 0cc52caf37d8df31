"""Who comes: the interpreter whom the supplier names, and what to do where they are not free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on

from deskapp.data.ids import new_id
from deskapp.errors import DeskError, NotFoundError, Problem
from deskapp.i18n import N_, _
from deskapp.screens import filled_in, interpreter_desk
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry, reads, say_saved, says
from deskapp.screens.booking_blocked import Blocked
from deskapp.screens.booking_fields import ALL_THE_SAME
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.hard.hard import TYPED
from deskapp.services.interpreters import (
    assigning,
    free,
    register,
    registering,
)
from deskapp.services.interpreters.bookings import Gender
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.registering import InterpreterDraft
from deskapp.services.paging import Want
from deskapp.text import one_line
from deskapp.widgets.choice import ROWS_OFFERED, Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm

FORM = "booking_assign"
"""Name of the form."""


class AssignScreen(Blocked):
    """Enter the interpreter; those who are free then and have the language are offered first."""

    HEADING: ClassVar[str] = N_("Enter the interpreter")
    HELP: ClassVar[str] = N_(
        "Whom the supplier names: type any letters of the name. Without letters those are offered"
        " who have the language and are free then. A name that the register does not have is"
        " added to it when you press F8. What speaks against somebody, such as a language the"
        " register does not have for them, is asked about, and stays on the record.\n\nSomebody"
        " who is booked or away then cannot be entered: F8 offers others and other times of the"
        " day instead. To share one interpreter between hearings, add the hearing to the booking"
        " they have. Where there is too little time to get here from another court, say why it is"
        " done all the same."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._allowed = ""
        """Id of an interpreter of whom something was told, and who is entered all the same."""

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        return (
            FormField(
                "interpreter",
                N_("Interpreter"),
                "choice",
                hint=N_("Name, or Down for who is free"),
                typed_as="interpreter" + TYPED,
                label_of=self._called,
            ),
            FormField("supplier_ref", N_("Their reference"), hint=N_("From the portal")),
            ALL_THE_SAME,
        )

    def _called(self, interpreter_id: str) -> str:
        known = self.known.get(interpreter_id)
        return known.name if known else self.draft.values.get("interpreter" + TYPED, "")

    @reads
    async def read_booking(self) -> None:
        """Say what the interpreter is wanted for, and offer who is free then."""
        await self.say_booking()
        [choice] = self.form.query(Choice)
        if not choice.text:
            self.offer(choice)

    def about(self, line: BookingLine | None) -> str:
        if line is None:
            return ""
        told = (f"{line.start:%H:%M}-{line.end:%H:%M}", line.language, line.for_name)
        return "  ".join(filter(None, told))

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        self.offer(event.choice)

    @reads
    async def offer(self, choice: Choice) -> None:
        """Offer those of the register whose names match; without letters those who are free."""
        acting, text = interpreter_desk.acting(self.desk), choice.text.strip()
        read = self.desk.store.read
        if text:
            want = Want(limit_rows=ROWS_OFFERED)
            found = (await read(register.page, want, acting, text=text)).lines
        else:
            found = await read(free.offers_for, self.booking_id, acting)
        if choice.text.strip() != text:
            return  # a later key asked for others
        self.known |= {line.id: line for line in found}
        choice.offer([Offer(line.id, line.name, self._hint(line)) for line in found])

    def _hint(self, line: InterpreterLine) -> str:
        """What should be seen before this interpreter is entered."""
        assert self.line is not None
        cautions = assigning.cautions(line, self.line, Gender.NONE)
        return _(assigning.CAUTION_WORDS[cautions[0]]) if cautions else line.registration

    # -- saving ---------------------------------------------------------------------------

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        if values.get("interpreter") or one_line(values.get("interpreter" + TYPED, "")):
            return []
        return [Problem("interpreter", _("Enter who comes"))]

    def closed(self) -> Mapping[str, Closed]:
        return {}

    async def ready(self) -> bool:
        if not await super().ready():
            return False
        values = self.values
        chosen = values.get("interpreter", "")
        if self._found:
            return True
        if not chosen:
            await self._ask_to_add(one_line(values.get("interpreter" + TYPED, "")))
            return False
        return chosen == self._allowed or not await self._ask_all_the_same(chosen)

    async def _ask_all_the_same(self, interpreter_id: str) -> bool:
        """Tell what speaks against somebody, and ask; false where nothing does."""
        acting, reason = interpreter_desk.acting(self.desk), self.values.get("travel_reason", "")
        given = acting, self.booking_id, interpreter_id, reason
        try:
            told = await self.desk.store.read(assigning.against, *given)
        except DeskError:
            return False  # saving says it in its place, with what can be done
        if not told:
            return False
        entries = [
            Entry("Y", _("Yes, enter them all the same"), interpreter_id),
            Entry("N", _("No, choose another name"), ""),
        ]
        question = "\n".join(_(assigning.CAUTION_WORDS[each]) for each in told)
        await self.desk.ask(question, entries, self._allow)
        return True

    @says
    async def _allow(self, interpreter_id: str | None) -> None:
        if interpreter_id:
            self._allowed = interpreter_id
            await self.action_save()

    async def _ask_to_add(self, name: str) -> None:
        """Take whom the name means; who is not in the register is added, after a yes."""
        try:
            known = await self.desk.store.read(register.named, name, user=self.desk.user)
        except NotFoundError as error:
            entries = [
                Entry("A", _("Add {name} to the register").format(name=name), name),
                Entry("N", _("No, choose another name"), ""),
            ]
            await self.desk.ask(str(error), entries, self._add_answered)
        else:
            await self.put_in(known)

    @says
    async def _add_answered(self, name: str | None) -> None:
        if name:
            await self.put_in(await self._added(name))

    async def _added(self, name: str) -> InterpreterLine:
        assert self.line is not None
        line, acting = self.line, interpreter_desk.acting(self.desk)
        given = InterpreterDraft(
            name=name,
            supplier=line.supplier,
            languages=line.language_code,
            kinds=line.kind.value,
        )
        return await self.desk.store.write(registering.add, acting, given, interpreter_id=new_id())

    async def save(self, values: Mapping[str, str]) -> str:
        self.line = await self.desk.store.write(
            assigning.assign,
            interpreter_desk.acting(self.desk),
            self.booking_id,
            values["interpreter"],
            event_id=self.draft.id,
            supplier_ref=values.get("supplier_ref", ""),
            travel_reason=values.get("travel_reason", ""),
        )
        return self.line.id

    def saved(self, row_id: str) -> None:
        assert self.line is not None
        told = f"{self.line.ref} {self.line.interpreter}"
        self.desk.last_saved = lambda: told
        say_saved(self.app, told)

    # -- throwing away --------------------------------------------------------------------

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        assert self._keeper is not None
        if await self._keeper.forget(self.draft.id):
            self.dismiss("")


def first_values(line: BookingLine) -> dict[str, str]:
    """What stands in the form before anything is typed."""
    return {**filled_in.begun({"supplier_ref": line.supplier_ref}), drafts.RECORD: line.id}
