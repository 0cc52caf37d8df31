"""Line mode: one question a line, for serial terminals and screen readers."""

from __future__ import annotations

import sys
import textwrap

from deskapp.cli.choices import LISTS, ChoiceError
from deskapp.cli.out import tell
from deskapp.i18n import _
from deskapp.text import clean

WIDTH = 78
"""The longest list then fits a screen of 24 lines."""


def ask(question: str) -> str:
    """One typed line, cleaned; empty when nothing was typed.

    Raises:
        KeyboardInterrupt: At the end of the input, as for Ctrl+C.
    """
    tell(f"{question}: ", end="")
    line = sys.stdin.readline()
    if not line:
        tell("")
        raise KeyboardInterrupt
    return clean(line).strip()


def ask_choice(question: str, field: str, besides: str = "") -> str:
    """The code of an item of the list of ``field``; empty when it was skipped.

    ``?`` shows the whole list; words that mean several items show those, and it is asked again.
    ``besides`` may be typed as well and is given back as it is.
    """
    offered = LISTS[field]
    while typed := ask(_("{question} (? lists them)").format(question=question)):
        if typed == besides:
            return typed
        if typed == "?":
            tell(textwrap.fill("; ".join(item.shown for item in offered.every()), WIDTH))
            continue
        try:
            return offered.code(typed)
        except ChoiceError as error:
            tell(str(error))
    return ""
