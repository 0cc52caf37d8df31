"""The register of interpreters: by name, by language, and whose registration ends."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens import interpreter_desk
from deskapp.screens.base import Entry, says
from deskapp.screens.paged import Rows
from deskapp.screens.pick import Line, Pick
from deskapp.screens.worklists import Worklists
from deskapp.services import kinds
from deskapp.services.interpreters import languages, register, registering
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.register import InterpreterLine, Which
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Order, Row

NOBODY = N_("Nobody stands in this list. Ctrl+R shows another, Ctrl+N adds somebody.")
LANGUAGE, ALL = "language", "all"


class RegisterScreen(Worklists):
    """Who can be asked for; Enter opens an entry with its bookings and absences."""

    HEADING: ClassVar[str] = N_("Register of interpreters")
    HELP: ClassVar[str] = N_(
        "Interpreters, intermediaries and communication support this court knows, by name. Type a"
        " name in the box, or press Ctrl+R for one language only. Left and Right show whose"
        " registration ends soon or has ended, and who is not active any more. Ctrl+N adds"
        " somebody; no home address is kept."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "interpreter.new", "screen.back")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.ACTIVE: ("A", Which.ACTIVE.english),
        Which.EXPIRING: ("E", Which.EXPIRING.english),
        Which.INACTIVE: ("I", Which.INACTIVE.english),
    }
    HINT: ClassVar[str] = N_("Any letters of the name")
    EMPTY: ClassVar[str] = NOBODY
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name"), 22, wide=30),
        Column(N_("Languages")),
        Column(N_("Registration"), 30),
    )
    ORDER: ClassVar[Order] = ""
    OPENS: ClassVar[str] = kinds.INTERPRETER

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._language = ""
        """Code of the only language that is shown; empty for all."""

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.search()

    @property
    def subject(self) -> Hashable:
        return self.words, self.list_name, self._language

    def more_entries(self) -> list[Entry]:
        """What the list can be narrowed down to."""
        found = [Entry("L", _("One language only"), LANGUAGE)]
        return [*found, Entry("0", _("All of them again"), ALL)] if self._language else found

    @says
    async def list_answered(self, answer: str | None) -> None:
        if answer == ALL:
            self._narrow("")
        elif answer == LANGUAGE:
            listed = [Line(each.code, each.label) for each in languages.find("")]
            question = _("Which language?")
            await self.app.push_screen(Pick(question, listed), self._narrow)
        else:
            await super().list_answered(answer)

    def _narrow(self, code: str | None) -> None:
        if code is not None:
            self._language = code
            self.show_list(self.list_name)

    async def read_page(self, want: Want, words: str) -> Rows:
        asked = self.subject
        acting = await interpreter_desk.acting_first(self.desk)
        page = await self.desk.store.read(
            register.page,
            want,
            acting,
            Which(self.list_name),
            language=self._language,
            text=words,
        )
        if asked == self.subject:
            only = _("Only: {what}").format(what=languages.label(self._language))
            self.say_lists("", only if self._language else "")
        return Rows([_row(line, acting) for line in page.lines], page.more)

    @says
    async def action_new_interpreter(self) -> None:
        """Show the form of an interpreter, or take up the one begun before."""
        from deskapp.screens.interpreter_form import InterpreterFormScreen

        kept = await self.desk.begun(registering.FORM)
        draft = kept or self.desk.new_draft(registering.FORM, {})

        def saved(interpreter_id: str | None) -> None:
            if interpreter_id:
                self.desk.open(kinds.INTERPRETER, interpreter_id)

        await self.app.push_screen(InterpreterFormScreen(draft), saved)


def _row(line: InterpreterLine, acting: Acting) -> Row:
    expiry = line.expiry_words(acting.today, acting.settings.expiry_warning_days)
    late = line.expired_on(acting.today)
    cells = (line.name, line.speaks, expiry or line.registration)
    return Row(line.id, cells, place=line.place, mark="overdue" if late else "")
