"""What lists and cards say of a callback, in words that need no colour."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import N_, _, when
from deskapp.services.callbacks.callback_lines import CallbackLine, Result, State
from deskapp.services.callbacks.slots import Diary

if TYPE_CHECKING:
    from deskapp.services.callbacks.callback_cards import Card, Try

STATE_LABELS = {
    State.BOOKED: N_("booked"),
    State.ATTEMPTING: N_("ringing"),
    State.MISSED: N_("missed"),
    State.DONE: N_("done"),
    State.FAILED: N_("failed"),
    State.CANCELLED: N_("cancelled"),
}
RESULT_LABELS = {
    Result.ATTEMPTING: N_("under way"),
    Result.REACHED: N_("reached"),
    Result.MISSED: N_("nobody reached"),
}


def state(line: CallbackLine, *, diary: Diary, now: dt.datetime) -> str:
    """How far a callback is; whether it is due or late stands in capitals."""
    words = _(STATE_LABELS[line.state])
    if line.state is State.BOOKED:
        words = _nearness(line, diary, now) or words
    return _("PRIORITY {state}").format(state=words) if line.priority else words


def is_urgent(line: CallbackLine, *, diary: Diary, now: dt.datetime) -> bool:
    """Whether colour may repeat that somebody must act today."""
    return line.state is State.BOOKED and bool(_nearness(line, diary, now))


def _nearness(line: CallbackLine, diary: Diary, now: dt.datetime) -> str:
    if diary.nobody_there(line.slot, local(now).date()):
        return _("CLOSED that day")
    if diary.is_late(line.slot, line.kind, now):
        return _("OVERDUE")
    return _("DUE now") if now >= diary.rung_from(line.slot, line.kind) else ""


def phone(card: Card) -> str:
    """The number to ring, or why it is not shown."""
    if card.withheld:
        return _("withheld")
    if card.hidden:
        return _("hidden: the person said not to ring")
    return card.phone or _("not given")


def told(each: Try, today: dt.date) -> str:
    """One try in one line: when, who, whether on time, what became of it."""
    on_time = _("on time") if each.on_time else _("not on time")
    result = _(RESULT_LABELS[each.result])
    parts = (when(local(each.at), today), each.officer_name, on_time, result, each.ref)
    return ", ".join(filter(None, parts))
