"""The enquiry desk: every contact, newest first, and one box that finds them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual import on

from deskapp.i18n import N_
from deskapp.screens import contact_list
from deskapp.screens.base import reads
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import contact_lines, kinds
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Edge, Order, RecordList


class EnquiriesScreen(SearchScreen):
    """Contacts of this desk; typing in the box narrows them down."""

    HEADING: ClassVar[str] = N_("Enquiries")
    HELP: ClassVar[str] = N_(
        "Every contact of this desk, newest first. Type any words in the box: a name, a reference,"
        " a case number, a phone number, a postcode, or what was said. Down goes into the list,"
        " Enter opens a contact, F3 goes back to the box. In the list, type a day, such as 3/10, to"
        " go to it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    AUTO_FOCUS: ClassVar[str] = "RecordList"
    HINT: ClassVar[str] = N_("Name, reference, case, phone or words")
    EMPTY: ClassVar[str] = N_("No contact matches. Try fewer words.")
    COLUMNS: ClassVar[tuple[Column, ...]] = contact_list.COLUMNS
    ORDER: ClassVar[Order] = "day"

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.search()

    async def show_matches(self, words: str) -> None:
        marked = self.records.current
        page = await self.desk.store.read(contact_lines.page, Want(), words, user=self.desk.user)
        about = await self.desk.store.read(contact_lines.about) if not words else len(page.lines)
        today = self.desk.clock.today()
        contact_list.answer(self.records, "start", page, about=about, today=today)
        if marked is not None and words == self.words:
            self.records.keep_cursor(marked.key)

    @on(RecordList.PageWanted)
    def _page_wanted(self, event: RecordList.PageWanted) -> None:
        self.turn_page(event.edge, contact_list.want(event), self.words)

    @on(RecordList.Sought)
    def _sought(self, event: RecordList.Sought) -> None:
        day = contact_list.day_of(event.text, self.desk.clock.today())
        if day is not None:
            self.go_to(day, self.words)

    @reads
    async def go_to(self, day: dt.date, words: str) -> None:
        """Show the page that begins with the newest contact of a day."""
        want = contact_lines.until(day)
        if words:
            want = await self.desk.store.read(contact_lines.found_until, day)
        self.turn_page("sought", want, words)

    @reads
    async def turn_page(self, edge: Edge, want: Want, words: str) -> None:
        """Read the page that the list asks for; dropped when other words are searched by then."""
        store = self.desk.store
        page = await store.read(contact_lines.page, want, words, user=self.desk.user)
        about = await store.read(contact_lines.about) if not words else len(page.lines)
        if words == self.words:
            today = self.desk.clock.today()
            contact_list.answer(self.records, edge, page, about=about, today=today)

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.desk.open(kinds.CONTACT, event.row.key)
