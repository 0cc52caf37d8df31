"""The enquiry desk: every contact, newest first, and one box that finds them."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input

from deskapp.i18n import N_, _
from deskapp.screens import contact_list
from deskapp.screens.base import DeskScreen
from deskapp.services import contact_lines
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Edge, RecordList


class EnquiriesScreen(DeskScreen[None]):
    """Contacts of this desk; typing in the box narrows them down."""

    HEADING: ClassVar[str] = N_("Enquiries")
    HELP: ClassVar[str] = N_(
        "Every contact of this desk, newest first. Type any words in the box: a name, a reference,"
        " a case number, a phone number, a postcode, or what was said. Down goes into the list,"
        " Enter opens a contact, F3 goes back to the box."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def body(self) -> ComposeResult:
        box = Input(
            id="search", placeholder=_("Name, reference, case, phone or words"), compact=True
        )
        box.cursor_blink = False
        yield box
        yield RecordList(*contact_list.COLUMNS, empty=N_("No contact matches. Try fewer words."))

    def on_screen_resume(self) -> None:
        if not self.query_one(RecordList).keep_place():
            self.load("start")

    async def relabel(self) -> None:
        words = self.query_one("#search", Input).value
        await super().relabel()
        self.query_one("#search", Input).value = words
        self.load("start")

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self.load("start")

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        """Into the list; the only match opens at once."""
        records = self.query_one(RecordList)
        records.focus()
        if len(records.rows) == 1:
            records.action_choose()

    @on(RecordList.PageWanted)
    def _page_wanted(self, event: RecordList.PageWanted) -> None:
        self.load(event.edge, contact_list.want(event))

    @work(exclusive=True, group="load")
    async def load(self, edge: Edge, want: Want = Want()) -> None:  # noqa: B008
        """Show a page of the contacts that match the box; a newer search replaces this one."""
        words = self.query_one("#search", Input).value.strip()
        records = self.query_one(RecordList)
        marked = records.current if edge == "start" else None
        page = await self.desk.store.read(contact_lines.page, want, words)
        about = await self.desk.store.read(contact_lines.about) if not words else len(page.lines)
        contact_list.answer(records, edge, page, about=about, today=self.desk.clock.today())
        if marked is not None:
            records.keep_cursor(marked.key)

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.desk.open_contact(event.row.key)

    def key_down(self) -> None:
        """From the box into the list."""
        if isinstance(self.focused, Input):
            self.query_one(RecordList).focus()

    def find_here(self) -> bool:
        """F3: back into the box of this screen."""
        self.query_one("#search", Input).focus()
        return True
