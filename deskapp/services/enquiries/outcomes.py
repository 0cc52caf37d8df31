"""How a contact ends: the closed list of outcomes, what each must add and what it promises.

Source: enquiries sheet, sections 8 (outcomes), 11 (ended by the officer) and 13 (messages).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, appointment, day
from deskapp.services import lists
from deskapp.services.callbacks import slots

ADDED = "add_"
"""What the form puts before the name of a need, to tell it from the fields of the contact."""
CALLBACK = "CBK"
DUPLICATE = "DUP"
ENDED = "END"
"""By the officer, after a warning."""
UNREACHED = frozenset({"ABN", "WRG"})
"""Outcomes of a try to ring somebody back in which the person was not reached."""
NO_TOPIC = "OTH"
"""Topic of a contact that ended before one was chosen."""


class Kind(StrEnum):
    """How the value of a need is typed and kept."""

    TEXT = "text"
    DAYS = "days"
    """Whole working days; kept as digits."""
    DAY = "day"
    """A day from today on; kept as ISO."""
    YES_NO = "yes_no"
    """Kept as ``yes`` or ``no``."""
    TIME = "time"
    """A time of day; kept as ``HH:MM``."""
    SLOT = "slot"
    """A day and half hour; kept as ``slots.key`` makes it."""
    RING = "ring"
    """What is promised about a callback's time; kept as a ``slots.Kind``."""


@dataclass(frozen=True)
class Need:
    """Something an outcome must add before the contact can be saved."""

    name: str
    label: str
    """To be translated where it is shown."""
    kind: Kind
    message: str
    """What to do when it is empty; to be translated."""


@dataclass(frozen=True)
class Outcome:
    """One way a contact ends."""

    code: str
    letter: str
    """Second key of the two-key outcome; the same in both languages."""
    label: str
    """To be translated where it is shown; at most 28 columns in English."""
    needs: tuple[Need, ...] = ()
    answer_min: int = 0
    """Fewest characters of "what was said"."""
    counts: bool = True
    """Whether the contact counts in the figures."""
    about_something: bool = True
    """Whether it must be said what it was about: nobody asked a silent line or a wrong number."""


_HINTS = {
    Kind.TEXT: "",
    Kind.DAYS: N_("Whole working days, like 10"),
    Kind.DAY: N_("Like 30 11 or 30 Nov"),
    Kind.YES_NO: N_("Yes or no"),
    Kind.TIME: N_("Like 9:05 or 1430"),
    Kind.SLOT: N_("Like tomorrow 10, Tue 10:30 or 7 4 10"),
    Kind.RING: N_("within (the half hour) or about (this time)"),
}


_OFFERED = (
    Outcome("RES", "R", N_("Resolved: answered in full")),
    Outcome("SGN", "S", N_("Signposted elsewhere"), (
        Need("signpost", N_("Pointed to"), Kind.TEXT,
             N_("Enter the article or service you pointed to")),
    )),
    Outcome("CBK", "C", N_("Callback booked"), (
        Need("slot", N_("Ring back"), Kind.SLOT, N_("Enter when we ring back")),
        Need("kind", N_("Within or about"), Kind.RING,
             N_("Enter within, or about if the time is not firm")),
    )),
    Outcome("MSG", "M", N_("Message for a colleague"), (
        Need("team", N_("For"), Kind.TEXT, N_("Enter the colleague or team the message is for")),
        Need("by_when", N_("By when"), Kind.DAY, N_("Enter the day it must be dealt with by")),
    ), answer_min=10),
    Outcome("TRF", "T", N_("Transferred live"), (
        Need("to", N_("Transferred to"), Kind.TEXT, N_("Enter who you transferred the person to")),
        Need("answered", N_("Did they answer"), Kind.YES_NO,
             N_("Select yes if the transfer was answered")),
    )),
    Outcome("EML", "W", N_("Written answer to follow"), (
        Need("within_days", N_("Working days"), Kind.DAYS,
             N_("Enter the number of working days")),
    )),
    Outcome("FRM", "F", N_("Form or leaflet given"), (
        Need("form", N_("Form or leaflet"), Kind.TEXT, N_("Enter which form or leaflet you gave")),
    )),
    Outcome("APT", "A", N_("Appointment at the counter"), (
        Need("date", N_("Appointment date"), Kind.DAY, N_("Enter the date of the appointment")),
    )),
    Outcome("ESC", "U", N_("Passed up to team leader"), (
        Need("name", N_("Team leader"), Kind.TEXT, N_("Enter which team leader you told")),
        Need("told_at", N_("Told at"), Kind.TIME, N_("Enter when you told the team leader")),
    ), answer_min=10),
    Outcome("CPL", "K", N_("Kept as a complaint"), (
        Need("complaint", N_("Complaint"), Kind.TEXT,
             N_("Enter the reference of the complaint")),
    )),
    Outcome("SAF", "H", N_("Harm: safeguarding record"), (
        Need("record", N_("Record"), Kind.TEXT,
             N_("Enter the reference of the record, or make it with F4")),
    )),
    Outcome("INC", "B", N_("Building or incident record"), (
        Need("record", N_("Record"), Kind.TEXT,
             N_("Enter the reference of the record, or make it with F4")),
    )),
    Outcome("LADV", "L", N_("Legal advice not given"), (
        Need("signpost", N_("Pointed to"), Kind.TEXT,
             N_("Enter where the person can get legal advice")),
    )),
    Outcome("NOID", "I", N_("Identity not confirmed"), (
        Need("tried", N_("Details asked for"), Kind.TEXT,
             N_("Enter which kinds of detail you asked for, not the answers")),
    )),
    Outcome("NAUT", "P", N_("Third party, no authority")),
    Outcome("ABN", "G", N_("Gone: left or rang off"), about_something=False),
    Outcome("END", "E", N_("Ended after a warning"), (
        Need("warned", N_("Was the person warned"), Kind.YES_NO,
             N_("Select yes if you warned the person first")),
        Need("harm", N_("Were staff harmed"), Kind.YES_NO,
             N_("Select yes if a member of staff was harmed")),
        Need("leader_told", N_("Was the team leader told"), Kind.YES_NO,
             N_("Select yes if you told the team leader")),
    ), answer_min=20),
    Outcome("WRG", "N", N_("Not HMCTS, or wrong number"), (
        Need("signpost", N_("Pointed to"), Kind.TEXT,
             N_("Enter where you pointed the person, or nowhere")),
    ), about_something=False),
    Outcome("DUP", "D", N_("Duplicate of a contact"), (
        Need("survivor", N_("Contact to keep"), Kind.TEXT,
             N_("Enter the reference of the contact to keep")),
    ), counts=False, about_something=False),
    Outcome("TST", "X", N_("Exercise: training or test"), counts=False, about_something=False),
)  # fmt: skip

