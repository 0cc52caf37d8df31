"""A program in a real pseudo-terminal of its own, for tests.

    with PtySession(["python", "-m", "deskapp"], term="vt100") as terminal:
        terminal.wait_for("Home")
        terminal.send("\\x1b[B")
        terminal.hang_up()
        assert terminal.wait_exit() == 129

The program's session and controlling terminal are its own, so closing the terminal hangs it up
as a dropped SSH line does. Nothing answers the program's questions to the terminal.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from tests.terminal.warm import WarmProcess

# Runs in the child before the program: makes the terminal its controlling terminal.
# A shell lets what it runs in the background ignore Ctrl+C, and with it all that this starts.
# Python has put LC_CTYPE into its environment where the locale is C: the program must not see it.
_ADOPT = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, signal.SIG_IGN if sys.argv[1] == "1" else signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.SIG_DFL)
if sys.argv[2] == "0":
    os.environ.pop("LC_CTYPE", None)
os.execvp(sys.argv[3], sys.argv[3:])
"""
# Sequences of today that the emulator would show as text.
_NOT_EMULATED = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p")


class PtySession:
    """A running program and the screen that it shows."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        term: str | None = "xterm-256color",
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        ignore_hang_up: bool = False,
        warm: str | None = None,
    ) -> None:
        """Start ``command``.

        Args:
            command: Program and arguments.
            size: Columns and rows.
            term: ``TERM``; None leaves it unset.
            env: More variables, over PATH, HOME and LANG=C.UTF-8; nothing else is handed on.
            cwd: Folder to start in.
            ignore_hang_up: Start with SIGHUP ignored, as ``nohup`` does.
            warm: The module whose ``main`` it is, begun with what it imports (``warm.py``);
                ``command`` gives its options only.
        """
        self.raw = bytearray()
        """Every byte that the program has written."""
        self._emulator = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._emulator)
        self._shown = 0
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.attributes_before = termios.tcgetattr(slave)
        environment = _environment(term, env or {})
        flags = [str(int(flag)) for flag in (ignore_hang_up, "LC_CTYPE" in environment)]
        self._process: WarmProcess | subprocess.Popen[bytes]
        if warm:
            self._process = WarmProcess(warm, list(command), slave, environment)
        else:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _ADOPT, *flags, *command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                cwd=cwd,
                env=environment,
                start_new_session=True,
            )
        os.close(slave)

    def __enter__(self) -> PtySession:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the program."""
        return self._process.pid

    def send(self, keys: str | bytes) -> None:
        """Type ``keys``."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal; the program gets SIGWINCH."""
        self._emulator.resize(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the terminal, as a dropped line does; the program gets SIGHUP."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def screen(self) -> str:
        """What the screen shows now."""
        self._read(0.0)
        return "\n".join(self._emulator.display)

    def cursor(self) -> tuple[int, int]:
        """Column and row of the hardware cursor, from 0."""
        self._read(0.0)
        return self._emulator.cursor.x, self._emulator.cursor.y

    def wait_for(self, pattern: str, timeout: float = 15.0) -> re.Match[str]:
        """Wait until the screen matches ``pattern``; fails with the screen otherwise."""
        until = time.monotonic() + timeout
        while True:
            found = re.search(pattern, self.screen())
            if found:
                return found
            if time.monotonic() > until or self._process.poll() is not None:
                found = re.search(pattern, self.screen())
                if found:
                    return found
                status = self._process.poll()
                raise AssertionError(
                    f"No {pattern!r} on the screen (exit status {status}):\n{self.screen()}"
                )
            self._read(0.1)

    def wait_for_bytes(self, part: bytes, start: int = 0, timeout: float = 15.0) -> None:
        """Wait until the program has written ``part`` after its first ``start`` bytes."""
        until = time.monotonic() + timeout
        while part not in self.raw[start:]:
            assert time.monotonic() < until, (
                f"{part!r} was not written: {bytes(self.raw[start:])!r}"
            )
            self._read(0.1)

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has been written for ``quiet`` seconds."""
        while self._read(quiet):
            continue

    def wait_exit(self, timeout: float = 15.0) -> int:
        """The exit status, negative for a signal as in ``subprocess``; fails if it goes on."""
        until = time.monotonic() + timeout
        while self.master >= 0 and self._process.poll() is None:
            assert time.monotonic() < until, "The program has not ended."
            self._read(0.02)
        self._read(0.0)
        return self._process.wait(timeout)

    def wait_exit_unread(self, timeout: float = 15.0) -> int:
        """As `wait_exit`, without reading: the line has stalled."""
        return self._process.wait(timeout)

    def wait_stopped(self, timeout: float = 15.0) -> None:
        """Wait until the program has been stopped by a signal, reading on."""
        until = time.monotonic() + timeout
        while True:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
            if stat.rpartition(")")[2].split()[0] == "T":
                self._read(0.0)
                return
            assert time.monotonic() < until, "The program has not been stopped."
            self._read(0.05)

    def attributes(self) -> list[object]:
        """The line settings now (``termios.tcgetattr``)."""
        return list(termios.tcgetattr(self.master))

    def close(self) -> None:
        """End the program and let the terminal go."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self.hang_up()

    def _read(self, timeout: float) -> bool:
        """Take in what has been written, waiting at most ``timeout`` seconds for the first."""
        got = False
        while self.master >= 0 and select.select([self.master], [], [], timeout)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:  # EIO: the program has closed its side
                data = b""
            if not data:
                time.sleep(min(timeout, 0.01))
                break
            self.raw += data
            got = True
            timeout = 0.0
        self._show()
        return got

    def _show(self) -> None:
        """Feed the emulator, keeping back a sequence that is not complete yet."""
        fresh = bytes(self.raw[self._shown :])
        half = re.search(rb"\x1b[^a-zA-Z~\x07\\]*\Z", fresh)
        whole = fresh[: half.start()] if half else fresh
        self._shown += len(whole)
        self._stream.feed(_NOT_EMULATED.sub(b"", whole))


def _environment(term: str | None, more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    environment = {"LANG": "C.UTF-8", **kept, **more}
    if term is not None:
        environment["TERM"] = term
    return environment
