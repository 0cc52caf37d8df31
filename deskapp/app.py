"""The application: opens the store, moves between screens, keeps what is unfinished."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from deskapp import i18n, keys, paths
from deskapp.clock import Clock
from deskapp.data.ids import new_id
from deskapp.data.locks import lock_screen
from deskapp.data.store import Store
from deskapp.data.vault import (
    PASSPHRASE,
    PassphraseNeededError,
    check_passphrase,
    slots,
    unlock,
)
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.paths import STORE_NAME
from deskapp.roles import Act, User, may, require
from deskapp.screens.base import DeskScreen, Entry, says
from deskapp.screens.dialog import Dialog
from deskapp.screens.home import HomeScreen
from deskapp.services import desk, drafts
from deskapp.services.drafts import Draft
from deskapp.settings import Settings, remember_language
from deskapp.terminal.app import TerminalApp
from deskapp.terminal.driver import LINE_LOST_EXIT
from deskapp.terminal.profiles import Profile

if TYPE_CHECKING:
    from deskapp.services.casework.acting import Acting
    from deskapp.services.casework.book import Rulebook

EVERYWHERE = ("app.help", "contacts.new", "app.find", "app.hard", "app.go")
"""Keys that work on every screen, in the order of the key line."""

HOME = ("H", N_("Home: what waits and what is due"), "home")
"""Letter, label and name of the first screen, where everybody may go."""

UNSEEN = ("app.privacy", "app.language", "app.redraw", "app.palette", "app.quit")
"""Keys that work on every screen and are found in help and the palette."""

BELL_SECONDS = 60
"""How often the desk looks for callbacks whose time has come."""
MINUTE = 60
PARKED_LIMIT = 3
"""Source: enquiries sheet, section 7."""


def start(*, profile: Profile, settings: Settings, language: str) -> int:
    """Run the screens on the usual store and return the exit code.

    Raises:
        DeskError: If the store cannot be used; nothing was shown yet.
    """
    keys.remap(settings.keys)
    folder = paths.store_folder()
    with lock_screen(folder):
        app = DeskApp(folder, profile=profile, settings=settings)
        app.store_or_question()
        try:
            app.run(mouse=profile.modern)
        finally:
            app.close_store()
    return app.return_code or 0


class DeskApp(TerminalApp):
    """One officer's desk."""

    CSS_PATH = "desk.tcss"
    DEFAULT_MODE = "start"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"desk": HomeScreen}
    """A passphrase or first start is asked for in ``start`` and leads to ``desk``."""
    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings(*EVERYWHERE, *UNSEEN)]
    NOTIFICATION_TIMEOUT = 5

    store: Store
    user: User
    book: Rulebook
    """The schemes, as ``acting`` read them last."""

    def __init__(
        self, folder: Path, *, profile: Profile, settings: Settings, clock: Clock | None = None
    ) -> None:
        super().__init__(profile)
        self.folder = folder
        self.settings = settings
        self.clock = clock or Clock()
        self.nation = ""
        self.place_and_person = ""
        self.everywhere: tuple[str, ...] = ()
        self.half_prepared = False
        self.last_saved = ""
        """What was saved last, for a caller who comes back with a pen."""
        self.left_running: dict[str, float] = {}
        """Forms that run on while the officer looks at another desk: id, and since when."""
        self.rung_until = self.clock.now()
        """Callbacks that became due before are told of."""
        self._opened: Store | None = None
        self._last_key = self.clock.monotonic()
        self.set_keymap(settings.keys)

    # -- the store ------------------------------------------------------------------------

    def store_or_question(self) -> None:
        """Open the store when that needs no question, or begin with the question.

        Raises:
            DeskError: If it cannot be used.
        """
        if (self.folder / STORE_NAME).exists():
            with suppress(PassphraseNeededError):
                self.use(self.open_store())
        if self._opened is None:
            self.add_mode(self.DEFAULT_MODE, self.question)

    def open_store(self, passphrase: str | None = None) -> Store:
        """The store, unlocked.

        Raises:
            DeskError: If it cannot be opened so.
        """
        return Store.open(self.folder, unlock(self.folder, passphrase), clock=self.clock)

    def use(self, store: Store) -> None:
        """Work with this store and its user from now on."""
        self.store = self._opened = store
        self.half_prepared = False
        try:
            self.user = store.call_read(desk.user)
        except NotFoundError:  # the first start was killed before it was done
            store.close()
            self._opened = None
            self.half_prepared = True
            return
        store.actor = self.user.id
        self.nation = desk.nation(store.site)
        needs = {"contacts.new": Act.TAKE_CONTACT, "app.hard": Act.WORK_CASES}
        self.everywhere = tuple(
            name for name in EVERYWHERE if name not in needs or may(self.user, needs[name])
        )
        words = [self.user.name, desk.site_name(store.site, i18n.language())]
        if store.call_read(desk.is_demonstration):
            words.insert(0, _("DEMONSTRATION"))
        self.place_and_person = " · ".join(words)

    @work(exclusive=True, group="enter")
    @says
    async def enter(self, store: Store) -> None:
        """Go to the first screen with an unlocked store."""
        self.use(store)
        if self.half_prepared:
            await self.push_screen(self.question())
            return
        await self.switch_mode("desk")
        await self.remove_mode(self.DEFAULT_MODE)
        self.reopen()

    def close_store(self) -> None:
        """Close the store; what was typed is on the disk."""
        if self._opened is not None:
            self._opened.close()

    def get_default_screen(self) -> Screen[Any]:
        """The desk, where no question comes first; so begun, Textual reads all styles once only."""
        return HomeScreen()

    def question(self) -> Screen[Any]:
        """What must be answered before there is a desk."""
        if (self.folder / STORE_NAME).exists() and not self.half_prepared:
            from deskapp.screens.unlock import UnlockScreen

            return UnlockScreen()
        from deskapp.screens.setup import SetupScreen

        return SetupScreen()

    def on_mount(self) -> None:
        self.set_interval(MINUTE, self.lock_when_idle)
        if self._opened is not None:
            self.reopen()
        self.set_interval(BELL_SECONDS, self.ring_due)

    @property
    def reads_contacts(self) -> bool:
        """Whether the user may see contacts, persons and what was promised to them."""
        return may(self.user, Act.READ_CONTACTS)

    # -- moving between screens -----------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Questions and help have the screen to themselves; before unlocking there is no desk.

        A save is waited for: its screen closes by itself, and nothing may lie above it then.
        """
        if isinstance(self.screen, DeskScreen) and self.screen.saving:
            return action == "privacy"
        needs_desk = action in ("new_contact", "find", "hard", "go")
        if needs_desk and (not self.everywhere or isinstance(self.screen, ModalScreen)):
            return False
        alone = ("help", "commands", "switch_language")
        if action in alone and isinstance(self.screen, ModalScreen):
            return action == "help" and isinstance(self.screen, Dialog)
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Show what one does on this screen, and its keys; or how a question is answered."""
        from deskapp.screens.help import Help

        screen = self.screen
        if isinstance(screen, DeskScreen):
            names = dict.fromkeys((*screen.shown_keys, *UNSEEN))
            self.push_screen(Help(screen.HEADING, screen.HELP, tuple(names)))
        elif isinstance(screen, Dialog):
            self.push_screen(Help(screen.question, screen.HELP))

    def action_find(self) -> None:
        """Open the box that finds persons, contacts and courts, or go back into it."""
        if isinstance(self.screen, DeskScreen) and self.screen.find_here():
            return
        from deskapp.screens.find import FindScreen

        self.push_screen(FindScreen())

    async def ask(
        self,
        question: str,
        entries: Sequence[Entry],
        answered: Callable[[str | None], None] | Callable[[str | None], Awaitable[None]],
    ) -> None:
        """Show a menu; it is on the screen before the next key, and ``answered`` gets its value."""
        from deskapp.screens.menu import Menu

        await self.push_screen(Menu(question, entries), answered)

    @says
    async def action_go(self) -> None:
        """Ask where to go; what is half filled in stays and is one key away."""
        from deskapp.screens import parked, places

        desks = [Entry(each.letter, _(each.label), each.name) for each in places.open_to(self.user)]
        letter, label, name = HOME
        home = Entry(letter, _(label), name)
        leave = Entry("Q", _("Leave deskapp"), "quit")
        entries = [home, *desks, *(await parked.entries(self)), leave]
        await self.ask(_("Go to"), entries, self._go_answered)

    async def _go_answered(self, place: str | None) -> None:
        from deskapp.screens import parked

        if place == "quit":
            await self.action_ask_quit()
        elif place and place.startswith(parked.PARKED):
            await parked.take_up(self, place)
        elif place:
            await self.go(place)

    async def go(self, name: str) -> None:
        """Leave what is open (forms are kept) and show a desk."""
        if not await self.back_to(self.screen_stack[0]):
            return
        from deskapp.screens import places

        for each in places.open_to(self.user):
            if each.name == name:
                await self.push_screen(places.screen(each.name))

    async def back_to(self, screen: Screen[Any]) -> bool:
        """Close what lies above a screen; false when a form there cannot be kept and must stay."""
        while self.screen is not screen:
            if isinstance(self.screen, DeskScreen) and not await self.screen.leave(parked=False):
                return False
            await self.pop_screen()
        return True

    async def action_ask_quit(self) -> None:
        """Leave deskapp; asked first, because Ctrl+Q is also an old habit for something else."""
        entries = [Entry("Y", _("Yes, leave deskapp"), "yes"), Entry("N", _("No, stay"), "")]
        question = _("Leave deskapp? What you typed is kept and comes back at the next start.")
        await self.ask(question, entries, self._quit_answered)

    async def _quit_answered(self, yes: str | None) -> None:
        if yes and await self.settle_forms():
            self.exit(0)

    async def settle_forms(self) -> bool:
        """Wait until what was typed in every open form is on the disk; false when it refuses."""
        screens = [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]
        return all([await screen.flush() for screen in screens])

    def line_lost(self) -> None:
        """The terminal is gone: store what was typed and end.

        The store is closed behind the last screen: one that still reads must not find it closed.
        """

        async def end() -> None:
            await self.settle_forms()
            self.lost = True
            self.exit(return_code=LINE_LOST_EXIT)

        self._ending = asyncio.get_running_loop().create_task(end())

    # -- hard minutes, prying eyes --------------------------------------------------------

    async def action_hard(self) -> None:
        """Ask what it is that cannot wait; a contact that is open stays open."""
        from deskapp.screens import hard_menu

        await hard_menu.ask(self)

    @work(exclusive=True, group="privacy")
    async def action_privacy(self) -> None:
        """Cover the screen at once, or come back."""
        from deskapp.screens.lock import cover

        await cover(self, locked=False)

    @work(exclusive=True, group="privacy")
    async def lock_when_idle(self) -> None:
        """Lock the desk when nobody pressed a key for as long as the settings say."""
        from deskapp.screens.lock import LockScreen, cover

        idle_minutes = self.settings.idle_minutes
        idle_seconds = self.clock.monotonic() - self._last_key
        if self._opened is None or not idle_minutes or idle_seconds < idle_minutes * MINUTE:
            return
        locked = PASSPHRASE in slots(self.folder)
        if not isinstance(self.screen, LockScreen) or (locked and not self.screen.locked):
            await cover(self, locked=locked)

    def check_passphrase(self, passphrase: str) -> None:
        """Make sure that it is the one of the store.

        Raises:
            DeskError: If it is not.
        """
        check_passphrase(self.folder, passphrase)

    async def on_event(self, event: events.Event) -> None:
        """Remember when the officer was last here."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._last_key = self.clock.monotonic()
        await super().on_event(event)

    # -- contacts -------------------------------------------------------------------------

    def new_draft(self, form: str, values: Mapping[str, str]) -> Draft:
        """A draft that begins now; it is stored with its first key stroke."""
        now = self.clock.now()
        return Draft(
            id=new_id(),
            form=form,
            officer_id=self.user.id,
            started_at=now,
            updated_at=now,
            values=dict(values),
        )

    @says
    async def action_new_contact(self) -> None:
        """Start a contact; one that is open and not on the screen is shown instead."""
        from deskapp.screens.contact import ContactScreen, first_values

        require(self.user, Act.TAKE_CONTACT)
        opened = [each for each in self.screen_stack if isinstance(each, ContactScreen)]
        if opened and opened[0] is not self.screen:
            await self.back_to(opened[0])
            return
        if isinstance(self.screen, ContactScreen):
            if self.screen.untouched or await self.too_many_parked():
                return
            if not await self.screen.leave(parked=True):
                return
            await self.pop_screen()
        running = await self.store.read(drafts.running, self.user.id, drafts.CONTACT)
        if running is not None:
            await self.push_screen(ContactScreen(running))
            return
        draft = self.new_draft(drafts.CONTACT, first_values(self.settings.channel))
        await self.push_screen(ContactScreen(draft))
        self.store.warm()

    async def too_many_parked(self) -> bool:
        """Whether no further contact can be parked; then the officer is told."""
        waiting = await self.store.read(drafts.waiting, self.user.id)
        parked = sum(draft.parked and draft.form == drafts.CONTACT for draft in waiting)
        if parked < PARKED_LIMIT:
            return False
        message = _("You have {count} parked contacts. Finish one before you start another.")
        self.notify(message.format(count=parked), severity="warning", markup=False)
        return True

    @work(exclusive=True, group="contact")
    @says
    async def reopen(self) -> None:
        """After a crash or a lost line: the form that was open, with the same words and field."""
        running = await self.store.read(drafts.running, self.user.id)
        if running is not None:
            await self.show_draft(running, interrupted=True)

    @work(exclusive=True, group="contact")
    @says
    async def open_draft(self, draft_id: str) -> None:
        """Take up a parked or open form."""
        draft = await self.store.read(drafts.get, draft_id)
        running = await self.store.read(drafts.running, self.user.id, draft.form)
        if running is not None and running.id != draft.id:  # only one of a kind runs at a time
            now = self.clock.monotonic()
            away_seconds = int(now - self.left_running.pop(running.id, now))
            spent_seconds = running.spent_seconds + away_seconds
            parked = replace(running, parked=True, spent_seconds=spent_seconds)
            await self.store.jot(drafts.keep, parked)
        await self.show_draft(draft)

    async def show_draft(self, draft: Draft, *, interrupted: bool = False) -> None:
        """Put a form on the screen as it was left."""
        from deskapp.clock import local
        from deskapp.screens import forms

        at = i18n.clock_time(local(draft.updated_at)) if interrupted else ""
        if drafts.kind(draft.form) == drafts.HARD:
            await self.acting()  # the form asks for the labels of its schemes
        await self.push_screen(forms.screen_of(draft, at))
        self.store.warm()

    def open_contact(self, contact_id: str) -> None:
        """Show a saved contact."""
        from deskapp.screens.contact_record import ContactRecordScreen

        self.push_screen(ContactRecordScreen(contact_id))

    def open_callback(self, callback_id: str) -> None:
        """Show whom to ring back."""
        from deskapp.screens.callback_card import CallbackScreen

        self.push_screen(CallbackScreen(callback_id))

    @work(exclusive=True, group="bell")
    @says
    async def ring_due(self) -> None:
        """Ring once for callbacks whose time has come since this was asked last."""
        if self._opened is None or not self.reads_contacts:
            return
        from deskapp.screens import callback_bell

        now = self.clock.now()
        await callback_bell.ring(self, self.rung_until, now)
        self.rung_until = now

    def open_person(self, person_id: str) -> None:
        """Show a person with every contact they had."""
        from deskapp.screens.person import PersonScreen

        self.push_screen(PersonScreen(person_id))

    # -- casework -------------------------------------------------------------------------

    async def acting(self) -> Acting:
        """Who acts on cases now; the first call reads the schemes of this desk, in a thread."""
        from deskapp.services.casework import shelf

        folder, nation = paths.settings_folder(), desk.nation(self.user.site)
        await asyncio.to_thread(shelf.rulebook, folder, nation)  # long: no other read may wait
        acting = await self.store.read(shelf.acting_on, self.user, self.clock.now(), folder)
        self.book = acting.book
        return acting

    def open_case(self, case_id: str) -> None:
        """Show a case."""
        from deskapp.screens.case_record import CaseRecordScreen

        self.push_screen(CaseRecordScreen(case_id))

    # -- language and commands --------------------------------------------------------

    @work(exclusive=True, group="language")
    @says
    async def action_switch_language(self) -> None:
        """Show every text in the other language; what was typed stays."""
        i18n.use(i18n.other_language())
        remember_language(i18n.language())
        if self._opened is not None:
            self.use(self._opened)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.relabel()

    async def action_commands(self) -> None:
        """Show everything that can be done here, and every place; do what is chosen."""
        from deskapp.screens import places
        from deskapp.screens.pick import Line, Pick

        screen = self.screen
        names = screen.shown_keys if isinstance(screen, DeskScreen) else ()
        offered = dict.fromkeys((*names, *UNSEEN))
        offered.pop("app.palette")

        async def chosen(name: str | None) -> None:
            if name in keys.KEYS:
                await self.run_action(keys.KEYS[name].action, screen)
            elif name:
                await self.go(name)

        lines = [Line(each, _(keys.KEYS[each].label), f"{keys.shown(each):<9}") for each in offered]
        if "app.go" in self.everywhere:
            goes = [(place.letter, place.label, place.name) for place in places.open_to(self.user)]
            lead = keys.shown("app.go")
            for letter, label, name in (HOME, *goes):
                lines.append(Line(name, _(label), f"{f'{lead} {letter}':<9}"))
        await self.push_screen(Pick(_("What do you want to do?"), lines), chosen)

    async def action_help_quit(self) -> None:  # type: ignore[override]
        """Ctrl+C copies in a field; elsewhere it is a habit that means leaving."""
        await self.action_ask_quit()
