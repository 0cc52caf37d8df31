"""The page of a juror: how they stand, what may be done, their pools and days, every step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import N_, _, day, day_and_time, number
from deskapp.screens import jury_told, linked
from deskapp.screens.base import Entry
from deskapp.screens.lettered import possible
from deskapp.services.jury import courts
from deskapp.services.jury.asks import Do
from deskapp.services.jury.corrections import CHANGE_LABELS
from deskapp.services.jury.events import Code
from deskapp.services.jury.juror_record import DayLine, EventLine, JurorRecord, Membership
from deskapp.services.jury.lists import (
    CONTACT_LABELS,
    IDENTITY_LABELS,
    POLICE_LABELS,
    REACH_LABELS,
)
from deskapp.services.jury.stages import STATUS_LABELS, Status
from deskapp.services.jury.status import DISQUALIFICATION_LABELS, REASON_LABELS, Act
from deskapp.services.link_lines import LinkLine
from deskapp.widgets.record_page import headed, labelled

TRIAL_LABELS: dict[str, str] = {
    Act.DRAW: N_("Drawn for a panel"),
    Act.EMPANEL: N_("Sworn in"),
    Act.SEND_BACK: N_("Sent back from the panel"),
    Act.RETURN_FROM_PANEL: N_("Returned from the panel"),
    Act.RETURN_FROM_TRIAL: N_("Returned from the trial"),
}
"""What is done with a juror at a trial, untranslated."""
_OF_A_DAY = frozenset(
    {Code.CHECKED_IN, Code.CHECKED_OUT, Code.TIMES, Code.CONFIRMED, Code.ABSENT}
    | {Code.JURY_CONFIRMED, Code.DAY_ADDED, Code.NON_ATTENDANCE, Code.DAY_CHANGED, Code.UNDONE}
)
"""What is done about a day, which may be another than that on which it is done."""

Pairs = Iterator[tuple[str, str]]


def parts(
    shown: JurorRecord, actions: Sequence[Entry], links: Sequence[LinkLine]
) -> Iterator[Text]:
    """The parts of the page, the most needed first."""
    yield labelled(_head(shown))
    yield headed(_("What may be done"), possible(actions))
    yield labelled(_person(shown))
    yield headed(_("Days, the newest first"), map(_day, shown.days))
    yield headed(_("Pools"), map(_membership, shown.memberships))
    yield headed(_("Belongs together with"), map(linked.words, links))
    yield headed(_("History, the newest first"), map(_event, shown.events))


def _head(shown: JurorRecord) -> Pairs:
    line = shown.line
    yield _("Juror"), f"{line.number}  {line.name}"
    yield _("State"), jury_told.state(line)
    yield _("What to see"), " · ".join(jury_told.marked(line))
    if len(line.adjustment_text) > jury_told.ADJUSTMENT_LETTERS:
        yield _("Adjustment"), line.adjustment_text
    yield _("Identity"), _identity(line.identity)
    yield _("Pool"), f"{line.pool}, {courts.name_of(line.court)}"
    yield _("Service from"), day(line.service_start)
    if line.deferrals:
        yield _("Deferred"), _("{count} times before").format(count=number(line.deferrals))
    if line.completed_on:
        yield _("Completed"), day(line.completed_on)
    if line.owner == courts.BUREAU:
        yield _("NOT HANDED OVER"), _("The pool still belongs to the Bureau.")


def _identity(code: str) -> str:
    return jury_told.worded(IDENTITY_LABELS, code) if code else _("NOT CHECKED YET")


def _person(shown: JurorRecord) -> Pairs:
    person = shown.person
    yield _("Phone"), ", ".join(person.phones)
    yield _("Email"), person.email
    if person.reach_by != "none":
        yield _("Prefers"), jury_told.worded(REACH_LABELS, person.reach_by)
    yield _("Postcode"), person.postcode
    if shown.line.date_of_birth:
        yield _("Date of birth"), day(shown.line.date_of_birth)
    yield _("Police check"), jury_told.worded(POLICE_LABELS, person.police_check)
    yield _("Notes"), person.notes


def _day(each: DayLine) -> str:
    words = jury_told.recorded(each.record, by_list=each.by_list)
    by = ", ".join(filter(None, each.recorded_by))
    return ", ".join(filter(None, (day(each.day), words, by)))


def _membership(each: Membership) -> str:
    words = [each.pool, courts.name_of(each.court), _(STATUS_LABELS[each.status])]
    words.append(_("from {date}").format(date=day(each.service_start)))
    if each.reason:
        words.append(_reason(each.status, each.reason))
    if each.deferred_to:
        words.append(_("deferred to {date}").format(date=day(each.deferred_to)))
    if not each.active:
        words.append(_("not active"))
    return ", ".join(words)


def _reason(status: Status, code: str) -> str:
    labels = DISQUALIFICATION_LABELS if status is Status.DISQUALIFIED else REASON_LABELS
    return jury_told.worded(labels, code)


# -- history --------------------------------------------------------------------------------------


def _event(each: EventLine) -> str:
    at = local(each.at)
    words = [day_and_time(at), each.officer, event_words(each)]
    if each.day and each.day != at.date() and each.code in _OF_A_DAY:
        words.insert(2, _("for {date}").format(date=day(each.day)))
    told = ", ".join(filter(None, words))
    return f"{told}: {each.note}" if each.note else told


def event_words(each: EventLine) -> str:
    """What was done, with what must be known to understand it."""
    data = each.data
    if each.code is Code.STATUS:
        return _status_words(data)
    if each.code is Code.CONTACT:
        about = jury_told.worded(CONTACT_LABELS, str(data.get("about", "")))
        return f"{each.code.label}, {about}"
    if each.code is Code.IDENTITY:
        proof = jury_told.worded(IDENTITY_LABELS, str(data.get("after", data.get("proof", ""))))
        return f"{each.code.label}, {proof}"
    changes = [label for change, label in CHANGE_LABELS.items() if change == data.get("change")]
    if each.code is Code.DAY_CHANGED and changes:
        return f"{each.code.label}: {_(changes[0])}"
    if each.code is Code.NEXT_DATE and data.get("on"):
        return f"{each.code.label}: {data['on']}"
    return each.code.label


def _status_words(data: dict[str, object]) -> str:
    words = [_act_label(str(data.get("act", "")))]
    before, after = data.get("from"), data.get("to")
    if isinstance(before, int) and isinstance(after, int):
        was, now = (_(STATUS_LABELS[Status(each)]) for each in (before, after))
        words.append(_("{was}, now {now}").format(was=was, now=now))
    reason = str(data.get("reason", ""))
    if reason:
        labels = REASON_LABELS if data.get("act") != Do.DISQUALIFY else DISQUALIFICATION_LABELS
        words.append(jury_told.worded(labels, reason))
    if data.get("new_date"):
        words.append(str(data["new_date"]))
    return ", ".join(words)


def _act_label(act: str) -> str:
    if act in frozenset(Do):
        return Do(act).label
    return jury_told.worded(TRIAL_LABELS, act)
