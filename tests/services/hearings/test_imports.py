"""A list goes in whole, its revisions change what they must, and an import can be taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.data.store import Store
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services.hearings import imports, lines, order, planning, reading
from deskapp.services.hearings.items import ReadList
from deskapp.services.hearings.lines import HearingLine
from deskapp.services.hearings.planning import Effect, Plan
from deskapp.services.paging import Want
from tests.builders import SITE, SetClock
from tests.services.hearings.made_lists import a_case, a_row, a_sitting, crown, defendant, nested
from tests.services.hearings.made_lists import read as read_list

MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def leader(user: User) -> User:
    """A team leader of the desk."""
    return user._replace(role=Role.TEAM_LEADER)


class Lists:
    """Imports lists into a store, one after the other."""

    def __init__(self, store: Store, leader: User, clock: SetClock) -> None:
        self.store, self.user, self.clock = store, leader, clock
        self.told: list[tuple[int, int]] = []

    def take(self, listed: ReadList | Any, day: dt.date | None = MONDAY) -> Plan:
        """Import a list; ``id`` is the import's."""
        read = listed if isinstance(listed, ReadList) else read_list(listed)

        digest = hashlib.sha256(repr(listed).encode()).hexdigest()
        plan, self.id = self.store.call_write(
            imports.take,
            reading.File(read, digest),
            site=SITE,
            day=day,
            now=self.clock.clock.now(),
            user=self.user,
            progress=lambda done, total: self.told.append((done, total)),
            undo_days=31,
        )
        self.clock.passes(minutes=1)
        return plan

    def board(self, day: dt.date = MONDAY) -> list[HearingLine]:
        """Everything that stands on the day."""
        want = Want(limit_rows=5000)
        return self.store.call_read(lines.of_day, SITE, day, want, user=self.user).lines

    def state(self) -> dict[str, tuple[str, str, str]]:
        """Start, room and state of each case of the day, by its number."""
        return {line.case_ref: (line.start, line.room, line.list_state) for line in self.board()}

    def undo(self) -> int:
        """Take the last import back."""
        return self.store.call_write(
            imports.undo, self.id, now=self.clock.clock.now(), user=self.user
        )


@pytest.fixture
def lists(store: Store, leader: User, clock: SetClock) -> Lists:
    """An importer of the desk."""
    return Lists(store, leader, clock)


def changes(connection: Connection) -> int:
    """How many writes were captured."""
    return int((connection.execute("SELECT count(*) FROM change_log").fetchone() or [0])[0])


def test_the_same_file_again_changes_nothing(lists: Lists) -> None:
    """Rule 1; not a single write is captured."""
    first = lists.take([a_row(), a_row(), a_row(caseNumber="K2")])
    assert first.counts["new"] == 3
    before = lists.store.call_read(changes)
    again = lists.take([a_row(), a_row(), a_row(caseNumber="K2")])
    assert again.counts["unchanged"] == 3
    assert lists.id == ""
    assert lists.store.call_read(changes) == before


def test_two_desks_give_a_hearing_the_same_id(lists: Lists) -> None:
    """The id is made of the import key; items that agree in all else keep their own."""
    read = read_list([a_row(), a_row(caseName="Other")])
    first, second = lists.take(read).steps
    assert first.id != second.id
    key = "\n".join(
        (SITE, "kestrel house", "court 1", "2026-11-23t10:30", "k00ks001", "hearing", "1")
    )
    assert second.id == str(uuid.uuid5(planning._ROWS, key))


def test_case_and_spaces_do_not_make_another_hearing(lists: Lists) -> None:
    """Rule 1: all text is case and space folded."""
    lists.take([a_row()])
    plan = lists.take([a_row(courtroom="COURT  1", caseNumber="k00ks001 ")])
    assert (plan.count(Effect.NEW), plan.count(Effect.REMOVED)) == (0, 0)
    assert len(lists.board()) == 1


def test_a_revision_adds_changes_moves_and_takes_off(lists: Lists) -> None:
    """Rules 2 and 3; what is gone stays in the store and says so."""
    lists.take([a_row(caseNumber=number) for number in ("K1", "K2", "K3", "K4")])
    ids = {line.case_ref: line.id for line in lists.board()}
    plan = lists.take(
        [
            a_row(caseNumber="K9"),
            a_row(caseNumber="K1"),
            a_row(caseNumber="K2", additionalInformation="By video"),
            a_row(caseNumber="K3", courtroom="Court 7", hearingTime="2pm"),
        ]
    )
    assert plan.counts == {
        "read": 4, "new": 1, "updated": 1, "moved": 1, "unchanged": 1, "removed": 1, "rejected": 0,
    }  # fmt: skip
    assert lists.state()["K3"] == ("14:00", "Court 7", "listed")
    assert lists.state()["K4"][2] == "removed_from_list"
    assert {line.case_ref: line.id for line in lists.board()}.items() >= ids.items()


