"""What is typed of a complaint, and what must be put right before it can be logged.

Source: complaints sheet, sections 2.1, 3 and 12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from deskapp.clock import LONDON, local
from deskapp.data import directory
from deskapp.errors import Problem
from deskapp.i18n import N_, _, number
from deskapp.services import desk, needs, typed
from deskapp.services import lists as contact_lists
from deskapp.services.complaints import categories, lists, money
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.categories import ALSO
from deskapp.services.dates import Nation, add_months
from deskapp.services.persons import persons
from deskapp.text import clean, one_line

FORM = "complaint"
"""Name of the form that becomes a complaint."""
NOON = dt.time(12)
LEAST_SUMMARY = 5
LIMITS = {
    "person_name": 200,
    "address": 500,
    "postcode": 20,
    "email": 254,
    "phone": 100,
    "case_ref": 40,
    "acting_for": 200,
    "summary": 120,
    "details": 20_000,
    "about_staff": 2000,
    "loss_for": 200,
    "redirect_body": 200,
    "part_what": 500,
}
"""Longest text of each field in characters (complaints sheet, section 2.1)."""
LABELS = {
    "person_name": N_("Name"),
    "address": N_("Address"),
    "postcode": N_("Postcode"),
    "email": N_("Email"),
    "phone": N_("Phone"),
    "case_ref": N_("Case reference"),
    "acting_for": N_("On behalf of"),
    "summary": N_("Summary"),
    "details": N_("Account"),
    "about_staff": N_("About a member of staff"),
    "loss_for": N_("What for"),
    "redirect_body": N_("Name of the body"),
    "part_what": N_("Which part"),
}


@dataclass(frozen=True)
class ComplaintDraft:
    """What the officer typed; nothing is checked yet."""

    received_on: str = ""
    """Local day as typed."""
    received_time: str = ""
    """Local time as typed; may be empty."""
    channel: str = ""
    site: str = ""
    """Key of the handling office; empty for the officer's own."""
    nation: str = ""
    """Empty for the one of the office."""
    jurisdiction: str = ""
    case_ref: str = ""
    from_table: str = ""
    from_id: str = ""
    """The record that it grew from."""
    anonymous: str = ""
    """``yes``, or empty."""
    person_id: str = ""
    person_name: str = ""
    user_type: str = "not_given"
    address: str = ""
    postcode: str = ""
    email: str = ""
    phone: str = ""
    acting_for: str = ""
    authority: str = ""
    needs: str = ""
    """Codes parted by spaces, as are the other lists."""
    need_language: str = ""
    language: str = "unknown"
    summary: str = ""
    details: str = ""
    categories: str = ""
    severity: str = ""
    """Empty for the default of the categories."""
    outcome_sought: str = ""
    loss: str = ""
    """Pounds and pence; empty when nothing is claimed."""
    loss_for: str = ""
    loss_evidence: str = ""
    """``yes`` or ``no``."""
    loss_direct: str = ""
    about_staff: str = ""
    """Who it is about, or "not known" in the language in use."""
    staff_unknown: str = ""
    """``yes`` when it is not known who it is about."""
    flags: str = ""
    owner: str = ""
    """Id of who looks after it from now on; empty for nobody yet."""
    redirect: str = ""
    """Code of ``redirects.toml`` when all of it is not ours."""
    part: str = ""
    """The same when a part is not."""
    part_what: str = ""
    redirect_body: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    """What the categories ask besides, by ``Also.name``."""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> ComplaintDraft:
        """The draft of a form; values whose name begins with ``also_`` answer the categories."""
        names = {item.name for item in fields(cls)} - {"also"}
        kept = {name: clean(value).strip() for name, value in values.items() if name in names}
        also = {
            name.removeprefix(ALSO): one_line(value)
            for name, value in values.items()
            if name.startswith(ALSO) and value.strip()
        }
        return cls(**kept, also=also)

    @property
    def codes(self) -> list[str]:
        """The codes of the categories, each once."""
        return [*dict.fromkeys(self.categories.split())]


def problems(draft: ComplaintDraft, acting: Acting) -> list[Problem]:
    """Everything to put right before the complaint can be logged, in the order of the form."""
    found = [*received_problems(draft, acting), *_list_problems(draft)]
    found += categories.problems(draft.codes, draft.also, today=acting.today)
    found += _account_problems(draft)
    found += _person_problems(draft)
    found += needs.problems(draft.needs, draft.need_language)
    found += _loss_problems(draft)
    found += _elsewhere_problems(draft)
    for name, limit in LIMITS.items():
        if len(getattr(draft, name)) > limit:
            message = _("{field} must be {limit} characters or less").format(
                field=_(LABELS[name]), limit=number(limit)
            )
            found.append(Problem(name, message))
    return found


def warnings(draft: ComplaintDraft, acting: Acting) -> list[str]:
    """What is told and does not stop the saving, in the language in use."""
    told = []
    if is_old(draft, acting):
        told.append(_("It was received more than 12 months ago: check the date."))
    if draft.anonymous:
        told.append(_("Anonymous: no reply is owed."))
    if draft.authority == lists.Authority.REQUESTED:
        told.append(_("Until the authority is seen, do not disclose anything."))
    return told


def is_old(draft: ComplaintDraft, acting: Acting) -> bool:
    """Whether it was received so long ago that the date may be a slip."""
    received = received_at(draft, acting)
    if received is None:
        return False
    oldest = add_months(acting.today, -acting.rules.logging.old_months)
    return local(received).date() < oldest


