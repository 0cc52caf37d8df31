"""A hearing with everything that hangs on it; a letter does what it stands before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import (
    booking_start,
    hearing_desk,
    hearing_fields,
    hearing_moves,
    hearing_page,
    hearing_start,
    hearing_ticks,
)
from deskapp.screens.base import Entry, says
from deskapp.screens.lettered import LetteredRecord
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds, link_lines
from deskapp.services.hearings import record
from deskapp.services.hearings.codes import Code, told
from deskapp.services.hearings.day import State
from deskapp.services.hearings.record import HearingRecord
from deskapp.services.hearings.results import Outcome
from deskapp.services.link_lines import LinkLine
from deskapp.services.links import Link

STATE, PARTY, NEED, TICK, BOOK, LINK, JURORS, RESULT, NOTE, ROOMS, GO, GROUND = (
    "state", "party", "need", "tick", "book", "link", "jurors", "result", "note", "rooms", "go",
    "ground_rules",
)  # fmt: skip
"""What can be done besides changing the state."""


class HearingRecordScreen(LetteredRecord):
    """One hearing."""

    HEADING: ClassVar[str] = N_("Hearing record")
    HELP: ClassVar[str] = N_(
        "Everything that hangs on a hearing. What must be known before you meet anybody stands"
        " first. The letters under What may be done are keys. F9 changes the state: parties"
        " ready, called on, in progress, paused, finished, not reached; back one step where it"
        " was a slip.\n\nW says who is here. E enters a need, T what was done about one for this"
        " hearing: it is ready, provided, or not and why. B books an interpreter, V says what the"
        " test of a video link gave, J how many jurors are here; until then the jury desk's count"
        " of the trial with this number stands. M says what is in the room. Where an intermediary"
        " helps, G keeps what was agreed at the ground rules hearing: it stands at every hearing"
        " of the case. R enters the result; adjourned to another day, everything follows there. O"
        " goes to what belongs to it. Two rooms may write at the same time without a line: what"
        " leads further stands, nothing is lost."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("case.act", "hearing.state", "record.note", "screen.back")

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.shown: HearingRecord | None = None
        self._linked: list[LinkLine] = []

    async def parts(self) -> Iterable[Text]:
        acting = hearing_desk.acting(self.desk)
        self.shown = await self.desk.store.read(record.read, acting, self.record_id)
        of_cases = await self.desk.acting()
        link = Link(kinds.HEARING, self.record_id)
        self._linked = await self.desk.store.read(link_lines.lines, of_cases, link)
        self.entries = self._entries(self.shown)
        return hearing_page.parts(self.shown, self.entries, self._linked)

    def _entries(self, shown: HearingRecord) -> list[Entry]:
        """What can be done, the possible first."""
        user, bearing = self.desk.user, shown.line.bearing
        final = bearing.hearing.list_state in list(Outcome)
        why_not = told(Code.FINAL) if final and not may(user, Act.MANAGE_HEARINGS) else ""
        early = bearing.hearing.day > hearing_desk.acting(self.desk).today
        if early and not why_not:
            why_not = told(Code.FUTURE_RESULT)
        found = [
            *self._states(shown),
            Entry("W", _("Who is here"), PARTY, "" if bearing.hearing.parties else _("no party")),
            Entry("R", _("Correct the result") if final else _("Hearing result"), RESULT, why_not),
            Entry("T", _("What is ready"), TICK, "" if bearing.standing else _("no need entered")),
            Entry("V", _("Video link"), LINK),
            Entry("J", _("Jurors"), JURORS),
            Entry("M", _("What is in the room"), ROOMS),
            Entry("O", _("Go to what belongs to it"), GO),
        ]
        if shown.ground_rules or shown.needs_ground_rules:
            found.append(Entry("G", _("Ground rules hearing"), GROUND))
        if may(user, Act.WORK_NEEDS):
            found.insert(3, Entry("E", _("Enter a need"), NEED))
        if may(user, Act.WORK_BOOKINGS):
            found.insert(4, Entry("B", _("Book an interpreter"), BOOK))
        return sorted(found, key=lambda entry: bool(entry.why_not))

    def _states(self, shown: HearingRecord) -> list[Entry]:
        """The usual next state by its letter; F9 has the others."""
        early = shown.line.bearing.hearing.day > hearing_desk.acting(self.desk).today
        if early or shown.line.bearing.hearing.list_state != "listed":
            return []
        usual = hearing_moves.state_entries(shown.line)
        return [entry for entry in usual if entry.value in list(State)]

    # -- keys -----------------------------------------------------------------------------

    @says
    async def action_state(self) -> None:
        """Ask for the next state."""
        if self.shown:
            await hearing_moves.ask_state(self, self.shown.line)

    @says
    async def action_note(self) -> None:
        """Add a note to the history."""
        await hearing_start.begin(self.desk, hearing_fields.NOTE, self.record_id, {})

    @says
    async def chosen(self, answer: str) -> None:
        assert self.shown is not None
        line = self.shown.line
        if answer in list(State):
            await hearing_moves.set_state(self, self.record_id, State(answer))
        elif answer == PARTY:
            await hearing_moves.ask_party(self, line)
        elif answer == TICK:
            await hearing_ticks.ask_need(self, line.bearing.standing, self.record_id)
        elif answer == LINK:
            await hearing_ticks.ask_link(self, line)
        elif answer == JURORS:
            await hearing_moves.ask_jurors(self, self.record_id)
        else:
            await self._elsewhere(answer)

    @says
    async def _elsewhere(self, answer: str) -> None:
        """Do what another screen is for."""
        if answer == RESULT:
            await hearing_moves.begin_result(self, self.record_id)
        elif answer == NEED:
            await hearing_start.begin(self.desk, hearing_fields.NEED, self.record_id, {})
        elif answer == GROUND:
            await hearing_start.begin(self.desk, hearing_fields.GROUND, self.record_id, {})
        elif answer == BOOK:
            await booking_start.for_hearing(self.desk, self.record_id)
        elif answer == ROOMS:
            assert self.shown is not None
            on = self.shown.line.bearing.hearing.day
            await hearing_start.show(self.desk, hearing_start.ROOMS, on)
        elif answer == GO:
            await self._pick_related()

    async def _pick_related(self) -> None:
        """Go to a booking, another record of the case, or what is linked."""
        assert self.shown is not None
        lines = [
            Line(f"{kinds.BOOKING}:{each.id}", f"{kinds.label(kinds.BOOKING)}  {each.words}")
            for each in self.shown.line.bearing.bookings
        ]
        lines += [
            Line(f"{each.kind}:{each.id}", f"{kinds.label(each.kind)}  {each.words}")
            for each in self.shown.related
        ]
        lines += [
            Line(f"{each.link.table}:{each.link.id}", f"{each.ref}  {each.title}")
            for each in self._linked
            if each.link.id
        ]

        people = {each.person_id: each.whose for each in self.shown.line.bearing.needs}
        lines += [
            Line(f"{kinds.PERSON}:{person_id}", f"{kinds.label(kinds.PERSON)}  {name}")
            for person_id, name in people.items()
            if person_id
        ]

        def picked(what: str | None) -> None:
            table, _colon, record_id = (what or "").partition(":")
            if record_id:
                self.desk.open(table, record_id)

        if not lines:
            self.notify(_("Nothing else belongs to this hearing yet."), markup=False)
        else:
            await self.app.push_screen(Pick(_("Which one?"), lines), picked)
