"""The demonstration: believable, the same again, marked, and nobody real in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.cli.main import run
from deskapp.clock import instant, local
from deskapp.data.connection import Connection
from deskapp.data.refs import check
from deskapp.data.store import Store
from deskapp.data.vault import unlock
from deskapp.services import bank_holidays, desk, drafts, follow_ups, home, local_files, unfinished
from deskapp.services.complaints import stored
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.complaints.state import Clash
from deskapp.services.dates import Nation
from deskapp.services.demo import demo, demo_complaints
from deskapp.services.enquiries import contact_lines
from deskapp.services.enquiries.contact_drafts import ContactDraft, problems
from deskapp.services.hearings import bearings
from deskapp.services.hearings.acting import acting_on
from deskapp.services.hearings.day import State
from deskapp.services.interpreters.bookings import Status as BookingStatus
from deskapp.services.paging import Want
from deskapp.services.persons import markers
from tests.builders import SetClock, officer_of

CONTACTS = 400
DRAMA = re.compile(r"(01632 960|07700 900) \d{3}")


def _open(folder: Path, seed: int, contacts: int = CONTACTS) -> Store:
    clock = SetClock().clock
    demo.prepare(folder, contacts=contacts, seed=seed, clock=clock)
    return Store.open(folder, unlock(folder), clock=clock)


def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    def ask(connection: Connection) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    return store.call_read(ask)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One demonstration for every look at it."""
    store = _open(tmp_path_factory.mktemp("demo") / "data", seed=11)
    yield store
    store.close()


def test_it_holds_the_contacts_that_were_asked_for_and_is_marked(store: Store) -> None:
    """Nobody may take it for a real desk."""
    assert store.call_read(desk.is_demonstration)
    assert _rows(store, "SELECT count(*) FROM contact") == [(CONTACTS,)]


def test_the_same_seed_gives_the_same_people_and_cases_and_another_does_not(tmp_path: Path) -> None:
    """A trainer can tell a group what to search for."""
    people = "SELECT id, ref, started_at, person_name, topic, outcome, extras FROM contact"
    cases = "SELECT id, ref, created_at FROM case_record"
    made = []
    for name, seed in (("first", 7), ("second", 7), ("third", 8)):
        store = _open(tmp_path / name, seed, contacts=50)
        made.append([_rows(store, f"{sql} ORDER BY id") for sql in (people, cases)])
        store.close()
    assert made[0] == made[1]
    assert all(one != other for one, other in zip(made[0], made[2], strict=True))


def test_every_contact_could_have_been_saved_by_the_form(store: Store) -> None:
    """Invented rows keep the rules of real ones."""
    rows = _rows(
        store,
        "SELECT topic, outcome, question, answer, person_name, case_ref, extras, started_at"
        " FROM contact",
    )
    for topic, outcome, question, answer, name, case, extras, started_at in rows:
        draft = ContactDraft(
            topic=topic,
            outcome=outcome,
            question=question,
            answer=answer,
            person_name=name,
            case_ref=case,
            extras=json.loads(extras),
        )
        assert problems(draft, today=local(instant(started_at)).date()) == []


def test_people_can_be_reached_nowhere(store: Store) -> None:
    """Phone numbers for drama, example.com, postcodes and case numbers that do not exist."""
    for phone, email, postcode in _rows(store, "SELECT phone, email, postcode FROM person"):
        assert not phone or DRAMA.fullmatch(phone)
        assert not email or (email.isascii() and email.endswith("@example.com"))
        assert not postcode or re.fullmatch(r"[A-Z0-9]+ \d[CIKMOV]{2}", postcode)
    cases = _rows(store, "SELECT case_ref FROM contact WHERE case_ref <> ''")
    assert all(case.startswith("ZZ") for (case,) in cases)


def test_names_come_from_many_places(store: Store) -> None:
    """What breaks lists and searches is there to be seen."""
    names = "".join(name for (name,) in _rows(store, "SELECT full_name FROM person"))
    for sign in ("'", "ô", "י", "ا", "ł"):
        assert sign in names


