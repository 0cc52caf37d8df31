"""What a damaged store still holds that central does not have.

Reads around pages that cannot be read, one change at a time where it must. Nothing is changed.
Source: design sheet of sync, section 11 (F6).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from deskapp.clock import Clock
from deskapp.data.change_state import APPLIED_UPTO, State
from deskapp.data.changes import COLUMNS, Change
from deskapp.data.connection import Author, Connection, Values, connect

_PENDING = (
    f"SELECT {COLUMNS} FROM change_log"
    f" WHERE (seq > :merged OR state = {State.QUARANTINED.value}) AND"
)


def pending(file: Path, key: bytes, clock: Clock) -> Iterator[Change | int]:
    """Every change that central has not merged, in order; of one that cannot be read its number.

    Where nothing behind a damaged place can be read, its first number stands for them all.

    Raises:
        StoreError: If not even the beginning of the file can be read.
    """
    with closing(_Log(file, key, clock)) as log:
        yield from _around_damage(log)


def _around_damage(log: _Log) -> Iterator[Change | int]:
    last = 0
    try:
        for change in log.read("seq > :place ORDER BY seq", 0):
            last = change.seq
            yield change
        return
    except dbapi2.DatabaseError:
        behind: list[Change] = []
    with suppress(dbapi2.DatabaseError):
        for change in log.read("seq > :place ORDER BY seq DESC", last):
            behind.append(change)
    for seq in range(last + 1, behind[-1].seq if behind else last + 2):
        try:
            yield from log.read("seq = :place", seq)
        except dbapi2.DatabaseError:
            yield seq
    yield from reversed(behind)


class _Log:
    """The log of changes; a connection that met a damaged page reads nothing any more."""

    def __init__(self, file: Path, key: bytes, clock: Clock) -> None:
        self._file, self._key, self._author = file, key, Author(clock)
        self._connection: Connection | None = None
        self._merged = self._last_merged()

    def read(self, where: str, value: int) -> Iterator[Change]:
        """The changes of a question, until one cannot be read."""
        values = {"merged": self._merged, "place": value}
        for row in self._rows(f"{_PENDING} {where}", values):
            yield Change(*row)

    def close(self) -> None:
        """Let the file go; what is read next opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, question: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
        if self._connection is None:
            self._connection = connect(self._file, self._key, self._author, read_only=True)
        try:
            yield from self._connection.execute(question, values)
        except dbapi2.DatabaseError:
            self.close()
            raise

    def _last_merged(self) -> int:
        """Everything up to it is at central; 0 where that cannot be read: it counts once there."""
        with suppress(dbapi2.DatabaseError):
            [(merged,)] = self._rows(f"SELECT {APPLIED_UPTO}")
            return int(merged)
        return 0
