"""Random schedules of several desks, and faults that they must find. ``make sim`` runs more."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from unittest import mock

import pytest

from deskapp.data import outbox, purge
from deskapp.data.change_state import State
from deskapp.data.connection import Connection
from deskapp.services import desk_key
from tests.sim.central import SITE
from tests.sim.mutants import ALL, Mutant, caught
from tests.sim.world import CutError, Desk, World

SEEDS, STEPS = 2_000, 25
"""Schedules, and what happens in each before everybody exchanges."""
SHARE = 500
"""So many are one test, so that processes can share them."""
MOST_SEEDS = 600
"""Schedules after which a fault counts as not found."""
SITUATIONS = (
    "applied",
    "conflict",
    "merged before",
    "erased",
    "excess",
    "two scans",
    "cut",
    "forked",
    "cloned",
    "desk restored",
    "central restored",
)


@pytest.mark.parametrize("first", range(0, SEEDS, SHARE))
def test_every_schedule_ends_in_agreement(first: int) -> None:
    """I1 to I4, I6 and I12 hold, and every situation that could break them really came up."""
    counts: Counter[str] = Counter()
    for seed in range(first, first + SHARE):
        world = World(seed)
        try:
            world.run(STEPS)
        except Exception as error:
            error.add_note(f"seed {seed}: python -m tests.sim --first {seed} --seeds 1")
            raise
        counts += world.counts + world.central.counts
    assert [name for name in SITUATIONS if not counts[name]] == []


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.__name__)
def test_a_fault_that_is_built_in_is_found(mutant: Mutant) -> None:
    """A simulation that finds nothing proves nothing."""
    assert caught(mutant, range(MOST_SEEDS), STEPS) is not None


def a_world() -> tuple[World, Desk, Desk]:
    """Two desks with right clocks and a central that merges when it is told to."""
    world = World(0, desks=2)
    world.central.may_apply = 0
    for desk in world.desks:
        desk.store.author.clock = world.wall.clock()
    one, two = world.desks
    return world, one, two


def exchanged(world: World, *desks: Desk) -> None:
    """Each desk sends, central merges, each desk fetches."""
    for _twice in range(2):
        for desk in desks:
            desk.sync()
            world.central.apply()


def test_what_only_another_desk_still_has_goes_back_to_a_restored_central() -> None:
    """The disk that wrote it is gone, central forgot it: who had fetched it sends it again."""
    world, gone, other = a_world()
    gone.write_field()
    before = gone.rows("person")
    exchanged(world, gone, other)
    world.restore_central()
    world.desks.remove(gone)
    exchanged(world, other)
    assert [key.id for key in world.central.state.rows if key.tbl == "person"] == [before[0][0]]
    new = world.add_desk("new")
    exchanged(world, new)
    assert [row[2:] for row in new.rows("person")] == [row[2:] for row in before]


def test_a_desk_whose_clock_was_years_wrong_keeps_what_it_sent() -> None:
    """How long a change is kept is counted by central's clock."""
    world, desk, _other = a_world()
    desk.store.author.clock = world.wall.clock(dt.timedelta(days=-3650))
    desk.write_field()
    desk.write_field()
    exchanged(world, desk)
    assert desk.store.call_read(outbox.pending, 0) == 2
    world.wall.true += outbox.KEEP + dt.timedelta(days=1)
    desk.write_field()
    exchanged(world, desk)
    assert desk.store.call_read(outbox.pending, 0) == 1


def test_a_copy_whose_log_has_a_hole_is_taken_as_a_desk_of_its_own() -> None:
    """What was set aside outlives what is merged and forgotten; central takes no hole."""
    world, desk, _other = a_world()
    for _number in range(3):
        desk.write_field()
    exchanged(world, desk)
    desk.store.call_jot(outbox.set_aside, {1: "unknown_field"})
    world.wall.true += outbox.KEEP + dt.timedelta(days=1)
    desk.write_field()
    exchanged(world, desk)
    kept = [
        row[0] for row in desk.store.connection.execute("SELECT seq FROM change_log ORDER BY seq")
    ]
    assert kept[0] == 1
    assert kept != list(range(1, len(kept) + 1))
    desk.store.call_jot(desk_key.fork)
    exchanged(world, desk)
    assert world.central.state.applied[desk.desk_id] == len(kept)


