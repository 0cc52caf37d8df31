"""Forms of cases: what each of them asks for. ``form_answers`` reads and saves what was typed.

A form is made of fields of a scheme and of a few that every case has, whose names begin with a
``_`` as no field of a scheme does. No scheme is known here by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from deskapp.i18n import N_, _, language
from deskapp.services import desk, drafts
from deskapp.services.casework import typing, words
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.allowed import allowed
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.events import Code
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.refusals import DUE
from deskapp.services.casework.scheme import Action, Field, Option, Scheme
from deskapp.services.casework.state import Case, Family, Item, Visit
from deskapp.services.casework.values import FieldType, Value, day_of
from deskapp.services.casework.vocabulary import Label, NoteNeed
from deskapp.services.casework.words import shown

OUTCOME, REASON, NOTE, REFS = "_outcome", "_reason", "_note", "_refs"


class Verb(StrEnum):
    """What a form does when it is saved."""

    OPEN = "open"
    DO = "do"
    FILL = "fill"
    ADD = "add"
    CLOSE = "close"
    BOOK = "book"
    EXTEND = "extend"
    HOLD = "hold"
    RELEASE = "release"
    NOTE = "note"


TITLES = {
    Verb.OPEN: N_("New: {what}"),
    Verb.DO: "{what}",
    Verb.FILL: N_("Fill in or put right"),
    Verb.ADD: N_("Add: {what}"),
    Verb.CLOSE: N_("Close: {what}"),
    Verb.BOOK: N_("Book a day for: {what}"),
    Verb.EXTEND: N_("Put off: {what}"),
    Verb.HOLD: N_("Keep from disposal"),
    Verb.RELEASE: N_("End the hold: {what}"),
    Verb.NOTE: N_("Add a note"),
}


@dataclass(frozen=True)
class Form:
    """What is asked, in order."""

    verb: Verb
    what: str
    """The scheme, action, item or hold it is about, as events name it."""
    title: str
    """In the language in use."""
    fields: tuple[Field, ...]
    needed: frozenset[str]
    """Names of the fields that cannot stay empty."""
    facts: CaseFacts
    """The case that the fields are of; one that does not exist yet has no values."""
    first: Mapping[str, str] = field(default_factory=dict)
    """What stands in the fields at first."""
    usual: Mapping[str, str] = field(default_factory=dict)
    """What else is put into a form that is begun: the site of the desk, the moment of an action."""
    case: str = ""
    """Reference and title of the case; empty while there is none."""

    @property
    def name(self) -> str:
        """What drafts of it are called."""
        return f"{drafts.CASE}:{self.verb}:{self.what}"


def opening(acting: Acting, scheme_id: str) -> Form:
    """The form that opens a case of a scheme; what a later action asks for stands last.

    Raises:
        NotFoundError: If no version of it is in force.
    """
    scheme = acting.book.in_force(scheme_id, day_of(acting.now))
    later = {name for each in scheme.actions if not each.child for name in each.asks}
    fields = sorted(_typed(scheme.fields), key=lambda each: (not each.required, each.id in later))
    at_once = [each for each in fields if each.required or each.id not in later]
    refs = _own(REFS, N_("Other references"), FieldType.TEXT)
    asked = [*at_once, refs, *fields[len(at_once) :]]
    needed = frozenset(each.id for each in fields if each.required)
    facts = _unborn(acting, scheme)
    form = _form(Verb.OPEN, scheme_id, shown(scheme.label), asked, needed, facts)
    here = desk.site_name(acting.user.site, language())
    places = [each.id for each in fields if each.type is FieldType.PLACE]
    return replace(form, usual=dict.fromkeys(places, here))


def about(record: CaseRecord, acting: Acting, verb: Verb, what: str = "") -> Form:
    """The form that does something with a case.

    Args:
        record: The case as it stands.
        acting: Who does it.
        verb: What is done; not ``OPEN``.
        what: The action, template, item or hold it is about.
    """
    case = " ".join(filter(None, (record.line.ref, record.line.title)))
    return replace(_about(record, acting, verb, what), case=case)


def _about(record: CaseRecord, acting: Acting, verb: Verb, what: str) -> Form:
    facts, scheme = record.facts, record.scheme
    note, needed_note = _own(NOTE, N_("Note"), FieldType.NOTE), frozenset({NOTE})
    if verb is Verb.DO:
        return _action_form(facts, acting, scheme.action_by_id[what])
    if verb is Verb.FILL:
        fields = tuple(_typed(scheme.fields))
        return replace(_form(verb, what, "", fields, frozenset(), facts), first=_texts(
            fields, facts.case.fields))  # fmt: skip
    if verb is Verb.ADD:
        template = scheme.template_by_id[what]
        needed = frozenset(each.id for each in template.fields if each.required)
        due = _own(DUE, N_("Due"), FieldType.TEXT)
        if template.wants_day:
            needed |= {DUE}
        return _form(verb, what, shown(template.label), [*template.fields, due], needed, facts)
    if verb in (Verb.CLOSE, Verb.BOOK, Verb.EXTEND):
        return _item_form(facts, verb, facts.case.items[what])
    if verb is Verb.HOLD:
        reason = _own(REASON, N_("Reason"), FieldType.TEXT)
        return _form(verb, what, "", [reason, note], frozenset({REASON, NOTE}), facts)
    return _form(verb, what, what, [note], needed_note if verb is Verb.NOTE else frozenset(), facts)


def _action_form(facts: CaseFacts, acting: Acting, action: Action) -> Form:
    scheme = acting.book.in_force(action.child, day_of(acting.now)) if action.child else None
    asking = scheme or facts.scheme
    empty = [
        name
        for reason in allowed(facts, action, acting.person)
        if reason.code is Code.FIELDS
        for name in reason.about
    ]
    names = dict.fromkeys([*action.asks, *empty])
    if scheme and not action.asks:
        names |= dict.fromkeys(scheme.field_by_id)
    fields = list(_typed(asking.field_by_id[name] for name in names if name in asking.field_by_id))
    needed = {*empty, *(() if scheme else action.needs_fields)}
    if action.note is not NoteNeed.NONE:
        fields.append(_own(NOTE, N_("Note"), FieldType.NOTE))
    if action.note is NoteNeed.REQUIRED:
        needed.add(NOTE)
    form = _form(
        Verb.DO,
        action.id,
        shown(action.label),
        fields,
        frozenset(needed),
        _unborn(acting, scheme) if scheme else facts,
    )
    if scheme:
        return form
    first = _texts(fields, facts.case.fields)
    now = {each.id: acting.now for each in fields if each.type is FieldType.DATETIME}
    usual = {name: text for name, text in _texts(fields, now).items() if name not in first}
    return replace(form, first=first, usual=usual)


def _item_form(facts: CaseFacts, verb: Verb, item: Item) -> Form:
    title = words.item_title(facts, item)
    note = _own(NOTE, N_("Note"), FieldType.NOTE)
    if verb is not Verb.CLOSE:
        due = _own(DUE, N_("Day, and time if any"), FieldType.TEXT)
        needed = {DUE, NOTE} if verb is Verb.EXTEND else {DUE}
        return _form(verb, item.name, title, [due, note], frozenset(needed), facts)
    template = facts.scheme.template_by_id[item.template]
    outcomes = tuple(Option(each.id, each.label) for each in template.outcomes)
    outcome = replace(_own(OUTCOME, N_("Outcome"), FieldType.CHOICE), options=outcomes)
    fields = [outcome, *_typed(template.fields), note]
    first = _texts(template.fields, item.fields) | {OUTCOME: item.outcome}
    form = _form(verb, item.name, title, fields, frozenset({OUTCOME}), facts)
    return replace(form, first=first)


def _form(
    verb: Verb,
    what: str,
    about: str,
    fields: Iterable[Field],
    needed: frozenset[str],
    facts: CaseFacts,
) -> Form:
    title = _(TITLES[verb]).format(what=about)
    return Form(verb, what, title, tuple(fields), needed, facts)


def _own(name: str, label: str, kind: FieldType) -> Field:
    """A field that every case has; its label is untranslated."""
    return Field(name, Label(label, label), kind, (), None, None, False, None, False, None)


def _typed(fields: Iterable[Field]) -> Iterable[Field]:
    return (each for each in fields if each.derive is None)


def _texts(fields: Iterable[Field], values: Mapping[str, Value]) -> dict[str, str]:
    found = {each.id: typing.as_typed(each, values.get(each.id)) for each in fields}
    return {name: text for name, text in found.items() if text}


def _unborn(acting: Acting, scheme: Scheme) -> CaseFacts:
    """The facts of a case that is not open yet."""
    visit = Visit(scheme.initial.id, 1, acting.now)
    case = Case("", scheme.id, scheme.version, acting.now, acting.person.id, (visit,))
    return CaseFacts(acting.book, Family().with_case(case), case, acting.now)
