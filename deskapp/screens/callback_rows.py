"""Callbacks as rows of their list."""

from __future__ import annotations

import datetime as dt

from deskapp.i18n import _, appointment
from deskapp.services.callbacks import callback_words
from deskapp.services.callbacks.callback_lines import CallbackLine
from deskapp.services.callbacks.slots import Diary
from deskapp.widgets.record_list import Row


def of_list(line: CallbackLine, *, diary: Diary, now: dt.datetime) -> Row:
    """A callback in the list of callbacks."""
    return Row(
        line.id,
        (
            appointment(line.slot),
            callback_words.state(line, diary=diary, now=now),
            line.person_name or _("not given"),
            line.safe.words if line.safe.asked else _("not asked"),
            f"{line.tries}/{diary.attempts}",
            f"{line.load}/{diary.capacity}",
        ),
        place=line.place,
        mark=_mark(line, diary, now),
    )


def _mark(line: CallbackLine, diary: Diary, now: dt.datetime) -> str:
    return "overdue" if callback_words.is_urgent(line, diary=diary, now=now) else ""
