"""What an outcome must add: read as it is typed, checked, kept, and promised to somebody.

Source: enquiries sheet, sections 8 (outcomes), 11 (ended by the officer) and 13 (messages).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from deskapp import paths
from deskapp.errors import Problem
from deskapp.i18n import _, ngettext
from deskapp.services import bank_holidays, typed
from deskapp.services.callbacks import slots
from deskapp.services.dates import Nation
from deskapp.services.enquiries.outcomes import ADDED, ENDED, Kind, Need, Outcome
from deskapp.text import one_line

MOST_WORKING_DAYS = 100
MOST_DAYS_AHEAD = 366
LONGEST_TEXT = 200


class Promise(NamedTuple):
    """What the desk owes somebody after the contact."""

    kind: str
    """Kind of follow-up, one of ``follow_ups.LABELS``."""
    what: str
    """For whom it is; may be empty."""
    due_on: dt.date


def problems(
    outcome: Outcome, answer: str, extras: Mapping[str, str], *, today: dt.date
) -> list[Problem]:
    """What to put right before a contact can end so, in the order of the form.

    Args:
        outcome: How it ends.
        answer: What was said.
        extras: What was added, by the name of its need.
        today: The desk's local day.
    """
    found = []
    if len(one_line(answer)) < outcome.answer_min:
        found.append(Problem("answer", _short_answer(outcome)))
    for need in outcome.needs:
        try:
            understood(need, extras.get(need.name, ""), today=today)
        except typed.NotUnderstoodError as error:
            found.append(Problem(ADDED + need.name, str(error)))
    return found


def kept(outcome: Outcome, extras: Mapping[str, str], *, today: dt.date) -> dict[str, str]:
    """What was added in the form it is stored; what belongs to another outcome is left out.

    Raises:
        NotUnderstoodError: If ``problems`` finds something in it.
    """
    return {
        need.name: understood(need, extras.get(need.name, ""), today=today)
        for need in outcome.needs
    }


def follow_up(
    outcome: Outcome, extras: Mapping[str, str], *, today: dt.date, nation: str
) -> Promise | None:
    """What the outcome promises, and when it is due in the working days of ``nation``.

    Raises:
        NotUnderstoodError: If ``problems`` finds something in ``extras``.
    """
    if outcome.code == "MSG":
        values = kept(outcome, extras, today=today)
        return Promise("task", values["team"], dt.date.fromisoformat(values["by_when"]))
    if outcome.code == "EML":
        calendar = bank_holidays.in_force(paths.settings_folder())[Nation(nation)]
        days = int(kept(outcome, extras, today=today)["within_days"])
        return Promise("email", "", calendar.add_working_days(today, days))
    return None


def understood(need: Need, text: str, *, today: dt.date) -> str:
    """The value of a need as it is stored, out of what was typed.

    Raises:
        NotUnderstoodError: If it is empty or cannot be read; the text says what to do.
    """
    text = one_line(text)
    if not text:
        raise typed.NotUnderstoodError(_(need.message))
    match need.kind:
        case Kind.DAYS:
            return str(typed.whole_number(text, least=1, most=MOST_WORKING_DAYS))
        case Kind.DAY:
            return _day_ahead(text, today).isoformat()
        case Kind.YES_NO:
            return "yes" if typed.yes_no(text) else "no"
        case Kind.TIME:
            return f"{typed.clock_time(text):%H:%M}"
        case Kind.SLOT:
            return slots.key(typed.wall_time(text, today=today))
        case Kind.RING:
            return slots.read_kind(text).value
        case Kind.TEXT:
            return _text(text)


def _short_answer(outcome: Outcome) -> str:
    if outcome.code == ENDED:
        return _("Enter what was said before you ended the contact")
    return ngettext(
        "What was said must be {count} character or more",
        "What was said must be {count} characters or more",
        outcome.answer_min,
    ).format(count=outcome.answer_min)


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        message = _("Enter {count} characters or less")
        raise typed.NotUnderstoodError(message.format(count=LONGEST_TEXT))
    return text


def _day_ahead(text: str, today: dt.date) -> dt.date:
    day = typed.day(text, today=today)
    if not 0 <= (day - today).days <= MOST_DAYS_AHEAD:
        raise typed.NotUnderstoodError(_("Enter a date from today to a year ahead"))
    return day
