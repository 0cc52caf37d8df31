"""How one moves between screens: records, desks, Find, help, the list of commands, the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, cast

from deskapp import keys
from deskapp.i18n import N_, _
from deskapp.screens.app_forms import FormsApp
from deskapp.screens.base import DeskScreen, Entry, says
from deskapp.screens.dialog import Dialog

if TYPE_CHECKING:
    from deskapp.app import DeskApp

HOME = Entry("H", N_("Home: what waits and what is due"), "home")
"""The first screen, where everybody may go; untranslated."""
FIGURES = Entry("R", N_("Reports: the figures of every desk"), "figures")
"""What leads to the places with figures; untranslated."""
QUIT = "quit"
LETTER = "letter:"
"""Before a letter of the page in the list of commands."""
KEYS_WIDTH = 10
"""Columns of the keys in the list of commands."""

UNSEEN = ("app.privacy", "app.language", "app.redraw", "app.palette", "app.quit")
"""Keys that work on every screen and are found in help and the palette."""


class MovesApp(FormsApp):
    """The part of the application that shows another screen."""

    lately: list[str]
    """Ids of the articles and scripts that were used last, the newest first."""

    @property
    def _desk(self) -> DeskApp:
        """The whole application."""
        return cast("DeskApp", self)

    async def ask(
        self,
        question: str,
        entries: Sequence[Entry],
        answered: Callable[[str | None], None] | Callable[[str | None], Awaitable[None]],
    ) -> None:
        """Show a menu; it is on the screen before the next key, and ``answered`` gets its value."""
        from deskapp.screens.menu import Menu

        await self.push_screen(Menu(question, entries), answered)

    def open(self, kind: str, record_id: str) -> None:
        """Show a record of any desk; ``kind`` is one of ``screens/records.py``."""
        from deskapp.screens import records, script_open

        if kind == records.SCRIPT:
            self.call_later(script_open.begin, self._desk, record_id)
        else:
            self.push_screen(records.screen_of(kind, record_id))

    @says
    async def action_go(self) -> None:
        """Ask where to go; what is half filled in stays and is one key away."""
        self.require_exchanged()
        from deskapp.screens import parked
        from deskapp.screens.go_menu import GoMenu

        entries = [_entry(HOME), *self._places(figures=False)]
        if self._places(figures=True):
            entries.append(_entry(FIGURES))
        leave = Entry("Q", _("Leave deskapp"), QUIT)
        waiting = await parked.entries(self._desk)
        await self.push_screen(GoMenu(_("Go to"), [*entries, leave], waiting), self._go_answered)

    async def offer_parked(self, why: str) -> None:
        from deskapp.screens import parked

        async def answered(answer: str | None) -> None:
            if answer:
                await parked.take_up(self._desk, answer)

        stay = Entry("S", _("Stay in this contact"), "")
        await self.ask(why, [*await parked.entries(self._desk), stay], answered)

    def _places(self, *, figures: bool) -> list[Entry]:
        """Where the user may go: the desks, or what stands behind ``FIGURES``."""
        from deskapp.screens import places

        return [
            Entry(each.letter, _(each.label), each.name)
            for each in places.open_to(self.user)
            if each.figures is figures
        ]

    async def _go_answered(self, place: str | None) -> None:
        from deskapp.screens import parked

        if place == QUIT:
            await self.action_ask_quit()
        elif place == FIGURES.value:
            await self.ask(_("Which figures?"), self._places(figures=True), self._go_answered)
        elif place and place.startswith(parked.PARKED):
            await parked.take_up(self._desk, place)
        elif place:
            await self.go(place)

    @says
    async def go(self, name: str) -> None:
        """Leave what is open (forms are kept) and show a desk; a calculator lies over it."""
        self.require_exchanged()
        from deskapp.screens import places

        over = {each.name for each in places.PLACES if each.over}
        if name not in over and not await self.back_to(self.screen_stack[0]):
            return
        for each in places.open_to(self.user):
            if each.name == name:
                await self.push_screen(places.screen(each.name))

    @says
    async def action_find(self) -> None:
        """Open the box that finds persons, contacts and courts, or go back into it."""
        if isinstance(self.screen, DeskScreen) and self.screen.find_here():
            return
        self.require_exchanged()
        from deskapp.screens.find import FindScreen

        await self.push_screen(FindScreen())

    def action_help(self) -> None:
        """Show what one does on this screen, and its keys; or how a question is answered."""
        from deskapp.screens.help import Help

        screen = self.screen
        if isinstance(screen, DeskScreen):
            names = dict.fromkeys((*screen.shown_keys, *UNSEEN))
            self.push_screen(Help(screen.HEADING, screen.HELP, tuple(names)))
        elif isinstance(screen, Dialog):
            self.push_screen(Help(screen.question, screen.HELP))

    async def action_commands(self) -> None:
        """Show everything that can be done here, and every place; do what is chosen."""
        from deskapp.screens.letter_keys import LetterKeys
        from deskapp.screens.pick import Line, Pick

        screen = self.screen
        lettered = screen if isinstance(screen, LetterKeys) else None
        if lettered:
            await lettered.page_read()
        acts = {f"{LETTER}{each.letter}": each for each in (lettered.letters if lettered else ())}
        names = screen.shown_keys if isinstance(screen, DeskScreen) else ()
        offered = dict.fromkeys((*names, *UNSEEN))
        offered.pop("app.palette")

        async def chosen(name: str | None) -> None:
            if name in keys.KEYS:
                await self.run_action(keys.KEYS[name].action, screen)
            elif lettered and name in acts:
                await lettered.letter_pressed(acts[name])
            elif name:
                await self.go(name)

        lines = [
            Line(each, _(keys.KEYS[each].label), keys.shown(each).ljust(KEYS_WIDTH))
            for each in offered
        ]
        lines += [
            Line(name, each.label, each.letter.ljust(KEYS_WIDTH))
            for name, each in acts.items()
            if each.label
        ]
        if "app.go" in self._desk.everywhere:
            lead = keys.shown("app.go")
            for first, goes in (
                (lead, [_entry(HOME), *self._places(figures=False)]),
                (f"{lead} {FIGURES.letter}", self._places(figures=True)),
            ):
                lines += [
                    Line(to.value, to.label, f"{first} {to.letter}".ljust(KEYS_WIDTH))
                    for to in goes
                ]
        await self.push_screen(Pick(_("What do you want to do?"), lines), chosen)

    async def action_ask_quit(self) -> None:
        """Leave deskapp; asked first, because Ctrl+Q is also an old habit for something else."""
        entries = [Entry("Y", _("Yes, leave deskapp"), "yes"), Entry("N", _("No, stay"), "")]
        question = _("Leave deskapp? What you typed is kept and comes back at the next start.")
        await self.ask(question, entries, self._quit_answered)

    async def _quit_answered(self, yes: str | None) -> None:
        if yes and await self.settle_forms():
            self.exit(0)

    async def action_help_quit(self) -> None:  # type: ignore[override]  # Textual awaits either
        """Ctrl+C copies in a field; elsewhere it is a habit that means leaving."""
        await self.action_ask_quit()


def _entry(untranslated: Entry) -> Entry:
    return untranslated._replace(label=_(untranslated.label))
