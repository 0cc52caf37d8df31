"""What is offered where an interpreter is not free: others who are, and other times of the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.errors import DeskError
from deskapp.i18n import _, clock_time
from deskapp.screens import interpreter_desk
from deskapp.screens.base import Entry, says
from deskapp.screens.booking_about import AboutBooking
from deskapp.services.drafts import Draft
from deskapp.services.interpreters import changing, filling, lines
from deskapp.services.interpreters.free import BlockedError
from deskapp.services.interpreters.lines import Served
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.widgets.choice import Offer

OTHER, AT = "other:", "at:"
"""Begin the answers that take another interpreter, or another time."""


class Blocked(AboutBooking):
    """A form with the field ``interpreter`` that offers what can be done instead."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.known: dict[str, InterpreterLine] = {}
        """Those of the register that were offered, by id."""

    async def put_in(self, line: InterpreterLine) -> None:
        """Put somebody into the field and go on with saving."""
        self.known[line.id] = line
        self.take()
        self.change(interpreter=line.id)
        self.form.pick("interpreter", Offer(line.id, line.name))
        await self.action_save()

    def not_saved(self, error: DeskError) -> None:
        if isinstance(error, BlockedError):
            self.save_failed()
            self.call_later(self._ask_instead, error)
        else:
            super().not_saved(error)

    async def _ask_instead(self, error: BlockedError) -> None:
        """Offer what can be done instead, a figure for each."""
        words = [each.words for each in error.findings if each.blocks]
        others = [
            (OTHER + each.id, _("{name}, who is free then").format(name=each.name))
            for each in error.offers.others
        ]
        times = [
            (AT + str(at), self._at_words(start)) for at, start in enumerate(error.offers.starts)
        ]
        self.known |= {line.id: line for line in error.offers.others}
        entries = [
            Entry(str(at), label, value) for at, (value, label) in enumerate([*others, *times], 1)
        ]
        entries.append(Entry("N", _("None of these: choose another name"), ""))

        question = "\n".join(dict.fromkeys(words))
        await self.desk.ask(question, entries, partial(self._instead, error))

    def _missed(self, start: dt.datetime) -> list[Served]:
        """The hearings that the booking would not be at if it began then."""
        assert self.line is not None
        begin = local(start).replace(tzinfo=None)
        return lines.missed(self.line.hearings, begin, begin + (self.line.end - self.line.start))

    def _at_words(self, start: dt.datetime) -> str:
        time, missed = clock_time(local(start)), self._missed(start)
        if missed:
            return _("At {time}: free, NOT AT THE HEARING {start}").format(
                time=time, start=missed[0].start
            )
        return _("At {time}, when they are free").format(time=time)

    @says
    async def _instead(self, error: BlockedError, answer: str | None) -> None:
        """Take another interpreter, or another time."""
        if answer and answer.startswith(OTHER):
            await self.put_in(self.known[answer.removeprefix(OTHER)])
        elif answer:
            start = error.offers.starts[int(answer.removeprefix(AT))]
            if missed := self._missed(start):
                await self._ask_to_leave(missed, start)
            else:
                await self._move(start)

    async def _ask_to_leave(self, missed: list[Served], start: dt.datetime) -> None:
        """Ask whether the booking is moved away from its hearing; its link stays, and is told."""

        async def answered(answer: str | None) -> None:
            if answer:
                await self._move(start)

        told = [
            _("{case} begins at {start}. At {time} the booking would not be there for it.").format(
                case=each.case_ref or each.room, start=each.start, time=clock_time(local(start))
            )
            for each in missed
        ]
        entries = [
            Entry("Y", _("Yes, move it: the hearing moves as well"), "yes"),
            Entry("N", _("No, the hearing stays at its time"), ""),
        ]
        await self.desk.ask("\n".join(told), entries, answered)

    @says
    async def _move(self, start: dt.datetime) -> None:
        """Let the booking begin at another time, then enter the same interpreter."""
        assert self.line is not None
        acting, booking_id = interpreter_desk.acting(self.desk), self.booking_id
        known = await self.desk.store.read(filling.as_draft, booking_id, acting)
        end = start + (self.line.ends_at - self.line.starts_at)
        moved = replace(
            known,
            start=clock_time(local(start)),
            end=clock_time(local(end)),
            start_fold="",
            end_fold="",
        )
        await self.desk.store.write(changing.change, acting, booking_id, moved, event_id=new_id())
        await self.say_booking()
        await self.action_save()
