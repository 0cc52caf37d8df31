"""Two fields and a form on the project's driver, for the order of keys typed ahead."""

from __future__ import annotations

import os
import sys
from typing import ClassVar

from deskapp.terminal import profiles


def main() -> int:
    """Run it in the thin profile; its exit code."""
    profiles.apply(profiles.THIN, os.environ)

    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.containers import Vertical
    from textual.screen import ModalScreen
    from textual.widgets import Input, Static

    from deskapp.terminal.driver import DeskDriver

    def field(name: str) -> Input:
        """A field without a border or a blinking cursor, showing its name when empty."""
        editor = Input(id=name, placeholder=f"{name}=", compact=True)
        editor.cursor_blink = False
        return editor

    class Form(ModalScreen[str]):
        """Opened by F3; Enter closes it with its text."""

        def compose(self) -> ComposeResult:
            yield field("form")

        def on_input_submitted(self, event: Input.Submitted) -> None:
            self.dismiss(event.value)

    class TwoFields(App[None]):
        BINDINGS: ClassVar[list[BindingType]] = [("f3", "open", "Open"), ("f2", "quit", "Quit")]
        profile = profiles.THIN

        def compose(self) -> ComposeResult:
            with Vertical(), Vertical():
                yield field("one")
                yield field("two")
            yield Static("", id="from-form", markup=False)

        def action_open(self) -> None:
            def closed(text: str | None) -> None:
                self.query_one("#from-form", Static).update(f"form <{text}>")

            self.push_screen(Form(), closed)

        def line_lost(self) -> None:
            self.exit(return_code=1)

    app = TwoFields(driver_class=DeskDriver)
    app.run(mouse=False)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
