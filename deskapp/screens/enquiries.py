"""The enquiry desk: every contact, newest first, and one box that finds them."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens import contact_list
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import kinds
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Order


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
    EMPTY: ClassVar[str] = N_("There are no contacts.")
    COLUMNS: ClassVar[tuple[Column, ...]] = contact_list.COLUMNS
    ORDER: ClassVar[Order] = "day"
    OPENS: ClassVar[str] = kinds.CONTACT

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        today = self.desk.clock.today()
        page = await self.desk.store.read(contact_lines.page, want, words, user=self.desk.user)
        about = 0 if words else await self.desk.store.read(contact_lines.about)
        return Rows([contact_list.row(line, today) for line in page.lines], page.more, about)

    async def place_of(self, text: str, words: str) -> Want | None:
        day = contact_list.day_of(text, self.desk.clock.today())
        if day is None:
            return None
        if not words:
            return contact_lines.until(day)
        return await self.desk.store.read(contact_lines.found_until, day)
