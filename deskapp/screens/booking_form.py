"""A booking before it is sent: what is interpreted, when, for whom; the rest is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import Problem
from deskapp.i18n import N_, _
from deskapp.screens import booking_fields, booking_start, filled_in, interpreter_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.asking import Asking, Closed
from deskapp.screens.base import Entry, reads, say_saved, says
from deskapp.screens.booking_fields import shown_for
from deskapp.screens.picks import Options
from deskapp.services import typed
from deskapp.services.drafts import RECORD, Draft
from deskapp.services.interpreters import (
    book,
    changing,
    codes,
    cues,
    drafts,
    register,
    routes,
    twice,
)
from deskapp.services.interpreters.bookings import ROUTE_LABELS, Kind
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.repeats import Every
from deskapp.services.interpreters.twice import FOLD_LABELS
from deskapp.services.paging import Want
from deskapp.widgets.form_field import FormField
from deskapp.widgets.told import Told

BETWEEN = "   "
ABOUT = "about"
"""Name of the value that says for which hearings it is, in the words of the list."""
MOST_NAMED = 200
"""Interpreters that can be named as not wanted."""
SEND, DRAFT = "send", "draft"
"""What becomes of a booking, besides being repeated."""


class BookingFormScreen(Asking):
    """A booking that is being written. F8 keeps it and asks whether it is sent."""

    HEADING: ClassVar[str] = N_("Book an interpreter")
    HELP: ClassVar[str] = N_(
        "Begun at a hearing, everything but the language is filled in: type any word of it, and"
        " press F8. The lines at the top say for which hearing it is, which route it takes and what"
        " to do there, and what to look at; those warnings stop nothing. What must be put right"
        " stands beside its field.\n\nThe kind follows the language, the route follows both: fill"
        " them in only where you know better. A time that the clocks show twice is asked for by a"
        " letter. One booking may serve several hearings of a day: add the others on its record."
        " Ctrl+R keeps it as a draft that cannot be sent yet, or books it every week or day."
        " F5 shows what to know about interpreters and who is entitled to one; deskapp does not"
        " decide that. Esc keeps the form for later, Ctrl+T throws it away."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "form.save",
        "record.more",
        "contact.script",
        "form.park",
        "form.discard",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("app.go",)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._interpreters: Options = ()
        self._stated = ""
        self._line: BookingLine | None = None
        self._how = ""
        """What becomes of the booking: sent, kept as a draft or repeated; empty until asked."""
        self._count = ""

    @property
    def _changes(self) -> str:
        """Which booking it changes; empty for a new one."""
        return self.draft.values.get(RECORD, "")

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        found = booking_fields.fields(self._interpreters)
        return (*found, booking_fields.ALL_THE_SAME) if self._changes else found

    def body(self) -> ComposeResult:
        yield Told("", id="state", markup=False)
        yield from super().body()

    async def on_mount(self) -> None:
        await super().on_mount()
        self.changed()
        self.read_interpreters()

    async def relabel(self) -> None:
        await super().relabel()
        self._stated = ""
        self.changed()

    @reads
    async def read_interpreters(self) -> None:
        """Who can be named as not wanted."""
        acting = interpreter_desk.acting(self.desk)
        want = Want(limit_rows=MOST_NAMED)
        page = await self.desk.store.read(register.page, want, acting)
        self._interpreters = [(line.id, line.name) for line in page.lines]

    @property
    def untouched(self) -> bool:
        return filled_in.is_untouched(self.draft.values)

    # -- what stands above ----------------------------------------------------------------

    @property
    def wanted(self) -> BookingDraft:
        """What is typed and chosen, with what follows from it."""
        return booking_fields.as_draft(self.values)

    def changed(self) -> None:
        draft, acting = (
            booking_fields.as_draft(self.draft.values),
            interpreter_desk.acting(self.desk),
        )
        kind, route = Kind(draft.kind), booking_fields.route_of(draft)
        names = [spec.name for spec in self.fields()]
        self.form.show_only(shown_for(route, kind, names))
        warned = drafts.check(draft, acting).warnings
        told = (
            self.draft.values.get(ABOUT, ""),
            f"{_(ROUTE_LABELS[route])}. {routes.words(route, kind, acting.settings)}",
            BETWEEN.join(map(codes.words, warned)),
        )
        stated = "\n".join(filter(None, told))
        if stated != self._stated:
            self._stated = stated
            self.query_one("#state", Static).update(stated)

    async def action_script(self) -> None:
        """Show what to know about interpreters and who is entitled to one."""
        booking_start.show_script(self.desk)

    # -- saving ---------------------------------------------------------------------------

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        draft, acting = booking_fields.as_draft(values), interpreter_desk.acting(self.desk)
        if self._how == DRAFT:
            return []  # what stops a request does not stop a draft
        asked = twice.asked(draft, today=acting.today)
        found = drafts.check(draft, acting).problems
        if asked:
            message = codes.words(Code.TIME_AMBIGUOUS)
            found = [each for each in found if each.message != message]
            found += [Problem(f"{name}_fold", message) for name in asked]
        return found

    def closed(self) -> Mapping[str, Closed]:
        which = booking_fields.lettered(FOLD_LABELS, "fs")
        done = [Entry("Y", _("Yes, it is finished"), "yes"), Entry("N", _("No, not yet"), "")]
        return {
            "start_fold": Closed(which),
            "end_fold": Closed(which),
            "assessment_done": Closed(done),
        }

    async def ready(self) -> bool:
        if not await super().ready():
            self._how = ""
            return False
        if self._found or self._changes or self._how:
            return True
        await self._ask_how()
        return False

    async def _ask_how(self) -> None:
        """Ask whether the request is sent now."""
        entries = [
            Entry("Y", _("Yes: it is asked for now"), SEND),
            Entry("D", _("No: keep it as a draft"), DRAFT),
        ]
        await self.desk.ask(_("Send the request?"), entries, self._how_answered)

    async def action_more(self) -> None:
        """Ask for what is seldom done: keep what cannot be sent yet, or book several days."""
        if self._changes:
            self.notify(_("The booking is there already: only change it here."), markup=False)
            return
        entries = [
            Entry("D", _("Keep it as a draft, finished or not"), DRAFT),
            Entry("W", _("Book it every week"), Every.WEEKLY),
            Entry("K", _("Book it on every working day"), Every.WEEKDAYS),
        ]
        await self.desk.ask(_("What else?"), entries, self._more_answered)

    async def _more_answered(self, answer: str | None) -> None:
        if answer in list(Every):

            async def counted(number: str | None) -> None:
                if number:
                    self._count = number
                    await self._how_answered(answer)

            question = AskLine(_("How many times, this one included?"), _("Like 6"))
            await self.app.push_screen(question, counted)
        else:
            await self._how_answered(answer)

    @says
    async def _how_answered(self, answer: str | None) -> None:
        if not answer:
            return
        self._how = answer
        await self.action_save()

    def save_failed(self) -> None:
        self._how = ""
        super().save_failed()

    async def save(self, values: Mapping[str, str]) -> str:
        acting, write = interpreter_desk.acting(self.desk), self.desk.store.write
        draft, how, own = booking_fields.as_draft(values), self._how, self.draft.id
        if self._changes:
            self._line = await write(changing.change, acting, self._changes, draft, event_id=own,
                                     travel_reason=values.get("travel_reason", ""))  # fmt: skip
        elif how == DRAFT:
            self._line = await write(book.save, acting, draft, booking_id=own)
        elif how == SEND:
            self._line = await write(book.book, acting, draft, booking_id=own)
        else:
            count = typed.whole_number(self._count, least=1, most=book.MOST_REPEATS)
            series = await write(book.book_series, acting, draft, Every(how), count, booking_id=own)
            self._line = series[0]
        return self._line.id

    def saved(self, row_id: str) -> None:
        assert self._line is not None
        told = f"{self._line.ref} {self._line.language}"
        self.desk.last_saved = lambda: told
        say_saved(self.app, "  ".join(filter(None, (self._line.ref, cues.missed(self._line)))))

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        entries = [Entry("Y", _("Yes, throw it away"), "yes"), Entry("N", _("No, keep it"), "")]
        await self.desk.ask(_("Throw away what you typed here?"), entries, self._discarded)

    async def _discarded(self, answer: str | None) -> None:
        assert self._keeper is not None
        if answer and await self._keeper.forget(self.draft.id):
            self.dismiss("")
