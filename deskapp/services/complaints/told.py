"""What was done with a complaint in words: for its page, its history and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from deskapp.clock import instant, local
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, clock_time, day, language
from deskapp.services import lists
from deskapp.services.complaints import categories, deadlines, letter_kinds, money, redirects
from deskapp.services.complaints.asks import ASKS, NOTE, Ask, Kind
from deskapp.services.complaints.events import CIT, LABELS, Code, Event
from deskapp.services.complaints.lists import OpticStatus, Severity
from deskapp.services.complaints.state import ALERTING, Complaint, ExGratia, Part, Stage
from deskapp.services.courts import sites
from deskapp.services.dates import NATION_LABELS, Nation

STAGE_LABELS = {1: N_("First answer"), 2: N_("Review"), 3: N_("Investigations team (CIT)")}
_UNSAID = frozenset({Kind.ENTRY, Kind.REF, Kind.YES})
"""Kinds of answers that say nothing by themselves."""


def happened(event: Event, names: Mapping[str, str]) -> str:
    """What an event did, in the language in use; its note is told apart.

    Args:
        event: What was done; of a newer desk too.
        names: Officer id -> name.
    """
    label = _(LABELS[Code(event.code)]) if event.code in list(Code) else event.code
    said = ", ".join(_values(event, names))
    return f"{label}: {said}" if said else label


def _values(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    code = Code(event.code) if event.code in list(Code) else None
    if code is Code.OPTIC:
        yield lists.worded(OpticStatus, event.text("status"))
    elif code is Code.LETTER:
        yield letter_kinds.words(event.text("template"), event.text("way"))
    elif code is Code.DUE_RECALCULATED:
        yield from _counted_again(event)
    for ask in ASKS.get(code, ()) if code else ():
        value = event.data.get(ask.name)
        if ask.name != NOTE and value and ask.kind not in _UNSAID:
            yield value_words(ask, value, names)


def _counted_again(event: Event) -> Iterator[str]:
    """The due date before and after, and by which list of bank holidays."""
    dues, before = event.data.get("dues"), event.data.get("old")
    if not isinstance(dues, Mapping) or not isinstance(before, Mapping):
        return
    for number, kept in dues.items():
        new, old = deadlines.read(kept), deadlines.read(before.get(number, {}))
        if new and old:
            told = _("{new} instead of {old}, with the bank holidays {version}")
            yield told.format(
                new=day(new.due_on), old=day(old.due_on), version=new.calendar_version
            )


def value_words(ask: Ask, value: object, names: Mapping[str, str]) -> str:
    """One answer of a move as people read it."""
    if isinstance(value, list | tuple):
        return ", ".join(_word(ask, str(each), names) for each in value)
    return _word(ask, str(value), names)


def _word(ask: Ask, value: str, names: Mapping[str, str]) -> str:
    if ask.choices:
        return lists.worded(ask.choices, value)
    match ask.kind:
        case Kind.YES_NO:
            return f"{_(ask.label)}: {_('Yes') if value == 'yes' else _('No')}"
        case Kind.MOMENT:
            return moment(instant(value))
        case Kind.DAY:
            return day(dt.date.fromisoformat(value))
        case Kind.OFFICER:
            return owner(value, names)
        case Kind.PENCE:
            return money.pounds(int(value))
        case Kind.CATEGORIES:
            return categories.labels().label(value)
        case Kind.WHERE:
            return where(value)
        case Kind.SITE:
            return _site(value)
        case Kind.NATION:
            return _(NATION_LABELS[Nation(value)])
    return value


def moment(at: dt.datetime) -> str:
    """A moment in London time, such as ``21 Nov 2026 14:05``."""
    here = local(at)
    return f"{day(here.date())} {clock_time(here)}"


def owner(officer_id: str, names: Mapping[str, str]) -> str:
    """Who looks after a stage."""
    if officer_id == CIT:
        return _(STAGE_LABELS[3])
    return names.get(officer_id, officer_id)


def where(code: str) -> str:
    """What a subject is called that is not ours."""
    known = redirects.subjects()
    return known[code].label if code in known else code


def _site(key: str) -> str:
    try:
        return sites.by_key(key).shown_name(language())
    except NotFoundError:
        return key


def besides(codes: Iterable[str], also: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the categories ask besides and what was answered, each with its label."""
    for ask in categories.asked_besides(codes):
        value = also.get(ask.name, "")
        if value in ("yes", "no"):
            value = _("yes") if value == "yes" else _("no")
        elif ask.kind == "day_or_no" and value:
            value = day(dt.date.fromisoformat(value))
        yield ask.label, value


def part_words(part: Part) -> str:
    """What is not ours: which part, whose it is, and what is said of time."""
    known = redirects.subjects().get(part.where)
    there = known.where_in(language()) if known else ""
    clock = known.clock_in(language()) if known else ""
    subject = where(part.where)
    what = f"{part.what} ({subject})" if part.what else subject
    return ". ".join(filter(None, (what, part.body or there, clock)))


def payment_words(payment: ExGratia | None) -> str:
    """What is asked for as an ex gratia payment, or what was decided; empty for neither."""
    if payment is None:
        return ""
    if payment.granted is None:
        return _("{amount} asked for").format(amount=money.pounds(payment.pence))
    return money.pounds(payment.granted_pence) if payment.granted else _("refused")


def stage_words(complaint: Complaint, stage: Stage) -> str:
    """Which stage it is and how it stands."""
    words = _("Stage {number}, {what}: {status}")
    return words.format(
        number=stage.number, what=_within(_(STAGE_LABELS[stage.number])), status=stage.status.label
    )


def _within(label: str) -> str:
    """A label as it stands within a sentence; short forms keep their capitals."""
    return label[:1].lower() + label[1:]


def alert_words(alerts: frozenset[str]) -> str:
    """What a team leader must know of, such as ``Major, Discrimination``."""
    grave = [Severity.MAJOR.label] if Severity.MAJOR in alerts else []
    return ", ".join([*grave, *sorted(flag.label for flag in ALERTING if flag in alerts)])
