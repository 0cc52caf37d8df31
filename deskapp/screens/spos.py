"""Who is senior person on site now and on the days ahead; a team leader books it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp import paths
from deskapp.errors import FormProblemsError
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens.base import DeskScreen, Entry, reads, says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.picks import finder, pick
from deskapp.services import bank_holidays, drafts
from deskapp.services.dates import Nation
from deskapp.services.hard import spos, spos_booking
from deskapp.services.hard.spos import HALF_LABELS, Shift
from deskapp.text import one_line
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.told import Told


class SposScreen(DeskScreen[None]):
    """The half-days ahead with who is booked; Enter books the marked one."""

    HEADING: ClassVar[str] = N_("Senior person on site")
    HELP: ClassVar[str] = N_(
        "Here is whom to tell when there is danger, now and on the working days ahead. A team"
        " leader books: Enter on a half-day opens the form. What was booked is kept; where two"
        " bookings meet, the one made last counts."
    )

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield RecordList(
            Column(N_("When"), 38),
            Column(N_("Who")),
            empty=N_("No half-days."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show who is booked now."""
        read, now, user = self.desk.store.read, self.desk.clock.now(), self.desk.user
        folder = paths.settings_folder()
        calendar = bank_holidays.in_force(folder)[Nation(self.desk.nation)]
        rules = spos.rules(folder)
        shifts = await read(spos.shifts, now, calendar=calendar, rules=rules, user=user)
        self.query_one("#said", Told).update(spos.now_words(shifts[0].duty))
        records = self.query_one(RecordList)
        records.renew([_row(shift) for shift in shifts])
        records.focus()

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        """Book the marked half-day; a form begun before is taken up again."""
        if not may(self.desk.user, Act.BOOK_DUTY):
            told = _("A team leader or manager books this.")
            self.notify(told, severity="warning", markup=False)
            return
        running = await self.desk.begun(drafts.DUTY)
        on_day, half = event.row.key.split()
        values = {"day": on_day, "half": half}
        draft = running or self.desk.new_draft(drafts.DUTY, values)
        known = await self.desk.store.read(spos.people, user=self.desk.user)
        await self.app.push_screen(DutyScreen(draft, known))


class DutyScreen(FormScreen):
    """Books somebody as senior person on site."""

    HEADING: ClassVar[str] = N_("Book the senior person")
    HELP: ClassVar[str] = N_(
        "Enter who is senior person on site, their phone number, the day, and morning or afternoon;"
        " empty is the whole day. F8 saves."
    )

    def __init__(self, draft: drafts.Draft, known: Mapping[str, str] | None = None) -> None:
        super().__init__(draft)
        self._known = known or {}
        self._may_replace: set[str] = set()
        """Who may be replaced, as the officer said."""

    def fields(self) -> Sequence[FormField]:
        halves = [(half.value, _(label)) for half, label in HALF_LABELS.items()]
        known = [(name, name) for name in self._known]
        return (
            FormField("known", N_("Who"), "choice", typed_as="name", free=True, find=finder(known)),
            FormField("phone", N_("Phone"), hint=N_("Empty: as before"), card_check=False),
            FormField("day", N_("Day"), hint=N_("Like today, Tue or 30 11")),
            pick("half", N_("Half-day"), halves, hint=N_("Empty: the whole day")),
        )

    @property
    def untouched(self) -> bool:
        return not any(self.draft.values.get(name) for name in ("name", "phone"))

    def body(self) -> ComposeResult:
        yield Told("", id="said", markup=False)
        yield from super().body()

    async def on_mount(self) -> None:
        await super().on_mount()
        self.look()

    async def relabel(self) -> None:
        await super().relabel()
        self.look()

    def changed(self) -> None:
        self.look()

    @reads
    async def look(self) -> None:
        """Say who is booked for the half-days that are typed."""
        others = await self._others()
        told = _("Booked already: {who}").format(who=", ".join(others)) if others else ""
        self.query_one("#said", Told).update(told)

    async def _others(self) -> list[str]:
        """Who would be replaced; nobody while the form cannot be read."""
        try:
            given = {**self.values, "name": self.values.get("name") or "?"}
            booking = spos_booking.read(given, today=self.desk.clock.today())
        except FormProblemsError:
            return []
        midday = spos.rules(paths.settings_folder()).midday
        read = self.desk.store.read
        return await read(spos_booking.replaced, booking, midday, user=self.desk.user)

    async def ready(self) -> bool:
        """Ask before somebody else is replaced."""
        if not await super().ready():
            return False
        others = await self._others()
        if not others or set(others) <= self._may_replace:
            return True
        name = one_line(self.values.get("name", ""))
        question = _("{who} is booked then.").format(who=", ".join(others))
        instead = _("Put {name} in their place").format(name=name)
        entries = [Entry("R", instead, "yes"), Entry("N", _("No, go back to the form"), "")]

        async def answered(yes: str | None) -> None:
            if yes:
                self._may_replace.update(others)
                await self.action_save()

        await self.desk.ask(question, entries, answered)
        return False

    async def save(self, values: Mapping[str, str]) -> str:
        booking = spos_booking.read(values, today=self.desk.clock.today())
        midday = spos.rules(paths.settings_folder()).midday
        who = await self.desk.acting()
        await self.desk.store.write(spos_booking.book, who, self.draft.id, booking, midday)
        return self.draft.id

    def saved(self, row_id: str) -> None:
        self.app.notify(_("Booked."), markup=False)


def _row(shift: Shift) -> Row:
    who = shift.who or _("NOBODY IS BOOKED")
    return Row(
        f"{shift.day} {shift.half}", (shift.label, who), mark="" if shift.duty else "overdue"
    )
