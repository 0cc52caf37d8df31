"""What every screen of the desk has: the top line, the key line, help, a way back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker

from deskapp.i18n import _
from deskapp.keys import KEYS, bindings, shown
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.top_line import TopLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

R = TypeVar("R")
S = TypeVar("S", bound="DeskScreen[Any]")
P = ParamSpec("P")

READS = "reads:"
"""How the groups of workers begin that only show what they read."""

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


def reads(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[S, P], Worker[None]]:
    """Make a worker of a method that only shows what it reads; a newer one replaces it.

    While every text is shown again in the other language its widgets go and others come: what is
    read then is dropped, for ``relabel`` has it read once more. So is what comes when the officer
    has left the screen.
    """

    @functools.wraps(method)
    async def shown(screen: S, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await method(screen, *args, **kwargs)
        except NoMatches:
            if not screen.renewing and screen in screen.app.screen_stack:
                raise

    return work(exclusive=True, group=READS + method.__name__)(shown)


class DeskScreen(Screen[R]):
    """A whole screen; subclasses give ``body`` and say their keys, title and help."""

    HEADING: ClassVar[str] = ""
    """Untranslated."""
    HELP: ClassVar[str] = ""
    """Untranslated; what one does here, in short paragraphs."""
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)
    """Keys of this screen besides those that work everywhere, in the order of the key line."""
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_FROM, "-wide")]  # noqa: RUF012 - Textual's type

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

    def compose(self) -> ComposeResult:
        language_key = f"{shown('app.language')} {_(KEYS['app.language'].label)}"
        yield TopLine(self.HEADING, self.desk.place_and_person, language_key)
        yield from self.body()
        yield KeyLine(self.shown_keys)

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

    def find_here(self) -> bool:
        """Whether this screen has a box of its own for F3, which then has the cursor."""
        return False
