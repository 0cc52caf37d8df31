"""Every person by name; typing in the list goes to a surname, typing in the box finds anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from deskapp.i18n import N_, _, number
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import kinds
from deskapp.services.paging import PAGE_ROWS, Want
from deskapp.services.persons import person_pages, persons
from deskapp.services.persons.persons import PersonLine
from deskapp.widgets.record_list import Column, Order, Row

NOBODY = N_("Nobody matches. Type three letters or more, or fewer words.")

if TYPE_CHECKING:
    from deskapp.app import DeskApp


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Persons, for Find."""
    if not desk.reads_contacts:
        return []
    people = await desk.store.read(persons.find, words, user=desk.user, limit_rows=FOUND_ROWS + 1)
    shown = [(line.id, line.full_name, persons.hint(line)) for line in people[:FOUND_ROWS]]
    more = [all_of_them("persons", _("Person"), words)] if len(people) > FOUND_ROWS else []
    return rows(kinds.PERSON, _("Person"), shown) + more


class PersonsScreen(SearchScreen):
    """Persons of this desk by surname; words in the box narrow them down."""

    HEADING: ClassVar[str] = N_("Persons")
    HELP: ClassVar[str] = N_(
        "Everybody who gave a name, sorted by the last word of it. In the list, type a surname or"
        " its first letters to go there; End goes to the last. Enter opens a person with every"
        " contact they had.\n\nF3 goes into the box: a name, a phone number, an email address or a"
        " postcode finds persons, the newest first. An empty box shows everybody again."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    AUTO_FOCUS: ClassVar[str] = "RecordList"
    HINT: ClassVar[str] = N_("Name, phone, email or postcode: three letters or more")
    EMPTY: ClassVar[str] = N_("Nobody has given a name yet.")
    NO_MATCH: ClassVar[str] = NOBODY
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Person")),
        Column(N_("Phone"), 16),
        Column(N_("Postcode"), 9),
        Column(N_("Contacts"), 12),
    )
    ORDER: ClassVar[Order] = "name"
    OPENS: ClassVar[str] = kinds.PERSON

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        read, user = self.desk.store.read, self.desk.user
        if words:
            people = await read(persons.find, words, user=user, limit_rows=PAGE_ROWS + 1)
            listed = [_row(line) for line in people[:PAGE_ROWS]]
            if len(people) > PAGE_ROWS:
                listed.append(Row("", (_("There are more. Type more of the name."), "", "", "")))
            return Rows(listed)
        page = await read(person_pages.page, want, user=user)
        listed = [_row(line)._replace(place=place) for line, place in page.lines]
        return Rows(listed, page.more, await read(person_pages.about))

    async def place_of(self, text: str, words: str) -> Want | None:
        return None if words else person_pages.starting(text)

    async def choose(self, row: Row) -> None:
        if row.key:
            await super().choose(row)


def _row(line: PersonLine) -> Row:
    cells = (line.full_name, line.phone, line.postcode, number(line.contacts))
    return Row(line.id, cells)
