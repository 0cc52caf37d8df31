"""Two values of one field: who decides sees both, and the decision is a change of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import DeskError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import conflicts, home
from deskapp.services.paging import Want
from tests.builders import SITE, SetClock, save

Clash = Callable[..., str]


@pytest.fixture
def leader(user: User) -> User:
    """The officer, as a team leader."""
    return user._replace(role=Role.TEAM_LEADER)


@pytest.fixture
def person(store: Store, user: User, clock: SetClock) -> str:
    """A person whose phone was written twice."""
    save(store, user, clock, person_name="Ann Example", phone="01632 960 002")
    [(person_id,)] = store.call_read(Connection.execute, "SELECT id FROM person").fetchall()
    return str(person_id)


@pytest.fixture
def clash(store: Store, user: User, clock: SetClock) -> Clash:
    """Makes a conflict as it comes from central."""

    def make(table: str, row_id: str, field: str, losing: Any, winning: Any, **other: str) -> str:
        at = stamp(clock.moment)
        values = {
            "id": new_id(), "home_site": SITE, "tbl": table, "row_id": row_id, "field": field,
            "kind": "field", "losing": json.dumps(losing), "losing_by": "somebody",
            "losing_desk": "d", "losing_at": at, "winning": json.dumps(winning),
            "winning_by": user.id, "winning_desk": "e", "winning_at": at, "opened_at": at,
            "resolved_by": "", "resolved_at": "", "resolution": "",
        } | other  # fmt: skip
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        store.call_jot(
            Connection.execute, f"INSERT INTO conflict ({names}) VALUES ({marks})", values
        )
        return values["id"]

    return make


def phone(store: Store) -> str:
    """What stands."""
    [(value,)] = store.call_read(Connection.execute, "SELECT phone FROM person").fetchall()
    return str(value)


def test_both_values_are_shown_with_who_and_when(
    store: Store, leader: User, person: str, clash: Clash
) -> None:
    """One decides by who was nearer to the person, not by which came last."""
    clash("person", person, "phone", "01632 960 001", "01632 960 002")
    [line] = store.call_read(conflicts.page, Want(), user=leader).lines
    assert (line.record, line.field) == ("Person Ann Example", "Phone")
    assert (line.standing, line.other) == ("01632 960 002", "01632 960 001")
    assert line.standing_by.startswith(f"{leader.name}, ")
    assert line.other_by.startswith("Officer of another desk, ")


@pytest.mark.parametrize(("restore", "stands"), [(False, "01632 960 002"), (True, "01632 960 001")])
def test_a_decision_is_a_change_that_travels(
    store: Store, leader: User, clock: SetClock, person: str, clash: Clash, restore: bool,
    stands: str,
) -> None:  # fmt: skip
    """It is captured as any edit is, and nobody is asked again."""
    made = clash("person", person, "phone", "01632 960 001", "01632 960 002")
    decided: dict[str, Any] = {"restore": restore, "user": leader, "now": clock.moment}
    store.call_write(conflicts.decide, made, **decided)
    assert phone(store) == stands
    assert store.call_read(conflicts.page, Want(), user=leader).lines == []
    [(delta,)] = store.call_read(
        Connection.execute, "SELECT delta FROM change_log WHERE tbl = 'conflict' AND op = 'U'"
    ).fetchall()
    assert json.loads(delta)["resolution"] == ("restored" if restore else "kept")
    with pytest.raises(NotFoundError):
        store.call_write(conflicts.decide, made, **decided)


def test_what_is_written_once_is_only_noted(
    store: Store, leader: User, clock: SetClock, clash: Clash
) -> None:
    """An event is never changed, not even by a team leader."""
    made = clash("contact_event", "e", "note", "one", "two", kind="event")
    with pytest.raises(DeskError, match="written once"):
        store.call_write(conflicts.decide, made, restore=True, user=leader, now=clock.moment)
    store.call_write(conflicts.decide, made, restore=False, user=leader, now=clock.moment)


@pytest.mark.parametrize(("table", "field"), [("sqlite_master", "sql"), ("person", "id")])
def test_no_other_column_can_be_written_by_a_decision(
    store: Store, leader: User, clock: SetClock, person: str, clash: Clash, table: str, field: str
) -> None:
    """S4: names come from the models, whatever was sent."""
    made = clash(table, person, field, "x", "y")
    with pytest.raises(DeskError, match="newer deskapp"):
        store.call_write(conflicts.decide, made, restore=True, user=leader, now=clock.moment)


def test_an_officer_neither_sees_nor_decides(
    store: Store, user: User, leader: User, clock: SetClock, person: str, clash: Clash
) -> None:
    """It waits on the first screen of team leaders only."""
    clash("person", person, "phone", "01632 960 001", "01632 960 002")
    with pytest.raises(NotAllowedError):
        store.call_read(conflicts.page, Want(), user=user)
    shown = {
        each.id: [
            line.what for line in store.call_read(home.look, user=each, now=clock.moment).lines
        ]
        for each in (user, leader._replace(id="leader"))
    }
    assert shown == {user.id: [], "leader": ["Written twice: Phone"]}


def test_a_withheld_address_is_not_shown_here_either(
    store: Store, leader: User, person: str, clash: Clash
) -> None:
    """Neither of the two values; whoever may know asks the team that keeps it."""
    clash("person", person, "phone", "01632 960 001", "01632 960 002")
    store.call_jot(
        Connection.execute,
        "INSERT INTO marker (id, home_site, person_id, case_key, code, words, list_version, set_by,"
        " set_on, approved_by, approved_on, review_on, ended_by, ended_on, end_reason,"
        " renew_reason, source, case_id) VALUES ('m', ?, ?, '', 'PF0004', '', '', '', '', '', '',"
        " '', '', '', '', '', '', '')",
        (SITE, person),
    )
    [line] = store.call_read(conflicts.page, Want(), user=leader).lines
    assert (line.standing, line.other) == ("withheld", "withheld")
