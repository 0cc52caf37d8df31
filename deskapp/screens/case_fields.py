"""Fields of a scheme as a form shows them: how each type is edited, hinted and offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from deskapp.i18n import N_, _
from deskapp.services.casework import typing
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import FieldType
from deskapp.services.casework.words import shown
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

HINTS = {
    FieldType.DATE: N_("Like 30 11 2026, 30 Nov or today"),
    FieldType.DATETIME: N_("Like 30 Nov 14:05, 14:05 or now"),
    FieldType.INT: N_("A whole number"),
    FieldType.MONEY: N_("Like 125.50"),
    FieldType.CHOICES: N_("One or more, with commas between"),
    FieldType.ORG: N_("Name of the organisation"),
    FieldType.PARTY: N_("Full name"),
    FieldType.CASE: N_("Reference of the case, or words of it"),
}
NOTE_ROWS = 3
SOUGHT = (FieldType.PARTY, FieldType.CASE)
"""What is offered from the store while one types; the words may also stand as they are."""
_CHOSEN = (FieldType.CHOICE, FieldType.YES_NO_UNKNOWN)


def typed_as(name: str) -> str:
    """Under which name the words of a choice are kept, beside the id of what was chosen."""
    return f"_typed_{name}"


def form_field(asked: Field) -> FormField:
    """A field of a scheme, or one that every case has, as a form shows it."""
    hint = HINTS.get(asked.type, "")
    label = shown(asked.label)
    if asked.type in _CHOSEN:
        return _choice(asked, label, partial(_one, asked), partial(_label_of, asked))
    if asked.type is FieldType.CHOICES:
        return _choice(asked, label, partial(_several, asked), str)
    if asked.type in SOUGHT:
        return FormField(
            asked.id,
            label,
            "choice",
            hint=hint,
            typed_as=typed_as(asked.id),
            free=True,
            label_of=str,
        )
    if asked.type is FieldType.LINES:
        columns = ", ".join(shown(each.label) for each in asked.columns)
        hint = _("One a line: {columns}").format(columns=columns)
        return FormField(asked.id, label, "words", rows=NOTE_ROWS, hint=hint)
    if asked.type is FieldType.NOTE:
        return FormField(asked.id, label, "words", rows=NOTE_ROWS)
    return FormField(asked.id, label, hint=hint)


def _choice(
    asked: Field,
    label: str,
    find: Callable[[str], Sequence[Offer]],
    label_of: Callable[[str], str],
) -> FormField:
    return FormField(
        asked.id,
        label,
        "choice",
        hint=HINTS.get(asked.type, N_("Type a word, or press Down")),
        typed_as=typed_as(asked.id),
        find=find,
        label_of=label_of,
    )


def _one(asked: Field, text: str) -> list[Offer]:
    found = typing.find_options(asked, text)
    return [Offer(option.id, typing.option_label(option)) for option in found]


def _several(asked: Field, text: str) -> list[Offer]:
    """Offers that end the last part of what was typed; the parts before it stay."""
    before, comma, last = text.rpartition(",")
    start = f"{before}{comma} " if comma else ""
    return [Offer(start + each.label, start + each.label) for each in _one(asked, last)]


def _label_of(asked: Field, option_id: str) -> str:
    labels = {each.id: typing.option_label(each) for each in typing.options(asked)}
    return labels.get(option_id, option_id)
