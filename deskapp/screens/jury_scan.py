"""The scan loop: one field, every scan stored in its order, what came of it beside the counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, clock_time
from deskapp.screens import jury_desk, jury_out, jury_scan_store
from deskapp.screens.base import Entry, reads, says
from deskapp.screens.in_order import InOrder
from deskapp.screens.jury_confirm import ConfirmDayScreen
from deskapp.screens.jury_desk import JuryScreen, NoTimeError
from deskapp.screens.jury_scanned import NobodyYetError, NoProofError, Results
from deskapp.services import kinds
from deskapp.services.jury import reading, scanned, scans
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import IDENTITY_LABELS
from deskapp.services.jury.scanned import Proof, Scan, SetTime
from deskapp.services.jury.scans import Undone
from deskapp.widgets.scan_field import ScanField
from deskapp.widgets.told import Told

EVERYBODY_OUT, CONFIRM, RECORD, DAY, NOW = "out", "confirm", "record", "day", "now"


class ScanScreen(JuryScreen[None]):
    """Every line that ends with Enter is a scan; no other key is needed."""

    HEADING: ClassVar[str] = N_("Scan jurors")
    HELP: ClassVar[str] = N_(
        "Scan a juror number, or type its nine digits and Enter: the juror is checked in now. What"
        " came of it stands below, the newest first; NOT DONE says why, and how the juror stands:"
        " nothing was changed then. F5 changes between in and out, F9 takes the last step back."
        "\n\nA time, such as 905, holds for every scan that follows; now ends it. A number and a"
        " time in one line hold for that line. Where it says CHECK IDENTITY, type the letter of"
        " what the juror showed and Enter: P passport, D driving licence, U utility bill, B birth"
        " certificate, A bank statement, O other, N none.\n\nScan as quickly as you like: scans"
        " are stored in their order, and none is lost. Ctrl+R has another day, everybody out, the"
        " record of the last juror and the end of the day."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("jury.turn", "jury.undo", "record.more", "screen.back")
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new",)

    def __init__(self) -> None:
        super().__init__()
        self._out = False
        self._at: dt.time | None = None
        """The time of every scan; ``None`` is the time of day."""
        self._last = ""
        """Number of the juror who was scanned last."""
        self._results = Results()
        self._typed = ""
        self._queue: InOrder | None = None

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told("", id="jury-counts", markup=False)
        yield Told("", id="scan-way", markup=False)
        field = ScanField(_("Scan a juror, or type a number, a time or a letter"))
        field.value = self._typed
        yield field
        yield Told("", id="scan-told", markup=False)

    def on_mount(self) -> None:
        self._queue = InOrder(self.app)

    def on_screen_resume(self) -> None:
        self.renew()

    async def relabel(self) -> None:
        self._typed = self.query_one(ScanField).value
        self._results.say_again()
        await super().relabel()
        self.renew()

    @reads
    async def load(self) -> None:
        """Show the figures of the day."""
        who = await jury_desk.acting_first(self.desk)
        shown = await self.desk.store.read(reading.day, who)
        self.say_day(who)
        self.query_one("#jury-counts", Static).update(jury_desk.figures(shown, self.size.width))

    def day_changed(self) -> None:
        self._at = None
        super().day_changed()

    def renew(self) -> None:
        self._show()
        self.load()

    def _show(self) -> None:
        """Show which way, at what time, and what came of the scans."""
        way = _("CHECK OUT") if self._out else _("CHECK IN")
        at = clock_time(self._at) if self._at else _("now")
        if self._at is None and self.desk.jury_day is not None:
            at = _("type it first, such as 905")
        self.query_one("#scan-way", Static).update(
            _("{way}   Time: {time}").format(way=way, time=at)
        )
        self.query_one("#scan-told", Static).update(self._results.text)
        self.query_one(ScanField).focus()

    # -- scans ----------------------------------------------------------------------------

    @on(ScanField.Scanned)
    def _scanned(self, event: ScanField.Scanned) -> None:
        """Put the line in the queue; the field takes the next one meanwhile."""
        try:
            meant = scanned.read(event.text)
        except DeskError:
            self.app.bell()
            self._results.not_read(event.text)
            self._show_results()
            return
        if isinstance(meant, SetTime):
            self._at = meant.at
            self._show()
        elif isinstance(meant, Proof) and meant.code not in IDENTITY_LABELS:
            self._tell_refused(meant.code, NoProofError())
        elif isinstance(meant, Proof):
            self._put(partial(self._prove, meant.code, new_id()))
        else:
            self._put_scan(meant)

    def _put_scan(self, meant: Scan) -> None:
        time = meant.at or self._at or self._now()
        for juror in meant.jurors:
            if time is None:
                self._tell_refused(juror, NoTimeError())
            else:
                self._put(partial(self._take_scan, juror, time, self._out, new_id()))

    def _now(self) -> dt.time | None:
        """The time of day; none on another day, whose times are typed."""
        if self.desk.jury_day is not None:
            return None
        return local(self.desk.clock.now()).time().replace(second=0, microsecond=0)

    def _put(self, job: Callable[[], Awaitable[None]]) -> None:
        async def done() -> None:
            await job()
            assert self._queue is not None
            if self._queue.waiting == 1 and self.stands:
                self.load()

        assert self._queue is not None
        self._queue.put(done)

    async def _take_scan(self, juror: str, time: dt.time, out: bool, step_id: str) -> None:
        verb = scans.check_out if out else scans.check_in
        try:
            who, line = await jury_scan_store.stored(self.desk, verb, juror, time, step_id=step_id)
        except DeskError as error:
            found = await jury_scan_store.how_it_stands(self.desk, juror)
            self._last = juror if found else ""
            self._tell_refused(juror, error, found)
            return
        self._last = juror
        tell = self._results.left if out else self._results.came
        tell(line, time, who)
        self._show_results()

    async def _prove(self, code: str, step_id: str) -> None:
        """Keep what the last juror showed; without one it is refused."""
        try:
            who, line = await jury_scan_store.stored(
                self.desk, scans.identity, self._last, code, step_id=step_id
            )
        except DeskError as error:
            self._tell_refused(code, error if self._last else NobodyYetError())
            return
        self._results.proved(line, code, who.time)
        self._show_results()

    def _tell_refused(self, what: str, error: DeskError, line: JurorLine | None = None) -> None:
        """Say why something was not done; the bell rings, for the officer looks at the juror."""
        self.app.bell()
        self._results.refused(what, error, line)
        self._show_results()

    def _show_results(self) -> None:
        if self.stands:
            self.query_one("#scan-told", Static).update(self._results.text)

    # -- keys -----------------------------------------------------------------------------

    def action_turn(self) -> None:
        """Change between in and out; scans that wait keep their way."""
        self._out = not self._out
        self._show()

    @says
    async def action_undo(self) -> None:
        """Take the last step back, once everything before it is stored."""
        await self.flush()
        await super().action_undo()

    def told_undone(self, undone: Undone) -> None:
        self._results.undone(undone)
        self._show_results()

    async def action_more(self) -> None:
        """Ask for what is rarer than a scan."""
        entries = [
            Entry("O", _("Check everybody out"), EVERYBODY_OUT),
            Entry("C", _("Confirm the day"), CONFIRM),
            Entry("J", _("Record of the last juror"), RECORD, self._why_no_record),
            Entry("D", _("Another day"), DAY),
            Entry("T", _("The time is now again"), NOW),
        ]
        await self.desk.ask(_("What do you want to do?"), entries, self._more_chosen)

    @property
    def _why_no_record(self) -> str:
        return "" if self._last else _("Nobody was scanned yet.")

    @says
    async def _more_chosen(self, answer: str | None) -> None:
        await self.flush()
        if answer == EVERYBODY_OUT:
            await jury_out.ask(self)
        elif answer == CONFIRM:
            await self.app.push_screen(ConfirmDayScreen())
        elif answer == RECORD:
            self.desk.open(kinds.JUROR, self._last)
        elif answer == DAY:
            await self.ask_day()
        elif answer == NOW:
            self._at = None
            self._show()

    async def flush(self) -> bool:
        if self._queue is not None:
            await self._queue.settle()
        return True

    async def leave(self, *, parked: bool) -> bool:
        return await self.flush()

    async def action_back(self) -> None:
        await self.flush()
        self.dismiss()
