"""Lets the stores of a test run share what SQLAlchemy has worked out, and wait for no disk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from deskapp.data import connection
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from tests.kept_desk import Lent

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Engine

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
