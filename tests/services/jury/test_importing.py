"""Files of the Bureau: every row checked, nothing twice, nothing of a panel lost."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.services.jury import import_rows, importing, reading, scans
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.import_rows import File, FileRefusedError
from deskapp.services.jury.import_steps import Effect
from deskapp.services.jury.importing import Plan
from deskapp.services.jury.stages import Status
from tests.jury_desk import POOL, JuryDesk, number

HEADER = (
    "juror_number,pool_number,start_date,first_name,last_name,title,welsh_speaker,status,"
    "next_date,on_call,deferrals,version,sort_code"
)


def row(of: int, **given: str) -> str:
    """A line of the file."""
    usual = {
        "juror_number": number(of), "pool_number": POOL, "start_date": "2026-11-18",
        "first_name": "Kim", "last_name": f"Ash{of}", "title": "", "welsh_speaker": "no",
        "status": "2", "next_date": "2026-11-18", "on_call": "no", "deferrals": "0",
        "version": "1", "sort_code": "00-00-00",
    }  # fmt: skip
    return ",".join({**usual, **given}.values())


def a_file(*rows: str, header: str = HEADER) -> File:
    """A file as the Bureau sends it."""
    return import_rows.read("\n".join((header, *rows)).encode())


def taken(court: JuryDesk, file: File) -> Plan:
    """The file, imported."""
    return court.do(importing.take, file)


def test_jurors_come_with_their_pool_and_are_due(court: JuryDesk) -> None:
    """Section 9; the day can begin."""
    plan = taken(court, a_file(row(0), row(1, welsh_speaker="yes", title="Dr")))
    assert plan.counts == {
        "new": 2, "changed": 0, "same": 0, "older": 0, "refused": 0, "doubles": 0,
    }  # fmt: skip
    assert plan.unused == ["sort_code"]
    assert court.store.call_read(reading.numbers, court.acting, Which.NOT_IN) == [
        number(0), number(1),
    ]  # fmt: skip
    line = court.line(1)
    assert (line.welsh, line.name, line.owner) == (True, "Dr Kim Ash1", "411")


def test_the_same_file_again_does_nothing(court: JuryDesk) -> None:
    """Sending the same row twice has no effect."""
    taken(court, a_file(row(0), row(1)))
    [(before,)] = court.store.call_read(_changes)
    plan = taken(court, a_file(row(0), row(1)))
    assert plan.counts["same"] == 2
    assert court.store.call_read(_changes) == [(before,)]


def test_a_preview_changes_nothing(court: JuryDesk) -> None:
    """It says what would happen."""
    plan = court.read(importing.plan, a_file(row(0)))
    assert [step.effect for step in plan.steps] == [Effect.NEW]
    assert court.store.call_read(_changes) == [(0,)]


def test_rows_that_cannot_be_used_are_named_and_the_others_go_in(court: JuryDesk) -> None:
    """By row and column, in words."""
    plan = taken(
        court,
        a_file(
            row(0),
            row(1, juror_number="12345"),
            row(2, pool_number="411261301"),
            row(3, first_name=""),
            row(4, last_name="A|B"),
            row(5, next_date="18/11/2026"),
            row(6, status="14"),
            row(7, welsh_speaker="maybe"),
            row(8, pool_number="411261109", start_date=""),
        ),
    )
    found = [(each.row, each.column) for each in plan.findings]
    assert found == [
        (3, "juror_number"), (4, "pool_number"), (5, "first_name"), (6, "last_name"),
        (7, "next_date"), (8, "status"), (9, "welsh_speaker"), (10, "start_date"),
    ]  # fmt: skip
    assert all(each.words for each in plan.findings)
    assert plan.counts["new"] == 1


def test_a_row_that_stands_twice_counts_once(court: JuryDesk) -> None:
    """Two that differ are not guessed between."""
    file = a_file(row(0), row(0), row(1), row(1, last_name="Other"))
    assert file.doubles == 1
    assert [each.row for each in file.findings] == [5]
    assert taken(court, file).counts["new"] == 2


def test_an_older_row_does_not_replace_a_newer_one(court: JuryDesk) -> None:
    """The Bureau counts its versions."""
    taken(court, a_file(row(0, version="7")))
    plan = taken(court, a_file(row(0, version="6", status="5", next_date="")))
    assert plan.counts["older"] == 1
    assert court.line(0).status is Status.RESPONDED
    newer = taken(court, a_file(row(0, version="8", status="5", next_date="")))
    assert newer.counts["changed"] == 1
    assert court.line(0).status is Status.EXCUSED


def test_a_file_does_not_take_a_juror_off_a_panel_or_set_a_day_that_was(court: JuryDesk) -> None:
    """What the desk did since the file was made stands."""
    taken(court, a_file(row(0), row(1)))
    court.set(0, status=int(Status.PANEL))
    court.do(scans.check_in, number(1), dt.time(9))
    taken(court, a_file(row(0, version="2"), row(1, version="2")))
    assert court.line(0).status is Status.PANEL
    assert court.line(1).next_on == dt.date(2026, 11, 19)


def test_a_new_pool_of_the_same_court_takes_the_place_of_the_old(court: JuryDesk) -> None:
    """One active membership at a court."""
    taken(court, a_file(row(0)))
    taken(court, a_file(row(0, pool_number="411261102", start_date="2026-11-18")))
    assert court.line(0).pool == "411261102"
    [(active,)] = court.store.call_read(_active)
    assert active == 1


def test_what_a_spreadsheet_would_run_is_read_as_it_was_meant(court: JuryDesk) -> None:
    """The quote before a formula character was put there by an export."""
    taken(court, a_file(row(0, last_name="'=Ash", first_name="[/b]")))
    assert court.line(0).name == "[/b] =Ash"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"juror_number,pool_number\n", b'a,"b\nc', b"\x00\x00"],
)
def test_what_is_no_such_file_is_refused_whole(content: bytes) -> None:
    """With a sentence, not a trace."""
    with pytest.raises(FileRefusedError):
        import_rows.read(content)


def test_an_import_is_saved_once(court: JuryDesk) -> None:
    """Asked again with the same id after a store that was busy."""
    step = new_id()
    file = a_file(row(0))
    court.do(importing.take, file, step_id=step)
    [(before,)] = court.store.call_read(_changes)
    court.do(importing.take, file, step_id=step)
    assert court.store.call_read(_changes) == [(before,)]


def test_progress_is_told(court: JuryDesk) -> None:
    """A file of a thousand rows is not silent."""
    told: list[tuple[int, int]] = []
    file = a_file(*(row(of) for of in range(1001)))
    court.do(importing.take, file, lambda done, total: told.append((done, total)))
    assert told == [(500, 1001), (1000, 1001), (1001, 1001)]


def test_no_bank_detail_is_kept(court: JuryDesk) -> None:
    """Nothing of such a column reaches the store or what waits for the exchange."""
    taken(court, a_file(row(0, sort_code="12-34-56")))
    rows = court.store.call_read(lambda at: at.execute("SELECT delta FROM change_log").fetchall())
    assert rows
    assert not any("12-34-56" in delta for (delta,) in rows)


def _changes(connection: Connection) -> list[tuple[int]]:
    return connection.execute("SELECT count(*) FROM change_log WHERE tbl LIKE 'jur%'").fetchall()


def _active(connection: Connection) -> list[tuple[int]]:
    return connection.execute("SELECT count(*) FROM juror_in_pool WHERE active = 1").fetchall()
