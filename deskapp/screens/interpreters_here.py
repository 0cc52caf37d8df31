"""Who is in the building now, and who of them is free."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time
from deskapp.screens import interpreter_desk
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.services import kinds
from deskapp.services.interpreters import free
from deskapp.services.interpreters.free import Here
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, RecordList, Row


class HereScreen(PagedScreen):
    """Interpreters who have arrived today, those who are free first; Enter opens the booking."""

    HEADING: ClassVar[str] = N_("Who is here")
    HELP: ClassVar[str] = N_(
        "Interpreters who have arrived today, face to face. Free: they were released, or their"
        " booking is over. What they speak and until when they can stay stands beside them; another"
        " court may have booked them since the last exchange. Enter opens their booking: to share"
        " an interpreter, add the hearing there."
    )
    EMPTY: ClassVar[str] = N_("Nobody has arrived today.")
    OPENS: ClassVar[str] = kinds.BOOKING
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Interpreter"), 22, wide=30),
        Column(N_("Language"), 16, wide=24),
        Column(N_("Now")),
        Column(N_("Room"), 12, optional=True),
    )

    def body(self) -> ComposeResult:
        yield RecordList(*self.COLUMNS, empty=self.EMPTY)

    def on_screen_resume(self) -> None:
        self.turn_page("start", Want())

    async def relabel(self) -> None:
        await super().relabel()
        self.turn_page("start", Want())

    async def read_page(self, want: Want, words: str) -> Rows:
        acting = interpreter_desk.acting(self.desk)
        found = await self.desk.store.read(free.here, acting)
        return Rows([_row(each) for each in found])


def _row(each: Here) -> Row:
    line = each.booking
    return Row(line.id, (line.interpreter, line.language, _now(each), line.room))


def _now(each: Here) -> str:
    line = each.booking
    if not each.free:
        return _("busy until {time}").format(time=f"{line.end:%H:%M}")
    if each.next_at is None:
        return _("FREE")
    return _("FREE until {time}").format(time=clock_time(local(each.next_at)))
