"""A desk without a store: events are made, tried and folded. All people are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deskapp.services.casework import fold, loader, worklist
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.due import Due
from deskapp.services.casework.events import Code, Event, Kind, Person
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.refusals import refusals
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.state import Case, Family, Item
from deskapp.services.casework.values import When, read_instant
from deskapp.services.rules.casework_anchors import england_and_wales

EW = england_and_wales()
CASE = "8d1c0f3e-0000-4000-8000-000000000001"
CHILD = "8d1c0f3e-0000-4000-8000-000000000002"

AMY = Person("amy", frozenset({"officer"}))
BOB = Person("bob", frozenset({"officer", "team_leader"}))

HEAD = """
[scheme]
id = "test"
version = 1
effective_from = 2020-01-01
prefix = "T"
label = { en = "Test", cy = "Prawf" }
retention = { after = "closed_at", years = 7 }
"""

LABEL = 'label = { en = "A", cy = "B" }\n'


def toml(body: str) -> str:
    """A scheme file: every ``id`` line of ``body`` is given a label after it."""
    lines = []
    for line in body.strip().splitlines():
        lines.append(line)
        if line.startswith("id ="):
            lines.append(LABEL.strip())
    return HEAD + "\n".join(lines) + "\n"


STAGES = """
[[stage]]
id = "first"
initial = true
[[stage]]
id = "second"
[[stage]]
id = "ended"
terminal = true
[[action]]
id = "go"
from = ["first"]
to = "second"
[[action]]
id = "back"
from = ["second"]
to = "first"
[[action]]
id = "finish"
from = ["*"]
to = "ended"
"""


def scheme(body: str, stages: str = STAGES) -> Scheme:
    """The scheme of ``body`` on a plain round of stages."""
    return loader.parse(toml(stages + body), "test.toml")


class Desk:
    """One desk; a refused event changes nothing."""

    def __init__(self, *schemes: Scheme, at: str = "2026-03-02T09:00") -> None:
        self.book = Rulebook.of(schemes, EW)
        self.scheme = schemes[0]
        self.events: list[Event] = []
        self.family = Family()
        self.now = read_instant(at)

    def event(self, kind: Kind, at: str = "", **given: Any) -> Event:
        """An event of this desk, at ``at`` or an hour after the last."""
        self.now = read_instant(at) if at else self.now + dt.timedelta(hours=1)
        number = len(self.events) + 1
        given = {"case": CASE, "by": AMY, "desk": "desk", "seq": number, **given}
        hlc = round(self.now.timestamp() * 1000) << 16
        return Event(id=f"{given['desk']}-{number}", kind=kind, at=self.now, hlc=hlc, **given)

    def take(self, kind: Kind, at: str = "", **given: Any) -> list[Code]:
        """Try an event: the codes of its refusal, or none when it was followed."""
        event = self.event(kind, at, **given)
        seen = fold.seen_at(self.book, self.family, event.at)
        codes = [reason.code for reason in refusals(self.book, seen, event)]
        after = fold.step(self.book, self.family, event)
        assert bool(codes) == (len(after.conflicts) > len(self.family.conflicts))
        if not codes:
            self.family = after
            self.events.append(event)
        return codes

    def open(self, at: str = "", **values: Any) -> Desk:
        """Open a case of the first scheme."""
        assert not self.take(
            Kind.OPEN, at, what=self.scheme.id, version=self.scheme.version, values=values
        )
        return self

    def do(self, action: str, at: str = "", **given: Any) -> list[Code]:
        """Take an action."""
        return self.take(Kind.DO, at, what=action, **given)

    def set(self, at: str = "", **values: Any) -> list[Code]:
        """Fill in fields of the case."""
        return self.take(Kind.SET, at, values=values)

    def close(self, item: str, outcome: str = "done", at: str = "", **given: Any) -> list[Code]:
        """End an item."""
        return self.take(Kind.CLOSE, at, what=item, outcome=outcome, **given)

    def add(self, item: str, name: str, at: str = "", **given: Any) -> list[Code]:
        """Add an item by hand."""
        return self.take(Kind.ADD, at, what=item, name=name, **given)

    def facts(self, at: str = "") -> CaseFacts:
        """The case at a moment."""
        now = read_instant(at) if at else self.now
        family = fold.seen_at(self.book, self.family, now)
        return CaseFacts(self.book, family, family.cases[CASE], now)

    def case(self, at: str = "") -> Case:
        """The case as it stands."""
        return self.facts(at).case

    def item(self, name: str, at: str = "") -> Item:
        """One item of the case."""
        return self.case(at).items[name]

    def due(self, name: str, at: str = "") -> When | None:
        """When an item is due."""
        facts = self.facts(at)
        found = facts.due(facts.case.items[name])
        return found.when if found else None

    def next_due(self, at: str = "") -> Due | None:
        """What is due next."""
        return worklist.next_due(self.facts(at))


def day(text: str) -> dt.date:
    """A date."""
    return dt.date.fromisoformat(text)
