"""The enquiry desk: every contact, newest first, and one box that finds them."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from deskapp.i18n import N_
from deskapp.screens import contact_list
from deskapp.screens.base import reads
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import contact_lines
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList


class EnquiriesScreen(SearchScreen):
    """Contacts of this desk; typing in the box narrows them down."""

    HEADING: ClassVar[str] = N_("Enquiries")
    HELP: ClassVar[str] = N_(
        "Every contact of this desk, newest first. Type any words in the box: a name, a reference,"
        " a case number, a phone number, a postcode, or what was said. Down goes into the list,"
        " Enter opens a contact, F3 goes back to the box."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    HINT: ClassVar[str] = N_("Name, reference, case, phone or words")
    EMPTY: ClassVar[str] = N_("No contact matches. Try fewer words.")
    COLUMNS: ClassVar[tuple[Column, ...]] = contact_list.COLUMNS

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
        self.turn_page(event, self.words)

    @reads
    async def turn_page(self, event: RecordList.PageWanted, words: str) -> None:
        """Read the page that the list asks for; dropped when other words are searched by then."""
        store = self.desk.store
        page = await store.read(
            contact_lines.page, contact_list.want(event), words, user=self.desk.user
        )
        about = await store.read(contact_lines.about) if not words else len(page.lines)
        if words == self.words:
            today = self.desk.clock.today()
            contact_list.answer(self.records, event.edge, page, about=about, today=today)

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.desk.open_contact(event.row.key)
