"""F3: one box over persons, contacts and courts, from every screen and back to it."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from deskapp.i18n import N_, _, language, ngettext, number
from deskapp.screens import contact_list
from deskapp.screens.base import DeskScreen
from deskapp.services import contact_lines, courts, persons
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList, Row

ROWS = 8
_EMPTY = N_("Type two letters or more. What is found appears here.")


class FindScreen(DeskScreen[None]):
    """What matches, persons first, then contacts, then courts; Enter opens."""

    HEADING: ClassVar[str] = N_("Find")
    HELP: ClassVar[str] = N_(
        "Type a name, a reference, a case number, a phone number, a postcode or a court. Courts are"
        " found by their old and Welsh names and codes too. Down goes into the list, Enter opens,"
        " Esc goes back to where you were; a form you were filling in is as you left it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def body(self) -> ComposeResult:
        box = Input(id="search", placeholder=_("Person, contact or court"), compact=True)
        box.cursor_blink = False
        yield box
        yield RecordList(
            Column(N_("Kind"), 8),
            Column(N_("What was found")),
            Column(N_("More")),
            empty=_EMPTY,
        )

    async def relabel(self) -> None:
        words = self.query_one("#search", Input).value
        await super().relabel()
        self.query_one("#search", Input).value = words

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self.look(event.value.strip())

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        """Into the list; the only match opens at once."""
        records = self.query_one(RecordList)
        records.focus()
        if len(records.rows) == 1:
            records.action_choose()

    def find_here(self) -> bool:
        """F3 again: back into the box."""
        self.query_one("#search", Input).focus()
        return True

    def key_down(self) -> None:
        """From the box into the list."""
        if isinstance(self.focused, Input):
            self.query_one(RecordList).focus()

    @work(exclusive=True, group="look")
    async def look(self, text: str) -> None:
        """Show what matches; a newer search replaces this one."""
        rows: list[Row] = []
        if len(text) > 1:
            rows = await self._rows(text)
        records = self.query_one(RecordList)
        records.empty_text = N_("Nothing matches. Try fewer letters.") if len(text) > 1 else _EMPTY
        records.show(rows, more=False)

    async def _rows(self, text: str) -> list[Row]:
        places = await asyncio.to_thread(courts.find, text, limit=ROWS)
        court_rows = [
            Row(
                f"court:{hit.court.key}",
                (_("Court"), hit.court.shown_name(language()), hit.reason_beside_name()),
            )
            for hit in places
        ]
        return [*(await self._contact_rows(text)), *court_rows]

    async def _contact_rows(self, text: str) -> list[Row]:
        """Persons and contacts, for those who may see them."""
        if not self.desk.reads_contacts:
            return []
        store = self.desk.store
        people = await store.read(persons.find, text, limit_rows=ROWS)
        contacts = await store.read(contact_lines.page, Want(limit_rows=ROWS), text)
        today = self.desk.clock.today()
        return [
            *(
                Row(f"person:{line.id}", (_("Person"), line.full_name, _hint(line)))
                for line in people
            ),
            *(
                Row(f"contact:{line.id}", (_("Contact"), *_contact_cells(line, today)))
                for line in contacts.lines
            ),
        ]

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self._open(event.row.key)

    def _open(self, key: str) -> None:
        kind, _colon, row_id = key.partition(":")
        if kind == "person":
            self.desk.open_person(row_id)
        elif kind == "contact":
            self.desk.open_contact(row_id)
        else:
            self.app.push_screen(CourtScreen(row_id))


class CourtScreen(DeskScreen[None]):
    """Everything known about one court, to read out."""

    HEADING: ClassVar[str] = N_("Court")
    HELP: ClassVar[str] = N_(
        "What the directory knows about this court, with the date it was correct. Check a number"
        " before you read it out. F12 shows it in the other language."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def body(self) -> ComposeResult:
        card = courts.card(courts.by_key(self._key), language())
        page = Text()
        for label, value in card:
            page.append(f"{label}: ", style="bold")
            page.append(value + "\n")
        with VerticalScroll():
            yield Static(page, markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


def _hint(line: persons.PersonLine) -> str:
    had = ngettext("{count} contact", "{count} contacts", line.contacts)
    return " ".join(filter(None, (line.postcode, had.format(count=number(line.contacts)))))


def _contact_cells(line: contact_lines.ContactLine, today: dt.date) -> tuple[str, str]:
    when, ref, person, topic, outcome = contact_list.row(line, today).cells
    return f"{ref} {person}", f"{when} {topic}, {outcome}"
