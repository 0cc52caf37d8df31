"""Lets the stores of a test run share what SQLAlchemy has worked out, and wait for no disk.

A new store is a copy of the first: making one takes thirty times as long.
"""

from __future__ import annotations

import tempfile
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.data import connection
from deskapp.data.connection import Connection
from deskapp.data.ids import new_desk_id
from deskapp.data.store import Store
from deskapp.paths import STORE_NAME, private_folder
from tests.kept_desk import Lent

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Engine

    from deskapp.clock import Clock

_first: list[Engine] = []


def share() -> None:
    """Put each statement together once for all stores: an eighth of the time of their tests."""
    made = Store.__dict__["_engine"].func

    def shared(store: Store) -> Engine:
        kept = store._writer if isinstance(store._writer, Lent) else None
        if kept is not None and kept.engine is not None:
            return kept.engine
        engine: Engine = made(store)
        if not _first:
            engine.connect().close()  # so that its dialect knows the version of SQLite
            _first.append(engine)
        engine.dialect = engine.pool._dialect = _first[0].dialect
        engine._compiled_cache = _first[0]._compiled_cache
        if kept is not None:
            kept.engine = engine
        return engine

    engine = cached_property(shared)
    engine.__set_name__(Store, "_engine")
    Store._engine = engine  # type: ignore[assignment, method-assign]


def write_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to the system when it writes: only a power cut, which no test has, shows that."""
    prepare = connection._prepare

    def prepared(opened: Connection, *given: Any) -> None:
        prepare(opened, *given)
        opened.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(connection, "_prepare", prepared)


KEY = bytes(32)
"""Of every store that ``new`` makes unless it is told."""


def new(folder: Path, key: bytes = KEY, *, site: str, clock: Clock) -> Store:
    """As ``Store.create``."""
    path = private_folder(folder) / STORE_NAME
    path.touch(0o600)
    path.write_bytes(_made(key))
    store = Store.open(folder, key, clock=clock)
    store.desk_id, store.site = new_desk_id(), site
    state = "UPDATE sync_state SET desk_id = ?, site = ?"
    store.call_jot(Connection.execute, state, (store.desk_id, site))
    return store


@cache
def _made(key: bytes) -> bytes:
    """The file of a store that nobody has used."""
    from deskapp.clock import Clock

    with tempfile.TemporaryDirectory() as made:
        Store.create(Path(made), key, site="", clock=Clock()).close()
        return (Path(made) / STORE_NAME).read_bytes()
