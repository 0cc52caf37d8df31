"""Forms that are filled in before anything is typed: while nothing differs, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.services.hard.hard import TYPED

BEGAN = "_began_"
"""Before the name of a value: what stood there at first. No field of a form begins like it."""


def begun(values: Mapping[str, str]) -> dict[str, str]:
    """The values of a form that begins with ``values``."""
    first = {name: value for name, value in values.items() if value}
    return {**first, **{BEGAN + name: value for name, value in first.items()}}


def is_untouched(values: Mapping[str, str]) -> bool:
    """Whether a form holds what it began with; words beside a list count while none is picked."""
    return all(
        _same(values, name)
        for name in {each.removeprefix(BEGAN) for each in values}
        if not name.startswith("_")
    )


def _same(values: Mapping[str, str], name: str) -> bool:
    picked = name.removesuffix(TYPED)
    if name != picked:
        return bool(values.get(picked)) or not values.get(name)
    return values.get(name, "") == values.get(BEGAN + name, "")
