"""What ``deskapp case do`` can do: the actions of a scheme, and the verbs of every case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from deskapp.cli.commands import CommandLineError
from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import N_, _
from deskapp.services import typed
from deskapp.services.casework import cases
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import day_of
from deskapp.text import one_line

WORDS = {
    "note": (),
    "set": (),
    "add": (N_("ITEM"),),
    "close": (N_("ITEM"), N_("OUTCOME")),
    "extend": (N_("ITEM"), N_("DAY")),
    "book": (N_("ITEM"), N_("DAY")),
}
"""The verbs of every case, and what each is followed by."""


class Step(NamedTuple):
    """What is to be done, and the fields that may be filled in with it."""

    verb: Callable[..., CaseLine]
    given: Mapping[str, str]
    fields: tuple[Field, ...]


def step(record: CaseRecord, words: Sequence[str], today: dt.date) -> Step:
    """What the words of a command mean for a case; an action of the scheme comes first.

    Raises:
        CommandLineError: If the verb is followed by too few words, or too many.
        NotFoundError: If the case has no such action, item or outcome.
        NotUnderstoodError: If a day cannot be read.
    """
    verb, *rest = words
    if verb in record.scheme.action_by_id and not rest:
        return Step(cases.do, {"action": verb}, _asked(record, verb))
    if verb not in WORDS:
        names = ", ".join([*record.scheme.action_by_id, *WORDS])
        message = _("{what} is not understood. Use one of: {names}.")
        raise NotFoundError(message.format(what=one_line(" ".join(words)), names=names))
    if len(WORDS[verb]) != len(rest):
        usage = " ".join((verb, *(_(word) for word in WORDS[verb])))
        raise CommandLineError(_("Write it like this: {usage}").format(usage=usage))
    if verb in ("note", "set"):
        of_items = [field for each in record.scheme.templates for field in each.fields]
        return Step(cases.fill_in, {}, (*of_items, *record.scheme.fields))
    if verb == "add":
        return Step(cases.add_item, {"template": _addable(record, rest[0])},
                    _of_template(record, rest[0]))  # fmt: skip
    item = item_name(record, rest[0])
    if verb == "close":
        template = record.facts.case.items[item].template
        given = {"item": item, "outcome": _outcome(record, template, rest[1])}
        return Step(cases.close_item, given, _of_template(record, template))
    put = cases.extend_item if verb == "extend" else cases.book_item
    return Step(put, {"item": item, "due": _day(rest[1], today)}, ())


def _asked(record: CaseRecord, action: str) -> tuple[Field, ...]:
    """The fields of the case, or of the one that the action opens."""
    child = record.scheme.action_by_id[action].child
    if not child:
        return record.scheme.fields
    return record.facts.book.in_force(child, day_of(record.facts.now)).fields


def _addable(record: CaseRecord, name: str) -> str:
    many = [template.id for template in record.scheme.templates if template.many]
    return _one_of(name, many, _("There is no item {name} to add. Use one of: {names}."))


def _outcome(record: CaseRecord, template: str, name: str) -> str:
    found = record.scheme.template_by_id.get(template)
    known = [outcome.id for outcome in found.outcomes] if found else [name]
    return _one_of(name, known, _("There is no outcome {name}. Use one of: {names}."))


def _one_of(name: str, known: Sequence[str], message: str) -> str:
    if name not in known:
        raise NotFoundError(message.format(name=one_line(name), names=", ".join(known) or "-"))
    return name


def _of_template(record: CaseRecord, name: str) -> tuple[Field, ...]:
    template = record.scheme.template_by_id.get(name)
    return template.fields if template else ()


def item_name(record: CaseRecord, name: str) -> str:
    """The name of an item; its number in the list of the record will do."""
    items = list(record.facts.case.items)
    if name.isdecimal() and 0 < int(name) <= len(items):
        return items[int(name) - 1]
    found = record.facts.case.item(name)
    if found is None:
        message = _("The case has no item {name}. Use one of: {names}.")
        names = ", ".join(f"{number} {each}" for number, each in enumerate(items, start=1))
        raise NotFoundError(message.format(name=one_line(name), names=names or "-"))
    return found.name


def _day(text: str, today: dt.date) -> str:
    try:
        return typed.day(text, today=today).isoformat()
    except DeskError:
        if ":" in text:  # a day and time as programs write it
            return text
        raise
