"""A form that asks on saving, by letters, for what has a closed list and was left empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from deskapp.errors import Problem
from deskapp.screens.base import Entry, says
from deskapp.screens.form_screen import FormScreen
from deskapp.widgets.choice import Offer
from deskapp.widgets.ticks import Tick


class Closed(NamedTuple):
    """A list whose items letters answer with."""

    entries: Sequence[Entry]
    several: bool = False
    """Whether more than one may be ticked; what is kept are their values, parted by spaces."""
    sets: str = ""
    """Name of the value that an answer sets, where that is another than the one asked for."""


class Asking(FormScreen):
    """What is chosen by a letter stands in its field at once; typing there works as well."""

    _found: Sequence[Problem] = ()
    """Problems of the last time they were looked for."""

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        """What must be put right, with what a letter could answer."""
        raise NotImplementedError

    def closed(self) -> Mapping[str, Closed]:
        """The lists that letters answer from, by the name of their value."""
        raise NotImplementedError

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        asked = self._asked(values)
        return [each for each in self._found if each not in asked]

    def _asked(self, values: Mapping[str, str]) -> list[Problem]:
        """The problems that a letter answers."""
        lists = self.closed()
        return [each for each in self._found if each.field in lists and not values.get(each.field)]

    async def ready(self) -> bool:
        values = self.values
        self._found = await self.every_problem(values)
        if self.problems(values):
            return True  # they are said first: a question that leads to no save would annoy
        for asked in self._asked(values):
            await self.ask_letter(asked)
            return False
        return await super().ready()

    async def ask_letter(self, asked: Problem) -> None:
        """Put the question of one problem; its answer goes on with saving."""
        closed = self.closed()[asked.field]
        if closed.several:
            await self._ask_ticks(asked, closed)
        else:
            answered = partial(self._answered, asked)
            await self.desk.ask(asked.message, closed.entries, answered)

    async def _ask_ticks(self, asked: Problem, closed: Closed) -> None:
        from deskapp.screens.ticks import Ticks

        kept: dict[str, str] = {}

        def ticked(_code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
            kept.clear()
            kept.update(marks)
            return marks, ""

        async def done(_nothing: None) -> None:
            await self._answered(asked, " ".join(kept))

        ticks = [Tick(entry.value, entry.letter, entry.label) for entry in closed.entries]
        await self.app.push_screen(Ticks(asked.message, ticks, {"x": "x"}, {}, ticked), done)

    @says
    async def _answered(self, asked: Problem, answer: str | None) -> None:
        """Keep an answer and go on saving; without one the cursor goes where it can be typed."""
        if not answer:
            self.form.go_to_problem(asked)
            return
        name = self.closed()[asked.field].sets or asked.field
        self.take()
        self.change(**{name: answer})
        self.form.pick(name, Offer(answer, self._label(name, answer)))
        await self.action_save()

    def _label(self, name: str, answer: str) -> str:
        """What stands in the field of an answer."""
        closed = self.closed().get(name)
        labels = {entry.value: entry.label for entry in closed.entries} if closed else {}
        return ", ".join(labels.get(value, value) for value in answer.split())
