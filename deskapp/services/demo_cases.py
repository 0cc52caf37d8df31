"""Invented cases of several schemes: some overdue, a grave fault, a key that is out.

They are events as an officer would have caused them; the engine works out how the cases stand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deskapp.clock import LONDON, stamp
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Kind
from deskapp.services.casework.values import day_of
from deskapp.services.demo_office import Office, Row, Rows
from deskapp.text import compact


class Step(NamedTuple):
    """One thing that was done with a case; its fields are those of the event."""

    at: dt.datetime
    kind: Kind
    what: str = ""
    values: Mapping[str, object] = {}
    given: Mapping[str, str] = {}


@dataclass
class Story:
    """A case from its opening on."""

    scheme: str
    at: dt.datetime
    values: Mapping[str, object]
    steps: list[Step] = field(default_factory=list)

    def then(self, at: dt.datetime, kind: Kind, what: str = "", **values: object) -> Story:
        """The story with one more step; what begins with ``_`` belongs to the event itself."""
        given = {name[1:]: str(text) for name, text in values.items() if name.startswith("_")}
        answers = {name: each for name, each in values.items() if not name.startswith("_")}
        self.steps.append(Step(at, kind, what, answers, given))
        return self


def rows(office: Office, book: Rulebook) -> Rows:
    """The rows of every invented case, each family with the officer who looks after it."""
    made: dict[str, list[Row]] = {"case_record": [], "case_event": []}
    owners = [office.user.id, *(row["id"] for row in office.colleague_rows)]
    for number, story in enumerate(stories(office.now)):
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
        _ago(now, 9),
        {"kind": "facilities", "room": "Waiting area", "what": "Hot tap drips",
         "danger": "none", "effect": "nuisance"},
    ).then(_ago(now, 8), Kind.DO, "report", helpdesk_ref="HD-40118")  # fmt: skip
    yield Story("key", _ago(now, 26), {"number": "A 14", "level": "area", "hook": "7"}).then(
        _ago(now, 1), Kind.DO, "issue", holder="Lowri Gittins", holder_authorised="yes",
        issued_at=_ago(now, 1).isoformat(),
    )  # fmt: skip
    yield Story("key", _ago(now, 26), {"number": "GM 1", "level": "grand_master", "hook": "1"})
    yield _participant(now)
    yield _caution(now)
    yield Story(
        "omu_hdc",
        _ago(now, 12),
        {"prisoner": "Cormac Tranter", "hdced": _day(now, 85), "crd": _day(now, 200)},
    ).then(_ago(now, 10), Kind.CLOSE, "eligibility", _outcome="done")
    yield Story(
        "listing_request",
        _ago(now, 4),
        {"case_ref": "QQ12X09991", "hearing_type": "Directions", "urgency": "none"},
    )


def _participant(now: dt.datetime) -> Story:
    """Somebody on an order of the intensive supervision court, after the first reviews."""
    story = Story(
        "isc",
        _ago(now, 110),
        {"participant": "Angharad Pickersgill", "psr_requested_on": _day(now, -110),
         "psr_type": "standard", "cohort": "substance_misuse"},
    )  # fmt: skip
    return (
        story.then(
            _ago(now, 92), Kind.DO, "suitable",
            psr_received_on=_day(now, -93), sentence_hearing_on=_day(now, -80),
        )
        .then(
            _ago(now, 80), Kind.DO, "sentence",
            sentenced_on=_day(now, -80), order_type="community_order",
            order_ends_on=_day(now, 285), requirements=["drug_rehabilitation", "curfew"],
            judge="HHJ Invented", probation_officer="Iolo Hargrave",
        )
        .then(_ago(now, 49), Kind.CLOSE, "review#1", attended="yes", progress=4, _outcome="held")
        .then(_ago(now, 30), Kind.DO, "privilege", _note="Praised by the judge, book token")
    )  # fmt: skip


def _caution(now: dt.datetime) -> Story:
    """A conditional caution with a course that is not done yet."""
    story = Story(
        "cond_caution",
        _ago(now, 60),
        {"offender": "Stuart Wetherby", "offence": "Criminal damage", "offence_class": "summary",
         "offence_on": _day(now, -75), "victim_updates": "no"},
    )  # fmt: skip
    return (
        story.then(
            _ago(now, 60), Kind.ADD, "condition", text="Drug awareness course",
            aim="rehabilitative", hours=8, _name="c1",
        )
        .then(
            _ago(now, 60), Kind.ADD, "condition", text="Pay for the window",
            aim="reparative", amount="85.00", _name="c2",
        )
        .then(
            _ago(now, 59), Kind.DO, "give",
            given_on=_day(now, -59), authorised_by="Sgt Invented",
        )
        .then(_ago(now, 20), Kind.CLOSE, "c2", _outcome="complied")
    )  # fmt: skip


def _rows(office: Office, book: Rulebook, story: Story, owner_id: str) -> tuple[Row, Sequence[Row]]:
    scheme = book.in_force(story.scheme, day_of(story.at))
    case_id = _id(office, story.at)
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


def _ago(now: dt.datetime, days: int) -> dt.datetime:
    """Twenty past nine, so many days ago."""
    day = now.astimezone(LONDON).date() - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(9, 20), LONDON).astimezone(dt.UTC)


def _day(now: dt.datetime, ahead: int) -> str:
    return (now.astimezone(LONDON).date() + dt.timedelta(days=ahead)).isoformat()
