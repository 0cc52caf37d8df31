"""Security events for the log of the system (syslog), one line each: ids, codes and counts only.

Where no syslog listens they go nowhere; whoever answers for the computer decides where they are
kept. Source: design sheet of sync, section 13 (S11).
"""

from __future__ import annotations

import re
from enum import StrEnum


class Event(StrEnum):
    """What is noted."""

    ENROLLED = "enrolled"
    LOST = "lost"
    FORKED = "forked"
    REFUSED = "refused"
    CLOCK = "clock"
    SET_ASIDE = "set_aside"
    BLOCKED = "blocked"
    ERASED = "erased"
    EXPORTED = "exported"


_NOT_PLAIN = re.compile(r"[^\w.:@/-]", re.ASCII)


def note(event: Event, **about: str | int) -> None:
    """Write a line such as ``deskapp forked desk=0f3c...``.

    Args:
        event: What happened.
        about: Ids, codes and counts; what is no plain sign becomes ``?``, so no line can be forged.
    """
    import syslog

    told = (f"{name}={_NOT_PLAIN.sub('?', str(value))[:80]}" for name, value in about.items())
    syslog.openlog("deskapp", syslog.LOG_PID, syslog.LOG_AUTH)
    syslog.syslog(syslog.LOG_NOTICE, " ".join((event.value, *told)))
