"""When it gets hard: which form asks what, and which case of which scheme it becomes.

The forms, the kinds of danger and what is said are data, in ``data/reference/hard_cases.toml``.
Source: enquiries sheet, section 11.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from deskapp import i18n, paths
from deskapp.clock import LONDON, local
from deskapp.errors import NotFoundError, Problem
from deskapp.i18n import N_, _, number
from deskapp.services import typed
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import MOST_TEXT, FieldType
from deskapp.services.casework.words import shown
from deskapp.text import one_line

HAZARD = "hazard"
"""The field that the kinds of danger are picked in."""
TYPED = "_typed"
"""What a choice adds to its name for the text that was typed."""
_FILE = paths.REFERENCE / "hard_cases.toml"
_YES_NO = {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not known")}

Words = Mapping[str, str]
"""Language -> text."""


@dataclass(frozen=True)
class Form:
    """One entry of the menu: what it asks and what it becomes."""

    id: str
    letter: str
    label: Words
    first: Words
    """What to do before anything is written."""
    outcome: str
    """How a contact ends that led to it, unless it ends otherwise."""
    fields: tuple[str, ...]
    needs: Mapping[str, Words]
    """Field -> what to do when it is empty."""
    scheme: str = ""
    """Empty where the kind of danger decides."""
    danger: bool = False
    labels: Mapping[str, Words] = field(default_factory=dict)
    """Labels of fields, where that of the scheme does not say enough."""
    values: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)
    """What to do, by the answer of ``says["field"]``."""
    taken: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Field -> what a guided script found out before: ``hard_taken``."""
    excepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Options that another form is for."""

    def advice(self, values: Mapping[str, str]) -> str:
        """What to do now, in the language in use."""
        answer = values.get(self.says.get("field", ""), "")
        return worded(self.says[answer]) if answer and answer in self.says else worded(self.first)


class Script(NamedTuple):
    """A guided script that the menu leads to."""

    id: str
    letter: str
    label: Words


class Kind(NamedTuple):
    """A kind of danger or fault."""

    id: str
    label: Words
    scheme: str
    values: Mapping[str, str]


class Asked(NamedTuple):
    """A field as it is asked, in the language in use."""

    name: str
    label: str
    type: FieldType
    options: tuple[tuple[str, str], ...] = ()
    """What can be picked: what is kept, and its label."""


def worded(words: Words) -> str:
    """A text of the data in the language in use."""
    return words[i18n.language()]


@cache
def _document() -> Mapping[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of the menu."""
    made = []
    for entry in _document()["form"]:
        given = {**entry, "fields": tuple(entry["fields"])}
        excepted = {name: tuple(ids) for name, ids in given.pop("except", {}).items()}
        made.append(Form(**given, excepted=excepted))
    return tuple(made)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of danger or fault, in the order it is offered."""
    return tuple(Kind(**entry) for entry in _document()["kind"])


def form(form_id: str) -> Form:
    """The form with this id.

    Raises:
        NotFoundError: If there is none.
    """
    for each in forms():
        if each.id == form_id:
            return each
    raise NotFoundError(_("There is no such form."))


@cache
def scripts() -> tuple[Script, ...]:
    """The guided scripts of the menu, in its order."""
    return tuple(Script(**entry) for entry in _document()["script"])


def wellbeing() -> str:
    """What is said to the officer afterwards, in the language in use."""
    return worded(_document()["wellbeing"])


def asked(book: Rulebook, chosen: Form, today: dt.date) -> list[Asked]:
    """The fields of a form, with the labels and options of its scheme."""
    scheme = chosen.scheme or "building_issue"
    fields = book.in_force(scheme, today).field_by_id
    return [
        _hazard(chosen) if name == HAZARD else _asked(fields[name], chosen)
        for name in chosen.fields
    ]


def problems(
    fields: list[Asked], chosen: Form, values: Mapping[str, str], *, now: dt.datetime
) -> list[Problem]:
    """What must be put right before the form can be saved, in its order."""
    found = []
    for each in fields:
        text = values.get(each.name, "").strip()
        if not text and values.get(each.name + TYPED, "").strip():
            message = _("Select one of the list: {field}").format(field=each.label)
            found.append(Problem(each.name, message))
        elif not text and each.name in chosen.needs:
            found.append(Problem(each.name, worded(chosen.needs[each.name])))
        elif text and (said := _wrong(each, text, now)):
            found.append(Problem(each.name, said))
    return found


def case_values(
    fields: list[Asked], chosen: Form, values: Mapping[str, str], *, now: dt.datetime
) -> tuple[str, dict[str, object]]:
    """The scheme of the case that a form becomes, and the fields that were answered.

    Raises:
        NotUnderstoodError: If ``problems`` finds something in them.
    """
    scheme = chosen.scheme
    given: dict[str, object] = dict(chosen.values)
    for each in fields:
        text = values.get(each.name, "").strip()
        if not text:
            continue
        if each.name == HAZARD:
            kind = next(kind for kind in kinds() if kind.id == text)
            scheme, given = kind.scheme, {**given, **kind.values}
        else:
            given[each.name] = _value(each, text, now)
    if chosen.danger:
        given |= _document()["danger"].get(scheme, {})
        if scheme == "incident":
            given["immediate_action"] = worded(_document()["at_once"])
    return scheme, given


def past_time(text: str, now: dt.datetime) -> dt.datetime:
    """The instant of a time of day that has passed today.

    Raises:
        NotUnderstoodError: If it is no time, or still to come.
    """
    moment = dt.datetime.combine(local(now).date(), typed.clock_time(text), LONDON)
    if moment > now:
        raise typed.NotUnderstoodError(_("Enter a time of today that has passed, like 9:05"))
    return moment


def _hazard(chosen: Form) -> Asked:
    offered = [kind for kind in kinds() if chosen.scheme in ("", kind.scheme)]
    options = tuple((kind.id, worded(kind.label)) for kind in offered)
    return Asked(HAZARD, _("What kind"), FieldType.CHOICE, options)


def _asked(field: Field, chosen: Form) -> Asked:
    left_out = chosen.excepted.get(field.id, ())
    options = tuple(
        (option.id, shown(option.label)) for option in field.options if option.id not in left_out
    )
    if field.type is FieldType.YES_NO_UNKNOWN:
        options = tuple((code, _(label)) for code, label in _YES_NO.items())
    label = worded(chosen.labels[field.id]) if field.id in chosen.labels else shown(field.label)
    return Asked(field.id, label, field.type, options)


def _wrong(each: Asked, text: str, now: dt.datetime) -> str:
    try:
        _value(each, text, now)
    except typed.NotUnderstoodError as error:
        return str(error)
    if len(text) > MOST_TEXT:
        return _("{field} must be {limit} characters or less").format(
            field=each.label, limit=number(MOST_TEXT)
        )
    return ""


def _value(each: Asked, text: str, now: dt.datetime) -> object:
    match each.type:
        case FieldType.DATETIME:
            return local(past_time(text, now)).isoformat(timespec="minutes")
        case FieldType.INT:
            return typed.whole_number(text, least=0, most=999)
        case FieldType.CHOICES:
            return [text]
        case FieldType.NOTE:
            return text
    return one_line(text)
