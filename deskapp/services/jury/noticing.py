"""What is permitted and yet looks wrong: told to the officer, who knows whether it is meant.

The jury sheet refuses none of it (sections 5.2 and 5.3): a juror may come before their service
starts, and a time may be typed that is still to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from deskapp.i18n import _, clock_time, day
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.lines import JurorLine


def of_time(acting: Acting, time: dt.time) -> Iterator[str]:
    """That a time of the date in force is still to come."""
    if not acting.has_come(time):
        words = _("STILL TO COME: {time}. It is {now} now.")
        yield words.format(time=clock_time(time), now=clock_time(acting.time))


def of_start(acting: Acting, line: JurorLine) -> Iterator[str]:
    """That the service of a juror who came starts on a later day."""
    if line.service_start > acting.date:
        words = _("TOO EARLY: service starts on {date}. Check that the juror is to stay.")
        yield words.format(date=day(line.service_start))
