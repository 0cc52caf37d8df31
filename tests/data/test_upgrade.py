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


def _has_begun(connection: Connection) -> None:
    """The desk knows which it is."""
    connection.execute(
        "INSERT INTO sync_state (id, desk_id, site, schema_ver, hlc, clock_offset_ms, applying,"
        " machine_mark) VALUES (1, 'desk', 'ambleford', '0001', 0, 0, 0, '')"
    )


@pytest.fixture
def first_release(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a store at revision 0001 with an officer, a person and what was captured."""
    folder = tmp_path / "first"
    folder.mkdir(mode=0o700)
    connection = connect(folder / STORE_NAME, key, Author(Clock(), "officer-1", "txn-1"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "HEAD", "0001")
        schema.upgrade(connection)
    _has_begun(connection)
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


def test_a_diary_of_before_is_worked_out_again(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its bookings are stands beside them from 0016 on; no other case is touched."""
    connection = connect(tmp_path / STORE_NAME, key, Author(Clock(), "officer-1", "txn-1"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "HEAD", "0015")
        schema.upgrade(connection)
    names = "id, family_id, ref, ref_key, scheme, version, stage, list, live, owner_id, priority"
    names += ", due, due_key, soon_key, conflicts, opened_at, closed_at, turns_key, destroy_key"
    for case in ("with", "without"):
        connection.execute(
            f"INSERT INTO case_state ({names}) VALUES (?1, ?1, '', '', 'diary', 1, 'open', 'todo',"
            " 1, '', '', '', '', '', 0, '', '', '9999', '')",
            (case,),
        )
    _has_begun(connection)
    connection.execute(
        "INSERT INTO case_event (id, home_site, sync_rev, hlc, desk, at, officer_id, family_id,"
        " case_id, kind, version, child_id, parent_id, answers) VALUES ('e', 'ambleford', 0, 0, '',"
        """ '', 'officer-1', 'with', 'with', 'add', 1, '', '', '{"resource": "Judge Example"}')"""
    )
    schema.upgrade(connection)
    turns = connection.execute("SELECT id, turns_key FROM case_state").fetchall()
    assert dict(turns) == {"with": "", "without": "9999"}
    connection.close()
