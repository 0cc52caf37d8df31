"""What is still to be entered in OPTIC, and one complaint field by field, to copy from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, day, number
from deskapp.screens import complaint_desk, complaint_pack
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import RecordScreen, reads, saves, say_saved, says
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import copying
from deskapp.services.complaints import act, answers, optic, pack, record, worklists
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.pack import Pack
from deskapp.services.complaints.worklists import Which
from deskapp.services.paging import Want
from deskapp.services.persons import withheld
from deskapp.text import one_line
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told

COPIED = "*"


class OpticScreen(PagedScreen):
    """The complaints that are not in OPTIC yet, the oldest first."""

    HEADING: ClassVar[str] = N_("Still to enter in OPTIC")
    HELP: ClassVar[str] = N_(
        "Every complaint is entered in OPTIC; deskapp cannot do it for you. The oldest stands"
        " first. Enter shows a complaint field by field, to copy from."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("Received"), 12),
            Column(N_("Reference"), 14),
            Column(N_("Status"), 15),
            Column(N_("Summary")),
            empty=N_("Everything is in OPTIC."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the list from its start."""
        await self.show_first()
        waiting = await self.desk.store.read(optic.count, user=self.desk.user)
        self.query_one("#said", Told).update(optic.waiting_words(waiting))
        self.records.focus()

    async def read_page(self, want: Want, words: str) -> Rows:
        acting = complaint_desk.acting(self.desk)
        found = await self.desk.store.read(worklists.page, want, acting, Which.AWAITING_OPTIC)
        return Rows([_row(line) for line in found.lines], found.more)

    async def choose(self, row: Row) -> None:
        """Show the complaint field by field."""
        await self.app.push_screen(OpticPackScreen(row.key))


def _row(line: ComplaintLine) -> Row:
    received = day(local(line.received_at).date())
    cells = (received, line.ref, line.status.label, one_line(line.summary))
    return Row(line.id, cells, line.place)


class OpticPackScreen(RecordScreen):
    """One complaint field by field: Enter copies a field and goes on to the next."""

    HEADING: ClassVar[str] = N_("Copy into OPTIC")
    HELP: ClassVar[str] = N_(
        "Enter copies the marked field, shows it whole below the list and goes to the next one; a"
        " star stands before what was copied. Where the terminal has no clipboard, mark the text"
        " below the list with the mouse. F8 shows all fields as one text for a file or the"
        " printer. When the complaint is in OPTIC, F9 asks for its reference."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("article.copy", "form.save", "record.done", "screen.back")

    def __init__(self, complaint_id: str) -> None:
        super().__init__()
        self._complaint_id = complaint_id
        self._pack: Pack | None = None
        self._person_id = ""
        self._copied: set[int] = set()
        """Places of the fields that were copied."""

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column("", 1),
            Column(N_("Field"), 28),
            Column(N_("Value")),
            empty=N_("There is nothing to copy."),
        )
        with VerticalScroll():
            yield Told("", id="value", markup=False)

    def on_mount(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Read the complaint, and who looked at it is kept where that is asked for."""
        found = await self.desk.store.write(
            record.look, complaint_desk.acting(self.desk), self._complaint_id
        )
        self._pack, self._person_id = pack.of(found), found.given.person_id
        self._show()
        self.query_one(RecordList).focus()

    def _show(self) -> None:
        assert self._pack is not None
        rows = [
            Row(str(at), (COPIED if at in self._copied else "", one_line(label), one_line(value)))
            for at, (label, value) in enumerate(self._pack.fields)
        ]
        self.query_one(RecordList).renew(rows)
        told = _("{ref}: {done} of {all} copied").format(
            ref=self._pack.ref, done=number(len(self._copied)), all=number(len(rows))
        )
        self.query_one("#said", Told).update(told)

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        """Copy the field under the cursor and go to the next; a code word stays here."""
        assert self._pack is not None
        at, desk = int(event.row.key), self.desk
        said = self._pack.fields[at].value
        about = withheld.About(self._person_id)
        value = await desk.store.read(copying.check, about, said, user=desk.user)
        if desk.profile.modern:
            self.app.copy_to_clipboard(value)
        self.query_one("#value", Told).update(value)
        self._copied.add(at)
        self._show()
        self.query_one(RecordList).action_move(1)

    @says
    async def action_save(self) -> None:
        """Show all fields as one text, to go into a file, the clipboard or the printer."""
        await self.app.push_screen(complaint_pack.PackScreen(self._complaint_id))

    async def action_done(self) -> None:
        """Ask for the reference that OPTIC gave."""
        digits = complaint_desk.acting(self.desk).rules.logging.optic_ref_digits
        hint = _("Usually {count} digits. Another one is kept as you type it.")
        question = AskLine(_("Its reference in OPTIC"), hint.format(count=number(digits)))
        await self.app.push_screen(question, self._entered)

    def _entered(self, ref: str | None) -> None:
        if ref:
            self.enter(ref, new_id())

    @saves
    async def enter(self, ref: str, event_id: str) -> None:
        """Keep the reference; one of an odd shape is warned of and kept."""
        line = await self.desk.store.write(
            act.take,
            complaint_desk.acting(self.desk),
            self._complaint_id,
            Code.OPTIC,
            {"ref": ref},
            event_id=event_id,
        )
        say_saved(self.app, line.ref)
        if odd := answers.optic_warning(ref, complaint_desk.acting(self.desk)):
            self.app.notify(odd, severity="warning", markup=False)
        self.dismiss()
