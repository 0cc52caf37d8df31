"""The timesheet of a booking: times, breaks, remarks; the officer signs, the interpreter agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.screens import filled_in, interpreter_desk
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry, say_saved, says
from deskapp.screens.booking_about import AboutBooking
from deskapp.screens.booking_fields import NOTE_ROWS, WORD, lettered, options
from deskapp.screens.picks import pick
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.interpreters import codes, paper, sheet_drafts, signing
from deskapp.services.interpreters.bookings import IDENTITY_LABELS
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.life import EVENT_LABELS, Event
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.sheet_drafts import Figures, SheetDraft
from deskapp.services.interpreters.twice import FOLD_LABELS
from deskapp.widgets.form_field import FormField

IDENTITY_LETTERS = "crpkv"
YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


class TimesheetScreen(AboutBooking):
    """A timesheet before it is signed. F8 shows its figures and asks the interpreter."""

    HEADING: ClassVar[str] = N_("Timesheet")
    HELP: ClassVar[str] = N_(
        "What was recorded stands here already; the release is now unless it was recorded. Put"
        " times right like 14:05, breaks like 11:00-11:15, 13:00-14:00. F8 works the figures out"
        " and shows them: turn the screen to the interpreter. Y: they agree, both have signed. N:"
        " you sign alone, and G on the record takes their agreement later.\n\nMinutes are real"
        " minutes, also when the clocks change. Late, worked, overrun and the minutes to charge are"
        " shown; never an amount of money. A travel note is what the interpreter claims, nobody"
        " checks it. A concern about quality is not a complaint: P on the record begins one."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._figures: Figures | None = None
        self._agreed = ""
        """Whether the interpreter agrees, ``yes`` or ``no``; empty until they were asked."""

    @property
    def event(self) -> Event:
        """What signing it does: the booking is fulfilled, or its customer did not come."""
        return Event(self.draft.form.partition(":")[2])

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        yes_no = [(code, _(label)) for code, label in YES_NO]
        return (
            FormField("arrived", N_("Arrived"), hint=N_("Like 9:50")),
            FormField("released", N_("Released"), hint=N_("Like 16:05; empty is now")),
            FormField("breaks", N_("Breaks"), hint=N_("Like 11:00-11:15, 13:00-14:00")),
            pick("identity", N_("Identity"), options(IDENTITY_LABELS), hint=WORD),
            FormField("acknowledged_by", N_("Who agrees"), hint=N_("Name of the interpreter")),
            FormField("travel_note", N_("Travel"), hint=N_("As the interpreter claims it")),
            FormField("comments", N_("Comments"), "words", rows=NOTE_ROWS),
            pick("concern", N_("Quality concern"), yes_no, hint=N_("Empty: none")),
        )

    def about(self, line: BookingLine | None) -> str:
        """Whose timesheet it is, with the reference the interpreter asks for."""
        if line is None:
            return _(EVENT_LABELS[self.event])
        told = (f"{line.start:%H:%M}-{line.end:%H:%M}", line.language, line.interpreter)
        ref = _("Job reference {ref}").format(ref=line.supplier_ref or line.ref)
        first = f"{_(EVENT_LABELS[self.event])}: {', '.join(filter(None, told))}"
        return f"{first}\n{ref}"

    # -- signing --------------------------------------------------------------------------

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        acting, twice = interpreter_desk.acting(self.desk), codes.words(Code.TIME_AMBIGUOUS)
        try:
            self._figures = await self.desk.store.write(
                sheet_drafts.preview, acting, self.booking_id, _sheet(values, agreed=True)
            )
        except FormProblemsError as error:
            found = [each for each in error.problems if each.message != twice]
            if len(found) < len(error.problems):
                found.append(Problem("fold", twice))
            return found
        field_of = sheet_drafts.FIELD_OF
        return [Problem(field_of[code], codes.words(code)) for code in self._figures.errors]

    def closed(self) -> Mapping[str, Closed]:
        return {
            "fold": Closed(lettered(FOLD_LABELS, "fs")),
            "identity": Closed(lettered(IDENTITY_LABELS, IDENTITY_LETTERS)),
        }

    async def ready(self) -> bool:
        if not await super().ready():
            return False
        if self._found:
            self._agreed = ""
        if self._found or self._agreed:
            return True
        await self._ask_interpreter()
        return False

    async def _ask_interpreter(self) -> None:
        """Show the figures and ask whether the interpreter agrees."""
        assert self._figures is not None
        assert self._figures.minutes is not None
        name = self.values.get("acknowledged_by", "") or _("the interpreter")
        question = "\n".join(
            (
                paper.minutes_words(self._figures.minutes),
                *map(codes.words, self._figures.warnings),
                _("{name} looks at the screen: do they agree?").format(name=name),
            )
        )
        entries = [
            Entry("Y", _("Yes: both sign now"), "yes"),
            Entry("N", _("No, or gone: I sign alone"), "no"),
        ]
        await self.desk.ask(question, entries, self._interpreter_answered)

    @says
    async def _interpreter_answered(self, answer: str | None) -> None:
        if answer:
            self._agreed = answer
            await self.action_save()

    def save_failed(self) -> None:
        self._agreed = ""  # of figures that are worked out anew
        super().save_failed()

    async def save(self, values: Mapping[str, str]) -> str:
        acting = interpreter_desk.acting(self.desk)
        absent = self.event is Event.CUSTOMER_ABSENT
        work = signing.customer_absent if absent else signing.sign_off
        self.line = await self.desk.store.write(
            work,
            acting,
            self.booking_id,
            _sheet(values, agreed=self._agreed == "yes"),
            event_id=self.draft.id,
        )
        return self.line.id

    def saved(self, row_id: str) -> None:
        assert self.line is not None
        told = f"{self.line.ref} {_(EVENT_LABELS[self.event])}"
        self.desk.last_saved = lambda: told
        say_saved(self.app, told)

    # -- throwing away --------------------------------------------------------------------

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        assert self._keeper is not None
        if await self._keeper.forget(self.draft.id):
            self.dismiss("")


def first_values(booking_id: str, sheet: SheetDraft) -> dict[str, str]:
    """What stands in a timesheet before anything is typed."""
    return {**filled_in.begun(vars(sheet)), drafts.RECORD: booking_id}


def _sheet(values: Mapping[str, str], *, agreed: bool) -> SheetDraft:
    """The timesheet that a form holds; who agrees stands in it only when they do."""
    given = {name: values.get(name, "") for name in SheetDraft.__dataclass_fields__}
    return SheetDraft(**{**given, "acknowledged_by": given["acknowledged_by"] if agreed else ""})
