"""The first screen: what waits for me, what is due, how the desk stands with central."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.clock import local
from deskapp.i18n import N_, _, day, ngettext, number, weekday, when
from deskapp.keys import shown
from deskapp.roles import Act, may
from deskapp.screens.base import DeskScreen, reads
from deskapp.services import follow_ups, home
from deskapp.services.home import Home
from deskapp.widgets.record_list import Column, RecordList, Row


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

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Without the key of a list that the officer's role has no part in."""
        leaves = may(self.desk.user, Act.READ_CASES)
        return tuple(name for name in super().shown_keys if leaves or name != "home.leaving")

    def body(self) -> ComposeResult:
        yield Static(weekday(self.desk.clock.today()), id="today", markup=False)
        yield Static("", id="safety", markup=False)
        yield RecordList(
            Column(N_("State or due"), 19),
            Column(N_("What"), 23),
            Column(N_("Who and which")),
            empty=self._empty_text,
        )
        yield Static("", id="figures", markup=False)
        yield Static("", id="exchange", markup=False)

    @property
    def _empty_text(self) -> str:
        if "contacts.new" in self.desk.everywhere:
            return N_("Nothing waits for you. F2 starts a contact when somebody calls.")
        return N_("Nothing waits for you.")

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show what waits now."""
        today = self.desk.clock.today()
        seen = await self.desk.store.read(home.look, user=self.desk.user, today=today)
        records = self.query_one(RecordList)
        marked = records.current
        due = self._due(seen) if self.desk.reads_contacts else []
        waiting = sorted([*due, *self._cases(seen)], key=lambda row: row.place)
        records.show([*self._unfinished(seen), *self._to_ring(seen), *waiting], more=False)
        if marked is not None:
            records.keep_cursor(marked.key)
        if self.focused is None:
            records.focus()
        self.query_one("#figures", Static).update(_figures(seen, self.desk.last_saved))
        self.query_one("#exchange", Static).update(_exchange(seen))
        if may(self.desk.user, Act.READ_CASES):
            await self._show_safety()
            await self._catch_up()

    async def _show_safety(self) -> None:
        """Say who is senior person on site, and what they were not told yet."""
        from deskapp.services import spos  # the first paint does not wait for it

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
        from deskapp.services.casework import turning  # neither does it for this

        if await self.desk.store.read(turning.is_behind, self.desk.clock.now()):
            await self.desk.up_to_date()
            self.load()

    def _unfinished(self, seen: Home) -> list[Row]:
        rows = []
        for draft in seen.unfinished:
            state = _("parked") if draft.parked else _("open now")
            time = when(local(draft.started_at), self.desk.clock.today())
            who = " ".join(filter(None, (draft.ref, draft.person_name, draft.topic_label)))
            rows.append(
                Row(f"draft:{draft.id}", (f"{state} {time}", draft.what, who or _("not given yet")))
            )
        return rows

    def _to_ring(self, seen: Home) -> list[Row]:
        if not seen.callbacks:
            return []
        from deskapp.screens import callback_rows

        return callback_rows.of_home(
            seen.callbacks, nation=self.desk.nation, now=self.desk.clock.now()
        )

    def _due(self, seen: Home) -> list[Row]:
        today = self.desk.clock.today()
        return [
            Row(
                f"contact:{line.contact_id}",
                (
                    home.due_words(line.due_on, today),
                    ": ".join(filter(None, (follow_ups.label(line.kind), line.what))),
                    f"{line.ref} {line.person_name}",
                ),
                place=(line.due_on.isoformat(), 1),
                mark="overdue" if line.due_on <= today else "",
            )
            for line in seen.due
        ]

    def _cases(self, seen: Home) -> list[Row]:
        """What is late already stands before what is due on the same day."""
        now = self.desk.clock.now()
        return [
            Row(
                f"case:{line.id}",
                (
                    home.due_text(line.due, line.overdue_at, now),
                    _("Casework"),
                    f"{line.ref} {line.title}",
                ),
                place=(home.local_day(line.due).isoformat(), int(now < line.overdue_at)),
                mark="overdue",
            )
            for line in seen.cases
        ]

    async def action_leaving(self) -> None:
        """Show who in the building needs help to leave."""
        await self.desk.go(name="leaving.LeavingScreen")

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        kind, _colon, row_id = event.row.key.partition(":")
        if kind == "draft":
            self.desk.open_draft(row_id)
        elif kind == "callback":
            self.desk.open_callback(row_id)
        elif kind == "case":
            self.desk.open_case(row_id)
        else:
            self.desk.open_contact(row_id)


def _figures(seen: Home, last_saved: str) -> str:
    today = ngettext("{count} contact today", "{count} contacts today", seen.contacts_today)
    more = ngettext(
        "and {count} more promise after these",
        "and {count} more promises after these",
        seen.more_due,
    )
    parts = [today.format(count=number(seen.contacts_today))]
    if last_saved:
        parts.append(_("last saved {what}").format(what=last_saved))
    if seen.more_due:
        parts.append(more.format(count=number(seen.more_due)))
    return ", ".join(parts)


def _exchange(seen: Home) -> str:
    pending = ngettext(
        "{count} change kept here",
        "{count} changes kept here",
        seen.exchange.pending,
    ).format(count=number(seen.exchange.pending))
    if not seen.exchange.joined:
        return _("Not joined to a central database; {pending}.").format(pending=pending)
    return _("Last exchange on {day}; {pending}.").format(
        day=day(seen.exchange.last_ok_on) if seen.exchange.last_ok_on else _("no day yet"),
        pending=pending,
    )
