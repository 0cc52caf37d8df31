"""Both ways to the schema end in the same place, and an older store keeps its rows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import Clock
from deskapp.data import schema
from deskapp.data.connection import Author, Connection, connect
from deskapp.data.store import Store
from deskapp.errors import StoreDamagedError

Make = Any

SECOND = '''
"""A step of the tests: one more column."""
import sqlalchemy as sa
from alembic import op
from deskapp.data import schema

revision = "0008"
down_revision = "0007"

def upgrade() -> None:
    with schema.step(op.get_bind(), revision):
        op.add_column("person", sa.Column("shoe_size", sa.Integer(), nullable=True))
        op.execute("UPDATE person SET phone = '01632 960 009'")
        {fault}
'''


def shape(connection: Connection) -> tuple[dict[tuple[str, str], str], dict[str, list[Any]]]:
    """Every table, index and trigger with its text, and every column with its kind."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    texts = {(kind, name): re.sub(r"\s", "", sql or "") for kind, name, sql in rows}
    columns = {
        name: connection.execute("SELECT * FROM pragma_table_xinfo(?)", (name,)).fetchall()
        for kind, name in texts
        if kind == "table"
    }
    return texts, columns


@pytest.fixture
def second_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pretend that deskapp has one more revision."""

    def make(fault: str = "") -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "0008_second.py").write_text(SECOND.format(fault=fault))
        monkeypatch.setattr(schema, "SCRIPTS", scripts)
        monkeypatch.setattr(schema, "HEAD", "0008")

    return make


def test_migrations_and_models_make_the_same_schema(
    store: Store, tmp_path: Path, key: bytes
) -> None:
    """A fresh desk and one that was upgraded differ in nothing."""
    empty = connect(tmp_path / "migrated.db", key, Author(Clock()))
    schema.upgrade(empty)
    assert schema.revision(empty) == schema.HEAD
    assert shape(empty) == store.call_read(shape)
    assert empty.in_transaction is False
    empty.close()


def test_the_newest_migration_is_the_head() -> None:
    """Or a fresh store would be stamped with something else than it is."""
    newest = max(path.name[:4] for path in (schema.SCRIPTS / "versions").glob("[0-9]*.py"))
    assert newest == schema.HEAD


def test_a_store_that_is_behind_is_brought_up_to_date(
    store: Store, a_person: Make, a_contact: Make, second_step: Any
) -> None:
    """Rows stay, triggers and index know the new column, and the desk says its new version."""
    store.call_write(lambda session: session.add_all([a_person(), a_contact()]))
    store.close()
    second_step()
    upgraded = Store.open(store.folder, store._key)

    def look(connection: Connection) -> tuple[Any, ...]:
        ask = [
            "SELECT full_name, phone, shoe_size FROM person",
            "SELECT count(*) FROM contact",
            "SELECT count(*) FROM change_log",
            "SELECT schema_ver FROM sync_state",
            "SELECT sql LIKE '%shoe_size%' FROM sqlite_master WHERE name = 'capture_person_update'",
            "SELECT count(*) FROM person_words WHERE person_words MATCH '\"_90006923610\"'",
        ]
        return tuple(connection.execute(question).fetchone() for question in ask)

    assert upgraded.call_read(look) == (
        ("Siân O\u2019Brien", "01632 960 009", None), (1,), (2,), ("0008",), (1,), (1,),
    )  # fmt: skip
    upgraded.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(
    store: Store, a_person: Make, second_step: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: after a crash in the middle the desk before still opens it."""
    store.call_write(lambda session: session.add(a_person()))
    before = store.call_read(shape)
    store.close()
    with monkeypatch.context():
        second_step("raise LookupError")
        with pytest.raises(LookupError):
            Store.open(store.folder, store._key)
    monkeypatch.undo()
    again = Store.open(store.folder, store._key)
    assert again.call_read(shape) == before
    again.close()


def test_a_file_of_something_else_is_not_taken(tmp_path: Path, key: bytes) -> None:
    """An encrypted file without our stamp is neither upgraded nor written."""
    other = connect(tmp_path / "store.db", key, Author(Clock()))
    other.execute("CREATE TABLE something (a)")
    other.close()
    with pytest.raises(StoreDamagedError, match="do not delete"):
        Store.open(tmp_path, key)
