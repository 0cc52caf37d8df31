"""What is typed of a complaint, and what is told of it while it is typed.

Source: complaints sheet, sections 2.1, 3 and 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from deskapp.clock import LONDON, local
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.services import desk, typed
from deskapp.services.complaints import categories, lists
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.categories import ALSO
from deskapp.services.dates import Nation, add_months
from deskapp.text import clean, one_line

FORM = "complaint"
"""Name of the form that becomes a complaint."""
NOON = dt.time(12)
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


def warnings(draft: ComplaintDraft, acting: Acting) -> list[str]:
    """What is told and does not stop the saving, in the language in use."""
    leads = may(acting.user, Act.MANAGE_COMPLAINTS)
    told = categories.told_of(draft.codes, leads=leads)
    if not (draft.redirect or draft.part):
        told += categories.not_ours(draft.codes, draft.also)
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


def nation_of(draft: ComplaintDraft, acting: Acting) -> Nation:
    """The nation whose working days count."""
    return Nation(draft.nation) if draft.nation else desk.nation(draft.site or acting.user.site)
