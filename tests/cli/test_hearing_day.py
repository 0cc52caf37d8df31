"""The hearing day without a screen: the same verbs, refusals, no names for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.cli import unlock
from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.services.hearings import bearings, stored
from deskapp.services.hearings.day import Presence, Ready, State
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.services.hearings.office import Court

REF = "52XY0012326"


@pytest.fixture
def court(store: Store, user: Any, clock: Any) -> Court:
    """The hearings of the desk, at 10:05 on their day."""
    return Court(store, user, clock)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, clock: SetClock) -> None:
    """Commands take the time of the test."""
    monkeypatch.setattr(unlock, "Clock", lambda: clock.clock)


def test_a_day_of_one_hearing_in_lines(cli: Cli, court: Court) -> None:
    """State, party, jurors, need, link, note; all of it on the board."""
    hearing_id = court.hearing("10:20")
    assert cli("hearing", "state", REF, "parties_ready").code == Exit.OK
    assert cli("hearing", "state", REF, "back").code == Exit.OK
    assert cli("hearing", "party", REF, "maria silva", "here").code == Exit.OK
    assert cli("hearing", "jurors", REF, "11", "12").code == Exit.OK
    need_id = cli(
        "hearing", "need", "add", REF, "--flag", "SM0002", "--comment", "Screen", "--who",
        "Maria Silva",
    ).out.strip()  # fmt: skip
    assert cli("hearing", "need", "tick", REF, need_id, "ready").code == Exit.OK
    assert cli("hearing", "need", "decide", REF, need_id, "Inactive", "--by", "DJ").code == Exit.OK
    link_id = cli("hearing", "link", REF, "--kind", "CVP").out.strip()
    assert cli("hearing", "link-test", link_id, "ok").code == Exit.OK
    assert cli("hearing", "note", REF, "--note", "Rang the prison").code == Exit.OK
    [found] = court.read(bearings.read, [hearing_id])
    assert found.day.state is State.WAITING
    assert found.day.parties["maria silva"] == (Presence.HERE, "")
    assert found.day.ticks[need_id][0] is Ready.READY
    board = cli("hearing", "board").out
    assert "MISSING: jurors, parties" in board
    told = cli("hearing", "show", REF).out
    assert "Rang the prison" in told
    assert "CVP  tested, it works" in told


def test_programs_get_no_names(cli: Cli, court: Court) -> None:
    """Nor words that somebody typed."""
    court.hearing("10:20")
    for command in (("board", "--json"), ("show", REF, "--json"), ("board", "missing", "--json")):
        out = cli("hearing", *command).out
        assert json.loads(out.splitlines()[0])["ready"]["parties"] == [0, 2]
        assert "Silva" not in out


def test_adjourning_prints_the_next_hearing(cli: Cli, court: Court) -> None:
    """And asks again for the interpreter."""
    hearing_id = court.hearing("10:20")
    court.booking(hearing_id)
    done = cli(
        "hearing", "adjourn", REF, "--reason", "insufficient_time", "--next", "16 12",
        "--at", "14:00", "--room", "Court 3",
    )  # fmt: skip
    assert done.code == Exit.OK, done.err
    later = court.store.call_read(stored.get, done.out.strip())
    assert (later.room, later.start) == ("Court 3", "14:00")
    [found] = court.read(bearings.read, [later.id])
    assert [each.language_code for each in found.bookings] == ["por"]
    again = cli("hearing", "result", hearing_id, "completed")
    assert again.code == Exit.DATA
    assert "A team leader can correct it" in again.err


def test_what_is_wrong_names_the_option(cli: Cli, court: Court) -> None:
    """In place of the field of a form."""
    court.hearing("10:00")
    done = cli("hearing", "result", REF, "completed", "--started", "10:00")
    assert done.code == Exit.DATA
    assert "--ended: Enter when it ended." in done.err
    done = cli("hearing", "adjourn", REF, "--reason", "no_interpreter")
    assert "--booking: Select the booking that failed." in done.err


def test_a_wrong_word_ends_with_the_words_that_are_right(cli: Cli, court: Court) -> None:
    """Exit 64, as everywhere."""
    court.hearing("10:00")
    for command in (
        ("board", "tomorrow"),
        ("state", REF, "ended"),
        ("party", REF, "maria silva", "there"),
        ("link-test", "x", "maybe"),
        ("need", "tick", REF, "x", "done"),
        ("need", "decide", REF, "x", "Granted", "--by", "me"),
        ("need", "add", REF, "--flag", "SM0002", "--who", "Nobody"),
    ):
        done = cli("hearing", *command)
        assert done.code == Exit.USAGE, command
        assert "Use one of" in done.err or "These do" in done.err


def test_a_reference_with_several_hearings_asks_for_an_id(cli: Cli, court: Court) -> None:
    """The wrong one would be recorded otherwise."""
    first, second = court.hearing("10:00"), court.hearing("12:00")
    done = cli("hearing", "show", REF)
    assert done.code == Exit.NO_INPUT
    assert first in done.err
    assert second in done.err
    assert cli("hearing", "show", second).code == Exit.OK
    assert cli("hearing", "show", "K404").code == Exit.NO_INPUT


def test_a_need_is_booked_and_rooms_are_told(cli: Cli, court: Court) -> None:
    """Its draft once; the room is known from then on."""
    hearing_id = court.hearing("14:00")
    need_id = court.need(hearing_id, "PF0015", language_code="por")
    made = {cli("hearing", "need", "book", REF, need_id).out for _time in "12"}
    assert len(made) == 1
    other = court.need(hearing_id, "SM0002")
    assert cli("hearing", "need", "book", REF, other).code == Exit.USAGE
    assert "SM0002" in cli("hearing", "need", "flags", "sgrinio").out
    assert cli("hearing", "need", "flags", "zzzz").code == Exit.DIFFERENT
    assert cli("hearing", "room", "set", "Court 1", "AF-WS").code == Exit.OK
    assert cli("hearing", "room", "set", "Court 1", "piano").code == Exit.DATA
    assert cli("hearing", "room", "list").out == "Court 1: Witness screen\n"


def test_sheet_and_figures_of_a_day(cli: Cli, court: Court, tmp_path: Any) -> None:
    """On the terminal, into files, for programs."""
    court.hearing("14:00")
    assert "14:00  52XY0012326  Plea  Waiting" in cli("hearing", "sheet").out
    paper, table = tmp_path / "sheet.txt", tmp_path / "figures.csv"
    assert cli("hearing", "sheet", "--file", str(paper)).code == Exit.OK
    assert "Court 1" in paper.read_text()
    assert cli("hearing", "figures", "--csv", str(table)).code == Exit.OK
    assert "listed,1" in table.read_text()
    assert json.loads(cli("hearing", "figures", "--json").out)["listed"] == 1
    assert "Hearings listed" in cli("hearing", "figures").out
    assert "no_interpreter" in cli("hearing", "reasons").out


def test_loose_bookings_are_listed_and_carried_over(cli: Cli, court: Court) -> None:
    """From a hearing that is off to the other one of the case."""
    off, there = court.hearing("14:00", list_state="vacated"), court.hearing("16:00")
    booking_id = court.booking(off)
    assert "Vacated" in cli("hearing", "board", "loose").out
    assert cli("hearing", "move", booking_id, off, there).code == Exit.OK
    assert cli("hearing", "board", "loose").out == ""
    assert cli("hearing", "move", booking_id, off, there).code == Exit.NO_INPUT


def test_an_officer_closes_no_day(cli: Cli, court: Court) -> None:
    """A team leader does."""
    court.hearing("14:00")
    assert cli("hearing", "close").code == Exit.NOT_ALLOWED
