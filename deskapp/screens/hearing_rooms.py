"""What is in the hearing rooms, so that a need can be held against the room."""

from __future__ import annotations

import datetime as dt
from functools import partial
from string import ascii_uppercase
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.i18n import N_, _
from deskapp.roles import Act, require
from deskapp.screens import hearing_desk
from deskapp.screens.base import DeskScreen, reads, saves, says
from deskapp.screens.ticks import Ticks
from deskapp.services.hearings import rooms
from deskapp.services.hearings.rooms import FACILITIES, RoomLine
from deskapp.widgets.record_list import Column, RecordList, Row
from deskapp.widgets.ticks import Tick

AHEAD = dt.timedelta(days=14)
"""How far the lists are looked through for rooms."""


class HearingRoomsScreen(DeskScreen[None]):
    """The rooms of the lists around a day; Enter says what is in one."""

    HEADING: ClassVar[str] = N_("Hearing rooms")
    HELP: ClassVar[str] = N_(
        "The rooms of this court and what is in them: screen, links, loop, step-free access. Enter"
        " on a room ticks what it has. At a hearing each need is held against its room: what the"
        " room does not have is told there in words, and what nobody said yet must be looked at."
    )

    KEYS: ClassVar[tuple[str, ...]] = ("room.tick", "screen.back")

    def __init__(self, on_day: dt.date) -> None:
        super().__init__()
        self._on = on_day
        self._rooms: dict[str, RoomLine] = {}

    def body(self) -> ComposeResult:
        yield RecordList(
            Column(N_("Room"), 24),
            Column(N_("What is in it")),
            empty=N_("No list names a room yet."),
        )

    def on_screen_resume(self) -> None:
        self.load()

    async def relabel(self) -> None:
        await super().relabel()
        self.load()

    @reads
    async def load(self) -> None:
        """Show the rooms as they are known now."""
        first, last = (self._on - AHEAD).isoformat(), (self._on + AHEAD).isoformat()
        user = self.desk.user
        found = await self.desk.store.read(rooms.listed, user.site, first, last, user=user)
        self._rooms = {room.key: room for room in found}
        records = self.query_one(RecordList)
        records.renew([Row(room.key, (room.name, room.words)) for room in found])
        records.focus()

    def action_tick(self) -> None:
        """Tick what the marked room has."""
        self.query_one(RecordList).action_choose()

    @on(RecordList.Chosen)
    @says
    async def _chosen(self, event: RecordList.Chosen) -> None:
        """Tick what the marked room has."""
        require(self.desk.user, Act.WORK_NEEDS)
        room = self._rooms[event.row.key]
        kept = dict.fromkeys(room.facilities or (), "x")

        def ticked(_code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
            kept.clear()
            kept.update(marks)
            return marks, ""

        named = zip(FACILITIES.items(), ascii_uppercase, strict=False)
        ticks = [Tick(code, letter, _(label)) for (code, label), letter in named]
        screen = Ticks(room.name, ticks, {"x": "x"}, dict(kept), ticked)
        await self.app.push_screen(screen, partial(self._ticked, room, kept))

    def _ticked(self, room: RoomLine, kept: dict[str, str], _nothing: None) -> None:
        if room.facilities is None or set(kept) != room.facilities:
            self.keep(room.name, list(kept))

    @saves
    async def keep(self, name: str, codes: list[str]) -> None:
        """Keep what is in a room."""
        acting, site = hearing_desk.acting(self.desk), self.desk.user.site
        await self.desk.store.write(rooms.equip, acting, site, name, codes)
        self.load()
