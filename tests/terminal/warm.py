"""Starts deskapp, or a small program on its driver, in processes that have imported it already.

That is half of a session's work.

One process imports what knows no terminal. A copy of it for each profile tells Textual of that and
imports the screens, and makes a copy of itself for each session. What a language or the start
itself must find untouched starts cold, as officers start it.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from deskapp.__main__ import screen_options
from deskapp.terminal import profiles

_REPOSITORY = Path(__file__).parents[2]
_MOST_BYTES = 65536
_ENDED_SECONDS = 0.005
_MODELS = ("case", "complaint", "enquiry", "hearing", "knowledge", "sync")
_SCREENS = ("widgets", "screens")
DESKAPP = "deskapp.__main__"


class WarmProcess:
    """A running program, as ``subprocess.Popen`` has it."""

    def __init__(
        self, program: str, arguments: list[str], slave: int, environment: Mapping[str, str]
    ) -> None:
        """Start it on the terminal ``slave``, with nothing but this environment.

        ``program`` is the module whose ``main`` it is: ``DESKAPP``, or another whose first
        argument is the profile that it applies.
        """
        wanted = {"program": program, "arguments": arguments, "environment": dict(environment)}
        told = _told(arguments if program == DESKAPP else ["--profile", arguments[0]], environment)
        self._server = _server() if told is None else _with_screens(told)
        self.pid = int(_ask(self._server, wanted, slave))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status when it has ended, negative for a signal."""
        if self.returncode is None:
            self.returncode = _ask(self._server, {"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        until = time.monotonic() + (timeout or 60.0)
        while (status := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("deskapp", timeout or 60.0)
            time.sleep(_ENDED_SECONDS)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def _ask(server: socket.socket, question: dict[str, Any], *files: int) -> Any:
    socket.send_fds(server, [json.dumps(question).encode()], files)
    return json.loads(server.recv(_MOST_BYTES))


_Told = tuple[tuple[str, str], ...]


def _told(arguments: list[str], environment: Mapping[str, str]) -> _Told | None:
    """The variables that ``deskapp.__main__`` sets for the screens; None for a command."""
    options = screen_options(arguments)
    if options is None:
        return None
    profile = profiles.detect(environment, asked=options.get("--profile"), configured=None)
    told = {name: "" for name in ("NO_COLOR",) if name in environment}
    profiles.apply(profile, told)
    return tuple(told.items())


@cache
def _with_screens(told: _Told) -> socket.socket:
    """The way to a process that has imported the screens, with Textual ``told`` of the profile."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    _ask(_server(), {"told": dict(told)}, its.fileno())
    its.close()
    atexit.register(ours.close)
    return ours


@cache
def _server() -> socket.socket:
    """The way to a process that copies itself; it ends with the tests."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(its.fileno())],
        cwd=_REPOSITORY,
        env={"LANG": "C.UTF-8", "PYTHONPATH": str(_REPOSITORY), **kept},
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    its.close()
    atexit.register(process.wait)
    atexit.register(ours.close)  # the last is called first
    return ours


def serve(questions: socket.socket) -> str:
    """Answer until the tests end; returns in each copy, with the program that it then is."""
    while True:
        data, files, _flags, _from = socket.recv_fds(questions, _MOST_BYTES, 1)
        if not data:
            os._exit(0)
        question = json.loads(data)
        if "ended" in question:
            pid, status = os.waitpid(question["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif answer := os.fork():
            os.close(files[0])
        else:
            questions.close()
            if "told" not in question:
                program: str = question.pop("program")
                _become(files[0], **question)
                return program
            questions = socket.socket(fileno=files[0])
            import_screens(**question)
            continue
        questions.send(json.dumps(answer).encode())


def _become(slave: int, arguments: list[str], environment: dict[str, str]) -> None:
    """Be a process that was started on a terminal of its own."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for file in (0, 1, 2):
        os.dup2(slave, file)
    os.close(slave)
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", 1, "utf-8")  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # type: ignore[misc]  # noqa: SIM115
        2, "w", 1, "utf-8", "backslashreplace"
    )
    sys.argv = ["deskapp", *arguments]


def import_screens(told: dict[str, str]) -> None:
    """What ``deskapp.__main__`` and its screens import, once Textual has been told of them."""
    from deskapp.terminal.lean import lean_imports

    os.environ.update(told)
    with lean_imports():
        for folder in _SCREENS:
            for file in sorted((_REPOSITORY / "deskapp" / folder).glob("[!_]*.py")):
                import_module(f"deskapp.{folder}.{file.stem}")
        import_module("deskapp.app")  # each copy starts it


def read_once() -> None:
    """Import and read what each session would read again, and none changes."""
    from sqlalchemy.orm import configure_mappers

    from deskapp.services.casework import loader
    from deskapp.services.courts import court_index
    from deskapp.services.knowledge import library

    for each in _MODELS:
        import_module(f"deskapp.data.{each}_tables")
    configure_mappers()
    loader.shipped()
    library.shipped()
    court_index.entries()


if __name__ == "__main__":
    read_once()
    copy_of = serve(socket.socket(fileno=int(sys.argv[1])))
    sys.exit(import_module(copy_of).main())
