"""Invented complaints in every state: in time and late, held, reviewed, redirected, in conflict.

Some grew from contacts of people who were dissatisfied. The fold works out how each stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deskapp import paths
from deskapp.clock import LONDON, instant, stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref, parse
from deskapp.roles import Role
from deskapp.services import kinds
from deskapp.services.complaints import categories, deadlines, duplicates
from deskapp.services.complaints.acting import Acting, acting_on
from deskapp.services.complaints.deadlines import StageDue
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.handover import channel
from deskapp.services.demo import demo_people
from deskapp.services.demo.demo_complaint_paths import PATHS, SUMMARIES, Path
from deskapp.services.demo.demo_office import Office, Row, Rows
from deskapp.text import compact

ORDINARY = 60
"""Complaints of a demonstration, unless there are only few contacts."""
_KNOWN = 1 << 62
"""Whoever acts has seen everything."""


class Source(NamedTuple):
    """A contact of somebody who was dissatisfied."""

    id: str
    started_at: str
    channel: str
    person_id: str
    person_name: str
    phone: str
    email: str
    postcode: str
    case_ref: str
    about: str
    question: str
    extras: str


def how_many(contacts: int) -> int:
    """Complaints that go with so many contacts."""
    return min(ORDINARY, contacts * 3 // 2) + contacts // 500


def sources(connection: Connection, limit: int) -> list[Source]:
    """The newest contacts of people who were dissatisfied, those with a complaint first."""
    rows = connection.execute(
        "SELECT id, started_at, channel, coalesce(person_id, ''), person_name, phone, email,"
        " postcode, case_ref, dissatisfied_about, question, extras FROM contact"
        " WHERE dissatisfied <> 'none' ORDER BY outcome = 'CPL' DESC, started_at DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return [Source(*row) for row in rows]


def rows(office: Office, grown_from: list[Source], number: int) -> Rows:
    """The rows of so many complaints; up to two thirds of them grew from contacts."""
    acting = acting_on(office.user, office.now, paths.settings_folder())
    made: dict[str, list[Row]] = {"complaint": [], "complaint_event": [], "record_link": []}
    waiting, survivor = list(grown_from[: number * 2 // 3]), ""
    for place in range(number):
        source = waiting.pop(0) if waiting and place % 3 else None
        story = _Story(office, acting, PATHS[place % len(PATHS)], source, place, survivor)
        row, happened, links = story.rows()
        made["complaint"].append(row)
        made["complaint_event"] += happened
        made["record_link"] += links
        survivor = row["id"]
    made["complaint_event"].sort(key=lambda row: str(row["at"]))
    return made


@dataclass
class _Story:
    """One complaint, told from its receipt."""

    office: Office
    acting: Acting
    path: Path
    source: Source | None
    place: int
    survivor: str
    id: str = field(init=False)
    _due: StageDue = field(init=False)
    _stage: int = 1
    _began: dt.datetime | None = None
    """When its last stage began; none for the first."""

    def __post_init__(self) -> None:
        self.received_at = self._received_at()
        self.id = self._id(self.received_at)
        self.owners = [row["id"] for row in self.office.colleague_rows]
        self.owner = self.owners[self.place % len(self.owners)]
        self.other = self.owners[(self.place + 1) % len(self.owners)]
        if self.place % 4 == 0 and not self.path.reviewed:
            self.owner = self.office.user.id

    def rows(self) -> tuple[Row, list[Row], list[Row]]:
        """The complaint, its events, and its link with the contact."""
        complaint = self._complaint()
        return complaint, list(self._events()), list(self._links())

    def _received_at(self) -> dt.datetime:
        if self.source is not None:
            return instant(self.source.started_at)
        calendar = self.office.calendar
        today = self.acting.today
        day = calendar.add_working_days(today, -self.path.age) if self.path.age else today
        at = dt.datetime.combine(day, dt.time(9, self.place % 60), LONDON).astimezone(dt.UTC)
        return min(at, self.office.now - dt.timedelta(minutes=30))

    def _complaint(self) -> Row:
        person, codes = self._person(), self._codes()
        severity = self.path.severity or categories.default_severity(codes).value
        self._due = self._counted(self.received_at, 1)
        kept = _also(codes)
        ref = self._ref()
        case = self.source.case_ref if self.source else demo_people.case_ref(self.office.random)
        return {
            "id": self.id,
            "home_site": self.office.user.site,
            "at": stamp(self.received_at),
            "officer_id": self.owner,
            "ref": ref,
            "ref_key": compact(ref),
            "site": self.office.user.site,
            "nation": self.office.calendar.nation.value,
            "received_at": stamp(self.received_at),
            "channel": channel(self.source.channel) if self.source else "letter",
            "jurisdiction": ("civil", "family", "tribunal", "probate")[self.place % 4],
            "case_ref": case,
            "case_key": compact(case),
            "from_table": kinds.CONTACT if self.source else "",
            "from_id": self.source.id if self.source else "",
            "person_id": self.source.person_id if self.source else "",
            "anonymous": not person.full_name,
            "person_name": person.full_name,
            "postcode": person.postcode,
            "email": person.email,
            "phone": person.phone,
            **duplicates.keys(person.full_name, person.phone, person.email, person.postcode),
            "user_type": "party",
            "authority": "",
            "language": ("en", "cy", "unknown")[self.place % 3],
            "summary": SUMMARIES[codes[0]],
            "details": (self.source and self.source.question) or f"{SUMMARIES[codes[0]]}.",
            "categories": json.dumps(codes),
            "also": json.dumps(kept),
            "severity": severity,
            "flags": json.dumps(sorted(categories.flags_of(codes, kept) | set(self.path.flags))),
            "dues": json.dumps(self._due.kept()),
        }

    def _person(self) -> demo_people.Person:
        if self.source is None:
            return demo_people.person(self.office.random)
        each = self.source
        return demo_people.Person(each.person_name, each.phone, each.email, each.postcode)

    def _codes(self) -> list[str]:
        if self.source is not None and self.source.about in SUMMARIES:
            return [self.source.about]
        return [list(SUMMARIES)[self.place % len(SUMMARIES)]]

    def _ref(self) -> str:
        """The one that the contact names, if it names one."""
        named = json.loads(self.source.extras).get("complaint", "") if self.source else ""
        return parse(named) or new_ref("C", self.office.random.choice)

    def _events(self) -> Iterator[Row]:
        last = self.received_at
        for number, step in enumerate(self.path.steps):
            at = self._moment(step.after, number)
            if at > self.office.now:
                return
            last = max(last, at)
            yield self._event(step.code, last, step.data, by=step.by, known=step.known)

    def _moment(self, after: int, number: int) -> dt.datetime:
        """So many working days after the receipt, in the order of the steps."""
        if after == 0:
            return self.received_at + dt.timedelta(minutes=5 * (number + 1))
        day = self.office.calendar.add_working_days(self.received_at.date(), after)
        return dt.datetime.combine(day, dt.time(10, number), LONDON).astimezone(dt.UTC)

    def _event(
        self, code: Code, at: dt.datetime, data: Mapping[str, object], *, by: str, known: bool
    ) -> Row:
        people = {"owner": self.owner, "leader": self.office.user.id, "other": self.other}
        stage = self._stage
        whole = {name: people.get(str(value), value) for name, value in data.items()}
        if code in (Code.RESPOND, Code.RESOLVE_ON_CONTACT):
            whole |= {"on": stamp(at), "due": self._answered(at).kept()}
        elif code in (Code.ASK_REVIEW, Code.ASK_CIT):
            self._stage, self._began = stage + 1, at
            self._due = self._counted(at, stage + 1)
            whole |= {"on": stamp(at), "due": self._due.kept()}
        elif code is Code.HOLDING_REPLY:
            revised = self.office.calendar.add_working_days(self.acting.today, 5)
            whole |= {"revised_on": revised.isoformat()}
        elif code is Code.MARK_DUPLICATE:
            whole |= {"survivor": self.survivor}
        note = str(whole.pop("note", ""))
        return {
            "id": self._id(at),
            "home_site": self.office.user.site,
            "at": stamp(at),
            "officer_id": people[by],
            "complaint_id": self.id,
            "stage": stage,
            "code": code.value,
            "role": (Role.TEAM_LEADER if by == "leader" else Role.OFFICER).value,
            "seen_hlc": _KNOWN if known else 0,
            "note": note,
            "data": json.dumps(whole, ensure_ascii=False),
        }

    def _counted(self, received_at: dt.datetime, number: int) -> StageDue:
        target = self.acting.rules.targets.of_stage(number)
        nation = self.office.calendar.nation
        return deadlines.stage_due(self.acting.calendars, nation, received_at, target)

    def _answered(self, at: dt.datetime) -> StageDue:
        began, nation = self._began or self.received_at, self.office.calendar.nation
        return deadlines.answered(self._due, self.acting.calendars, nation, began, at)

    def _links(self) -> Iterator[Row]:
        ends = []
        if self.source is not None:
            ends.append((kinds.CONTACT, self.source.id, kinds.COMPLAINT, self.id))
        if any(step.code is Code.MARK_DUPLICATE for step in self.path.steps):
            ends.append((kinds.COMPLAINT, self.id, kinds.COMPLAINT, self.survivor))
        for from_table, from_id, to_table, to_id in ends:
            yield {
                "id": self._id(self.received_at),
                "home_site": self.office.user.site,
                "at": stamp(self.received_at),
                "officer_id": self.owner,
                "from_table": from_table,
                "from_id": from_id,
                "to_table": to_table,
                "to_id": to_id,
                "undone": False,
            }

    def _id(self, moment: dt.datetime) -> str:
        return new_id(int(moment.timestamp() * 1000), self.office.random.randbytes)


def _also(codes: list[str]) -> dict[str, str]:
    answers = {"yes_no": "no", "day_or_no": "no", "text": "Invented Ltd"}
    return {ask.name: answers[ask.kind] for ask in categories.asked_besides(codes)}
