"""Change capture: every local write is written down, whoever makes it and however."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import exc, insert, update
from sqlmodel import Session, SQLModel

import deskapp.data.case_tables
import deskapp.data.complaint_tables
import deskapp.data.enquiry_tables
import deskapp.data.knowledge_tables  # noqa: F401 - with the others, declares every table
from deskapp.clock import Clock
from deskapp.data import capture, schema
from deskapp.data.connection import PAGE_BYTES, Connection
from deskapp.data.registry import HIDDEN, KINDS, captured_tables
from deskapp.data.store import Store
from deskapp.data.tables import Contact, FollowUp, Person
from tests import stores

Make = Any


def changes(store: Store) -> list[dict[str, Any]]:
    """Every captured change, oldest first."""
    names = "seq, txn, hlc, actor, tbl, row_id, home_site, op, delta, base_rev, schema_ver, wall_ms"

    def read(connection: Connection) -> list[dict[str, Any]]:
        rows = connection.execute(f"SELECT {names} FROM change_log ORDER BY seq").fetchall()
        return [dict(zip(names.split(", "), row, strict=True)) for row in rows]

    return [{**change, "delta": json.loads(change["delta"])} for change in store.call_read(read)]


def add(store: Store, *rows: SQLModel) -> None:
    """Save rows in one transaction."""
    store.call_write(lambda session: session.add_all(rows))


def test_every_table_has_a_kind() -> None:
    """A table that nobody declared would silently not travel, or silently do."""
    schema.declare()
    assert set(SQLModel.metadata.tables) == set(KINDS)


@pytest.fixture(scope="module")
def triggers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Table and text of every capture trigger of a new store."""
    folder = tmp_path_factory.mktemp("triggers")
    with closing(stores.new(folder, site="ambleford", clock=Clock())) as store:
        return store.call_read(
            lambda connection: connection.execute(
                "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
                " AND name LIKE 'capture%'"
            ).fetchall()
        )


@pytest.mark.parametrize("table", captured_tables())
def test_every_captured_table_has_its_triggers_with_every_column(
    triggers: list[tuple[str, str]], table: str
) -> None:
    """A column that a trigger does not name would be lost at the exchange."""
    texts = [sql for of, sql in triggers if of == table]
    model = [column.name for column in SQLModel.metadata.tables[table].columns]
    told = [name for name in model if name not in HIDDEN[KINDS[table]]]
    events = {"AFTER INSERT", "BEFORE DELETE", "BEFORE UPDATE"}
    if KINDS[table] == "record":
        events.add("AFTER UPDATE")
    assert {event for event in events if any(event in text for text in texts)} == events
    for text in texts:
        if " AFTER " in text:
            assert [
                name for name in told if f"'{name}'" not in text and f'"{name}"' not in text
            ] == []
    fixed = " ".join(text for text in texts if "BEFORE UPDATE" in text)
    expected = model if KINDS[table] == "event" else list(HIDDEN[KINDS[table]])
    assert [name for name in expected if name not in fixed] == []


def test_a_new_record_is_captured_whole(store: Store, a_person: Make) -> None:
    """The first change of a row holds every field, with who, when and for which site."""
    person = a_person(phone="01632 960 001")
    add(store, person)
    (change,) = changes(store)
    assert change["delta"] == {
        "full_name": "Siân O\u2019Brien",
        "phone": "01632 960 001",
        "email": "",
        "postcode": "",
        "created_at": "2026-11-21T09:30:00.000Z",
    }
    assert (change["op"], change["tbl"], change["row_id"]) == ("I", "person", person.id)
    assert (change["actor"], change["home_site"], change["base_rev"]) == (
        "officer-1",
        "ambleford",
        0,
    )
    assert change["wall_ms"] == 1795253400000


def test_an_edit_is_captured_with_its_changed_fields_only(store: Store, a_person: Make) -> None:
    """An old desk can never blank a field it did not touch."""
    person = a_person()
    add(store, person)

    def edit(session: Session) -> None:
        row = session.get(Person, person.id)
        assert row is not None
        row.phone = "01632 960 002"

    store.call_write(edit)
    assert changes(store)[1]["delta"] == {"phone": "01632 960 002"}
    assert changes(store)[1]["op"] == "U"


def test_an_edit_that_changes_nothing_is_not_captured(store: Store, a_person: Make) -> None:
    """Saving a form untouched sends nothing."""
    add(store, a_person())
    store.call_write(lambda session: session.exec(update(Person).values(phone="")) and None)
    assert len(changes(store)) == 1


def test_values_keep_their_kind(store: Store, a_contact: Make) -> None:
    """Central has typed columns: a number stays a number, a yes a yes, nothing stays nothing."""
    add(store, a_contact(handling_seconds=7, suspect_time=True, person_id=None, case_ref='a"b\\\n'))
    delta = changes(store)[0]["delta"]
    assert delta["handling_seconds"] == 7
    assert delta["suspect_time"] is True
    assert delta["person_id"] is None
    assert delta["case_ref"] == 'a"b\\\n'
    assert set(delta) == set(Contact.model_fields) - {"id", "home_site", "sync_rev", "hlc", "desk"}


def test_changes_of_one_transaction_share_its_id(store: Store, a_person: Make) -> None:
    """They become visible together at central."""
    add(store, a_person(), a_person())
    add(store, a_person())
    first, second, third = (change["txn"] for change in changes(store))
    assert first == second != third


