"""The board of a full day: fluent with two thousand hearings, found by words, narrowed down."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.roles import Role
from deskapp.services import kinds, links
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting as CaseActing
from deskapp.services.dates import Nation
from deskapp.services.hearings import bearings, board, finding, imports, loose, order, sheet
from deskapp.services.hearings.board import Narrow, Which
from deskapp.services.links import Link
from deskapp.services.paging import Want
from tests.builders import SITE
from tests.services.hearings.office import PARTIES, TODAY, Court

HEARINGS, BOOKINGS = 2000, 1000


def fill(court: Court) -> None:
    """A day of two thousand hearings in forty rooms, with a thousand bookings."""

    def write(connection: Connection) -> None:
        parties = json.dumps(PARTIES)
        for number in range(HEARINGS):
            connection.execute(
                "INSERT INTO hearing (id, home_site, site, day, start, zone, starts_at, room,"
                " case_ref, case_key, parties, list_state, list_id)"
                " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, 'listed', 'l')",
                (f"h{number:05}", SITE, SITE, TODAY.isoformat(), f"{9 + number % 8:02}:00",
                 stamp(court.acting.now), f"Court {number % 40 + 1}", f"K{number}", f"K{number}",
                 parties),
            )  # fmt: skip
        for number in range(BOOKINGS):
            connection.execute(
                "INSERT INTO booking_hearing (id, home_site, booking_id, hearing_id, ended_at)"
                " VALUES (?1, ?2, ?1, ?3, '')",
                (f"b{number:05}", SITE, f"h{number * 2:05}"),
            )

    def book(session: Any) -> None:
        from deskapp.data.booking_tables import Booking

        now, at = stamp(court.acting.now), f"{TODAY}T09:00"
        for number in range(BOOKINGS):
            name = f"b{number:05}"
            session.add(
                Booking(
                    id=name,
                    home_site=SITE,
                    ref=name,
                    ref_key=name,
                    site=SITE,
                    kind="spoken",
                    route="contract",
                    mode="f2f",
                    language_code="por",
                    day=TODAY.isoformat(),
                    local_start=at,
                    local_end=at,
                    starts_at=now,
                    ends_at=now,
                    until=now,
                    status="confirmed",
                    requested_by="o",
                )
            )

    court.store.call_jot(write)
    court.store.call_write(book)


class Counted:
    """A connection that counts what is asked and what comes back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.statements = 0

    def execute(self, *given: Any) -> Any:
        """Count, then ask."""
        self.statements += 1
        return self._connection.execute(*given)


def plan(connection: Connection, statement: str, values: tuple[Any, ...]) -> str:
    """How SQLite finds the rows of a statement."""
    rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    return " ".join(str(row[-1]) for row in rows)


def test_two_thousand_hearings_are_turned_page_by_page(court: Court) -> None:
    """Each page reads what hangs on its own hearings alone, and none is missing or twice."""
    fill(court)
    want, seen = Want(), []
    while True:
        page = court.store.call_read(board.page, want, court.acting, SITE, TODAY)
        seen += [line.id for line in page.lines]
        if not page.more:
            break
        want = Want(page.lines[-1].place)
    assert len(seen) == len(set(seen)) == HEARINGS
    rooms = [line.bearing.hearing.room for line in page.lines]
    assert rooms == sorted(rooms, key=lambda room: int(room.split()[1]))
    assert rooms[-1] == "Court 40"
    back = Want(page.lines[0].place, backwards=True)
    before = court.store.call_read(board.page, back, court.acting, SITE, TODAY).lines
    assert before[-1].place < page.lines[0].place


def test_the_number_of_reads_does_not_grow_with_the_page(court: Court) -> None:
    """What hangs on the hearings is read for all of them at once."""
    for number in range(12):
        court.hearing("14:00", case_ref=f"K{number}")

    def count(connection: Connection, ids: list[str]) -> int:
        counted = Counted(connection)
        bearings.read(counted, court.acting, ids)  # type: ignore[arg-type]
        return counted.statements

    places = court.store.call_read(order.of_day, SITE, TODAY)
    ids = [place[-1] for place in places]
    assert court.store.call_read(count, ids[:2]) == court.store.call_read(count, ids)


def test_what_hangs_on_hearings_is_found_along_indexes(court: Court) -> None:
    """Of a day among years of them."""
    read = court.store.call_read
    assert "SCAN b" not in read(plan, *loose.query(SITE, TODAY))
    for table, index, column in (
        ("hearing_event", "hearing_event_by_hearing", "hearing_id"),
        ("booking_hearing", "booking_hearing_by_hearing", "hearing_id"),
        ("video_link", "video_link_by_hearing", "hearing_id"),
        ("support_need", "support_need_by_case", "case_key"),
        ("support_need", "support_need_by_person", "person_id"),
    ):
        statement = f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        assert index in read(plan, statement, ("[]",))


