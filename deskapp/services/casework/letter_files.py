"""Where the letter templates of a scheme lie: beside its file, then with those of every desk."""

from __future__ import annotations

from pathlib import Path

from deskapp.services.letters.files import (
    ENDING,
    FOLDER,
    SHIPPED_FOLDER,
    Templates,
    own,
    read,
    shipped,
)

__all__ = ["ENDING", "SHIPPED_FOLDER", "Templates", "near", "own", "shipped"]


def near(scheme_file: Path) -> Templates:
    """The templates that a scheme file can use: those beside it, then those that ship.

    They lie in a folder ``letters`` beside the file, or beside its folder ``schemes``.
    """
    folders = (scheme_file.parent / FOLDER, scheme_file.parent.parent / FOLDER, SHIPPED_FOLDER)

    def find(name: str) -> str | None:
        return next((text for folder in folders if (text := read(folder, name)) is not None), None)

    return find