def test_a_hearing_that_is_listed_again_is_the_one_it_was(lists: Lists) -> None:
    """Its bookings hang on it."""
    rows = [a_row(caseNumber="K1"), a_row(caseNumber="K2")]
    lists.take(rows)
    kept = {line.id for line in lists.board()}
    lists.take(rows[:1])
    lists.take([*rows, a_row(caseNumber="K3")])
    assert lists.state()["K2"][2] == "listed"
    assert kept < {line.id for line in lists.board()}


def test_a_moved_hearing_keeps_its_id_and_the_next_at_its_place_gets_another(lists: Lists) -> None:
    """Two hearings of one case change their places; ids stay single."""
    lists.take([a_row(caseNumber="K1")])
    (old,) = lists.board()
    lists.take([a_row(caseNumber="K1", courtroom="Court 2")])
    lists.take(
        [a_row(caseNumber="K1", courtroom="Court 2"), a_row(caseNumber="K1", courtroom="Court 1")]
    )
    found = {line.room: line.id for line in lists.board()}
    assert found["Court 2"] == old.id
    assert found["Court 1"] != old.id


def test_another_list_of_the_day_takes_nothing_off(lists: Lists) -> None:
    """Civil and family lists have one shape; a list revises only one that it shares a case with."""
    lists.take(nested(a_sitting(a_case("C1"))))
    plan = lists.take(nested(a_sitting(a_case("F1"), a_case("F2"))))
    assert (plan.count(Effect.NEW), plan.count(Effect.REMOVED)) == (2, 0)


def test_an_older_version_is_not_taken(lists: Lists) -> None:
    """The newest list counts, whenever its file is found."""
    lists.take(nested(a_sitting(a_case("C1"))))
    older = nested(a_sitting(a_case("C1"), a_case("C2")), publicationDate="2026-11-19T18:00:00Z")
    with pytest.raises(planning.OlderListError):
        lists.take(older)
    assert len(lists.board()) == 1


def test_a_refused_row_takes_no_hearing_off_the_list(lists: Lists) -> None:
    """With --keep-good the refused row may be the very one that seems to be gone."""
    lists.take([a_row(caseNumber="K1"), a_row(caseNumber="K2")])
    plan = lists.take([a_row(caseNumber="K1"), a_row(caseNumber="K2", hearingTime="13pm")])
    assert plan.counts["rejected"] == 1
    assert lists.state()["K2"][2] == "listed"


def test_a_list_without_days_asks_for_one(lists: Lists) -> None:
    """Most flat lists say no date; the day of a row wins over the one that is given."""
    with pytest.raises(planning.DateRequiredError):
        lists.take([a_row()], day=None)
    lists.take([a_row(date="24/11/2026")])
    assert len(lists.board(dt.date(2026, 11, 24))) == 1


@pytest.mark.parametrize("start", ["2026-03-29T00:30:00Z", "2026-10-25T01:30:00Z"])
def test_a_start_is_kept_as_wall_clock_and_as_an_instant(lists: Lists, start: str) -> None:
    """Winter time on both nights of a change."""
    lists.take(nested(a_sitting(a_case("A"), start=start)))
    ask = "SELECT starts_at, day || 'T' || start FROM hearing"
    row = lists.store.call_read(lambda connection: connection.execute(ask).fetchone())
    assert row == (start.replace("Z", ".000Z"), start[:16])


def test_what_happened_to_a_hearing_is_not_undone_by_a_list(lists: Lists) -> None:
    """A result stands, whatever version of the list comes in."""
    lists.take([a_row(), a_row(caseNumber="K2")])
    adjourn = "UPDATE hearing SET list_state = 'adjourned'"
    lists.store.call_write(lambda session: plain(session).execute(adjourn) and None)
    lists.take([a_row(additionalInformation="New")])
    assert {line.list_state for line in lists.board()} == {"adjourned"}


def test_an_import_is_taken_back(lists: Lists) -> None:
    """Everything is as before; what the import made is no longer listed and never deleted."""
    lists.take([a_row(caseNumber="K1"), a_row(caseNumber="K2"), a_row(caseNumber="K3")])
    before = lists.board()
    revised = [
        a_row(caseNumber="K1", courtroom="Court 2"),
        a_row(caseNumber="K2", additionalInformation="N"),
        a_row(caseNumber="K9"),
    ]
    lists.take(revised)
    assert lists.undo() == 4
    assert lists.board() == before
    with pytest.raises(NotFoundError):
        lists.undo()
    assert lists.take(revised).counts["moved"] == 1
    assert lists.state()["K9"][2] == "listed"


