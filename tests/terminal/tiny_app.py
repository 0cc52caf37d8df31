"""A small Textual application on the project's driver, run by the tests in a pseudo-terminal.

Usage: tiny_app.py PROFILE FOLDER [crash|hang|plain]. In FOLDER, ``kept`` gets the text of the
field when the line is lost. ``crash`` fails at F5, ``hang`` never finishes `line_lost`.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import ClassVar

from deskapp.terminal import profiles


def start(profile: profiles.Profile, folder: Path, manner: str) -> int:
    """Run the application; its exit code."""
    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input, Static

    from deskapp.terminal.driver import LINE_LOST_EXIT, DeskDriver

    class Tiny(App[None]):
        CSS = "#box { border: round white; }"
        BINDINGS: ClassVar[list[BindingType]] = [
            ("f2", "quit", "Quit"),
            ("f3", "notify_now", "Notify"),
            ("f4", "suspend_process", "Suspend"),
            ("f5", "crash", "Crash"),
        ]
        ENABLE_COMMAND_PALETTE = False

        def __init__(self) -> None:
            super().__init__(driver_class=DeskDriver)
            self.profile = profile

        def compose(self) -> ComposeResult:
            yield Static("Ready, Si\u00e2n \u2192 \u20ac5 \u65e5\u672c", id="box", markup=False)
            field = Input(id="field")
            field.cursor_blink = False
            yield field
            yield Static("", id="heard", markup=False)

        def on_input_changed(self, event: Input.Changed) -> None:
            self.query_one("#heard", Static).update(f"typed=<{event.value}>")

        def on_input_submitted(self, event: Input.Submitted) -> None:
            self.query_one("#heard", Static).update(f"entered=<{event.value}>")

        def action_notify_now(self) -> None:
            self.notify("Noted \u2713", title="Caf\u00e9", markup=False)

        def action_crash(self) -> None:
            raise RuntimeError("on purpose")

        def line_lost(self) -> None:
            (folder / "kept").write_text(self.query_one("#field", Input).value, encoding="utf-8")
            if manner == "hang":
                time.sleep(60)
            self.exit(return_code=LINE_LOST_EXIT)

    app = Tiny()
    app.run(mouse=profile.modern)
    if app.return_code == LINE_LOST_EXIT:
        os._exit(LINE_LOST_EXIT)  # as deskapp: Python would fail to flush to a line that is gone
    return app.return_code or 0


def main() -> int:
    """Run it as the command line says; its exit code."""
    asked = profiles.named(sys.argv[1])
    profiles.apply(asked, os.environ)
    return start(asked, Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "plain")


if __name__ == "__main__":
    sys.exit(main())
