"""Stories of invented cases: what was done with each, step by step, told from now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deskapp.clock import LONDON
from deskapp.services.casework.events import Kind


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
    case_id: str = ""
    """A new one when left out."""
    steps: list[Step] = field(default_factory=list)

    def then(self, at: dt.datetime, kind: Kind, what: str = "", /, **values: object) -> Story:
        """The story with one more step; what begins with ``_`` belongs to the event itself."""
        given = {name[1:]: str(text) for name, text in values.items() if name.startswith("_")}
        answers = {name: each for name, each in values.items() if not name.startswith("_")}
        self.steps.append(Step(at, kind, what, answers, given))
        return self


def ago(now: dt.datetime, days: int) -> dt.datetime:
    """Twenty past nine, so many days ago."""
    day = now.astimezone(LONDON).date() - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(9, 20), LONDON).astimezone(dt.UTC)


def day(now: dt.datetime, ahead: int) -> str:
    """The local day so many days ahead, in ISO form."""
    return (now.astimezone(LONDON).date() + dt.timedelta(days=ahead)).isoformat()
