"""What must be put right before a complaint can be logged.

Source: complaints sheet, sections 2.1, 3, 6 and 12.
"""

from __future__ import annotations

import datetime as dt

from deskapp.data import directory
from deskapp.errors import Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, may
from deskapp.services import desk, needs, typed
from deskapp.services import lists as contact_lists
from deskapp.services.complaints import categories, lists, money, redirects
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.drafts import LABELS, LIMITS, ComplaintDraft, received_at
from deskapp.services.complaints.lists import Severity
from deskapp.services.dates import Nation
from deskapp.services.persons import persons
from deskapp.text import one_line

LEAST_SUMMARY = 5


def problems(draft: ComplaintDraft, acting: Acting) -> list[Problem]:
    """Everything to put right before the complaint can be logged, in the order of the form."""
    found = [*received_problems(draft, acting), *_list_problems(draft, acting)]
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


def _list_problems(draft: ComplaintDraft, acting: Acting) -> list[Problem]:
    found = []
    if draft.channel not in list(lists.Channel):
        found.append(Problem("channel", _("Select how the complaint was received")))
    if draft.jurisdiction not in list(contact_lists.Jurisdiction):
        found.append(Problem("jurisdiction", _("Select the jurisdiction")))
    if draft.site and directory.by_key(draft.site) is None:
        found.append(Problem("site", _("Select the office that must answer")))
    found += _nation_problems(draft, acting)
    found += _severity_problems(draft)
    wrong = set(draft.outcome_sought.split()) - set(lists.Sought)
    if wrong:
        found.append(Problem("outcome_sought", _("Select what the person wants")))
    if set(draft.flags.split()) - set(lists.Flag):
        found.append(Problem("flags", _("Select flags from the list")))
    return found


def _nation_problems(draft: ComplaintDraft, acting: Acting) -> list[Problem]:
    """The nation is that of the office; only who leads says that it is another."""
    if not draft.nation:
        return []
    if draft.nation not in list(Nation):
        return [Problem("nation", _("Select the nation of the office"))]
    of_office = desk.nation(draft.site or acting.user.site)
    if draft.nation != of_office and not may(acting.user, Act.MANAGE_COMPLAINTS):
        return [Problem("nation", _("A team leader changes the nation: leave it as the office's"))]
    return []


def _severity_problems(draft: ComplaintDraft) -> list[Problem]:
    """It may be raised by anybody; lowered it is with a reason, once it is logged."""
    if not draft.severity:
        return []
    if draft.severity not in list(Severity):
        return [Problem("severity", _("Select how grave it is"))]
    lowest = categories.default_severity(draft.codes)
    if lowest is Severity.MAJOR and draft.severity == Severity.MINOR:
        message = _("What it is about makes it major: a team leader can lower it once it is logged")
        return [Problem("severity", message)]
    return []


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
    known = redirects.subjects()
    found = [
        Problem(name, _("Select where you pointed the person to"))
        for name in ("redirect", "part")
        if getattr(draft, name) and getattr(draft, name) not in known
    ]
    if draft.part and not one_line(draft.part_what):
        found.append(Problem("part_what", _("Enter which part is not ours")))
    return found
