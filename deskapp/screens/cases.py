"""The casework desk: worklists of every scheme, what is due, and one box that finds a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Hashable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from deskapp.i18n import N_, _
from deskapp.roles import Act, require
from deskapp.screens import case_list
from deskapp.screens.base import Entry, reads, says
from deskapp.screens.paged import Rows
from deskapp.screens.pick import Line, Pick
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import kinds, typed
from deskapp.services.casework import (
    case_find,
    case_lists,
    due_lists,
    forms,
    projection,
    shelf,
    turning,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.values import day_of
from deskapp.services.casework.words import shown
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Order
from deskapp.widgets.told import Told

NO_CASE = N_("There are no such cases. Ctrl+R shows another list, Ctrl+N opens a case.")

ITEMS = "items"
ITEM_DAYS = 14
"""How far ahead the list of what is due looks."""
LISTS: dict[str, tuple[str, str]] = {
    Which.OPEN: ("A", N_("All open")),
    Which.OVERDUE: ("V", N_("Overdue")),
    Which.TODAY: ("T", N_("Today")),
    Which.SOON: ("S", N_("Soon")),
    Which.TODO: ("D", N_("To do")),
    Which.WAITING: ("W", N_("Waiting")),
    Which.MINE: ("M", N_("Mine")),
    Which.TEAM: ("C", N_("Team")),
    Which.DONE: ("E", N_("Closed")),
    Which.CONFLICT: ("X", N_("In conflict")),
    ITEMS: ("I", N_("Items due")),
}
"""The lists in their order, each with its letter and untranslated name."""
ALWAYS = [name for name in LISTS if name != Which.CONFLICT]
"""Those that are named above the rows; Left and Right go through them."""


class CasesScreen(SearchScreen):
    """Cases of every scheme, the most urgent first."""

    HEADING: ClassVar[str] = N_("Casework")
    HELP: ClassVar[str] = N_(
        "Every case of this desk, the most urgent first. Ctrl+R or Left and Right go to another"
        " list: overdue, today, soon, to do, waiting, mine, those of your team, closed, or single"
        " items that are due. Ctrl+R can also show the cases of one scheme only, and those in which"
        " something of another desk could not be followed: it changed nothing, and a team leader"
        " looks at it. Type in the box to find a case by its reference or words; Down goes into the"
        " list, Enter opens. In the list, type a day, such as 30/11, to go to what is due then."
        " Ctrl+N opens a new case."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "list.new", "screen.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    AUTO_FOCUS: ClassVar[str] = "RecordList"
    HINT: ClassVar[str] = N_("Reference, name or words")
    EMPTY: ClassVar[str] = N_("The cases are being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = case_list.COLUMNS
    ORDER: ClassVar[Order] = "day"
    OPENS: ClassVar[str] = kinds.CASE

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._list: str = Which.OPEN
        self._scheme = ""

    def body(self) -> ComposeResult:
        yield Told("", id="lists", markup=False)
        yield from super().body()

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        if not self.records.keep_place():
            self.search()

    # -- which list -----------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and Right move the cursor as long as there are words in the box."""
        if action == "turn" and self.box.has_focus and self.box.value:
            return False
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Show the next list or the one before."""
        at = ALWAYS.index(self._list) if self._list in ALWAYS else -1
        self.show_list(ALWAYS[(at + by) % len(ALWAYS)], self._scheme)

    async def action_pick_list(self) -> None:
        """Ask which list is to be shown, or which scheme."""
        entries = [Entry(letter, _(label), name) for name, (letter, label) in LISTS.items()]
        one = Entry("1", _("Cases of one scheme only"), "one")
        every = Entry("0", _("Cases of every scheme"), "every")
        await self.desk.ask(_("Which list?"), [*entries, one, every], self._list_answered)

    @says
    async def _list_answered(self, answer: str | None) -> None:
        if answer == "one":
            await self._pick_scheme(_("Cases of which scheme?"), self._scheme_answered)
        elif answer == "every":
            self.show_list(self._list, "")
        elif answer:
            self.show_list(answer, self._scheme)

    async def _scheme_answered(self, scheme: str | None) -> None:
        if scheme:
            self.show_list(self._list, scheme)

    def show_list(self, name: str, scheme: str) -> None:
        """Show a list from its start; ``scheme`` is empty for all of them."""
        self._list, self._scheme = name, scheme
        self.box.value = ""
        self.records.rows = []
        self.search()

    async def _pick_scheme(
        self, question: str, answered: Callable[[str | None], Awaitable[None]]
    ) -> None:
        acting = await self.desk.acting()
        known = shelf.visible(acting.book, acting.person)
        newest = shelf.newest(acting.book)
        lines = [Line(each.id, shown(each.label)) for each in newest if each.id in known]
        lines.sort(key=lambda line: line.label.casefold())
        await self.app.push_screen(Pick(question, lines), answered)

    # -- what is in it --------------------------------------------------------------------

    @property
    def subject(self) -> Hashable:
        return self.words, self._list, self._scheme

    async def show_first(self, words: str = "") -> None:
        await super().show_first(words)
        self._work_out_rest()

    @reads
    async def _work_out_rest(self) -> None:
        """What time changed in many cases at once, in small steps; then the list once more."""
        acting = await self.desk.acting()
        if not await self.desk.store.read(turning.is_behind, acting.at):
            return
        while await self.desk.store.jot(projection.catch_up, acting.book, acting.at):
            pass
        self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        asked = self.subject
        acting = await self.desk.up_to_date()
        page = await self._rows(want, acting, words)
        if asked == self.subject:
            self.query_one("#lists", Static).update(self._lists_line(acting, words))
        return page

    def name_nothing(self, words: str) -> None:
        self.records.empty_text = self.NO_MATCH if words else NO_CASE

    async def _rows(self, want: Want, acting: Acting, words: str) -> Rows:
        read, scheme = self.desk.store.read, self._scheme
        if not words and self._list == ITEMS:
            until = day_of(acting.now) + dt.timedelta(days=ITEM_DAYS)
            due = await read(due_lists.page, want, acting, until, scheme=scheme)
            return Rows([case_list.due_row(line, acting) for line in due.lines], due.more)
        if words:
            page = await read(case_find.find, want, acting, words)
        else:
            which = Which(self._list)
            page = await read(case_lists.page, want, acting, which, scheme=scheme)
        return Rows([case_list.row(line, acting) for line in page.lines], page.more)

    async def place_of(self, text: str, words: str) -> Want | None:
        try:
            day = None if words else typed.day(text, today=self.desk.clock.today())
        except typed.NotUnderstoodError:
            return None
        place = due_lists.from_day if self._list == ITEMS else case_lists.from_day
        return place(day) if day else None

    def _lists_line(self, acting: Acting, words: str) -> Text:
        """The lists by name, the one that is shown marked; or what the box looks through."""
        if words:
            return Text(_("Every case with these words, the newest first"), style="bold")
        names = [
            Text(_(label), style="reverse" if name == self._list else "")
            for name, (_letter, label) in LISTS.items()
            if name in (self._list, *ALWAYS)
        ]
        wide = Text("  ").join(names)
        line = wide if wide.cell_len <= self.size.width else Text(" ").join(names)
        if self._scheme:
            schemes = shelf.versions(acting.book, self._scheme)
            line.append("\n" + shown(schemes[-1].label), style="bold")
        return line

    # -- cases ----------------------------------------------------------------------------

    @says
    async def action_new_case(self) -> None:
        """Ask of which scheme, then show its form."""
        require(self.desk.user, Act.WORK_CASES)
        await self._pick_scheme(_("What is the new case about?"), self._new_case)

    @says
    async def _new_case(self, scheme: str | None) -> None:
        if not scheme:
            return
        from deskapp.screens.case_form import CaseFormScreen

        form = forms.opening(await self.desk.acting(), scheme)
        running = await self.desk.begun(form.name)
        draft = running or self.desk.new_draft(form.name, {**form.usual, **form.first})

        def opened(case_id: str | None) -> None:
            if case_id:
                self.desk.open(kinds.CASE, case_id)

        screen = CaseFormScreen(draft, form, is_new=running is None)
        await self.app.push_screen(screen, opened)
