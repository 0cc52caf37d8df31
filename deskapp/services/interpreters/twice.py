"""Which times of a booking the clocks show twice, so that the officer is asked which is meant.

Source: interpreter sheet, section 5.
"""

from __future__ import annotations

import datetime as dt

from deskapp.errors import DeskError
from deskapp.i18n import N_
from deskapp.services import typed
from deskapp.services.interpreters.codes import Code
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.wall import Fold, Wall, WallTimeError

FOLD_LABELS = {
    Fold.FIRST: N_("The first: summer time, before the clocks go back"),
    Fold.SECOND: N_("The second: winter time, after the clocks went back"),
}


def asked(draft: BookingDraft, *, today: dt.date) -> list[str]:
    """Names of the times, ``start`` or ``end``, that happen twice and are not said which."""
    return [
        name
        for name in ("start", "end")
        if not getattr(draft, f"{name}_fold")
        and is_twice(draft.day, getattr(draft, name), today=today)
    ]


def is_twice(day: str, time: str, *, today: dt.date) -> bool:
    """Whether the clocks show a typed time twice on a typed day."""
    try:
        on, at = typed.day(day, today=today), typed.clock_time(time)
        Wall(dt.datetime.combine(on, at)).instant()
    except WallTimeError as error:
        return error.code is Code.TIME_AMBIGUOUS
    except DeskError:
        pass  # it is told beside its field that it is no day or time
    return False
