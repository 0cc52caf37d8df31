"""Which profile a terminal gets, and what Textual is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.errors import SettingsError
from deskapp.terminal import profiles

UTF8 = {"LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({**UTF8, "TERM": "xterm-256color"}, "full"),
        ({**UTF8, "TERM": "xterm-direct"}, "full"),
        ({**UTF8, "TERM": "some-new-256color"}, "full"),
        ({**UTF8, "TERM": "xterm-256color", "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, "thin"),
        ({**UTF8, "TERM": "xterm"}, "thin"),
        ({**UTF8, "TERM": "linux"}, "thin"),
        ({**UTF8, "TERM": "screen"}, "thin"),
        ({**UTF8, "TERM": "rxvt-unicode"}, "thin"),
        ({**UTF8, "TERM": "vt100"}, "ascii"),
        ({**UTF8, "TERM": "vt220"}, "ascii"),
        ({**UTF8, "TERM": "ansi"}, "ascii"),
        ({**UTF8, "TERM": "dumb"}, "ascii"),
        ({**UTF8, "TERM": "wy60"}, "ascii"),
        ({**UTF8, "TERM": ""}, "ascii"),
        (UTF8, "ascii"),
        ({"LANG": "C", "TERM": "xterm-256color"}, "ascii"),
        ({"TERM": "xterm-256color"}, "ascii"),
        ({"LANG": "cy_GB.ISO-8859-14", "TERM": "xterm-256color"}, "ascii"),
        ({"LANG": "en_GB", "TERM": "xterm-256color"}, "ascii"),
        ({"LANG": "C", "LC_ALL": "cy_GB.utf8", "TERM": "xterm-256color"}, "full"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C", "TERM": "xterm-256color"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "UTF-8", "TERM": "xterm-256color"}, "full"),
    ],
)
def test_the_profile_fits_the_terminal(environment: dict[str, str], expected: str) -> None:
    """R2: charset first, then the terminal's type, then the link."""
    assert profiles.detect(environment, asked=None, configured=None).name == expected


def test_what_is_asked_for_beats_what_is_configured_and_both_beat_detection() -> None:
    """An officer who knows the terminal better has the last word."""
    environment = {**UTF8, "TERM": "vt100"}
    assert profiles.detect(environment, asked="full", configured="thin") is profiles.FULL
    assert profiles.detect(environment, asked=None, configured="thin") is profiles.THIN


def test_a_profile_that_does_not_exist_is_named_with_those_that_do() -> None:
    """The sentence says what to write instead."""
    with pytest.raises(SettingsError, match=r"sparkly.*full, thin or ascii"):
        profiles.detect({}, asked="sparkly", configured=None)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_GB.UTF-8", "utf-8"),
        ("en_GB.utf8@euro", "utf-8"),
        ("cy_GB.ISO-8859-14", "iso8859-14"),
        ("en_GB", "iso8859-1"),
        ("C", "ascii"),
        ("POSIX", "ascii"),
        ("en_GB.nonsense", "ascii"),
        ("", "ascii"),
    ],
)
def test_the_charset_is_the_locales(locale: str, expected: str) -> None:
    """Keys are decoded with it, so a Latin-1 terminal can type a name with an accent."""
    assert profiles.charset({"LANG": locale}) == expected


@pytest.mark.parametrize("profile", [profiles.THIN, profiles.ASCII])
def test_thin_terminals_get_sixteen_colours_and_patience(profile: profiles.Profile) -> None:
    """R2 and R8: a far link may split a key, and kitty's keyboard is not known there."""
    environment: dict[str, str] = {"COLORTERM": "truecolor"}
    profiles.apply(profile, environment)
    assert environment["TEXTUAL_COLOR_SYSTEM"] == "standard"
    assert environment["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert environment["ESCDELAY"] == "250"
    assert environment["TEXTUAL_FPS"] == "15"
    assert environment["TEXTUAL_THEME"] == "ansi-dark"


def test_a_terminal_that_can_all_of_it_gets_it() -> None:
    """R2: its own colours, a quick Esc, and kitty's keyboard where it is known."""
    environment: dict[str, str] = {}
    profiles.apply(profiles.FULL, environment)
    assert environment["TEXTUAL_COLOR_SYSTEM"] == "auto"
    assert environment["TEXTUAL_FPS"] == "60"
    assert environment["ESCDELAY"] == "100"
    assert "TEXTUAL_DISABLE_KITTY_KEY" not in environment


@pytest.mark.parametrize("profile", profiles.PROFILES.values())
def test_nothing_is_animated_and_no_colour_means_an_ansi_theme(profile: profiles.Profile) -> None:
    """With NO_COLOR only an ANSI theme sends no grey either."""
    environment = {"NO_COLOR": "1"}
    profiles.apply(profile, environment)
    assert environment["TEXTUAL_ANIMATIONS"] == "none"
    assert environment["TEXTUAL_THEME"] == "ansi-dark"


def test_textual_reads_each_variable_that_is_set() -> None:
    """A renamed variable would be ignored without a word."""
    import textual.constants

    source = Path(textual.constants.__file__).read_text(encoding="utf-8")
    environment: dict[str, str] = {}
    profiles.apply(profiles.THIN, environment)
    assert [name for name in environment if f'"{name}"' not in source] == []


def test_a_locale_that_python_made_up_is_not_the_terminals(tmp_path: Path) -> None:
    """In the C locale Python sets LC_CTYPE to UTF-8 itself; the terminal knows nothing of it."""
    given = tmp_path / "environ"
    given.write_bytes(b"LANG=C\0TERM=xterm\0")
    coerced = {"LANG": "C", "LC_CTYPE": "C.UTF-8", "TERM": "xterm"}
    assert profiles.as_started(coerced, given) == {"LANG": "C", "TERM": "xterm"}


def test_a_locale_that_the_officer_set_is_the_terminals(tmp_path: Path) -> None:
    """A real LC_CTYPE is kept, also where it cannot be told from Python's."""
    given = tmp_path / "environ"
    given.write_bytes(b"LANG=C\0LC_CTYPE=C.UTF-8\0")
    environment = {"LANG": "C", "LC_CTYPE": "C.UTF-8"}
    assert profiles.as_started(environment, given) == environment
    assert profiles.as_started(environment, tmp_path / "none") == environment
