"""What central keeps for the exchange alone does not grow for ever."""

from __future__ import annotations

from deskapp.data import purge
from deskapp.data.central import checks
from deskapp.data.central.connect import APPLIER, connect
from deskapp.data.central.tidy import forget_marks, forget_merged
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person, change, conflicts, persons


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


def aged(central: Central, days: int) -> None:
    """Let so many days pass for the marks that there are."""
    central.ask("UPDATE sync_mark SET made_at = made_at - make_interval(days => %s) RETURNING 1",
                days)  # fmt: skip


def forgotten_marks(central: Central) -> int:
    """Tidy as the service does."""
    with connect(central.owner, role=APPLIER) as applier:
        return forget_marks(applier)


def test_marks_go_once_no_desk_can_stand_at_them(central: Central, enrolled: Enrol) -> None:
    """A desk that was quiet for long, but not longer than it may be, fetches only what is new."""
    busy, quiet = enrolled("busy", may_apply=True), enrolled("quiet")
    for name in ("Ann Jones", "Ben Sample", "Cari Morgan"):
        add_person(busy, full_name=name)
        busy.sync()
    quiet.sync()
    aged(central, 91)
    add_person(busy, full_name="Dewi Price")
    busy.sync()
    aged(central, 80)
    assert forgotten_marks(central) == 2  # of the four; quiet stands at the third
    assert forgotten_marks(central) == 0
    assert quiet.sync().received == 1
    assert len(persons(quiet.store)) == 4


def test_marks_stay_where_a_desk_may_work_alone_for_ever(central: Central, enrolled: Enrol) -> None:
    """Nobody can say that it has none to come back to."""
    one = enrolled("one", may_apply=True)
    for name in ("Ann Jones", "Ben Sample"):
        add_person(one, full_name=name)
        one.sync()
    central.ask("UPDATE sync_central SET offline_limit_days = 0 RETURNING 1")
    aged(central, 1000)
    assert forgotten_marks(central) == 0


def test_a_desk_behind_the_marks_that_are_kept_comes_right(
    central: Central, enrolled: Enrol
) -> None:
    """It was away for longer than it may be: what it wrote counts as written without having seen
    anything, so that nothing of others is written over unseen."""
    away, busy = enrolled("away"), enrolled("busy", may_apply=True)
    person = add_person(away, full_name="Ann Jones")
    gone = add_person(away, full_name="Ben Sample")
    away.sync()
    central.apply()
    for desk in (away, busy):
        desk.sync()
    change(away, person, phone="01632 960 001")
    for phone in ("01632 960 002", "01632 960 003"):
        change(busy, person, phone=phone)
        busy.sync()
    busy.store.call_jot(purge.erase, {"person": [gone]})
    add_person(busy, full_name="Cari Morgan")
    busy.sync()
    aged(central, 91)
    assert forgotten_marks(central) > 0
    with connect(central.owner, role=APPLIER) as applier:  # whatever it tries, what is young stays
        applier.execute("INSERT INTO sync_mark VALUES ('S:x', 1, 'x')")
        assert applier.execute("DELETE FROM sync_mark WHERE stream = 'S:x'").rowcount == 0
    outcome = away.sync()
    assert outcome.sent == 1
    central.apply()
    for desk in (away, busy):
        desk.sync()
    assert persons(away.store) == persons(busy.store)
    assert {row[2] for row in persons(away.store)} == {"Ann Jones", "Cari Morgan"}
    assert len(away.store.call_read(conflicts)) == 1
    with connect(central.owner) as owner:
        assert list(checks.faults(owner)) == []
