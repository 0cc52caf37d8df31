"""What the application owes every terminal: one look, clean input, faults that tell nothing."""

from __future__ import annotations

import sys
from typing import Any, Self, cast

from rich.text import Text
from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import AwaitMount, Widget

from deskapp import crash
from deskapp.errors import Exit
from deskapp.terminal.driver import DeskDriver
from deskapp.terminal.known_styles import KnownStyles
from deskapp.terminal.profiles import Profile
from deskapp.terminal.themes import THEME
from deskapp.text import clean, one_line


class TerminalApp(App[int]):
    """A Textual application on the officer's terminal; subclasses say what it shows."""

    ENABLE_COMMAND_PALETTE = False
    """Its texts know one language; ``MovesApp.action_commands`` takes its place."""
    # From the first moment: a theme that is set later has every style computed twice.
    theme = Reactive(THEME.name)

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.lost = False
        """Whether the terminal is gone and the end is near."""
        super().__init__(driver_class=DeskDriver)
        self.stylesheet = KnownStyles(variables=self.stylesheet._variables)
        self._disable_tooltips = True  # each screen would have a widget for what nothing has

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The themes of Textual and the one look of deskapp."""
        return {**super().available_themes, THEME.name: THEME}

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; each widget that is drawn asks for the one in use."""
        return THEME if theme_name == THEME.name else super().get_theme(theme_name)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style what stands on a screen; what is being made gets its styles when it is mounted."""
        if node is self or node.parent is not None:
            super().update_styles(node, animate)

    def refresh(
        self, *, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint the screen; one that comes or comes back is laid out when it is resumed."""
        return super().refresh(repaint=repaint, recompose=recompose)

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """A screen and its mounting, which has it painted; Textual has it laid out once more."""
        found, mounted = super()._get_screen(screen)
        mounted._parent = cast(Widget, self)
        return found, mounted

    def action_redraw(self) -> None:
        """Draw everything again, for a terminal that shows rubbish."""
        if isinstance(self._driver, DeskDriver):
            self._driver.redraw()
        self.refresh(layout=True)

    async def on_event(self, event: events.Event) -> None:
        """Clean what a terminal pastes or types before any widget sees it (design rule S1)."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            from textual.widgets import TextArea

            many = isinstance(self.focused, TextArea)
            event = events.Paste(clean(event.text) if many else one_line(event.text))
        elif (
            isinstance(event, events.Key)
            and event.is_printable
            and not clean(event.character or "")
        ):
            return
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """End with a report; Textual's own would show the values of variables."""
        if self._exception is not None or self.lost:
            # The first fault tells, not those that follow from it; and a screen that was still
            # being built when the line was lost has none.
            return
        self._exception = error
        self._exception_event.set()
        self._return_code = Exit.SOFTWARE
        self._exit_renderables.append(Text(crash.report(error)))
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """A fault outside the event loop, such as in the thread that reads keys."""
        self._handle_exception(sys.exception() or RuntimeError())  # type: ignore[arg-type]
