"""How the complaints screens look; read the difference, then update with ``--snapshot-update``."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.complaints import log
from deskapp.services.complaints.events import Code
from tests.builders import SetClock
from tests.screens.test_looks import SMALL, WIDE, Step, steps
from tests.services.complaints.office import ComplaintOffice

Desk = Callable[..., DeskApp]
PEOPLE = ("Ann Example", "Siân Sample", "", "Bob [/b] Invented", "Llinos Prys-Davies")
ABOUT = ("DEL", "COR", "TEL", "BLD", "FEE", "ATT")
LIST = ("ctrl+g", "u", "right")
RECORD = (*LIST, "down", "down", "down", "enter")


@pytest.fixture(autouse=True)
def _fixed_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are random; in a picture they are not."""
    numbers = itertools.count(1)

    def new_ref(prefix: str) -> str:
        digits = f"{next(numbers):03}".translate(str.maketrans("0125", "WXYZ"))
        return f"{prefix}-7KM-4X9-{digits}"

    monkeypatch.setattr(log, "new_ref", new_ref)


@pytest.fixture
def complaints_desk(desk: Desk, store: Store, user: User, clock: SetClock) -> DeskApp:
    """A desk with complaints that are late, due, held, answered, and one that must be told of."""
    office = ComplaintOffice(store, clock, user)
    begun = clock.moment
    for number in range(12):
        clock.shows(begun - dt.timedelta(days=2 * number))
        name = PEOPLE[number % len(PEOPLE)]
        line = office.log(
            categories=ABOUT[number % len(ABOUT)],
            person_name=name,
            anonymous="" if name else "yes",
            staff_unknown="yes",
            summary=f"Waited {number + 2} weeks for an answer",
            phone=f"01632 9600{number:02}",
            owner=user.id if number % 3 else "",
        )
        if number == 8:
            office.take(user, line.id, Code.HOLDING_REPLY, note="Waits for the file",
                        revised_on="27 Nov 2026", channel="phone")  # fmt: skip
        if number == 7:
            office.answer(user, line.id, note="Sent with an apology")
    clock.shows(begun)
    return desk()


@pytest.mark.parametrize(
    ("before", "size", "language"),
    [
        pytest.param(steps(*LIST), SMALL, "en", id="list"),
        pytest.param(steps(*LIST), WIDE, "en", id="list-wide"),
        pytest.param(steps(*RECORD), SMALL, "en", id="record"),
        pytest.param(steps(*RECORD), SMALL, "cy", id="record-welsh"),
        pytest.param(steps(*RECORD, "f9"), SMALL, "en", id="dates"),
        pytest.param(steps("ctrl+g", "u", "ctrl+n"), SMALL, "en", id="form"),
        pytest.param(steps(*RECORD, "1", "a"), SMALL, "en", id="letter"),
        pytest.param(steps(*RECORD, "1", "c"), WIDE, "en", id="pack-wide"),
        pytest.param(steps("ctrl+g", "r", "u"), SMALL, "en", id="figures"),
        pytest.param(steps("ctrl+g", "r", "u", "enter", "l"), WIDE, "en", id="lessons-wide"),
    ],
)
def test_complaints(
    before: Step,
    size: tuple[int, int],
    language: str,
    complaints_desk: DeskApp,
    snap_compare: Any,
) -> None:
    """The list, a record, why its date is what it is, the form, its papers and the figures."""
    i18n.use(language)
    complaints_desk.use(complaints_desk.store)
    assert snap_compare(complaints_desk, run_before=before, terminal_size=size)


def test_complaints_without_colour(
    monkeypatch: pytest.MonkeyPatch, complaints_desk: DeskApp, desk: Desk, snap_compare: Any
) -> None:
    """What is late and what must be told of is said in words."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(desk(), run_before=steps(*LIST), terminal_size=SMALL)
