"""Settings come from the file, then the environment; what cannot be used is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp import paths, settings
from deskapp.errors import Exit, SettingsError
from deskapp.services import lists
from deskapp.settings import Settings
from deskapp.terminal import profiles


def load(tmp_path: Path, text: str, **environment: str) -> Settings:
    """The settings of a file with ``text``."""
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return settings.load(file, environment)


def test_without_a_file_everything_has_a_value_that_works(tmp_path: Path) -> None:
    """A fresh machine has no settings."""
    assert settings.load(tmp_path / "none.toml", {}) == Settings()


def test_usual_file_lies_in_the_own_folder_of_the_test() -> None:
    """No test reads the settings of whoever runs it."""
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('channel = "counter"', encoding="utf-8")
    assert settings.load(environment={}).channel == "counter"


def test_environment_goes_before_the_file(tmp_path: Path) -> None:
    """One terminal may differ from the rest of the host."""
    text = 'profile = "full"\nlanguage = "cy"\n[keys]\n"desk.new" = "f4"\n'
    found = load(tmp_path, text, DESKAPP_PROFILE="ascii", DESKAPP_LANGUAGE="")
    assert found == Settings(profile="ascii", language="cy", keys={"desk.new": "f4"})


def test_a_number_comes_from_the_environment_too(tmp_path: Path) -> None:
    """A terminal at the public counter locks itself sooner."""
    assert load(tmp_path, "idle_minutes = 5", DESKAPP_IDLE_MINUTES="2").idle_minutes == 2
    with pytest.raises(SettingsError, match="idle_minutes"):
        load(tmp_path, "", DESKAPP_IDLE_MINUTES="soon")


def test_figures_can_be_looked_at_on_another_day(tmp_path: Path) -> None:
    """A tester sees today what will be quoted when a new fee begins."""
    today = dt.date(2026, 11, 22)
    assert load(tmp_path, "").facts_on(today) == today
    found = load(tmp_path, 'facts_date = "2027-01-01"', DESKAPP_FACTS_DATE="2027-05-01")
    assert found.facts_on(today) == dt.date(2027, 5, 1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('facts_date = "soon"', "facts_date"),
        ("facts_date = 2027-05-01", "facts_date"),
        ("profile = ", "settings.toml"),
        ("colour = 1", "colour"),
        ('profile = "fast"', "full, thin, ascii"),
        ('language = "fr"', "en, cy"),
        ("channel = 3", "channel"),
        ('keys = "f4"', "keys"),
        ("profile = []", "profile"),
        ("idle_minutes = -1", "idle_minutes"),
        ("idle_minutes = 241", "idle_minutes"),
        ("idle_minutes = true", "idle_minutes"),
        ('idle_minutes = "10"', "from 0 to 240"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, named: str, tmp_path: Path) -> None:
    """The officer reads which line of which file to correct."""
    with pytest.raises(SettingsError, match=named) as caught:
        load(tmp_path, text)
    assert caught.value.exit_code is Exit.SETTINGS


@pytest.mark.parametrize(
    ("text", "named"), [('channel = "fax"', "channel"), ('[keys]\n"desk.new" = 4', "keys")]
)
def test_value_that_no_screen_could_use_is_named_at_the_start(
    text: str, named: str, tmp_path: Path
) -> None:
    """Later it would be a fault in the middle of a call."""
    with pytest.raises(SettingsError, match=named):
        load(tmp_path, text)


def test_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    """Saved by an editor in another encoding."""
    file = tmp_path / "settings.toml"
    file.write_bytes(b'channel = "\xff"')
    with pytest.raises(SettingsError, match="cannot be read"):
        settings.load(file, {})


def test_unknown_value_of_the_environment_is_named(tmp_path: Path) -> None:
    """A misspelt variable is easier to find than a wrong screen."""
    with pytest.raises(SettingsError, match="profile"):
        settings.load(tmp_path / "none.toml", {"DESKAPP_PROFILE": "slim"})


def test_choices_are_those_the_screens_and_terminals_know() -> None:
    """They stand twice, because a start may not import the lists."""
    assert set(settings.CHANNELS) == set(lists.Channel)
    assert set(settings.PROFILES) == set(profiles.PROFILES)
