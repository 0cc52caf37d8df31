"""One window per store: the lock that a screen holds while it is open."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskapp import i18n
from deskapp.clock import instant, local, stamp
from deskapp.data.connection import store_errors
from deskapp.errors import StoreInUseError, SyncRunningError
from deskapp.i18n import _
from deskapp.paths import private_folder

LOCK_NAME = "screen.lock"
SYNC_LOCK_NAME = "sync.lock"


@contextmanager
def lock_screen(folder: Path) -> Iterator[None]:
    """Hold the store in ``folder`` for one screen; the operating system lets go when it dies.

    The first start holds it too, so that two of them never make keys at the same time. The command
    line needs no lock.

    Raises:
        StoreInUseError: If another screen holds it; the text says since when.
        StoreError: If the folder cannot be written.
    """
    with store_errors(folder):
        path = private_folder(folder) / LOCK_NAME
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreInUseError(_in_use(os.read(held, 64))) from error
        os.ftruncate(held, 0)
        os.write(held, stamp(dt.datetime.now(dt.UTC)).encode())
        yield
    finally:
        os.close(held)


def _in_use(written: bytes) -> str:
    try:
        since = local(instant(written.decode()))
    except ValueError:  # it has just been taken and says nothing yet
        return _("deskapp is already open here. Use that window, or close it and start again.")
    return _(
        "deskapp is already open here since {time} on {day}. Use that window, or close it and"
        " start again."
    ).format(time=i18n.clock_time(since), day=i18n.day(since.date()))


@contextmanager
def lock_exchange(folder: Path) -> Iterator[None]:
    """Hold the store in ``folder`` for one exchange with the central database.

    Raises:
        SyncRunningError: If another exchange of this desk is running.
        StoreError: If the folder cannot be written.
    """
    with store_errors(folder):
        held = os.open(private_folder(folder) / SYNC_LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SyncRunningError(
                _("Another exchange of this desk is running. Wait until it is done.")
            ) from error
        yield
    finally:
        os.close(held)
