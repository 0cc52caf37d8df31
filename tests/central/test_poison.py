"""F11: what no desk could have written is set aside alone, and what is only odd is made clean."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from deskapp.data import shapes
from deskapp.data.central.connect import DESK, connect
from deskapp.data.connection import Connection
from tests.builders import SITE
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, change, persons

POISON: dict[str, dict[str, Any]] = {
    "wrong_kind": {"full_name": 7},
    "no_value": {"full_name": None},
    "unknown_field": {"secret_field": "x"},
    "too_long": {"full_name": "x" * (shapes.LONGEST_DELTA + 1)},
}


def poison(desk: Desk, seq: int, fields: dict[str, Any], **columns: str) -> None:
    """Alter what a desk has captured and not yet sealed."""

    def alter(connection: Connection) -> None:
        [(delta,)] = connection.execute(
            "SELECT delta FROM change_log WHERE seq = ?", (seq,)
        ).fetchall()
        altered = {"delta": json.dumps(json.loads(delta) | fields)} | columns
        sets = ", ".join(f"{name} = :{name}" for name in altered)
        connection.execute(f"UPDATE change_log SET {sets} WHERE seq = :seq", altered | {"seq": seq})

    desk.store.call_jot(alter)


def refused(central: Central) -> list[tuple[object, ...]]:
    """Number and code of what was set aside."""
    return central.ask("SELECT seq, code FROM quarantine ORDER BY seq")


@pytest.mark.parametrize("code", POISON)
def test_a_value_that_nobody_could_have_written_is_set_aside_alone(
    central: Central, enrolled: Enrol, code: str
) -> None:
    """What stands beside it goes through, and the desk is told how many were not."""
    one = enrolled("one", may_apply=True)
    for name in ("Ann Jones", "Ben Sample", "Cari Morgan"):
        add_person(one, full_name=name)
    poison(one, 2, POISON[code])
    outcome = one.sync()
    assert (outcome.applied, outcome.quarantined) == (2, 1)
    assert refused(central) == [(2, code)]
    assert central.ask("SELECT written FROM audit WHERE written ~ 'secret'") == []


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"tbl": "sqlite_master"}, "unknown_table"),
        ({"tbl": "draft"}, "unknown_table"),
        ({"op": "D"}, "wrong_operation"),
        ({"delta": "[1]"}, "not_json"),
        ({"delta": "{"}, "not_json"),
        ({"delta": '{"full_name": NaN}'}, "wrong_kind"),
    ],
)
def test_a_change_that_is_none_is_set_aside_alone(
    central: Central, enrolled: Enrol, columns: dict[str, str], code: str
) -> None:
    """Tables, operations and shapes are looked up, whatever was sent."""
    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    add_person(one, full_name="Ben Sample")
    poison(one, 1, {}, **columns)
    assert one.sync().applied == 1
    assert refused(central) == [(1, code)]


def test_text_that_a_terminal_or_a_database_would_choke_on_is_made_clean(
    central: Central, enrolled: Enrol
) -> None:
    """S1, the second gate: a NUL, half a character, an escape sequence."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    person = add_person(one, full_name="Ann Jones")
    poison(one, 1, {"full_name": "Ann\0 \ud800Jones\x1b[2J"})
    raw = "UPDATE person SET phone = '01632' || char(0) || ' 960 001' WHERE id = ?"
    one.store.call_jot(Connection.execute, raw, (person,))
    assert one.sync().quarantined == 0
    two.sync()
    assert persons(two.store) == [(person, 2, "Ann Jones[2J", "01632 960 001", "")]


def test_what_a_row_belongs_to_may_come_later(central: Central, enrolled: Enrol) -> None:
    """A note whose contact is not here is kept: the contact may still come, or was erased."""
    one = enrolled("one", may_apply=True)
    one.store.call_jot(
        Connection.execute,
        "INSERT INTO contact_event (id, home_site, at, officer_id, contact_id, code, note)"
        " VALUES ('e', ?, '', '', 'nowhere', '', 'a note')",
        (SITE,),
    )
    outcome = one.sync()
    assert (outcome.applied, outcome.quarantined) == (1, 0)


def test_a_change_that_the_database_cannot_keep_is_found_among_many(
    central: Central, enrolled: Enrol
) -> None:
    """Nobody thought of it, so it passed every check: the step is halved until it is found."""
    one = enrolled("one", may_apply=True)
    names = [f"Person {number}" for number in range(40)]
    for name in names:
        add_person(one, full_name=name)
    with connect(central.owner) as owner:
        owner.execute("ALTER TABLE item ADD CHECK (fields->>'full_name' !~ '^Person (7|31)$')")
    outcome = one.sync()
    assert (outcome.applied, outcome.quarantined) == (38, 2)
    assert refused(central) == [(8, "database"), (32, "database")]
    assert len(central.ask("SELECT 1 FROM item")) == 38


def test_ids_that_fit_no_index_are_refused_at_the_door(central: Central, enrolled: Enrol) -> None:
    """They would stop the merging for everybody, and no desk makes them."""
    one = enrolled("one")
    statement = (
        "INSERT INTO sync_inbox (desk_id, seq, change_id, txn, hlc, actor, tbl, row_id, home_site,"
        " op, delta, delta_hash, base_rev, schema_ver, wall_ms, chain)"
        " SELECT %s, 99, repeat('x', 9000), 't', 1, '', 'person', 'p', 's', 'I', '{}', '', 0,"
        " '0001', 1, ''"
    )
    with connect(one.dsn, role=DESK) as login, pytest.raises(psycopg.errors.CheckViolation):
        login.execute(statement, (one.store.desk_id,))


def test_an_edit_of_a_change_that_was_set_aside_waits_for_its_row(
    central: Central, enrolled: Enrol
) -> None:
    """It is merged, and nobody is sent half a row."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    person = add_person(one, full_name="Ann Jones")
    poison(one, 1, {"full_name": 7})
    one.sync()
    change(one, person, phone="01632 960 001")
    one.sync()
    two.sync()
    assert persons(two.store) == []
    assert persons(one.store)[0][2:4] == ("Ann Jones", "01632 960 001")
