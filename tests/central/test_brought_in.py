"""What was saved from a damaged store goes on its way from another desk, as if it came in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.clock import Clock
from deskapp.errors import DeskError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import rescue
from tests.builders import SITE
from tests.central.conftest import Central, Desk
from tests.central.test_erased_values import settled
from tests.central.test_exchange import Enrol, add_person, change, conflicts, persons

LEADER = User("leader", "Lena Example", Role.TEAM_LEADER, SITE)


def saved(desk: Desk, tmp_path: Path) -> list[str]:
    """What the store of a desk has that central does not, as its file says it."""
    into = tmp_path / "pending.jsonl"
    desk.store.close()
    rescue.export(desk.store.folder / "store.db", bytes(32), into, Clock())
    return into.read_text(encoding="utf-8").splitlines()


def test_nothing_is_lost_and_nothing_newer_is_undone(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """An edit that another desk made meanwhile clashes with it, as it would have in time."""
    gone, other = enrolled("gone", may_apply=True), enrolled("other", may_apply=True)
    known = add_person(gone, full_name="Ann Jones")
    settled(gone, other)
    change(gone, known, phone="01632 960 001", email="ann@example.org")
    new = add_person(gone, full_name="Ben Sample")
    other.clock.passes(minutes=5)
    change(other, known, phone="01632 960 002")
    settled(other)
    lines = saved(gone, tmp_path)
    assert other.store.call_jot(rescue.bring_in, lines, user=LEADER) == 2
    assert other.store.call_jot(rescue.bring_in, lines, user=LEADER) == 0
    settled(other)
    assert [row[0] for row in persons(other.store)] == sorted([known, new])
    [ann] = [row for row in persons(other.store) if row[0] == known]
    assert ann[3:] == ("01632 960 002", "ann@example.org")
    [clash] = other.store.call_read(conflicts)
    assert clash[:4] == ("phone", '"01632 960 001"', '"01632 960 002"', "officer-gone")


def test_what_central_got_all_the_same_counts_once(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """The store died before the answer came; the change is known by its own id."""
    gone, other = enrolled("gone"), enrolled("other", may_apply=True)
    add_person(gone, full_name="Ann Jones")
    gone.sync()
    lines = saved(gone, tmp_path)
    settled(other)
    assert other.store.call_jot(rescue.bring_in, lines, user=LEADER) == 1
    settled(other)
    assert [row[1:3] for row in persons(other.store)] == [(1, "Ann Jones")]


@pytest.mark.parametrize("line", ["", "[]", '{"by": 1}', "\\x1b[2J", '{"fields": []}'])
def test_another_file_changes_nothing(enrolled: Enrol, line: str) -> None:
    """Not even by the lines before the one that is none."""
    desk = enrolled("one")
    with pytest.raises(DeskError, match="Nothing was taken"):
        desk.store.call_jot(rescue.bring_in, [line or "x"], user=LEADER)


def test_a_team_leader_does_it(enrolled: Enrol) -> None:
    """It speaks in the name of others."""
    officer = LEADER._replace(role=Role.OFFICER)
    with pytest.raises(NotAllowedError):
        enrolled("one").store.call_jot(rescue.bring_in, [], user=officer)
