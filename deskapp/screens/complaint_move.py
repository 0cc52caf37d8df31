"""One move of a complaint: a small form with what it asks, whatever the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import Problem
from deskapp.i18n import N_, _, language
from deskapp.screens import complaint_asked, complaint_desk
from deskapp.screens.asking import Asking, Closed
from deskapp.screens.base import Entry, reads, say_saved, says
from deskapp.screens.complaint_fields import also_field, closed, form_field
from deskapp.screens.picks import Options
from deskapp.services import drafts
from deskapp.services.complaints import (
    act,
    answers,
    categories,
    covering,
    device_clock,
    finding,
    involved,
    presence,
    record,
)
from deskapp.services.complaints.asks import ASKS, Kind
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.moves import MOVES
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.drafts import Draft
from deskapp.services.hard.hard import TYPED
from deskapp.services.paging import Want
from deskapp.services.persons.withheld import OPEN, Cover
from deskapp.widgets.choice import ROWS_OFFERED, Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told

LOOKED_AGAIN_SECONDS = 60
"""How often it is read whether somebody else changed the complaint meanwhile."""
LATENESS = "lateness"


class ComplaintMoveScreen(Asking):
    """What a move asks for. F8 makes it, Esc keeps the form for later."""

    HEADING: ClassVar[str] = N_("Complaint form")
    HELP: ClassVar[str] = N_(
        "Type what is asked and press F8. What has a list may be left empty: F8 asks for it, and a"
        " letter answers. In a list type any word of the answer, or press Down to see them. Days"
        " are typed like 30 11 or 30 Nov, times like 14:05; an empty moment is now.\n\nThe line at"
        " the top says when somebody else changed the complaint since you began. Esc keeps the form"
        " for later; the same letter, or Home, takes it up again. Ctrl+T throws it away."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(
        self, draft: Draft, shown: ComplaintRecord | None = None, *, is_new: bool = False
    ) -> None:
        super().__init__(draft)
        self.code = Code(draft.form.partition(":")[2])
        self._record = shown
        """None for a draft that is taken up later: read in ``on_mount``."""
        self._first = dict(draft.values) if is_new else None
        """What stood in a form that is begun now."""
        self._options: dict[Kind, Options] = {}
        self._clock = ""
        """That the clock of this computer seems wrong, by which a moment is dated."""
        self._shown_for: tuple[str, ...] = ()
        self._saved_ref = ""

    @property
    def _complaint_id(self) -> str:
        return self.draft.values[drafts.RECORD]

    async def cover(self) -> Cover:
        if self._record is None:
            return OPEN
        return await self.desk.store.read(covering.cover, self._complaint_id)

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        if self._record is None:
            return []
        ordered = sorted(ASKS[self.code], key=complaint_asked.place)
        return [form_field(ask, self._options) for ask in ordered]

    def body(self) -> ComposeResult:
        yield Told(self._title(), id="state", markup=False)
        yield Told("", id="recorded", markup=False)
        yield from super().body()

    def _title(self) -> str:
        ref = f"{self._record.line.ref} " if self._record else ""
        return f"{ref}{_(MOVES[self.code].label)}"

    async def on_mount(self) -> None:
        await self._prepare()
        if self._record is None:
            self.call_later(self.dismiss, "")
            return
        await self.recompose()
        titles = {drafts.title_name(language()): _(MOVES[self.code].label)}
        self.draft = self.draft._replace(values={**self.draft.values, **titles})
        await super().on_mount()
        await self.show_added()
        self.changed()
        self._tell_changes()
        self.set_interval(LOOKED_AGAIN_SECONDS, self.look_again)
        self.tell_others()

    @reads
    async def tell_others(self) -> None:
        """Let colleagues of other desks know that this form was begun."""
        acting = complaint_desk.acting(self.desk)
        write = self.desk.store.write
        await write(presence.note, acting, self._complaint_id, self.code.value)

    @says
    async def _prepare(self) -> None:
        """Read the complaint, and who or what can be picked."""
        acting, read = complaint_desk.acting(self.desk), self.desk.store.read
        if self._record is None:
            self._record = await read(record.record, acting, self._complaint_id)
        complaint = self._record.complaint
        kinds = {ask.kind for ask in ASKS[self.code]}
        if Kind.OFFICER in kinds:
            number = complaint.stage.number
            self._options[Kind.OFFICER] = await read(involved.able, complaint, number)
        if Kind.MOMENT in kinds:
            self._clock = await read(device_clock.warning, acting)
        if Kind.ENTRY in kinds:
            self._options[Kind.ENTRY] = complaint_asked.entries(self._record, self.code)

    def on_screen_resume(self) -> None:
        if self.is_mounted and self._record is not None:
            self.look_again()

    async def relabel(self) -> None:
        await super().relabel()
        await self.show_added()
        self._tell_changes()
        self.back_to_field()

    @property
    def untouched(self) -> bool:
        now = complaint_asked.typed(self.draft.values)
        return self._first is not None and complaint_asked.typed(self._first) == now

    # -- changed elsewhere ----------------------------------------------------------------

    @reads
    async def look_again(self) -> None:
        """Read whether somebody else changed the complaint since this form was begun."""
        acting = complaint_desk.acting(self.desk)
        self._record = await self.desk.store.read(record.record, acting, self._complaint_id)
        self._tell_changes()

    def _tell_changes(self) -> None:
        assert self._record is not None
        news = complaint_asked.news(
            self._record, since=self.draft.started_at, but=self.desk.user.id
        )
        others = presence.words(self._record.open_elsewhere)
        also = _("Open elsewhere: {who}").format(who=others) if others else ""
        words = "\n".join(filter(None, (self._clock, also, news)))
        line = self.query_one("#recorded", Static)
        line.update(words)
        line.set_class(bool(words), "-told")

    # -- what is typed --------------------------------------------------------------------

    @property
    def _codes(self) -> tuple[str, ...]:
        wanted = self.code is Code.CATEGORIES
        return tuple(self.draft.values.get("categories", "").split()) if wanted else ()

    async def show_added(self) -> None:
        """Show what the categories that are picked ask besides."""
        self._shown_for = self._codes
        asked = categories.asked_besides(self._codes)
        await self.form.set_added([also_field(each) for each in asked], self.draft.values)

    @reads
    async def renew_added(self) -> None:
        """Show other questions, for other categories."""
        self.take()
        await self.show_added()

    def changed(self) -> None:
        if self._record is None:
            return
        if self._shown_for != self._codes:
            self.renew_added()
        if any(ask.name == LATENESS for ask in ASKS[self.code]):
            acting = complaint_desk.acting(self.desk)
            late = answers.is_late(self._record.complaint, self.draft.values, acting)
            names = [ask.name for ask in ASKS[self.code] if late or ask.name != LATENESS]
            self.form.show_only(names)

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        self.offer_complaints(event.choice)

    @reads
    async def offer_complaints(self, choice: Choice) -> None:
        """Offer the complaints that match what was typed."""
        text, acting = choice.text.strip(), complaint_desk.acting(self.desk)
        want = Want(limit_rows=ROWS_OFFERED)
        page = await self.desk.store.read(finding.find, want, acting, text)
        if choice.text.strip() == text:  # else a later key asked for others
            others = [line for line in page.lines if line.id != self._complaint_id]
            choice.offer([Offer(line.ref, line.ref, line.summary) for line in others])

    # -- saving ---------------------------------------------------------------------------

    def _texts(self, values: Mapping[str, str]) -> dict[str, str]:
        """What stands in each field: what was chosen, or the words of a reference."""
        refs = [ask.name for ask in ASKS[self.code] if ask.kind is Kind.REF]
        typed = {name: values.get(name) or values.get(name + TYPED, "") for name in refs}
        return {**values, **typed}

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        assert self._record is not None
        acting, complaint = complaint_desk.acting(self.desk), self._record.complaint
        return await self.desk.store.read(
            answers.problems, complaint, self.code, self._texts(values), acting
        )

    def closed(self) -> Mapping[str, Closed]:
        asked = {ask.name: closed(ask) for ask in ASKS[self.code]}
        also = categories.asked_besides(self._codes)
        yes_no = Closed([Entry("Y", _("Yes"), "yes"), Entry("N", _("No"), "no")])
        besides = {categories.ALSO + each.name: yes_no for each in also if each.kind == "yes_no"}
        return {name: found for name, found in {**asked, **besides}.items() if found}

    async def save(self, values: Mapping[str, str]) -> str:
        acting = complaint_desk.acting(self.desk)
        line = await self.desk.store.write(
            act.take,
            acting,
            self._complaint_id,
            self.code,
            self._texts(values),
            event_id=self.draft.id,
        )
        self._saved_ref = line.ref
        return line.id

    def saved(self, row_id: str) -> None:
        ref, label = self._saved_ref, MOVES[self.code].label
        self.desk.last_saved = lambda: f"{ref} {_(label)}"
        say_saved(self.app, self.desk.last_saved())
        if self.code is Code.OPTIC:
            ref = self.draft.values.get("ref", "").strip()
            odd = answers.optic_warning(ref, complaint_desk.acting(self.desk))
            if odd:
                self.app.notify(odd, severity="warning", markup=False)
