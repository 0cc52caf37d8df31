"""A person who has been in contact, with every contact they had here."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import DeskError
from deskapp.i18n import N_, ngettext, number
from deskapp.screens import contact_list
from deskapp.screens.base import DeskScreen, reads
from deskapp.services import contact_lines, persons
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Edge, RecordList


class PersonScreen(DeskScreen[None]):
    """The history of one person, newest first."""

    HEADING: ClassVar[str] = N_("Person")
    HELP: ClassVar[str] = N_(
        "Every contact of this person, newest first. Enter opens one. Type a day, such as 3/10, to"
        " go to it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def body(self) -> ComposeResult:
        yield Static("", id="person", markup=False)
        yield RecordList(
            *contact_list.COLUMNS, empty=N_("No contact is linked to this person."), order="day"
        )

    def on_screen_resume(self) -> None:
        if not self.query_one(RecordList).keep_place():
            self.load("start")

    async def relabel(self) -> None:
        await super().relabel()
        self.load("start")

    @on(RecordList.PageWanted)
    def _page_wanted(self, event: RecordList.PageWanted) -> None:
        self.load(event.edge, contact_list.want(event))

    @on(RecordList.Sought)
    def _sought(self, event: RecordList.Sought) -> None:
        day = contact_list.day_of(event.text, self.desk.clock.today())
        if day is not None:
            self.load("sought", contact_lines.until(day))

    @reads
    async def load(self, edge: Edge, want: Want = Want()) -> None:  # noqa: B008
        """Show who it is and a page of their contacts."""
        try:
            person = await self.desk.store.read(persons.get, self._person_id, user=self.desk.user)
        except DeskError as error:
            self.app.notify(str(error), severity="error", markup=False)
            self.dismiss()
            return
        page = await self.desk.store.read(
            contact_lines.of_person, want, self._person_id, user=self.desk.user
        )
        had = ngettext("{count} contact", "{count} contacts", person.contacts)
        parts = (person.full_name, person.phone, person.email, person.postcode)
        words = " · ".join((*filter(None, parts), had.format(count=number(person.contacts))))
        self.query_one("#person", Static).update(words)
        contact_list.answer(
            self.query_one(RecordList),
            edge,
            page,
            about=person.contacts,
            today=self.desk.clock.today(),
        )
        self.query_one(RecordList).focus()

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.desk.open_contact(event.row.key)