def add_person(desk: Desk, row: str) -> None:
    """Write down somebody with an address of their own."""
    desk.store.call_jot(
        Connection.execute,
        "INSERT INTO person (id, home_site, created_at, full_name, phone, email)"
        " VALUES (?, ?, '', '', '', ?)",
        (row, SITE, f"{row}@example.org"),
    )


def edit(desk: Desk, row: str, field: str, value: str) -> None:
    """Change a field of somebody."""
    desk.store.call_jot(
        Connection.execute, f"UPDATE person SET {field} = ? WHERE id = ?", (value, row)
    )


def test_the_newest_of_a_row_stands_though_a_run_that_was_cut_had_fetched_an_older() -> None:
    """The older has other columns: a value of it was erased before it was first sent."""
    world, one, two = a_world()
    for row in ("p1", "p2"):
        add_person(one, row)
    one.store.call_jot(purge.blank, "person", "email", "", ["p2"])
    edit(one, "p2", "phone", "01632 960 001")
    one.sync()
    world.central.apply(most=2)
    with mock.patch.object(world, "maybe_cut", return_value=cut_at("pull.before_take_in")):
        two.sync()
    assert world.counts["cut"] == 1
    world.central.apply()
    two.sync()
    assert [row[1:] for row in two.rows("person") if row[0] == "p2"] == [
        (3, "", "01632 960 001", "", "")
    ]


def cut_at(place: str) -> Callable[[str], None]:
    """What cuts an exchange at one of its failpoints."""

    def failpoint(name: str) -> None:
        if name == place:
            raise CutError

    return failpoint


def test_a_backup_from_before_an_erasure_that_went_half_way_loses_nothing() -> None:
    """What a row still holds goes with the change that lost the rest of it, or not at all."""
    world, one, two = a_world()
    add_person(one, "p1")
    for number in range(2, 8):
        add_person(one, f"p{number}")
    one.store.call_jot(outbox.seal)
    world.keep_backup(one)
    one.store.call_jot(purge.blank, "person", "phone", "", ["p1"])
    with mock.patch.object(world, "maybe_cut", return_value=cut_at("push.after_commit")):
        one.sync()
    world.restore_desk()
    for _twice in range(2):
        exchanged(world, one, two)
    assert one.rows("person") == two.rows("person")
    assert two.shown("p1", "email") == "p1@example.org"


def test_a_central_that_forgot_a_row_gets_what_is_left_of_it_after_an_erasure() -> None:
    """The change that central had merged says nothing any more."""
    world, one, two = a_world()
    add_person(one, "p1")
    one.sync()
    world.central.apply()
    with mock.patch.object(world, "maybe_cut", return_value=cut_at("agree.after")):
        one.sync()  # knows that it was merged, and has not fetched it
    one.store.call_jot(outbox.mark, 1, State.APPLIED)
    one.store.call_jot(purge.blank, "person", "phone", "", ["p1"])
    world.restore_central()
    for _twice in range(2):
        exchanged(world, one, two)
    assert two.shown("p1", "email") == "p1@example.org"
    assert one.rows("person") == two.rows("person")


def test_a_revision_that_central_forgot_is_no_proof_of_having_seen_anything() -> None:
    """I3: two edits after it went back in time are a clash, whatever numbers their rows had."""
    world, one, two = a_world()
    gone = world.add_desk("gone")
    add_person(gone, "p1")
    for value in "abcdefgh":
        edit(gone, "p1", "full_name", value)
    exchanged(world, gone, one, two)
    world.desks.remove(gone)
    world.restore_central()
    one.sync()
    two.sync()
    edit(two, "p1", "email", "two@example.org")
    edit(one, "p1", "email", "one@example.org")
    for _twice in range(2):
        exchanged(world, two, one)
    kept = {json.loads(row[4]) for row in one.rows("conflict")} | {one.shown("p1", "email")}
    assert kept >= {"one@example.org", "two@example.org"}


