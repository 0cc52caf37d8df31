"""Bookings from the request to the signed timesheet, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import booking_start
from deskapp.screens.booking_form import BookingFormScreen
from deskapp.screens.booking_record import BookingScreen
from deskapp.screens.menu import Menu
from deskapp.services.interpreters import lines, worklists
from deskapp.services.interpreters.bookings import Status
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.pilots import choose, fill, press, settle, shown, small, told, value
from tests.services.interpreters.booking_desk import BookingDesk

Desk = Callable[..., DeskApp]
BATH = "fact:bath-law-courts-civil-family-and-magistrates"


@pytest.fixture
def bench(store: Store, user: User, clock: SetClock) -> BookingDesk:
    """The store of the desk with hearings and interpreters."""
    return BookingDesk(store, clock, user)


async def test_a_booking_for_a_hearing_is_sent_with_its_language_alone(
    desk: Desk, bench: BookingDesk
) -> None:
    """Everything else is on the list already."""
    hearing = bench.hearing()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        await booking_start.for_hearing(app, hearing)
        await settle(pilot)
        assert isinstance(app.screen, BookingFormScreen), told(app)
        assert value(app, "start") == "10:00"
        assert value(app, "for_name") == "Ann Example"
        assert "Under the contract" in shown(app)
        await choose(pilot, "language", "polish")
        await press(pilot, "f8", "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
    [line] = bench.read(lines.of_hearings, [hearing], user=bench.user)[hearing]
    assert (line.status, line.language_code) == (Status.REQUESTED, "pol")


async def test_the_day_from_arrival_to_both_signatures(
    desk: Desk, bench: BookingDesk, clock: SetClock
) -> None:
    """Late, a break, released, signed by the officer, agreed to by the interpreter."""
    line = bench.confirmed()
    clock.shows(line.starts_at)
    clock.passes(minutes=12)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "enter", "a", "c")
        assert "12 minutes late" in shown(app)
        clock.passes(minutes=48)
        await press(pilot, "b")
        clock.passes(minutes=15)
        await press(pilot, "b")
        clock.passes(minutes=60)
        await press(pilot, "s", "f8")
        assert "late 12" in shown(app)
        await press(pilot, "y")
        assert isinstance(app.screen, BookingScreen), told(app)
        assert "NOT AGREED" not in shown(app)
    kept = bench.record(line)
    assert kept.line.status is Status.FULFILLED
    [sheet] = kept.sheets
    assert (sheet.minutes.late, sheet.minutes.breaks, sheet.minutes.overrun) == (12, 15, 15)
    assert sheet.acknowledged_by == "Marta Przyklad"


async def test_who_is_booked_already_is_not_entered_and_three_things_are_offered(
    desk: Desk, bench: BookingDesk
) -> None:
    """Another person who is free, or another time of that day, if the hearing moves as well."""
    marta = bench.interpreter("Marta Przyklad")
    bench.interpreter("Cara Esempio")
    bench.assigned(marta)
    line = bench.booked(start="11:00", end="13:00", hearings=bench.hearing(start="11:00"))
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open("booking", line.id)
        await settle(pilot)
        await press(pilot, "i")
        await choose(pilot, "interpreter", "marta")
        await press(pilot, "f8")
        said = shown(app)
        assert "Booked already at that time" in said
        assert "Cara Esempio, who is free then" in said
        assert "At 12:00: free, NOT AT THE HEARING 11:00" in said
        await press(pilot, "2")
        assert "ZZ26P0001 begins at 11:00." in shown(app)
        await press(pilot, "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
        assert "NOT AT THE TIME of its hearing: 11:00" in shown(app)
    kept = bench.record(line).line
    assert (kept.interpreter, f"{kept.start:%H:%M}") == ("Marta Przyklad", "12:00")
    assert f"{kept.end:%H:%M}" == "14:00"


async def test_a_name_that_the_register_lacks_is_added_after_a_yes(
    desk: Desk, bench: BookingDesk
) -> None:
    """The portal names whom it likes; the officer must not leave the form for that."""
    line = bench.booked()
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open("booking", line.id)
        await settle(pilot)
        await press(pilot, "i")
        await fill(pilot, interpreter="Ann [/b] New", supplier_ref="LW-1")
        await press(pilot, "f8", "a")
        assert isinstance(app.screen, BookingScreen), shown(app)
    kept = bench.record(line)
    assert (kept.line.interpreter, kept.line.supplier_ref) == ("Ann [/b] New", "LW-1")
    assert kept.interpreter is not None
    assert kept.interpreter.languages == ("pol",)


async def test_too_little_time_to_travel_asks_why_beside_its_field(
    desk: Desk, bench: BookingDesk
) -> None:
    """It warns: with a reason the officer goes on, as with a language that is not known of her."""
    marta = bench.interpreter(languages="French")
    bench.assigned(marta, site=BATH)
    line = bench.booked(start="12:10", end="14:10")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open("booking", line.id)
        await settle(pilot)
        await press(pilot, "i")
        await choose(pilot, "interpreter", "marta")
        await press(pilot, "f8")
        assert "10 minutes to get there, 30 are needed" in shown(app)
        await fill(pilot, travel_reason="By taxi, agreed with Bath")
        await press(pilot, "f8")
        assert "The register does not have this language for them" in shown(app)
        await press(pilot, "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
        assert "The register does not have this language for them" in shown(app)
    assert bench.record(line).line.interpreter == "Marta Przyklad"


async def test_a_time_that_the_clocks_show_twice_is_asked_for_by_a_letter(
    desk: Desk, bench: BookingDesk
) -> None:
    """The night on which the clocks go back has two half past ones."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i", "ctrl+n")
        await choose(pilot, "language", "polish")
        await fill(pilot, day="31 10 2027", start="1:30", end="3:00")
        await press(pilot, "f8")
        assert "twice" in shown(app)
        await press(pilot, "s", "y")
        assert isinstance(app.screen, BookingScreen), shown(app)
    [line] = bench.read(worklists.page, Want(), bench.acting, Which.COMING).lines
    assert f"{line.starts_at:%H:%M}" == "01:30"


