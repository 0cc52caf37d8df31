"""Invented cases of several schemes: some overdue, a grave fault, a key that is out.

They are events as an officer would have caused them; the engine works out how the cases stand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import chain

from deskapp import paths
from deskapp.clock import stamp
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.services.casework import daily
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Kind
from deskapp.services.casework.values import day_of
from deskapp.services.demo import demo_days
from deskapp.services.demo.demo_office import Office, Row, Rows
from deskapp.services.demo.demo_story import Step, Story, ago, day
from deskapp.text import compact


def rows(office: Office, book: Rulebook) -> Rows:
    """The rows of every invented case, each family with the officer who looks after it."""
    made: dict[str, list[Row]] = {"case_record": [], "case_event": []}
    owners = [office.user.id, *(row["id"] for row in office.colleague_rows)]
    days = demo_days.stories(
        office.now, office.user.site, daily.rules(paths.settings_folder()), book.calendar
    )
    for number, story in enumerate(chain(stories(office.now), days)):
        owner_id = owners[number // 2 % len(owners)] if number % 2 else office.user.id
        record, happened = _rows(office, book, story, owner_id)
        made["case_record"].append(record)
        made["case_event"] += happened
    made["case_event"].sort(key=lambda row: str(row["at"]))
    return made


def stories(now: dt.datetime) -> Iterator[Story]:
    """The invented cases, told from ``now``."""
    yield Story(
        "building_issue",
        now - dt.timedelta(minutes=40),
        {"kind": "building", "room": "Court 2", "what": "Ceiling tiles came down, water above",
         "danger": "life", "effect": "court_cannot_sit"},
    )  # fmt: skip
    yield Story(
        "building_issue",
        ago(now, 9),
        {"kind": "facilities", "room": "Waiting area", "what": "Hot tap drips",
         "danger": "none", "effect": "nuisance"},
    ).then(ago(now, 8), Kind.DO, "report", helpdesk_ref="HD-40118")  # fmt: skip
    yield Story("key", ago(now, 26), {"number": "A 14", "level": "area", "hook": "7"}).then(
        ago(now, 1), Kind.DO, "issue", holder="Lowri Gittins", holder_authorised="yes",
        issued_at=ago(now, 1).isoformat(),
    )  # fmt: skip
    yield Story("key", ago(now, 26), {"number": "GM 1", "level": "grand_master", "hook": "1"})
    yield _participant(now)
    yield _caution(now)
    yield Story(
        "omu_hdc",
        ago(now, 12),
        {"prisoner": "Cormac Tranter", "hdced": day(now, 85), "crd": day(now, 200)},
    ).then(ago(now, 10), Kind.CLOSE, "eligibility", _outcome="done")
    yield Story(
        "listing_request",
        ago(now, 4),
        {"case_ref": "QQ12X09991", "hearing_type": "Directions", "urgency": "none"},
    )


def _participant(now: dt.datetime) -> Story:
    """Somebody on an order of the intensive supervision court, after the first reviews."""
    story = Story(
        "isc",
        ago(now, 110),
        {"participant": "Angharad Pickersgill", "psr_requested_on": day(now, -110),
         "psr_type": "standard", "cohort": "substance_misuse"},
    )  # fmt: skip
    return (
        story.then(
            ago(now, 92), Kind.DO, "suitable",
            psr_received_on=day(now, -93), sentence_hearing_on=day(now, -80),
        )
        .then(
            ago(now, 80), Kind.DO, "sentence",
            sentenced_on=day(now, -80), order_type="community_order",
            order_ends_on=day(now, 285), requirements=["drug_rehabilitation", "curfew"],
            judge="HHJ Invented", probation_officer="Iolo Hargrave",
        )
        .then(ago(now, 49), Kind.CLOSE, "review#1", attended="yes", progress=4, _outcome="held")
        .then(ago(now, 30), Kind.DO, "privilege", _note="Praised by the judge, book token")
    )  # fmt: skip


def _caution(now: dt.datetime) -> Story:
    """A conditional caution with a course that is not done yet."""
    story = Story(
        "cond_caution",
        ago(now, 60),
        {"offender": "Stuart Wetherby", "offence": "Criminal damage", "offence_class": "summary",
         "offence_on": day(now, -75), "victim_updates": "no"},
    )  # fmt: skip
    return (
        story.then(
            ago(now, 60), Kind.ADD, "condition", text="Drug awareness course",
            aim="rehabilitative", hours=8, _name="c1",
        )
        .then(
            ago(now, 60), Kind.ADD, "condition", text="Pay for the window",
            aim="reparative", amount="85.00", _name="c2",
        )
        .then(
            ago(now, 59), Kind.DO, "give",
            given_on=day(now, -59), authorised_by="Sgt Invented",
        )
        .then(ago(now, 20), Kind.CLOSE, "c2", _outcome="complied")
    )  # fmt: skip


def _rows(office: Office, book: Rulebook, story: Story, owner_id: str) -> tuple[Row, Sequence[Row]]:
    scheme = book.in_force(story.scheme, day_of(story.at))
    case_id = story.case_id or _id(office, story.at)
    ref = new_ref(scheme.prefix, office.random.choice)
    record: Row = {
        "id": case_id,
        "home_site": office.user.site,
        "ref": ref,
        "ref_key": compact(ref),
        "scheme": scheme.id,
        "family_id": case_id,
        "owner_id": owner_id,
        "external_refs": "",
        "created_at": stamp(story.at),
    }
    first = Step(story.at, Kind.OPEN, scheme.id, story.values)
    steps = [first, *story.steps]
    return record, [_event(office, step, case_id, owner_id, scheme.version) for step in steps]


def _event(office: Office, step: Step, case_id: str, owner_id: str, version: int) -> Row:
    return {
        "id": _id(office, step.at),
        "home_site": office.user.site,
        "at": stamp(step.at),
        "officer_id": owner_id,
        "family_id": case_id,
        "case_id": case_id,
        "kind": step.kind.value,
        "roles": "officer",
        "what": step.what,
        "version": version if step.kind is Kind.OPEN else 0,
        "answers": json.dumps(step.values, ensure_ascii=False),
        **dict.fromkeys(("note", "name", "outcome", "due", "child_id", "parent_id"), ""),
        **step.given,
    }


def _id(office: Office, moment: dt.datetime) -> str:
    return new_id(int(moment.timestamp() * 1000), office.random.randbytes)