CALL_REASON = Need(
    "call_reason", N_("Why ring anyway"), Kind.TEXT,
    N_("This person said not to be rung. Enter why you ring all the same"),
)  # fmt: skip
"""Asked besides for a callback of somebody who said not to be rung."""
_REASON = Need("reason", N_("Reason"), Kind.TEXT, N_("Enter why you discard this contact"))
DISCARDED = Outcome(
    "DSC", "", N_("Discarded"),
    (_REASON,),
    counts=False,
)  # fmt: skip
"""A contact that should not have been opened; never offered, but shown in lists."""

_BY_CODE = {outcome.code: outcome for outcome in (*_OFFERED, DISCARDED)}
_LABELS = {need.name: need.label for outcome in _BY_CODE.values() for need in outcome.needs} | {
    CALL_REASON.name: CALL_REASON.label
}
UNCOUNTED = frozenset(outcome.code for outcome in _BY_CODE.values() if not outcome.counts)
"""Codes of the outcomes that are left out of the figures."""


def offered() -> tuple[Outcome, ...]:
    """The outcomes an officer can choose, in the order they are shown."""
    return _OFFERED


def by_code(code: str) -> Outcome:
    """The outcome with this code, discarded contacts' too.

    Raises:
        NotFoundError: If there is none.
    """
    try:
        return _BY_CODE[code]
    except KeyError:
        raise NotFoundError(_("There is no such outcome. Choose one from the list.")) from None


def need_names(code: str) -> set[str]:
    """Names of what an outcome must add; none where only a newer desk knows it."""
    return {need.name for need in _BY_CODE[code].needs} if code in _BY_CODE else set()


def hint(need: Need) -> str:
    """How to type the value of a need, in the language in use; empty for plain text."""
    return _(_HINTS[need.kind])


def shown(need: Need, kept_value: str) -> str:
    """A kept value as people read it: a date in words, yes and no in the language in use."""
    if need.kind is Kind.DAY and kept_value:
        return day(dt.date.fromisoformat(kept_value))
    if need.kind is Kind.YES_NO and kept_value:
        return _("Yes") if kept_value == "yes" else _("No")
    if need.kind is Kind.SLOT and kept_value:
        return appointment(dt.datetime.fromisoformat(kept_value))
    if need.kind is Kind.RING and kept_value:
        return _(slots.KIND_LABELS[slots.Kind(kept_value)])
    return lists.worded(lists.DiscardReason, kept_value) if need is _REASON else kept_value


def added(code: str, extras: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of what was added to a contact, as people read it.

    What a discarded contact had been given for another outcome is told as it was typed; so is
    what only a newer desk knows, under its own name.
    """
    needs = {need.name: need for need in _BY_CODE[code].needs} if code in _BY_CODE else {}
    told = [
        (_(need.label), shown(need, extras[name])) for name, need in needs.items() if name in extras
    ]
    others = [(name, value) for name, value in extras.items() if name not in needs]
    return told + [(_(_LABELS[name]) if name in _LABELS else name, value) for name, value in others]
