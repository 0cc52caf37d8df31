"""Fields in which one of a few options is picked by any word of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from deskapp.services.hard.hard import TYPED
from deskapp.services.matching import Entry, Matcher
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

Options = Sequence[tuple[str, str]]
"""What is kept and its label, in the language in use."""


def finder(options: Options) -> Callable[[str], list[Offer]]:
    """What a field offers while one types; only a field that is typed into is got ready for it."""

    @cache
    def matcher() -> Matcher[tuple[str, str]]:
        return Matcher(Entry(option, option[0], (option[1],)) for option in options)

    return lambda text: [Offer(code, label) for code, label in matcher().find(text)]


def pick(name: str, label: str, options: Options, *, hint: str = "") -> FormField:
    """A field that keeps one of ``options``."""
    return FormField(
        name,
        label,
        "choice",
        hint=hint,
        typed_as=name + TYPED,
        find=finder(options),
        label_of=lambda code: dict(options).get(code, code),
    )
