"""A hearing with everything that hangs on it, whose texts ``poison`` then spoils."""

from __future__ import annotations

import datetime as dt
import json

from deskapp.clock import LONDON, local, stamp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import local_files
from deskapp.services.hearings import events, ground_rules, links, needing, resulting, rooms, steps
from deskapp.services.hearings.acting import acting_on
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.links import LinkState
from deskapp.services.hearings.need_drafts import NeedDraft
from tests.builders import SITE
from tests.pty.hostile import MARKED


def make(store: Store, user: User) -> str:
    """The id of a hearing of this very day with a need, a link, a note and a result elsewhere.

    The screens are looked at in real time, so the day is the real one.
    """
    now = dt.datetime.now(dt.UTC)
    acting = acting_on(user, now, local_files.SHIPPED)
    first, other = _hearing(store, now, "23:10"), _hearing(store, now, "23:50")
    write, need_id, link_id = store.call_write, new_id(), new_id()
    need = NeedDraft("SM0002", "ann", "Ann", comment="A screen", named=("Bob",))
    write(needing.add, acting, first, need, need_id=need_id)
    unmet = (first, need_id, Ready.NOT_PROVIDED, "Broken")
    write(needing.tick, acting, *unmet, event_id=new_id())
    write(links.keep, acting, first, "CVP", "Room 42", link_id=link_id)
    write(links.record_test, acting, link_id, LinkState.FAULT, "No sound")
    write(rooms.equip, acting, SITE, "Court 1", [])
    write(steps.note, acting, first, "Rang the prison", event_id=new_id())
    agreed = {"held_on": "today", "attended": "The judge", "rules": "Short questions"}
    write(ground_rules.keep, acting, first, agreed, event_id=new_id())
    over = {"result": "cancelled", "reason": "other", "reason_text": "Burst pipe"}
    write(resulting.give, acting, other, over, event_id=new_id())
    told = {"to": MARKED, "party": MARKED, "state": MARKED, "flag": MARKED, "day": MARKED}
    for code in events.Code:
        write(events.add, acting, first, code, told)
    return first


def _hearing(store: Store, now: dt.datetime, start: str) -> str:
    from deskapp.data.hearing_tables import Hearing

    hearing_id, day = new_id(), local(now).date()
    begin = dt.datetime.combine(day, dt.time.fromisoformat(start), LONDON)
    row = Hearing(
        id=hearing_id,
        home_site=SITE,
        site=SITE,
        day=day.isoformat(),
        start=start,
        starts_at=stamp(begin),
        minutes=60,
        room="Court 1",
        case_ref="ZZ26P00009",
        case_key="ZZ26P00009",
        parties=json.dumps([{"role": "Witness", "name": "Ann"}]),
    )
    store.call_write(lambda session: session.add(row))
    return hearing_id
