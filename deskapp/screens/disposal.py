"""What need no longer be kept: one leader proposes a case, another confirms, and it is erased."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult

from deskapp import paths
from deskapp.clock import local
from deskapp.i18n import N_, _, day, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, reads, saves, says
from deskapp.services import enquiry_disposal, enquiry_retention, enquiry_secrets, kinds
from deskapp.services.casework import disposal, managing
from deskapp.services.casework.disposal import Ripe
from deskapp.widgets.record_list import Column, RecordList, Row

CASE, PROPOSE, CONFIRM = "case", "propose", "confirm"


class Step(NamedTuple):
    """What of enquiries goes together, in one line of the list."""

    due: Callable[..., list[enquiry_retention.Ripe]]
    propose: Callable[..., int]
    confirm: Callable[..., int]
    told: str
    """The line; untranslated, as are the next two."""
    sure: str
    erased: str


STEPS = {
    "secrets": Step(
        enquiry_secrets.due,
        enquiry_secrets.propose,
        enquiry_secrets.confirm,
        N_("Code words and kinds of check: {count}, from {day}"),
        N_("Code words and kinds of check cannot be brought back. Erase them?"),
        N_("Code words and kinds of check erased: {count}"),
    ),
    "enquiries": Step(
        enquiry_retention.due,
        enquiry_disposal.propose,
        enquiry_disposal.confirm,
        N_("Enquiries: {count}, from {day}"),
        N_("The enquiries cannot be brought back. Erase them?"),
        N_("Enquiries erased: {count}"),
    ),
}
"""By the key of the line; what goes first stands first."""


class DisposalScreen(DeskScreen[None]):
    """What is over: the enquiries in one line, then case by case; Enter asks what to do."""

    HEADING: ClassVar[str] = N_("Disposal")
    HELP: ClassVar[str] = N_(
        "Closed cases whose period of keeping is over. Enter on one proposes that it be erased, and"
        " asks why; somebody else then confirms it here. Until then nothing happens. A hold keeps a"
        " case: set it on the page of the case, and a proposal falls away.\n\nEnquiries stand in"
        " one line and go together, the oldest first; one that something was promised in, or that"
        " belongs to a case, is kept. Code words and kinds of check go long before: a code word"
        " stays while a marker stands or a callback is promised.\n\nWhat is confirmed is erased"
        " for good, with the cases that belong to it. A line stays with the reference, the scheme"
        " and who decided: deskapp case disposal log."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self) -> None:
        super().__init__()
        self._ripe: dict[str, Ripe] = {}
        self._found: dict[str, list[enquiry_retention.Ripe]] = {}
        """What is over in each step."""

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Kept until"), 12),
            Column(N_("State")),
            Column(N_("Which")),
            empty=N_("Nothing is due for disposal."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show what is over now."""
        acting = await self.desk.up_to_date()
        found = await self.desk.store.read(disposal.due, acting)
        self._ripe = {each.line.id: each for each in found}
        for name, step in STEPS.items():
            self._found[name] = await self.desk.store.read(step.due, **self._enquiries_asked)
        first = [_step_row(name, ripe) for name, ripe in self._found.items() if ripe]
        records = self.query_one(RecordList)
        records.renew([*first, *map(_row, found)])
        records.focus()

    @property
    def _enquiries_asked(self) -> dict[str, Any]:
        """What the enquiries are asked with."""
        rules = enquiry_retention.rules(paths.settings_folder())
        return {"kept": rules, "user": self.desk.user, "now": self.desk.clock.now()}

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        if event.row.key in STEPS:
            await self._choose_for_enquiries(event.row.key)
            return
        ripe = self._ripe[event.row.key]
        entries = [Entry("C", _("Show the case"), CASE)]
        if ripe.proposal and not ripe.held:
            own = ripe.proposal.by == self.desk.user.id
            why_not = _("You proposed it, so somebody else must confirm it.") if own else ""
            entries.append(Entry("E", _("Erase it for good"), CONFIRM, why_not))
        elif not ripe.held:
            entries.append(Entry("P", _("Propose to erase it; say why"), PROPOSE))

        async def answered(what: str | None) -> None:
            await self._do(ripe, what or "")

        await self.desk.ask(f"{ripe.line.ref} {ripe.line.title}", entries, answered)

    async def _do(self, ripe: Ripe, what: str) -> None:
        if what == CASE:
            self.desk.open(kinds.CASE, ripe.line.id)
        elif what == PROPOSE:

            def given(note: str | None) -> None:
                if note:
                    self.change(managing.propose_disposal, ripe.line.id, note=note)

            await self._ask_why(given)
        elif what == CONFIRM:

            def sure(yes: str | None) -> None:
                if yes:
                    self.change(disposal.confirm, ripe.line.id)

            entries = [Entry("Y", _("Yes, erase it"), "yes"), Entry("N", _("No, keep it"), "")]
            question = _("{ref} cannot be brought back. Erase it?").format(ref=ripe.line.ref)
            await self.desk.ask(question, entries, sure)

    @saves
    async def change(self, verb: Any, case_id: str, **given: str) -> None:
        """Do it now, or say why it cannot be done."""
        acting = await self.desk.acting()
        done = await self.desk.store.write(verb, acting, case_id, **given)
        if verb is disposal.confirm:
            await asyncio.to_thread(self.desk.store.empty_log)
            self.notify("\n".join(map(disposal.certificate_words, done)), markup=False)
        else:
            self.notify(_("Proposed. Somebody else must confirm it."), markup=False)
        self.load()

    async def _ask_why(self, given: Callable[[str | None], None]) -> None:
        hint = _("Kept with your name and the time")
        await self.app.push_screen(AskLine(_("Why need it no longer be kept?"), hint), given)

    # -- enquiries ------------------------------------------------------------------------

    async def _choose_for_enquiries(self, name: str) -> None:
        found = self._found[name]
        proposed = [each.proposed_by for each in found if each.proposed_by]
        entries = []
        if len(proposed) < len(found):
            entries.append(Entry("P", _("Propose to erase them; say why"), PROPOSE))
        if proposed:
            own = set(proposed) == {self.desk.user.id}
            why_not = _("You proposed it, so somebody else must confirm it.") if own else ""
            entries.append(Entry("E", _("Erase them for good"), CONFIRM, why_not))

        def given(reason: str | None) -> None:
            if reason:
                self.propose(STEPS[name], reason)

        async def answered(what: str | None) -> None:
            if what == PROPOSE:
                await self._ask_why(given)
            elif what == CONFIRM:
                await self._ask_sure(STEPS[name])

        await self.desk.ask(enquiry_retention.state_words(found), entries, answered)

    async def _ask_sure(self, step: Step) -> None:
        def sure(yes: str | None) -> None:
            if yes:
                self.erase(step)

        entries = [Entry("Y", _("Yes, erase them"), "yes"), Entry("N", _("No, keep them"), "")]
        await self.desk.ask(_(step.sure), entries, sure)

    @saves
    async def propose(self, step: Step, reason: str) -> None:
        """Propose what is over in a step."""
        await self.desk.store.write(step.propose, reason=reason, **self._enquiries_asked)
        self.notify(_("Proposed. Somebody else must confirm it."), markup=False)
        self.load()

    @saves
    async def erase(self, step: Step) -> None:
        """Erase what somebody else proposed."""
        erased = await self.desk.store.write(step.confirm, **self._enquiries_asked)
        await asyncio.to_thread(self.desk.store.empty_log)
        self.notify(_(step.erased).format(count=number(erased)), markup=False)
        self.load()


def _step_row(name: str, found: list[enquiry_retention.Ripe]) -> Row:
    oldest = day(local(found[0].ended_at).date())
    told = _(STEPS[name].told).format(count=number(len(found)), day=oldest)
    return Row(name, ("", enquiry_retention.state_words(found), told))


def _row(ripe: Ripe) -> Row:
    which = f"{ripe.line.ref} {ripe.line.title}"
    return Row(ripe.line.id, (day(ripe.due_on), disposal.state_words(ripe), which))
