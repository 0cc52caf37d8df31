"""Lists and figures of the jury desk: who is on them, and that the figures add up."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotAllowedError
from deskapp.roles import Role
from deskapp.services import local_files
from deskapp.services.days import Days
from deskapp.services.enquiries.report_lines import WIDTH
from deskapp.services.jury import (
    claim_entry,
    claim_rows,
    claim_state,
    claiming,
    day_end,
    numbers,
    report_paper,
    reports,
    scans,
    trials,
)
from deskapp.services.jury.report_table import Asked, Kind, Report
from deskapp.services.jury.trials import TrialDraft
from tests.jury_desk import JuryDesk, number

TODAY = dt.date(2026, 11, 18)
NINE, FOUR = dt.time(9), dt.time(16)
NOVEMBER = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
BASIS = claim_state.basis(local_files.SHIPPED)


def report(court: JuryDesk, kind: Kind, days: Days | None = None, trial: str = "") -> Report:
    asked = Asked(kind, days or Days(TODAY, TODAY), trial)
    return court.read(reports.read, asked)


def numbers_of(found: Report) -> list[Any]:
    """The jurors of a report."""
    at = [column.code for column in found.columns].index("juror_number")
    return [row[at] for row in found.rows]


def text(found: Report) -> str:
    return "\n".join(report_paper.lines(found))


@pytest.fixture
def day(court: JuryDesk) -> JuryDesk:
    """Six are due: two are in, one left, one was absent, two have not come."""
    court.jurors(6)
    for of in range(3):
        court.do(scans.check_in, number(of), NINE)
    court.do(scans.check_out, number(2), FOUR)
    return court


def test_persons_due_have_their_barcodes_and_adjustments(court: JuryDesk) -> None:
    """The scanner reads the list at the door."""
    court.pool()
    court.juror(1, adjustment="W", welsh=1)
    court.juror(2)
    found = report(court, Kind.DUE)
    assert numbers_of(found) == [number(1), number(2)]
    page = text(found)
    assert numbers.barcode(number(1)) in page
    assert "Wheelchair, Welsh" in page


def test_who_is_there_who_is_not_and_who_has_not_left(day: JuryDesk) -> None:
    """Everybody on exactly the lists they belong to."""
    assert numbers_of(report(day, Kind.ATTENDING)) == [number(0), number(1)]
    assert numbers_of(report(day, Kind.NOT_OUT)) == [number(0), number(1)]
    assert numbers_of(report(day, Kind.NOT_IN)) == [number(3), number(4), number(5)]


def test_the_day_summary_adds_up(day: JuryDesk) -> None:
    """Expected = in + out + confirmed + absent + on trial + not checked in."""
    found = report(day, Kind.SUMMARY)
    assert dict(found.sums)["Expected"] == "6"
    assert sum(row[1] for row in found.rows if isinstance(row[1], int)) == 6
    assert "Checked in     ##############" in text(found)


def test_a_confirmed_day_is_on_the_lists_of_the_month(day: JuryDesk) -> None:
    """Absent, attended under one audit number, unpaid with the oldest day, no longer open."""
    assert report(day, Kind.UNCONFIRMED).rows == ((TODAY, 3),)
    done = day.do(day_end.confirm, FOUR)
    assert report(day, Kind.UNCONFIRMED).rows == ()
    absent = report(day, Kind.ABSENCES, NOVEMBER)
    assert numbers_of(absent) == [number(3), number(4), number(5)]
    kept = report(day, Kind.AUDIT, NOVEMBER)
    assert {row[0] for row in kept.rows} == {done.audit_number}
    assert numbers_of(kept) == [number(0), number(1), number(2)]
    unpaid = report(day, Kind.UNPAID)
    assert [row[-1] for row in unpaid.rows] == [TODAY] * 3
    assert dict(unpaid.sums)["Days"] == "3"


def test_on_call_and_next_dates(court: JuryDesk) -> None:
    """Each on one of the two."""
    court.pool()
    court.juror(1, next_on="", on_call=1)
    court.juror(2, next_on="2026-11-23")
    court.juror(3, next_on="2026-11-20")
    assert numbers_of(report(court, Kind.ON_CALL)) == [number(1)]
    assert numbers_of(report(court, Kind.NEXT)) == [number(3), number(2)]


def test_panel_of_a_trial_and_a_slip_for_each(day: JuryDesk) -> None:
    """Slips are for who is on it now, or for everybody in waiting."""
    trial = day.do(trials.open_trial, TrialDraft("T2026001", "R v [/b] Example", "", ""))
    waiting = report(day, Kind.SLIPS)
    assert numbers_of(waiting) == [number(0), number(1)]
    day.do(trials.draw_panel, trial.id, 1)
    listed = report(day, Kind.TRIAL, trial=trial.id)
    [drawn] = numbers_of(listed)
    assert "R v [/b] Example" in text(listed)
    slips = report(day, Kind.SLIPS, trial=trial.id)
    assert numbers_of(slips) == [drawn]
    assert text(slips).count("-" * WIDTH) == 2
    assert numbers.barcode(drawn) in text(slips)


def test_bank_and_cash_are_separate_lists(day: JuryDesk) -> None:
    """Each payment once, by the day of its approval; the sum is that of the rows."""
    day.do(day_end.confirm, FOUR)
    manager = day.as_(Role.MANAGER)
    for of, cash in ((0, "no"), (1, "yes"), (2, "no")):
        [known] = day.store.call_read(claim_rows.days_of, number(of), BASIS)
        given = claim_entry.read({"loss": f"{10 + of}.50", "in_cash": cash}, known)
        day.do(claiming.enter, BASIS, known.id, given, seen=known.seen)
        for who, act in ((day, claiming.submit), (manager, claiming.approve)):
            days = who.store.call_read(claim_rows.days_of, number(of), BASIS)
            who.do(act, BASIS, number(of), claim_state.seen(days))
    bank, cash_list = (report(day, kind, NOVEMBER) for kind in (Kind.BANK, Kind.CASH))
    assert [(row[1], row[-2]) for row in bank.rows] == [
        (number(0), Decimal("10.50")), (number(2), Decimal("12.50")),
    ]  # fmt: skip
    assert {row[-1] for row in bank.rows + cash_list.rows} == {""}
    assert [(row[1], row[-2]) for row in cash_list.rows] == [(number(1), Decimal("11.50"))]
    assert dict(bank.sums)["Total"] == "£23.00"
    assert report(day, Kind.UNPAID).rows == ()
    assert report(day, Kind.BANK, Days(TODAY - dt.timedelta(9), TODAY - dt.timedelta(1))).rows == ()


def test_days_that_two_desks_approved_apart_stand_out(day: JuryDesk) -> None:
    """Both payments are on the list: neither desk knew of the other."""
    day.do(day_end.confirm, FOUR)
    [known] = day.store.call_read(claim_rows.days_of, number(0), BASIS)
    given = claim_entry.read({"loss": "10"}, known)
    day.do(claiming.enter, BASIS, known.id, given, seen=known.seen)
    days = day.store.call_read(claim_rows.days_of, number(0), BASIS)
    day.do(claiming.submit, BASIS, number(0), claim_state.seen(days))
    for name in ("first", "second"):
        manager = day.as_(Role.MANAGER)
        manager.user = manager.user._replace(id=name)
        days = day.store.call_read(claim_rows.days_of, number(0), BASIS)
        manager.do(claiming.approve, BASIS, number(0), claim_state.seen(days))
        day.store.call_jot(  # what the other desk still has
            Connection.execute, "UPDATE attendance_expense SET state = 'submitted', paid = '{}'"
        )
    day.store.call_jot(
        Connection.execute,
        """UPDATE attendance_expense SET paid = '{"loss_of_earnings": 1000}' WHERE juror = ?""",
        (number(0),),
    )
    found = report(day, Kind.BANK, NOVEMBER)
    assert [row[-1] for row in found.rows] == ["PAID TWICE?"] * 2
    assert "ask before you pay" in dict(found.sums)["To check"]


def test_utilisation_and_attendance_rate_are_counted_by_hand(court: JuryDesk) -> None:
    """Two jurors from Monday 16 to Wednesday 18 November: six working days. Both came on Monday,
    one of them sat on a trial; on Wednesday one was absent."""
    court.pool()
    rows = (
        (1, "2026-11-16", "attendance", 1),
        (2, "2026-11-16", "attendance", 0),
        (1, "2026-11-18", "attendance", 0),
        (2, "2026-11-18", "absent", 0),
    )
    for of in (1, 2):
        court.juror(of)
    for of, on, kind, sat in rows:
        court._put("attendance", {
            "id": new_id(), "juror": number(of), "day": on, "court": "411", "pool": "411261101",
            "kind": kind, "stage": "", "on_trial": sat, "recorded_at": "",
        })  # fmt: skip
    found = report(court, Kind.FIGURES, Days(dt.date(2026, 11, 16), TODAY))
    assert dict(found.sums) == {
        "Utilisation": "16.7%: 1 of 6",
        "Juror working days": "6",
        "Of these attended": "3",
        "Not attended": "3",
        "Sitting days": "1",
        "Attendance rate": "75.0%: 3 of 4",
    }
    assert found.rows == ((dt.date(2026, 11, 16), 2, 0, 1), (TODAY, 1, 1, 0))
    assert "16 Nov 2026 ##############################" in text(found)


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.TRIAL])
def test_every_report_of_nothing_says_so_and_has_a_header(court: JuryDesk, kind: Kind) -> None:
    """A court on its first day."""
    court.pool()
    found = report(court, kind, NOVEMBER)
    assert max(map(len, report_paper.lines(found))) <= WIDTH
    assert "Nothing to list." in text(found) or kind is Kind.SUMMARY
    [header] = report_paper.as_csv(report(court, kind, NOVEMBER)).splitlines()[:1]
    assert header


def test_cells_are_no_formulas_and_lines_fit_the_paper(court: JuryDesk) -> None:
    """A name may be anything; a long one goes on below, and nothing of it is lost."""
    court.pool()
    court.juror(1)
    name = "=HYPERLINK(0)", "Very-Long " * 12 + "[/b]"
    court.store.call_jot(
        lambda connection: connection.execute(
            "UPDATE juror SET first_name = ?, last_name = ? WHERE number = ?", (*name, number(1))
        )
    )
    found = report(court, Kind.DUE)
    assert max(map(len, report_paper.lines(found))) <= WIDTH
    assert text(found).count("Very-") == 12
    [_header, row] = csv.reader(io.StringIO(report_paper.as_csv(found)))
    assert row[1].startswith("'=HYPERLINK")


def test_only_jury_staff_read_reports(court: JuryDesk) -> None:
    """Jurors are people who can be threatened."""
    other = court.as_(Role.HEARING_ROOM)
    with pytest.raises(NotAllowedError):
        report(other, Kind.DUE)


def test_a_day_confirmed_by_the_desk_has_its_claim(day: JuryDesk) -> None:
    """With what the juror usually claims; absent ones have none."""
    day.store.call_jot(
        lambda connection: connection.execute(
            "UPDATE juror SET loss_pence = 4001, travel_minutes = 30, usual = ? WHERE number = ?",
            ('{"food": "YES", "miles": 10, "car": true}', number(1)),
        )
    )
    day.do(day_end.confirm, FOUR)
    [claimed] = day.store.call_read(claim_rows.days_of, number(1), BASIS)
    assert claimed.figures.total == Decimal("48.86")  # 40.01 + 3.14 + 5.71
    assert claimed.figures.minutes == 7 * 60 + 30
    assert day.store.call_read(claim_rows.days_of, number(4), BASIS) == ()