def test_a_list_of_what_is_missing_looks_at_every_hearing(court: Court) -> None:
    """Also behind the first page."""
    fill(court)
    want = Want(limit_rows=HEARINGS)
    page = court.store.call_read(board.page, want, court.acting, SITE, TODAY, Which.MISSING)
    assert len(page.lines) == HEARINGS  # nobody is here yet
    narrowed = Narrow("court 7", "interpreter")
    page = court.store.call_read(
        board.page, want, court.acting, SITE, TODAY, Which.ALL, narrowed=narrowed
    )
    assert {line.bearing.hearing.room for line in page.lines} == {"Court 7"}
    assert len(page.lines) == 50


def test_a_hearing_is_found_by_case_name_or_room(court: Court) -> None:
    """Of the day; by its case number on any day."""
    today = court.hearing("14:00", room="Court 7")
    other = court.hearing("10:00", TODAY + dt.timedelta(days=9), case_ref="K77")
    acting = court.acting

    def found(text: str) -> list[str]:
        lines = court.store.call_read(finding.find, acting, SITE, TODAY, text, limit_rows=9)
        return [line.id for line in lines]

    assert found("silva") == found("court 7") == found("52xy 0012326") == [today]
    assert found("k77") == [other]
    assert found("nobody") == found("!") == []


def test_what_old_imports_could_be_taken_back_with_is_thrown_away(court: Court) -> None:
    """The hearings stay; only the list of changes goes."""
    from deskapp.data.hearing_tables import HearingBefore, HearingList

    def add(session: Any) -> None:
        names = {"home_site": SITE, "site": SITE, "kind": "k", "first_on": "", "last_on": ""}
        for name, imported_at in (("old", "2026-01-01"), ("new", "2026-11-18")):
            at = {"imported_at": f"{imported_at}T09:00:00.000Z", "imported_by": "o"}
            session.add(HearingList.model_validate({"id": name, "digest": name, **names, **at}))
            session.add(HearingBefore(list_id=name, hearing_id="h"))

    court.store.call_write(add)
    court.store.call_jot(imports.forget, court.acting.now - dt.timedelta(days=31))
    left = court.store.call_read(
        lambda connection: connection.execute("SELECT list_id FROM hearing_before").fetchall()
    )
    assert left == [("new",)]


def test_the_day_sheet_has_signature_lines_and_boxes(court: Court) -> None:
    """Also for who comes to no hearing; what only alerts says nothing on paper but its letter."""
    hearing_id = court.hearing("14:00")
    court.booking(hearing_id)
    court.booking(hearing_id, for_name="Counter", start="15:00", end="17:00", hearings="")
    court.need(hearing_id, "RA0019")
    court.need(hearing_id, "PF0002", comment="Frightened of the other side")
    text = "\n".join(court.read(sheet.write, SITE, TODAY, "Aberystwyth"))
    assert text.count("arrived ______") == 2
    assert "Booked without a hearing" in text
    assert "Counter" in text
    assert "[ ] Maria Silva: Step free / wheelchair access" in text
    assert "Waiting  E" in text
    assert "Frightened" not in text


def test_a_linked_plan_or_assessment_gives_its_letter_and_nothing_else(
    court: Court, tmp_path: Path
) -> None:
    """E of an evacuation plan, S once a violent person was assessed; the facts stay restricted."""
    hearing_id = court.hearing()
    roles = frozenset({"fire_warden"})
    leader = court.user._replace(role=Role.TEAM_LEADER, scheme_roles=roles)
    book = shelf.rulebook(tmp_path, Nation.ENGLAND_AND_WALES)

    def call(verb: Any, *given: Any) -> None:
        court.clock.passes(minutes=1)
        court.store.call_write(verb, CaseActing(leader, court.clock.moment, book), *given)

    def marks() -> str:
        page = court.store.call_read(board.page, Want(), court.acting, SITE, TODAY)
        [line] = page.lines
        return line.marks

    def linked(scheme: str, **given: str) -> str:
        case_id = new_id()
        call(cases.open_case, case_id, scheme, given)
        ends = (kinds.CASE, case_id, kinds.HEARING, hearing_id)
        now = court.clock.moment
        court.store.call_write(links.link, *ends, user=leader, now=now)
        return case_id

    plan = linked("peep", person="Maria Silva", kind="visit", visit_on="2026-11-18")
    assert marks() == "E"
    violent = linked("pvp", person="Dai Example", source="Police")
    assert marks() == "E"
    call(cases.do, violent, "assess", {"risk": "high"})
    assert marks() == "ES"
    pair = Link(kinds.HEARING, hearing_id), Link(kinds.CASE, plan)
    now = court.clock.moment
    court.store.call_write(links.unlink, *pair, reason="Another Silva", user=leader, now=now)
    assert marks() == "S"
    assert "Dai" not in "\n".join(court.read(sheet.write, SITE, TODAY, "Aberystwyth"))
