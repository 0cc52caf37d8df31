"""The application: opens the store, says which keys work, covers the screen, rings, ends.

What it does with forms stands in ``screens/app_forms.py``, moving in ``screens/app_moves.py``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import ToastRack

from deskapp import i18n, keys, paths
from deskapp.clock import Clock
from deskapp.data.locks import lock_screen
from deskapp.data.store import Store
from deskapp.data.vault import (
    PASSPHRASE,
    PassphraseNeededError,
    check_passphrase,
    slots,
    unlock,
)
from deskapp.errors import CentralRefusedError, DeskError, NotFoundError, OfflineTooLongError
from deskapp.i18n import _
from deskapp.paths import STORE_NAME
from deskapp.roles import Act, may
from deskapp.screens.app_moves import UNSEEN, MovesApp
from deskapp.screens.base import DeskScreen, says
from deskapp.screens.dialog import Dialog
from deskapp.screens.home import HomeScreen
from deskapp.services import desk, offline
from deskapp.services.offline import Standing
from deskapp.settings import Settings, remember_language
from deskapp.terminal.driver import LINE_LOST_EXIT
from deskapp.terminal.lean import collect_again, lean_start
from deskapp.terminal.profiles import Profile

if TYPE_CHECKING:
    from deskapp.screens.exchanging import Exchanging
    from deskapp.services.casework.acting import Acting
    from deskapp.services.casework.book import Rulebook

EVERYWHERE = ("app.help", "desk.new", "app.find", "app.hard", "app.go")
"""Keys that work on every screen, in the order of the key line."""

CLOCK_SLACK = dt.timedelta(minutes=2)
"""By how much a clock that is put right may go forward while the screens are open."""
BELL_SECONDS = 60
"""How often the desk looks for callbacks whose time has come."""
MINUTE = 60
FIRST_PAGE_KIB, WORKING_KIB = 256, 8000
"""How much of the store reads keep in memory: the first page reads everything once, and a session
that waits on it holds 0.6 MiB less; a search among many records comes back to what it has read."""
REST_SECONDS = 30
"""How long nobody must have pressed a key before what the first search needs is read: a pause
between two calls, not one between two words."""
TURN_SECONDS = 0.001
"""How long a thread that searches may keep the one that draws from its turn; Python's own 5 ms come
several times in one key."""


def start(*, profile: Profile, settings: Settings, language: str) -> int:
    """Run the screens on the usual store and return the exit code.

    Raises:
        DeskError: If the store cannot be used; nothing was shown yet.
    """
    keys.remap(settings.keys)
    sys.setswitchinterval(TURN_SECONDS)
    folder = paths.store_folder()
    with lock_screen(folder):
        app = DeskApp(folder, profile=profile, settings=settings)
        app.store_or_question()
        try:
            with lean_start():
                app.run(mouse=profile.modern)
        finally:
            app.close_store()
    if app.lost:
        os._exit(LINE_LOST_EXIT)  # a thread that still reads would be waited for
    return app.return_code or 0


class DeskApp(MovesApp):
    """One officer's desk."""

    CSS_PATH = "desk.tcss"
    DEFAULT_MODE = "start"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"desk": HomeScreen}
    """A passphrase or first start is asked for in ``start`` and leads to ``desk``."""
    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings(*EVERYWHERE, *UNSEEN)]
    NOTIFICATION_TIMEOUT = 5

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
        self._place_and_person = ""
        self._exchanging: Exchanging | None = None
        self.everywhere: tuple[str, ...] = ()
        self.half_prepared = False
        self.last_saved: Callable[[], str] = str
        """Words, in the language in use, for what was saved last: a caller comes back with a pen.
        Empty while nothing was.
        """
        self.standing = Standing()
        """With the limit of working without central, as it was looked at last."""
        self._began = (self.clock.now(), self.clock.monotonic())
        self.left_running = {}
        self.lately = []
        self.jury_day: dt.date | None = None
        """The day that the jury desk works on, where that is not today."""
        self.jury_court = ""
        """Code of its court; empty until it is read."""
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
        store = Store.open(self.folder, unlock(self.folder, passphrase), clock=self.clock)
        store.keep_pages(FIRST_PAGE_KIB)
        return store

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
        self.standing = store.call_read(offline.standing, self.believed_now())
        needs = {"desk.new": Act.TAKE_CONTACT, "app.hard": Act.WORK_CASES}
        self.everywhere = tuple(
            name for name in EVERYWHERE if name not in needs or may(self.user, needs[name])
        )
        words = [self.user.name, desk.site_name(store.site, i18n.language())]
        if store.call_read(desk.is_demonstration):
            words.insert(0, _("DEMONSTRATION"))
        self._place_and_person = " · ".join(words)

    @property
    def place_and_person(self) -> str:
        """For the top line: who is where, and before it what is wrong with the exchange."""
        return " · ".join(filter(None, (self.exchange_words, self._place_and_person)))

    @property
    def exchange_words(self) -> str:
        """What is wrong with the exchange; empty while all is well."""
        return self._exchanging.words if self._exchanging else ""

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
        store.keep_pages(WORKING_KIB)
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

    def on_ready(self) -> None:
        """The first page is shown."""
        collect_again()
        if self._opened is not None:
            self._opened.keep_pages(WORKING_KIB)

    def on_mount(self) -> None:
        self.set_interval(MINUTE, self.lock_when_idle)
        self.set_interval(MINUTE, self.keep_limit)
        if self._opened is not None:
            self.reopen()
        self.set_interval(BELL_SECONDS, self.ring_due)
        self.set_timer(REST_SECONDS, self.read_ahead)
        if self.settings.central:
            from deskapp.screens import exchanging

            self._exchanging = exchanging.Exchanging(self)

    @work(group="exchange")
    @says
    async def exchange_when_due(self) -> None:
        """Exchange with the central database by itself, once the store is open."""
        if self._opened is not None and self._exchanging is not None:
            await self._exchanging.look()

    async def exchange_now(self) -> None:
        """Exchange at once and wait for the end; the top line says what went wrong.

        Raises:
            DeskError: If this desk has no central database.
        """
        if self._exchanging is None:
            raise CentralRefusedError(
                _("The settings of this desk name no central database. Tell an administrator.")
            )
        await self._exchanging.now()

    # -- working alone for too long -------------------------------------------------------

    def believed_now(self) -> dt.datetime:
        """The present by the clock of the computer; less where that was put forward meanwhile."""
        began, running = self._began
        gone = dt.timedelta(seconds=self.clock.monotonic() - running)
        return min(self.clock.now(), began + gone + CLOCK_SLACK)

    def require_exchanged(self) -> None:
        """Stop here where nothing may be begun before an exchange.

        Raises:
            OfflineTooLongError: With what to do.
        """
        if self.standing.over:
            raise OfflineTooLongError(
                _("This desk must exchange first. A form that is open can be finished and saved.")
            )

    @work(exclusive=True, group="limit")
    @says
    async def keep_limit(self) -> None:
        """Close the desk when it has worked alone for too long, and open it again."""
        if self._opened is None:
            return
        found = await self.store.read(offline.standing, self.believed_now())
        if found.over or self.standing.over:
            from deskapp.screens import limit

            await limit.keep(self, found)
        self.standing = found

    @work(exclusive=True, group="ahead")
    async def read_ahead(self) -> None:
        """Read once, while the officer rests, what the first search would wait for."""
        from deskapp.screens import looking_up

        if self._opened is None or self.idle_seconds < REST_SECONDS:
            self.set_timer(REST_SECONDS, self.read_ahead)
            return
        try:
            await looking_up.read_ahead(self)
            if may(self.user, Act.READ_CASES):
                await self.acting()
        except DeskError:
            return  # the search will say it, when somebody waits for it

    @property
    def reads_contacts(self) -> bool:
        """Whether the user may see contacts, persons and what was promised to them."""
        return may(self.user, Act.READ_CONTACTS)

    # -- keys -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Questions and help have the screen to themselves, but for what cannot wait; before
        unlocking there is no desk.

        A save is waited for: its screen closes by itself, and nothing may lie above it then.
        """
        if isinstance(self.screen, DeskScreen) and self.screen.saving:
            return action == "privacy"
        needs_desk = action in ("new_contact", "find", "hard", "go")
        covered = isinstance(self.screen, ModalScreen)
        if action == "hard" and isinstance(self.screen, Dialog):
            covered = False
        if needs_desk and (covered or not self.everywhere):
            return False
        alone = ("help", "commands", "switch_language")
        if action in alone and isinstance(self.screen, ModalScreen):
            return action == "help" and isinstance(self.screen, Dialog)
        return super().check_action(action, parameters)

    def line_lost(self) -> None:
        """The terminal is gone: store what was typed and end.

        The store is closed behind the last screen: one that still reads must not find it closed.
        """

        async def end() -> None:
            await self.settle_forms()
            self.lost = True
            # The end would wait for what a thread just reads, such as the articles.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
            self.exit(return_code=LINE_LOST_EXIT)

        self._ending = asyncio.get_running_loop().create_task(end())

    # -- hard minutes, prying eyes --------------------------------------------------------

    @says
    async def action_hard(self) -> None:
        """Ask what it is that cannot wait; a contact that is open stays open."""
        if self.standing.over:
            from deskapp.screens.form_screen import FormScreen

            if not isinstance(self.screen, FormScreen):
                self.require_exchanged()
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
        if self._opened is None or not idle_minutes or self.idle_seconds < idle_minutes * MINUTE:
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
            if self._exchanging is not None:
                self._exchanging.touched()
        await super().on_event(event)

    @property
    def idle_seconds(self) -> float:
        """How long ago the officer was last here."""
        return self.clock.monotonic() - self._last_key

    def _refresh_notifications(self) -> None:
        """Show the messages; over a question those alone that came with it or later."""
        asked = self.screen_stack[-1] if self.screen_stack else None
        if not isinstance(asked, Dialog):
            super()._refresh_notifications()
            return
        told = [each for each in self._notifications if each.raised_at >= asked.told_from]
        for rack in asked.children:
            if isinstance(rack, ToastRack):
                self.call_later(rack.show, told)

    # -- callbacks, casework --------------------------------------------------------------

    @work(exclusive=True, group="bell")
    @says
    async def ring_due(self) -> None:
        """Ring once for callbacks whose time has come since this was asked last."""
        if self._opened is None or not self.reads_contacts or self.standing.over:
            return
        from deskapp.screens import callback_bell

        now = self.clock.now()
        await callback_bell.ring(self, self.rung_until, now)
        self.rung_until = now

    async def acting(self) -> Acting:
        """Who acts on cases now; the first call reads the schemes of this desk, in a thread."""
        from deskapp.services.casework import shelf

        folder, nation = paths.settings_folder(), desk.nation(self.user.site)
        await asyncio.to_thread(shelf.rulebook, folder, nation)  # long: no other read may wait
        acting = await self.store.read(shelf.acting_on, self.user, self.clock.now(), folder)
        self.book = acting.book
        return acting

    async def up_to_date(self) -> Acting:
        """As ``acting``, for lists: some of what time changed in cases is worked out before."""
        from deskapp.services.casework import projection, turning

        acting = await self.acting()
        if await self.store.read(turning.is_behind, acting.at):
            await self.store.jot(projection.catch_up, acting.book, acting.at)
        return acting

    # -- language -------------------------------------------------------------------------

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
