"""What is typed of a contact, and what must be put right before it can be saved.

Rules: enquiries sheet, sections 1, 4, 6 and 13.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from deskapp.errors import Problem
from deskapp.i18n import N_, _, number
from deskapp.services import needs
from deskapp.services.enquiries import dissatisfaction, outcome_adds, outcomes, third_party, topics
from deskapp.services.persons import persons
from deskapp.text import clean, one_line

LIMITS = {
    "person_name": 200,
    "question": 500,
    "answer": 2000,
    "case_ref": 40,
    "phone": 100,
    "email": 254,
    "postcode": 20,
}
"""Longest text of each field in characters (enquiries sheet, section 1)."""

COLLECTED = "extra_"
"""Begins the names of what a script collected beyond the fields of the form."""
LONGEST_COLLECTED = 500
"""Longest text of each of these: the exact words of a threat have room."""

_LABELS = {
    "person_name": N_("Person"),
    "case_ref": N_("Case reference"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "postcode": N_("Postcode"),
    "question": N_("What was asked"),
    "answer": N_("What was said"),
}


@dataclass(frozen=True)
class ContactDraft:
    """What the officer typed; nothing is checked yet."""

    channel: str = ""
    user_type: str = "not_given"
    topic: str = ""
    subtopic: str = ""
    jurisdiction: str = ""
    person_id: str = ""
    """The person picked from those already known; empty makes a new one when a name is given."""
    person_name: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    case_ref: str = ""
    question: str = ""
    answer: str = ""
    checked: str = ""
    """Kinds of detail asked for, as ``disclosure.read`` reads them; never an answer."""
    needs: str = ""
    """Codes of needs, parted by spaces."""
    need_language: str = ""
    """Language of the interpreter, when one is needed."""
    authority: str = ""
    """Code of a third party's authority; empty for people who speak for themselves."""
    acting_for: str = ""
    language: str = "unknown"
    """Language of this service."""
    dissatisfied: str = "none"
    dissatisfied_about: str = ""
    repeat_ref: str | None = None
    """Reference of the contact that this one repeats, empty for none; None: found by itself."""
    markers_seen: str = ""
    """Codes of the markers that stood on the screen, parted by spaces."""
    outcome: str = ""
    articles: str = ""
    """Articles and scripts that were used, as ``looked_up.added`` makes it."""
    trail: str = "[]"
    """JSON list of the scripts that were walked, as ``knowledge.trails.run`` makes them."""
    extras: Mapping[str, str] = field(default_factory=dict)
    """What the outcome must add, by name."""
    collected: Mapping[str, str] = field(default_factory=dict)
    """What scripts collected beyond these fields, by names of ``fields.toml``."""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> ContactDraft:
        """The draft of a form; values whose name begins with ``add_`` belong to the outcome, those
        with ``extra_`` were collected by a script.
        """
        names = {item.name for item in fields(cls)} - {"extras", "collected"}
        kept = {name: clean(value).strip() for name, value in values.items() if name in names}
        extras, collected = _begun(values, outcomes.ADDED), _begun(values, COLLECTED)
        return cls(**kept, extras=extras, collected=collected)


def _begun(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The values whose name begins so, by the rest of it; empty ones left out."""
    return {
        name.removeprefix(prefix): one_line(value)
        for name, value in values.items()
        if name.startswith(prefix) and value.strip()
    }


def problems(draft: ContactDraft, *, today: dt.date) -> list[Problem]:
    """Everything to put right before the contact can be saved, in the order of the form."""
    found = [*_topic_problems(draft), *persons.problems(draft.phone, draft.email)]
    for name, limit in LIMITS.items():
        if len(getattr(draft, name)) > limit:
            message = _("{field} must be {limit} characters or less").format(
                field=_(_LABELS[name]), limit=number(limit)
            )
            found.append(Problem(name, message))
    for name, text in draft.collected.items():
        if len(text) > LONGEST_COLLECTED:
            message = _("Enter {count} characters or less").format(count=LONGEST_COLLECTED)
            found.append(Problem(COLLECTED + name, message))
    found += needs.problems(draft.needs, draft.need_language)
    found += third_party.problems(draft.authority, draft.acting_for)
    found += dissatisfaction.problems(draft.dissatisfied, draft.dissatisfied_about)
    if not draft.outcome:
        found.append(Problem("outcome", _("Select how the contact ended")))
    else:
        outcome = outcomes.by_code(draft.outcome)
        found.extend(outcome_adds.problems(outcome, draft.answer, dict(draft.extras), today=today))
    return found


def ended_first(draft: ContactDraft) -> bool:
    """Whether what the contact was about is asked only once it is known how it ended.

    A silent line, a wrong number: nothing was written down, and no topic may be needed.
    """
    about = draft.question or draft.answer or draft.case_ref
    return not draft.outcome and not about and bool(_topic_problems(draft))


def _topic_problems(draft: ContactDraft) -> list[Problem]:
    if draft.outcome and not outcomes.by_code(draft.outcome).about_something:
        return []
    if not draft.topic:
        return [Problem("topic", _("Select what the contact is about"))]
    if topics.by_code(draft.topic).needs_question and not draft.question:
        return [Problem("question", _("Enter what the person asked"))]
    return []