def test_an_import_is_not_taken_back_under_a_later_change(lists: Lists) -> None:
    """Nothing of it is; the later one goes first."""
    lists.take([a_row(caseNumber="K1"), a_row(caseNumber="K2")])
    first = lists.id
    lists.take([a_row(caseNumber="K1", courtroom="Court 2"), a_row(caseNumber="K2")])
    second = lists.id
    before = lists.board()
    lists.id = first
    with pytest.raises(imports.ChangedSinceError):
        lists.undo()
    assert lists.board() == before
    for lists.id in (second, first):
        lists.undo()
    assert lists.board() == []


def test_only_a_team_leader_imports(lists: Lists, user: User) -> None:
    """Officers read the list."""
    lists.take([a_row()])
    for act in (lambda: lists.take([a_row()]), lists.undo):
        lists.user = user
        with pytest.raises(NotAllowedError):
            act()
    assert len(lists.board()) == 1
    lists.user = user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        lists.board()


def test_a_masked_name_is_nowhere_in_the_store(lists: Lists) -> None:
    """Nor in what is captured for the exchange, nor in what takes the import back."""
    hidden = defendant("Tregaron", masked_name="Defendant X", masked="yes")
    lists.take(crown(hidden, ListNote="Mr Tregaron by link"))
    lists.take(crown(hidden, ListNote="Mr Tregaron in person"))

    def everything(connection: Connection) -> str:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return "".join(
            repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names
        )

    kept = lists.store.call_read(everything)
    assert "Defendant X" in kept
    for dropped in ("Tregaron", "1990-02-03", "Heron Row", "Z9999ZZ", "Handling swans"):
        assert dropped not in kept


def test_hostile_text_is_clean_when_it_is_listed(lists: Lists) -> None:
    """Bidi controls go at the gate; the line is one line."""
    lists.take([a_row(caseName="[/b] \u202etxt.exe\r\nsecond", courtroom="=1+1")])
    (line,) = lists.board()
    assert line.words == "10:30  =1+1  K00KS001  [/b] txt.exe second  Hearing"
    assert "case_name" not in line.exported
    assert "Price" not in json.dumps(line.exported)


def explained(connection: Connection, statement: str, values: tuple[Any, ...]) -> list[Any]:
    """The query plan of a statement."""
    return connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()


def test_the_order_of_a_day_is_read_along_an_index(store: Store) -> None:
    """No sort and no scan, however many hearings there are; rooms are sorted behind it."""
    rows = store.call_read(explained, *order.query(SITE, MONDAY))
    plan = " ".join(str(row[-1]) for row in rows)
    assert "USING INDEX hearing_by_day (site=? AND day=?" in plan
    assert "SCAN" not in plan


def test_rooms_sort_as_numbers(lists: Lists) -> None:
    """Court 10 stands behind Court 9, as people look for it."""
    lists.take([a_row(courtroom=f"Court {number}", caseNumber=f"K{number}") for number in (10, 9)])
    assert [line.room for line in lists.board()] == ["Court 9", "Court 10"]


def test_two_thousand_hearings_go_in_at_once(lists: Lists) -> None:
    """Progress is told on the way, and each page goes on where the last ended."""
    rows = [
        a_row(caseNumber=f"K{number}", courtroom=f"Court {number % 40:02}")
        for number in range(2000)
    ]
    assert lists.take(rows).counts["new"] == 2000
    assert lists.told == [(done, 2000) for done in (500, 1000, 1500, 2000)]
    want, seen = Want(limit_rows=300), []
    while True:
        page = lists.store.call_read(lines.of_day, SITE, MONDAY, want, user=lists.user)
        seen += [line.id for line in page.lines]
        if not page.more:
            break
        place = lists.store.call_read(lines.place_of, seen[-1], user=lists.user)
        want = Want(place, limit_rows=300)
    assert len(seen) == len(set(seen)) == 2000


def test_the_version_and_the_time_of_import_are_told(lists: Lists) -> None:
    """Lists are revised through the morning; whoever reads one must know which it is."""
    today = lists.clock.today
    assert lines.taken(lists.board(), today) == ""
    lists.take([a_row()])
    assert lines.taken(lists.board(), today) == "Newest list imported 10:05."
    lists.take(nested(a_sitting(a_case("A")), version="1.2"))
    assert lines.taken(lists.board(), today) == "Newest list: version 1.2, imported 10:06."


def test_a_sample_list_goes_in_and_out(lists: Lists) -> None:
    """A real Crown list: a coded type, masked and open names, one hearing without defendants."""
    from tests.services.hearings.test_reading_lists import SAMPLES

    lists.take(reading.read_file(SAMPLES / "P4-crown-daily.json").listed)
    day = dt.date(2025, 9, 10)
    assert [(line.room, line.start) for line in lists.board(day)] == [
        ("1", "10:00"), ("5", "14:00"), ("6", "15:00"),
    ]  # fmt: skip
