"""Lets every application of a test run read the styles of Textual and deskapp once for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read: dict[tuple[Any, ...], list[RuleSet]] = {}


def share() -> None:
    """Parse each style sheet once for each set of colours; rules are read and never changed."""
    parse: Callable[..., list[RuleSet]] = Stylesheet._parse_rules

    def parsed(sheet: Stylesheet, css: str, *args: Any, **named: Any) -> list[RuleSet]:
        key = (css, args, *named.items(), *sheet._variables.values())
        if key not in _read:
            _read[key] = parse(sheet, css, *args, **named)
        return _read[key]

    Stylesheet._parse_rules = parsed  # type: ignore[assignment, method-assign]
    # The same in C: it is asked for a hundred times for each widget that is styled.
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
