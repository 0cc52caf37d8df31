"""The first screen: what waits for me, what is due, how the desk stands with central."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.i18n import N_, _, ngettext, number, weekday
from deskapp.keys import shown
from deskapp.roles import Act, may
from deskapp.screens.base import DeskScreen, reads, says
from deskapp.services import home, offline
from deskapp.services.complaints import waiting
from deskapp.services.home import Home
from deskapp.services.unfinished import DRAFT
from deskapp.services.waiting import Line
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told


class HomeScreen(DeskScreen[None]):
    """What waits and what is due, oldest first; Enter opens it."""

    HEADING: ClassVar[str] = N_("Home")
    HELP: ClassVar[str] = N_(
        "Here is what waits for you: forms that are open or parked, what was promised to people,"
        " and your cases that are due, the most urgent first. Enter opens the marked line.\n\nF2"
        " starts a new contact from every screen. F3 finds persons, contacts, cases and courts."
        " Ctrl+G goes to another desk. F9 shows who in the building needs help to leave."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("home.leaving",)

    _just_shown = False
    """Whether nothing can have changed since all was shown."""

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Without the key of a list that the officer's role has no part in."""
        leaves = may(self.desk.user, Act.READ_CASES)
        return tuple(name for name in super().shown_keys if leaves or name != "home.leaving")

    def body(self) -> ComposeResult:
        yield Static(weekday(self.desk.clock.today()), id="today", markup=False)
        yield Told("", id="safety", markup=False)
        yield RecordList(
            Column(N_("State or due"), 20),
            Column(N_("What"), 23),
            Column(N_("Who and which")),
            empty=self._empty_text,
        )
        yield Told("", id="figures", markup=False)
        yield Told("", id="exchange", markup=False)

    @property
    def _empty_text(self) -> str:
        if "desk.new" in self.desk.everywhere:
            return N_("Nothing waits for you. F2 starts a contact when somebody calls.")
        return N_("Nothing waits for you.")

    @says
    async def on_mount(self) -> None:
        """Read before the first paint: one with all that waits is cheaper than three."""
        await self._show_waiting()
        self._just_shown = not self.desk.standing.over

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show what waits now; again, when it turns out to be worked out anew."""
        if self.desk.standing.over:
            self.desk.keep_limit()
            return
        if not self._just_shown:
            await self._show_waiting()
        self._just_shown = False
        if may(self.desk.user, Act.READ_CASES):
            await self._catch_up()
        if may(self.desk.user, Act.READ_COMPLAINTS):
            await self._recount()

    async def _show_waiting(self) -> None:
        if self.desk.standing.over:
            return  # it is closed until it has exchanged
        now = self.desk.clock.now()
        seen = await self.desk.store.read(home.look, user=self.desk.user, now=now)
        if may(self.desk.user, Act.READ_CASES):
            await self._show_safety()
        records = self.query_one(RecordList)
        records.renew([_row(line) for line in seen.lines])
        if self.focused is None:
            records.focus()
        self.query_one("#figures", Static).update(_figures(seen, self.desk.last_saved()))
        self.query_one("#exchange", Static).update(
            " ".join(offline.words(seen.exchange, seen.standing, now))
        )

    async def _show_safety(self) -> None:
        """Say who is senior person on site, and what they were not told yet."""
        from deskapp.services.hard import spos  # only for who works on cases

        read, user = self.desk.store.read, self.desk.user
        duty = await read(spos.on_duty, self.desk.clock.now(), user=user)
        untold = await read(spos.untold, user=user, limit_rows=1)
        words = [spos.now_words(duty)]
        for each in untold:
            message = _("NOT TOLD YET of {ref}. {key} T when you have.")
            words.append(message.format(ref=each.ref, key=shown("app.hard")))
        line = self.query_one("#safety", Static)
        line.update("\n".join(words))
        line.set_class(duty is None or bool(untold), "-alert")

    async def _catch_up(self) -> None:
        """Show the cases again that time changed since they were worked out."""
        from deskapp.services.casework import turning

        if await self.desk.store.read(turning.is_behind, self.desk.clock.now()):
            await self.desk.up_to_date()
            self.load()

    async def _recount(self) -> None:
        """Count the open complaints again that an older list of bank holidays was used for."""
        store = self.desk.store
        if not await store.read(waiting.any_open):
            return
        from deskapp import paths
        from deskapp.services import bank_holidays
        from deskapp.services.complaints import behind  # for a start with complaints

        folder = paths.settings_folder()
        if not await store.read(behind.is_behind, bank_holidays.in_force(folder)):
            return
        from deskapp.services.complaints import acting, recount  # for one with a newer list

        who = acting.acting_on(self.desk.user, self.desk.clock.now(), folder)
        while await store.write(recount.some, who):
            pass
        self.load()

    async def action_leaving(self) -> None:
        """Show who in the building needs help to leave."""
        await self.desk.go(name="leaving.LeavingScreen")

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        kind, _colon, row_id = event.row.key.partition(":")
        if kind == DRAFT:
            self.desk.open_draft(row_id)
        else:
            self.desk.open(kind, row_id)


def _row(line: Line) -> Row:
    cells = (line.state, line.what, line.who)
    return Row(f"{line.kind}:{line.id}", cells, mark="overdue" if line.urgent else "")


def _figures(seen: Home, last_saved: str) -> str:
    today = ngettext("{count} contact today", "{count} contacts today", seen.contacts_today)
    more = ngettext(
        "and {count} more after these",
        "and {count} more after these",
        seen.left,
    )
    parts = [today.format(count=number(seen.contacts_today))]
    if last_saved:
        parts.append(_("last saved {what}").format(what=last_saved))
    if seen.left:
        parts.append(more.format(count=number(seen.left)))
    return ", ".join(parts)
