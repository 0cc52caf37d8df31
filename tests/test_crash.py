"""A crash report says where it happened and never with whose words."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from deskapp import crash, paths

SECRET = "Ann Jones 07700 900982"


class CarrierError(Exception):
    """As a failed worker: it keeps the error that caused it under a name of its own."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(SECRET)
        self.error = error


def fault() -> BaseException:
    """An error that holds a name in its text, its chain and a variable."""
    person_name = SECRET
    try:
        try:
            raise KeyError(person_name)
        except KeyError as error:
            raise ValueError(f"no row for {person_name}") from error
    except ValueError as error:
        return CarrierError(error)


def test_report_names_kinds_and_places_and_no_values() -> None:
    """Messages of errors and values of variables hold what callers said."""
    text = crash.text(fault())
    assert SECRET not in text
    assert not set(SECRET.split()) & set(text.split())
    for named in ("CarrierError", "builtins.ValueError", "builtins.KeyError", "test_crash.py"):
        assert named in text
    assert "person_name" not in text


def test_report_ends_where_errors_cause_each_other() -> None:
    """A ring of causes must not hang the last words."""
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert crash.text(first).count("builtins.") == 10


def test_report_is_kept_for_its_owner_alone_and_its_number_is_told() -> None:
    """The officer reads the number out, the administrator finds the file."""
    sentence = crash.report(fault())
    [file] = paths.crash_folder().iterdir()
    assert file.stem in sentence
    assert SECRET not in file.read_text() + sentence
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_disk_that_refuses_the_report_does_not_hide_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault may well be the disk."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path / "file"))
    assert "What you typed is kept" in crash.report(fault())
