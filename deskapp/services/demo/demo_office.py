"""An invented office and its days: who works there, who calls, how it ends."""

from __future__ import annotations

import datetime as dt
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

from deskapp.clock import LONDON, stamp
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.roles import Role, User
from deskapp.services import kinds, lists
from deskapp.services.dates import Calendar
from deskapp.services.demo import demo_callbacks, demo_people
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import dissatisfaction, outcome_adds, outcomes, repeats
from deskapp.services.enquiries.contact_rows import REF_PREFIX
from deskapp.services.enquiries.outcomes import NO_TOPIC, Outcome
from deskapp.text import compact

A_DAY = 20
"""Contacts of a day, when there are not so many that they would reach too far back."""
MOST_DAYS = 1000

CHANNELS = {"phone_in": 62, "counter": 18, "email": 9, "phone_out": 5, "webchat": 4, "letter": 2}
OUTCOMES = {
    "RES": 46, "SGN": 14, "MSG": 9, "TRF": 6, "EML": 5, "FRM": 6, "APT": 2, "ESC": 2, "LADV": 3,
    "NOID": 2, "NAUT": 1, "ABN": 2, "END": 0.3, "WRG": 1.5, "DUP": 0.4, "TST": 0.5, "CPL": 0.6,
    "CBK": 5,
}  # fmt: skip
USER_TYPES = {
    "party": 40, "not_given": 18, "legal_representative": 12, "juror": 7, "defendant": 6,
    "witness": 4, "supporter": 4, "public": 4, "agency": 2, "adviser": 2, "interpreter": 1,
}  # fmt: skip
TOPICS = {
    "HRG": 14, "STA": 13, "FIN": 12, "JRY": 8, "FND": 7, "FRM": 6, "MCL": 6, "DIV": 5, "CHI": 5,
    "PRO": 4, "FEE": 4, "HWF": 3, "DOC": 3, "POS": 3, "ENF": 3, "CRM": 3, "TRB": 2, "LEG": 2,
    "SUP": 2, "INT": 2, "APP": 1, "JDG": 2, "DAB": 1, "CPL": 1, "RIG": 0.5, "PRS": 0.3, "OTH": 2,
}  # fmt: skip

