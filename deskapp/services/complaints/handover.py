"""A complaint grown from another record: its words are carried over, and both stay linked.

A desk whose records may become complaints gives a function like ``from_contact``: it reads the
record for the person who asks and makes the values of the form. ``log`` links both by the record
that the values name. Source: complaints sheet, section 2.1; enquiries sheet, section 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.i18n import _, clock_time
from deskapp.roles import User
from deskapp.services import kinds, needs
from deskapp.services.complaints.drafts import LIMITS
from deskapp.services.complaints.lists import FROM_CONTACT, Authority, Channel, Severity
from deskapp.services.enquiries import contact_lines
from deskapp.services.lists import Authority as ContactAuthority
from deskapp.services.persons import withheld

Values = Mapping[str, str]
"""Values of the form of a complaint, by the names of ``ComplaintDraft``."""


def from_contact(connection: Connection, contact_id: str, *, user: User) -> dict[str, str]:
    """The form of a complaint from a saved contact: who, what, when, case, category and needs.

    What is withheld of the person is not carried over: the complaint finds it by the person.

    Raises:
        NotFoundError: If there is no such contact.
        NotAllowedError: If the role may not read contacts.
    """
    record = contact_lines.record(connection, contact_id, user=user)
    cover = withheld.cover(connection, record.person_id)
    more = record.more
    codes, language = needs.typed(more.needs)
    began = local(record.line.started_at)
    values = {
        "from_table": kinds.CONTACT,
        "from_id": contact_id,
        "received_on": began.date().isoformat(),
        "received_time": clock_time(began),
        "channel": channel(record.line.channel),
        "person_id": record.person_id or "",
        "person_name": record.line.person_name,
        "user_type": record.user_type,
        "case_ref": record.case_ref,
        "jurisdiction": more.jurisdiction,
        "acting_for": more.acting_for,
        "authority": authority(more.authority),
        "needs": codes,
        "need_language": language,
        "language": more.language,
        "categories": more.dissatisfied_about,
        "severity": severity(more.dissatisfied),
        "summary": "",
        "details": details(record.question, record.answer),
    }
    if not cover.address:
        values |= {"email": record.email, "postcode": record.postcode}
    if not (cover.address or cover.call):
        values["phone"] = record.phone
    return {name: value for name, value in values.items() if value}


def from_contact_form(values: Values, contact_id: str) -> dict[str, str]:
    """The same from a contact that is being typed: its form's values, before it is saved.

    ``contact_id`` is the id of its draft, which becomes the id of the contact.
    """
    same = ("person_id", "person_name", "phone", "email", "postcode", "case_ref", "user_type",
            "jurisdiction", "acting_for", "needs", "need_language", "language")  # fmt: skip
    carried = {
        **{name: values.get(name, "") for name in same},
        "from_table": kinds.CONTACT,
        "from_id": contact_id,
        "channel": channel(values.get("channel", "")),
        "authority": authority(values.get("authority", "")),
        "categories": values.get("dissatisfied_about", ""),
        "severity": severity(values.get("dissatisfied", "")),
        "details": details(values.get("question", ""), values.get("answer", "")),
    }
    return {name: value for name, value in carried.items() if value}


def severity(of_contact: str) -> str:
    """How grave a complaint is that grew from a contact: major, or as its category says."""
    return Severity.MAJOR.value if of_contact == Severity.MAJOR else ""


def channel(of_contact: str) -> str:
    """The channel of a complaint that reached us over this channel of a contact."""
    if of_contact in FROM_CONTACT:
        return FROM_CONTACT[of_contact].value
    return of_contact if of_contact in list(Channel) else Channel.OTHER.value


def authority(of_contact: str) -> str:
    """What is known of the authority of a third party; empty for somebody who speaks for
    themselves."""
    if not of_contact:
        return ""
    if of_contact == ContactAuthority.ON_RECORD:
        return Authority.NOT_NEEDED.value
    seen = of_contact in list(ContactAuthority) and ContactAuthority(of_contact).suffices
    return (Authority.SEEN if seen else Authority.REQUESTED).value


def details(question: str, answer: str) -> str:
    """What was asked and said, as the account begins."""
    parts = [question.strip()]
    if answer.strip():
        parts.append(_("We said: {words}").format(words=answer.strip()))
    return "\n\n".join(filter(None, parts))[: LIMITS["details"]]
