"""The desk's store: where threads, transactions and the one writer live, and nowhere else.

One call is one transaction. Reads run on one connection that cannot write, writes one after the
other on another that begins IMMEDIATE; two processes may use the same file.
"""

from __future__ import annotations

import errno
import gc
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property, partial
from pathlib import Path
from threading import RLock, Thread
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from deskapp.clock import Clock
from deskapp.data import schema
from deskapp.data.connection import (
    BUSY_MS,
    Author,
    Connection,
    connect,
    store_errors,
    transaction,
)
from deskapp.data.ids import new_desk_id, new_id
from deskapp.errors import StoreError, StoreMissingError
from deskapp.i18n import _
from deskapp.paths import STORE_NAME, private_folder

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from sqlalchemy import Engine
    from sqlmodel import Session

P = ParamSpec("P")
R = TypeVar("R")

_AS_EFFECTIVE_USER = os.access in os.supports_effective_ids


class Store:
    """An open, unlocked store; close it when done."""

    def __init__(self, folder: Path, key: bytes, clock: Clock, busy_ms: int) -> None:
        self.folder = folder
        self._key = key
        self._busy_ms = busy_ms
        self._author = Author(clock)
        self._reading = RLock()
        self._writing = RLock()
        self._closed = False
        self._reader = self._connect(read_only=True)

    @classmethod
    def create(
        cls, folder: Path, key: bytes, *, site: str, clock: Clock, desk_id: str | None = None
    ) -> Store:
        """Make a new store in ``folder`` and open it.

        The file appears under its name only when it is complete, so a start that was killed half
        way can simply be made again. Two first starts at once must be kept apart by the caller
        (``lock_screen``).

        Args:
            folder: Made when it is not there.
            key: 32 random bytes, already in a key slot.
            site: Key of the court that the desk belongs to.
            clock: Where the time comes from.
            desk_id: A new one when left out.

        Raises:
            StoreError: If there is a store already, or the folder cannot be written.
        """
        path = folder / STORE_NAME
        if path.exists():
            raise StoreError(
                _("There is a record store in {folder} already. Start deskapp to use it.").format(
                    folder=folder
                )
            )
        with store_errors(folder):
            unfinished = _empty_file(private_folder(folder))
            connection = connect(unfinished, key, Author(clock))
            try:
                with transaction(connection):
                    schema.create_all(connection)
                    connection.execute(
                        "INSERT INTO sync_state (id, desk_id, site, schema_ver,"
                        " hlc, clock_offset_ms, applying, machine_mark)"
                        " VALUES (1, ?, ?, ?, 0, 0, 0, '')",
                        (desk_id or new_desk_id(), site, schema.HEAD),
                    )
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
            finally:
                connection.close()
            unfinished.rename(path)
            sync_folder(folder)
        return cls.open(folder, key, clock=clock)

    @classmethod
    def open(
        cls, folder: Path, key: bytes, *, clock: Clock | None = None, busy_ms: int = BUSY_MS
    ) -> Store:
        """Open the store in ``folder``; a file that is behind is brought up to date.

        Raises:
            StoreError: A subclass that says why it cannot be used and what to do.
        """
        path = folder / STORE_NAME
        with store_errors(folder):
            if not path.exists():
                raise StoreMissingError(
                    _(
                        "There is no record store in {folder} yet. Start deskapp to make one."
                    ).format(folder=folder)
                )
            for needed in (folder, path):  # at the start, not at the first key stroke
                if not os.access(needed, os.R_OK | os.W_OK, effective_ids=_AS_EFFECTIVE_USER):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            store = cls(folder, key, clock or Clock(), busy_ms)
            try:
                if schema.behind(store._reader):
                    schema.upgrade(store._writer)
                state = "SELECT desk_id, site FROM sync_state"
                row = store._reader.execute(state).fetchone() or ("", "")
            except BaseException:
                store.close()
                raise
        store.desk_id, store.site = row
        return store

    site: str
    """Key of the court that the desk belongs to."""
    desk_id: str

    def key_text(self) -> str:
        """The key, for a process that this one starts and writes it to through a pipe."""
        return self._key.hex()

    @property
    def actor(self) -> str:
        """Id of the officer on whose behalf changes are captured; empty before a sign-in."""
        return self._author.actor

    @actor.setter
    def actor(self, officer_id: str) -> None:
        self._author.actor = officer_id

    def call_read(
        self, work: Callable[Concatenate[Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run ``work(connection, ...)`` on one unchanging view of the store.

        Raises:
            StoreError: If the file cannot be read; what ``work`` raises passes unchanged.
        """
        with self._reading, store_errors(self.folder), transaction(self._reader, "BEGIN"):
            return work(self._reader, *args, **kwargs)

    def call_write(
        self, work: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run ``work(session, ...)`` in one transaction; commit, or roll back and raise.

        Raises:
            StoreBusyError: If another process writes for longer than we may wait.
            StoreError: If nothing could be saved; what ``work`` raises passes unchanged.
        """
        from sqlmodel import Session

        with self._writing, store_errors(self.folder):
            self._author.txn = new_id()
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                return work(session, *args, **kwargs)

    def call_jot(
        self, work: Callable[Concatenate[Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As ``call_write`` in plain SQL, for small things that may not wait for an import."""
        with self._writing, store_errors(self.folder), transaction(self._writer):
            self._author.txn = new_id()
            return work(self._writer, *args, **kwargs)

    def call_note(
        self, work: Callable[Concatenate[Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As ``call_jot`` for what may be lost in a power cut: it does not wait for the disk."""
        with self._writing:
            self._writer.execute("PRAGMA synchronous = NORMAL").fetchall()
            try:
                return self.call_jot(work, *args, **kwargs)
            finally:
                self._writer.execute("PRAGMA synchronous = FULL").fetchall()

    def empty_log(self) -> None:
        """Move what was written into the file and empty the log beside it: erased is erased.

        Another process that reads just then keeps the log; the last to close empties it.
        """
        with self._writing, store_errors(self.folder):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    async def read(
        self, work: Callable[Concatenate[Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As ``call_read``, on the reader's thread, in the order asked."""
        from asyncio import get_running_loop

        job = partial(self.call_read, work, *args, **kwargs)
        return await get_running_loop().run_in_executor(self._reader_thread, job)

    async def write(
        self, work: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As ``call_write``, on the writer's thread, in the order asked.

        What was asked is done, even when the one who asked no longer waits.
        """
        return await self._on_writer(partial(self.call_write, work, *args, **kwargs))

    async def jot(
        self, work: Callable[Concatenate[Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As ``call_jot``, on the writer's thread, in the order asked."""
        return await self._on_writer(partial(self.call_jot, work, *args, **kwargs))

    async def _on_writer(self, job: Callable[[], R]) -> R:
        from asyncio import get_running_loop, shield

        return await shield(get_running_loop().run_in_executor(self._writer_thread, job))

    def keep_pages(self, kibibytes: int) -> None:
        """Let reads keep so much of the file in memory, and let go of what is more."""
        with self._reading, store_errors(self.folder):
            self._reader.execute(f"PRAGMA cache_size = -{kibibytes}").fetchall()

    def warm(self) -> None:
        """Import what ``write`` needs, beside everything else, so that the first save is quick.

        The first call of the process does it.
        """
        _warm()

    def close(self) -> None:
        """Wait for the writes that were asked for, then close; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        for name in ("_reader_thread", "_writer_thread"):
            if name in self.__dict__:
                self.__dict__[name].shutdown(wait=True)
        with self._reading:
            self._reader.close()
        with self._writing:
            if "_writer" in self.__dict__:
                self._writer.close()  # the last to close moves the log into the file

    def _connect(self, *, read_only: bool) -> Connection:
        path = self.folder / STORE_NAME
        return connect(path, self._key, self._author, read_only=read_only, busy_ms=self._busy_ms)

    @cached_property
    def _writer(self) -> Connection:
        return self._connect(read_only=False)

    @cached_property
    def _engine(self) -> Engine:
        from deskapp.data.engine import engine_over

        return engine_over(self._writer)

    @cached_property
    def _reader_thread(self) -> ThreadPoolExecutor:
        return _one_thread("store-reader")

    @cached_property
    def _writer_thread(self) -> ThreadPoolExecutor:
        return _one_thread("store-writer")


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in ``folder`` outlives a power cut."""
    with suppress(PermissionError):  # some systems do not open folders
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _empty_file(folder: Path) -> Path:
    """A file only the officer may read, in place of what a killed start may have left."""
    unfinished = folder / f"{STORE_NAME}.new"
    for left in folder.glob(f"{unfinished.name}*"):
        left.unlink()
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return unfinished


def _one_thread(name: str) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


@cache
def _warm() -> None:
    Thread(target=_import_models, name="store-warm", daemon=True).start()


def _import_models() -> None:
    import sqlmodel  # noqa: F401 - loaded here, so that no later write waits for it

    import deskapp.data.case_tables
    import deskapp.data.complaint_tables
    import deskapp.data.engine
    import deskapp.data.enquiry_tables  # noqa: F401 - the same

    # It stays: no key waits while all of it is looked through for garbage. Once: what is garbage
    # now stays as well.
    gc.freeze()
