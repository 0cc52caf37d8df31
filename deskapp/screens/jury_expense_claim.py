"""Everything a juror claims, day by day: entered, put onto all days, submitted, approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.screens import jury_desk, jury_expense_asks, jury_expense_page
from deskapp.screens.base import LETTERS, Entry, RecordScreen, reads, saves, says
from deskapp.screens.jury_expense_asks import Todo
from deskapp.screens.letter_keys import LetterKeys
from deskapp.services.jury import claim_alike, claim_rows, claim_state, claiming, money
from deskapp.services.jury.applying import Part
from deskapp.services.jury.claim_state import Basis, Claim, ClaimDay
from deskapp.widgets.record_list import RecordList
from deskapp.widgets.told import Told


class JurorClaimScreen(LetterKeys[None], RecordScreen):
    """The days of one juror; its letters do what they stand before."""

    HEADING: ClassVar[str] = N_("Claim of a juror")
    HELP: ClassVar[str] = N_(
        "Every confirmed day with what is claimed for it. Enter opens the marked day: what is"
        " typed is counted at every key. E explains its amount: hours, band, rate, limit and what"
        " was cut.\n\nD puts the marked day onto every other day that is not submitted, C shares"
        " what was spent with the smart card over them, U keeps the marked day as what the juror"
        " usually claims: days to come begin so. S submits all days; another person, a manager,"
        " approves with A up to their limit. Bank and cash are paid apart. After that a day can"
        " still be changed, never below what was paid: only the difference is paid."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("record.more", "screen.back")
    AUTO_FOCUS: ClassVar[str | None] = ""
    """The list has the cursor once it is filled: a key before that waits."""

    def __init__(self, juror: str) -> None:
        super().__init__()
        self.juror = juror
        self.shown: Claim | None = None
        self._entries: list[Entry] = []

    def body(self) -> ComposeResult:
        yield Told("", id="person", markup=False)
        yield Told("", id="known", markup=False)
        yield RecordList(*jury_expense_page.COLUMNS, empty=jury_expense_page.EMPTY)
        yield Told("", id=LETTERS, markup=False)

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @property
    def basis(self) -> Basis:
        """What amounts are counted by."""
        return claim_state.basis(paths.settings_folder())

    @reads
    async def load(self) -> None:
        """Read the claim again."""
        await jury_desk.acting_first(self.desk)
        user, read = self.desk.user, self.desk.store.read
        self.shown = await read(claim_rows.claim, self.juror, self.basis, user=user)
        self._entries = jury_expense_asks.entries(self.shown, user)
        self.query_one("#person", Told).update(jury_expense_page.who(self.shown))
        self.query_one("#known", Told).update(jury_expense_page.sums(self.shown))
        self.query_one(f"#{LETTERS}", Told).update(
            jury_expense_asks.line(self._entries, self.size.width)
        )
        listed = self.query_one(RecordList)
        listed.renew(jury_expense_page.rows(self.shown))
        listed.focus()

    @property
    def marked(self) -> ClaimDay | None:
        """The day under the cursor."""
        row = self.query_one(RecordList).current
        days = self.shown.days if self.shown and row else ()
        return next((day for day in days if row and day.id == row.key), None)

    # -- keys -----------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Enter that comes before the list opens its first day."""
        if event.key == "enter" and self.shown is None:
            event.stop()
            await self.page_read()
            if self.app.screen is self:
                self.query_one(RecordList).action_choose()

    @property
    def letters(self) -> list[Entry]:
        return self._entries

    async def letter_pressed(self, entry: Entry) -> None:
        await self._chosen(entry.value)

    @says
    async def action_more(self) -> None:
        """Show what can be done, and why something cannot."""
        await self.page_read()
        await self.desk.ask(_("What do you want to do?"), self._entries, self._chosen)

    @on(RecordList.Chosen)
    @says
    async def _day_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        if day := self.marked:
            await jury_expense_asks.open_day(self.desk, day)

    @says
    async def _chosen(self, answer: str | None) -> None:
        why_not = next((each.why_not for each in self._entries if each.value == answer), "")
        if why_not:
            self.notify(why_not, severity="warning", markup=False)
        elif answer and self.shown and self.marked:
            await jury_expense_asks.ask(self, Todo(answer), self.shown, self.marked)

    # -- what is done ---------------------------------------------------------------------

    @saves
    async def submit(self, days: Sequence[ClaimDay]) -> None:
        """Hand in the days that were shown."""
        total = await self.desk.store.write(
            claiming.submit,
            jury_desk.acting(self.desk),
            self.basis,
            self.juror,
            claim_state.seen(days),
            step_id=new_id(),
        )
        told = _("Submitted: {total}. Another person approves it.")
        self._done(told.format(total=money.shown(total)))

    @saves
    async def approve(self, days: Sequence[ClaimDay]) -> None:
        """Approve the days that were shown."""
        paid = await self.desk.store.write(
            claiming.approve,
            jury_desk.acting(self.desk),
            self.basis,
            self.juror,
            claim_state.seen(days),
            step_id=new_id(),
        )
        self._done(_("Approved. {payments}").format(payments=jury_expense_page.paid_words(paid)))

    @saves
    async def apply(self, day: ClaimDay, parts: Sequence[Part], *, cash: bool) -> None:
        """Put parts of the marked day onto every other day in draft."""
        count = await self.desk.store.write(
            claim_alike.apply_to_all,
            jury_desk.acting(self.desk),
            self.basis,
            day.id,
            parts,
            cash=cash,
            step_id=new_id(),
        )
        self._done(jury_expense_page.changed_words(count))

    @saves
    async def share_card(self, typed: str) -> None:
        """Share what was spent with the card over the days in draft."""
        count = await self.desk.store.write(
            claim_alike.share_card,
            jury_desk.acting(self.desk),
            self.basis,
            self.juror,
            money.typed(typed),
            step_id=new_id(),
        )
        self._done(jury_expense_page.changed_words(count))

    @saves
    async def keep_usual(self, day: ClaimDay) -> None:
        """Keep the marked day as what the juror usually claims."""
        await self.desk.store.write(
            claim_alike.keep_usual,
            jury_desk.acting(self.desk),
            self.basis,
            day.id,
            step_id=new_id(),
        )
        self._done(_("Kept: days that are confirmed from now on begin so."))

    def _done(self, told: str) -> None:
        self.app.notify(told, markup=False)
        self.load()
