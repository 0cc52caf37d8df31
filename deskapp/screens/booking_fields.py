"""The fields of a booking: each closed list by any word of it, days and times as typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from deskapp.i18n import N_, _
from deskapp.screens.base import Entry
from deskapp.screens.picks import Options, pick
from deskapp.services.hard.hard import TYPED
from deskapp.services.interpreters import languages
from deskapp.services.interpreters.bookings import (
    FOR_ROLE_LABELS,
    GENDER_LABELS,
    KIND_LABELS,
    MODE_LABELS,
    ROUTE_LABELS,
    Kind,
    Route,
)
from deskapp.services.interpreters.draft_reading import LABELS
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.routes import usual_route
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

WORD = N_("Type a word, or press Down")
NOTE_ROWS = 2
YES = (("yes", N_("Yes")),)

E = TypeVar("E", bound=StrEnum)


def options(labels: Mapping[E, str]) -> Options:
    """The items of a closed list, as a field offers them."""
    return [(item.value, _(label)) for item, label in labels.items()]


def lettered(labels: Mapping[E, str], letters: str) -> list[Entry]:
    """The items of a closed list, as a question offers them; one letter each."""
    named = zip(letters, labels.items(), strict=True)
    return [Entry(letter.upper(), _(label), item.value) for letter, (item, label) in named]


def language(kind: Kind | None) -> FormField:
    """A field that keeps the code of a language; words that are none stay as typed.

    Args:
        kind: Whose languages are offered; those of every kind for none.
    """

    def found(text: str) -> list[Offer]:
        listed = languages.find(text)
        return [
            Offer(each.code, each.label, _(KIND_LABELS[each.kind]))
            for each in listed
            if kind in (None, each.kind)
        ]

    return FormField(
        "language",
        LABELS["language"],
        "choice",
        hint=N_("Any word of it: polish, BSL, lip"),
        typed_as="language" + TYPED,
        find=found,
        label_of=languages.label,
    )


ALL_THE_SAME = FormField("travel_reason", N_("Why all the same"), hint=N_("Only if it is asked"))
"""Why somebody is booked who has too little time to get here."""


def fields(interpreters: Options) -> Sequence[FormField]:
    """The fields of a booking, in the order of the job.

    Args:
        interpreters: Who can be named as not wanted.
    """
    return (
        language(None),
        _line("other_language", hint=N_("Only if the list does not have it")),
        _line("day", hint=N_("Like 30 11 or Tue")),
        _line("start", hint=N_("Like 10:00")),
        _line("end", hint=N_("Like 13:00")),
        _pick("for_role", options(FOR_ROLE_LABELS)),
        _line("for_name", hint=N_("As the list names them")),
        _pick("mode", options(MODE_LABELS)),
        _pick("kind", options(KIND_LABELS), hint=N_("Empty: as the language")),
        _pick("assessment_done", _yes()),
        _pick("route", options(ROUTE_LABELS), hint=N_("Empty: the usual one, see above")),
        _line("off_contract_reason", hint=N_("Who was asked, and what they said")),
        _line("allowed_by", hint=N_("Name of the judge")),
        _line("allowed_on", hint=N_("Like today or 16 Nov")),
        _line("interpreters"),
        _pick("gender", options(GENDER_LABELS)),
        _line("dialect_note"),
        _pick("avoid", interpreters, hint=N_("Somebody who must not come")),
        _line("supplier"),
        _line("supplier_ref", hint=N_("From the portal; may follow later")),
        _line("cost_code"),
        _line("room"),
        _pick("overnight", _yes(), hint=N_("Only if it goes on after midnight")),
        FormField("note", LABELS["note"], "words", rows=NOTE_ROWS),
    )


def shown_for(route: Route, kind: Kind, names: Sequence[str]) -> list[str]:
    """Names of the fields that matter on a route and for a kind; the rest keeps what it has."""
    only = {
        "off_contract_reason": route is Route.OFF_CONTRACT,
        "allowed_by": route is Route.BY_PERMISSION,
        "allowed_on": route is Route.BY_PERMISSION,
        "assessment_done": kind is Kind.INTERMEDIARY,
    }
    return [name for name in names if only.get(name, True)]


def _line(name: str, hint: str = "") -> FormField:
    return FormField(name, LABELS[name], hint=hint)


def _pick(name: str, offered: Options, hint: str = WORD) -> FormField:
    return pick(name, LABELS[name], offered, hint=hint)


def _yes() -> Options:
    return [(code, _(label)) for code, label in YES]


def as_draft(values: Mapping[str, str]) -> BookingDraft:
    """The booking that a form holds: empty fields follow from the others."""
    given = {name: values.get(name, "") for name in BookingDraft.__dataclass_fields__}
    code = given["language"] or languages.named(values.get("language" + TYPED, ""))
    given["language"] = code or values.get("language" + TYPED, "")
    given["kind"] = given["kind"] or languages.kinds().get(code, Kind.SPOKEN).value
    usual = vars(BookingDraft())
    return BookingDraft(**{name: value or usual[name] for name, value in given.items()})


def route_of(draft: BookingDraft) -> Route:
    """The route it takes: the one that was chosen, or the usual one."""
    if draft.route in list(Route):
        return Route(draft.route)
    return usual_route(Kind(draft.kind), draft.language, draft.for_role, draft.jurisdiction)
