"""How near a due is, in words that need no colour."""

from __future__ import annotations

import datetime as dt

from deskapp.clock import local
from deskapp.i18n import _, clock_time, day, ngettext, number


def due_words(due_on: dt.date, today: dt.date) -> str:
    """How near a day is, in words that need no colour."""
    days = (due_on - today).days
    if days < 0:
        late = ngettext("OVERDUE {count} day", "OVERDUE {count} days", -days)
        return late.format(count=number(-days))
    return _("today") if days == 0 else day(due_on)


def due_text(when: dt.date, overdue_at: dt.datetime, now: dt.datetime) -> str:
    """How near a due is, a local day or an instant, in words that need no colour.

    What is a day or more late is told without its time, which would read as part of the length.
    """
    today, due_on = local(now).date(), local_day(when)
    if now >= overdue_at and due_on == today:
        return _("OVERDUE since {time}").format(time=clock_time(local(overdue_at)))
    words = due_words(due_on, today)
    if isinstance(when, dt.datetime) and due_on >= today:
        return f"{words} {clock_time(local(when))}"
    return words


def local_day(when: dt.date) -> dt.date:
    """The local day of a due, which is a day already or an instant."""
    return local(when).date() if isinstance(when, dt.datetime) else when
