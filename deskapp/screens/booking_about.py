"""A form about a booking, which stands above it in words."""

from __future__ import annotations

from textual.app import ComposeResult

from deskapp.screens import filled_in
from deskapp.screens.asking import Asking
from deskapp.screens.base import reads
from deskapp.services import drafts
from deskapp.services.interpreters import lines
from deskapp.services.interpreters.lines import BookingLine
from deskapp.widgets.told import Told


class AboutBooking(Asking):
    """Subclasses say what must be known of the booking."""

    line: BookingLine | None = None
    """None until it was read."""

    def about(self, line: BookingLine | None) -> str:
        """What stands above the form; ``line`` is None before it was read."""
        raise NotImplementedError

    @property
    def booking_id(self) -> str:
        """Which booking it is about."""
        return self.draft.values[drafts.RECORD]

    @property
    def untouched(self) -> bool:
        return filled_in.is_untouched(self.draft.values)

    def body(self) -> ComposeResult:
        yield Told(self.about(None), id="state", markup=False)
        yield from super().body()

    async def on_mount(self) -> None:
        await super().on_mount()
        self.read_booking()

    async def relabel(self) -> None:
        await super().relabel()
        self.read_booking()

    @reads
    async def read_booking(self) -> None:
        """Say which booking it is about."""
        await self.say_booking()

    async def say_booking(self) -> None:
        """Read the booking, and say what must be known of it."""
        self.line = await self.desk.store.read(lines.line, self.booking_id, user=self.desk.user)
        self.query_one("#state", Told).update(self.about(self.line))
