"""The driver between Textual and the officer's terminal.

It differs from Textual's own in what an old terminal, a slow link and a lost line need.

Source: design/thin_terminals.md R4 and R7 to R11.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import selectors
import signal
import termios
import tty
from codecs import IncrementalDecoder, getincrementaldecoder
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste, Resize
from textual.geometry import Size
from textual.message import Message

from deskapp.terminal import profiles
from deskapp.terminal.key_order import KeyOrder
from deskapp.terminal.keys_in import KeyParser
from deskapp.terminal.modes import ENTER_SCREEN, LEAVE_SCREEN, line
from deskapp.terminal.output import Output
from deskapp.terminal.settling import Settling

if TYPE_CHECKING:
    from textual.app import App

LINE_LOST_EXIT = 129
"""Exit code of an application that ended because its line was lost."""
GRACE_SECONDS = 1.5
"""What `line_lost` and the end of the application may take; then the kernel ends the process."""
RESIZE_SECONDS = 0.2
"""How long the size must rest until everything is painted once more."""

_KITTY_KEYS_ON, _KITTY_KEYS_OFF = "\x1b[>25u", "\x1b[<u"
_ASK_SYNCHRONISED_OUTPUT = "\x1b[?2026$p"
_ASK_RESIZE_REPORTS = "\x1b[?2048$p"


class DeskApp(Protocol):
    """What the driver needs of its application."""

    profile: profiles.Profile

    def line_lost(self) -> None:
        """Save what must be saved and exit with `LINE_LOST_EXIT`.

        Called once, in the event loop and the application's context, and not as a message, so
        that a busy message queue cannot hold it up. There are `GRACE_SECONDS` until the end.
        """


class DeskDriver(LinuxDriver):
    """Powers display and input; use it as ``App(driver_class=DeskDriver)``.

    `write` is the one place that everything shown passes through.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        self._desk = cast(DeskApp, app)
        profile = self._desk.profile
        super().__init__(app, debug=debug, mouse=mouse and profile.modern, size=size)
        self.fileno = line.keyboard
        self._size = size or self._get_terminal_size()
        self._profile = profile
        charset = profiles.charset(profiles.as_started(os.environ))
        self._charset = "utf-8" if charset == "ascii" else charset
        self._context = contextvars.copy_context()
        self._output: Output | None = None
        self._resized: asyncio.TimerHandle | None = None
        self._settling = Settling(app, self._release)
        self._keys = KeyOrder(app, self._loop, begun=self._hold, settling=self._settling)
        # Signals and the end of input reach the thread that waits for keys through this pipe.
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    # -- what is shown ------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Show ``data`` as this terminal can; nothing when not in application mode."""
        if self._output is not None:
            self._output.write(data)

    def redraw(self) -> None:
        """Send the whole screen again, for a terminal that shows rubbish."""
        if self._output is not None:
            self._output.redraw()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows of the terminal itself: exported ``COLUMNS`` outlive a resize."""
        try:
            columns, rows = os.get_terminal_size(line.screen)
        except OSError:
            columns, rows = 0, 0
        return columns or 80, rows or 24

    def _send_size(self, *signal: object) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self.send_message(Resize(size, size))
            if signal:
                self._resize(None)

    def _hold(self, key: str) -> None:
        if self._output is not None:
            self._output.hold(key)

    def _release(self) -> None:
        if self._output is not None:
            self._output.release()

    def _resize(self, size: Size | None) -> None:
        """Follow the terminal to another size, or to one not known yet."""
        if self._output is None:
            return
        self._output.resize(size)
        if size is None or self._in_band_window_resize:
            self._repaint_at_rest()

    def _repaint_at_rest(self) -> None:
        """Paint everything once the size rests.

        Smaller and back within a moment is no change to Textual, which then paints nothing; but
        the terminal has lost what was cut off.
        """
        if self._resized is not None:
            self._resized.cancel()
        work = partial(self._app.refresh, layout=True)
        self._resized = self._loop.call_later(RESIZE_SECONDS, work, context=self._context)

    # -- modes: set, put back, suspend --------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over, or sleep again when it belongs to another job."""
        if not self._in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self._output = Output(
            line.screen,
            self._profile,
            self._charset,
            size=self._get_terminal_size(),
            terminal=os.environ.get("TERM", ""),
            unasked=self._settling.begin,
        )
        line.entered(self._leaving())
        self._set_attributes()
        self._catch_signals()
        self._send_size()
        self._output.send(self._entering())
        self._enable_mouse_support()
        self._key_thread = Thread(target=self._run_input_thread, name="deskapp-input")
        self._key_thread.start()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def _in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True

    def _entering(self) -> str:
        common = f"{ENTER_SCREEN}\x1b[?25l\x1b[?2004h\x1b[?7l"
        if not self._profile.modern:
            return common
        focus_reports = "\x1b[?1004h"
        questions = _ASK_SYNCHRONISED_OUTPUT + _ASK_RESIZE_REPORTS
        return common + focus_reports + _KITTY_KEYS_ON + questions

    def _leaving(self) -> str:
        common = f"\x1b[?2004l\x1b[?7h{LEAVE_SCREEN}"
        if not self._profile.modern:
            return common
        mouse = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l" if self._mouse else ""
        return f"{mouse}\x1b[?2048l\x1b[?1004l{_KITTY_KEYS_OFF}{common}"

    def _set_attributes(self) -> None:
        found = line.attributes()
        if found is not None:
            raw = [*found[:6], list(found[6])]
            raw[tty.LFLAG] = self._patch_lflag(raw[tty.LFLAG])
            raw[tty.IFLAG] = self._patch_iflag(raw[tty.IFLAG])
            raw[tty.CC][termios.VMIN] = 1
            raw[tty.CC][termios.VTIME] = 0
            line.set_attributes(raw)

    def disable_input(self) -> None:
        """Stop reading keys; those not read yet stay with the terminal."""
        if self._key_thread is not None:
            os.write(self._wake, b"\0")
            self._key_thread.join()
            self._key_thread = None

    def stop_application_mode(self) -> None:
        """Put every mode back."""
        self.disable_input()
        if self._resized is not None:
            self._resized.cancel()
        if self._output is not None:
            self._output.stop()
            self._output.send(self._leaving())
            line.left()
            self._in_band_window_resize = False
            self._loop.remove_signal_handler(signal.SIGWINCH)

    def close(self) -> None:
        """Wait until the terminal has everything."""
        if self._output is not None:
            self._output.close()
            self._output = None

    def _sigtstp_application(self, *_signal: object) -> None:
        # On the loop and not here: a handler may interrupt a write that holds the writer's lock.
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._sleep)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sleep(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_signal: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._come_back, context=self._context)

    def _come_back(self) -> None:
        if self._output is not None:  # stopped from outside, with the modes still set
            self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)

    # -- signals ------------------------------------------------------------------------------

    def _catch_signals(self) -> None:
        # Through the loop, which then wakes for every signal: one that the kernel gives to another
        # thread would else wait for the next key until this thread runs its handler.
        self._loop.add_signal_handler(signal.SIGWINCH, self._send_size, signal.SIGWINCH)
        # Also where it was ignored from the start (nohup): nobody can use a lost line.
        signal.signal(signal.SIGHUP, self._end_asked)
        signal.signal(signal.SIGTERM, self._end_asked)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def _end_asked(self, signum: int, _frame: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)
        with suppress(BlockingIOError):
            os.write(self._wake, bytes([signum]))

    def _lose_line(self) -> None:
        """Tell the application, and make sure that the process ends whatever it does."""
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)
        if self._output is not None:
            self._output.hurry()
        with suppress(RuntimeError):  # the loop is closed: the application has ended already
            self._loop.call_soon_threadsafe(self._desk.line_lost, context=self._context)

    # -- keys ---------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        """Hand ``message`` to the application, from any thread; keys and pastes in order."""
        if isinstance(message, Resize):
            self._loop.call_soon_threadsafe(self._resize, message.size)
        if isinstance(message, Key | Paste):
            self._loop.call_soon_threadsafe(self._keys.put, message, context=self._context)
        else:
            super().send_message(message)

    def run_input_thread(self) -> None:
        """Read keys until told to stop; a lost line ends it too."""
        parser = KeyParser(mouse=self._mouse, debug=self._debug)
        decoder = getincrementaldecoder(self._charset)("replace")
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _mask in selector.select(parser.patience_seconds())}
                if self.fileno in ready and not self._read_keys(parser, decoder):
                    return self._lose_line()
                for event in parser.tick():
                    self.process_message(event)
                if self._woken in ready:
                    if any(os.read(self._woken, 64)):  # a signal's number, not the zero of a stop
                        self._lose_line()
                    return None

    def _read_keys(self, parser: KeyParser, decoder: IncrementalDecoder) -> bool:
        """Hand on what has been typed; False when the line is lost."""
        try:
            data = os.read(self.fileno, 4096)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if text := decoder.decode(data):
            for event in parser.feed(text):
                self.process_message(event)
        return bool(data)
