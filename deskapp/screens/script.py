"""A guided script: what to say and ask, one key for each answer; what is learned fills the form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events, on

from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time
from deskapp.screens import looking_up, script_open
from deskapp.screens.base import Entry, says
from deskapp.screens.contact_texts import PlainText
from deskapp.screens.script_step import LEFT_OUT
from deskapp.screens.script_view import ScriptView
from deskapp.services import copying
from deskapp.services.knowledge import emergency
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.uses import Use
from deskapp.services.knowledge.walk import EMERGENCY_KEY
from deskapp.services.persons import withheld
from deskapp.widgets.answer_line import AnswerLine

KEEP, WITHDRAW, TYPE = "keep", "withdraw", "type"
"""What becomes of the time at which the emergency services were rung."""


class ScriptScreen(ScriptView):
    """One step of a script at a time, over the contact that it fills."""

    HEADING: ClassVar[str] = N_("Script")
    HELP: ClassVar[str] = N_(
        "Say what stands in bold, in your own words unless it must be said. One key answers: the"
        " letter or number before an answer; or type it and press Enter. What you learn goes into"
        " the form at once; words that you typed there yourself stay.\n\nb or Shift+Tab goes a step"
        " back and takes away what that step filled. - leaves out what need not be said. c or"
        " Ctrl+N copies the reply, a opens the article, q begins again. Ctrl+R offers all of this"
        " while you type an answer. In scripts for danger 9 says what to do first and keeps the"
        " time.\n\nEsc goes back to the form; F5 there comes back to this step, also after a crash"
        " or when the contact was parked. At the end Enter takes the outcome over, F8 in the form"
        " saves."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "script.on",
        "script.before",
        "script.copy",
        "record.more",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new", "app.go")

    @property
    def _letters(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What letters do that are no answer."""
        return {
            "b": self.action_step_back,
            "c": self.action_copy,
            "a": self.open_article,
            "-": self.leave_out,
            "p": self.action_back,
            "q": self.ask_again,
            "?": self._help,
        }

    async def on_key(self, event: events.Key) -> None:
        """A letter answers, or does what the line at the bottom says."""
        pressed = event.character or ""
        if not event.is_printable or self.line.has_focus:
            return
        event.stop()
        choice = self.walk.node.kind is NodeKind.CHOICE
        options = {option.key.casefold() for option in self.walk.node.options} if choice else set()
        if pressed.casefold() in options:
            await self.answer(pressed)
        elif pressed == EMERGENCY_KEY and self.walk.script.safety:
            await self.ring_emergency()
        elif action := self._letters.get(pressed.casefold()):
            await action()
        elif choice:
            self.say_wrong(_("Press the letter or number of an answer."))

    async def _help(self) -> None:
        self.desk.action_help()

    async def action_more(self) -> None:
        """Offer what letters do, for steps at which letters are typed."""
        node, safety = self.walk.node, self.walk.script.safety
        offered = {
            EMERGENCY_KEY: (_("Emergency services now"), self.ring_emergency, safety),
            "B": (_("Back a step"), self.action_step_back, bool(self.walk.trail)),
            "A": (_("Article: open it"), self.open_article, bool(node.article)),
            "C": (_("Copy the reply"), self.action_copy, bool(node.reply)),
            "N": (_("Not said: go on without"), self.leave_out, node.kind in LEFT_OUT),
            "Q": (_("Begin again"), self.ask_again, bool(self.walk.trail)),
            "O": (_("Other script"), self._choose_other, True),
        }
        entries = [
            Entry(letter, label, letter)
            for letter, (label, _do, useful) in offered.items()
            if useful
        ]

        async def answered(letter: str | None) -> None:
            if letter:
                await offered[letter][1]()

        await self.desk.ask(_("What do you want to do?"), entries, answered)

    # -- danger ---------------------------------------------------------------------------

    @on(AnswerLine.Special)
    async def _special(self, event: AnswerLine.Special) -> None:
        event.stop()
        await self.ring_emergency()

    @says
    async def ring_emergency(self) -> None:
        """Say what to do first; the time is kept at once, and taken out only when told so."""
        now = self.desk.clock.now()
        await self.stand_at(emergency.rung(self.walk, now=now), self.line.value)
        time = clock_time(local(now))
        entries = [
            Entry("K", _("Keep the time: {time}").format(time=time), KEEP),
            Entry("N", _("Not rung: take the time out"), WITHDRAW),
        ]
        if self.types_answer:
            entries.append(Entry("9", _("Part of the answer: type 9"), TYPE))
        question = emergency.words(self.walk.script, self.walk.language)
        await self.desk.ask(question, entries, self._rung)

    @says
    async def _rung(self, answer: str | None) -> None:
        if answer in (WITHDRAW, TYPE):
            typed = EMERGENCY_KEY if answer == TYPE else self.line.value
            await self.stand_at(emergency.withdrawn(self.walk), typed)

    # -- reply, article, another script ---------------------------------------------------

    @says
    async def action_copy(self) -> None:
        """Copy the reply of this step; without a clipboard show it alone."""
        text = self.step.reply
        if not text:
            self.say_wrong(_("This step has no reply to copy."))
            return
        about = withheld.about_of(self._contact.values)
        await self.desk.store.read(copying.check, about, text, user=self.desk.user)
        await looking_up.note(self.desk, self.walk.script, Use.COPIED)
        if not self.desk.profile.modern:
            await self.app.push_screen(PlainText(text))
            return
        self.app.copy_to_clipboard(text)
        self.notify(_("Copied. If nothing arrives, this terminal forbids it."), markup=False)

    async def open_article(self) -> None:
        """Open the article that this step points to; Esc comes back here."""
        from deskapp.screens.article import ArticleScreen

        if self.walk.node.article:
            await self.app.push_screen(ArticleScreen(self.walk.node.article))
        else:
            self.say_wrong(_("This step points to no article."))

    async def ask_again(self) -> None:
        """Ask whether to begin again."""
        entries = [Entry("Y", _("Yes, begin again"), "yes"), Entry("N", _("No, go on"), "")]
        question = _("Begin again? What the script filled is taken out of the form.")
        await self.desk.ask(question, entries, self._again)

    @says
    async def _again(self, yes: str | None) -> None:
        if yes:
            library, script_id = self.walk.library, self.walk.script.id
            begun = script_open.first_step(self._contact, library, script_id)
            self._contact.keep_said()
            await self.stand_at(begun)

    @says
    async def _choose_other(self) -> None:
        self.dismiss()
        await script_open.choose(self._contact)
