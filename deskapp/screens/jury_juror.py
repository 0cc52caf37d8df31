"""A juror: how they stand, what may be done, by a letter each, and everything that was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.roles import Act, require
from deskapp.screens import jury_desk, jury_page, linked, records
from deskapp.screens.base import Entry, saves, say_saved, says
from deskapp.screens.jury_act import NUMBER, JurorActScreen
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.lettered import LetteredRecord
from deskapp.services import drafts, kinds, link_lines
from deskapp.services.jury import doing, juror_record, numbers, row_ids
from deskapp.services.jury.asks import ASKS, Do
from deskapp.services.link_lines import LinkLine
from deskapp.services.links import Link

LETTERS = {
    Do.NEXT_DATE: "G",
    Do.ON_CALL: "O",
    Do.IDENTITY: "I",
    Do.CONTACT: "K",
    Do.NOTE: "N",
    Do.DEFER: "D",
    Do.REFUSE_DEFERRAL: "J",
    Do.POSTPONE: "P",
    Do.INTO_POOL: "L",
    Do.EXCUSE: "X",
    Do.REFUSE_EXCUSAL: "Y",
    Do.DISQUALIFY: "Q",
    Do.ACCEPT_REPLY: "A",
    Do.REASSIGN: "R",
    Do.TRANSFER: "T",
    Do.COMPLETE: "C",
    Do.UNDO_COMPLETION: "U",
    Do.FAILED_TO_ATTEND: "F",
    Do.UNDO_FAILED_TO_ATTEND: "V",
    Do.SUMMONS_RETURNED: "S",
    Do.SEND_AGAIN: "Z",
    Do.TIMES: "M",
    Do.ADD_DAY: "H",
    Do.NON_ATTENDANCE: "W",
    Do.CHANGE_DAY: "B",
}
"""The letter of each act, the same in both languages."""
CLAIM, DAY, LINKED = "claim", "day", "linked"


class JurorScreen(LetteredRecord, JuryScreen[None]):
    """One juror; its letters do what they stand before."""

    HEADING: ClassVar[str] = N_("Juror")
    HELP: ClassVar[str] = N_(
        "The letters under What may be done are keys. Enter shows everything, also what cannot be"
        " done now and why. K writes down a contact, F5 a note. What concerns a day, such as"
        " times or a day added by hand, is done on the day in force that stands at the top: 9"
        " changes it. E shows the expenses. Ctrl+N makes a complaint of what the juror is unhappy"
        " about on that day, or shows the one made before.\n\nNothing is ever deleted: every step"
        " stays in the history, with who took it and when, and so does a step that was taken back."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "record.note", "complaint.new", "screen.back")
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new",)

    def __init__(self, juror: str) -> None:
        """``juror``: a number, or the id of a row about the juror, such as of a day."""
        super().__init__(juror)
        self._links: list[LinkLine] = []

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield from super().body()

    def renew(self) -> None:
        self.load()

    async def parts(self) -> Iterable[Text]:
        who, read = await jury_desk.acting_first(self.desk), self.desk.store.read
        if not numbers.is_juror_number(self.record_id):  # the id of a row that is about a juror
            self.record_id = (await read(kinds.ref_of, self.record_id)).partition(" ")[0]
        shown = await read(juror_record.look, who, self.record_id)
        link = Link(kinds.JUROR, row_ids.juror(self.record_id))
        self._links = await read(link_lines.lines, await self.desk.acting(), link)
        acts = [
            Entry(LETTERS[each.do], each.do.label, each.do.value, each.why_not)
            for each in shown.offers
        ]
        others = [Entry("E", _("Expenses"), CLAIM), Entry("9", _("Another day"), DAY)]
        if self._links:
            others.append(Entry("2", _("Go to what belongs together with it"), LINKED))
        self.entries = sorted([*acts, *others], key=lambda entry: bool(entry.why_not))
        self.say_day(who)
        return jury_page.parts(shown, self.entries, self._links)

    # -- keys -----------------------------------------------------------------------------

    async def action_note(self) -> None:
        """Write a note."""
        await self.page_read()
        await self._answered(Do.NOTE)

    @says
    async def action_new_complaint(self) -> None:
        """Make a complaint of the juror about the day in force, or show the one made before."""
        from deskapp.screens import complaint_start

        await self.page_read()
        who = await jury_desk.acting_first(self.desk)
        await complaint_start.of_juror(self.desk, who, self.record_id)

    async def chosen(self, answer: str) -> None:
        if answer == CLAIM:
            self.desk.open(records.CLAIM, self.record_id)
        elif answer == DAY:
            await self.ask_day()
        elif answer == LINKED:
            await linked.pick(self.desk, self._links)
        elif ASKS[Do(answer)]:
            await self.begin_act(Do(answer))
        else:
            await self._confirm(Do(answer))

    @says
    async def begin_act(self, what: Do) -> None:
        """Show the form of an act, or take up the one begun before."""
        require(self.desk.user, Act.WORK_JURY)
        form = f"{drafts.JURY_ACT}:{what.value}"
        row_id = row_ids.juror(self.record_id)
        first = {drafts.RECORD: row_id, NUMBER: self.record_id}
        draft = await self.desk.begun(form, row_id) or self.desk.new_draft(form, first)
        await self.app.push_screen(JurorActScreen(draft))

    async def _confirm(self, what: Do) -> None:
        """Do what asks for nothing, after a yes."""
        entries = [Entry("Y", what.label, what.value), Entry("N", _("No, not now"), "")]
        question = _("{what}: this stays in the history. Go on?").format(what=what.label)

        def yes(answer: str | None) -> None:
            if answer:
                self.act(Do(answer))

        await self.desk.ask(question, entries, yes)

    @saves
    async def act(self, what: Do) -> None:
        """Do what needs no form."""
        who = await jury_desk.acting_first(self.desk)
        await self.desk.store.write(doing.do, who, self.record_id, what, {}, step_id=new_id())
        say_saved(self.app, f"{self.record_id} {what.label}")
        self.load()
