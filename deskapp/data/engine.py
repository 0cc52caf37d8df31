"""The SQLAlchemy engine over a connection that is already open and unlocked."""

from __future__ import annotations

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from deskapp.data.connection import Connection


def engine_over(connection: Connection) -> Engine:
    """An engine that knows only ``connection``; its transactions begin IMMEDIATE.

    Bound values never appear in what it raises.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin_immediate(opened: SqlConnection) -> None:
        opened.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
