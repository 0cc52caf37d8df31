"""What a worklist shows of a case: what is due next, how near it is, and in which order.

Source: casework sheet, sections 1.3 and 1.4.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from deskapp.services.casework.due import Due
from deskapp.services.casework.events import Person
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import END_OF_TIME, overdue_from
from deskapp.services.casework.vocabulary import Visibility
from deskapp.services.dates import Alarm, london_date

PRIORITY_FIELD = "priority"
REPORTER = "reporter"
"""The role of a scheme that stands for whoever reported a case; nobody is given it."""
_LAST = "\uffff"


class ItemLine(NamedTuple):
    """An item as it stands at one moment."""

    item: Item
    due: Due | None
    overdue: bool


class WorkLine(NamedTuple):
    """A case in a worklist."""

    case: str
    reference: str
    due: Due | None
    """The earliest due of its open items."""
    priority: str

    def order(self, now: dt.datetime) -> tuple[bool, dt.datetime, str, str]:
        """Sorts overdue cases first, then by what is due next, priority and reference."""
        until = overdue_from(self.due.when) if self.due else END_OF_TIME
        return until > now, until, self.priority or _LAST, self.reference


def item_lines(facts: CaseFacts) -> list[ItemLine]:
    """Every item of a case, in the order they were opened."""
    return [_line(item, facts) for item in facts.case.items.values()]


def next_due(facts: CaseFacts) -> Due | None:
    """The earliest due among the open items of a case."""
    dues = [due for item in facts.case.open_items() if (due := facts.due(item)) is not None]
    return min(dues, key=lambda due: overdue_from(due.when), default=None)


def work_line(facts: CaseFacts, reference: str) -> WorkLine:
    """The case as a worklist shows it."""
    priority = facts.value(PRIORITY_FIELD)
    return WorkLine(
        facts.case.id, reference, next_due(facts), "" if priority is None else f"{priority}"
    )


def alarm(facts: CaseFacts, due: Due | None) -> Alarm:
    """How near a due is: amber within ``soon`` working days of the scheme."""
    if due is None:
        return Alarm.NONE
    if facts.now >= overdue_from(due.when):
        return Alarm.OVERDUE
    day = london_date(due.when) if isinstance(due.when, dt.datetime) else due.when
    found = facts.calendar.alarm(day, london_date(facts.now), facts.scheme.soon)
    return Alarm.RED if found is Alarm.OVERDUE else found


def may_see(scheme: Scheme, person: Person) -> bool:
    """Whether the cases of a scheme may be shown; restricted ones only to its own roles."""
    if scheme.visibility is not Visibility.RESTRICTED:
        return True
    return not (scheme.roles - {REPORTER}).isdisjoint(person.roles)


def _line(item: Item, facts: CaseFacts) -> ItemLine:
    due = facts.due(item)
    overdue = item.is_open and due is not None and facts.now >= overdue_from(due.when)
    return ItemLine(item, due, overdue)
