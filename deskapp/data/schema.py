"""The shape of the store file: made from the models, stamped, brought up to date.

A fresh file is made from the models. Alembic is imported only when one cheap query says that the
file is behind; both ways end in the same schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.data import capture, words
from deskapp.data.connection import Connection
from deskapp.errors import StoreDamagedError, StoreNewerError
from deskapp.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import Connection as SqlConnection

HEAD = "0018"
"""The revision this deskapp writes; revisions are four digits that only grow."""
SCRIPTS = Path(__file__).parent / "migrations" / "local"


def declare() -> None:
    """Import every module that declares tables, so that the models know them all."""
    import deskapp.data.booking_tables
    import deskapp.data.case_tables
    import deskapp.data.complaint_tables
    import deskapp.data.day_tables
    import deskapp.data.enquiry_tables
    import deskapp.data.hearing_tables
    import deskapp.data.jury_tables
    import deskapp.data.knowledge_tables
    import deskapp.data.sync_tables  # noqa: F401 - with those of the desk


def create_all(connection: Connection) -> None:
    """Make every table, index and trigger and stamp the file, inside the caller's transaction."""
    for statement in _tables():
        connection.execute(statement)
    connection.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    rebuild(connection)


@cache
def _tables() -> tuple[str, ...]:
    """What makes every table with its indexes."""
    from sqlalchemy.dialects.sqlite import dialect
    from sqlalchemy.schema import CreateIndex, CreateTable
    from sqlmodel import SQLModel

    declare()
    made: list[CreateTable | CreateIndex] = []
    for table in SQLModel.metadata.sorted_tables:
        made.append(CreateTable(table))
        made += map(CreateIndex, sorted(table.indexes, key=lambda index: str(index.name)))
    return tuple(str(each.compile(dialect=dialect())) for each in made)


def rebuild(connection: Connection) -> None:
    """Make the search index and the capture triggers anew from the tables as they are."""
    words.rebuild(connection)
    capture.rebuild(connection)


def revision(connection: Connection) -> str:
    """The revision of the file.

    Raises:
        StoreDamagedError: If the file is not a store of deskapp.
    """
    named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    known = connection.execute(named).fetchone()
    row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    )
    if row is None:
        raise StoreDamagedError(
            _("This file is not a complete record store. Tell the service desk; do not delete it.")
        )
    return str(row[0])


def behind(connection: Connection) -> bool:
    """Whether the file needs ``upgrade``.

    Raises:
        StoreNewerError: If a newer deskapp wrote it.
    """
    found = revision(connection)
    if found > HEAD:
        raise StoreNewerError(
            _(
                "The record store was written by a newer deskapp. Nothing was changed."
                " Install the newest deskapp, then start again."
            )
        )
    return found < HEAD


def upgrade(connection: Connection) -> None:
    """Bring the file up to ``HEAD``, each step in one transaction of its own."""
    from alembic import command
    from alembic.config import Config

    from deskapp.data.engine import engine_over

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine_over(connection).connect() as opened:
        config.attributes["connection"] = opened
        command.upgrade(config, HEAD)


@contextmanager
def step(bind: SqlConnection, to: str) -> Iterator[None]:
    """What every migration step is wrapped in: triggers away, change, triggers and index anew.

    What central holds is fetched again: an older deskapp left out what it did not know.

    Args:
        bind: The connection of the step, in its transaction.
        to: The revision that the step ends in.
    """
    connection = bind.connection.dbapi_connection
    assert isinstance(connection, Connection)
    capture.drop(connection)
    words.drop(connection)
    yield
    rebuild(connection)
    connection.execute("UPDATE sync_state SET schema_ver = ?", (to,))
    for table in ("sync_cursor", "pull_stage"):
        if connection.execute("SELECT 1 FROM pragma_table_info(?)", (table,)).fetchone():
            connection.execute(f"DELETE FROM {table}")


def problems(connection: Connection) -> list[str]:
    """What a full check of the file finds, in the words of SQLite without values; slow."""
    for check in ("cipher_integrity_check", "quick_check"):  # the second cannot pass a bad page
        rows = connection.execute(f"PRAGMA {check}").fetchall()
        found = [str(row[0]) for row in rows if row[0] != "ok"]
        if found:
            return found
    return []
