"""Who is rung back: all that is left to do, or one day, by time."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens import callback_rows
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services import kinds, typed
from deskapp.services.callbacks import callback_lines, diaries
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column


class CallbacksScreen(SearchScreen):
    """Callbacks of this desk; a day typed in the box shows that day."""

    HEADING: ClassVar[str] = N_("Callbacks")
    HELP: ClassVar[str] = N_(
        "Everybody who is still to be rung back, the earliest first. Type a day, like today,"
        " tomorrow or 30 11, to see that day with what became of each; an empty box shows all"
        " again. Down goes back into the list, Enter opens a callback.\n\nTries are those made of"
        " those allowed, Slot is how many callbacks the half hour holds of those it may hold. A"
        " half hour can hold more when two desks booked it while they could not see each other:"
        " both stand."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    AUTO_FOCUS: ClassVar[str] = "RecordList"
    HINT: ClassVar[str] = N_("A day, like today or 30 11; empty shows all that is left to do")
    EMPTY: ClassVar[str] = N_("Nobody is to be rung back.")
    NO_MATCH: ClassVar[str] = EMPTY
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Ring back"), 19),
        Column(N_("State"), 16),
        Column(N_("Person")),
        Column(N_("Safe contact")),
        Column(N_("Tries"), 5),
        Column(N_("Slot"), 6),
    )
    OPENS: ClassVar[str] = kinds.CALLBACK

    def on_screen_resume(self) -> None:
        self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        try:
            day = typed.day(words, today=self.desk.clock.today()) if words else None
        except typed.NotUnderstoodError as error:
            self.records.empty_text = str(error)
            return Rows([])
        page = await self.desk.store.read(callback_lines.page, want, day, user=self.desk.user)
        diary, now = diaries.of_nation(self.desk.nation), self.desk.clock.now()
        rows = [callback_rows.of_list(line, diary=diary, now=now) for line in page.lines]
        return Rows(rows, page.more)

    def find_here(self) -> bool:
        """A day is no search: F3 finds as it does everywhere."""
        return False
