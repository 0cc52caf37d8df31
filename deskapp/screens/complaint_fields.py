"""What a complaint is asked, as a form shows it: how each kind of answer is typed and offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from deskapp.i18n import N_, _, language
from deskapp.screens import case_actions
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry
from deskapp.screens.picks import Options, pick
from deskapp.services import lists
from deskapp.services.choice import Choice
from deskapp.services.complaints import categories, redirects
from deskapp.services.complaints.asks import Ask, Kind
from deskapp.services.complaints.categories import ALSO, Also
from deskapp.services.complaints.lists import LETTERS
from deskapp.services.courts import courts
from deskapp.services.dates import NATION_LABELS
from deskapp.services.hard.hard import TYPED
from deskapp.text import fold
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

Items = Callable[[str], Sequence[tuple[str, str]]]
"""What may be meant by words, each with its label; everything for none."""

YES_NO = (("yes", N_("Yes")), ("no", N_("No")))
HINTS = {
    Kind.MOMENT: N_("Like 30 Nov 14:05; empty is now"),
    Kind.DAY: N_("Like 30 11 or 30 Nov: a working day"),
    Kind.PENCE: N_("Like 125.50"),
    Kind.REF: N_("Like C-7KM-4X9-3CT"),
}
ALSO_HINTS = {"day_or_no": N_("A day, like 30 11, or no")}
WORD = N_("Type a word, or press Down")
SEVERAL = N_("One or more, with commas between")
WORDS_ROWS = 6


def form_field(ask: Ask, options: Mapping[Kind, Options]) -> FormField:
    """The field of one answer.

    Args:
        ask: What is asked.
        options: What is offered for the kinds whose answers the store knows.
    """
    if ask.kind in (Kind.SEVERAL, Kind.CATEGORIES):
        return several(ask.name, ask.label, items(ask))
    if ask.kind in options:
        return pick(ask.name, ask.label, options[ask.kind], hint=WORD)
    if ask.kind is Kind.ONE:
        return one(ask.name, ask.label, ask.choices)
    if ask.kind in (Kind.YES, Kind.YES_NO):
        return pick(ask.name, ask.label, [(code, _(label)) for code, label in YES_NO], hint=WORD)
    if ask.kind is Kind.NATION:
        nations = [(nation.value, _(label)) for nation, label in NATION_LABELS.items()]
        return pick(ask.name, ask.label, nations, hint=WORD)
    if ask.kind is Kind.WHERE:
        return pick(ask.name, ask.label, wheres(), hint=WORD)
    if ask.kind is Kind.SITE:
        return site(ask.name, ask.label)
    if ask.kind is Kind.REF:
        return FormField(
            ask.name,
            ask.label,
            "choice",
            hint=HINTS[Kind.REF],
            typed_as=ask.name + TYPED,
            free=True,
            label_of=str,
        )
    if ask.kind is Kind.LONG:
        return FormField(ask.name, ask.label, "words", rows=WORDS_ROWS)
    return FormField(ask.name, ask.label, hint=HINTS.get(ask.kind, ""))


def one(name: str, label: str, kind: type[Choice] | None, *, hint: str = WORD) -> FormField:
    """A field that keeps one item of a list, found by any word of it."""
    assert kind is not None
    return FormField(
        name,
        label,
        "choice",
        hint=hint,
        typed_as=name + TYPED,
        find=lambda text: [Offer(item.value, item.label) for item in lists.find(kind, text)],
        label_of=lambda code: worded(kind, code),
    )


def site(name: str, label: str) -> FormField:
    """A field that keeps the key of an open court."""
    return FormField(
        name,
        label,
        "choice",
        hint=N_("Any word of its name"),
        typed_as=name + TYPED,
        find=_courts,
        label_of=lambda key: courts.by_key(key).shown_name(language()),
    )


def _courts(text: str) -> list[Offer]:
    found = courts.find(text, limit=6, open_only=True)
    return [
        Offer(hit.court.key, hit.court.shown_name(language()), hit.reason_beside_name())
        for hit in found
    ]


def also_field(ask: Also) -> FormField:
    """The field of something that a category asks besides."""
    name = ALSO + ask.name
    if ask.kind == "yes_no":
        return pick(name, ask.label, [(code, _(label)) for code, label in YES_NO])
    return FormField(name, ask.label, hint=ALSO_HINTS.get(ask.kind, ""))


def wheres() -> Options:
    """Whose a matter can be that is not ours."""
    return [(each.code, each.label) for each in redirects.subjects().values()]


def worded(kind: type[Choice], code: str) -> str:
    """What a stored code is called; the code itself where a newer desk made it."""
    return kind(code).label if code in frozenset(kind) else code


# -- several items in one field -------------------------------------------------------------------


def items(ask: Ask) -> Items:
    """The list that the items of an answer come from."""
    if ask.kind is Kind.CATEGORIES:
        return category_items
    kind = ask.choices
    assert kind is not None
    return lambda text: [(item.value, item.label) for item in lists.find(kind, text)]


def category_items(text: str) -> list[tuple[str, str]]:
    """Categories that may be meant, by code or words."""
    return [(item.code, item.label) for item in categories.labels().find(text)]


def several(name: str, label: str, found: Items, *, hint: str = SEVERAL) -> FormField:
    """A field that keeps the codes of several items, parted by spaces."""
    return FormField(
        name,
        label,
        "choice",
        hint=hint,
        typed_as=name + TYPED,
        find=partial(_several, found),
        label_of=partial(labels, found),
    )


def labels(found: Items, codes: str) -> str:
    """What codes parted by spaces are called."""
    by_code = dict(found(""))
    return ", ".join(by_code.get(code, code) for code in codes.split())


def _several(found: Items, text: str) -> list[Offer]:
    """Offers for what stands behind the items that are whole already; those stay."""
    kept, rest = _whole(dict(found("")), fold(text).strip())
    offers = []
    for code, _label in found(rest):
        codes = " ".join(dict.fromkeys((*kept, code)))
        offers.append(Offer(codes, labels(found, codes)))
    return offers


def _whole(every: Mapping[str, str], text: str) -> tuple[list[str], str]:
    """The items at the beginning of what was typed, each with its comma, and the rest; names of
    items may hold commas themselves."""
    names = [(fold(name) + ",", code) for code, label in every.items() for name in (label, code)]
    names.sort(key=lambda each: -len(each[0]))
    kept = []
    while found := next((each for each in names if text.startswith(each[0])), None):
        name, code = found
        kept.append(code)
        text = text[len(name) :].strip()
    return kept, text


# -- letters --------------------------------------------------------------------------------------


def closed(ask: Ask) -> Closed | None:
    """The list that letters answer from; none where words are wanted."""
    if ask.kind is Kind.YES:
        return Closed([Entry("Y", _("Yes"), "yes"), Entry("N", _("Not yet"), "")])
    if ask.kind is Kind.YES_NO:
        return Closed([Entry("Y", _("Yes"), "yes"), Entry("N", _("No"), "no")])
    if ask.kind is Kind.WHERE:
        subjects = redirects.subjects().values()
        return Closed([Entry(each.letter, each.label, each.code) for each in subjects])
    if ask.kind is Kind.ONE and ask.choices in LETTERS:
        return Closed(lettered(ask.choices))
    if ask.kind is Kind.SEVERAL and ask.choices:
        return Closed(lettered(ask.choices), several=True)
    return None


def lettered(kind: type[Choice]) -> list[Entry]:
    """The items of a list with their letters, the same in both languages."""
    given = LETTERS.get(kind) or lists.LETTERS.get(kind)
    letters = given or case_actions.letters([("", item.english) for item in kind])
    return [
        Entry(letter, item.label, item.value) for letter, item in zip(letters, kind, strict=True)
    ]
