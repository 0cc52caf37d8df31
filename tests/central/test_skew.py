"""F12: desks and central of different versions; nothing is lost and nothing half understood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import Clock
from deskapp.data import connection as opened
from deskapp.data import purge, schema, shapes, upcasts
from deskapp.data.central import setup
from deskapp.data.central.connect import connect
from deskapp.data.connection import Author, Connection
from deskapp.errors import CentralRefusedError
from deskapp.paths import STORE_NAME
from tests.builders import SITE
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, change, persons

NEWER = "9999"
BEFORE = "0012"
"""A real one: officers had no team yet."""


def newer(central: Central, *columns: str) -> None:
    """Central was upgraded: ``schema_ver``, or also the oldest desk that may fetch."""
    with connect(central.owner) as owner:
        for column in columns:
            owner.execute(f"UPDATE sync_central SET {column} = %s", (NEWER,))


def test_a_desk_that_is_newer_than_central_keeps_its_changes(
    central: Central, enrolled: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are sent once central is upgraded."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    with monkeypatch.context() as upgraded:
        upgraded.setattr(schema, "HEAD", NEWER)
        with pytest.raises(CentralRefusedError, match="kept here"):
            one.sync()
    assert central.ask("SELECT 1 FROM sync_inbox") == []
    assert one.sync().sent == 1


def test_an_old_desk_sends_and_fetches_from_an_upgraded_central(
    central: Central, enrolled: Enrol
) -> None:
    """What it does not know it leaves out; merging it leaves to those who know."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones")
    one.sync()
    newer(central, "schema_ver")
    with connect(central.owner) as owner:
        owner.execute("UPDATE feed SET doc = jsonb_set(doc, '{fields,pronouns}', '\"they\"')")
        owner.execute(
            "INSERT INTO feed SELECT stream, 'hologram', 'h', 99, 'P', doc FROM feed;"
            " UPDATE sync_stream SET head = 99 WHERE head > 0"
        )
    add_person(two, full_name="Ben Sample")
    outcome = two.sync()
    assert (outcome.sent, outcome.applied, outcome.received) == (1, 0, 2)
    assert (person, 1, "Ann Jones", "", "") in persons(two.store)


def test_a_desk_that_is_too_old_only_sends(central: Central, enrolled: Enrol) -> None:
    """Its work is safe, and it is told what to do."""
    one = enrolled("one")
    add_person(one, full_name="Ann Jones")
    newer(central, "schema_ver", "min_desk_schema")
    with pytest.raises(CentralRefusedError, match="Your changes were sent"):
        one.sync()
    assert len(central.ask("SELECT 1 FROM sync_inbox")) == 1


def test_an_old_applier_leaves_merging_to_a_newer_one(central: Central) -> None:
    """It would set aside what it does not know."""
    newer(central, "schema_ver")
    with pytest.raises(CentralRefusedError, match="newer deskapp"):
        central.apply()


