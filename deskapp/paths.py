"""Where deskapp keeps its files, and where those that ship with it lie.

``DESKAPP_HOME`` wins for everything (tests, a stick, a demonstration); else the folders the
operating system means for it. Whoever writes first makes the folder with ``private_folder``.
"""

from __future__ import annotations

import os
from pathlib import Path

STORE_NAME = "store.db"
REFERENCE = Path(__file__).parent / "data" / "reference"
"""Data that ships: lists, rules, schemes, letters."""
SCRIPTS_KB = Path(__file__).parent / "scripts_kb"
"""Articles, scripts and short texts that ship."""


def _folder(kind: str, name: str) -> Path:
    home = os.environ.get("DESKAPP_HOME")
    if home:
        return Path(home).expanduser().absolute() / name
    import platformdirs

    folders = platformdirs.PlatformDirs("deskapp", appauthor=False)
    return Path(getattr(folders, f"user_{kind}_dir"))


def home() -> Path:
    """The folder of what must never be lost; the other folders may lie elsewhere."""
    chosen = os.environ.get("DESKAPP_HOME")
    return Path(chosen).expanduser().absolute() if chosen else _folder("data", "data")


def store_folder() -> Path:
    """Folder of the store and of its key file."""
    return _folder("data", "data")


def store_file() -> Path:
    """The encrypted store."""
    return store_folder() / STORE_NAME


def settings_folder() -> Path:
    """Folder of the settings file and of remapped keys."""
    return _folder("config", "settings")


def settings_file() -> Path:
    """The settings, TOML; may be absent."""
    return settings_folder() / "settings.toml"


def log_file() -> Path:
    """The log: ids, counts and durations, never case data."""
    return _folder("log", "log") / "deskapp.log"


def crash_folder() -> Path:
    """Folder of crash reports."""
    return _folder("state", "state") / "crashes"


def cache_folder() -> Path:
    """Folder of what can be made again any time: the search index of the knowledge content."""
    return _folder("cache", "cache")


def private_folder(folder: Path) -> Path:
    """Make ``folder`` (0700) when it is not there yet, and return it.

    Raises:
        OSError: If it cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
