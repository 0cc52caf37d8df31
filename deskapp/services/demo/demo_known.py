"""What is known of some invented people: how they may be reached, and their markers."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.roles import User
from deskapp.services.persons import marker_kinds

AMONG = 120
"""How many of the newest people may have something known about them."""
MARKERS = {
    "PF0002": (20, 200, 420), "PF0003": (60, 130), "PF0004": (9,), "PF0007": (30,), "PF0009": (90,),
    "PF0018": (15,),
}  # fmt: skip
"""Code -> days ago on which each of them was set; the old ones are past their review."""
ORDER_DAYS = 365
SAFE = (
    {"ok_to_call": "no", "ok_to_email": "yes", "note": "Ask for a different number each time."},
    {"ok_to_call": "yes", "ok_to_leave_message": "no", "ok_to_say_hmcts": "no"},
    {"ok_to_call": "yes", "ok_to_leave_message": "yes", "times": "After 5pm"},
    {"ok_to_call": "yes", "ok_to_say_hmcts": "no", "code_word": "bluebell"},
    {"ok_to_post": "no", "ok_to_email": "yes"},
)

Row = dict[str, Any]


def rows(
    connection: Connection, user: User, random: Random, now: dt.datetime
) -> dict[str, list[Row]]:
    """Safe-contact lines and markers of people in the store, each of another one."""
    newest = connection.execute("SELECT id FROM person ORDER BY id DESC LIMIT ?", (AMONG,))
    people = [str(row[0]) for row in newest.fetchall()]
    random.shuffle(people)
    wall_ms = int(now.timestamp() * 1000)
    common = {"home_site": user.site}

    def made(given: Row) -> Row:
        return {"id": new_id(wall_ms, random.randbytes), **common, **given}

    blank = dict.fromkeys(name for answers in SAFE for name in answers)
    safe = [
        made({"person_id": person, **{name: answers.get(name, "") for name in blank}})
        for answers, person in zip(SAFE, people, strict=False)
    ]
    today = local(now).date()
    set_on = [
        (code, today - dt.timedelta(days=ago)) for code, each in MARKERS.items() for ago in each
    ]
    marked = [
        made({"person_id": person, **_marker(code, day, user)})
        for (code, day), person in zip(set_on, people[len(safe) :], strict=False)
    ]
    return {"safe_contact": safe, "marker": marked}


def _marker(code: str, set_on: dt.date, user: User) -> Row:
    from deskapp.services.dates import add_months

    kind = marker_kinds.by_code(code)
    review = add_months(set_on, kind.review_months) if kind.review_months else None
    if kind.order:
        review = set_on + dt.timedelta(days=ORDER_DAYS)
    return {
        "code": kind.code,
        "words": kind.flag,
        "list_version": kind.version,
        "set_by": user.id,
        "set_on": set_on.isoformat(),
        "approved_by": user.id,
        "approved_on": set_on.isoformat(),
        "review_on": review.isoformat() if review else "",
        **dict.fromkeys(("case_key", "case_id", "ended_by", "ended_on", "end_reason"), ""),
        "source": f"{set_on.isoformat()} Invented order" if kind.order else "",
    }
