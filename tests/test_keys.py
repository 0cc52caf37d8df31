"""Keys: every action has one that all terminals send, and an officer may choose others."""

from __future__ import annotations

import pytest

from deskapp import i18n, keys
from deskapp.errors import SettingsError


def test_every_action_uses_keys_that_every_terminal_sends() -> None:
    """Source: thin terminals, R8."""
    for name in keys.KEYS:
        assert set(keys.keys_of(name).split(",")) <= keys.ALLOWED, name


def test_own_key_replaces_the_usual_one_everywhere_it_is_shown() -> None:
    """Footer, help and binding say the same."""
    keys.remap({"desk.new": "f4", "app.hard": "f2"})
    assert keys.keys_of("desk.new") == "f4"
    assert keys.shown("desk.new") == "F4"
    [binding] = keys.bindings("desk.new")
    assert (binding.key, binding.key_display) == ("f4", "F4")
    keys.remap({})
    assert keys.shown("desk.new") == "F2"


def test_help_speaks_of_the_keys_in_use() -> None:
    """Two that were exchanged are both told right; what is no key stays as it is."""
    keys.remap({"desk.new": "f4", "app.hard": "f2"})
    names = ("desk.new", "app.hard")
    assert keys.in_use("F2 starts, F4 helps, F20 and Ctrl+G stay", names) == (
        "F4 starts, F2 helps, F20 and Ctrl+G stay"
    )
    keys.remap({})
    assert keys.in_use("F2 starts", names) == "F2 starts"


def test_key_that_terminals_do_not_send_is_refused_with_those_that_may_be_used() -> None:
    """Alt and F6 never arrive from some terminals; the officer would think deskapp is broken."""
    with pytest.raises(SettingsError) as caught:
        keys.remap({"desk.new": "alt+n"})
    said = str(caught.value)
    assert "alt+n" in said
    assert "desk.new" in said
    assert "f8" in said


def test_action_that_does_not_exist_is_refused_with_where_to_look() -> None:
    """A misspelt name must not be passed over in silence."""
    with pytest.raises(SettingsError, match=r"no action called contact\.new"):
        keys.remap({"contact.new": "f4"})


def test_refused_change_changes_nothing() -> None:
    """One wrong entry must not leave half of the others."""
    with pytest.raises(SettingsError):
        keys.remap({"desk.new": "f4", "app.find": "alt+f"})
    assert keys.shown("desk.new") == "F2"


@pytest.mark.parametrize(
    ("name", "words"),
    [("screen.back", "Esc"), ("app.go", "Ctrl+G"), ("form.save", "F8"), ("app.help", "F1")],
)
def test_keys_are_written_as_they_stand_on_the_keyboard(name: str, words: str) -> None:
    """Not as the program calls them."""
    assert keys.shown(name) == words


def test_bindings_are_labelled_in_the_language_in_use() -> None:
    """A label fixed while importing would stay English."""
    [english] = keys.bindings("form.save")
    assert english.description == "Save"
    i18n.use("cy")
    [welsh] = keys.bindings("form.save")
    assert welsh.description == i18n._("Save")
