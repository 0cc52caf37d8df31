"""A record to read: what goes on of a long line stands below what it belongs to."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.text import Text

from deskapp.screens.base import Entry
from deskapp.screens.lettered import possible
from deskapp.widgets.record_page import _hung, headed, labelled


def laid(part: Text, width: int, further: int = 2) -> list[str]:
    """The lines of a part as they are shown."""
    lines = part.split("\n", allow_blank=True)
    found = [each for line in lines for each in _hung(line, width, further, Console())]
    return [each.plain.rstrip() for each in found if each.plain.strip()]


def test_a_long_value_goes_on_beside_its_label() -> None:
    """Not below the label, where the next one is looked for."""
    part = labelled([("Case", "ISC-1 Intensive supervision participant"), ("Stage", "On order")])
    assert laid(part, 40) == [
        "Case             ISC-1 Intensive",
        "                 supervision participant",
        "Stage            On order",
    ]


def test_a_value_of_lines_keeps_them() -> None:
    """Each of them goes on at the same place."""
    part = labelled([("Income", "100 weekly wages at the mill\n5 weekly")])
    assert laid(part, 36) == [
        "Income           100 weekly wages at",
        "                 the mill",
        "                 5 weekly",
    ]


@pytest.mark.parametrize(("further", "second"), [(2, "  over there"), (0, "over there")])
def test_an_entry_goes_on_behind_its_beginning(further: int, second: str) -> None:
    """In a list of entries; a letter has none."""
    assert laid(Text("Look at the list over there"), 18, further) == ["Look at the list", second]


def test_what_is_set_in_goes_on_where_it_began() -> None:
    """A note below its entry."""
    assert laid(headed("History", ["now\n    Two words more"]), 16) == [
        "History",
        "now",
        "    Two words",
        "    more",
    ]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["W Warn   A Allege a breach", "C Commit for a short time, and say why at length"]),
        (
            25,
            [
                "W Warn",
                "A Allege a breach",
                "C Commit for a short",
                "  time, and say why at",
                "  length",
            ],
        ),
    ],
)
def test_no_letter_is_parted_from_its_words(width: int, lines: list[str]) -> None:
    """On a narrow terminal either: the letter is what is looked for."""
    labels = {
        "W": "Warn",
        "A": "Allege a breach",
        "C": "Commit for a short time, and say why at length",
    }
    (line,) = possible([Entry(letter, label, letter) for letter, label in labels.items()])
    assert laid(headed("What may be done", [line]), width) == ["What may be done", *lines]


def test_a_narrow_page_keeps_half_for_words() -> None:
    """However long the label is."""
    part = labelled([("A label that takes thirty", "one two three four")])
    assert laid(part, 40) == [
        "A label that takes thirty",
        "                    one two three four",
    ]