def test_a_row_without_a_column_that_came_later_is_still_sent(
    central: Central, enrolled: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old desk's row, or an old row: the column has a value of its own on each desk."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    person = add_person(one, full_name="Ann Jones", phone="01632 960 001")
    without = "UPDATE change_log SET delta = json_remove(delta, '$.phone')"
    one.store.call_jot(lambda connection: connection.execute(without) and None)
    one.sync()
    two.sync()
    assert persons(two.store) == [(person, 1, "Ann Jones", "", "")]


def test_every_synced_table_has_a_field_that_no_row_is_without() -> None:
    """By it a row that came is told from an edit that came before its row."""
    for table, shape in shapes.shapes().items():
        assert any(field.needed for field in shape.fields.values()), table


def test_an_upgraded_desk_fetches_again_what_it_did_not_know(enrolled: Enrol) -> None:
    """The columns that it left out while it was old."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    add_person(one, full_name="Ann Jones")
    one.sync()
    two.sync()

    def upgrade(connection: Connection) -> None:
        with schema.step(_Bind(connection), schema.HEAD):  # type: ignore[arg-type]
            pass

    two.store.call_jot(upgrade)
    assert two.sync().received == 1


class _Bind:
    """As much of a connection of the migration tool as a step asks for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = self
        self.dbapi_connection = connection


# -- what was written with older tables ----------------------------------------------------


def telephone(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Once the column was called so."""
    return {{"telephone": "phone"}.get(name, name): value for name, value in fields.items()}


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The phone of a person was called otherwise at ``BEFORE``."""
    step = upcasts.Upcast("0014", "person", telephone)
    monkeypatch.setattr(upcasts, "UPCASTS", (step,))


def as_before(desk: Desk) -> None:
    """Let everything that a desk has logged be written with the tables of ``BEFORE``."""

    def write(connection: Connection) -> None:
        connection.execute(
            "UPDATE change_log SET schema_ver = ?, delta = replace(delta, '\"phone\"',"
            " '\"telephone\"')",
            (BEFORE,),
        )

    desk.store.call_jot(write)


def test_what_the_triggers_of_an_older_store_wrote_is_merged(
    enrolled: Enrol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that was upgraded with changes in its log; the column that came later has its own."""
    (tmp_path / "old").mkdir()
    with monkeypatch.context() as older:
        older.setattr(schema, "HEAD", BEFORE)
        author = Author(Clock(), "officer", "t")
        connection = opened.connect(tmp_path / "old" / STORE_NAME, bytes(32), author)
        schema.upgrade(connection)
        connection.execute(
            "INSERT INTO sync_state (id, desk_id, site, schema_ver, hlc, clock_offset_ms,"
            " applying, machine_mark) VALUES (1, ?, ?, ?, 0, 0, 0, '')",
            ("5a0a3c0e-6a52-4a3c-9d53-1b1a3f0f6c11", SITE, BEFORE),
        )
        connection.execute(
            "INSERT INTO officer (id, home_site, name, role, scheme_roles)"
            " VALUES ('o1', ?, 'Ann Fictional', 'officer', '')",
            (SITE,),
        )
        connection.close()
    old, two = enrolled("old", may_apply=True), enrolled("two")
    [(revision, delta)] = old.store.call_read(
        lambda connection: connection.execute("SELECT schema_ver, delta FROM change_log").fetchall()
    )
    assert revision == BEFORE
    assert "team" not in delta
    old.sync()
    two.sync()
    question = "SELECT name, team FROM officer"
    assert two.store.call_read(lambda connection: connection.execute(question).fetchall()) == [
        ("Ann Fictional", "")
    ]


def test_a_column_that_was_called_otherwise_is_merged_as_it_is_called_now(
    central: Central, enrolled: Enrol, renamed: None
) -> None:
    """The desk may have been upgraded since, or not; its chain stays as it sent it."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones", phone="01632 960 001")
    one.sync()
    two.sync()
    change(one, person, phone="01632 960 002")
    change(two, person, phone="01632 960 003")
    as_before(two)
    one.sync()
    two.store.call_jot(lambda connection: schema.rebuild(connection))
    assert two.sync().conflicts == 1
    one.sync()
    assert {row[3] for desk in (one, two) for row in persons(desk.store)} <= {
        "01632 960 002", "01632 960 003",
    }  # fmt: skip
    assert persons(one.store) == persons(two.store)
    assert central.ask("SELECT count(*) FROM quarantine") == [(0,)]


def test_what_was_written_here_with_an_older_name_stays_until_it_is_merged(
    central: Central, enrolled: Enrol, renamed: None
) -> None:
    """I6: an edit of before the upgrade is not written over by what comes."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    person = add_person(one, full_name="Ann Jones", phone="01632 960 001")
    one.sync()
    two.sync()
    change(one, person, phone="01632 960 002")
    one.sync()
    change(two, person, phone="01632 960 003")
    as_before(two)
    two.sync()  # which nobody has merged yet
    assert [row[3] for row in persons(two.store)] == ["01632 960 003"]


def test_rows_that_central_holds_are_brought_up_to_date_and_told(
    central: Central, enrolled: Enrol, renamed: None
) -> None:
    """Who comes later meets them under today's name, and still finds what nobody had seen."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    person = add_person(one, full_name="Ann Jones", phone="01632 960 001")
    one.sync()
    two.sync()
    change(one, person, phone="01632 960 002")
    as_before(one)
    one.sync()
    with connect(central.owner) as owner:
        owner.execute("UPDATE sync_central SET schema_ver = %s", (BEFORE,))
        owner.execute(
            "UPDATE item SET fields = replace(fields::text, 'phone', 'telephone')::jsonb,"
            " meta = replace(meta::text, 'phone', 'telephone')::jsonb WHERE tbl = 'person'"
        )
        assert setup.migrate(owner) == BEFORE
    new = enrolled("new")
    new.sync()
    assert [row[3] for row in persons(new.store)] == ["01632 960 002"]
    change(two, person, phone="01632 960 003")
    assert two.sync().conflicts == 1
    assert central.ask("SELECT rev FROM item WHERE tbl = 'person'") == [(4,)]


def test_a_value_that_is_erased_goes_under_its_older_name_too(
    enrolled: Enrol, renamed: None
) -> None:
    """I12: the log of a desk that was upgraded."""
    desk = enrolled("one")
    person = add_person(desk, full_name="Ann Jones", phone="01632 960 001")
    as_before(desk)
    desk.store.call_jot(purge.blank, "person", "phone", "", [person])
    question = "SELECT group_concat(delta) FROM change_log"
    [(log,)] = desk.store.call_read(lambda connection: connection.execute(question).fetchall())
    assert "960" not in log
    assert "Ann Jones" in log
