"""A complaint about an interpreter or a booking: what happened, in the history of the booking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from deskapp.errors import Problem
from deskapp.i18n import N_, _
from deskapp.screens import interpreter_desk
from deskapp.screens.asking import Closed
from deskapp.screens.booking_about import AboutBooking
from deskapp.screens.booking_fields import WORD, lettered, options
from deskapp.screens.picks import pick
from deskapp.services.interpreters import complaints
from deskapp.services.interpreters.complaints import CATEGORY_LABELS, PATH_LABELS, Path
from deskapp.services.interpreters.lines import BookingLine
from deskapp.widgets.form_field import FormField

PATH_LETTERS, CATEGORY_LETTERS = "ibk", "ndlewqcto"
DETAILS_ROWS = 6


class BookingComplaintScreen(AboutBooking):
    """What went wrong. F8 asks for the path and the category, and says whom to tell."""

    HEADING: ClassVar[str] = N_("Complaint about an interpreter")
    HELP: ClassVar[str] = N_(
        "Write down what happened and press F8: it stays in the history of the booking. A complaint"
        " about the interpreter goes to the language supplier; one about the booking goes through"
        " the complaints procedure of HMCTS, whose form then opens filled in; a concern about the"
        " contract goes to its mailbox. deskapp sends nothing by itself. A team leader enters later"
        " whether it was proven: only then is it counted."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    @property
    def goes_on(self) -> bool:
        """Whether it is a complaint to HMCTS, which the complaints desk takes up."""
        return self.values.get("path") == Path.ADMINISTRATION

    def fields(self) -> Sequence[FormField]:
        return (
            FormField("details", N_("What happened"), "words", rows=DETAILS_ROWS),
            pick("path", N_("About"), options(PATH_LABELS), hint=WORD),
            pick("category", N_("Category"), options(CATEGORY_LABELS), hint=WORD),
        )

    def about(self, line: BookingLine | None) -> str:
        if line is None:
            return ""
        told = (line.ref, line.supplier_ref, line.language, line.interpreter, line.supplier)
        return "  ".join(filter(None, told))

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        given = (values.get(name, "") for name in ("path", "category", "details"))
        return complaints.problems(*given)

    def closed(self) -> Mapping[str, Closed]:
        return {
            "path": Closed(lettered(PATH_LABELS, PATH_LETTERS)),
            "category": Closed(lettered(CATEGORY_LABELS, CATEGORY_LETTERS)),
        }

    async def save(self, values: Mapping[str, str]) -> str:
        await self.desk.store.write(
            complaints.make,
            interpreter_desk.acting(self.desk),
            self.booking_id,
            path=values["path"],
            category=values["category"],
            details=values["details"],
            event_id=self.draft.id,
        )
        return self.booking_id

    def saved(self, row_id: str) -> None:
        assert self.line is not None
        acting = interpreter_desk.acting(self.desk)
        path, ref = Path(self.values["path"]), self.line.supplier_ref or self.line.ref
        told = complaints.where(path, ref, acting.settings.contract_concerns)
        self.app.notify(_("Saved. {what}").format(what=told), timeout=30, markup=False)

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        assert self._keeper is not None
        if await self._keeper.forget(self.draft.id):
            self.dismiss("")