def test_an_event_is_stamped_with_clock_and_desk(store: Store, a_contact: Make) -> None:
    """State is folded in this order everywhere."""
    add(store, a_contact(), a_contact())
    rows = store.call_read(
        lambda connection: connection.execute(
            "SELECT hlc, desk FROM contact ORDER BY hlc"
        ).fetchall()
    )
    assert rows == [(change["hlc"], store.desk_id) for change in changes(store)]
    assert rows[0][0] == 1795253400000 * 65536
    assert rows[1][0] == rows[0][0] + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET topic = 'other'",
        "UPDATE contact SET hlc = 5",
        "UPDATE contact SET desk = 'elsewhere'",
        "DELETE FROM contact",
        "INSERT OR REPLACE INTO contact SELECT * FROM contact",
        "DELETE FROM person",
        "INSERT OR REPLACE INTO person SELECT * FROM person",
        "UPDATE person SET home_site = 'elsewhere'",
        "UPDATE person SET id = 'other'",
        "UPDATE person SET sync_rev = 3",
    ],
)
def test_what_was_written_cannot_be_unwritten(
    store: Store, a_contact: Make, a_person: Make, statement: str
) -> None:
    """Events stay as they were; rows never move between sites and are never deleted."""
    add(store, a_contact(), a_person())
    with pytest.raises(sqlcipher.IntegrityError):
        store.call_jot(lambda connection: connection.execute(statement) and None)
    assert len(changes(store)) == 2


def test_every_way_of_writing_is_captured(store: Store, a_contact: Make, a_person: Make) -> None:
    """Bulk inserts and plain SQL pass the same triggers as the session."""
    rows = [a_contact().model_dump() for _ in range(3)]
    store.call_write(lambda session: session.execute(insert(Contact), rows) and None)
    add(store, a_person())
    store.call_jot(lambda connection: connection.execute("UPDATE person SET email = 'a@b.example'"))
    assert [change["op"] for change in changes(store)] == ["I", "I", "I", "I", "U"]


def test_a_write_that_is_rolled_back_leaves_no_change(store: Store, a_person: Make) -> None:
    """Row and change exist together or not at all."""

    def fail(session: Session) -> None:
        session.add(a_person())
        session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        store.call_write(fail)
    assert changes(store) == []


def test_what_central_sends_is_not_captured_again(store: Store, a_person: Make) -> None:
    """Pull and purge raise the flag inside their own transaction; a crash takes it back."""

    def pull(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET applying = 1")
        connection.execute(
            "INSERT INTO person (id, home_site, full_name, created_at)"
            " VALUES ('p', 'elsewhere', 'Ann Fictional', '')"
        )
        connection.execute("UPDATE person SET sync_rev = 4")
        connection.execute("DELETE FROM person")
        connection.execute("UPDATE sync_state SET applying = 0")

    store.call_jot(pull)
    assert changes(store) == []


def test_without_its_state_row_the_store_refuses_to_write(store: Store, a_person: Make) -> None:
    """A write that could not be captured must not happen."""
    store.call_jot(lambda connection: connection.execute("DELETE FROM sync_state") and None)
    with pytest.raises(exc.IntegrityError):
        add(store, a_person())


def test_a_foreign_tool_cannot_write_a_captured_table(
    store: Store, folder: Path, key: bytes
) -> None:
    """Even with the key: who wrote, and in which transaction, is asked of deskapp."""
    tool = sqlcipher.connect(folder / "store.db")
    tool.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    tool.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    statements = [
        "INSERT INTO person (id, home_site, created_at) VALUES ('p', 's', '')",
        "INSERT INTO officer (id, home_site, name, role) VALUES ('o', 's', 'n', 'officer')",
        "UPDATE person SET phone = '1'",
    ]
    for statement in statements:
        with pytest.raises(sqlcipher.OperationalError, match=r"(no such|unknown) function"):
            tool.execute(statement)
    tool.close()


def test_a_column_without_capture_is_noticed(store: Store) -> None:
    """The triggers are made from the file: after a new column they must be made again."""

    def widen(connection: Connection) -> tuple[str, str]:
        connection.execute("ALTER TABLE follow_up ADD COLUMN heard BOOLEAN")
        query = "SELECT sql FROM sqlite_master WHERE name = 'capture_follow_up_insert'"
        before = connection.execute(query).fetchone()
        capture.rebuild(connection)
        after = connection.execute(query).fetchone()
        assert before
        assert after
        return before[0], after[0]

    before, after = store.call_jot(widen)
    assert "heard" not in before
    assert "heard" in after
    assert FollowUp.__tablename__ in captured_tables()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(-315_360_000, 315_360_000), min_size=1, max_size=6))
def test_a_clock_set_back_never_lowers_the_order(
    store: Store, set_clock: Any, a_person: Make, jumps: list[int]
) -> None:
    """Ten years either way: what is written later is ordered later."""
    for seconds in jumps:
        set_clock.moment = dt.datetime(2026, 11, 21, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
        add(store, a_person())
    ticks = [change["hlc"] for change in changes(store)]
    assert ticks == sorted(set(ticks))
    assert ticks[-1] >= int(set_clock.moment.timestamp() * 1000) * 65536


def test_the_measured_clock_error_is_added(store: Store, a_person: Make) -> None:
    """A desk an hour behind does not lose every merge."""
    hour = "UPDATE sync_state SET clock_offset_ms = 3600000"
    store.call_jot(lambda connection: connection.execute(hour) and None)
    add(store, a_person())
    assert changes(store)[0]["hlc"] == (1795253400000 + 3600000) * 65536
