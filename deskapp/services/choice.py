"""An item of a closed list: what is stored, what is shown, and by which words it is found."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from deskapp.i18n import _


class Choice(StrEnum):
    """One item of a closed list: its value is what is stored, its label what is shown."""

    english: str
    """The label before it is translated."""
    aliases: tuple[str, ...]
    """Other words it is found by, in either language."""

    # ``english`` has a default only for type checkers: they read ``Channel("email")`` as this call.
    def __new__(cls, code: str, english: str = "", *aliases: str) -> Self:
        choice = str.__new__(cls, code)
        choice._value_ = code
        choice.english = english
        choice.aliases = aliases
        return choice

    @property
    def label(self) -> str:
        """What it is called, in the language in use."""
        return _(self.english)
