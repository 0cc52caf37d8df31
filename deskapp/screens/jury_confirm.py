"""The end of the day on one screen: who attended, is not out, was absent; then it is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from deskapp.data.ids import new_id
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, ngettext, number, weekday
from deskapp.screens import jury_desk, jury_told
from deskapp.screens.base import reads, saves, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.services.jury import day_end
from deskapp.services.jury.day_end import Confirmed, DayEnd
from deskapp.services.jury.lines import JurorLine
from deskapp.widgets.record_page import RecordPage, headed
from deskapp.widgets.told import Told

NAMED = 100
"""How many of a group are named; the lists have everybody."""


class ConfirmDayScreen(JuryScreen[None]):
    """What confirming would do, before it is done."""

    HEADING: ClassVar[str] = N_("Confirm the day")
    HELP: ClassVar[str] = N_(
        "Everybody of the day, as confirming takes them. F8 confirms: whoever attended gets one"
        " audit number, whoever was due and did not come becomes absent. Those who are still in get"
        " the time out that stands at the top. Jurors on a trial, on call or confirmed before are"
        " not touched.\n\nA day can be confirmed again for late entries until it is locked. Esc"
        " goes back and changes nothing. PgUp and PgDn move through the page."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("jury.confirm", "screen.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,down", "page(1)", show=False),
        Binding("pageup,up", "page(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: DayEnd | None = None
        self._step_id = new_id()
        """Of this confirmation: pressed twice, it is made once."""

    def body(self) -> ComposeResult:
        yield from self.day_line()
        with Horizontal(id="jury-leaving"):
            yield Label(_("Time out of those still in"), markup=False)
            box = Input(id="time-out", placeholder=_(jury_desk.TIME_HINT), compact=True)
            box.cursor_blink = False
            yield box
        yield Told("", id="said", markup=False)
        yield RecordPage()

    def on_mount(self) -> None:
        self.query_one("#time-out", Input).focus()
        self.load()

    async def relabel(self) -> None:
        typed = self.query_one("#time-out", Input).value
        await super().relabel()
        self.on_mount()
        self.query_one("#time-out", Input).value = typed

    @reads
    async def load(self) -> None:
        """Show the end of the day."""
        first, who = self._shown is None, await jury_desk.acting_first(self.desk)
        self._shown = shown = await self.desk.store.read(day_end.look, who)
        self.say_day(who)
        self.query_one("#jury-leaving").set_class(not shown.not_out, "-none")
        if first:
            self.query_one("#time-out", Input).value = jury_desk.time_first(who)
        self.query_one("#said", Told).update(_said(shown))
        self.query_one(RecordPage).show(*_parts(shown))

    def action_page(self, by: int) -> None:
        """Move through the page while the cursor stays in the field."""
        page = self.query_one(RecordPage)
        page.scroll_page_down(animate=False) if by > 0 else page.scroll_page_up(animate=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Enter does nothing here: the day is confirmed with its own key."""
        event.stop()

    @says
    async def action_save(self) -> None:
        """Confirm the day, once it stands on the screen."""
        await self.page_read()
        if self._shown is None:
            return
        who = await jury_desk.acting_first(self.desk)
        if self._shown.not_out:
            time = jury_desk.time_given(self.query_one("#time-out", Input).value, who)
            await self.meant(who, time, partial(self.confirm, time))
        else:
            self.confirm(None)

    @saves
    async def confirm(self, time: dt.time | None) -> None:
        """Confirm the day; ``time`` is when those left who are still in."""
        who = await jury_desk.acting_first(self.desk)
        done = await self.desk.store.write(day_end.confirm, who, time, step_id=self._step_id)
        told = confirmed_words(done)
        self.desk.last_saved = lambda: told
        self.app.notify(told, markup=False)
        self.dismiss()

    def not_saved(self, error: DeskError) -> None:
        super().not_saved(error)
        self.load()  # somebody may have come meanwhile


def confirmed_words(done: Confirmed) -> str:
    """What came of confirming a day or a jury."""
    told = ngettext(
        "{count} juror confirmed, {audit}.",
        "{count} jurors confirmed, {audit}.",
        len(done.confirmed),
    ).format(count=number(len(done.confirmed)), audit=done.audit_number)
    if not done.absent:
        return told
    absent = ngettext("{count} was absent.", "{count} were absent.", len(done.absent))
    return f"{told} {absent.format(count=number(len(done.absent)))}"


def _said(shown: DayEnd) -> Text:
    said = Text()
    if shown.previous_unconfirmed:
        words = _("NOT CONFIRMED YET: {date}, the working day before.")
        said.append(words.format(date=weekday(shown.previous_unconfirmed)) + "\n", style="bold")
    counts = (
        (_("Attended"), shown.attended),
        (_("Not out"), shown.not_out),
        (_("Absent"), shown.absent),
        (_("On trial"), shown.on_trial),
        (_("On call"), shown.on_call),
    )
    told = " · ".join(f"{label} {number(len(lines))}" for label, lines in counts)
    words = _("F8 confirms {confirmed} and records {absent} as absent.").format(
        confirmed=number(len(shown.attended) + len(shown.not_out)),
        absent=number(len(shown.absent)),
    )
    return said.append(f"{told}\n{words}")


def _parts(shown: DayEnd) -> Iterator[Text]:
    """The groups of the day, those that change first; every group is named, the empty too."""
    groups = (
        (_("Still in, they get the time out above"), shown.not_out),
        (_("Due and not here: will be absent"), shown.absent),
        (_("Attended: will be confirmed"), shown.attended),
        (_("On trial: confirmed with their trial"), shown.on_trial),
        (_("On call: not touched"), shown.on_call),
        (_("Confirmed before"), shown.confirmed),
        (_("Absent, recorded before"), shown.absent_already),
        (_("Neither: look at each of them"), shown.untouched),
    )
    for heading, lines in groups:
        yield headed(f"{heading}: {number(len(lines))}", _names(lines))
    empty = [f"{heading}: {number(0)}" for heading, lines in groups if not lines]
    yield headed(_("Nobody here"), empty)


def _names(lines: Sequence[JurorLine]) -> list[str]:
    names = [
        f"{line.number}  {line.name}  {jury_told.of_day(line)}".rstrip() for line in lines[:NAMED]
    ]
    more = len(lines) - NAMED
    if more > 0:
        names.append(_("and {count} more: the lists have them all").format(count=number(more)))
    return names
