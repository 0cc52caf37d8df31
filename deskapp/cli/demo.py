"""``deskapp demo``: the screens on invented data, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from deskapp.i18n import N_, _, language

HELP = N_(
    "Try deskapp with invented people and contacts; your own records are not touched.\n\n"
    "The demonstration lies in a temporary folder, which is removed at the end; what a kill or a"
    " power cut leaves there is removed by the next demonstration. With --keep or --no-screen it"
    " stays, and deskapp --home FOLDER opens it again."
)
PREFIX = "deskapp-demo-"


def demo(
    contacts: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help=N_("How many contacts."))
    ] = 300,
    seed: Annotated[
        int, typer.Option(metavar="NUMBER", help=N_("The same number invents the same people."))
    ] = 1,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=N_("Make it in this folder and leave it there.")),
    ] = None,
    no_screen: Annotated[
        bool, typer.Option("--no-screen", help=N_("Only prepare it and show its folder."))
    ] = False,
) -> int:
    """Try deskapp."""
    from deskapp.cli.out import show

    if no_screen:
        with _folder(keep, stays=True) as folder:
            _prepare(folder, contacts, seed)
            show(str(folder))
            return 0
    from deskapp.__main__ import main

    with _typed_ahead(), _folder(keep, stays=False) as folder:
        _prepare(folder, contacts, seed)
        return main([*_as_now(), "--home", str(folder)])


@contextmanager
def _typed_ahead() -> Iterator[None]:
    """What is typed meanwhile waits, unseen, for the first page; at the end all is as it was.

    Source: design/thin_terminals.md R10.
    """
    from deskapp.terminal.modes import line

    line.keep_type_ahead()
    try:
        yield
    finally:
        line.left()


def _prepare(folder: Path, contacts: int, seed: int) -> None:
    from deskapp.clock import Clock
    from deskapp.data.locks import lock_screen
    from deskapp.i18n import number
    from deskapp.services.demo import demo

    data = folder / "data"
    label = _("Inventing contacts: {count}").format(count=number(contacts))
    with (
        lock_screen(data),
        typer.progressbar(length=contacts, label=label, file=sys.stderr) as bar,
    ):
        demo.prepare(data, contacts=contacts, seed=seed, clock=Clock(), told=bar.update)


@contextmanager
def _folder(keep: Path | None, *, stays: bool) -> Iterator[Path]:
    """The folder of the demonstration; a temporary one is removed, on a signal too."""
    if keep is not None:
        yield keep.absolute()
        return
    if stays:
        yield Path(tempfile.mkdtemp(prefix="deskapp-kept-"))
        return
    from deskapp.data.locks import lock_screen

    _sweep()
    with (
        _ended_by_signals(),
        tempfile.TemporaryDirectory(prefix=PREFIX) as folder,
        lock_screen(Path(folder)),
    ):
        yield Path(folder)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A signal that ends the process goes through every ``finally`` first."""

    def end(received: int, _frame: object) -> None:
        sys.exit(128 + received)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sweep() -> None:
    """Remove what demonstrations left behind that were killed."""
    from deskapp.data.locks import lock_screen
    from deskapp.errors import StoreError

    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if left.is_symlink() or left.lstat().st_uid != os.getuid():
            continue
        try:
            with lock_screen(left):
                shutil.rmtree(left, ignore_errors=True)
        except StoreError:  # one that runs now
            continue


def _as_now() -> list[str]:
    """Language and terminal profile of the officer; a demonstration has no settings."""
    from deskapp import settings

    profile = settings.load().profile
    return ["--lang", language(), *(["--profile", profile] if profile else [])]
