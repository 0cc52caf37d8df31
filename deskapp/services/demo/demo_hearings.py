"""What hangs on the invented hearings: rooms, support needs, a link, and how far today has come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from deskapp.clock import instant, stamp
from deskapp.data.ids import new_id
from deskapp.services.demo.demo_office import Office, Row, Rows
from deskapp.services.hearings import flags, parties
from deskapp.services.hearings.day import Presence, Ready, State
from deskapp.services.hearings.events import Code
from deskapp.services.hearings.links import LinkState
from deskapp.services.hearings.needs import Status
from deskapp.services.hearings.rooms import key_of, room_id
from deskapp.services.interpreters.wall import MINUTE

FACILITIES = {
    "Court 1": ("AF-WS", "AF-SD", "step_free", "hearing_loop"),
    "Court 2": ("AF-VC", "step_free"),
    "Court 3": (),
}
"""What is in some rooms; of the others nobody said it yet."""
NEEDS = (
    (0, "SM0002", "Screen while giving evidence"),
    (2, "RA0043", ""),
    (3, "RA0019", ""),
    (5, "RA0024", "A chair with arms"),
    (6, "SM0003", "From the witness suite"),
)
"""Which hearing of a day, the flag, and the comment."""
DAY = (State.PARTIES_READY, State.CALLED_ON, State.IN_PROGRESS)
"""How far a hearing that has begun has come."""


def rows(office: Office, hearings: list[Row]) -> Rows:
    """Rooms, needs, a link and events of the hearings of one court, by table."""
    site, now = office.user.site, stamp(office.now)
    by_day: dict[str, list[Row]] = {}
    for hearing in hearings:
        by_day.setdefault(hearing["day"], []).append(hearing)
    made: dict[str, list[Row]] = {
        "room": [
            {
                "id": room_id(site, name), "home_site": site, "site": site, "name": name,
                "name_key": key_of(name), "facilities": json.dumps(codes),
            }
            for name, codes in FACILITIES.items()
        ],
        "support_need": [],
        "video_link": [],
        "hearing_event": [],
    }  # fmt: skip
    for listed in by_day.values():
        for at, flag, comment in NEEDS:
            made["support_need"].append(_need(office, listed[at], flag, comment))
        made["video_link"].append(
            {
                "id": _id(office), "home_site": site, "hearing_id": listed[6]["id"], "kind": "CVP",
                "address": "Room 6", "outcome": LinkState.NOT_TESTED.value, "tested_at": "",
                "tested_by": "", "note": "",
            }
        )  # fmt: skip
    first = made["support_need"][0]
    for hearing in hearings:
        if hearing["starts_at"] <= now:
            made["hearing_event"] += _begun(office, hearing)
    told = {"need": first["id"], "flag": first["flag"], "state": Ready.READY.value}
    made["hearing_event"].append(_event(office, hearings[0], Code.TICK, told, 0))
    return made


def _need(office: Office, hearing: Row, flag: str, comment: str) -> Row:
    [party] = parties.read(hearing["parties"])
    status = flags.flags()[flag].default_status
    granted = status == Status.ACTIVE
    return {
        "id": _id(office), "home_site": office.user.site, "person_id": "",
        "case_key": hearing["case_key"], "case_ref": hearing["case_ref"],
        "party_key": party.key, "party_name": party.name, "party_role": party.role,
        "hearing_id": hearing["id"], "flag": flag, "language_code": "", "comment": comment,
        "status": status, "decided_by": "DJ Example" if granted else "",
        "decided_at": stamp(office.now) if granted else "", "made_at": stamp(office.now),
        "made_by": office.user.id, "changed_at": "", "changed_by": "",
    }  # fmt: skip


def _begun(office: Office, hearing: Row) -> Iterator[Row]:
    """What was recorded of a hearing whose time has come."""
    [party] = parties.read(hearing["parties"])
    here = {"party": party.key, "state": Presence.HERE.value, "channel": ""}
    yield _event(office, hearing, Code.PARTY, here, -5)
    for minute, state in enumerate(DAY):
        yield _event(office, hearing, Code.MOVE, {"to": state.value, "back": False}, minute)


def _event(office: Office, hearing: Row, code: Code, data: dict[str, Any], minute: int) -> Row:
    at = min(instant(hearing["starts_at"]) + minute * MINUTE, office.now)
    return {
        "id": _id(office), "home_site": office.user.site, "at": stamp(at),
        "officer_id": office.user.id, "role": office.user.role.value,
        "hearing_id": hearing["id"], "code": code.value, "data": json.dumps(data),
    }  # fmt: skip


def _id(office: Office) -> str:
    return new_id(int(office.now.timestamp() * 1000), office.random.randbytes)
