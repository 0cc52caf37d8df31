"""``deskapp interpreter``: the same rules without a screen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import Role, User
from deskapp.services import desk as desk_service
from tests.builders import SetClock
from tests.cli.conftest import Cli, Done
from tests.services.interpreters.booking_desk import BookingDesk

SOON = "tomorrow"


@pytest.fixture
def bench(store: Store, user: User, clock: SetClock) -> BookingDesk:
    """The desk of the commands, to make hearings on."""
    return BookingDesk(store, clock, user)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, clock: SetClock, folder: object) -> None:
    """The commands go by the clock of the test."""
    import deskapp.cli.unlock as unlock

    monkeypatch.setattr(unlock, "Clock", lambda: clock.clock)


def known(cli: Cli, name: str = "Marta Przyklad", **given: str) -> None:
    """Somebody of the register."""
    values = {"languages": "Polish", **given}
    pairs = [part for each in values.items() for part in ("--set", "=".join(each))]
    done = cli("interpreter", "register", "add", name, *pairs)
    assert done.code == Exit.OK, done.err


def one(done: Done) -> dict[str, Any]:
    """The one line of JSON."""
    assert done.code == Exit.OK, done.err
    return dict(json.loads(done.out))


def ref_of(done: Done) -> str:
    """The reference that a line begins with."""
    assert done.code == Exit.OK, done.err
    return done.out.split()[0]


def booked(cli: Cli, *more: str) -> str:
    """A request for two hours of Polish tomorrow; its reference."""
    times = ("--day", SOON, "--set", "start=10:00", "--set", "end=12:00")
    return ref_of(cli("interpreter", "book", "Polish", *times, *more))


def test_a_booking_goes_from_the_hearing_to_the_signed_timesheet(
    cli: Cli, bench: BookingDesk, clock: SetClock
) -> None:
    """Every step of the day without a screen."""
    bench.hearing(day="2026-11-19", case_ref="ZZ26P0077", case_key="ZZ26P0077")
    known(cli)
    done = cli("interpreter", "book", "polish", "--hearing", "zz26p0077")
    ref = ref_of(done)
    assert "Short notice" in done.err
    assert "nobody named" in cli("interpreter", "list", "asked").out
    assigned = cli("interpreter", "assign", ref, "marta przyklad", "--supplier-ref", "JOB 4711")
    assert "Marta Przyklad" in assigned.out
    assert cli("interpreter", "confirm", "job 4711").code == Exit.OK
    clock.shows(clock.moment.replace(day=19, hour=10, minute=20))
    assert cli("interpreter", "arrive", ref, "--identity", "photo").code == Exit.OK
    assert "in Court 1  Marta Przyklad" in cli("interpreter", "here").out
    clock.passes(minutes=100)
    assert cli("interpreter", "release", ref).code == Exit.OK
    assert "FREE NOW" in cli("interpreter", "here").out
    signed = cli("interpreter", "sign-off", ref, "--agreed-by", "Marta Przyklad")
    assert "Fulfilled" in signed.out
    shown = cli("interpreter", "show", ref)
    assert "worked 100, late 20, over 0, to count 120 minutes" in shown.out
    assert "agreed by Marta Przyklad" in shown.out
    record = one(cli("interpreter", "show", ref, "--json"))
    assert [each["code"] for each in record["history"]] == [
        "book", "send", "assign", "confirm", "arrive", "release", "sign_off",
    ]  # fmt: skip
    assert record["timesheets"][0]["minutes"]["charge"] == 120
    assert record["hearings"][0]["case_ref"] == "ZZ26P0077"


def test_what_stops_a_booking_is_told_by_option(cli: Cli) -> None:
    """Nothing is kept of it."""
    wrong = cli("interpreter", "book", "Klingon", "--day", SOON)
    assert wrong.code == Exit.DATA
    assert "LANGUAGE: The list has no such language" in wrong.err or (
        "--set start: Enter a time" in wrong.err
    )
    route = cli(
        *("interpreter", "book", "Welsh", "--day", SOON, "--set", "start=10:00"),
        *("--set", "end=12:00", "--set", "route=contract"),
    )
    assert "--set route: Welsh is booked through the Welsh Language Unit" in route.err
    assert cli("interpreter", "book", "Polish", "--set", "colour=red").code == Exit.USAGE
    assert cli("interpreter", "book", "Polish", "--hearing", "NONE").code == Exit.NO_INPUT
    assert cli("interpreter", "list", "asked").out == ""


def test_a_draft_is_kept_and_sent(cli: Cli) -> None:
    """Or changed before."""
    ref = booked(cli, "--draft")
    assert "Draft" in cli("interpreter", "list", "to_send").out
    changed = cli("interpreter", "change", ref, "--set", "end=13:00", "--set", "note=Side door")
    assert "10:00-13:00" in changed.out
    assert "Requested" in cli("interpreter", "send", ref).out
    assert "Side door" in cli("interpreter", "show", ref).out


def test_somebody_who_is_booked_is_refused_with_what_can_be_done(cli: Cli) -> None:
    """Other times and other people, in words."""
    known(cli)
    known(cli, "Ben Dwa")
    first, second = booked(cli), booked(cli)
    assert cli("interpreter", "assign", first, "Marta Przyklad").code == Exit.OK
    refused = cli("interpreter", "assign", second, "Marta Przyklad")
    assert refused.code == Exit.DATA
    assert "Free that day at: 12:00, 12:15, 12:30." in refused.err
    assert "Free at that time: Ben Dwa." in refused.err
    assert cli("interpreter", "free", second).out.startswith("Ben Dwa")
    assert cli("interpreter", "assign", second, "Nobody").code == Exit.NO_INPUT


def test_the_register_tells_of_ends_and_days_away(cli: Cli) -> None:
    """Whoever is away is refused; taken back, they are not."""
    known(cli, registration="NRPSI 12345", expires_on="2026-12-01")
    assert "Registration ends 1 Dec 2026" in cli("interpreter", "register", "list", "expiring").out
    assert "Not available" in cli("interpreter", "away", "nrpsi12345", SOON, "--part", "am").out
    ref = booked(cli)
    assert "not available" in cli("interpreter", "assign", ref, "NRPSI 12345").err
    assert cli("interpreter", "away", "nrpsi12345", SOON, "--back").out == ""
    told = cli("interpreter", "assign", ref, "NRPSI 12345")
    assert told.code == Exit.OK
    assert "Marta" in cli("interpreter", "register", "show", "NRPSI 12345").out
    changed = cli("interpreter", "register", "change", "NRPSI 12345", "--set", "active=no")
    assert "not active" in changed.out
    assert one(cli("interpreter", "register", "list", "inactive", "--json"))["active"] is False


def test_the_other_ends_of_a_booking(cli: Cli, clock: SetClock) -> None:
    """Cancelled, unfilled, asked again, withdrawn, nobody came, replaced."""
    known(cli)
    cancelled = booked(cli)
    assert cli("interpreter", "cancel", cancelled, "other").code == Exit.DATA
    assert "Cancelled" in cli("interpreter", "cancel", cancelled, "settled").out
    assert "Settled" in cli("interpreter", "show", cancelled).out.title()
    unfilled = booked(cli)
    assert "Unfilled" in cli("interpreter", "cannot-fill", unfilled, "--reason", "nobody").out
    assert "Requested" in cli("interpreter", "reopen", unfilled).out
    cli("interpreter", "assign", unfilled, "Marta Przyklad")
    assert cli("interpreter", "withdraw", unfilled).code == Exit.DATA
    assert "Requested" in cli("interpreter", "withdraw", unfilled, "--reason", "ill").out
    cli("interpreter", "assign", unfilled, "Marta Przyklad")
    early = cli("interpreter", "no-show", unfilled)
    assert early.code == Exit.DATA
    assert "for the day of the booking" in early.err
    clock.shows(clock.moment.replace(day=19, hour=9))
    assert "did not come" in cli("interpreter", "no-show", unfilled).out
    again = cli("interpreter", "replace", unfilled, "--set", "start=13:00", "--set", "end=15:00")
    assert f"Replaced by: {again.out.split()[0]}" in cli("interpreter", "show", unfilled).out
    refused = cli("interpreter", "confirm", unfilled)
    assert refused.code == Exit.DATA
    assert "Interpreter did not come" in refused.err


def test_a_timesheet_is_corrected_by_a_team_leader_alone(
    cli: Cli, store: Store, clock: SetClock
) -> None:
    """The old one stays."""
    known(cli)
    ref = booked(cli)
    cli("interpreter", "assign", ref, "Marta Przyklad")
    clock.shows(clock.moment.replace(day=19, hour=10, minute=0))
    cli("interpreter", "arrive", ref)
    assert cli("interpreter", "sign-off", ref, "--released", "9:00").code == Exit.DATA
    clock.passes(hours=2)
    assert cli("interpreter", "customer-absent", booked(cli)).code == Exit.DATA
    assert cli("interpreter", "sign-off", ref, "--breaks", "11:00-11:15").code == Exit.OK
    assert "Marta" in cli("interpreter", "agree", ref, "Marta Przyklad").out
    assert cli("interpreter", "correct", ref, "--reason", "Left early").code == Exit.NOT_ALLOWED
    store.call_write(_promote)
    assert "Here" in cli("interpreter", "correct", ref, "--reason", "Left early").out
    assert cli("interpreter", "sign-off", ref, "--released", "11:40").code == Exit.OK
    assert cli("interpreter", "show", ref).out.count("imesheet: ") == 2


def _promote(session: Any) -> None:
    """Make the user of the desk a team leader."""
    from deskapp.data.tables import Officer

    user = desk_service.user(session.connection().connection.dbapi_connection)
    session.get(Officer, user.id).role = Role.TEAM_LEADER.value


def test_a_series_a_team_and_one_more_hearing(cli: Cli, bench: BookingDesk) -> None:
    """One line for each booking that was made."""
    week = ("--set", "start=10:00", "--set", "end=12:00", "--every", "weekly", "--count", "3")
    series = cli("interpreter", "book", "Polish", "--day", "30 11 2026", *week)
    assert len(series.out.splitlines()) == 3
    assert cli("interpreter", "book", "Polish", "--every", "daily").code == Exit.USAGE
    bench.hearing(day="2026-11-19", case_ref="ZZ26P0078", case_key="ZZ26P0078")
    ref = booked(cli)
    assert one(cli("interpreter", "hearing", ref, "ZZ26P0078", "--json"))["hearings"]
    assert not one(cli("interpreter", "hearing", ref, "ZZ26P0078", "--off", "--json"))["hearings"]
    other = ref_of(cli("interpreter", "second", ref))
    assert f"Team: {other}" in cli("interpreter", "show", ref).out
    assert "Draft" not in cli("interpreter", "list", "coming").out
    assert cli("interpreter", "list", "everything").code == Exit.USAGE
    assert len(cli("interpreter", "list", "--find", ref).out.splitlines()) == 1


def test_old_bookings_are_proposed_by_one_and_erased_by_another(
    cli: Cli, store: Store, clock: SetClock
) -> None:
    """Nobody alone; the seven years are a setting."""
    ref = booked(cli)
    assert cli("interpreter", "disposal", "list").code == Exit.NOT_ALLOWED
    store.call_write(_promote)
    assert "No booking is due" in cli("interpreter", "disposal", "list").err
    clock.shows(clock.moment.replace(year=2033, month=12))
    assert ref in cli("interpreter", "disposal", "list").out
    assert "bookings 1" in cli("interpreter", "disposal", "propose", "--note", "Over").err
    assert one(cli("interpreter", "disposal", "list", "--json"))["proposed_by"]
    assert cli("interpreter", "disposal", "confirm").code != Exit.OK
    assert ref in cli("interpreter", "list", "past").out
