"""Keys as terminals send them, and what must not type into a field."""

from __future__ import annotations

import pytest
from textual import constants
from textual.events import Key, MouseDown

from deskapp.terminal.keys_in import KeyParser


@pytest.fixture(params=[False, True], ids=["kitty", "no-kitty"])
def _keyboard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", request.param)


def keys(text: str, *, mouse: bool = False) -> list[tuple[str, str | None]]:
    """The keys in ``text``, as Textual is told."""
    found = list(KeyParser(mouse=mouse).feed(text))
    return [(event.key, event.character) for event in found if isinstance(event, Key)]


@pytest.mark.usefixtures("_keyboard")
@pytest.mark.parametrize("number", [*range(25, 27), *range(28, 30), *range(31, 35), 99])
def test_shift_and_a_function_key_types_nothing(number: int) -> None:
    """Textual by itself reads ``ESC [ 32 ~`` as a space and ``ESC [ 33 ~`` as a mark."""
    assert keys(f"\x1b[{number}~a") == [("a", "a")]
    assert keys(f"\x1b[{number};2~a") == [("a", "a")]


@pytest.mark.usefixtures("_keyboard")
@pytest.mark.parametrize(
    "stray",
    ["\x1b[?1;2c", "\x1b[>41;354;0c", "\x1b[77$", "\x1b[5n", "\x1bOz", "\x1b[[Z", "\x1b[M"],
)
def test_a_sequence_that_is_no_key_types_nothing(stray: str) -> None:
    """Answers of a terminal and keys of other keyboards are dropped whole."""
    assert keys(f"{stray}a") == [("a", "a")]


@pytest.mark.usefixtures("_keyboard")
@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOA", "up"),
        ("\x1b[D", "left"),
        ("\x1bOP", "f1"),
        ("\x1b[11~", "f1"),
        ("\x1b[[A", "f1"),
        ("\x1b[24~", "f12"),
        ("\x1b[Z", "shift+tab"),
        ("\x1b[5~", "pageup"),
        ("\x1b[3~", "delete"),
        ("\r", "enter"),
        ("\x07", "ctrl+g"),
    ],
)
def test_our_keys_arrive(sent: str, key: str) -> None:
    """R8: the keys that may be bound, in the codes of old and new terminals."""
    assert [name for name, _character in keys(sent)] == [key]


def test_mouse_reports_are_read_where_there_is_a_mouse() -> None:
    """They look like stray sequences and are not."""
    found = list(KeyParser(mouse=True).feed("\x1b[<0;10;5M"))
    assert [type(event) for event in found] == [MouseDown]


def test_alt_and_a_letter_does_not_type_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no key of ours; many terminals send it as Esc and the letter."""
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.0)
    parser = KeyParser(mouse=False)
    events = [*parser.feed("\x1bq"), *parser.tick()]
    assert [(e.key, e.character) for e in events if isinstance(e, Key)] == [("alt+q", None)]


def test_a_key_in_two_parts_is_one_key() -> None:
    """A far link may split ``ESC [ D``; the parser says how long it is worth waiting."""
    parser = KeyParser(mouse=False)
    assert parser.patience_seconds() is None
    assert list(parser.feed("\x1b")) == []
    assert parser.patience_seconds() is not None
    assert [e.key for e in parser.feed("[D") if isinstance(e, Key)] == ["left"]
    assert parser.patience_seconds() is None