LANGUAGES = {"unknown": 70, "en": 20, "cy": 8, "both": 2}
DISSATISFIED = {"none": 93, "minor": 5, "major": 2}
SAME_TOPIC = 0.35
"""How often somebody who comes back asks about the same."""

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Table name -> its rows."""


@dataclass
class Office:
    """An invented office: who works there, who has called before, what happens on a day."""

    user: User
    random: Random
    now: dt.datetime
    calendar: Calendar
    colleague_rows: list[Row] = field(init=False)
    _callers: deque[tuple[str, demo_people.Person]] = field(
        default_factory=partial(deque, maxlen=500)
    )
    """Those who called lately, with their ids."""
    _asked: dict[str, tuple[str, str, dt.datetime]] = field(default_factory=dict)
    """Topic, contact and moment of what a person asked last."""
    _refs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.colleague_rows = [
            {
                "id": self._id(),
                "home_site": self.user.site,
                "name": name,
                "role": Role.OFFICER,
                "team": team,
            }
            for name, team in zip(demo_people.COLLEAGUES, cycle(demo_people.TEAMS), strict=False)
        ]
        self._officer_ids = [self.user.id, *(row["id"] for row in self.colleague_rows)]
        self._pick_topic = _weighted(self.random, TOPICS)
        self._pick_outcome = _weighted(self.random, OUTCOMES)
        self._pick_user_type = _weighted(self.random, USER_TYPES)
        self._pick_channel = _weighted(self.random, CHANNELS)
        self._pick_language = _weighted(self.random, LANGUAGES)
        self._pick_dissatisfied = _weighted(self.random, DISSATISFIED)
        self._last_ref = ""

    def contacts(self, count: int) -> Iterator[Rows]:
        """The rows of so many contacts, the oldest first."""
        days = self._days(count)
        moments = sorted(self._moment(self.random.choice(days)) for _number in range(count))
        return map(self._contact, moments)

    def parked(self) -> Iterator[Draft]:
        """Two contacts that were begun today and wait."""
        for minutes, topic, name, question in (
            (35, "STA", "Gwenllïan Cadwaladr", "Posted papers three weeks ago, asks"),
            (12, "FIN", "Cormac O'Shaughnessy", "Looks for the reference of the fine."),
        ):
            started = self.now - dt.timedelta(minutes=minutes)
            yield Draft(
                id=self._id(),
                form="contact",
                officer_id=self.user.id,
                started_at=started,
                updated_at=started + dt.timedelta(minutes=4),
                spent_seconds=240,
                parked=True,
                focus="answer",
                values={
                    "topic": topic,
                    "person_name": name,
                    "question": question,
                    "channel": lists.DEFAULT_CHANNEL.value,
                    "user_type": lists.DEFAULT_USER_TYPE.value,
                },
            )

    # -- when -----------------------------------------------------------------------------

    def _days(self, count: int) -> list[dt.date]:
        """The working days that the contacts are spread over; today only when it has begun."""
        number = min(MOST_DAYS, max(1, count // A_DAY))
        local_now = self.now.astimezone(LONDON)
        day = local_now.date()
        begun = self.calendar.is_working_day(day) and local_now.time() >= dt.time(10)
        days = [day] if begun else []
        while len(days) < number:
            day = self.calendar.add_working_days(day, -1)
            days.append(day)
        return days

    def _moment(self, day: dt.date) -> dt.datetime:
        """A moment of the office hours, rather before noon, not later than ten minutes ago."""
        second = int(self.random.triangular(0, 8 * 3600, 2 * 3600))
        opened = dt.datetime.combine(day, dt.time(9), LONDON)
        moment = (opened + dt.timedelta(seconds=second)).astimezone(dt.UTC)
        latest = self.now - dt.timedelta(minutes=10)
        if moment <= latest:
            return moment
        since_opened = latest - opened.astimezone(dt.UTC)
        return latest - since_opened * self.random.random()

    # -- what -----------------------------------------------------------------------------

    def _contact(self, started: dt.datetime) -> Rows:
        random = self.random
        outcome = outcomes.by_code(self._pick_outcome())
        topic = self._pick_topic()
        channel = self._pick_channel()
        spent = int(min(random.lognormvariate(5.3, 0.6), 540))
        ended = started + dt.timedelta(seconds=spent)
        rows: Rows = {}
        contact_id = self._id(started)
        person_id, caller = self._caller(started, rows)
        topic, repeat_of = self._again(person_id, topic, contact_id, started)
        dissatisfied = "major" if outcome.code == "CPL" else self._pick_dissatisfied()
        categories = [*dissatisfaction.categories()]
        extras = self._extras(outcome, ended.astimezone(LONDON).date())
        ref = self._ref()
        officer_id = random.choice(self._officer_ids)
        asked = topic == NO_TOPIC or random.random() < 0.8
        case = demo_people.case_ref(random) if random.random() < 0.45 else ""
        rows["contact"] = [
            {
                "id": contact_id,
                "home_site": self.user.site,
                "at": stamp(ended),
                "officer_id": officer_id,
                "ref": ref,
                "ref_key": compact(ref),
                "site": self.user.site,
                "channel": channel,
                "started_at": stamp(started),
                "ended_at": stamp(ended),
                "wrapped_at": stamp(ended),
                "handling_seconds": spent,
                "suspect_time": False,
                "user_type": self._pick_user_type(),
                "person_id": person_id,
                "person_name": caller.full_name,
                "phone": caller.phone,
                "email": caller.email,
                "postcode": caller.postcode,
                "case_ref": case,
                "case_key": compact(case),
                "topic": topic,
                "subtopic": "",
                "question": random.choice(demo_people.QUESTIONS[topic]) if asked else "",
                "answer": random.choice(demo_people.ANSWERS[outcome.code]),
                "disclosure": lists.DEFAULT_DISCLOSURE.value,
                "language": self._pick_language(),
                "outcome": outcome.code,
                "extras": json.dumps(extras, ensure_ascii=False),
                "dissatisfied": dissatisfied,
                "dissatisfied_about": (
                    random.choice(categories).code if dissatisfaction.felt(dissatisfied) else ""
                ),
                "repeat_of": repeat_of,
                "jurisdiction": "",
                "hold_seconds": random.choice((0, 0, 0, spent // 6)),
                "wrap_seconds": spent // random.randrange(4, 12),
            }
        ]
        self._promise(rows, contact_id, outcome, extras, ended)
        self._note(rows, contact_id, officer_id, ended)
        self._last_ref = ref
        return rows

    def _caller(self, started: dt.datetime, rows: Rows) -> tuple[str | None, demo_people.Person]:
        """Who called: nobody known, somebody from before or somebody new."""
        random = self.random
        if random.random() < 0.36:
            return None, demo_people.NOBODY
        if self._callers and random.random() < 0.35:
            known_id, known = random.choice(self._callers)
            return known_id, demo_people.NOBODY._replace(full_name=known.full_name)
        caller_id, person = self._id(started), demo_people.person(random)
        self._callers.append((caller_id, person))
        rows["person"] = [
            {
                "id": caller_id,
                "home_site": self.user.site,
                **person._asdict(),
                "created_at": stamp(started),
            }
        ]
        return caller_id, person

    def _again(
        self, person_id: str | None, topic: str, contact_id: str, started: dt.datetime
    ) -> tuple[str, str | None]:
        """What somebody asks about, and the contact that this one repeats."""
        if person_id is None:
            return topic, None
        before = self._asked.get(person_id)
        if before and self.random.random() < SAME_TOPIC:
            topic = before[0]
        self._asked[person_id] = (topic, contact_id, started)
        if before and before[0] == topic and started - before[2] <= repeats.REPEAT_WITHIN:
            return topic, before[1]
        return topic, None

    def _extras(self, outcome: Outcome, day: dt.date) -> dict[str, str]:
        """What the outcome adds, as it is kept."""
        random = self.random
        ahead = self.calendar.add_working_days(day, random.randrange(1, 9)).isoformat()
        today = self.now.astimezone(LONDON).date()
        may_be = {
            "signpost": ("GOV.UK", "Citizens Advice", "Advocate", "Support Through Court"),
            "team": ("Listing", "Fines team", "Family team", "Gwenan Pugh-Harrier"),
            "by_when": (ahead,),
            "to": ("Listing", "Jury office", "Enforcement"),
            "answered": ("yes", "yes", "no"),
            "within_days": ("2", "5", "10"),
            "form": ("EX160", "N244", "C100", "N9"),
            "date": (ahead,),
            "name": ("Dilys ap-Iorwerth",),
            "told_at": ("10:40", "14:05", "15:20"),
            "tried": ("Case number, postcode", "Name, address line"),
            "warned": ("yes",),
            "harm": ("no",),
            "leader_told": ("yes",),
            "complaint": ("Complaints book, page 12", "Complaints book, page 31"),
            "survivor": (self._last_ref or self._ref(),),
            "slot": (demo_callbacks.slot(random, self.calendar, day, today),),
            "kind": ("window", "window", "about"),
        }
        return {need.name: random.choice(may_be[need.name]) for need in outcome.needs}

    def _promise(
        self,
        rows: Rows,
        contact_id: str,
        outcome: Outcome,
        extras: Mapping[str, str],
        ended: dt.datetime,
    ) -> None:
        day = ended.astimezone(LONDON).date()
        nation = self.calendar.nation
        promised = outcome_adds.follow_up(outcome, extras, today=day, nation=nation)
        if outcome.code == outcomes.CALLBACK:
            rows |= demo_callbacks.rows(
                self.random,
                contact=rows["contact"][0],
                extras=extras,
                ids=(self._id(ended), self._id(ended), self._id(ended)),
                now=self.now,
            )
        if promised is None:
            return
        days_late = (self.now.astimezone(LONDON).date() - promised.due_on).days
        done = self.random.random() < (1 if days_late > 5 else 0.6 if days_late > 0 else 0.3)
        done_at = min(ended + dt.timedelta(hours=self.random.randrange(2, 30)), self.now)
        rows["follow_up"] = [
            {
                "id": self._id(ended),
                "home_site": self.user.site,
                "record_table": kinds.CONTACT,
                "record_id": contact_id,
                "kind": promised.kind,
                "what": promised.what,
                "due_on": promised.due_on.isoformat(),
                "done_at": stamp(done_at) if done else "",
                "done_by": self.user.id if done else "",
            }
        ]

    def _note(self, rows: Rows, contact_id: str, officer_id: str, ended: dt.datetime) -> None:
        if self.random.random() < 0.06:
            at = min(ended + dt.timedelta(minutes=self.random.randrange(5, 600)), self.now)
            rows["contact_event"] = [
                {
                    "id": self._id(at),
                    "home_site": self.user.site,
                    "at": stamp(at),
                    "officer_id": officer_id,
                    "contact_id": contact_id,
                    "code": "note",
                    "note": self.random.choice(demo_people.NOTES),
                }
            ]

    def _id(self, moment: dt.datetime | None = None) -> str:
        wall_ms = int((moment or self.now).timestamp() * 1000)
        return new_id(wall_ms, self.random.randbytes)

    def _ref(self) -> str:
        while (ref := new_ref(REF_PREFIX, self.random.choice)) in self._refs:
            continue
        self._refs.add(ref)
        return ref


def _weighted(random: Random, weights: Mapping[str, float]) -> Callable[[], str]:
    """Picks one of the keys, each as often as its weight says."""
    total = 0.0
    sums = [total := total + weight for weight in weights.values()]
    pick = partial(random.choices, list(weights), cum_weights=sums)
    return lambda: pick()[0]
