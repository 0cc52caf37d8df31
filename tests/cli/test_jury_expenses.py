"""Expenses of jurors, reports and the estimate without a screen."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import Role, User
from deskapp.services import desk as desk_service
from deskapp.services.jury.claim_state import State
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.cli.test_hostile_text import CONTROLS, HOSTILE
from tests.services.jury.claims_office import JUROR, ClaimsOffice


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ClaimsOffice:
    """A juror with one confirmed day."""
    made = ClaimsOffice(store, user, clock)
    made.juror(last_name="Example [/b]")
    made.day()
    return made


def somebody_else(store: Store, role: Role) -> None:
    """Another person works at the desk from now on."""
    for sql, values in (
        (
            "INSERT INTO officer (id, home_site, name, role, scheme_roles)"
            " VALUES ('another', ?, 'Gwen Sample', ?, '')",
            (store.site, role.value),
        ),
        ("UPDATE local_state SET value = 'another' WHERE name = 'officer'", ()),
    ):
        store.call_jot(Connection.execute, sql, values)
    assert store.call_read(desk_service.user).id == "another"


def test_a_caller_is_told_what_to_expect(cli: Cli) -> None:
    """No store is needed; 12.5 miles at 0.314 is 3.93."""
    shown = cli("jury", "estimate", "--earnings", "80", "--car", "12.5", "--json")
    assert json.loads(shown.out) == {
        "loss": "64.95", "travel": "3.93", "food": "5.71", "total": "74.59",
        "rates_from": "2010-06-01",
    }  # fmt: skip
    assert "£74.59" in cli("jury", "estimate", "--earnings", "80", "--car", "12.5").out
    wrong = cli("jury", "estimate", "--earnings", "much", "--car", "far")
    assert wrong.code == Exit.DATA
    assert "--earnings: " in wrong.err
    assert "--car: " in wrong.err


def test_a_day_goes_from_entry_to_payment(cli: Cli, office: ClaimsOffice) -> None:
    """Entered and submitted by one, approved by another, who says what they looked at."""
    done = cli("jury", "expenses", "enter", JUROR, "9 11 2026", "--set", "loss=80", "--set",
               "ways=car", "--set", "miles=10")  # fmt: skip
    assert (done.code, done.out) == (Exit.OK, "£68.09\n"), done.err
    assert "Over the limit of £64.95" in done.err
    [line] = cli("jury", "expenses", "list", "--json").out.splitlines()
    assert json.loads(line)["to_pay"] == "68.09"
    assert "£80.00 less £15.05 over the limit" in cli("jury", "expenses", "explain", JUROR).out
    assert cli("jury", "expenses", "submit", JUROR).out == "£68.09\n"
    own = cli("jury", "expenses", "approve", JUROR, "--amount", "68.09")
    assert own.code == Exit.NOT_ALLOWED
    somebody_else(office.store, Role.MANAGER)
    assert cli("jury", "expenses", "approve", JUROR, "--amount", "68.10").code == Exit.DATA
    paid = cli("jury", "expenses", "approve", JUROR, "--amount", "68.09")
    assert (paid.code, paid.out) == (Exit.OK, "by bank  £68.09\n"), paid.err
    [day] = cli("jury", "expenses", "show", JUROR, "--json").out.splitlines()
    assert json.loads(day)["state"] == State.APPROVED.value
    assert json.loads(day)["to_pay"] == "0.00"


def test_days_are_filled_alike_and_the_card_shared(cli: Cli, office: ClaimsOffice) -> None:
    """As the letters of the screen do."""
    office.day(date=office.of(office.day()).date.replace(day=10))
    assert cli("jury", "expenses", "enter", JUROR, "9 Nov", "--set", "loss=20").code == Exit.OK
    assert cli("jury", "expenses", "to-all", JUROR, "9 Nov", "--part", "earnings").out == "1\n"
    assert cli("jury", "expenses", "card", JUROR, "5").out == "2\n"
    assert cli("jury", "expenses", "usual", JUROR, "9 Nov").code == Exit.OK
    assert [day.figures.total for day in office.claim().days] == [Decimal("17.50")] * 2


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("enter", JUROR, "9 Nov", "--set", "lost=20"), Exit.USAGE),
        (("enter", JUROR, "9 Nov", "--set", "food=CAKE"), Exit.DATA),
        (("enter", JUROR, "8 Nov"), Exit.NO_INPUT),
        (("show", "12345"), Exit.DATA),
        (("show", "999999999"), Exit.NO_INPUT),
        (("to-all", JUROR, "9 Nov", "--part", "hats"), Exit.USAGE),
        (("to-all", JUROR, "9 Nov"), Exit.USAGE),
        (("list", "--list", "lost"), Exit.DATA),
        (("approve", JUROR, "--amount", "0"), Exit.NOT_ALLOWED),
    ],
)
def test_what_cannot_be_done_has_its_exit_code(
    cli: Cli, office: ClaimsOffice, argv: tuple[str, ...], code: Exit
) -> None:
    """A script must know."""
    done = cli("jury", "expenses", *argv)
    assert done.code == code, done.err


def test_reports_are_text_csv_and_json(cli: Cli, office: ClaimsOffice, tmp_path: Path) -> None:
    """A file is private, and no cell is a formula."""
    office.enter(office.day(), loss="20")
    page = cli("jury", "report", "unpaid", "--on", "18 11 2026")
    assert page.code == Exit.OK, page.err
    assert "Example [/b]" in page.out
    [row] = cli("jury", "report", "unpaid", "--on", "18 11 2026", "--json").out.splitlines()
    assert json.loads(row)["oldest"] == "2026-11-09"
    file = tmp_path / "unpaid.csv"
    assert cli("jury", "report", "unpaid", "--on", "18 11 2026", "--csv", str(file)).code == Exit.OK
    assert file.stat().st_mode & 0o777 == 0o600
    [_header, cells] = csv.reader(file.read_text(encoding="utf-8").splitlines())
    assert cells[0] == JUROR
    again = cli("jury", "report", "unpaid", "--csv", str(file))
    assert again.code == Exit.CANNOT_WRITE
    assert cli("jury", "report", "everything").code == Exit.DATA
    assert cli("jury", "report", "trial", "--trial", "T1").code == Exit.NO_INPUT
    for kind in ("summary", "due", "figures", "slips", "audit", "bank"):
        shown = cli("jury", "report", kind)
        assert shown.code == Exit.OK, shown.err


def test_only_jury_staff_see_anything(cli: Cli, office: ClaimsOffice) -> None:
    """Names of jurors are for few."""
    somebody_else(office.store, Role.HEARING_ROOM)
    for argv in (("expenses", "list"), ("expenses", "show", JUROR), ("report", "due")):
        assert cli("jury", *argv).code == Exit.NOT_ALLOWED


def test_what_is_stored_of_jurors_comes_back_harmless(cli: Cli, office: ClaimsOffice) -> None:
    """Past the gate of the store, as a damaged or hostile central database could send it."""
    office.enter(office.day(), other="2", other_what="Dog sitter")
    for sql in (
        "UPDATE juror SET first_name = ?1, last_name = ?1",
        "UPDATE attendance_expense SET other_what = ?1, permitted_by = ?1",
    ):
        office.store.call_jot(dbapi2.Connection.execute, sql, (HOSTILE.replace("\udcff", ""),))
    for argv in (
        ("expenses", "list"),
        ("expenses", "list", "--json"),
        ("expenses", "show", JUROR),
        ("expenses", "explain", JUROR),
        ("report", "unpaid"),
        ("report", "unpaid", "--json"),
        ("report", HOSTILE),
        ("expenses", "show", HOSTILE),
        ("expenses", "enter", JUROR, HOSTILE),
        ("expenses", "enter", JUROR, "9 Nov", "--set", HOSTILE),
        ("expenses", "enter", JUROR, "9 Nov", "--set", f"food={HOSTILE}"),
        ("expenses", "to-all", JUROR, "9 Nov", "--part", HOSTILE),
    ):
        done = cli("jury", *argv)
        assert done.code != Exit.SOFTWARE, argv
        assert not CONTROLS.search(done.out + done.err), argv
    assert "[/b]" in cli("jury", "expenses", "explain", JUROR).out
