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


def _callbacks() -> Screen[Any]:
    from deskapp.screens.callbacks import CallbacksScreen

    return CallbacksScreen()


def _reports() -> Screen[Any]:
    from deskapp.screens.reports import ReportsScreen

    return ReportsScreen()


def _turnaround() -> Screen[Any]:
    from deskapp.screens.turnaround import TurnaroundScreen

    return TurnaroundScreen()


def _markers() -> Screen[Any]:
    from deskapp.screens.markers import MarkersScreen

    return MarkersScreen()


PLACES = (
    Place("enquiries", "E", N_("Enquiries: every contact"), Act.READ_CONTACTS, _enquiries),
    Place("callbacks", "B", N_("Callbacks: who is rung back"), Act.READ_CONTACTS, _callbacks),
    Place("markers", "M", N_("Markers: what waits for review"), Act.DECIDE_MARKERS, _markers),
    Place("reports", "R", N_("Reports: figures of the desk"), Act.READ_REPORTS, _reports),
    Place("turnaround", "T", N_("Turnaround: how long papers take"), Act.READ_CONTACTS, _turnaround),
)


def open_to(user: User) -> list[Place]:
    """The desks that ``user`` may go to."""
    return [place for place in PLACES if may(user, place.act)]
