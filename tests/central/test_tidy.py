"""The inbox of central does not grow for ever."""

from __future__ import annotations

from deskapp.data.central.connect import APPLIER, connect
from deskapp.data.central.tidy import forget_merged
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person, persons


def test_what_was_merged_long_ago_leaves_the_inbox(central: Central, enrolled: Enrol) -> None:
    """What is young or not merged stays, and the desk goes on where it was."""
    old, waits = enrolled("old", may_apply=True), enrolled("waits")
    add_person(old, full_name="Ann Jones")
    old.sync()
    add_person(waits, full_name="Ben Sample")
    waits.sync()
    for table in ("sync_inbox", "sync_batch"):
        central.ask(f"UPDATE {table} SET received_at = now() - interval '36 days' RETURNING 1")
    add_person(old, full_name="Cari Morgan")
    waiting = central.ask("SELECT desk_id, seq FROM sync_inbox WHERE desk_id = %s",
                          waits.store.desk_id)  # fmt: skip
    with connect(central.owner, role=APPLIER) as applier:
        assert forget_merged(applier) == 1
        assert forget_merged(applier) == 0
    assert central.ask("SELECT desk_id, seq FROM sync_inbox") == waiting
    with connect(central.owner, role=APPLIER) as applier:  # whatever it tries
        assert applier.execute("DELETE FROM sync_inbox").rowcount == 0
        assert applier.execute("DELETE FROM sync_batch").rowcount == 0
    old.sync()
    waits.sync()
    assert len(persons(old.store)) == len(persons(waits.store)) == 3
    assert old.sync().sent == 0
