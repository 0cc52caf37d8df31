"""F12: desks and central of different versions; nothing is lost and nothing half understood."""

from __future__ import annotations

import pytest

from deskapp.data import schema, shapes
from deskapp.data.central.connect import connect
from deskapp.data.connection import Connection
from deskapp.errors import CentralRefusedError
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person, persons

NEWER = "9999"


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