def test_contacts_lie_in_office_hours_of_working_days_before_now(store: Store) -> None:
    """Nobody is at the desk on a Sunday."""
    calendar = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]
    for (started_at,) in _rows(store, "SELECT started_at FROM contact"):
        started = local(instant(started_at))
        assert calendar.is_working_day(started.date())
        assert 9 <= started.hour < 17
        assert instant(started_at) < SetClock().moment


def test_references_are_right_and_the_index_finds_people(store: Store) -> None:
    """Rows in bulk pass the same triggers."""
    assert all(check(ref) for (ref,) in _rows(store, "SELECT ref FROM contact"))
    (name, count), *_others = _rows(
        store,
        "SELECT person_name, count(*) FROM contact WHERE person_name <> ''"
        " GROUP BY person_name ORDER BY 2 DESC",
    )
    found = store.call_read(contact_lines.page, Want(limit_rows=200), name, user=officer_of(store))
    assert len(found.lines) >= count
    assert _rows(store, "SELECT count(*) FROM change_log WHERE tbl = 'contact'") == [(CONTACTS,)]


def test_something_is_due_something_overdue_and_two_contacts_are_parked(store: Store) -> None:
    """The home screen has something to show."""
    today = SetClock().today
    user = store.call_read(desk.user)
    shown = store.call_read(home.look, user=user, now=SetClock().moment)
    begun = [line.state for line in shown.lines if line.kind == unfinished.DRAFT]
    assert [state.startswith("parked") for state in begun] == [True, True]
    due = store.call_read(follow_ups.page, Want(limit_rows=200), user=user).lines
    assert any(line.due_on < today for line in due)
    assert any(line.due_on >= today for line in due)
    assert sum(line.due_on < today for line in due) <= 12
    for draft in store.call_read(drafts.waiting, user.id):
        assert draft.started_at < SetClock().moment


def test_the_command_keeps_the_folder_and_marks_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the other commands can be tried on."""
    kept = tmp_path / "kept"
    assert run(["demo", "--contacts", "5", "--no-screen", "--keep", str(kept)]) == 0
    assert capsys.readouterr().out.strip() == str(kept)
    assert run(["enquiry", "list", "--home", str(kept)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_a_demonstration_is_not_put_over_a_desk(folder: Path, tmp_path: Path) -> None:
    """Records are never written over."""
    before = (folder / "keys.json").read_bytes()
    assert run(["demo", "--contacts", "5", "--no-screen", "--keep", str(folder.parent)]) == 74
    assert (folder / "keys.json").read_bytes() == before


def test_what_a_killed_demonstration_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that runs is left alone."""
    from deskapp.cli import demo as command
    from deskapp.data.locks import lock_screen

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, running = (tmp_path / f"{command.PREFIX}{name}" for name in ("left", "running"))
    left.mkdir()
    with lock_screen(running), command._folder(None, stays=False) as made:
        assert made.exists()
        assert not left.exists()
        assert running.exists()
    assert not made.exists()


def test_some_have_markers_and_safe_contact_and_some_reviews_are_past(store: Store) -> None:
    """A trainer shows what a banner and a hidden number look like."""
    due = store.call_read(markers.due, Want(), today=SetClock().today, user=officer_of(store))
    assert {each.line.code for each in due.lines} == {"PF0002", "PF0003"}
    assert _rows(store, "SELECT count(*) FROM safe_contact WHERE ok_to_call = 'no'") == [(1,)]
    assert _rows(store, "SELECT count(*) FROM marker WHERE code = 'PF0004'") == [(1,)]


def test_some_are_rung_back_today(store: Store) -> None:
    """The list of callbacks has something to show at once; most of those before were kept."""
    states = dict(_rows(store, "SELECT state, count(*) FROM callback GROUP BY state"))
    assert states["done"] > states["booked"] > 0
    assert _rows(store, "SELECT 1 FROM callback WHERE slot LIKE '2026-11-18T%' LIMIT 1") == [(1,)]


