"""One thing that is done with a juror: a small form with what it asks, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _, language
from deskapp.roles import Act, may
from deskapp.screens import case_actions, jury_desk
from deskapp.screens.asking import Asking, Closed
from deskapp.screens.base import Entry, say_saved, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.picks import pick
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.hard.hard import TYPED
from deskapp.services.jury import answered, doing, lines
from deskapp.services.jury.asks import ASKS, Ask, Do, Kind
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.widgets.form_field import FormField
from deskapp.widgets.told import Told

HINTS = {
    Kind.DAY: N_("Like 30 11 or 30 Nov"),
    Kind.TIME: N_("Like 905 or 16:30"),
    Kind.POOL: N_("Nine digits"),
}
WORD = N_("Type a word, or press Down")
WORDS_ROWS = 5
NUMBER = "_juror"
"""Name of the value that keeps whom the form is about; ``drafts.RECORD`` has the id of the row."""
AGAIN, LATE = "again", "late"
"""Answers that are asked for only where the rules want a second yes."""
_SECOND_YES = {
    Refusal.ALREADY_DEFERRED: (AGAIN, N_("This juror was deferred before. Defer once more?")),
    Refusal.BEYOND_12_MONTHS: (LATE, N_("The date is later than the rules allow. Allow it?")),
}


class JurorActScreen(Asking, JuryScreen[str]):
    """What an act asks. F8 does it, Esc keeps the form for later."""

    HEADING: ClassVar[str] = N_("Juror form")
    HELP: ClassVar[str] = N_(
        "Type what is asked and press F8. What has a list may be left empty: F8 asks for it, and a"
        " letter answers. Days are typed like 30 11 or 30 Nov, times like 905. What the rules"
        " refuse is said, and nothing is changed; where they want a second yes you are asked."
        "\n\nEsc keeps the form for later, Ctrl+T throws it away."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.do = Do(draft.form.partition(":")[2])
        self._line: JurorLine | None = None

    @property
    def _number(self) -> str:
        return self.draft.values[NUMBER]

    def body(self) -> ComposeResult:
        yield from self.day_line()
        yield Told(self._title(), id="state", markup=False)
        yield from super().body()

    def _title(self) -> str:
        who = f"{self._line.number} {self._line.name}: " if self._line else ""
        return f"{who}{self.do.label}"

    async def on_mount(self) -> None:
        titles = {drafts.title_name(language()): self.do.label}
        self.draft = self.draft._replace(values={**self.draft.values, **titles})
        await super().on_mount()
        await self._show_juror()

    async def relabel(self) -> None:
        await super().relabel()
        await self._show_juror()
        self.back_to_field()

    @says
    async def _show_juror(self) -> None:
        """Say whom the form is about, and which day is in force."""
        who = await jury_desk.acting_first(self.desk)
        self._line = await self.desk.store.read(lines.find, who, self._number)
        self.say_day(who)
        self.query_one("#state", Told).update(self._title())

    @property
    def untouched(self) -> bool:
        return not _typed(self.draft.values)

    # -- fields ---------------------------------------------------------------------------

    @property
    def _fields_asked(self) -> list[Ask]:
        return [ask for ask in ASKS[self.do] if ask.name not in (AGAIN, LATE)]

    def fields(self) -> Sequence[FormField]:
        return [_field(ask) for ask in self._fields_asked]

    def closed(self) -> Mapping[str, Closed]:
        return {ask.name: Closed(_lettered(ask)) for ask in self._fields_asked if ask.choices}

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        try:
            answered.read(self.do, values, today=self.desk.clock.today())
        except FormProblemsError as error:
            return list(error.problems)
        return []

    # -- saving ---------------------------------------------------------------------------

    async def save(self, values: Mapping[str, str]) -> str:
        who = await jury_desk.acting_first(self.desk)
        line = await self.desk.store.write(
            doing.do, who, self._number, self.do, values, step_id=self.draft.id
        )
        await self.desk.store.jot(drafts.drop, self.draft.id)
        return line.number

    def not_saved(self, error: DeskError) -> None:
        """Ask for a second yes where that is all the rules want."""
        code = error.code if isinstance(error, RefusedError) else None
        if code in _SECOND_YES and (
            code is Refusal.ALREADY_DEFERRED or may(self.desk.user, Act.ALLOW_LATE_DEFERRAL)
        ):
            self.save_failed()
            name, question = _SECOND_YES[code]
            self.call_later(self._ask_again, name, _(question))
        else:
            super().not_saved(error)

    async def _ask_again(self, name: str, question: str) -> None:
        entries = [Entry("Y", _("Yes"), name), Entry("N", _("No, not now"), "")]
        await self.desk.ask(question, entries, self._second_yes)

    async def _second_yes(self, name: str | None) -> None:
        if name:
            self.change(**{name: "yes"})
            await self.action_save()

    def saved(self, row_id: str) -> None:
        label = self.do
        self.desk.last_saved = lambda: f"{row_id} {label.label}"
        say_saved(self.app, self.desk.last_saved())


def _field(ask: Ask) -> FormField:
    if ask.choices:
        options = [(code, _(label)) for code, label in ask.choices.items()]
        return pick(ask.name, ask.label, options, hint=WORD)
    if ask.kind is Kind.LONG:
        return FormField(ask.name, ask.label, "words", rows=WORDS_ROWS)
    return FormField(ask.name, ask.label, hint=HINTS.get(ask.kind, ""), needed=bool(ask.message))


def _lettered(ask: Ask) -> list[Entry]:
    """The items of a list; where their codes are letters, those answer."""
    choices = ask.choices or {}
    codes = {code: code if len(code) == 1 else "" for code in choices}
    if not any(codes.values()):
        given = case_actions.letters([("", label) for label in choices.values()])
        codes = dict(zip(choices, given, strict=True))
    return [Entry(codes[code], _(label), code) for code, label in choices.items()]


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    """What somebody typed, without what the desk keeps beside it."""
    return {
        name: text
        for name, text in values.items()
        if text and not name.startswith("_") and not name.endswith(TYPED)
    }
