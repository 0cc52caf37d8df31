"""Where one can go from every screen: each desk once, with its letter and who may go there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from textual.screen import Screen

from deskapp.i18n import N_
from deskapp.roles import Act, User, may


class Place(NamedTuple):
    """A desk that the Go to menu leads to."""

    name: str
    letter: str
    label: str
    """Untranslated."""
    act: Act
    """What one must be allowed to do to go there."""
    screen: Callable[[], Screen[Any]]
    """Imports the screen and makes it."""


def _enquiries() -> Screen[Any]:
    from deskapp.screens.enquiries import EnquiriesScreen

    return EnquiriesScreen()


def _casework() -> Screen[Any]:
    from deskapp.screens.cases import CasesScreen

    return CasesScreen()


def _daily() -> Screen[Any]:
    from deskapp.screens.daily import DailyScreen

    return DailyScreen()


def _diary() -> Screen[Any]:
    from deskapp.screens.diary import DiaryScreen

    return DiaryScreen()


def _case_reports() -> Screen[Any]:
    from deskapp.screens.case_reports import CaseReportsScreen

    return CaseReportsScreen()


def _leaving() -> Screen[Any]:
    from deskapp.screens.leaving import LeavingScreen

    return LeavingScreen()


PLACES = (
    Place("enquiries", "E", N_("Enquiries: every contact"), Act.READ_CONTACTS, _enquiries),
    Place("casework", "C", N_("Casework: every case and what is due"), Act.READ_CASES, _casework),
    Place("daily", "Y", N_("Daily list: what must be done today"), Act.READ_CASES, _daily),
    Place("diary", "D", N_("Diary: judges, rooms and staff"), Act.READ_CASES, _diary),
    Place("case_reports", "S", N_("Reports of cases, by scheme"), Act.READ_CASES, _case_reports),
    Place("leaving", "L", N_("Who needs help to leave the building"), Act.READ_CASES, _leaving),
)


def open_to(user: User) -> list[Place]:
    """The desks that ``user`` may go to."""
    return [place for place in PLACES if may(user, place.act)]