def test_the_cases_of_the_demonstration_were_possible(store: Store) -> None:
    """Every step was one that the schemes permit; some are late, a key is out, a fault is grave."""
    rows = _rows(store, "SELECT scheme, stage, priority, conflicts, title FROM case_state")
    assert len(rows) > 5
    assert [row for row in rows if row[3]] == []
    stages = {(scheme, stage) for scheme, stage, *_rest in rows}
    assert {("key", "out"), ("isc", "on_order"), ("cond_caution", "in_force")} <= stages
    days = {("daily_list", "open"), ("diary", "open"), ("meeting", "held"), ("peep", "in_force")}
    assert days <= stages, "every list of the day has something to show"
    assert "P1" in {row[2] for row in rows}
    late = "SELECT count(*) FROM case_state WHERE live = 1 AND due_key < '2026-11-18T10:05'"
    assert _rows(store, late)[0][0] > 1


def test_rows_of_every_table_are_joined_in_an_order_that_can_be_written() -> None:
    """A contact may bring rows of a table that the demonstration did not know before."""
    person, contact, marker = ({"id": name} for name in ("person", "contact", "marker"))
    chunk = [{"marker": [marker], "contact": [contact]}, {"contact": [contact], "person": [person]}]
    joined = {table: rows for table, rows in demo._joined(chunk).items() if rows}
    assert [*joined.items()] == [
        ("person", [person]),
        ("contact", [contact, contact]),
        ("marker", [marker]),
    ]


def test_complaints_of_every_state_are_there(store: Store) -> None:
    """Sixty of them, and nothing in them is out of the ordinary by accident."""
    statuses = {status for (status,) in _rows(store, "SELECT DISTINCT status FROM complaint_state")}
    assert statuses == set(Status)
    stages = {
        stage for (stage,) in _rows(store, "SELECT DISTINCT stage_status FROM complaint_state")
    }
    assert stages == set(StageStatus)
    [(count,)] = _rows(store, "SELECT count(*) FROM complaint")
    assert count == demo_complaints.how_many(CONTACTS)
    for (complaint_id,) in _rows(store, "SELECT id FROM complaint"):
        complaint = store.call_read(stored.complaint, complaint_id)
        clashes = {each.clash for each in complaint.conflicts}
        assert clashes <= {Clash.TWO_OWNERS}, complaint.ref
    [(linked,)] = _rows(store, "SELECT count(*) FROM complaint WHERE from_table = 'contact'")
    assert 5 <= linked <= count * 2 // 3


def test_something_hangs_on_the_hearings(store: Store) -> None:
    """Needs that are met and that are not, rooms, a link, a day that has begun."""
    acting = acting_on(officer_of(store), SetClock().moment, local_files.SHIPPED)
    ids = [hearing_id for (hearing_id,) in _rows(store, "SELECT id FROM hearing")]
    found = store.call_read(bearings.read, acting, ids)
    assert {len(each.needs) for each in found} >= {0, 1}
    assert any(each.links for each in found)
    assert any(each.facilities for each in found)
    assert {each.day.state for each in found} >= {State.WAITING, State.IN_PROGRESS}
    assert any(each.is_ready(need) for each in found for need in each.needs)


def test_bookings_stand_in_every_state_and_one_was_booked_twice(store: Store) -> None:
    """Every worklist of the interpreter desk has something to show."""
    states = {state for (state,) in _rows(store, "SELECT status FROM booking")}
    assert states == {status.value for status in BookingStatus}
    assert _rows(store, "SELECT conflict FROM booking WHERE conflict > ''") == [("DOUBLE_BOOKED",)]
    holding = "SELECT count(*) FROM booking WHERE interpreter_key > '' AND status = 'requested'"
    assert _rows(store, holding) == [(0,)]
    [(sheets, signed)] = _rows(
        store,
        "SELECT (SELECT count(*) FROM timesheet), (SELECT count(*) FROM booking WHERE status IN"
        " ('fulfilled', 'customer_did_not_attend'))",
    )
    assert sheets == signed
    phones = [phone for (phone,) in _rows(store, "SELECT phone FROM interpreter")]
    assert all(DRAMA.fullmatch(phone) for phone in phones)
