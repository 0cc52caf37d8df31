"""What every screen of the desk has: the top line, the key line, help, a way back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from deskapp.errors import DeskError, NotAllowedError
from deskapp.i18n import _
from deskapp.keys import HELP_SIGN, KEYS, bindings, shown
from deskapp.screens.quick import QuickScreen
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.top_line import TopLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

R = TypeVar("R")
S = TypeVar("S", bound="DeskScreen[Any]")
P = ParamSpec("P")

READS = "reads:"
"""How the groups of workers begin that only show what they read."""

SAVE = "save"
"""The group of the workers that save; a form closes by itself behind them."""

SAID_SECONDS = 30
"""How long it stands on the screen what went wrong; nobody reads a long reason in five."""

MESSAGES = "textual-toastrack"
"""Id of the widget in which Textual shows what ``notify`` was given."""

KEY_LINE_ROWS = 1
"""Height of the line of keys, on which nothing may lie."""
LETTERS = "letters"
"""Id of what stands right above it on some screens: which letters work there."""

WIDE_FROM = 110
"""Columns from which a screen shows more beside its form."""


class Entry(NamedTuple):
    """One answer of a question that a letter answers."""

    letter: str
    label: str
    """Already translated."""
    value: str
    why_not: str = ""
    """Why it cannot be picked now, already translated; shown below it."""


def say(to: App[Any] | Screen[Any], error: DeskError, words: str = "") -> None:
    """Tell what an officer can act on: an error, or only a warning where the role forbids it.

    Args:
        to: The screen it happened on, or the application.
        error: What happened.
        words: What is said of it, already translated; the text of ``error`` unless given.
    """
    forbidden = isinstance(error, NotAllowedError)
    to.notify(
        words or str(error),
        severity="warning" if forbidden else "error",
        timeout=SAID_SECONDS,
        markup=False,
    )


def say_not_saved(to: App[Any] | Screen[Any], error: DeskError) -> None:
    """Tell that nothing was saved, and why."""
    say(to, error, _("Not saved. {reason}").format(reason=error))


def say_saved(to: App[Any] | Screen[Any], what: str) -> None:
    """Tell what was saved; ``what`` is a reference or a name, already translated."""
    to.notify(_("Saved: {what}.").format(what=what), markup=False)


def says(method: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, Coroutine[Any, Any, None]]:
    """Let an action, an answer or a handler end with words where the store or a role says no.

    For methods of a screen and of the application, and for functions whose first argument is one.
    """

    @functools.wraps(method)
    async def saying(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await method(*args, **kwargs)
        except DeskError as error:
            say(cast("DeskScreen[Any] | DeskApp", args[0]), error)

    return saying


def saves(method: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, Worker[None]]:
    """Make a worker of a method of a screen that saves; what refuses it goes to ``not_saved``."""

    @functools.wraps(method)
    async def saving(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await method(*args, **kwargs)
        except DeskError as error:
            cast("DeskScreen[Any]", args[0]).not_saved(error)

    return work(exclusive=True, group=SAVE)(saving)


def reads(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[S, P], Worker[None]]:
    """Make a worker of a method that only shows what it reads; a newer one replaces it.

    What cannot be read goes to ``not_read``. While every text is shown again in the other language
    its widgets go and others come: what is read then is dropped, for ``relabel`` has it read once
    more. So is what comes when the screen is just being left.
    """

    @functools.wraps(method)
    async def shown(screen: S, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await method(screen, *args, **kwargs)
        except NoMatches:
            if screen.stands:
                raise
        except DeskError as error:
            if screen.stands:
                screen.not_read(error)

    return work(exclusive=True, group=READS + method.__name__)(shown)


class DeskScreen(QuickScreen[R]):
    """A whole screen; subclasses give ``body`` and say their keys, title and help."""

    HEADING: ClassVar[str] = ""
    """Untranslated."""
    HELP: ClassVar[str] = ""
    """Untranslated; what one does here, in short paragraphs."""
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)
    """Keys of this screen besides those that work everywhere, in the order of the key line."""
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ()
    """Keys that work here and stand in help alone: the key line has no room for them."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding(HELP_SIGN, "app.help", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_FROM, "-wide")]  # noqa: RUF012 - Textual's type

    def __init__(self) -> None:
        super().__init__(classes="-narrow")  # of most; a change would style every widget twice

    def __init_subclass__(cls) -> None:
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *bindings(*cls.KEYS)]
        super().__init_subclass__()

    saving: bool = False
    """Whether a save is under way: keys that would leave the screen wait for its end."""
    renewing: bool = False
    """Whether the widgets are just being replaced by those of the other language."""

    @property
    def desk(self) -> DeskApp:
        """The application, with its store, user and clock."""
        return cast("DeskApp", self.app)

    def on_descendant_focus(self) -> None:
        self.call_after_refresh(self.keep_typing_clear)

    def keep_typing_clear(self) -> None:
        """Let messages stand above the lines of keys and letters, and above what is typed in."""
        typed, height = self.focused, self.size.height
        letters = sum(
            each.region.height for each in self.walk_children(Widget) if each.id == LETTERS
        )
        below = KEY_LINE_ROWS + letters
        if typed is not None and typed.check_consume_key("a", "a"):  # letters are typed there
            low = typed.region.bottom > height // 2
            below = max(below, height - typed.region.y) if low else below
        for child in self.children:
            if child.id == MESSAGES and child.styles.margin.bottom != below:
                child.styles.margin = (0, 0, below, 0)  # each change is a new layout

    @property
    def stands(self) -> bool:
        """Whether the screen is open and its widgets are there, be it below another."""
        return not self.renewing and self in self.app.screen_stack

    async def page_read(self) -> None:
        """Wait until everything is read that the screen shows; for keys that act on it."""
        while reading := [each for each in self.workers if self._reads(each)]:
            with suppress(WorkerCancelled, WorkerFailed):  # a newer one reads, or it was said
                await reading[0].wait()

    def _reads(self, worker: Worker[Any]) -> bool:
        return worker.node is self and worker.group.startswith(READS) and not worker.is_finished

    def not_read(self, error: DeskError) -> None:
        """Say why something cannot be shown; what was shown before stays."""
        say(self, error)

    def not_saved(self, error: DeskError) -> None:
        """Say that nothing was saved, and why."""
        say_not_saved(self, error)

    def compose(self) -> ComposeResult:
        names = [name for name in ("app.hard",) if name in self.desk.everywhere]
        end = "  ".join(f"{shown(name)} {_(KEYS[name].label)}" for name in (*names, "app.language"))
        yield TopLine(self.HEADING, self.desk.place_and_person, end)
        yield from self.body()
        yield KeyLine(tuple(name for name in self.shown_keys if name not in self.LEFT_TO_HELP))

    def body(self) -> ComposeResult:
        """What stands between the top line and the key line."""
        yield from ()

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Names of the keys for the key line and for help."""
        return tuple(dict.fromkeys((*self.desk.everywhere, *self.KEYS)))

    async def relabel(self) -> None:
        """Show every text again in the language in use; what was typed stays."""
        for worker in list(self.workers):
            if worker.node is self and worker.group.startswith(READS):
                worker.cancel()
        self.renewing = True
        try:
            await self.recompose()
        finally:
            self.renewing = False

    async def action_back(self) -> None:
        """Leave this screen for the one before."""
        self.dismiss()

    async def leave(self, *, parked: bool) -> bool:
        """Keep what is half filled in, ``parked`` or to go on with; false when it cannot be kept
        and the screen must stay. A screen without a form has nothing to keep.
        """
        return True

    async def flush(self) -> bool:
        """Wait until what was typed is on the disk; false when the disk refuses it."""
        return True

    def find_here(self) -> bool:
        """Whether this screen has a box of its own for F3, which then has the cursor."""
        return False


class RecordScreen(DeskScreen[None]):
    """A screen about one record: where that cannot be read there is nothing to show."""

    def not_read(self, error: DeskError) -> None:
        super().not_read(error)
        self.desk.forget_typed_ahead()  # the screen below is not the one that was meant
        self.dismiss()