def received_at(draft: ComplaintDraft, acting: Acting) -> dt.datetime | None:
    """When it was received, to the millisecond of the store; none where that cannot be read.

    Without a time it is noon of that day, or now when it is today: only its day is ever counted.
    """
    try:
        day = typed.day(draft.received_on, today=acting.today)
        time = typed.clock_time(draft.received_time) if draft.received_time else None
    except typed.NotUnderstoodError:
        return None
    if time is None and day == acting.today:
        return acting.at
    return dt.datetime.combine(day, time or NOON, LONDON).astimezone(dt.UTC)


def received_problems(draft: ComplaintDraft, acting: Acting) -> list[Problem]:
    """What is wrong with when it was received."""
    if not draft.received_on:
        return [Problem("received_on", _("Enter the date the complaint was received"))]
    try:
        day = typed.day(draft.received_on, today=acting.today)
    except typed.NotUnderstoodError:
        return [Problem("received_on", _("Date received must be a real date"))]
    try:
        if draft.received_time:
            typed.clock_time(draft.received_time)
    except typed.NotUnderstoodError as error:
        return [Problem("received_time", str(error))]
    received = received_at(draft, acting)
    grace = dt.timedelta(minutes=acting.rules.logging.grace_minutes)
    if day > acting.today or (received and received > acting.now + grace):
        return [Problem("received_on", _("Date received must be today or in the past"))]
    return []


def _list_problems(draft: ComplaintDraft) -> list[Problem]:
    found = []
    if draft.channel not in list(lists.Channel):
        found.append(Problem("channel", _("Select how the complaint was received")))
    if draft.jurisdiction not in list(contact_lists.Jurisdiction):
        found.append(Problem("jurisdiction", _("Select the jurisdiction")))
    if draft.site and directory.by_key(draft.site) is None:
        found.append(Problem("site", _("Select the office that must answer")))
    if draft.nation and draft.nation not in list(Nation):
        found.append(Problem("nation", _("Select the nation of the office")))
    if draft.severity and draft.severity not in list(lists.Severity):
        found.append(Problem("severity", _("Select how grave it is")))
    wrong = set(draft.outcome_sought.split()) - set(lists.Sought)
    if wrong:
        found.append(Problem("outcome_sought", _("Select what the person wants")))
    if set(draft.flags.split()) - set(lists.Flag):
        found.append(Problem("flags", _("Select flags from the list")))
    return found


def _account_problems(draft: ComplaintDraft) -> list[Problem]:
    found = []
    if not one_line(draft.summary):
        found.append(Problem("summary", _("Enter a summary of one line")))
    elif len(one_line(draft.summary)) < LEAST_SUMMARY:
        message = _("Summary must be {count} characters or more")
        found.append(Problem("summary", message.format(count=number(LEAST_SUMMARY))))
    known = categories.all_categories()
    least = max((known[code].least_details for code in draft.codes if code in known), default=1)
    if not draft.details:
        found.append(Problem("details", _("Enter what the person told you")))
    elif len(one_line(draft.details)) < least:
        message = _("Enter {count} characters or more for this category")
        found.append(Problem("details", message.format(count=number(least))))
    if categories.asks_about_staff(draft.codes) and not (draft.about_staff or draft.staff_unknown):
        message = _("Enter who it is about, or select that it is not known")
        found.append(Problem("about_staff", message))
    return found


def _person_problems(draft: ComplaintDraft) -> list[Problem]:
    found = persons.problems(draft.phone, draft.email)
    if not draft.anonymous and not one_line(draft.person_name):
        message = _("Enter the name of the person, or select anonymous")
        found.append(Problem("person_name", message))
    third_party = draft.acting_for or draft.authority
    if third_party and draft.authority not in list(lists.Authority):
        message = _("Select whether you have seen authority to act")
        found.append(Problem("authority", message))
    if draft.authority and not one_line(draft.acting_for):
        found.append(Problem("acting_for", _("Enter on whose behalf the person complains")))
    return found


def _loss_problems(draft: ComplaintDraft) -> list[Problem]:
    if not draft.loss:
        return []
    found = []
    try:
        money.pence(draft.loss)
    except typed.NotUnderstoodError as error:
        found.append(Problem("loss", str(error)))
    if not draft.loss_for:
        found.append(Problem("loss_for", _("Enter what the loss is")))
    for name, message in (
        ("loss_evidence", _("Select yes if you hold proof")),
        ("loss_direct", _("Select yes if the loss came directly from an administrative error")),
    ):
        if getattr(draft, name) not in ("yes", "no"):
            found.append(Problem(name, message))
    return found


def _elsewhere_problems(draft: ComplaintDraft) -> list[Problem]:
    known = categories.redirects()
    found = [
        Problem(name, _("Select where you pointed the person to"))
        for name in ("redirect", "part")
        if getattr(draft, name) and getattr(draft, name) not in known
    ]
    if draft.part and not one_line(draft.part_what):
        found.append(Problem("part_what", _("Enter which part is not ours")))
    return found


def nation_of(draft: ComplaintDraft, acting: Acting) -> Nation:
    """The nation whose working days count."""
    return Nation(draft.nation) if draft.nation else desk.nation(draft.site or acting.user.site)
