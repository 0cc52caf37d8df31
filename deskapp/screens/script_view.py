"""The step of a script that stands on the screen, and moving from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from deskapp.errors import DeskError
from deskapp.i18n import _, language
from deskapp.screens import contact_state, looking_up
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import says
from deskapp.screens.beside import Beside
from deskapp.screens.contact_script import TYPED, ScriptedContact
from deskapp.screens.script_step import BETWEEN, NEEDS, Step, collects, types_answer
from deskapp.services.hard import spos
from deskapp.services.knowledge import filling
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import EMERGENCY_KEY, Walk
from deskapp.widgets.answer_line import AnswerLine
from deskapp.widgets.told import Told

if TYPE_CHECKING:
    from deskapp.services.hard.spos import Duty

SPOS = "spos"
"""Role of ``fields.toml`` whose holder the desk knows."""


class StepScroll(VerticalScroll, inherit_bindings=False):
    """A step that is longer than the screen moves with the arrow keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class ScriptView(Beside):
    """One step at a time; the contact below keeps it and is filled."""

    DEFAULT_CSS = """
    ScriptView #today, ScriptView #letters { height: auto; }
    ScriptView StepScroll { height: 1fr; scrollbar-size-vertical: 1; }
    ScriptView StepScroll Static { height: auto; }
    ScriptView #step { margin-top: 1; }
    ScriptView #answer-box { height: auto; margin-top: 1; border-left: solid $accent; }
    ScriptView #wrong { text-style: bold; }
    ScriptView #filled { margin-top: 1; }
    """

    def __init__(self, contact: ScriptedContact, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        self._contact = contact
        self._typed = contact.values.get(TYPED, "")
        """What is half typed, or what was answered before one went back."""
        self._of_desk: Mapping[str, str] = {}
        """What the desk knows for the places of this step."""
        self._told: set[tuple[str, str]] = set()
        """What was said of fields in which the officer's own words stay."""

    # -- what is on the screen ------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield Told("", id="state", markup=False)
        yield Told("", id="today", markup=False)
        with StepScroll():
            yield Told("", id="said", markup=False)
            yield Told("", id="step", markup=False)
            with Vertical(id="answer-box"):
                yield AnswerLine("answer-line")
            yield Told("", id="wrong", markup=False)
            yield Told("", id="filled", markup=False)
        yield Told("", id="letters", markup=False)

    @says
    async def on_mount(self) -> None:
        await self.follow()

    @says
    async def relabel(self) -> None:
        self.walk = replace(self.walk, language=language())
        self._typed = self.line.value
        await super().relabel()
        await self.follow()

    @property
    def line(self) -> AnswerLine:
        """Where an answer is typed."""
        return self.query_one(AnswerLine)

    @property
    def step(self) -> Step:
        """The texts of the step that stands."""
        on = self.desk.settings.facts_on(self.walk.today)
        return Step(self.walk, on=on, of_desk=self._of_desk)

    @property
    def types_answer(self) -> bool:
        """Whether an answer is typed at this step."""
        return types_answer(self.walk)

    async def follow(self) -> None:
        """Keep where the script stands, fill the form, show the step.

        Raises:
            DeskError: If the store refuses.
        """
        kept = await self._contact.follow_script(self.walk)
        self._of_desk = await looking_up.known_of(
            self.desk, self.walk.script, self._contact.values, self.walk.language
        )
        duty = await self._on_duty()
        self._show(duty)
        for name, said in kept.items():
            if (name, said) not in self._told:
                self._told.add((name, said))
                message = _("{field}: your own words stay. The script says: {value}")
                label = self._contact.script_field(name)
                value = self._contact.script_words(name, said)
                self.notify(message.format(field=label or name, value=value), markup=False)

    def _show(self, duty: Duty | None) -> None:
        step, contact = self.step, self._contact
        now = [duty.words if duty else _("nobody is booked: tell the delivery manager")]
        lines = [*step.more(), *(now if self.walk.node.to == SPOS else ())]
        shown = {
            "state": contact_state.lines(contact.values, contact.known, contact.spent_seconds),
            "today": step.title,
            "said": step.said,
            "step": "\n".join(filter(None, lines)),
            "filled": self._filled(),
            "letters": step.letters,
        }
        for name, text in shown.items():
            static = self.query_one(f"#{name}", Static)
            static.update(text)
            static.display = bool(text)
        self.say_wrong("")
        self.query_one("#answer-box").display = self.types_answer
        if self.types_answer:
            self.line.special = EMERGENCY_KEY if self.walk.script.safety else ""
            self.line.show(self._typed or self._known() or (duty.name if duty else ""), step.hint)
            self.line.focus()
        else:
            self.query_one(StepScroll).focus()
        self.query_one(StepScroll).scroll_home(animate=False)
        self.call_after_refresh(self.keep_typing_clear)  # other letters, in more lines or fewer

    def _known(self) -> str:
        """What the form holds already of what is asked for; words are added to, never edited."""
        name = collects(self.walk)
        return "" if name in filling.WORDS else self.walk.values.get(name, "")

    def _filled(self) -> str:
        """What the script put into the form so far."""
        known, values = self.walk.library.fields, self._contact.values
        names = [filling.target(known, name) for name in self.walk.filled]
        told = [
            f"{label}: {self._contact.script_words(name, values[name])}"
            for name in names
            if (label := self._contact.script_field(name)) and values.get(name)
        ]
        return _("In the form: {filled}").format(filled=BETWEEN.join(told)) if told else ""

    async def _on_duty(self) -> Duty | None:
        """Who is senior person on site now, where the step asks for them."""
        if self.walk.node.to != SPOS:
            return None
        return await self.desk.store.read(spos.on_duty, self.desk.clock.now(), user=self.desk.user)

    def say_wrong(self, message: str) -> None:
        """Say below the step what to do; nothing takes it away."""
        wrong = self.query_one("#wrong", Static)
        wrong.update(message)
        wrong.display = bool(message)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._typed = event.value
        if self._contact.draft.values.get(TYPED, "") != event.value:
            self._contact.change(**{TYPED: event.value})

    # -- moving ---------------------------------------------------------------------------

    async def stand_at(self, walk: Walk, typed: str = "") -> None:
        """Stand at another step, ``typed`` in its line.

        Raises:
            DeskError: If the store refuses.
        """
        self.walk, self._typed = walk, typed
        await self.follow()

    @says
    async def answer(self, text: str) -> None:
        """Answer the step; what cannot be used is explained, and the step stays."""
        try:
            walk = self.walk.forward(text, now=self.desk.clock.now())
        except DeskError as error:
            self.say_wrong(str(error))
        else:
            await self.stand_at(walk)

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        await self.answer(event.value)

    async def action_go_on(self) -> None:
        """Go to the next step; at the end, back to the form with the outcome."""
        if self.walk.ending:
            self.dismiss()
        elif collects(self.walk) == NEEDS:
            await self._tick_needs()
        elif self.walk.node.kind is NodeKind.CHOICE:
            self.say_wrong(_("Press the letter or number of an answer."))
        else:
            await self.answer(self.line.value if self.types_answer else "")

    async def _tick_needs(self) -> None:
        async def ticked(_nothing: None) -> None:
            await self.answer(self._contact.draft.values.get(NEEDS, ""))

        await self._contact.tick_needs(ticked)

    @says
    async def action_step_back(self) -> None:
        """The step before; what it filled is taken out of the form again."""
        before = self.walk.back()
        if before is self.walk:
            self.say_wrong(_("This is the first step."))
            return
        last = [step for step in self.walk.trail if not step.emergency][-1]
        await self.stand_at(before, last.answer if types_answer(before) else "")

    async def leave_out(self) -> None:
        """Go on without having said the words; where they must be said the reason is asked for."""

        @says
        async def skip(view: ScriptView, reason: str) -> None:
            try:
                walk = view.walk.skip(reason, now=view.desk.clock.now())
            except DeskError as error:
                view.say_wrong(str(error))
            else:
                await view.stand_at(walk)

        async def reasoned(reason: str | None) -> None:
            if reason:
                await skip(self, reason)

        if self.walk.node.must_say:
            hint = _("It is kept with the contact.")
            await self.app.push_screen(AskLine(_("Why is this not said?"), hint), reasoned)
        else:
            await skip(self, "")