def test_what_is_told_anew_never_stands_against_what_somebody_wrote() -> None:
    """Also not when a value of it is erased before it is merged, so that it is logged once more."""
    world, one, two = a_world()
    gone = world.add_desk("gone")
    add_person(gone, "p1")
    exchanged(world, gone, one, two)
    world.desks.remove(gone)
    world.restore_central()
    one.sync()
    two.sync()  # each holds what it knows ready for it
    edit(one, "p1", "email", "new@example.org")
    one.store.call_jot(purge.blank, "person", "phone", "", ["p1"])
    one.sync()
    world.central.apply()
    world.wall.true += dt.timedelta(minutes=1)
    two.sync()  # sends that, and learns of the erasure before it is merged
    for _twice in range(2):
        exchanged(world, one, two)
    assert two.shown("p1", "email") == one.shown("p1", "email") == "new@example.org"


@pytest.mark.parametrize("decided", [False, True], ids=["open", "decided"])
def test_a_conflict_is_told_to_a_central_that_forgot_it_and_asked_once(decided: bool) -> None:
    """Nobody is asked about its own fields, or once more about what was decided."""
    world, one, two = a_world()
    add_person(one, "p1")
    exchanged(world, one, two)
    edit(one, "p1", "email", "one@example.org")
    edit(two, "p1", "email", "two@example.org")
    exchanged(world, one, two)
    [conflict] = one.rows("conflict")
    if decided:
        one.store.call_jot(
            Connection.execute,
            "UPDATE conflict SET resolved_by = 'l', resolved_at = '2026', resolution = 'kept'",
        )
        exchanged(world, one, two)
    world.restore_central()
    for _twice in range(3):
        exchanged(world, one, two)
    about = {row[2] for row in one.rows("conflict")}
    values = {json.loads(row[4]) for row in one.rows("conflict")}
    assert about == {"p1"}
    assert json.loads(conflict[4]) in values
    left = "SELECT count(*) FROM conflict WHERE resolved_at = '' AND losing = ?"
    [(count,)] = one.store.connection.execute(left, (conflict[4],)).fetchall()
    assert bool(count) is not decided


@pytest.mark.parametrize("whole", [False, True], ids=["value", "row"])
def test_what_was_erased_stays_so_when_central_and_who_erased_it_are_gone(whole: bool) -> None:
    """I12: whoever was told of it tells a central that has forgotten."""
    world, gone, other = a_world()
    while not any(each.field == "email" for each in gone.writes):
        gone.write_field()
    exchanged(world, gone, other)
    world.central_backup = world.central.backup()
    [(row, value)] = gone.store.connection.execute(
        "SELECT id, email FROM person WHERE email <> '' LIMIT 1"
    ).fetchall()
    if whole:
        gone.store.call_jot(purge.erase, {"person": [row]})
    else:
        gone.store.call_jot(purge.blank, "person", "email", "", [row])
    exchanged(world, gone, other)
    assert f'"{value}"' not in world.central.everything()
    world.restore_central()
    world.desks.remove(gone)
    assert f'"{value}"' in world.central.everything()
    exchanged(world, other)
    new = world.add_desk("new")
    exchanged(world, other, new)
    for held in (world.central.everything(), other.everything(), new.everything()):
        assert f'"{value}"' not in held
    assert (row in {shown[0] for shown in new.rows("person")}) is not whole


@pytest.mark.parametrize("whole", [False, True], ids=["value", "row"])
def test_who_was_away_brings_nothing_back_to_a_central_that_forgot_row_and_erasure(
    whole: bool,
) -> None:
    """I12: who knows tells it also of what central has not."""
    world, gone, other = a_world()
    away = world.add_desk("away")
    add_person(away, "p1")
    exchanged(world, away, gone, other)
    if whole:
        gone.store.call_jot(purge.erase, {"person": ["p1"]})
    else:
        gone.store.call_jot(purge.blank, "person", "email", "", ["p1"])
    exchanged(world, gone, other)
    world.desks.remove(gone)
    world.restore_central()
    exchanged(world, other, away)
    for desk in (other, away):
        desk.sync()
        assert desk.shown("p1", "email") == (None if whole else "")
        assert "p1@example.org" not in desk.everything()
    assert "p1@example.org" not in world.central.everything()
