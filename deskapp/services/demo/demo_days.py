"""Invented days of an office: its daily list, its diary, its meetings, who needs help to leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from deskapp.clock import LONDON
from deskapp.services import desk
from deskapp.services.casework import daily
from deskapp.services.casework.daily import DailyLine
from deskapp.services.casework.events import Kind
from deskapp.services.casework.values import day_of, start_of
from deskapp.services.dates import Calendar
from deskapp.services.demo.demo_story import Story, ago, day

BOOKED = {
    "HHJ Invented": (
        (0, 10, 13, "sitting"),
        (0, 12, 14, "meeting"),
        (1, 10, 16, "sitting"),
        (3, 9, 12, "reading"),
    ),
    "Court 2": ((0, 10, 13, "sitting"), (2, 10, 15, "sitting")),
}
"""Whose diary: how many working days ahead, from which hour to which, and what for."""
PEEP_HELPERS = ("Rhian Cadwaladr-Poole", "Desmond Attlebridge")


def stories(
    now: dt.datetime, site: str, lines: Sequence[DailyLine], calendar: Calendar
) -> Iterator[Story]:
    """The invented cases of these days, told from ``now``."""
    yield _daily_list(now, site, lines)
    for whose, booked in BOOKED.items():
        yield _diary(now, whose, booked, calendar)
    series = Story(
        "meeting_series",
        ago(now, 21),
        {"variant": "joint_case_management", "name": "Joint case management", "every": "week",
         "chair": "HHJ Invented", "first_on": day(now, -21)},
    )  # fmt: skip
    for number, days in enumerate((14, 14, 7), start=1):
        series.then(ago(now, days), Kind.CLOSE, f"hold#{number}", _outcome="done")
    yield series
    yield from _meetings(now)
    yield _plan(now, "Meredith Ollerenshaw", rooms="Office, second floor", needs=["mobility"],
                refuge_point="Stair B, second floor", equipment="Evacuation chair 2",
                kind="standing", relation="staff")  # fmt: skip
    yield _plan(now, "Prosper Nightingale-Ade", rooms="Court 2", needs=["hearing"],
                alarm_noticed="Sees the flashing light; tell by hand sign in the lift lobby",
                kind="visit", relation="witness", visit_on=day(now, 0))  # fmt: skip


def _daily_list(now: dt.datetime, site: str, lines: Sequence[DailyLine]) -> Story:
    """The list of today; what was due in the last hours is done, but for the newest."""
    on = day_of(now)
    begun = min(now, start_of(on, dt.time(8, 45)))
    story = Story(
        daily.SCHEME,
        begun,
        {"site": desk.site_name(site, "en"), "day": on.isoformat()},
        case_id=daily.id_of(site, on),
    )
    for number, line in enumerate(lines, start=1):
        what = daily.LINE if line.required else daily.EXTRA
        due = start_of(on, line.by).isoformat()
        name = f"{daily.LINE}_{number}"
        story.then(begun, Kind.ADD, what, text=line.text.en, _due=due, _name=name)
    over = [number for number, line in enumerate(lines, start=1) if start_of(on, line.by) < now]
    for number in over[:-1]:
        at = min(now, start_of(on, lines[number - 1].by))
        story.then(max(begun, at), Kind.CLOSE, f"{daily.LINE}_{number}", _outcome="done")
    return story


def _diary(
    now: dt.datetime,
    of: str,
    booked: Sequence[tuple[int, int, int, str]],
    calendar: Calendar,
) -> Story:
    """The diary of a judge or a room; where bookings overlap, the warning is seen."""
    story = Story("diary", ago(now, 14), {"of": of})
    today = calendar.working_day_on_or_after(day_of(now))
    for number, (ahead, first, last, what) in enumerate(booked, start=1):
        on = calendar.add_working_days(today, ahead)
        start, end = (dt.datetime.combine(on, dt.time(hour), LONDON) for hour in (first, last))
        story.then(
            ago(now, 7), Kind.ADD, "booking",
            resource=of, start=start.isoformat(), end=end.isoformat(), what=what,
            _name=f"b{number}",
        )  # fmt: skip
    return story


def _meetings(now: dt.datetime) -> Iterator[Story]:
    """One that was held and left something to do, and the next one."""
    held = Story(
        "meeting",
        ago(now, 12),
        {"meeting_on": day(now, -7), "place": "Room 3", "chair": "HHJ Invented"},
    )
    yield (
        held.then(ago(now, 12), Kind.ADD, "agenda_line", text="Reviews of next week", _name="a1")
        .then(ago(now, 9), Kind.DO, "send_papers")
        .then(ago(now, 7), Kind.DO, "hold", attendance="All", decisions="Court 2 on Fridays")
        .then(
            ago(now, 7), Kind.ADD, "action", text="Ask probation for the missing reports",
            owner="Iolo Hargrave", _name="t1", _due=day(now, 2),
        )
    )  # fmt: skip
    coming = Story(
        "meeting",
        ago(now, 5),
        {"meeting_on": day(now, 4), "place": "Room 3", "chair": "HHJ Invented"},
    )
    yield coming.then(
        ago(now, 5), Kind.ADD, "agenda_line", text="Reports that were late", _name="a1"
    )


def _plan(now: dt.datetime, person: str, **told: object) -> Story:
    """A plan in force, with its helpers."""
    story = Story("peep", ago(now, 60), {"person": person, **told})
    for number, name in enumerate(PEEP_HELPERS, start=1):
        story.then(ago(now, 59), Kind.ADD, "helper", name=name, _name=f"h{number}")
    agreed = {"agreed_on": day(now, -57), "agreed_by_person": "yes"}
    return (
        story.then(ago(now, 59), Kind.DO, "draft")
        .then(ago(now, 57), Kind.DO, "agree", **agreed)
        .then(ago(now, 56), Kind.DO, "put_in_force", helpers_trained_on=day(now, -90))
        .then(ago(now, 54), Kind.CLOSE, "brief_helpers", _outcome="done")
    )
