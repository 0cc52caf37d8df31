"""F3: one box over persons, contacts and courts, from every screen and back to it."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from deskapp import paths
from deskapp.errors import DeskError
from deskapp.i18n import N_, _, language
from deskapp.roles import Act, may
from deskapp.screens import case_list, contact_list
from deskapp.screens.base import DeskScreen
from deskapp.screens.cases import CasesScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.search_screen import SearchScreen
from deskapp.screens.turnaround import TurnaroundScreen
from deskapp.services import contact_lines, courts, persons, turnaround
from deskapp.services.casework import case_lists
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList, Row

ROWS = 8


class FindScreen(SearchScreen):
    """What matches: persons, then contacts, cases and courts; Enter opens."""

    HEADING: ClassVar[str] = N_("Find")
    HELP: ClassVar[str] = N_(
        "Type a name, a reference, a case number, a phone number, a postcode or a court. Courts are"
        " found by their old and Welsh names and codes too. Down goes into the list, Enter opens,"
        " Esc goes back to where you were; a form you were filling in is as you left it."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    HINT: ClassVar[str] = N_("Person, contact, case or court")
    EMPTY: ClassVar[str] = N_("Type two letters or more. What is found appears here.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Kind"), 8),
        Column(N_("What was found")),
        Column(N_("More")),
    )

    async def show_matches(self, words: str) -> None:
        long_enough = len(words) > 1
        rows = await self._rows(words) if long_enough else []
        nothing = N_("Nothing matches. Try fewer letters.")
        self.records.empty_text = nothing if long_enough else self.EMPTY
        self.records.show(rows, more=False)

    async def _rows(self, text: str) -> list[Row]:
        places = await asyncio.to_thread(courts.find, text, limit=ROWS)
        court_rows = [
            Row(
                f"court:{hit.court.key}",
                (_("Court"), hit.court.shown_name(language()), hit.reason_beside_name()),
            )
            for hit in places
        ]
        if remark := courts.remark(places):
            court_rows.insert(0, Row("remark", (_("Court"), remark, "")))
        return [
            *(await self._contact_rows(text)),
            *(await self._case_rows(text)),
            *self._paper_rows(text),
            *court_rows,
        ]

    def _paper_rows(self, text: str) -> list[Row]:
        """How long the papers take that the words name."""
        try:
            table = turnaround.in_force(paths.settings_folder())
        except DeskError as error:
            return [Row(f"papers:{text}", (_("Papers"), str(error), ""))]
        return [
            Row(
                f"papers:{text}",
                (
                    _("Papers"),
                    process.process[language()],
                    turnaround.days_words(process),
                ),
            )
            for process in turnaround.find(table, text)
        ]

    async def _case_rows(self, text: str) -> list[Row]:
        """Cases that the officer may know of."""
        if not may(self.desk.user, Act.READ_CASES):
            return []
        try:
            acting = await self.desk.up_to_date()
            want = Want(limit_rows=ROWS)
            found = await self.desk.store.read(case_lists.find, want, acting, text)
        except DeskError as error:
            self.not_read(error)  # what else was found is shown
            return []
        cells = [(line, case_list.row(line, acting).cells) for line in found.lines]
        return [
            *(
                Row(f"case:{line.id}", (_("Case"), f"{ref} {what}", f"{due} {stage}".strip()))
                for line, (due, ref, what, stage, _owner) in cells
            ),
            *_more(found.more, f"cases:{text}", _("Case"), _("Enter shows them all.")),
        ]

    async def _contact_rows(self, text: str) -> list[Row]:
        """Persons and contacts, for those who may see them."""
        if not self.desk.reads_contacts:
            return []
        store, user = self.desk.store, self.desk.user
        people = await store.read(persons.find, text, user=user, limit_rows=ROWS + 1)
        contacts = await store.read(contact_lines.page, Want(limit_rows=ROWS), text, user=user)
        today = self.desk.clock.today()
        return [
            *(
                Row(f"person:{line.id}", (_("Person"), line.full_name, persons.hint(line)))
                for line in people[:ROWS]
            ),
            *_more(len(people) > ROWS, "people", _("Person"), _("Type more of the name.")),
            *(
                Row(f"contact:{line.id}", (_("Contact"), *_contact_cells(line, today)))
                for line in contacts.lines
            ),
            *_more(contacts.more, f"more:{text}", _("Contact"), _("Enter shows them all.")),
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
        elif kind == "case":
            self.desk.open_case(row_id)
        elif kind == "cases":
            self.app.push_screen(CasesScreen(row_id))
        elif kind == "more":
            self.app.push_screen(EnquiriesScreen(row_id))
        elif kind == "papers":
            self.app.push_screen(TurnaroundScreen(row_id))
        elif kind == "court":
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


def _more(there_are: bool, key: str, kind: str, what_to_do: str) -> list[Row]:
    """A last line that says that there is more than fits here."""
    return [Row(key, (kind, _("There are more."), what_to_do))] if there_are else []


def _contact_cells(line: contact_lines.ContactLine, today: dt.date) -> tuple[str, str]:
    when, ref, person, topic, outcome = contact_list.row(line, today).cells
    return f"{ref} {person}", f"{when} {topic}, {outcome}"
