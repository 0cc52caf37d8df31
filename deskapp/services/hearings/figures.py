"""The figures of hearing days: what was listed, how it ended, what was provided.

Source: hearings sheet, section 8.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import instant
from deskapp.i18n import N_, _, day, number
from deskapp.roles import Act
from deskapp.services.days import Days
from deskapp.services.hearings import bearings, order
from deskapp.services.hearings.day import Ready, State
from deskapp.services.hearings.links import LinkState
from deskapp.services.hearings.readiness import Bearing
from deskapp.services.hearings.results import NO_INTERPRETER, Outcome
from deskapp.services.interpreters.wall import start_of

if TYPE_CHECKING:
    from deskapp.data.connection import Connection
    from deskapp.services.hearings.acting import Acting


class Figure(StrEnum):
    """One number."""

    LISTED = "listed"
    COMPLETED = "completed"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"
    NOT_REACHED = "not_reached"
    NO_INTERPRETER = "no_interpreter"
    STARTED = "started"
    LATE = "late_starts"
    LATE_MINUTES = "late_minutes"
    PROVIDED = "needs_provided"
    NOT_PROVIDED = "needs_not_provided"
    LINKS = "links"
    LINKS_TESTED = "links_tested_before_start"


FIGURE_LABELS = {
    Figure.LISTED: N_("Hearings listed"),
    Figure.COMPLETED: N_("Completed"),
    Figure.ADJOURNED: N_("Adjourned"),
    Figure.CANCELLED: N_("Cancelled"),
    Figure.NOT_REACHED: N_("Not reached"),
    Figure.NO_INTERPRETER: N_("Adjourned: no interpreter"),
    Figure.STARTED: N_("Started, with a time"),
    Figure.LATE: N_("Started late"),
    Figure.LATE_MINUTES: N_("Minutes late in all"),
    Figure.PROVIDED: N_("Support needs provided"),
    Figure.NOT_PROVIDED: N_("Support needs not provided"),
    Figure.LINKS: N_("Video links"),
    Figure.LINKS_TESTED: N_("Links tested before start"),
}
SHARES = {
    Figure.COMPLETED: (Figure.LISTED,),
    Figure.ADJOURNED: (Figure.LISTED,),
    Figure.CANCELLED: (Figure.LISTED,),
    Figure.NOT_REACHED: (Figure.LISTED,),
    Figure.NO_INTERPRETER: (Figure.ADJOURNED,),
    Figure.LATE: (Figure.STARTED,),
    Figure.PROVIDED: (Figure.PROVIDED, Figure.NOT_PROVIDED),
    Figure.LINKS_TESTED: (Figure.LINKS,),
}
"""Of what a figure is a share."""
_OUTCOMES = {
    Outcome.COMPLETED: Figure.COMPLETED,
    Outcome.ADJOURNED: Figure.ADJOURNED,
    Outcome.CANCELLED: Figure.CANCELLED,
}


@dataclass(frozen=True)
class Figures:
    """The figures of some days at one court."""

    site: str
    days: Days
    counts: dict[Figure, int]

    def share(self, figure: Figure) -> str:
        """A figure in per cent, half up, one decimal; ``n/a`` without anything to share."""
        of = sum(self.counts[each] for each in SHARES[figure])
        if not of:
            return _("n/a")
        tenths = (self.counts[figure] * 2000 + of) // (2 * of)
        return f"{tenths // 10}.{tenths % 10}%"

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Each figure: what it is called, the number, its share; empty where it is none."""
        for figure, label in FIGURE_LABELS.items():
            share = self.share(figure) if figure in SHARES else ""
            yield _(label), number(self.counts[figure]), share


def count(connection: Connection, acting: Acting, site: str, days: Days) -> Figures:
    """The figures of days at one court.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    counts: Counter[Figure] = Counter()
    for ahead in range((days.last - days.first).days + 1):
        on = days.first + dt.timedelta(days=ahead)
        ids = [each[-1] for each in order.of_day(connection, site, on)]
        for bearing in bearings.each(connection, acting, ids):
            counts.update(_of_hearing(bearing))
    return Figures(site, days, {figure: counts[figure] for figure in Figure})


def _of_hearing(bearing: Bearing) -> Counter[Figure]:
    found: Counter[Figure] = Counter()
    if bearing.hearing.list_state == "removed_from_list":
        return found
    found[Figure.LISTED] = 1
    found[Figure.NOT_REACHED] = bearing.day.state is State.NOT_REACHED
    result = bearing.day.result
    started = None
    if result is not None and result.text("result") in list(Outcome):
        found[_OUTCOMES[Outcome(result.text("result"))]] = 1
        found[Figure.NO_INTERPRETER] = result.text("reason") == NO_INTERPRETER
        started = _started(bearing, result.text("start"))
    if started is not None and bearing.hearing.starts_at is not None:
        late = int((started - bearing.hearing.starts_at).total_seconds() // 60)
        found[Figure.STARTED] = 1
        found[Figure.LATE] = late > 0
        found[Figure.LATE_MINUTES] = max(0, late)
    for state, _reason in bearing.day.ticks.values():
        found[Figure.PROVIDED] += state is Ready.PROVIDED
        found[Figure.NOT_PROVIDED] += state is Ready.NOT_PROVIDED
    began = started or bearing.hearing.starts_at
    for link in bearing.links:
        found[Figure.LINKS] += 1
        in_time = began is None or (bool(link.tested_at) and instant(link.tested_at) <= began)
        found[Figure.LINKS_TESTED] += link.outcome is LinkState.OK and in_time
    return found


def _started(bearing: Bearing, text: str) -> dt.datetime | None:
    return start_of(bearing.hearing.day, dt.time.fromisoformat(text)) if text else None


def lines(found: Figures, site_name: str) -> list[str]:
    """The figures as a text."""
    rows = list(found.rows())
    width = max(len(label) for label, _count, _share in rows)
    heading = f"{site_name}  {day(found.days.first)}"
    if found.days.last != found.days.first:
        heading += f" - {day(found.days.last)}"
    table = [
        f"{label:<{width}}  {counted:>7}  {share:>6}".rstrip() for label, counted, share in rows
    ]
    return [heading, "", *table]
