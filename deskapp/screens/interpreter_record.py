"""An entry of the register: what somebody speaks, when they are away, what they are booked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import N_, _, day
from deskapp.roles import Act, may
from deskapp.screens import interpreter_desk
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.lettered import LetteredRecord, actions
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds
from deskapp.services.interpreters import absences, lines, register, registering
from deskapp.services.interpreters.absences import PART_LABELS, Away
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.bookings import GENDER_LABELS, KIND_LABELS, Gender
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.widgets.record_page import headed, labelled

CORRECT, AWAY, BACK, BOOKING = "correct", "away", "back", "booking"


class InterpreterScreen(LetteredRecord):
    """One interpreter; letters put the entry right or say when somebody is not available."""

    HEADING: ClassVar[str] = N_("Interpreter record")
    HELP: ClassVar[str] = N_(
        "What the court knows of an interpreter: languages, registration and when it ends, when"
        " they are not available, and their bookings, the latest first. The letters under What may"
        " be done are keys. An interpreter whom nobody asks for any more is made not active with"
        " C; nothing is deleted."
    )

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self._line: InterpreterLine | None = None
        self._away: list[Away] = []
        self._bookings: list[BookingLine] = []

    async def parts(self) -> Sequence[Text]:
        acting, read = interpreter_desk.acting(self.desk), self.desk.store.read
        user = self.desk.user
        line = await read(register.line, self.record_id, user=user)
        self._away = await read(absences.away, self.record_id, acting)
        self._bookings = await read(lines.of_interpreter, self.record_id, user=user)
        self._line = line
        self.entries = self._entries()
        return [
            labelled(_head(line, acting)),
            headed(_("What may be done"), actions(self.entries)),
            headed(_("Not available"), map(away_words, self._away)),
            headed(_("Bookings, the latest first"), map(_booking_words, self._bookings)),
        ]

    def _entries(self) -> list[Entry]:
        found = []
        if may(self.desk.user, Act.WORK_BOOKINGS):
            found = [
                Entry("C", _("Correct, or not active any more"), CORRECT),
                Entry("A", _("Not available"), AWAY),
            ]
            if self._away:
                found.append(Entry("T", _("Available after all"), BACK))
        if self._bookings:
            found.append(Entry("B", _("Open a booking"), BOOKING))
        return found

    # -- keys -----------------------------------------------------------------------------

    async def chosen(self, answer: str) -> None:
        if answer == BACK:
            question = _("On which days are they available after all?")
            listed = [Line(each.id, away_words(each)) for each in self._away]
            await self.app.push_screen(Pick(question, listed), self._taken_back)
        elif answer == BOOKING:
            listed = [Line(each.id, _booking_words(each)) for each in self._bookings]
            await self.app.push_screen(Pick(_("Which one?"), listed), self._open)
        else:
            await self._form(answer)

    @says
    async def _form(self, which: str) -> None:
        from deskapp.screens.interpreter_form import (
            AwayScreen,
            InterpreterFormScreen,
            correction,
        )
        from deskapp.services import drafts

        assert self._line is not None
        form = absences.AWAY_FORM if which == AWAY else registering.FORM
        kept = await self.desk.begun(form, self.record_id)
        first = {drafts.RECORD: self.record_id} if which == AWAY else correction(self._line)
        draft = kept or self.desk.new_draft(form, first)
        screen = AwayScreen if which == AWAY else InterpreterFormScreen
        await self.app.push_screen(screen(draft))

    def _taken_back(self, away_id: str | None) -> None:
        if away_id:
            self.take_back(away_id)

    @saves
    async def take_back(self, away_id: str) -> None:
        """Keep that somebody is available after all."""
        acting = interpreter_desk.acting(self.desk)
        await self.desk.store.write(absences.take_back_away, acting, away_id)
        self.load()

    def _open(self, booking_id: str | None) -> None:
        if booking_id:
            self.desk.open(kinds.BOOKING, booking_id)


def _head(line: InterpreterLine, acting: Acting) -> Iterator[tuple[str, str]]:
    expiry = line.expiry_words(acting.today, acting.settings.expiry_warning_days)
    ends = _("ends {day}").format(day=day(line.expires_on)) if line.expires_on else ""
    yield _("Interpreter"), line.name
    yield _("Languages"), line.speaks
    yield _("Kinds"), ", ".join(_(KIND_LABELS[kind]) for kind in line.kinds)
    yield _("Registration"), ", ".join(filter(None, (line.registration, expiry or ends)))
    yield _("Supplier"), line.supplier
    yield _("Phone"), line.phone
    yield _("Email"), line.email
    if line.gender in (Gender.FEMALE, Gender.MALE):
        yield _("Gender"), _(GENDER_LABELS[Gender(line.gender)])
    yield _("Note"), line.note
    if not line.active:
        yield _("Active"), _("NO: nobody asks for them any more")


def away_words(row: Away) -> str:
    """Some days on which somebody is not available, in a line."""
    days = day(row.first)
    if row.last != row.first:
        days = _("{first} to {last}").format(first=days, last=day(row.last))
    return ", ".join(filter(None, (days, _(PART_LABELS[row.part]), row.note)))


def _booking_words(line: BookingLine) -> str:
    time = f"{day(line.day)} {line.start:%H:%M}-{line.end:%H:%M}"
    return "  ".join((time, line.ref, line.language, line.state))
