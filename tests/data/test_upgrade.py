"""A desk of the first release is brought up to date and keeps what it had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import Clock
from deskapp.data import schema
from deskapp.data.connection import Author, Connection, connect
from deskapp.data.store import Store
from deskapp.paths import STORE_NAME
from tests.data.test_schema import shape


@pytest.fixture
def first_release(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a store at revision 0001 with an officer, a person and what was captured."""
    folder = tmp_path / "first"
    folder.mkdir(mode=0o700)
    connection = connect(folder / STORE_NAME, key, Author(Clock(), "officer-1", "txn-1"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "HEAD", "0001")
        schema.upgrade(connection)
    connection.execute(
        "INSERT INTO sync_state (id, desk_id, site, schema_ver, hlc, clock_offset_ms, applying,"
        " machine_mark) VALUES (1, 'desk', 'ambleford', '0001', 0, 0, 0, '')"
    )
    connection.execute(
        "INSERT INTO officer (id, home_site, name, role)"
        " VALUES ('officer-1', 'ambleford', 'Ann Example', 'officer')"
    )
    connection.execute(
        "INSERT INTO person (id, home_site, full_name, created_at)"
        " VALUES ('person-1', 'ambleford', 'Bob Example', '2026-11-21T09:30:00.000Z')"
    )
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.close()
    return folder


def test_a_store_of_the_first_release_is_brought_up_to_date(
    first_release: Path, key: bytes, store: Store
) -> None:
    """Its rows are there, its officers have no role of a scheme, and it is as a fresh one."""
    upgraded = Store.open(first_release, key)

    def look(connection: Connection) -> list[Any]:
        return [
            connection.execute(question).fetchall()
            for question in (
                "SELECT name, role, scheme_roles FROM officer",
                "SELECT full_name FROM person",
                "SELECT tbl, op FROM change_log ORDER BY seq",
                "SELECT schema_ver FROM sync_state",
                "SELECT count(*) FROM case_event",
            )
        ]

    assert upgraded.call_read(look) == [
        [("Ann Example", "officer", "")],
        [("Bob Example",)],
        [("officer", "I"), ("person", "I")],
        [(schema.HEAD,)],
        [(0,)],
    ]
    assert upgraded.call_read(shape) == store.call_read(shape)
    upgraded.close()