async def test_every_code_of_the_form_stands_beside_its_field_in_words(
    desk: Desk, bench: BookingDesk
) -> None:
    """What must be put right says what to do; what warns stops nothing."""
    wanted: tuple[tuple[dict[str, str], dict[str, str], str], ...] = (
        ({}, {}, "Choose the language, or type it"),
        ({"language": "polish"}, {"other_language": "Example"}, "Give the language once"),
        ({}, {"language": "Nonsense"}, "The list has no such language"),
        ({"kind": "sign", "language": "polish"}, {}, "does not go with the kind"),
        ({}, {"other_language": "x" * 81}, "Shorten the language to 80"),
        ({"language": "welsh", "route": "under"}, {}, "Choose that route"),
        (
            {"kind": "intermediary"},
            {"start": "10:00", "end": "11:00", "day": "2 12 2026"},
            "The assessment must be finished",
        ),
        ({"language": "polish", "route": "off"}, {}, "Say why the contract cannot be used"),
        ({"language": "polish"}, {"day": "28 3 2027", "start": "1:30"}, "clocks skip this time"),
        ({"language": "polish"}, {"start": "12:00", "end": "11:00"}, "end must be after"),
        ({"language": "polish"}, {"day": "17 11 2026"}, "The start has passed already"),
        ({"language": "polish"}, {"end": "10:30"}, "Shorter than the shortest time"),
        ({"language": "polish"}, {"day": "19 11 2026"}, "Short notice"),
        ({"language": "british"}, {"end": "15:00"}, "Ask for a second interpreter"),
    )
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "i")
        for chosen, typed, words in wanted:
            await press(pilot, "ctrl+n")
            await fill(pilot, **{"day": "2 12 2026", "start": "10:00", "end": "12:00", **typed})
            for name, text in chosen.items():
                await choose(pilot, name, text)
            if words not in shown(app):
                await press(pilot, "f8")
            assert words in " ".join(shown(app).split()), (chosen, typed, shown(app))
            if isinstance(app.screen, Menu):
                await press(pilot, "escape")
            await press(pilot, "ctrl+t", "y")
