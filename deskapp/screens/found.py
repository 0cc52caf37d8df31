"""What a desk gives to Find: rows that open one of its records, or its whole list."""

from __future__ import annotations

from collections.abc import Iterable

from deskapp.i18n import _
from deskapp.widgets.record_list import Row

FOUND_ROWS = 8
"""What each desk shows at most."""


def rows(kind: str, label: str, lines: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Lines of id, what was found and more of it; ``kind`` opens them, ``label`` stands first."""
    return [Row(f"{kind}:{record_id}", (label, what, more)) for record_id, what, more in lines]


def all_of_them(kind: str, label: str, words: str) -> Row:
    """The last line where there are more: Enter shows the list, searched for the same words."""
    return Row(f"{kind}:{words}", (label, _("There are more."), _("Enter shows them all.")))
