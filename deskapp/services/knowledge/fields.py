"""Reading what scripts may collect or set, and whom they may escalate to: ``fields.toml``."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from deskapp.i18n import _
from deskapp.services import lists, needs, spoken
from deskapp.services.enquiries import outcomes, topics
from deskapp.services.enquiries.outcomes import Need
from deskapp.services.knowledge.declared import Extra, Fields
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.reading import Reader, parsed

FILE = "fields.toml"
PREFIX = "enquiry."
"""Before the name of a field, wherever a script speaks of one."""
KINDS = ("text", "day", "time", "yes_no", "choice")


def read(text: str) -> tuple[Fields, list[Finding]]:
    """The fields of ``fields.toml``; what cannot be read is left out with a finding."""
    table, findings = parsed(text, FILE)
    reader = Reader(table, FILE)
    form, extras, roles = reader.table("form"), {}, {}
    for name, entry in reader.table("extra").items():
        extras[name], found = _extra(name, entry)
        findings += found
    for name, entry in reader.table("role").items():
        role = Reader(entry if isinstance(entry, dict) else {}, FILE, name)
        roles[name] = role.words("label", required=True)
        findings += role.close()
    words = {}
    for name, entry in reader.table("words").items():
        entry = entry if isinstance(entry, dict) else {}
        values = Reader(entry, FILE, name)
        words[name] = {value: values.words(value, required=True) for value in entry}
        findings += values.close()
    kept = {name: value for name, value in form.items() if isinstance(value, str)}
    return Fields(kept, extras, roles, words), reader.close() + findings


def _extra(name: str, entry: object) -> tuple[Extra, list[Finding]]:
    reader = Reader(entry if isinstance(entry, dict) else {}, FILE, name)
    kind = reader.text("kind", of=KINDS)
    label = reader.words("label", required=True)
    options = Reader(reader.table("options"), FILE, name)
    offered = {value: options.words(value) for value in reader.table("options")}
    if bool(offered) is not (kind == "choice"):
        reader.wrong("E1", _("A choice has options, and nothing else has."))
    return Extra(name, kind, label, offered), reader.close() + options.close()


@cache
def form_values() -> frozenset[str]:
    """Every value that the contact form keeps, with those that outcomes add."""
    from deskapp.services.enquiries.contact_drafts import ContactDraft  # brings the store with it

    added = {outcomes.ADDED + name for name in _needs()}
    by_itself = {"extras", "collected", "trail"}
    return frozenset({each.name for each in fields(ContactDraft)} - by_itself | added)


def need(fields_: Fields, name: str) -> Need | None:
    """What an outcome must add that this field fills; None for every other field."""
    value = fields_.form.get(name, "")
    added = value.startswith(outcomes.ADDED)
    return _needs().get(value.removeprefix(outcomes.ADDED)) if added else None


@cache
def _needs() -> dict[str, Need]:
    return {each.name: each for outcome in outcomes.offered() for each in outcome.needs}


def parts(name: str, value: str) -> list[str]:
    """The single values of a field: needs are several in one text."""
    return value.split() if name == "needs" else [value]


def allowed(fields_: Fields, name: str) -> frozenset[str] | None:
    """The values that may be set into a field; None where any text may be."""
    if extra := fields_.extras.get(name):
        yes_no = frozenset({"yes", "no"}) if extra.kind == "yes_no" else None
        return frozenset(extra.options) or yes_no
    return _closed().get(fields_.form.get(name, ""))


@cache
def _closed() -> dict[str, frozenset[str]]:
    """Values of the contact form that come from a closed list."""
    return {
        "channel": frozenset(lists.Channel),
        "user_type": frozenset(lists.UserType),
        "jurisdiction": frozenset(lists.Jurisdiction),
        "authority": frozenset(lists.Authority),
        "language": frozenset(lists.ServiceLanguage),
        "dissatisfied": frozenset(lists.Dissatisfied),
        "topic": frozenset(topic.code for topic in topics.all_topics()),
        "needs": frozenset(item.code for item in needs.offered()),
        "need_language": frozenset(item.code for item in spoken.languages()),
    }
