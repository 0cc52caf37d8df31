"""A prepared desk whose connections stay open: each test finds it as the first start left it.

When a store is opened SQLite reads four hundred tables, indexes and triggers for each connection,
which is most of what a short test costs. What a test writes stays in the log beside the file and
is forgotten with the log; a desk that is changed in any other way is given up for a new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlcipher3 import dbapi2

from deskapp.data import connection, vault
from deskapp.data.connection import BUSY_MS, Author, Connection
from deskapp.data.vault import KEYS_NAME
from deskapp.paths import STORE_NAME

if TYPE_CHECKING:
    from sqlalchemy import Engine

_HEADER_BYTES = 96
"""Of the index of the log. Without a header SQLite makes the index anew from the log."""


class Lent(Connection):
    """A connection that is given back when whoever borrowed it closes it."""

    author: Author
    engine: Engine | None = None
    """What SQLAlchemy has made over it."""
    in_use = True

    def cursor(self, *given: Any) -> Any:
        """Where statements run, while it is borrowed."""
        if not self.in_use:
            raise dbapi2.ProgrammingError("Cannot operate on a closed database.")
        return super().cursor(*given)

    def close(self) -> None:
        """Give it back."""
        self.in_use = False

    def end(self) -> None:
        """Close it."""
        super().close()

    def is_alone(self) -> bool:
        """Whether nobody, here or elsewhere, is in the middle of reading."""
        self.in_use = True
        try:
            self.execute("PRAGMA busy_timeout = 0").fetchall()
            busy, _pages, _moved = self.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()[0]
        except dbapi2.OperationalError:  # rows of its own that nobody has fetched
            return False
        finally:
            self.in_use = False
        return not busy


class _Borrower:
    """The author for whom the triggers of a connection write: that of whoever has borrowed it."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    @property
    def actor(self) -> str:
        return self._lent.author.actor

    @property
    def txn(self) -> str:
        return self._lent.author.txn

    def now_ms(self) -> int:
        return self._lent.author.now_ms()


class _Desk:
    """A copy of a prepared desk, with the connections that were opened on it."""

    def __init__(self, prepared: Path, folder: Path) -> None:
        self.folder = Path(shutil.copytree(prepared, folder))
        self._file = folder / STORE_NAME
        self._key = vault.unlock(folder)
        self._keys = (folder / KEYS_NAME).read_bytes()
        self._opened: list[tuple[bool, Lent]] = []
        self._index = -1
        os.utime(self._file, (0, 0))  # so that a write is seen, however soon it comes
        self._was = self._state()

    def is_at(self, path: Path, key: bytes) -> bool:
        """Whether its store is the one at ``path``."""
        return key == self._key and path.exists() and path.samefile(self._file)

    def connect(self, author: Author, read_only: bool, busy_ms: int) -> Lent:
        """A connection as ``connection.connect`` opens it, which nobody else uses."""
        free = (lent for kind, lent in self._opened if kind == read_only and not lent.in_use)
        lent = next(free, None) or self._open(read_only)
        lent.in_use, lent.author = True, author
        for pragma in (f"busy_timeout = {busy_ms}", "synchronous = OFF"):
            lent.execute(f"PRAGMA {pragma}").fetchall()
        return lent

    def _open(self, read_only: bool) -> Lent:
        lent = Lent(self._file, isolation_level=None, check_same_thread=False)
        connection._prepare(lent, self._key, cast(Author, _Borrower(lent)), read_only)
        self._opened.append((read_only, lent))
        if self._index < 0:  # it stays open, for to close a file lets go of all locks on it
            self._index = os.open(f"{self._file}-shm", os.O_RDWR)
        return lent

    def forget(self) -> bool:
        """Take away what a test left; False when too much is changed for that."""
        if self._state() != self._was or any(lent.in_use for _kind, lent in self._opened):
            return False
        log = Path(f"{self._file}-wal")
        for left in self.folder.iterdir():
            if not left.name.startswith(STORE_NAME):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        (self.folder / KEYS_NAME).write_bytes(self._keys)
        if log.exists() and log.stat().st_size:
            if not self._opened:
                return False
            os.truncate(log, 0)
            os.pwrite(self._index, bytes(_HEADER_BYTES), 0)
        return all(lent.is_alone() for _kind, lent in self._opened)

    def end(self) -> None:
        """Close what is open."""
        for _kind, lent in self._opened:
            lent.end()
        if self._index >= 0:
            os.close(self._index)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _state(self) -> tuple[tuple[int, ...], ...]:
        if not self._file.exists():
            return ()
        file, folder = self._file.stat(), self.folder.stat()
        return (file.st_ino, file.st_mtime_ns, file.st_size, file.st_mode), (folder.st_mode,)


class KeptDesk:
    """The prepared desk of a test run, for one test after the other."""

    def __init__(self, prepared: Path, folder: Path) -> None:
        self._prepared = prepared
        self._folder = folder
        self._numbers = count()
        self._desk: _Desk | None = None

    @contextmanager
    def at(self, link: Path) -> Iterator[Path]:
        """Lies at ``link`` while a test runs, as the first start has left it."""
        if self._desk is None:
            self._desk = _Desk(self._prepared, self._folder / str(next(self._numbers)))
        link.symlink_to(self._desk.folder)
        try:
            yield link
        finally:
            link.unlink(missing_ok=True)
            if not self._desk.forget():
                self.end()

    def connect(
        self,
        path: Path,
        key: bytes,
        author: Author,
        *,
        read_only: bool = False,
        busy_ms: int = BUSY_MS,
    ) -> Connection:
        """As ``connection.connect``."""
        if self._desk is not None and self._desk.is_at(path, key):
            return self._desk.connect(author, read_only, busy_ms)
        return connection.connect(path, key, author, read_only=read_only, busy_ms=busy_ms)

    def end(self) -> None:
        """Close what is open; the next test gets another copy."""
        if self._desk is not None:
            self._desk.end()
            self._desk = None
