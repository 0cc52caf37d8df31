"""F1: what one does on this screen, and every key that works here."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from deskapp import keys
from deskapp.i18n import N_, _
from deskapp.screens.quick import QuickScreen

ALWAYS = N_(
    "Nothing is lost: every key stroke is kept on this desk, encrypted. After a crash or a lost"
    " line the same words are back in the same field.\n\nTab and Shift+Tab go from field to field."
    " In a list the arrow keys, PgUp, PgDn, Home and End move and Enter opens."
)


class Help(ModalScreen[None], QuickScreen[None]):
    """Help on the screen below; Esc or F1 goes back to it."""

    DEFAULT_CSS = """
    Help { background: $background; }
    Help > VerticalScroll { padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", show=False, priority=True)
    ]

    def __init__(self, heading: str, text: str, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._heading = heading
        self._text = text
        self._names = names

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._page(), markup=False)

    def _page(self) -> Text:
        page = Text(_("Help: {screen}").format(screen=_(self._heading)), style="bold")
        text = keys.in_use(_(self._text), self._names)
        page.append(f"\n\n{text}\n\n{_(ALWAYS)}\n\n", style="not bold")
        if self._names:
            page.append(_("Keys") + "\n")
        for name in self._names:
            page.append(f"{keys.shown(name):>8}  {_(keys.KEYS[name].label)}\n", style="not bold")
        page.append(("\n" if self._names else "") + _("Esc goes back."), style="not bold")
        return page
