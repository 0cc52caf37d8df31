"""Folders: one variable moves everything, and they are private."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from deskapp import paths

EVERY = (
    paths.home,
    paths.store_folder,
    paths.store_file,
    paths.settings_folder,
    paths.settings_file,
    paths.log_file,
    paths.crash_folder,
)


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration or a test never touches the officer's own files."""
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path))
    for place in EVERY:
        assert place().is_relative_to(tmp_path)
    assert paths.store_file().parent == paths.store_folder()
    assert list(tmp_path.iterdir()) == []


def test_without_it_the_system_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups and roaming profiles look in the usual folders."""
    monkeypatch.delenv("DESKAPP_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    for place in EVERY:
        assert "deskapp" in str(place())
        assert place().is_relative_to(tmp_path)


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    """Only the officer looks in."""
    made = paths.private_folder(tmp_path / "deep" / "data")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert paths.private_folder(made) == made
