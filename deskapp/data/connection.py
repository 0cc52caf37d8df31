"""One encrypted connection: key, pragmas, the text gates, the SQL functions the triggers ask.

Nothing heavy is imported here; the first paint and every short command go through it.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

from sqlcipher3 import dbapi2

from deskapp.clock import Clock
from deskapp.data import words
from deskapp.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
)
from deskapp.i18n import N_, _
from deskapp.text import clean, clean_bytes, name_key

Value: TypeAlias = str | int | float | bytes | None
Values: TypeAlias = Sequence[Value] | Mapping[str, Value]

BUSY_MS = 5000
"""How long a write waits for another process."""
PAGE_BYTES = 8192
"""Each page has a checksum of its own: with twice SQLite's 4096 a cold scan is a fifth faster, and
a save of one row a sixth (0.3 ms) slower."""


class Cursor(Protocol):
    """What a statement gives back."""

    rowcount: int

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None at the end."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row left."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...


class Connection(dbapi2.Connection):  # type: ignore[misc]
    """A connection whose text is clean both ways (design rule S1); rows are plain tuples."""

    def execute(self, sql: str, values: Values = ()) -> Cursor:
        """Run one statement; text among the bound values passes the write gate."""
        return cast(Cursor, super().execute(sql, _cleaned(values)))

    def executemany(self, sql: str, rows: Iterable[Values]) -> Cursor:
        """Run one statement for each of ``rows``."""
        return cast(Cursor, super().executemany(sql, map(_cleaned, rows)))


@dataclass
class Author:
    """On whose behalf a connection writes; the capture triggers ask for it."""

    clock: Clock
    actor: str = ""
    """Officer id, empty before anybody signed in."""
    txn: str = ""
    """Id of the transaction that is open."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 by the device's clock."""
        return int(self.clock.now().timestamp() * 1000)


def connect(
    path: Path, key: bytes, author: Author, *, read_only: bool = False, busy_ms: int = BUSY_MS
) -> Connection:
    """Open the store file at ``path``; made when it is not there.

    Args:
        path: The store file.
        key: 32 random bytes.
        author: Asked by the triggers for actor, transaction and time.
        read_only: Refuse every write on this connection.
        busy_ms: How long a statement waits for another process.

    Raises:
        StoreError: A subclass that says why the file cannot be opened with this key.
    """
    with store_errors(path.parent):
        connection = Connection(
            path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, key, author, read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Connection, key: bytes, author: Author, read_only: bool) -> None:
    # The log goes to stderr, which is the officer's screen: this must come first.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}").fetchall()
    connection.text_factory = clean_bytes
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "recursive_triggers = ON",  # or REPLACE would delete past the delete triggers
        f"query_only = {int(read_only)}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    functions: dict[str, tuple[int, Callable[..., str | int]]] = {
        "desk_actor": (0, lambda: author.actor),
        "desk_txn": (0, lambda: author.txn),
        "desk_now_ms": (0, author.now_ms),
    }
    for name, (arguments, function) in functions.items():
        connection.create_function(name, arguments, function)
    connection.create_function("payload_hash", 1, _payload_hash, deterministic=True)
    connection.create_function("fold_words", -1, words.fold_words, deterministic=True)
    connection.create_function("name_key", 1, name_key, deterministic=True)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key is tried here


@contextmanager
def as_kept(connection: Connection, text: Callable[[bytes], str] = str) -> Iterator[None]:
    """Read text as it is kept, for what is only counted and sent on: its reader cleans it.

    ``in_any_case`` also takes what is no text, which ``str``, quicker by half, refuses.
    """
    gate, connection.text_factory = connection.text_factory, text
    try:
        yield
    finally:
        connection.text_factory = gate


in_any_case = partial(str, encoding="utf-8", errors="replace")


def _payload_hash(delta: bytes) -> bytes:
    from deskapp.data import changes  # a start does without

    return changes.payload_hash(in_any_case(delta))


@contextmanager
def transaction(connection: Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit what the block wrote, or roll all of it back."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _cleaned(values: Values) -> Values:
    # Written out twice: a function for each value takes as long as to clean it.
    if isinstance(values, Mapping):
        return {
            name: clean(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
    return [clean(value) if isinstance(value, str) else value for value in values]


_BUSY = N_("The record store is busy: another deskapp is writing. Try again in a moment.")
_READ_ONLY = N_(
    "The record store cannot be written here. Check the rights of the folder {folder},"
    " then start deskapp again."
)
_FULL = N_("The disk is full and nothing was saved. Make room on the disk, then save again.")
_DAMAGED = N_(
    "The record store is damaged and was left as it is. Do not delete it: copy the folder to a"
    " safe place and tell the service desk."
)
_DISK = N_(
    "The disk could not be read or written, and nothing was saved. Check that it is there and has"
    " room, then try again. If this comes back, tell the service desk."
)
_MEANINGS: dict[int, tuple[type[StoreError], str]] = {
    dbapi2.SQLITE_BUSY: (StoreBusyError, _BUSY),
    dbapi2.SQLITE_LOCKED: (StoreBusyError, _BUSY),
    dbapi2.SQLITE_PROTOCOL: (StoreBusyError, _BUSY),
    dbapi2.SQLITE_PERM: (StoreReadOnlyError, _READ_ONLY),
    dbapi2.SQLITE_READONLY: (StoreReadOnlyError, _READ_ONLY),
    dbapi2.SQLITE_CANTOPEN: (StoreReadOnlyError, _READ_ONLY),
    dbapi2.SQLITE_FULL: (StoreFullError, _FULL),
    dbapi2.SQLITE_CORRUPT: (StoreDamagedError, _DAMAGED),
    dbapi2.SQLITE_NOTADB: (StoreDamagedError, _DAMAGED),
    dbapi2.SQLITE_IOERR: (StoreError, _DISK),
}
_ERRNO_MEANINGS = {
    errno.EACCES: dbapi2.SQLITE_READONLY,
    errno.EPERM: dbapi2.SQLITE_READONLY,
    errno.EROFS: dbapi2.SQLITE_READONLY,
    errno.ENOSPC: dbapi2.SQLITE_FULL,
    errno.EDQUOT: dbapi2.SQLITE_FULL,
    errno.EIO: dbapi2.SQLITE_IOERR,
}


@contextmanager
def store_errors(folder: Path) -> Iterator[None]:
    """Raise what the disk, the file or another process did to the store as a sentence.

    Anything else is a bug and passes unchanged.

    Raises:
        StoreError: A subclass that says what happened in ``folder`` and what to do.
    """
    try:
        yield
    except Exception as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        kind, sentence = meaning
        raise kind(_(sentence).format(folder=folder)) from error


def _meaning(error: Exception) -> tuple[type[StoreError], str] | None:
    cause = getattr(error, "orig", error)  # SQLAlchemy wraps what the driver raised
    if isinstance(cause, OSError):
        return _MEANINGS.get(_ERRNO_MEANINGS.get(cause.errno or 0, 0))
    if isinstance(cause, dbapi2.DatabaseError):
        return _MEANINGS.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)
    return None
