"""What the tests in real terminals share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(prepared_folder: Path, tmp_path: Path) -> Path:
    """The folder of a prepared desk that nothing has open but what the test starts."""
    folder = Path(shutil.copytree(prepared_folder, tmp_path / "home" / "data"))
    (tmp_path / "home" / "cache").symlink_to(prepared_folder.parent / "cache")
    return folder
